// A reading: blocks of text, lists and figures, drawn from what the kernel sends. Everything enters as text.

import { h } from "./form/dom.js";
import { helpPanel } from "./form/helping.js";

const SVG = "http://www.w3.org/2000/svg";
const PATIENCE = 1500; // ms until an unanswered question is asked again
const HELP = "#help";
const PAGE = /^\d\d-[a-z-]+\.ipynb(#[\w-]+)?$/; // another page of the workbook; the address works in JupyterLab too
const TAGS = new Set(["svg", "title", "desc", "g", "circle", "line", "path", "polygon", "polyline", "rect", "text"]);
const ATTRIBUTES = new Set(["class", "role", "viewBox", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "d", "points", "width",
  "height", "text-anchor"]);

function glyph(side) {
  const places = side === "hard" ? { x: 4, y: 4, width: 12, height: 12 } : { cx: 10, cy: 10, r: side === "good" ? 6.5 : 3 };
  return sign([side === "hard" ? "rect" : "circle", { class: side, ...places }]);
}

/** A small sign of these shapes, in ink; words beside it say the same. */
function sign(...shapes) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  for (const [tag, at] of shapes) {
    const shape = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(at)) shape.setAttribute(name, value);
    svg.append(shape);
  }
  return svg;
}

const RING = ["circle", { cx: 10, cy: 10, r: 7.5 }];
const LIGHTS = {   // told apart by their shape alone
  closed: [["rect", { class: "full", x: 2.5, y: 2.5, width: 15, height: 15 }], ["line", { class: "bar", x1: 5.5, y1: 10, x2: 14.5, y2: 10 }]],
  wait: [RING, ["path", { class: "full", d: "M10 2.5a7.5 7.5 0 0 0 0 15z" }]],
  nothing_against: [RING],
};

/** A state of the light or of the gate: its glyph, the sentence that says it, and what else there is to say. */
function light({ state, title, texts }) {
  return h("div", { className: state === "nothing_against" ? "light" : "light panel care" },
    sign(...LIGHTS[state]), h("h3", { textContent: title }), ...texts.map((text) => h("p", { textContent: text })));
}

function linked({ link, href }) {
  return PAGE.test(href) ? h("a", { href, textContent: link }) : link;
}

/** The lines of the gate: name, how it stands, what would change it; then words of hers, if any belong to it. */
function gate({ items }) {
  return h("ol", { className: "gate" }, ...items.map(({ state, name, stands, text, links = [], hers }) => h("li", {},
    sign(...LIGHTS[state]),
    h("div", {}, h("p", {}, h("b", { textContent: `${name}: ` }), stands), h("p", { className: "hint", textContent: text }),
      links.length ? h("p", {}, ...links.flatMap((one) => [linked(one), " "])) : null,
      hers ? h("p", { className: "said", textContent: hers }) : null))));
}

function list(items) {
  return h("ul", { className: "said" }, ...items.map((item) => h("li", { textContent: item })));
}

const BLOCKS = {
  text: ({ text }) => h("p", { textContent: text }),
  quiet: ({ text }) => h("p", { className: "quiet", textContent: text }),
  letter: ({ text }) => h("p", { className: "letter said", textContent: text }),
  said: ({ label, text }) => h("p", {}, label ? `${label} ` : null, h("span", { className: "said", textContent: text })),
  heading: ({ text }) => h("h3", { textContent: text }),
  list: ({ items }) => list(items),
  caution: ({ title, text }) => h("div", { className: "panel care" }, h("h3", { textContent: title }), text ? h("p", { textContent: text }) : null),
  link: ({ text, link, href }) => h("p", {}, `${text} `, linked({ link, href })),
  help: ({ text, link }) => h("p", {}, `${text} `, document.querySelector(HELP) ? h("a", { href: HELP, textContent: link }) : null),
  columns: ({ columns }) => h("div", { className: "columns" }, ...columns.map(({ title, items, empty }) =>
    h("section", {}, h("h4", { textContent: title }), items.length ? list(items) : h("p", { className: "hint", textContent: empty })))),
  pairs: ({ pairs, hers = ["text"] }) => h("dl", {}, ...pairs.flatMap((pair) => Object.entries({ dt: "term", dd: "text" })
    .map(([tag, part]) => h(tag, { className: hers.includes(part) ? "said" : "", textContent: pair[part] })))),
  timeline: ({ lines, key }) => h("div", {},
    h("ol", { className: "timeline" }, ...lines.map(timelineRow)),
    key.length ? h("p", { className: "hint key" }, ...key.flatMap(({ side, text }) => [glyph(side), `${text} `])) : ""),
  figure: ({ svg, caption, table: twin }) => h("div", { className: "figure" }, figure(svg),
    h("p", { className: "hint", textContent: caption }),
    h("details", {}, h("summary", { textContent: "The same as a table" }), table(twin))),
  table,
  light,
  gate,
  folded: ({ title, blocks }) => h("details", {}, h("summary", { textContent: title }), ...blocks.map(drawn)),
  section: ({ title, blocks }) => h("section", {}, h("h4", { textContent: title }), ...blocks.map(drawn)),
  passage: ({ paragraphs }) => h("div", { className: "passage-grid" }, ...paragraphs.flatMap(({ text, notes, ours: isOurs }) =>
    [h("p", { className: isOurs ? "" : "passage", textContent: text }), ...notes.map(note)])),
};

function timelineRow({ side, when, kind, what, felt }) {
  const facts = [when, kind, felt].filter(Boolean).join(" · ");
  return h("li", {}, glyph(side), h("div", {},
    facts ? h("p", { className: "hint", textContent: facts }) : null,
    h("p", { className: "said", textContent: what })));
}

function note({ label, text, source }) {
  const more = source ? h("details", {}, h("summary", { textContent: "source" }), source) : null;
  return h("blockquote", {}, h("p", {}, h("strong", { textContent: label }), ` ${text}`), more);
}

/** A figure from its nodes (figures.py); a tag or an attribute that is not on the lists is left out. */
function figure(node) {
  const svg = svgNode(node);
  const told = [...svg.querySelectorAll(":scope > :is(title, desc)")];
  for (const part of told) part.id = `f${crypto.randomUUID().slice(0, 8)}`;
  svg.setAttribute("aria-labelledby", told.map((part) => part.id).join(" "));
  return svg;
}

function svgNode({ tag, at, in: inside }) {
  if (!TAGS.has(tag)) return "";
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(at)) if (ATTRIBUTES.has(name)) node.setAttribute(name, value);
  node.append(...inside.map((part) => (typeof part === "string" ? part : svgNode(part))));
  return node;
}

function table({ caption, head, rows }) {
  const box = h("div", { className: "table" }, h("table", {},
    h("caption", { textContent: caption }),
    h("thead", {}, h("tr", {}, ...head.map((text) => h("th", { scope: "col", textContent: text })))),
    h("tbody", {}, ...rows.map(([first, ...rest]) => h("tr", {},
      h("th", { scope: "row", textContent: first }), ...rest.map((text) => h("td", { textContent: text })))))));
  new ResizeObserver(() => letScroll(box, caption)).observe(box);
  return box;
}

/** A table that is wider than its box is scrolled in it, by keyboard too. */
function letScroll(box, name) {
  const reach = { tabindex: 0, role: "group", "aria-label": name };
  const isWider = box.scrollWidth > box.clientWidth;
  for (const [attribute, value] of Object.entries(reach)) isWider ? box.setAttribute(attribute, value) : box.removeAttribute(attribute);
}

/** What it cannot tell, one matter a line. */
function limits(text) {
  const lines = text.split("\n");
  if (lines.length === 1) return h("p", { textContent: text });
  return h("ul", {}, ...lines.map((line) => h("li", { textContent: line })));
}

function drawn(block) {
  return BLOCKS[block.kind](block);
}

function draw(root, { panel = true, level = 3, help_first: isHelpFirst, title, blocks, cannot_tell: cannotTell }) {
  const body = blocks.map(drawn);
  if (!panel) return root.replaceChildren(...body);
  const sunk = h("div", { className: "panel read" }, h(`h${level}`, { textContent: title }), ...body);
  if (cannotTell) sunk.append(h("h3", { textContent: "What this cannot tell" }), limits(cannotTell));
  root.replaceChildren(...(isHelpFirst ? [helpPanel()] : []), sunk);
}

/** While she answers the exercise this would colour, the heading stays and one sentence stands for all the rest. */
function hidden(content) {
  return { ...content, blocks: [{ kind: "quiet", text: content.hide_while.text }], cannot_tell: "" };
}

async function render({ model, el }) {
  const stop = new AbortController();
  const root = h("div", { className: "st reading" });
  root.addEventListener("focusin", ({ target }) => { target.dataset.lmSuppressShortcuts = "true"; }); // as in form/main.js
  el.append(root);
  const answering = new Set(); // ids of exercises
  let newest, onPage, shown;
  const first = new Promise((done) => (shown = done));
  const show = () => {
    const content = answering.has(newest.hide_while?.exercise) ? hidden(newest) : newest;
    const text = JSON.stringify(content);
    if (text === onPage) return; // what she has opened in it stays open
    onPage = text;
    draw(root, content);
    shown();
  };
  let stale = null;
  const receive = (message) => {
    if (!message.content) return;
    newest = message.content;
    clearTimeout(stale);
    if (newest.fresh_for) stale = setTimeout(lookAgain, newest.fresh_for * 1000);
    show();
  };
  const lookAgain = () => { // what goes by the clock may be another by now; a page that nobody sees can wait
    if (newest?.fresh_for && !document.hidden) ask();
  };
  const answer = ({ detail }) => {
    if (detail.answering) answering.add(detail.exercise);
    else answering.delete(detail.exercise);
    if (newest) show();
  };
  const ask = () => {
    try {
      model.send({ id: crypto.randomUUID(), do: "open" });
    } catch {
      // the connection is down; asked again below, and when the page says that it is back
    }
  };
  model.on("msg:custom", receive);
  document.addEventListener("second-thoughts:connected", ask, { signal: stop.signal });
  document.addEventListener("visibilitychange", lookAgain, { signal: stop.signal });
  document.addEventListener("second-thoughts:answering", answer, { signal: stop.signal });
  document.dispatchEvent(new CustomEvent("second-thoughts:reading")); // whoever is being answered says so again
  ask();
  const again = setInterval(ask, PATIENCE);
  await Promise.race([first, new Promise((late) => setTimeout(late, 30000))]);
  clearInterval(again);
  return () => {
    stop.abort();
    clearTimeout(stale);
    model.off("msg:custom", receive);
  };
}

export default { render };
