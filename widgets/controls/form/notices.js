// Panels inside an exercise that ask for a choice, and the list of what is to be looked at.

import { button, freshId, h } from "./dom.js";
import { clockTime, momentWords, placesWords } from "./words.js";

/** A place for one panel at a time, announced when it comes. `away` is called after each choice, for the focus. */
export class Notices {
  root = h("div", { role: "status" });

  constructor(away) {
    this.away = away;
  }

  clear() {
    this.root.replaceChildren();
  }

  /** Words, and what can be done: [[label, act], …]. */
  show(words, ways) {
    const press = (act) => () => {
      const focused = this.root.contains(document.activeElement);
      this.clear();
      act();
      if (focused) (this.root.querySelector("button") ?? this.away()).focus();
    };
    this.root.replaceChildren(h("div", { className: "panel notice" }, h("p", { textContent: words }),
      h("div", { className: "actions" }, ways.map(([label, act]) => button(label, press(act))))));
  }

  /** draft: `kept`, the moment, and where something is to be known about it a `remark`. */
  restored({ kept, remark = "" }, { goOn, startEmpty, hasSaved }) {
    this.show(`Restored: what you wrote and had not saved, ${momentWords(kept)}. ${remark}`.trim(),
      [["Go on", goOn], [hasSaved ? "Back to what is saved" : "Start empty", startEmpty]]);
  }

  emptied(undo) {
    this.show("What you had written and not saved has been removed.", [["Undo", undo]]);
  }

  elsewhere(entry, { goOn, showOther }) {
    this.show(`Open in two places. You saved this at ${clockTime(entry.saved)} in another window. Both versions are kept.`,
      [["Go on here", goOn], ["Show the other", showOther]]);
  }

  other(entry, showMine) {
    this.show(`This is the other version, saved at ${clockTime(entry.saved)}. What you wrote here is still there.`,
      [["Show mine again", showMine]]);
  }
}

/** What is to be looked at before this can be saved, each line a link to its question. */
export class Summary {
  constructor() {
    const id = freshId();
    this.title = h("h3", { id });
    this.list = h("ul");
    this.root = h("div", { className: "summary", tabIndex: -1, role: "group", "aria-labelledby": id, hidden: true }, this.title, this.list);
  }

  /** faults: [{item, message}]; target(item): the control to go to. */
  show(faults, target) {
    this.root.hidden = !faults.length;
    this.title.textContent = `Not saved yet: ${placesWords(faults.length)}`;
    this.list.replaceChildren(...faults.map(({ item, message }) => {
      const link = h("a", { href: `#${target(item).id}`, textContent: message });
      link.addEventListener("click", (event) => {
        event.preventDefault();   // an address that changes is a page elsewhere, in JupyterLab
        target(item).focus();
      });
      return h("li", {}, link);
    }));
    if (faults.length) this.root.focus();
  }
}
