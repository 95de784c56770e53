// Where an exercise stands that is answered in steps, and the moment at which it asks something new.

import { h } from "./dom.js";
import { clockTime } from "./words.js";

const TOLD_AFTER = 150;   // ms: a status is read out when it changes, not when it comes with its place
const SLACK = 500;          // ms

export class Stage {
  #waking = null;
  #speaking = null;
  root = h("p", { className: "stage", role: "status" });

  /** parts: words, and moments as {at}, which are shown by her system's clock. Nothing for an exercise without steps. */
  tell(parts) {
    const words = (parts ?? []).map((part) => (typeof part === "string" ? part : clockTime(part.at))).join("");
    clearTimeout(this.#speaking);
    if (this.root.textContent === words) return;
    this.#speaking = setTimeout(() => { this.root.textContent = words; }, words ? TOLD_AFTER : 0);
  }

  /** Do this in so many seconds; null for never. */
  wake(seconds, act) {
    clearTimeout(this.#waking);
    if (seconds !== null && seconds !== undefined) this.#waking = setTimeout(act, seconds * 1000 + SLACK);
  }

  stop() {
    clearTimeout(this.#waking);
    clearTimeout(this.#speaking);
  }
}
