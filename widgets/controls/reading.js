// A reading: blocks of text, lists and figures, drawn from what the kernel sends. Everything enters as text.

const SVG = "http://www.w3.org/2000/svg";
const PATIENCE = 1500; // ms until an unanswered question is asked again
const HELP = "#help";

function element(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children.filter((child) => child !== null));
  return node;
}

function glyph(side) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(SVG, side === "hard" ? "rect" : "circle");
  const places = side === "hard" ? { x: 4, y: 4, width: 12, height: 12 } : { cx: 10, cy: 10, r: side === "good" ? 6.5 : 3 };
  for (const [name, value] of Object.entries(places)) shape.setAttribute(name, value);
  shape.setAttribute("class", side);
  svg.append(shape);
  return svg;
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
  help: ({ text, link }) => element("p", {}, `${text} `, document.querySelector(HELP) ? element("a", { href: HELP, textContent: link }) : null),
  columns: ({ columns }) => element("div", { className: "columns" }, ...columns.map(({ title, items, empty }) =>
    element("section", {}, element("h4", { textContent: title }), items.length ? list(items) : element("p", { className: "hint", textContent: empty })))),
  pairs: ({ pairs }) => element("dl", {}, ...pairs.flatMap(({ term, text }) =>
    [element("dt", { textContent: term }), element("dd", { textContent: text })])),
  timeline: ({ lines, key }) => element("div", {},
    element("ol", { className: "timeline" }, ...lines.map(timelineRow)),
    element("p", { className: "hint key" }, ...key.flatMap(({ side, text }) => [glyph(side), `${text} `]))),
  passage: ({ paragraphs }) => element("div", { className: "passage-grid" }, ...paragraphs.flatMap(({ text, notes }) =>
    [element("p", { className: "passage", textContent: text }), ...notes.map(note)])),
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

function draw(root, { panel = true, level = 3, title, blocks, cannot_tell: cannotTell }) {
  const body = blocks.map((block) => BLOCKS[block.kind](block));
  if (!panel) return root.replaceChildren(...body);
  const sunk = element("div", { className: "panel read" }, element(`h${level}`, { textContent: title }), ...body);
  if (cannotTell) sunk.append(element("h3", { textContent: "What this cannot tell" }), element("p", { textContent: cannotTell }));
  root.replaceChildren(sunk);
}

async function render({ model, el }) {
  const stop = new AbortController();
  const root = element("div", { className: "st reading" });
  root.addEventListener("focusin", ({ target }) => { target.dataset.lmSuppressShortcuts = "true"; }); // as in form/main.js
  el.append(root);
  let shown;
  const first = new Promise((done) => (shown = done));
  const show = (content) => {
    draw(root, content);
    shown();
  };
  const receive = (message) => {
    const content = message.content;
    if (content) show(content);
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
  ask();
  const again = setInterval(ask, PATIENCE);
  await Promise.race([first, new Promise((late) => setTimeout(late, 30000))]);
  clearInterval(again);
  return () => {
    stop.abort();
    model.off("msg:custom", receive);
  };
}

export default { render };
