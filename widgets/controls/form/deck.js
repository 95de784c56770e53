// A list with one card for each answer of one choice: the first ones open, the others in a closed part.

import { freshId, h } from "./dom.js";
import { Sheet } from "./sheet.js";
import { isAnswered } from "./words.js";

export class Deck {
  #cards = new Map();   // code -> Sheet
  #isNew = true;        // has no entry been taken yet?

  /** spec: with `cards`, the id of that choice, and `first`, its codes that stand open; the rest as in Board. */
  constructor({ spec, drafts, onSaved, ...shared }) {
    Object.assign(this, { spec, drafts, onSaved, shared });
    const { choices } = spec.items.find(({ id }) => id === spec.cards);
    this.items = spec.items.filter(({ id }) => id !== spec.cards);
    const isFirst = ([code]) => !spec.first.length || spec.first.includes(code);
    const rest = choices.filter((choice) => !isFirst(choice));
    this.nodes = choices.filter(isFirst).map((choice) => this.#card(choice));
    if (!rest.length) return;
    this.more = h("details", { className: "more" }, h("summary", { textContent: spec.more }), rest.map((choice) => this.#card(choice)));
    this.nodes.push(this.more);
  }

  get dirty() {
    return this.#sheets.some((sheet) => sheet.dirty);
  }

  get unsent() {
    return this.#sheets.some((sheet) => sheet.unsent);
  }

  get memory() {
    return { isOpen: this.more?.open, cards: Object.fromEntries([...this.#cards].map(([code, sheet]) => [code, sheet.memory])) };
  }

  recall({ isOpen, cards }) {
    for (const [code, sheet] of this.#cards) if (cards[code]) sheet.recall(cards[code]);
    if (this.more) this.more.open = Boolean(isOpen);
  }

  /** The entries as they are saved now, each on its card. */
  take(entries) {
    const of = (code) => entries.filter(({ answers }) => answers[this.spec.cards] === code);
    for (const [code, sheet] of this.#cards) sheet.take(of(code));
    if (this.more && this.#isNew) this.more.open = this.#inMore.some((code) => of(code).length);
    this.#isNew = false;
  }

  /** Show what was written and not saved the last time: `{item: {code: answer}}`. */
  restore({ answers, kept }) {
    for (const [code, sheet] of this.#cards) {
      const own = Object.fromEntries(this.items.map(({ id }) => [id, answers[id]?.[code] ?? null]));
      if (Object.values(own).some(isAnswered)) sheet.restore({ answers: own, kept });
    }
    if (this.more && this.#inMore.some((code) => this.#cards.get(code).dirty)) this.more.open = true;
  }

  flush() {
    for (const sheet of this.#sheets) sheet.flush();
  }

  stop() {
    for (const sheet of this.#sheets) sheet.stop();
  }

  lost() {
    for (const sheet of this.#sheets) sheet.lost();
  }

  back() {
    for (const sheet of this.#sheets) sheet.back();
  }

  keepAgain() {
    for (const sheet of this.#sheets) sheet.keepAgain();
  }

  get #sheets() {
    return [...this.#cards.values()];
  }

  get #inMore() {
    return [...this.#cards.keys()].filter((code) => !this.spec.first.includes(code));
  }

  #card([code, label]) {
    const id = freshId();
    const sheet = new Sheet({
      ...this.shared, spec: { ...this.spec, kind: "single" }, items: this.items, fixed: { [this.spec.cards]: code }, titleId: id,
      about: id, drafts: { keep: () => this.#keep(), drop: () => this.#keep() },
      onSaved: (reply) => {
        this.keepAgain();   // a save takes the whole draft away
        this.onSaved(reply);
      },
    });
    this.#cards.set(code, sheet);
    return h("section", { className: "way", "aria-labelledby": id }, h("h3", { id, textContent: label }), sheet.nodes);
  }

  /** One draft for all cards: whatever stands on them and is not saved. */
  #keep() {
    const begun = [...this.#cards].filter(([, { editor }]) => editor.drafted && Object.values(editor.drafted).some(isAnswered));
    if (!begun.length) return this.drafts.drop();
    const of = (item) => Object.fromEntries(begun.map(([code, { editor }]) => [code, editor.drafted[item]]));
    return this.drafts.keep(Object.fromEntries(this.items.map(({ id }) => [id, of(id)])), null);
  }
}
