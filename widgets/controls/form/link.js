// The way to the kernel: messages with an id, each answered once; lost and found.

const BEAT = 1000;        // ms between two looks at the connection
const PING_EVERY = 4000;
const SILENCE = 7000;     // ms without an answer that was due

export class Link {
  #pending = new Map();
  #heard = performance.now();
  #spoke = 0;
  #model;
  #beat = setInterval(() => this.#look(), BEAT);
  lost = false;

  /** isBusy: is something unsaved? onPush(content); onLost(); onBack(). */
  constructor(model, { isBusy, onPush, onLost, onBack }) {
    Object.assign(this, { isBusy, onPush, onLost, onBack });
    this.#model = model;
    model.on("msg:custom", this.#receive);
  }

  /**
   * Send a message; resolves to its answer, which may never come. `keep`: sent again once the connection is back.
   * `every`: sent again after so many ms, until it is answered or `stop()` of the returned promise is called.
   */
  ask(content, { keep = false, every = 0 } = {}) {
    const message = { id: crypto.randomUUID(), ...content };
    const waiting = { message, keep, repeated: every > 0, since: performance.now(), late: false };
    const answer = new Promise((resolve) => { waiting.resolve = resolve; });
    this.#pending.set(message.id, waiting);
    this.#send(message);
    const timer = every ? setInterval(() => this.#send(message), every) : null;
    answer.stop = () => {
      clearInterval(timer);
      this.#pending.delete(message.id);
    };
    answer.then(answer.stop);
    return answer;
  }

  /** Send again what must arrive. */
  resend() {
    for (const waiting of this.#pending.values()) {
      if (!waiting.keep) continue;
      waiting.since = performance.now();
      this.#send(waiting.message);
    }
  }

  /** There is a connection again, perhaps to another kernel: what must arrive is sent again, the rest is whose who asked. */
  renew() {
    this.lost = false;
    for (const [id, waiting] of this.#pending) {
      waiting.late = true;
      if (!waiting.keep && !waiting.repeated) this.#pending.delete(id);
    }
    this.resend();
    this.onBack();
  }

  close() {
    clearInterval(this.#beat);
    this.#pending.clear();
    this.#model.off("msg:custom", this.#receive);
  }

  #send(message) {
    this.#spoke = performance.now();
    try {
      this.#model.send(message);
    } catch {   // the host knows that there is no connection
      this.#lose();
    }
  }

  #receive = (content) => {
    if (!content || typeof content !== "object") return;
    if (content.push) return this.onPush(content);
    const waiting = this.#pending.get(content.id);
    if (!waiting) return;
    this.#heard = performance.now();
    this.#pending.delete(content.id);
    waiting.resolve({ ...content, late: waiting.late });
    if (this.lost) this.renew();
  };

  #look() {
    if (!this.#pending.size && !this.lost && !this.isBusy()) return;
    const now = performance.now();
    const since = Math.min(...[...this.#pending.values()].map((waiting) => waiting.since));
    if (now - Math.max(since, this.#heard) > SILENCE) this.#lose();
    if (now - this.#spoke >= PING_EVERY) this.ask({ do: "ping" });
  }

  #lose() {
    if (this.lost) return;
    this.lost = true;
    this.onLost();
  }
}
