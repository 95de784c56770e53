// Taking a text along: offered only while the kernel says so, and asked of it once more before anything is copied.

import { button, h, same } from "./dom.js";
import { clockTime } from "./words.js";

const NOT_COPIED = "Not copied: the browser did not allow it. Select the words above and copy them by hand.";
const NOT_COPIED_YET = "Not copied: no answer came. Try again once the connection is back.";
const PATIENCE = 3000;   // ms

export class Copying {
  #copy = null;
  #isWriting = false;   // is the text being changed, in its own form?
  #told = h("p", { className: "told", role: "status" });
  #place = h("div", { className: "actions" });

  constructor(link) {
    this.link = link;
    this.root = h("div", { className: "copying" }, this.#place, this.#told);
  }

  /** `{button, of, unsaved, done, link, href}`: what can be copied now; null if nothing can. */
  show(copy = null) {
    if (same(copy, this.#copy)) return;
    this.#copy = copy;
    this.#draw();
  }

  /** An exercise is being answered, or is not any more. */
  heard({ exercise, answering }) {
    if (exercise !== this.#copy?.of && !this.#isWriting) return;
    this.#isWriting = answering;
    this.#draw();
  }

  #draw() {
    const copy = this.#copy, isOpen = copy && !this.#isWriting;
    this.#place.replaceChildren(...(isOpen ? [button(copy.button, () => this.#take())] : []),
      ...(copy && !isOpen ? [h("p", { className: "hint", textContent: copy.unsaved })] : []));
    if (!isOpen) this.#told.textContent = "";
  }

  async #take() {
    const { done, link, href } = this.#copy;
    const late = setTimeout(() => { this.#told.textContent = NOT_COPIED_YET; }, PATIENCE);
    const reply = await this.link.ask({ do: "copy" });
    clearTimeout(late);
    if (!reply.ok || !reply.text) {
      this.#told.textContent = reply.told ?? reply.error?.message ?? "";
      return;
    }
    try {
      await navigator.clipboard.writeText(reply.text);
      this.#told.replaceChildren(`Copied at ${clockTime(reply.at)}. ${done} `, h("a", { href, textContent: link }));
    } catch {
      this.#told.textContent = NOT_COPIED;
    }
  }
}
