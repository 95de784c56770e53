// One entry that was found: where and when she wrote it, the sentence around, its versions, and the article behind it.

import { freshId, h } from "../form/dom.js";
import { servesPart } from "../form/serves.js";
import { versionsPart } from "./versions.js";

const PAGE_ANCHOR = /^\d\d-[a-z-]+\.ipynb#[\w-]+$/;

/** A list item for one hit (pages/archive.py); `serves`: the claims of its exercise. */
export function hitPart(hit, { serves, link }) {
  const id = freshId(), state = h("p", { className: "hint state-of", textContent: stateWords(hit) });
  const said = hit.places.length ? hit.places.map(placeLine) : hit.glance.map(glanceLine);
  const restored = ({ versions }) => {   // the sentence above is that of the version that was found
    const { says_the_same: stands } = versions.find(({ revision }) => revision === hit.revision);
    state.textContent = stateWords({ ...hit, is_withdrawn: false, is_newest: stands });
  };
  const whole = hit.entry_id ? versionsPart({ entryId: hit.entry_id, about: id, link, restored }) : null;
  return h("li", {}, h("h3", { id, tabIndex: -1, textContent: `${hit.title} · ${hit.day}` }), state, said, wayTo(hit), whole, servesPart(serves));
}

function stateWords({ is_draft: isDraft, is_withdrawn: isWithdrawn, is_newest: isNewest }) {
  if (isDraft) return "Not saved: it waits there as a draft.";
  const then = isNewest ? "" : "It is in an earlier version.";
  return [isWithdrawn ? "Withdrawn." : "", then].filter(Boolean).join(" ");
}

function wayTo({ page, href }) {
  return h("p", {}, PAGE_ANCHOR.test(href) ? h("a", { href, textContent: `Where it was asked, on ${page}` }) : `It was asked on ${page}`);
}

function placeLine({ label, pieces, cut: [before, after], more }) {
  const words = pieces.map(([text, found]) => (found ? h("mark", { textContent: text }) : text));
  const further = more ? h("span", { className: "hint", textContent: ` And in ${more} more ${more === 1 ? "sentence" : "sentences"}.` }) : null;
  return h("p", {}, h("span", { className: "hint asked", textContent: label }),
    h("span", { className: "said" }, before ? "… " : null, words, after ? " …" : null), further);
}

function glanceLine({ label, text, cut, hers }) {
  return h("p", {}, h("span", { className: "hint asked", textContent: label }), h("span", { className: hers ? "said" : "" }, text, cut ? " …" : null));
}
