// The form itself: questions, Save, and what happens when a save does not go through.

import { freshId, h, same } from "./dom.js";
import { Drafting } from "./drafting.js";
import { Erasing } from "./erasing.js";
import { Notices, Summary } from "./notices.js";
import { Questions } from "./questions.js";
import { SaveBar } from "./savebar.js";
import { NO_ANSWER, Saving } from "./saving.js";
import { isAnswered, isOtherText } from "./words.js";

export class Editor {
  #aside = null;       // her own words, while another window's version is shown
  #baseline = {};
  #draft;
  #saving;
  #erasing;
  entryId = crypto.randomUUID();
  seen = 0;            // the revision she is working on, 0 for a new entry
  row = null;          // the line of a list she is editing

  /**
   * spec; items: those asked here; help: the form's HelpFirst; drafts: {keep(answers, row), drop()}; empties: whether a save clears the form;
   * within: ids of the headings one field stands under, which then tells its own faults; about: of those several fields stand under;
   * complete(answers, entryId): the whole entry; onSaved(reply): after each acknowledged save; onErased(reply): after an erasure;
   * onUnsent(): when `unsent` may have changed.
   */
  constructor({ spec, items, help, link, drafts, empties, within = "", about = within, complete, onSaved, onErased, onUnsent, titleId }) {
    Object.assign(this, { help, link, empties, within, complete, onSaved, onErased, onUnsent });
    this.texts = items.filter(({ type }) => ["text", "long-text"].includes(type)).map(({ id }) => id);
    this.questions = new Questions(items, {
      id: freshId(), help, more: spec.more, about, changed: () => this.#changed(), ask: (message) => link.ask(message),
    });
    this.summary = new Summary();
    this.notices = new Notices(() => this.bar.button);
    this.conflict = new Notices(() => this.bar.button);   // beside Save, which brought it up
    this.helpPlace = h("div", { role: "status" });
    this.bar = new SaveBar({ label: spec.save, look: within ? "" : "main", copy: () => this.questions.words() });
    this.root = h("form", { noValidate: true, autocomplete: "off", "aria-labelledby": titleId },
      this.notices.root, this.summary.root, this.questions.nodes, this.conflict.root, this.helpPlace, this.bar.root);
    this.root.addEventListener("submit", (event) => {
      event.preventDefault();
      this.save();
    });
    this.#draft = new Drafting({
      link, drafts, questions: this.questions, bar: this.bar, conflict: this.conflict, row: () => this.row, baseline: () => this.#baseline,
      isEdited: () => this.#edited, isSending: () => this.#isSending, isAside: () => this.#aside !== null, onKept: () => this.onUnsent(),
    });
    this.#saving = new Saving(link, {
      request: () => this.#request(), waits: () => this.bar.saving(), slow: () => this.#slow(),
      answered: (reply, sent) => this.#answered(reply, sent), hasChanged: (sent) => !same(this.questions.get(), sent),
    });
    this.#erasing = new Erasing({
      link, notices: this.conflict, fails: (words) => this.bar.failed(words), gone: (reply) => this.#gone(reply),
    });
    this.blank();
  }

  /** Does the page hold something that is not saved? */
  get dirty() {
    return this.#aside !== null || this.#edited;
  }

  get #edited() {
    return !same(this.questions.get(), this.#baseline);
  }

  /** What this form holds, for another one that takes its place. */
  get memory() {
    const { entryId, seen, row } = this;
    return { entryId, seen, row, words: this.questions.get(), baseline: this.#baseline, kept: this.#draft.kept,
      helped: this.help.isCalled(this.helpPlace) };
  }

  recall({ entryId, seen, row, words, baseline, kept, helped }) {
    Object.assign(this, { entryId, seen, row });
    this.questions.set(words);
    this.#baseline = Object.fromEntries(Object.keys(this.questions.get()).map((item) => [item, baseline[item] ?? null]));
    this.#draft.kept = kept;
    this.questions.print(baseline);
    this.questions.open();
    if (helped) this.help.call(this.helpPlace, true);
    if (this.dirty) this.#draft.later();
  }

  /** Does it hold something that is nowhere else, not even in a draft? */
  get unsent() {
    if (this.#isSending || this.#aside) return true;
    return this.#edited && !this.#draft.isAll;
  }

  /** What a draft keeps of it: null where nothing is to be kept, or a save of it is on its way. */
  get drafted() {
    return this.#edited && !this.#isSending ? this.questions.draft() : null;
  }

  /** Is everything acknowledged that she asked to save? */
  get idle() {
    return !this.dirty && !this.#isSending;
  }

  get #isSending() {
    return this.#saving.outstanding || this.#erasing.outstanding;
  }

  blank() {
    this.load({ entry_id: crypto.randomUUID(), revision: 0, answers: {} });
  }

  /** Show an entry as it is saved. */
  load(entry) {
    this.entryId = entry.entry_id;
    this.seen = entry.revision;
    this.questions.set(entry.answers);
    this.#baseline = this.questions.get();
    this.questions.notKept(entry.not_kept ?? []);
    this.questions.print(this.#baseline);
    this.summary.show([]);
  }

  /** Show what was written and not saved the last time. */
  restore(draft) {
    this.questions.set(draft.answers);
    this.questions.print(this.#baseline);
    if (!this.dirty) return;
    this.questions.open();
    this.#draft.kept = this.questions.draft();
    this.#offerDraft(draft, this.#baseline);
  }

  save() {
    if (!this.#saving.outstanding) {
      this.questions.settle();
      const faults = this.questions.unfinished();
      this.#look(faults);
      if (faults.length || this.#erasing.outstanding) return;
      if (this.questions.isToErase()) return this.#erasing.ask(this.entryId, this.questions.get());
    }
    this.#draft.stop();
    this.#saving.start();
    this.onUnsent();
  }

  /** Put in what she had begun before; it counts as hers and not saved. */
  write(answers) {
    this.questions.set(answers);
    this.#changed();
  }

  /** Another save of the exercise took the draft away: what stands here and is not saved is kept anew. */
  keepAgain() {
    if (!this.dirty) return;
    this.#draft.kept = null;
    this.#draft.later();
    this.onUnsent();
  }

  /** The connection is lost, or there again. */
  lost() {
    this.bar.copy.hidden = !this.questions.words();
    if (this.dirty && !this.#saving.outstanding) this.bar.onlyHere();
    if (this.#saving.outstanding) this.#saving.late();
  }

  back() {
    this.bar.copy.hidden = true;
    this.questions.again();
    if (this.dirty) this.#draft.send();
  }

  /** Send what is not kept yet, now: the page is being closed. */
  flush() {
    if (this.unsent && !this.#saving.outstanding) this.#draft.send();
  }

  stop() {
    this.#draft.stop();
  }

  #request() {
    const answers = this.complete(this.questions.visible(), this.entryId);
    return { message: { do: "save", entry_id: this.entryId, seen: this.seen, answers }, sent: this.questions.get() };
  }

  #slow() {
    this.bar.failed(NO_ANSWER);
    if (this.link.lost) this.bar.onlyHere();
  }

  #answered(reply, sent) {
    if (reply.ok) this.#saved(reply, sent);
    else this.#refused(reply.error);
    if (this.dirty) this.#draft.later();
    this.onUnsent();
    if (!reply.ok) return;
    this.onSaved(reply);
    this.help.look(this.helpPlace);   // last: the focus may have gone elsewhere
  }

  #saved({ entry, help, already }, sent) {
    const isNext = this.empties && !this.seen && this.#isAnother(sent);
    this.#draft.kept = null;
    this.entryId = entry.entry_id;
    this.seen = entry.revision;
    const again = Object.keys(entry.asked_again ?? {});
    this.questions.takeOut(again, sent);
    this.#baseline = { ...sent, ...Object.fromEntries(again.map((item) => [item, null])) };
    const empties = this.empties && !this.#edited;
    const risky = this.questions.callsForHelp();
    this.help.call(this.helpPlace, Boolean(help || (empties && risky)), risky?.help_text);
    if (isNext) this.#goOnAsNew();
    this.questions.print(this.#baseline);
    if (empties) this.blank();
    if (!this.#aside) this.conflict.clear();
    this.notices.clear();
    this.bar.saved(entry.saved, already);
    this.bar.copy.hidden = true;
  }

  /** Has she put other words in the place of those that were sent? Nothing may take the place of an entry she sees as saved. */
  #isAnother(sent) {
    const now = this.questions.get(), text = this.texts.find((item) => isAnswered(sent[item]));
    return text !== undefined && isOtherText(sent[text], now[text] ?? "");
  }

  /** What stands in the form is a new entry, and nothing of it is saved. */
  #goOnAsNew() {
    this.entryId = crypto.randomUUID();
    this.seen = 0;
    this.#baseline = Object.fromEntries(Object.keys(this.#baseline).map((item) => [item, null]));
  }

  /** The entry is out of the file, and its draft: nothing of it stays here either. */
  #gone(reply) {
    this.#draft.stop();
    this.#draft.kept = null;
    this.blank();
    this.onErased(reply);
    this.bar.told(reply.told);   // last: whatever is written into the form takes the bar's words away
    this.onUnsent();
    this.help.call(this.helpPlace, Boolean(reply.help));
    this.help.look(this.helpPlace);
  }

  #refused(error) {
    if (error.kind === "invalid") {
      this.bar.clear();
      this.#look(error.faults);
    } else if (error.kind === "elsewhere") {
      this.bar.clear();
      this.#twoPlaces(error.entry);
    } else {
      this.bar.failed(error.message);
    }
  }

  #look(faults) {
    if (this.within) return this.#lookAtField(faults);
    this.questions.fault(faults);
    this.summary.show(faults, (item) => this.questions.target(item));
  }

  #lookAtField(faults) {
    const [field] = this.questions.fields;
    field.fault(faults.map(({ message }) => message).join(" "));
    if (faults.length) field.target.focus();
  }

  #twoPlaces(entry) {
    this.conflict.elsewhere(entry, {
      goOn: () => {
        this.entryId = entry.entry_id;
        this.seen = entry.revision;
        this.save();
      },
      showOther: () => {
        this.#aside = this.questions.get();
        this.load(entry);
        this.conflict.other(entry, () => {
          this.questions.set(this.#aside);
          this.#aside = null;
          this.#changed();
        });
      },
    });
  }

  #offerDraft(draft, fresh) {
    this.notices.restored(draft, {
      hasSaved: this.seen > 0,
      goOn: () => {},
      startEmpty: () => {
        const words = this.questions.get();
        this.questions.set(fresh);
        this.#changed();
        this.notices.emptied(() => {
          const since = this.questions.get();
          this.questions.set(words);
          this.#changed();
          this.#offerDraft(draft, since);
        });
      },
    });
  }

  #changed() {
    this.questions.print(this.#baseline);
    this.bar.moveOn();
    if (this.link.lost) this.lost();
    this.#draft.later();
    this.onUnsent();
  }
}
