// What every question has: its words, a hint, an error line that is there from the start, and its answer for print.

import { h } from "./dom.js";
import { NOT_ANSWERED, NOT_KEPT, briefWords, isAnswered, numberWords } from "./words.js";

/** A question of several controls (fieldset and legend). */
export function group(item, id) {
  return question(item, id, "fieldset", "legend", true);
}

/** A question of one control, which takes the id `${id}-0` (label). */
export function single(item, id) {
  return question(item, id, "div", "label", false);
}

function question(item, id, box, caption, grouped) {
  const state = h("span", { className: "state", textContent: NOT_ANSWERED });
  const printed = h("span", { className: "as-saved" });
  let given = null, none = NOT_ANSWERED;
  const inWords = (value) => (isAnswered(value) ? briefWords(item, value) : none);
  const hint = h("p", { className: "hint", id: `${id}-hint`, textContent: hintWords(item) });
  const fault = h("p", { className: "fault", id: `${id}-fault` });
  const head = h(caption, { className: "ask" }, item.ask, needed(item), grouped ? [" ", state, printed] : []);
  const describes = `${id}-hint ${id}-fault`;
  const root = h(box, { className: `question ${item.type}`, id }, head, hint, fault);
  if (grouped) root.setAttribute("aria-describedby", describes);
  else {
    head.htmlFor = `${id}-0`;
    head.id = `${id}-label`;
    state.className = "state printed";
    root.append(state, printed);
  }
  return {
    root, head, hint, describes,
    /** What is answered, in words: beside the question, or for print only. */
    say(value) {
      given = value;
      state.textContent = inWords(value);
      root.classList.toggle("answered", isAnswered(value));
    },
    /** No answer may also mean that she wanted none to be kept. */
    notKept(isSo) {
      none = isSo ? NOT_KEPT : NOT_ANSWERED;
      state.textContent = inWords(given);
      root.classList.toggle("not-kept", isSo);
    },
    /** In place of the hint: why this is asked once more; "" for the hint. */
    askedAgain(why) {
      hint.textContent = why || hintWords(item);
    },
    /** For print: the saved answer, while another one stands here. */
    printSaved(value, differs) {
      printed.textContent = differs ? inWords(value) : "";
      root.classList.toggle("unsaved", differs);
    },
    fault(text) {
      fault.textContent = text;
      root.classList.toggle("faulty", Boolean(text));
      for (const control of root.querySelectorAll("input:not([type=radio], [type=checkbox]), textarea, select"))
        control.setAttribute("aria-invalid", String(Boolean(text)));
    },
  };
}

function needed(item) {
  return item.needed ? [" ", h("span", { className: "needed", textContent: "(needed to save)" })] : [];
}

const HINTS = {
  scale: ({ range: [low, high], low: least, high: most }) => (least && most
    ? `${numberWords(low)} is ${least}, ${numberWords(high)} is ${most}.`
    : `From ${numberWords(low)} to ${numberWords(high)}.`),
  choices: () => "Tick any that apply.",
  number: ({ range, hint }) => (range && !hint ? `A number from ${numberWords(range[0])} to ${numberWords(range[1])}.` : ""),
  "long-text": ({ max, max_words: words }) => (words ? `Up to ${words} words are easy to read.` : max ? `Up to ${max} letters.` : ""),
};

function hintWords(item) {
  return [HINTS[item.type]?.(item), item.hint].filter(Boolean).join(" ");
}
