// A finished file as she reads it before it leaves: a page in a frame, text, or pictures of its pages.

import { freshId, h } from "./dom.js";

/** The parts of a file; each stands on paper, whatever the page around it looks like. */
export function paper(parts) {
  return h("div", { className: "paper", role: "group", "aria-label": "The file" }, parts.map((part) => SHEETS[part.kind](part)));
}

const SHEETS = { page: framed, text: typed, picture: pictured };

/** A page of HTML: its own document, in which no script runs. It is as high as what is in it. */
function framed({ html }) {
  const frame = h("iframe", { title: "The file, as a browser shows it" });
  frame.setAttribute("sandbox", "allow-same-origin");   // no scripts; its height can be read
  frame.srcdoc = html;
  frame.addEventListener("load", () => {
    const page = frame.contentDocument;   // kept: a frame that was taken away has none, and may be told of a last change all the same
    const fit = () => { frame.style.height = `${page.documentElement.scrollHeight}px`; };
    fit();
    new ResizeObserver(fit).observe(page.body);
    for (const part of page.querySelectorAll("details")) part.addEventListener("toggle", fit);
  });
  return frame;
}

function typed({ name, text: words }) {
  const id = freshId();
  return h("section", {}, name ? h("h4", { id, textContent: name }) : null, h("pre", { textContent: words }));
}

function pictured({ name, src, text: words }) {
  return h("figure", {}, h("img", { src, alt: name }),
    h("details", {}, h("summary", { textContent: `${name}, as text` }), h("pre", { textContent: words })));
}
