// An exercise that is not asked of her now: nothing of it stands here but what she wrote in it before, to be read.

import { h } from "./dom.js";
import { isAnswered, lineParts } from "./words.js";

/** What she wrote, entry by entry and what is not saved last, in a closed part; null if there is nothing. */
export function kept({ title, items }, { entries, draft }) {
  const unsaved = draft && Object.values(draft.answers).some(isAnswered) ? [line(items, draft.answers, "Not saved.")] : [];
  const lines = [...entries.map(({ answers }) => line(items, answers)), ...unsaved];
  return lines.length ? h("details", { className: "kept" }, h("summary", { textContent: `${title}: what you wrote` }),
    h("p", { className: "hint", textContent: "This is not asked for now. What you wrote is kept, and can be read here." }),
    h("ul", { className: "lines" }, lines)) : null;
}

function line(items, answers, note = "") {
  const { main, facts, rest } = lineParts(items, answers);
  const about = [facts.join(" · "), ...rest, note].filter(Boolean);
  return h("li", { className: "line" }, h("div", { className: "line-text" }, h("p", { className: "said", textContent: main }),
    about.map((words) => h("p", { className: "hint", textContent: words }))));
}
