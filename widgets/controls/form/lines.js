// The lines of a list: each is an entry, to be edited, withdrawn, brought back, or put on a pile.

import { Card } from "./card.js";
import { button, freshId, h, order, same } from "./dom.js";
import { Erasing } from "./erasing.js";
import { Notices } from "./notices.js";
import { conditions } from "./questions.js";

const SHORT = 120;         // letters of a line; what is longer is opened by who wants to read it

/** An exercise's items, apart: what is asked for a new line, and what is asked on the line's card. */
export function itemsApart(items) {
  const onCard = new Set(items.filter(({ type }) => type === "piles").map(({ id }) => id));
  for (const item of items) if (conditions(item).some((condition) => onCard.has(condition.item))) onCard.add(item.id);
  return { lineItems: items.filter(({ id }) => !onCard.has(id)), cardItems: items.filter(({ id }) => onCard.has(id)) };
}

export class Lines {
  #lines = new Map();   // entry id -> Line

  /**
   * lineItems, cardItems: those saved with a line, and those asked on its card; words(entry): {main, facts, rest}, for reading;
   * form: where it stands, "below" or "above"; twin: whether the piles are shown once more; empty: said while there is no line;
   * erases: whether a line is destroyed and not withdrawn;
   * help: the form's HelpFirst; onEdit(line), onState(state), onUnsent(), onSaved(reply): what the exercise does about it.
   */
  constructor({
    lineItems, cardItems, words, form = "below", twin = false, empty = "", erases = false, help, link, onEdit, onState, onUnsent, onSaved,
  }) {
    Object.assign(this, { lineItems, cardItems, words, form, twin, erases, help, link, onEdit, onState, onUnsent, onSaved });
    this.list = h("ol", { className: "lines" });
    this.empty = h("p", { className: "quiet", textContent: empty });
    this.piles = h("div", { className: "twin", role: "group", "aria-label": "The piles as they are" });
    this.root = h("div", {}, this.empty, this.list, this.piles);
  }

  get unsent() {
    return [...this.#lines.values()].some((line) => line.unsent);
  }

  /** The lines as they are saved, in that order. Those she has just withdrawn keep their place, with its Undo. */
  show(entries) {
    const current = new Set(entries.map((entry) => entry.entry_id));
    for (const [id, line] of this.#lines) {
      if (current.has(id) || line.withdrawn || line.leaving || line.erasing.outstanding) continue;
      line.node.remove();
      this.#lines.delete(id);
    }
    for (const entry of entries) {
      const known = this.#lines.get(entry.entry_id);
      if (known) known.take(entry);
      else this.#add(entry);
    }
    this.#sort(entries);
    this.empty.hidden = this.#lines.size > 0 || !this.empty.textContent;
    this.#drawPiles();
  }

  /** The line of that id, if it stands. */
  find(entryId) {
    const line = this.#lines.get(entryId);
    return line?.withdrawn ? undefined : line;
  }

  /** Save what waits, now. */
  flush() {
    for (const line of this.#lines.values()) line.card?.flush();
  }

  stop() {
    for (const line of this.#lines.values()) line.card?.stop();
  }

  /** Show which line is being edited; null for none. */
  mark(entryId) {
    for (const [id, line] of this.#lines) line.mark(id === entryId);
  }

  #sort(entries) {
    const ids = entries.map((entry) => entry.entry_id);
    let before = null;
    for (const [id] of [...this.#lines]) {   // one that is withdrawn stays behind the line it stood behind
      if (!ids.includes(id)) ids.splice(before === null ? 0 : ids.indexOf(before) + 1, 0, id);
      before = id;
    }
    this.#lines = new Map(ids.map((id) => [id, this.#lines.get(id)]));
    order(this.list, [...this.#lines.values()].map((line) => line.node));
  }

  #add(entry) {
    const line = new Line(entry, this);
    this.#lines.set(entry.entry_id, line);
    this.list.append(line.node);
  }

  /** The piles beside the list say the same once more, to be read. */
  #drawPiles() {
    const item = this.cardItems.find(({ type }) => type === "piles");
    this.piles.hidden = !this.twin || !item || !this.#lines.size;
    if (this.piles.hidden) return;
    const cards = [...this.#lines.values()].filter((line) => !line.withdrawn);
    this.piles.replaceChildren(...item.choices.map(([code, label]) => {
      const here = cards.filter((line) => line.entry.answers[item.id] === code);
      return h("div", { className: "pile" },
        h("p", {}, h("b", { textContent: label }), ` ${here.length}`),
        here.length ? h("ul", {}, here.map((line) => h("li", { className: "said", textContent: line.words.main }))) : []);
    }));
  }
}

class Line {
  withdrawn = false;
  leaving = false;   // asked for; the state may come without this line before the answer does
  card = null;

  constructor(entry, lines) {
    Object.assign(this, { entry, lines });
    this.node = h("li");
    this.#draw();
  }

  /** Of an entry that is put away there is one sentence only; of others what the kernel notes stands beside them. */
  get words() {
    const { closed, note } = this.entry;
    if (closed) return { main: closed, facts: [], rest: [] };
    const words = this.lines.words(this.entry);
    return note ? { ...words, facts: [...words.facts, note] } : words;
  }

  get unsent() {
    return Boolean(this.card?.unsent);
  }

  /** The entry as it is saved now. */
  take(entry) {
    const wasWithdrawn = this.withdrawn, before = this.entry;
    this.withdrawn = false;
    this.entry = entry;
    if (wasWithdrawn) return this.#draw();
    if (same(before, entry)) return;
    if (before.closed !== entry.closed) return this.#draw();
    this.#say();
    this.card?.take(entry);
  }

  mark(editing) {
    this.node.classList.toggle("editing", editing);
    if (this.note) this.note.textContent = editing ? `Being edited ${this.lines.form}.` : "";
  }

  #draw() {
    const id = freshId();
    this.text = h("div", { className: "line-text", id });
    this.note = h("p", { className: "hint note", role: "status" });
    this.edit = button("Edit", () => this.lines.onEdit(this), { look: "plain" });
    this.edit.hidden = Boolean(this.entry.closed);
    this.withdrawing = button(this.lines.erases ? "Destroy" : "Withdraw", () => this.#takeAway(), { look: "plain" });
    const sure = new Notices(() => this.withdrawing);
    this.erasing = new Erasing({
      link: this.lines.link, notices: sure, fails: (words) => { this.note.textContent = words; }, gone: (reply) => this.#gone(reply),
    });
    this.card = this.lines.cardItems.length ? this.#newCard(id) : null;
    this.node.className = "line";
    this.node.replaceChildren(this.text, h("div", { className: "actions" }, this.edit, this.withdrawing),
      ...(this.card ? [this.card.root] : []), sure.root, this.note);
    this.#say();
  }

  #newCard(about) {
    const { lineItems, cardItems, help, link, onState, onSaved, onUnsent } = this.lines;
    return new Card({
      items: cardItems, entry: this.entry, about, help, link, onState, onSaved, onUnsent,
      besides: ({ answers }) => Object.fromEntries(lineItems.map(({ id }) => [id, answers[id] ?? null])),
      onEntry: (entry) => { this.entry = entry; }, onOther: (entry) => this.take(entry),
    });
  }

  #say() {
    const { main, facts, rest, isHers = true } = this.words, short = shortened(main);
    this.text.replaceChildren(h("p", { className: this.entry.closed ? "hint" : isHers ? "said" : "ours", textContent: short }),
      ...(short === main ? [] : [h("details", { className: "whole" }, h("summary", { textContent: "All of it" }),
        h("p", { className: "said", textContent: main }))]),
      ...(facts.length ? [h("p", { className: "hint", textContent: facts.join(" · ") })] : []),
      ...rest.map((words) => h("p", { className: "hint", textContent: words })));
    const about = isHers ? short : [short, ...facts].join(" · ");   // several lines may begin with the same choice
    this.edit.setAttribute("aria-label", `Edit: ${about}`);
    this.withdrawing.setAttribute("aria-label", `${this.withdrawing.textContent}: ${about}`);
  }

  #takeAway() {
    if (this.lines.erases) this.erasing.ask(this.entry.entry_id, this.entry.answers);
    else this.#withdraw();
  }

  #gone({ told, state, help }) {
    this.withdrawn = true;   // its place says so until the page is left
    this.card = null;
    this.text = h("p", { className: "hint", tabIndex: -1, role: "status", textContent: told });
    this.note = h("p", { className: "hint note", role: "status" });
    this.node.className = "line withdrawn";
    this.node.replaceChildren(this.text, this.note);
    this.text.focus();
    this.lines.onState(state);
    this.lines.help.call(this.note, Boolean(help));
    this.lines.onUnsent();
  }

  async #withdraw() {
    this.leaving = true;
    const late = setTimeout(() => { this.note.textContent = "Not withdrawn yet: no answer came."; }, 3000);
    const reply = await this.lines.link.ask({ do: "withdraw", entry_id: this.entry.entry_id }, { keep: true });
    clearTimeout(late);
    this.leaving = false;
    if (!reply.ok) {
      this.note.textContent = reply.error.message ?? "";
      return;
    }
    this.withdrawn = true;
    const focused = this.node.contains(document.activeElement);
    const undo = button("Undo", () => this.#restore(undo), { look: "plain" });
    this.note = h("p", { className: "hint note", role: "status" });
    this.card = null;
    this.node.className = "line withdrawn";
    this.node.replaceChildren(h("span", { className: "hint", textContent: "Withdrawn" }), undo, this.note);
    if (focused) undo.focus();
    this.lines.onState(reply.state);
    this.lines.onUnsent();
  }

  async #restore(undo) {
    const late = setTimeout(() => { this.note.textContent = "Not back yet: no answer came."; }, 3000);
    const { entry_id: id, revision } = this.entry;
    const reply = await this.lines.link.ask({ do: "restore", entry_id: id, revision }, { keep: true });
    clearTimeout(late);
    if (!reply.ok) {
      this.note.textContent = reply.error.message ?? "";
      return;
    }
    const focused = document.activeElement === undo || document.activeElement === document.body;
    this.lines.onState(reply.state);
    if (focused) this.withdrawing.focus();
  }
}

/** A long text by its first words. */
function shortened(text) {
  const [first] = text.split("\n");
  if (first.length <= SHORT && first === text) return text;
  const words = first.slice(0, SHORT);
  return `${first.length > SHORT ? words.slice(0, words.lastIndexOf(" ") + 1 || SHORT).trimEnd() : words} …`;
}
