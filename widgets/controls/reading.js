// A reading: blocks of text, lists and figures, drawn from what the kernel sends. Everything enters as text.

import { helpPanel } from "./form/helping.js";

const SVG = "http://www.w3.org/2000/svg";
const PATIENCE = 1500; // ms until an unanswered question is asked again
const HELP = "#help";
const PAGE = /^\d\d-[a-z-]+\.ipynb(#[\w-]+)?$/; // another page of the workbook; the address works in JupyterLab too
const TAGS = new Set(["svg", "title", "desc", "g", "circle", "line", "path", "polygon", "polyline", "rect", "text"]);
const ATTRIBUTES = new Set(["class", "role", "viewBox", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "d", "points", "width",
  "height", "text-anchor"]);

function element(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children.filter((child) => child !== null));
  return node;
}

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
  return element("div", { className: state === "nothing_against" ? "light" : "light panel care" },
    sign(...LIGHTS[state]), element("h3", { textContent: title }), ...texts.map((text) => element("p", { textContent: text })));
}

function linked({ link, href }) {
  return PAGE.test(href) ? element("a", { href, textContent: link }) : link;
}

/** The lines of the gate: name, how it stands, what would change it; then words of hers, if any belong to it. */
function gate({ items }) {
  return element("ol", { className: "gate" }, ...items.map(({ state, name, stands, text, links = [], hers }) => element("li", {},
    sign(...LIGHTS[state]),
    element("div", {}, element("p", {}, element("b", { textContent: `${name}: ` }), stands), element("p", { className: "hint", textContent: text }),
      links.length ? element("p", {}, ...links.flatMap((one) => [linked(one), " "])) : null,
      hers ? element("p", { className: "said", textContent: hers }) : null))));
}

function list(items) {
  return element("ul", { className: "said" }, ...items.map((item) => element("li", { textContent: item })));
}

const BLOCKS = {
  text: ({ text }) => element("p", { textContent: text }),
  quiet: ({ text }) => element("p", { className: "quiet", textContent: text }),
  letter: ({ text }) => element("p", { className: "letter said", textContent: text }),
  said: ({ label, text }) => element("p", {}, label ? `${label} ` : null, element("span", { className: "said", textContent: text })),
  heading: ({ text }) => element("h3", { textContent: text }),
  list: ({ items }) => list(items),
  caution: ({ title, text }) => element("div", { className: "panel care" }, element("h3", { textContent: title }), text ? element("p", { textContent: text }) : null),
  link: ({ text, link, href }) => element("p", {}, `${text} `, linked({ link, href })),
  help: ({ text, link }) => element("p", {}, `${text} `, document.querySelector(HELP) ? element("a", { href: HELP, textContent: link }) : null),
  columns: ({ columns }) => element("div", { className: "columns" }, ...columns.map(({ title, items, empty }) =>
    element("section", {}, element("h4", { textContent: title }), items.length ? list(items) : element("p", { className: "hint", textContent: empty })))),
  pairs: ({ pairs, hers = ["text"] }) => element("dl", {}, ...pairs.flatMap((pair) => Object.entries({ dt: "term", dd: "text" })
    .map(([tag, part]) => element(tag, { className: hers.includes(part) ? "said" : "", textContent: pair[part] })))),
  timeline: ({ lines, key }) => element("div", {},
    element("ol", { className: "timeline" }, ...lines.map(timelineRow)),
    key.length ? element("p", { className: "hint key" }, ...key.flatMap(({ side, text }) => [glyph(side), `${text} `])) : ""),
  figure: ({ svg, caption, table: twin }) => element("div", { className: "figure" }, figure(svg),
    element("p", { className: "hint", textContent: caption }),
    element("details", {}, element("summary", { textContent: "The same as a table" }), table(twin))),
  table,
  light,
  gate,
  folded: ({ title, blocks }) => element("details", {}, element("summary", { textContent: title }), ...blocks.map(drawn)),
  section: ({ title, blocks }) => element("section", {}, element("h4", { textContent: title }), ...blocks.map(drawn)),
  passage: ({ paragraphs }) => element("div", { className: "passage-grid" }, ...paragraphs.flatMap(({ text, notes, ours: isOurs }) =>
    [element("p", { className: isOurs ? "" : "passage", textContent: text }), ...notes.map(note)])),
};

function timelineRow({ side, when, kind, what, felt }) {
  const facts = [when, kind, felt].filter(Boolean).join(" · ");
  return element("li", {}, glyph(side), element("div", {},
    facts ? element("p", { className: "hint", textContent: facts }) : null,
    element("p", { className: "said", textContent: what })));
}

function note({ label, text, source }) {
  const more = source ? element("details", {}, element("summary", { textContent: "source" }), source) : null;
  return element("blockquote", {}, element("p", {}, element("strong", { textContent: label }), ` ${text}`), more);
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
  const box = element("div", { className: "table" }, element("table", {},
    element("caption", { textContent: caption }),
    element("thead", {}, element("tr", {}, ...head.map((text) => element("th", { scope: "col", textContent: text })))),
    element("tbody", {}, ...rows.map(([first, ...rest]) => element("tr", {},
      element("th", { scope: "row", textContent: first }), ...rest.map((text) => element("td", { textContent: text })))))));
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
  if (lines.length === 1) return element("p", { textContent: text });
  return element("ul", {}, ...lines.map((line) => element("li", { textContent: line })));
}

function drawn(block) {
  return BLOCKS[block.kind](block);
}

function draw(root, { panel = true, level = 3, help_first: isHelpFirst, title, blocks, cannot_tell: cannotTell }) {
  const body = blocks.map(drawn);
  if (!panel) return root.replaceChildren(...body);
  const sunk = element("div", { className: "panel read" }, element(`h${level}`, { textContent: title }), ...body);
  if (cannotTell) sunk.append(element("h3", { textContent: "What this cannot tell" }), limits(cannotTell));
  root.replaceChildren(...(isHelpFirst ? [helpPanel()] : []), sunk);
}

/** While she answers the exercise this would colour, the heading stays and one sentence stands for all the rest. */
function hidden(content) {
  return { ...content, blocks: [{ kind: "quiet", text: content.hide_while.text }], cannot_tell: "" };
}

async function render({ model, el }) {
  const stop = new AbortController();
  const root = element("div", { className: "st reading" });
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
