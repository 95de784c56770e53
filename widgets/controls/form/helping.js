// Help first: the panel that says who helps now, and its place in a form.

import { h } from "./dom.js";

/** Who helps now, in a panel; `words`: one paragraph more. */
export function helpPanel(words = "") {
  const way = document.getElementById("help")
    ? h("a", { href: "#help", textContent: "Help: who to call, by country" })
    : "Help is at the end of every page of the workbook.";
  return h("div", { className: "panel help" }, h("h3", { textContent: "If you need someone now" }),
    h("p", { textContent: "You need not finish this page." }), words ? h("p", { textContent: words }) : null, h("p", {}, way));
}

/** That panel in a form, which has one at most: it stands where it was called for last, else on top on a day that begins with it. */
export class HelpFirst {
  #calls = new Map();   // place -> further words, the latest call last
  #panel = null;
  #top = null;          // the place of a day that begins with help

  /** Is help called for at this place (announced, there from the start)? `words`: one paragraph more. */
  call(place, open, words = "") {
    this.#calls.delete(place);
    if (open) this.#calls.set(place, words);
    this.settle();
  }

  /** Is this a day that begins with help? Then it stands at `place`, unless an answer calls for it elsewhere. */
  begin(place, open) {
    this.#top = open ? place : null;
    this.settle();
  }

  isCalled(place) {
    return this.#calls.has(place);
  }

  /** Put the panel where it can be read: not inside a question that is not asked any more. */
  settle() {
    const place = [...this.#calls.keys()].findLast((called) => !called.closest("[hidden]")) ?? this.#top;
    const words = this.#calls.get(place) ?? "";
    if (place && this.#panel?.parentNode === place && this.words === words) return;
    this.#panel?.remove();
    this.#panel = place ? helpPanel(words) : null;
    this.words = words;
    place?.replaceChildren(this.#panel);
  }

  /** Is the panel here? Then into view with it, if it is not. */
  look(place) {
    if (this.#panel?.parentNode === place) this.#panel.scrollIntoView({ block: "nearest" });
  }
}
