// An exercise that is not asked of her now: nothing of it stands here but what she wrote in it before, to be read.

import { h } from "./dom.js";
import { answerWords, isAnswered, lineParts, momentWords } from "./words.js";

const WRITTEN = ["text", "long-text"];

/** What she wrote, entry by entry and what is not saved last, in a closed part; null if there is nothing. */
export function kept({ title, kind, items }, { entries, draft }) {
  const isBegun = draft && Object.values(draft.answers).some(isAnswered);
  const all = [...entries, ...(isBegun ? [{ answers: draft.answers, note: "Not saved." }] : [])];
  if (!all.length) return null;
  const told = kind === "list" ? line : answers;
  return h("details", { className: "kept" }, h("summary", { textContent: `What you wrote under “${title}”` }),
    h("p", { className: "hint", textContent: "This is not asked for now. What you wrote is kept, and can be read here." }),
    h("ul", { className: "lines" }, all.map((entry) => h("li", {}, h("div", { className: "line-text" }, told(items, entry, kind))))));
}

/** A line of a list, as it stands in its exercise. */
function line(items, { answers: given, note }) {
  const { main, facts, rest } = lineParts(items, given);
  return [said(main), ...[facts.join(" · "), ...rest, note].filter(Boolean).map(hint)];
}

/** Any other entry: each question with its answer; of several entries each with its moment. */
function answers(items, { answers: given, saved, note }, kind) {
  const moment = kind === "series" && saved ? [hint(momentWords(saved))] : [];
  const asked = items.filter((item) => isAnswered(given[item.id])).flatMap((item) => {
    const words = answerWords(item, given[item.id]);
    return [hint(item.ask), WRITTEN.includes(item.type) ? said(words) : h("p", { textContent: words })];
  });
  return [...moment, ...asked, ...(note ? [hint(note)] : [])];
}

function said(words) {
  return h("p", { className: "said", textContent: words });
}

function hint(words) {
  return h("p", { className: "hint", textContent: words });
}
