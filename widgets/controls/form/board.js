// A list laid out by two of its choices: a section for each way, in it a column for each side, all of them alike.

import { freshId, h } from "./dom.js";
import { itemsApart } from "./lines.js";
import { Sheet } from "./sheet.js";
import { lineParts } from "./words.js";

export class Board {
  #cells = new Map();   // "way/side" -> Sheet
  #text;                // the item that is a line's text

  /** spec: with `groups`, the ids of two choices; drafts: {keep(answers, row), drop()}; the rest as in Sheet. */
  constructor({ spec, drafts, onSaved, ...shared }) {
    Object.assign(this, { spec, drafts, onSaved, shared });
    const { lineItems, cardItems } = itemsApart(spec.items);
    this.items = { lineItems, cardItems: cardItems.map((item) => ({ ...item, unset: "not answered" })) };
    this.#text = this.items.lineItems.find(({ id }) => !spec.groups.includes(id));
    const [ways, sides] = spec.groups.map((group) => spec.items.find(({ id }) => id === group).choices);
    this.nodes = ways.map((way) => this.#section(way, sides));
  }

  get dirty() {
    return this.#sheets.some((sheet) => sheet.dirty);
  }

  get unsent() {
    return this.#sheets.some((sheet) => sheet.unsent);
  }

  get memory() {
    return Object.fromEntries([...this.#cells].map(([key, sheet]) => [key, sheet.memory]));
  }

  recall(memory) {
    for (const [key, sheet] of this.#cells) if (memory[key]) sheet.recall(memory[key]);
  }

  /** The entries as they are saved now, each in its cell. */
  take(entries) {
    for (const [key, sheet] of this.#cells) sheet.take(entries.filter((entry) => this.#key(entry.answers) === key));
  }

  /** Show what was written and not added the last time: `{text item: {"way/side": words}}`. */
  restore({ answers, kept, row }) {
    for (const [key, words] of Object.entries(answers[this.#text.id] ?? {})) {
      const sheet = this.#cells.get(key);
      sheet?.restore({ answers: { [this.#text.id]: words }, kept, row: sheet.lines.find(row) ? row : null });
    }
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
    return [...this.#cells.values()];
  }

  #key(answers) {
    return this.spec.groups.map((group) => answers[group]).join("/");
  }

  #section(way, sides) {
    const [, label] = way, id = freshId();
    return h("section", { className: "way", "aria-labelledby": id }, h("h3", { id, textContent: label }),
      h("div", { className: "sides" }, sides.map((side) => this.#cell(id, way, side))));
  }

  #cell(wayId, [way], [side, label]) {
    const id = freshId(), [wayItem, sideItem] = this.spec.groups, fixed = { [wayItem]: way, [sideItem]: side };
    const words = ({ answers }) => lineParts([this.#text], answers);
    const sheet = new Sheet({
      ...this.shared, spec: this.spec, items: [this.#text], lists: { ...this.items, words }, fixed, titleId: `${wayId} ${id}`,
      within: `${wayId} ${id}`, drafts: { keep: () => this.#keep(), drop: () => this.#keep() },
      mayEdit: (own) => this.#mayEdit(own), onSaved: (reply) => this.#saved(reply),
    });
    this.#cells.set(this.#key(fixed), sheet);
    return h("div", { className: "side", role: "group", "aria-labelledby": `${wayId} ${id}` }, h("h4", { id, textContent: label }), sheet.nodes);
  }

  /** One draft for all fields: whatever stands in them and is not added. */
  #keep() {
    const begun = [...this.#cells].filter(([, { editor }]) => editor.drafted?.[this.#text.id]);
    if (!begun.length) return this.drafts.drop();
    const words = Object.fromEntries(begun.map(([key, { editor }]) => [key, editor.drafted[this.#text.id]]));
    const row = begun.map(([, { editor }]) => editor.row).find(Boolean) ?? null;
    return this.drafts.keep({ [this.#text.id]: words }, row);
  }

  /** One line at a time: the draft names one. */
  #mayEdit(own) {
    if (this.#sheets.some((sheet) => sheet.isChanging)) return false;
    for (const sheet of this.#sheets) if (sheet !== own && sheet.editor.row) sheet.leaveLine();
    return true;
  }

  #saved(reply) {
    this.keepAgain();   // a save takes the whole draft away
    this.onSaved(reply);
  }
}
