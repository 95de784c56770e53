// Something saved that waits for a word of hers: a panel at the head of the card, with one button.

import { button, h, same } from "./dom.js";
import { NO_ANSWER, Saving } from "./saving.js";
import { clockTime } from "./words.js";

export class Offer {
  #offer = null;
  #saving;
  #outcome = h("p", { className: "told", role: "status", tabIndex: -1 });
  #panel = h("div", { role: "status" });
  #helpPlace = h("div", { role: "status" });

  /** help: the exercise's HelpFirst; onSaved(reply): after its acknowledgement. */
  constructor({ link, help, onSaved, onUnsent }) {
    Object.assign(this, { help, onSaved, onUnsent });
    this.root = h("div", { className: "offer" }, this.#panel, this.#outcome, this.#helpPlace);
    this.#saving = new Saving(link, {
      request: () => ({ message: { do: this.#offer.do, entry_id: this.#offer.entry_id }, sent: null }), hasChanged: () => false,
      waits: () => this.#tell("Saving…"), slow: () => this.#tell(NO_ANSWER, true), answered: (reply) => this.#answered(reply),
    });
  }

  get unsent() {
    return this.#saving.outstanding;
  }

  /** What is offered now, null for nothing. While an answer is awaited the panel stays. */
  show(offer = null) {
    if (this.#saving.outstanding || same(offer, this.#offer)) return;
    this.#offer = offer;
    this.press = offer && button(offer.button, () => this.#accept());
    this.#tell("");
    this.#panel.replaceChildren(...(offer ? [h("div", { className: "panel notice" },
      h("p", { textContent: offer.text }), h("div", { className: "actions" }, this.press))] : []));
  }

  /** While she writes, an offer that is about what is saved waits. */
  wait(isWriting) {
    this.#panel.hidden = Boolean(isWriting && this.#offer?.saved_only);
  }

  /** She answers on: what was said of the offer holds no longer. */
  moveOn() {
    if (!this.root.classList.contains("failed")) this.#tell("");
  }

  #accept() {
    this.#saving.start();
    this.onUnsent();
  }

  #answered(reply) {
    const focused = this.#panel.contains(document.activeElement);
    if (reply.ok) {
      this.onSaved(reply);
      this.#tell(`Saved at ${clockTime(reply.entry.saved)}.`);
      if (focused) (this.#panel.querySelector("button") ?? this.#outcome).focus();
      this.help.call(this.#helpPlace, Boolean(reply.help));
      this.help.look(this.#helpPlace);
    } else {
      const { message, faults = [], entry } = reply.error;
      const elsewhere = entry && `Not saved: you saved this at ${clockTime(entry.saved)} in another window.`;
      this.#tell(message ?? elsewhere ?? faults.map((fault) => fault.message).join(" "), true);
    }
    this.onUnsent();
  }

  #tell(words, failed = false) {
    this.#outcome.textContent = words;
    this.root.classList.toggle("failed", failed);
    if (this.#offer) this.press.textContent = failed ? "Try again" : this.#offer.button;
  }
}
