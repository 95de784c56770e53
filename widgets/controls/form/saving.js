// Saving one thing, one message at a time: only an answer makes it saved, and the same message may be sent twice.

const SAVING_AFTER = 400;     // ms
const UNANSWERED = 3000;
export const NO_ANSWER = "Not saved: no answer came. Your words are still here; keep this page open and try again.";

export class Saving {
  #again = false;
  #timers = [];
  outstanding = false;

  /**
   * request(): the message, and `sent`, what the page holds of it. The rest tells how it went: waits() after .4 s, slow()
   * after 3 s, answered(reply, sent). hasChanged(sent): does the page hold something else by now?
   */
  constructor(link, { request, waits, slow, answered, hasChanged }) {
    Object.assign(this, { link, request, waits, slow, answered, hasChanged });
  }

  /** Save, or try again. */
  async start() {
    if (this.outstanding) {
      this.#again = true;
      this.link.resend();
      return;
    }
    const { message, sent } = this.request();
    this.outstanding = true;
    this.#timers = [setTimeout(this.waits, SAVING_AFTER), setTimeout(this.slow, UNANSWERED)];
    const answer = this.link.ask(message, { keep: true });
    if (this.link.lost) this.late();
    const reply = await answer;
    this.#timers.forEach(clearTimeout);
    this.outstanding = false;
    const again = this.#again && reply.ok && this.hasChanged(sent);
    this.#again = false;
    this.answered(reply, sent);
    if (again) this.start();
  }

  /** No answer is to be expected soon: say so, and say nothing else after it. */
  late() {
    this.#timers.forEach(clearTimeout);
    this.slow();
  }
}
