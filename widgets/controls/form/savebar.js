// The line under a form: its button, and how things stand with what she wrote.

import { button, h } from "./dom.js";
import { clockTime } from "./words.js";

const COPIED_FOR = 4000;   // ms

export class SaveBar {
  constructor({ label, look = "main", copy }) {
    this.label = label;
    this.button = h("button", { type: "submit", className: look, textContent: label });
    this.outcome = h("p", { className: "outcome", role: "status" });
    this.draft = h("span", { className: "hint draft" });   // not live: it would chatter
    this.copy = button("Copy my words", async () => {
      this.copy.textContent = await copied(copy()) ? "Copied" : "Not copied: select the words and copy them by hand";
      setTimeout(() => { this.copy.textContent = "Copy my words"; }, COPIED_FOR);
    }, { look: "plain" });
    this.copy.hidden = true;
    this.root = h("div", { className: "actions savebar" }, this.button, this.outcome, this.draft, this.copy);
  }

  /** Other words on the button. */
  name(label) {
    this.label = this.button.textContent = label;
  }

  saving() {
    this.#tell("", false);
    this.draft.textContent = "Saving…";
  }

  /** already: these very answers, by an earlier press. */
  saved(iso, already = false) {
    this.#tell(already ? `These answers are saved already, at ${clockTime(iso)}.` : `Saved at ${clockTime(iso)}.`, false);
    this.draft.textContent = "";
  }

  /** How something else than a save went. */
  told(words) {
    this.#tell(words, false);
    this.draft.textContent = "";
  }

  failed(message) {
    this.#tell(message, true);
    this.draft.textContent = "";
  }

  kept(iso) {
    this.draft.textContent = `Draft kept ${clockTime(iso)}`;
  }

  onlyHere() {
    this.draft.textContent = "Only on this page so far";
  }

  /** She writes on: what was said of the last save holds no longer. */
  moveOn() {
    if (!this.root.classList.contains("failed")) this.outcome.textContent = "";
  }

  clear() {
    this.#tell("", false);
    this.draft.textContent = "";
  }

  #tell(words, failed) {
    if (this.outcome.textContent !== words) this.outcome.textContent = words;
    this.root.classList.toggle("failed", failed);
    this.button.textContent = failed ? "Try again" : this.label;
  }
}

async function copied(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return false;
  }
}
