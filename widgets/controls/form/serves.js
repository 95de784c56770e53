// From an exercise or an entry to the article: its claims, what the evidence says of them, and the way to the passage.

import { h } from "./dom.js";

const PAGE = /^\d\d-[a-z-]+\.ipynb#[\w-]+$/;   // a place in the workbook; the address works in JupyterLab too

/** A closed part with the claims (pages/serves.py); null where there are none. */
export function servesPart(claims) {
  if (!claims?.length) return null;
  return h("details", { className: "serves" }, h("summary", { textContent: "Which part of the article this belongs to" }),
    h("ul", {}, claims.map(claimLine)));
}

function claimLine({ claim, stance, notes, page, href }) {
  const way = PAGE.test(href) ? h("a", { href, textContent: `Read it in its place, on ${page}` }) : `It appears on ${page}`;
  return h("li", {}, h("p", { className: "said", textContent: claim }), h("p", { textContent: stance }),
    notes.map(noteLine), h("p", {}, way));
}

function noteLine({ label, text, source }) {
  return h("blockquote", {}, h("p", {}, h("strong", { textContent: label }), ` ${text}`),
    source ? h("p", { className: "hint", textContent: `Source: ${source}` }) : null);
}
