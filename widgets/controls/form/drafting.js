// What stands in a form and is not saved: kept as a draft, on the disk within two seconds.

import { same } from "./dom.js";
import { isAnswered } from "./words.js";

const AFTER = 1200;   // ms after a letter
const ELSEWHERE = "Open in two places. Of what is not saved, only the words in the window you wrote in last are kept.";

export class Drafting {
  #timer = null;
  #keptAt = null;
  #isFrom = false;   // has this page kept a draft before?
  kept = null;       // the draft as the kernel has acknowledged it

  /**
   * drafts: {keep(answers, row), drop()}; row(): the line that is edited; baseline(): what is saved of the form; isEdited(), isSending(),
   * isAside(): does it hold something else, is it being saved, does another window's version stand in it? onKept(): it may be whole now.
   */
  constructor({ questions, bar, conflict, link, drafts, row, baseline, isEdited, isSending, isAside, onKept }) {
    Object.assign(this, { questions, bar, conflict, link, drafts, row, baseline, isEdited, isSending, isAside, onKept });
  }

  /** Is all that stands in the form in the draft too? */
  get isAll() {
    return same(this.questions.draft(), this.kept) && this.#isWhole;
  }

  /** False while the form holds answers that may not be kept in a draft. */
  get #isWhole() {
    const kept = this.questions.draft(), all = this.questions.get(), saved = this.baseline();
    return Object.keys(all).every((item) => item in kept || same(all[item], saved[item]));
  }

  /** Keep it in a moment. */
  later() {
    this.#timer ??= setTimeout(() => this.send(), AFTER);
  }

  stop() {
    clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Keep it now. */
  async send() {
    this.stop();
    if (this.isSending()) return;   // what is sent comes first; a draft after it would outlive it
    if (this.link.lost) return this.isEdited() && this.bar.onlyHere();
    const answers = this.questions.draft();
    if (!this.isEdited() || !Object.values(answers).some(isAnswered)) return this.isAside() || this.#drop();
    if (same(answers, this.kept)) return this.#keptAt && this.bar.kept(this.#keptAt);
    const reply = await this.drafts.keep(answers, this.row());
    if (this.isEdited() && !this.isSending()) this.#answered(reply, answers);
    this.onKept();
  }

  #answered(reply, answers) {
    if (!reply.ok) return this.bar.onlyHere();
    this.kept = answers;
    this.#keptAt = reply.kept;
    this.bar.kept(reply.kept);
    if (!this.#isWhole) this.bar.onlyHere();
    if (reply.elsewhere && this.#isFrom) this.conflict.show(ELSEWHERE, [["Go on here", () => {}]]);
    this.#isFrom = true;
  }

  #drop() {
    this.bar.draft.textContent = this.isEdited() ? "Only on this page so far" : "";
    if (this.kept === null) return;
    this.kept = null;
    this.drafts.drop();
  }
}
