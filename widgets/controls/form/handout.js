// The widget: choose, read the very file, save it.

import { freshId, h, same } from "./dom.js";
import { HelpFirst } from "./helping.js";
import { Link } from "./link.js";
import { Summary } from "./notices.js";
import { paper } from "./paper.js";
import { Questions } from "./questions.js";
import { clockTime, placesWords } from "./words.js";

const ASK_AGAIN = 1500, WORKING_AFTER = 400, TOO_LONG = 180000, KEPT_FOR = 60000;   // ms
const CHANGED = "You have changed something since. Show the file again to see it as it would be now.";
const UNREAD = "Tick this once you have read it.";
const NO_ANSWER_CAME = "Not made: no answer came. What you chose is still here; try again.";
const GONE = "Connection lost. Keep this page open; what you chose is still here.";

class Handout {
  #stop = new AbortController();
  #file = null;       // the one that is shown
  #asked = null;      // the answers it was made of
  #busy = false;

  constructor(root, model) {
    this.root = root;
    this.link = new Link(model, {
      isBusy: () => this.#busy, onPush: (content) => this.#hear(content),
      onLost: () => this.#busy && this.#say(GONE, true), onBack: () => this.#back(),
    });
    const on = (name, act) => document.addEventListener(name, act, { signal: this.#stop.signal });
    on("second-thoughts:connected", () => this.link.renew());
    on("second-thoughts:closing", () => {
      this.stop();
      this.root.replaceChildren();
    });
    this.opened = this.link.ask({ do: "open" }, { every: ASK_AGAIN }).then((reply) => {
      if (reply.ok) this.#draw(reply.spec);
      else this.root.replaceChildren(h("p", { className: "quiet", textContent: reply.error.message }));
    });
  }

  stop() {
    this.#stop.abort();
    this.link.close();
  }

  // ---- what is asked

  #draw(spec) {
    const titleId = freshId(), help = new HelpFirst();
    this.spec = spec;
    this.questions = new Questions(spec.items, {
      id: freshId(), help, more: spec.more, changed: () => this.#changed(), ask: (message) => this.link.ask(message, { keep: true }),
    });
    this.summary = new Summary();
    this.outcome = h("p", { className: "outcome", role: "status" });
    this.bar = h("div", { className: "actions savebar" }, h("button", { type: "submit", className: "main", textContent: spec.make }), this.outcome);
    const form = h("form", { noValidate: true, autocomplete: "off" }, this.summary.root, this.questions.nodes, this.bar);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#make();
    });
    this.place = h("div", { className: "made" });
    this.root.replaceChildren(h("section", { className: "card handout", "aria-labelledby": titleId },
      h("h2", { id: titleId, textContent: spec.title }), spec.intro ? h("p", { className: "intro", textContent: spec.intro }) : null, form, this.place));
  }

  /** Other things to choose from, or another list of names: what she has chosen stays, and the file is not the newest any more. */
  #hear({ push, spec }) {
    if (push !== "spec" || !this.spec) return;
    if (!this.root.contains(document.activeElement)) {
      if (same(spec, this.spec)) this.questions.again();
      else this.#drawAnew(spec);
    }
    this.#takeAway();
  }

  #drawAnew(spec) {
    const answers = this.questions.get(), wasOpen = this.questions.details?.open;
    this.#draw(spec);
    this.questions.set(answers);
    if (wasOpen && this.questions.details) this.questions.details.open = true;
  }

  #changed() {
    this.questions.settle();
    if (this.#file && !same(this.questions.visible(), this.#asked)) this.#takeAway();
  }

  /** A file that is not what would be made now is not shown, and cannot be saved. */
  #takeAway() {
    if (!this.#file) return;
    this.#file = null;
    this.place.replaceChildren(h("p", { className: "quiet", role: "status", textContent: CHANGED }));
  }

  /** To another kernel perhaps, which knows of no file and of no question: what was asked is asked again by her. */
  #back() {
    if (this.#busy) this.#say("Connected again. If no file comes, show it once more.", true);
    this.#busy = false;
  }

  #say(words, failed = false) {
    this.outcome.textContent = words;
    this.bar.classList.toggle("failed", failed);
  }

  // ---- the file

  async #make() {
    if (this.#busy) return;
    const unfinished = this.questions.unfinished();
    if (unfinished.length) return this.#fault(unfinished);
    this.#busy = true;
    this.#fault([]);
    this.#say("");
    this.#file = null;
    this.place.replaceChildren();
    const asked = this.questions.visible();
    const working = setTimeout(() => this.#say("Making the file…"), WORKING_AFTER);
    tellWorking(true);
    const reply = await Promise.race([this.link.ask({ do: "make", answers: asked }), late()]);
    tellWorking(false);
    clearTimeout(working);
    this.#busy = false;
    if (reply.ok) return this.#show(reply, asked);
    this.#say(reply.error.message ?? "", true);
    if (reply.error.kind === "invalid") {
      this.#say("");
      this.#fault(reply.error.faults);
    }
  }

  #fault(faults) {
    this.questions.fault(faults);
    this.summary.show(faults, (item) => this.questions.target(item));
    this.summary.title.textContent = `Not made yet: ${placesWords(faults.length)}`;
  }

  #show({ file, parts, notes, aside }, asked) {
    this.#file = file;
    this.#asked = asked;
    this.#say("");
    const title = h("h3", { textContent: "This is the file", tabIndex: -1 });
    const about = `${file.name}, ${sizeWords(file.size)}. Its fingerprint (SHA-256): `;
    this.place.replaceChildren(title,
      aside ? h("div", { className: "panel caution" }, h("p", { textContent: aside })) : "", paper(parts),
      h("p", { className: "hint" }, about, h("span", { className: "fingerprint", textContent: file.sha256 })),
      ...notes.map(note), this.#saving());
    title.focus();
  }

  #saving() {
    const id = freshId(), fault = h("p", { className: "fault", id }), said = h("p", { className: "outcome", role: "status" });
    const tick = h("input", { type: "checkbox", "aria-describedby": id });
    const save = h("button", { type: "submit", className: "main", textContent: "Save the file" });
    const bar = h("div", { className: "actions savebar" }, save, said);
    const form = h("form", { noValidate: true }, this.spec.tick ? [h("label", { className: "option" }, tick, h("span", { textContent: this.spec.tick })), fault] : [], bar);
    tick.addEventListener("change", () => { fault.textContent = ""; });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const unread = Boolean(this.spec.tick) && !tick.checked;
      fault.textContent = unread ? UNREAD : "";
      tick.setAttribute("aria-invalid", String(unread));
      if (unread) return tick.focus();
      const file = this.#file;
      if (!file) return;
      const reply = await this.link.ask({ do: "record", sha256: file.sha256 }, { keep: true });
      bar.classList.toggle("failed", !reply.ok);
      said.textContent = reply.ok ? `Saved at ${clockTime(reply.saved)} as ${file.name}, where your browser keeps what it downloads.` : reply.error.message;
      if (reply.ok) download(file);
    });
    return form;
  }
}

/** Something asked of the kernel may take long: the page around need not take its silence for a loss. */
function tellWorking(working) {
  document.dispatchEvent(new CustomEvent("second-thoughts:working", { detail: { working } }));
}

const late = () => new Promise((done) => setTimeout(done, TOO_LONG, { ok: false, error: { kind: "not-made", message: NO_ANSWER_CAME } }));

/** What is to be known of a file: a title, and lines that may have more behind them. */
function note({ title, text, lines, empty }) {
  const more = ({ text: words, behind }) => h("li", {}, behind?.length
    ? h("details", {}, h("summary", { textContent: words }), h("ul", { className: "said" }, behind.map((line) => h("li", { textContent: line }))))
    : words);
  return h("section", { className: "note" }, h("h4", { textContent: title }), text ? h("p", { textContent: text }) : null,
    lines.length ? h("ul", {}, lines.map(more)) : h("p", { className: "hint", textContent: empty }));
}

function download({ name, type, bytes }) {
  const data = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
  const href = URL.createObjectURL(new Blob([data], { type }));
  const link = h("a", { href, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(href), KEPT_FOR);
}

function sizeWords(bytes) {
  return bytes < 10000 ? `${bytes} bytes` : `${Math.round(bytes / 1000)} kB`;
}

async function render({ model, el }) {
  const root = h("div", { className: "st form" });
  root.addEventListener("focusin", ({ target }) => target.setAttribute("data-lm-suppress-shortcuts", "true"));   // as in main.js
  el.append(root);
  const handout = new Handout(root, model);
  await handout.opened;
  return () => handout.stop();
}

export default { render };
