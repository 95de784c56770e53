// The pile of one line, and what is asked on that pile. It saves itself a moment after each change.

import { button, freshId, h, same } from "./dom.js";
import { Notices } from "./notices.js";
import { Questions } from "./questions.js";
import { NO_ANSWER, Saving } from "./saving.js";
import { clockTime } from "./words.js";

const SAVE_AFTER = 1200;   // ms after the last change

export class Card {
  #timer = null;
  #saving;
  #baseline;

  /**
   * items: those asked on it; about: the id of the line's text; besides(entry): the line's other answers, which a save sends along;
   * onEntry(entry): it goes on from this one; onOther(entry): this one is shown; help, onState, onSaved, onUnsent: as in `Lines`.
   */
  constructor({ items, entry, about, besides, help, link, onEntry, onOther, onState, onSaved, onUnsent }) {
    Object.assign(this, { entry, besides, help, onEntry, onOther, onState, onSaved, onUnsent });
    this.status = h("p", { className: "hint", role: "status" });
    this.again = button("Try again", () => this.#save(), { look: "plain" });
    this.again.hidden = true;
    this.questions = new Questions(items, { id: freshId(), help, about, changed: () => this.#later() });
    this.notices = new Notices(() => this.questions.fields[0].target);
    this.helpPlace = h("div", { role: "status" });
    this.root = h("div", { className: "card-items" }, this.questions.nodes, this.notices.root, this.helpPlace,
      h("div", { className: "actions" }, this.status, this.again));
    this.#saving = new Saving(link, {
      request: () => this.#request(), waits: () => this.#tell("Saving…"), slow: () => this.#tell(NO_ANSWER, true),
      answered: (reply, sent) => this.#answered(reply, sent), hasChanged: (sent) => !same(this.questions.get(), sent),
    });
    this.#load(entry);
  }

  get #dirty() {
    return !same(this.questions.get(), this.#baseline);
  }

  get unsent() {
    return this.#saving.outstanding || this.#dirty;
  }

  flush() {
    if (this.#dirty) this.#save();
  }

  stop() {
    clearTimeout(this.#timer);
  }

  /** The entry as it is saved now; what she is choosing just now stays. */
  take(entry) {
    this.entry = entry;
    if (!this.unsent) this.#load(entry);
  }

  #load(entry) {
    this.entry = entry;
    const shown = this.questions.get();
    this.questions.set(entry.answers);
    this.#baseline = this.questions.get();
    this.questions.print(this.#baseline);
    if (!same(shown, this.#baseline)) this.#tell("");
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(), SAVE_AFTER);
    this.questions.print(this.#baseline);
    this.#tell("");
    this.onUnsent();
  }

  #save() {
    clearTimeout(this.#timer);
    if (this.#saving.outstanding || this.#dirty) this.#saving.start();
    this.onUnsent();
  }

  #request() {
    const answers = { ...this.besides(this.entry), ...this.questions.visible() };
    const message = { do: "save", entry_id: this.entry.entry_id, seen: this.entry.revision, answers };
    return { message, sent: this.questions.get() };
  }

  #answered(reply, sent) {
    if (reply.ok) {
      this.#baseline = sent;
      this.questions.print(sent);
      this.#goOnFrom(reply.entry);
      this.#tell(`Saved at ${clockTime(reply.entry.saved)}.`);
      this.onState(reply.state);
      if (this.#dirty) this.#later();
    } else if (reply.error.kind === "invalid") {
      this.questions.fault(reply.error.faults);
      this.#tell("Not saved yet: see above.");
    } else if (reply.error.kind === "elsewhere") {
      this.#twoPlaces(reply.error.entry);
    } else {
      this.#tell(reply.error.message, true);
    }
    this.onUnsent();
    if (!reply.ok) return;
    this.onSaved(reply);
    this.help.call(this.helpPlace, Boolean(reply.help));
    this.help.look(this.helpPlace);
  }

  #goOnFrom(entry) {
    this.entry = entry;
    this.onEntry(entry);
  }

  #twoPlaces(entry) {
    this.#tell("");
    this.notices.elsewhere(entry, {
      goOn: () => {
        this.#goOnFrom(entry);
        this.#saving.start();
      },
      showOther: () => {
        const mine = this.questions.get();
        this.#load(entry);
        this.onOther(entry);
        this.notices.other(entry, () => {
          this.questions.set(mine);
          this.#later();
        });
      },
    });
  }

  #tell(words, failed = false) {
    this.status.textContent = words;
    this.again.hidden = !failed;
    this.root.classList.toggle("failed", failed);
  }
}
