// A question answered by rows: those that are there, and one place to write the next.

import { button, h, same } from "./dom.js";
import { group } from "./question.js";
import { Questions } from "./questions.js";
import { isAnswered, lineWords } from "./words.js";

export function rows(item, { id, changed, help }) {
  return new Rows(item, { id, changed, help }).field();
}

class Rows {
  #list = h("ol", { className: "lines" });
  #lines = [];        // {answers, node, withdrawn}
  #editing = null;    // the line whose answers stand in the place to write

  constructor(item, { id, changed, help }) {
    Object.assign(this, { item, changed });
    this.q = group(item, id);
    this.questions = new Questions(item.items, { id: `${id}-row`, help, changed: () => this.#tell() });
    this.add = button("Add", () => this.#commit());
    const place = h("div", { className: "add-row" }, this.questions.nodes, h("div", { className: "actions" }, this.add));
    place.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !event.target.matches("input:not([type=checkbox]), .one-line")) return;
      event.preventDefault();   // Enter adds a row; it does not save what stands around it
      this.#commit();
    });
    this.q.root.append(this.#list, place);
  }

  field() {
    return {
      ...this.q, item: this.item, target: this.questions.fields[0].target,
      get: () => this.#get(), set: (value) => this.#set(value), settle: () => this.#take(),
      unfinished: () => this.questions.unfinished().map(({ message }) => message).join(" "),
    };
  }

  /** The rows, with what stands in the place to write and has not been added yet. */
  #get() {
    const open = this.#open();
    const kept = this.#lines.filter((line) => !line.withdrawn)
      .map((line) => (line === this.#editing && open ? open : line.answers));
    const all = open && !this.#editing ? [...kept, open] : kept;
    return all.length ? all : null;
  }

  #set(value) {
    this.#editing = null;
    this.questions.set({});
    this.#lines = [];
    this.#list.replaceChildren();
    for (const answers of value ?? []) this.#append(answers);
    this.#tell(false);
  }

  #open() {
    const answers = this.questions.visible();
    return Object.values(answers).some(isAnswered) ? answers : null;
  }

  #commit() {
    if (!this.#take()) return;
    this.#tell();
    this.questions.fields[0].target.focus();
  }

  /** What stands in the place to write becomes a row, unless something in it is to be looked at. */
  #take() {
    const answers = this.#open(), faults = this.questions.unfinished();
    this.questions.fault(faults);
    if (!answers || faults.length) return false;
    if (this.#editing) this.#show(Object.assign(this.#editing, { answers }));
    else this.#append(answers);
    this.#editing = null;
    this.questions.set({});
    return true;
  }

  #append(answers) {
    const line = { answers, node: h("li"), withdrawn: false };
    this.#lines.push(line);
    this.#list.append(line.node);
    this.#show(line);
  }

  #show(line) {
    const words = lineWords(this.item.items, line.answers);
    line.node.replaceChildren(h("span", { className: "said", textContent: words }), h("span", { className: "actions" },
      button("Edit", () => this.#edit(line), { look: "plain", about: words }),
      button("Withdraw", () => this.#withdraw(line), { look: "plain", about: words })));
  }

  #edit(line) {
    if (this.#open() && !this.#take()) return;
    this.#editing = line;
    this.questions.set(line.answers);
    this.#tell();
    this.questions.fields[0].target.focus();
  }

  #withdraw(line) {
    if (line === this.#editing) {
      this.#editing = null;
      this.questions.set({});
    }
    line.withdrawn = true;
    const undo = button("Undo", () => {
      line.withdrawn = false;
      this.#show(line);
      line.node.querySelector("button:last-of-type").focus();
      this.#tell();
    }, { look: "plain" });
    line.node.replaceChildren(h("span", { className: "hint", textContent: "Withdrawn" }), undo);
    undo.focus();
    this.#tell();
  }

  #tell(tellOthers = true) {
    for (const line of this.#lines) line.node.classList.toggle("editing", line === this.#editing);
    this.add.textContent = this.#editing ? "Put it back" : "Add";
    const value = this.#get();
    if (!same(value, this.told)) this.q.say(value);
    this.told = value;
    if (tellOthers) this.changed();
  }
}
