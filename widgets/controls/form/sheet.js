// A form and, where its entries stand as lines, those lines: one of them may be back in the form.

import { button, h } from "./dom.js";
import { Editor } from "./editor.js";
import { Lines, itemsApart } from "./lines.js";
import { Versions } from "./versions.js";
import { clockTime, entryWords, isAboutToday, lineParts, listWords } from "./words.js";

const OTHER = "Another line is being edited; save it or leave it first.";

/** The whole exercise on one sheet, unless it is laid out in groups. */
export function wholeSheet({ spec, ...shared }) {
  if (spec.kind === "list") {
    const { lineItems, cardItems } = itemsApart(spec.items);
    const words = ({ answers }) => lineParts(lineItems, answers);
    const form = spec.form_first ? "above" : "below";
    return new Sheet({ ...shared, spec, items: lineItems, lists: { lineItems, cardItems, words, form, twin: true, empty: spec.empty } });
  }
  if (!spec.shown_after_saving) return new Sheet({ ...shared, spec, items: spec.items });
  const words = (entry) => ({ main: entryWords(spec.items, entry), facts: [], rest: [] });
  return new Sheet({ ...shared, spec, items: spec.items, lists: { lineItems: spec.items, cardItems: [], words, form: "above" } });
}

export class Sheet {
  #stash = null;   // a new line she had begun before she went to edit another
  #cardItems;

  /**
   * items: those of the form; lists: what its lines are made of (see Lines), null where entries do not stand as lines;
   * fixed: answers that all its entries have; mayEdit(sheet): may a line be put into its form now? The rest as in Editor and Lines.
   */
  constructor({ spec, items, lists = null, fixed = {}, mayEdit = (sheet) => !sheet.isChanging, onState, onSaved, onUnsent, ...shared }) {
    Object.assign(this, { spec, mayEdit, onState, onSaved, onUnsent });
    this.#cardItems = lists?.cardItems ?? [];
    this.editor = new Editor({
      ...shared, spec, items, empties: spec.kind !== "single", onUnsent: () => this.#told(), onSaved: (reply) => this.#saved(reply),
      complete: (answers, id) => ({ ...this.#cardAnswers(id), ...fixed, ...answers }), onErased: (reply) => this.#erased(reply),
    });
    this.leave = button("Leave it as it was", () => this.leaveLine(), { look: "plain" });
    this.leave.hidden = true;
    this.editor.bar.button.after(this.leave);
    this.lines = lists && new Lines({
      ...shared, ...lists, onUnsent, onState, onEdit: (line) => this.#edit(line), onSaved: (reply) => this.#cardSaved(reply),
      erases: items.some((item) => item.erases),
    });
    this.versions = spec.versions
      ? new Versions({ link: shared.link, title: spec.title, isFree: () => this.editor.idle, onState }) : null;
    this.times = h("p", { className: "hint" });
    this.show = button("Show what you saved today, to change it", () => {
      this.#showLines(true);
      this.lines.list.querySelector("button").focus();
    }, { look: "plain" });
    const parts = spec.form_first ? [this.editor.root, this.lines.root] : [this.lines?.root, this.editor.root, ...(this.versions?.nodes ?? [])];
    this.nodes = spec.shown_after_saving ? [this.times, this.editor.root] : parts.filter(Boolean);
  }

  get dirty() {
    return this.editor.dirty;
  }

  get unsent() {
    return Boolean(this.editor.unsent || this.lines?.unsent || this.#stash);
  }

  /** Is a line in the form, and changed there? */
  get isChanging() {
    return this.editor.row !== null && this.editor.dirty;
  }

  /** What this sheet holds, for another one that takes its place. */
  get memory() {
    return this.editor.memory;
  }

  recall(memory) {
    this.editor.recall(memory);
    if (memory.row) this.#showEditing(true);
  }

  /** The entries as they are saved now, and how many earlier texts there are; what she is writing stays. */
  take(entries, versions = 0) {
    const at = entries.filter(isAboutToday).map(({ saved }) => clockTime(saved));
    this.times.replaceChildren(...(at.length ? [`Checked in today at ${listWords(at)}. `] : []), ...(entries.length ? [this.show] : []));
    this.lines?.show(entries);
    this.lines?.mark(this.editor.row);
    this.editor.questions.taken(entries);
    if (this.spec.kind !== "single") return;
    const entry = entries.at(-1);
    this.versions?.take(entry, versions);
    this.editor.questions.notKept(entry?.not_kept ?? []);
    this.editor.questions.askedAgain(entry?.asked_again ?? {});
    if (!this.editor.idle) return;
    if (!entry && this.editor.seen) this.editor.blank();
    if (entry && (entry.revision !== this.editor.seen || entry.entry_id !== this.editor.entryId)) this.editor.load(entry);
  }

  /** Show what was written and not saved the last time. */
  restore(draft) {
    const line = draft.row ? this.lines?.find(draft.row) : null;
    if (line) this.#editLine(line);
    this.editor.restore(draft);
  }

  flush() {
    this.editor.flush();
    this.lines?.flush();
  }

  stop() {
    this.editor.stop();
    this.lines?.stop();
  }

  lost() {
    this.editor.lost();
  }

  back() {
    this.editor.back();
  }

  keepAgain() {
    this.editor.keepAgain();
  }

  /** Take the line out of the form, as it is saved. */
  leaveLine() {
    const line = this.lines.find(this.editor.row), focused = this.editor.root.contains(document.activeElement);
    this.editor.blank();
    this.#showEditing(false);
    if (focused) (line?.edit.isConnected ? line.edit : this.editor.bar.button).focus();
  }

  #told() {
    if (this.spec.shown_after_saving && this.editor.dirty) this.#showLines(false);
    this.onUnsent();
  }

  /** Where past values might lead her, the lines stand only between a save and the next answer. */
  #showLines(isShown) {
    this.times.hidden = isShown;
    if (isShown) this.editor.root.after(this.lines.root);
    else this.lines.root.remove();
  }

  #saved(reply) {
    const { editor, lines } = this, line = editor.row, isNew = !editor.seen;
    this.onState(reply.state);
    if (this.spec.shown_after_saving) this.#showLines(!editor.dirty);
    if (line && isNew) {
      this.#showEditing(false);
      editor.bar.saved(reply.entry.saved);   // said of the line, whatever stands in the form now
      lines.find(line)?.edit.focus();
    } else if (this.spec.kind === "list" && isNew && !editor.dirty) {
      editor.questions.fields[0].target.focus();
    }
    this.onSaved(reply);
  }

  /** What the form held is erased; it is empty again, and no line is in it. */
  #erased(reply) {
    if (this.lines) this.#showEditing(false);
    this.onState(reply.state);
    this.editor.questions.fields[0].target.focus();
  }

  #cardSaved(reply) {
    if (reply.entry.entry_id === this.editor.entryId) this.editor.seen = reply.entry.revision;
    this.keepAgain();
    this.onSaved(reply);
  }

  /** The answers a line has on its card, which its form does not show. */
  #cardAnswers(entryId) {
    const answers = this.lines?.find(entryId)?.entry.answers ?? {};
    return Object.fromEntries(this.#cardItems.map(({ id }) => [id, answers[id] ?? null]));
  }

  // ---- a line back in the form

  #edit(line) {
    if (!this.mayEdit(this)) {
      line.note.textContent = OTHER;
      return;
    }
    if (!this.editor.row && this.editor.dirty) this.#stash = this.editor.questions.get();
    this.#editLine(line);
    this.editor.questions.fields[0].target.focus();
  }

  #editLine(line) {
    this.editor.load(line.entry);
    this.editor.questions.open();
    this.editor.row = line.entry.entry_id;
    this.#showEditing(true);
  }

  #showEditing(isEditing) {
    const { editor } = this;
    if (!isEditing) editor.row = null;
    this.lines.mark(editor.row);
    this.leave.hidden = !isEditing;
    editor.bar.name(isEditing ? "Save this line" : this.spec.save);
    if (isEditing) return;
    editor.write(this.#stash ?? editor.questions.get());
    this.#stash = null;
  }
}
