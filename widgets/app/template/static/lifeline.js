// Whether the kernel lives, and the way back when it does not.

const EVERY = 5000;      // ms between two questions to the kernel
const ANSWER = 2500;     // ms it has to answer one; two silences in a row mean that it is lost
const SERVER = 4000;     // ms the server has to say whether the kernel is there
const WHOLE_PAGE = 90000;
const FIRST_DELAY = 250, LONGEST_DELAY = 8000;
const SLOW_START = 30000, GONE = 20000;

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/**
 * Events: "lost" (detail.gone: it will not come back by itself; detail.shut: the journal is locked) and "back" (detail.told: "lost" was sent before).
 * A loss while the page still opens is mended without a word, unless that takes very long.
 */
export class Lifeline extends EventTarget {
  #lost = false;
  #told = false;
  #empty = false;   // the kernel is known to have forgotten the page
  #refused = false;
  #shut = false;    // the journal is locked
  #left = false;
  #hurried = () => {};
  #working = false; // a control has asked for something that may keep the kernel from answering for a while
  #heard = 0;       // when the server was last known to be there
  #began = performance.now();
  arrived = false;  // is the page here to its end?

  constructor({ connection, models, cells, config }) {
    super();
    Object.assign(this, { connection, models, cells, config });
    connection.addEventListener("closed", () => this.lose());
    connection.addEventListener("message", ({ detail }) => this.#notice(detail));
    document.addEventListener("second-thoughts:working", ({ detail }) => { this.#working = detail.working; });
    this.#beat();
  }

  get lost() {
    return this.#lost;
  }

  /** The kernel is up: connect to it. */
  async begin(kernelId) {
    this.config.kernelId = kernelId;
    if (await this.connection.connect(this.config.kernelId)) this.models.resume();
  }

  /** The line is, or seems to be, lost. `empty`: a new kernel is needed in any case. */
  lose(empty = false) {
    this.#empty ||= empty;
    if (this.#lost) return;
    this.#lost = true;
    this.#heard = performance.now();
    this.#tell();
    this.#recover();
  }

  /** What kept the page from its kernel may be over: try at once. */
  hurry() {
    this.#hurried();
  }

  /** The page is left: its kernel is not needed any more. */
  leave() {
    this.#left = true;
    this.#free(this.config.kernelId);
  }

  // The server starts a dead kernel again, under the same name and with nothing in it.
  #notice({ header, content }) {
    if (header.msg_type === "status" && ["restarting", "dead"].includes(content.execution_state)) this.lose(true);
  }

  async #beat() {
    for (;;) {
      await pause(EVERY);
      if (this.arrived && !this.#lost && !this.#working && !(await this.#alive() || await this.#alive())) this.lose();
    }
  }

  async #alive() {
    const control = this.models.control();
    if (!control) return true;   // nobody to ask, nothing to lose
    try {
      return await Promise.race([control.ask({ do: "ping" }).then(() => true), pause(ANSWER).then(() => false)]);
    } catch {
      return false;
    }
  }

  async #recover() {
    for (let delay = FIRST_DELAY; !await this.#tryOnce().catch(() => false); delay = Math.min(2 * delay, LONGEST_DELAY)) {
      if (this.#left) return;
      this.#tell();
      await Promise.race([pause(delay), new Promise((now) => { this.#hurried = now; })]);
    }
    const told = this.#told;
    this.#lost = this.#told = this.#empty = this.#refused = this.#shut = false;
    this.dispatchEvent(new CustomEvent("back", { detail: { told } }));
  }

  #tell() {
    const now = performance.now();
    if (!this.models.control() && !this.#shut && now - this.#began < SLOW_START) return;
    this.#told = true;
    const gone = this.#refused || now - this.#heard >= GONE;
    this.dispatchEvent(new CustomEvent("lost", { detail: { gone, shut: this.#shut } }));
  }

  async #tryOnce() {
    const { status } = await fetch(`${this.config.baseUrl}api/kernels/${this.config.kernelId}`,
      { cache: "no-store", signal: AbortSignal.timeout(SERVER) });
    this.#refused = status === 403;   // a server started anew knows no login of before
    this.#heard = performance.now();
    if (status === 200 && !this.#empty && await this.#resume()) return true;
    return [200, 404].includes(status) && this.#rehome();
  }

  async #resume() {
    if (!this.connection.open) {
      if (!await this.connection.connect(this.config.kernelId)) return false;
      this.models.resume();
    }
    return await this.#alive() || this.#alive();
  }

  // The page is fetched again for its new kernel; what is on screen stays and goes on with that kernel's widgets.
  async #rehome() {
    const reply = await fetch(location.pathname, { cache: "no-store", signal: AbortSignal.timeout(WHOLE_PAGE) });
    if (!reply.ok) return false;
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    this.#shut = Boolean(page.querySelector("main[data-state=locked]"));
    if (this.#shut) return false;
    const kernelId = page.querySelector("workbook-kernel")?.dataset.id;
    if (!kernelId || !page.querySelector("workbook-end:not([data-failed])") || !await this.connection.connect(kernelId)) {
      this.#free(kernelId);
      return false;
    }
    this.#free(this.config.kernelId);
    this.config.kernelId = kernelId;
    this.arrived = true;
    this.cells.rehome(page);
    this.models.resume();
    await this.cells.finish(false);
    return true;
  }

  #free(kernelId) {
    if (kernelId) navigator.sendBeacon(`${this.config.baseUrl}voila/api/shutdown/${kernelId}`);
  }
}
