// Several questions together: which are shown, what is answered, where something is to be looked at.

import { choice, choices, pile, scale } from "./choosing.js";
import { h, same } from "./dom.js";
import { hints } from "./hints.js";
import { rank } from "./ranking.js";
import { rows } from "./rows.js";
import { singleEntries } from "./single.js";
import { answerWords, isAnswered } from "./words.js";
import { date, longText, moment, number, text } from "./writing.js";

const FIELDS = {
  scale, choice, choices, text, number, date, moment, rows, rank, "yes-no": choice, "long-text": longText, piles: pile, hints,
  entries: singleEntries,
};

export class Questions {
  /**
   * items as in the spec; help: the form's HelpFirst; more: the words on the closed part; about: ids of the text asked about;
   * ask(message): the kernel's answer.
   */
  constructor(items, { id, changed, help, more = "", about = "", ask }) {
    this.#help = help;
    const told = () => {
      this.#reveal();
      changed();
    };
    this.fields = afterTheirTriggers(items).map((item) =>
      FIELDS[item.type](item, { id: `${id}-${item.id}`, changed: told, help, about, ask }));
    this.#byId = new Map(this.fields.map((field) => [field.item.id, field]));
    for (const field of this.fields) field.beside?.(this.#byId.get(field.item.about));
    const [first, further] = [false, true].map((isMore) => this.fields.filter(({ item }) => Boolean(item.more) === isMore));
    this.nodes = first.map(({ root }) => root);
    if (further.length) {
      this.details = h("details", { className: "more" }, h("summary", { textContent: more }), further.map(({ root }) => root));
      this.details.addEventListener("toggle", () => this.#fill());
      this.nodes.push(this.details);
    }
    this.#reveal();
  }

  #byId;
  #help;
  details = null;
  held = null;   // the closed part in which all but the questions that may call for help wait

  get() {
    return Object.fromEntries(this.fields.map((field) => [field.item.id, field.get()]));
  }

  /** As `get`, with null for what is not shown. */
  visible() {
    return Object.fromEntries(this.fields.map((field) => [field.item.id, this.#isShown(field) ? field.get() : null]));
  }

  /** Show these answers; an item left out is not answered. */
  set(answers) {
    for (const field of this.fields) field.set(answers[field.item.id] ?? null);
    this.#reveal();
    this.fault([]);
  }

  /** What must not be lost in a draft's place: without the items that may only be kept on her word. */
  draft() {
    const all = this.get();
    const mayKeep = ({ item }) => !item.private || all[item.keep_if] === true;
    return Object.fromEntries(this.fields.filter(mayKeep).map((field) => [field.item.id, all[field.item.id]]));
  }

  /** Faults that can only be seen here, before anything is sent: [{item, message}]. */
  unfinished() {
    return this.fields.filter((field) => this.#isShown(field))
      .map((field) => ({ item: field.item.id, message: field.unfinished?.() ?? "" }))
      .filter(({ message }) => message);
  }

  /** Say beside each question what is to be looked at; nothing beside the others. */
  fault(faults) {
    for (const field of this.fields) field.fault(faults.find(({ item }) => item === field.item.id)?.message ?? "");
    this.#openAround(faults.map(({ item }) => this.#byId.get(item)).filter(Boolean));
  }

  /** The control of a question, the first one where it is not asked here. */
  target(item) {
    const field = this.#byId.get(item);
    return (field && this.#isShown(field) ? field : this.fields[0]).target;
  }

  /** Open the closed parts in which something is answered. */
  open() {
    this.#openAround(this.fields.filter((field) => isAnswered(field.get())));
  }

  /** Let all but the questions that may call for help, and what they reveal, wait in a closed part with these words on it; "" for none. */
  hold(words) {
    if (Boolean(words) === Boolean(this.held)) return;
    const stays = (node) => this.fields.some((field) => field.root === node && this.#isUrgent(field));
    const waiting = this.nodes.filter((node) => !stays(node));
    if (words) {
      this.held = h("details", { className: "more held" }, h("summary", { textContent: words }));
      this.nodes.at(-1).after(this.held);
      this.held.append(...waiting);
      this.open();
    } else {
      for (const node of waiting) (this.nodes.slice(this.nodes.indexOf(node)).find(stays) ?? this.held).before(node);
      this.held.remove();
      this.held = null;
    }
  }

  /** Which of the texts suggested stand in these entries already. */
  taken(entries) {
    for (const field of this.fields) field.taken?.(entries.map(({ answers }) => answers[field.item.id]));
  }

  settle() {
    for (const field of this.fields) field.settle?.();
  }

  /** There is a connection again: what the kernel was asked meanwhile is asked once more. */
  again() {
    for (const field of this.fields) field.again?.();
  }

  /** Is there an answer that means to erase all of it? */
  isToErase() {
    return this.fields.some(({ item, get }) => item.erases && get() === item.erases);
  }

  /** The last item whose answer calls for help first, if there is one. */
  callsForHelp() {
    return this.fields.findLast((field) => this.#isShown(field) && field.item.help_on?.includes(field.get()))?.item;
  }

  /** Of these items (ids) the journal keeps no answer, because she said so. */
  notKept(items) {
    for (const field of this.fields) field.notKept(items.includes(field.item.id));
  }

  /** Why some of these (item -> sentence) are asked once more. */
  askedAgain(why) {
    for (const field of this.fields) field.askedAgain?.(why[field.item.id] ?? "");
  }

  /** What was sent of these items was not kept: it is taken out, unless she has answered anew since. */
  takeOut(items, sent) {
    for (const field of this.fields)
      if (items.includes(field.item.id) && same(field.get(), sent[field.item.id])) field.set(null);
  }

  /** Print these answers, the saved ones, in place of those that differ from them. */
  print(saved) {
    for (const { item, get, printSaved } of this.fields) printSaved(saved[item.id], !same(get(), saved[item.id]));
  }

  /** Everything written or chosen, as text to take along. */
  words() {
    return this.fields.filter((field) => isAnswered(field.get()))
      .map((field) => `${field.item.ask}\n${answerWords(field.item, field.get())}`).join("\n\n");
  }

  #reveal() {
    for (const field of this.fields) field.root.hidden = !this.#isShown(field);
    this.#help.settle();
    this.#fill();
  }

  /** What the kernel is asked for only once it is in sight. */
  #fill() {
    if (this.details?.open) for (const field of this.fields) if (this.#isShown(field)) field.fill?.();
  }

  #openAround(fields) {
    for (const part of [this.details, this.held])
      if (part && fields.some((field) => part.contains(field.root))) part.open = true;
  }

  #isUrgent({ item }) {
    return Boolean(item.help_on?.length) || conditions(item).some((condition) => this.#isUrgent(this.#byId.get(condition.item)));
  }

  #isShown(field) {
    return conditions(field.item).every(({ item, is }) => {
      const trigger = this.#byId.get(item);
      return !trigger || (this.#isShown(trigger) && [trigger.get()].flat().some((given) => is.includes(given)));
    });
  }
}

/** The conditions under which an item is shown; all of them must hold. */
export function conditions(item) {
  return [item.show_if ?? []].flat();
}

/** What an answer reveals stands right after its question. */
function afterTheirTriggers(items) {
  const placed = [];
  for (const item of items) {
    const trigger = conditions(item).at(-1)?.item;
    const at = placed.findLastIndex((other) => other.id === trigger || conditions(other).some((c) => c.item === trigger));
    if (trigger === undefined || at < 0) placed.push(item);
    else placed.splice(at + 1, 0, item);
  }
  return placed;
}
