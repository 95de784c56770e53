// One exercise on the page: opening, its card, and what reaches it from the kernel and from the frame around it.

import { Board } from "./board.js";
import { button, freshId, h, same } from "./dom.js";
import { kept } from "./kept.js";
import { Link } from "./link.js";
import { HelpFirst } from "./notices.js";
import { Offer } from "./offer.js";
import { wholeSheet } from "./sheet.js";
import { Stage } from "./stage.js";
import { clockTime, isAboutToday, isAnswered } from "./words.js";

const ASK_AGAIN = 1500, SHOWN_AFTER = 300, LONGER = 8000, TOO_LONG = 30000;   // ms
const LOST = "Connection lost. Keep this page open and go on writing; it is saved once the connection is back.";
const SAMPLE = "Sample: an invented reader. Nothing you type is kept.";

const hasFrame = () => Boolean(document.querySelector("main[data-state]"));

export class Exercise {
  #stop = new AbortController();
  #key = freshId();
  #told = false;       // what the frame was told about unsent words
  #answering = false;  // what other controls were told
  #waitingSpec = null;
  #wasLost = false;
  #stage = new Stage();
  writer = crypto.randomUUID();
  body = null;         // the Sheet or Board of it; null too while it is not asked of her

  constructor(root, model) {
    this.root = root;
    this.title = model.get("title") || "This exercise";
    this.link = new Link(model, {
      isBusy: () => Boolean(this.body?.dirty || this.unsent),
      onPush: (content) => this.#hear(content), onLost: () => this.#lost(), onBack: () => this.#back(),
    });
    this.connection = h("p", { className: "connection", role: "status" });
    this.#listen();
    this.opened = this.#open();
  }

  stop() {
    this.#stop.abort();
    this.#stage.stop();
    this.body?.stop();
    this.link.close();
  }

  get unsent() {
    return Boolean(this.body?.unsent || this.offer?.unsent);
  }

  // ---- opening

  /** Ask for the exercise until it is there. Resolves once it is painted, or once the page says that it did not open. */
  #open() {
    const words = h("p", { textContent: `${this.title} is opening. Read on meanwhile.` });
    const place = h("div", { className: "quiet opening" }, words);
    const answer = this.link.ask({ do: "open" }, { every: ASK_AGAIN });
    const again = button("Try again", () => {
      answer.stop();
      this.#open();
    });
    return new Promise((settled) => {
      const timers = [
        setTimeout(() => this.root.replaceChildren(place), SHOWN_AFTER),
        setTimeout(() => words.append(" This takes longer than usual."), LONGER),
        setTimeout(() => {
          words.textContent = "It did not open. What you saved is safe.";
          place.append(again);
          settled();
        }, TOO_LONG),
      ];
      answer.then((reply) => {
        timers.forEach(clearTimeout);
        if (reply.ok) this.#begin(reply);
        else {
          words.textContent = reply.error.message;
          place.append(again);
          this.root.replaceChildren(place);
        }
        settled();
      });
    });
  }

  #begin({ spec, state }) {
    if (spec.offered === false) return this.#keep(spec, state);
    this.#draw(spec);
    this.#take(state);
    const { draft } = state;
    if (draft) this.body.restore(draft);
    if (this.rest) this.rest.open = state.entries.length > 0 || this.body.dirty;
    this.#tellUnsent();
    if (state.sample && !hasFrame()) this.notes.prepend(h("p", { className: "hint", textContent: SAMPLE }));
  }

  /** It is not asked of her for now: what she wrote in it stays, to be read. */
  #keep(spec, state) {
    this.body?.stop();
    this.body = this.offer = this.rest = null;
    this.spec = spec;
    this.root.replaceChildren(...[kept(spec, state)].filter(Boolean));
  }

  #draw(spec) {
    const titleId = freshId(), help = new HelpFirst();
    this.spec = spec;
    this.problem = h("div", { className: "panel care", hidden: true });
    this.enough = h("p", { className: "enough", role: "status" });
    const shared = { link: this.link, help, onSaved: (reply) => this.#tellSaved(reply), onUnsent: () => this.#tellUnsent() };
    this.offer = new Offer({ ...shared, onSaved: (reply) => this.#accepted(reply) });
    this.notes = h("div", {}, this.enough, this.#stage.root, this.connection, this.problem, this.offer.root);
    const drafts = {
      keep: (answers, row) => this.link.ask({ do: "draft", answers, writer: this.writer, row }),
      drop: () => this.link.ask({ do: "drop-draft", writer: this.writer }),
    };
    const further = { spec, titleId, drafts, onState: (state) => this.#take(state, true) };
    this.body = spec.groups ? new Board({ ...shared, ...further }) : wholeSheet({ ...shared, ...further });
    this.#lay(titleId);
    this.#stage.tell(spec.stage);
  }

  #lay(titleId) {
    const { spec } = this;
    const body = [spec.intro ? h("p", { className: "intro", textContent: spec.intro }) : null, this.body.nodes];
    this.rest = spec.core === false
      ? h("details", { className: "rest" }, h("summary", { textContent: "If you want more" }), ...body) : null;
    this.root.replaceChildren(h("section", { className: `card ${spec.groups ? "list board" : spec.kind}`, "aria-labelledby": titleId },
      h("h2", { id: titleId, textContent: spec.title }), this.notes, ...(this.rest ? [this.rest] : body)));
  }

  // ---- what the kernel says

  #hear(content) {
    if (this.spec?.offered === false && content.state) return this.#begin({ spec: this.spec, ...content });
    if (!this.body) return;
    if (content.push === "state") this.#take(content.state);
    if (content.push === "spec") this.#reword(content);
  }

  /** The exercise as it is saved now; what she is writing stays. `isHers`: she has just done something here that led to it. */
  #take(state, isHers = false) {
    this.state = state;
    this.problem.textContent = state.problem ?? "";
    this.problem.hidden = !state.problem;
    this.offer.show(state.offer);
    this.body.take(state.entries);
    this.#settleCap(isHers);
    this.#stage.wake(state.again_in, () => this.#look());
  }

  /** Time has passed, or the connection is there again: what is to be asked now? */
  #look() {
    this.link.ask({ do: "open" }).then((reply) => reply.ok && this.#reword(reply));
  }

  /** Enough for today? The form takes that shape, or gives it up, between two entries only, and not under her hands. */
  #settleCap(isHers = false) {
    const { cap, cap_text: words, cap_more: more } = this.spec;
    if (!cap || !this.body.editor.idle) return;
    const { questions, bar } = this.body.editor, isFull = this.state.entries.filter(isAboutToday).length >= cap;
    const isIn = questions.nodes.some((node) => node.contains(document.activeElement));
    if (isFull === Boolean(questions.held) || (isIn && !isHers)) return;
    this.enough.textContent = isFull ? words : "";
    questions.hold(isFull ? more : "");
    if (isIn) bar.button.focus();
  }

  /** Other wording needs other elements: they come when she is not in this form, with everything in them that is hers. */
  #reword({ spec, state }) {
    const changes = !same(spec, this.spec);
    this.#waitingSpec = changes ? spec : null;
    this.#take(state);
    this.#redrawWhenFree();
  }

  #redrawWhenFree() {
    if (!this.#waitingSpec || !this.#isFree) return;
    const spec = this.#waitingSpec, { memory } = this.body, wasOpen = this.rest?.open, isOnSave = this.#isOnSave;
    this.#waitingSpec = null;
    if (spec.offered === false) return this.#keep(spec, this.state);
    this.body.stop();
    this.#draw(spec);
    this.#settleCap();
    this.body.recall(memory);
    this.#take(this.state);
    if (this.rest) this.rest.open = wasOpen;
    if (isOnSave) this.body.editor.bar.button.focus();
  }

  /** May its elements be others? Not under her hands, and not where a question would go that she has begun to answer. */
  get #isFree() {
    if (this.unsent || (this.root.contains(document.activeElement) && !this.#isOnSave)) return false;
    const { memory, dirty } = this.body, asked = new Set(this.#waitingSpec.items.map(({ id }) => id));
    return !dirty || !Object.keys(memory.words ?? {}).some((id) => isAnswered(memory.words[id]) && !asked.has(id));
  }

  /** She has saved this step and done nothing since: the next one may come, and Save keeps the focus. */
  get #isOnSave() {
    return Boolean(this.spec.stage && this.body.editor?.idle && document.activeElement === this.body.editor.bar.button);
  }

  /** Her word to an offer is saved, which took the draft away, as every save does. */
  #accepted(reply) {
    this.#take(reply.state, true);
    this.body.keepAgain();
    this.#tellSaved(reply);
  }

  // ---- what is around it

  #listen() {
    const options = { signal: this.#stop.signal };
    const on = (name, act) => document.addEventListener(name, act, options);
    on("second-thoughts:connected", () => this.link.renew());
    on("second-thoughts:closing", () => {
      this.#flush();
      this.stop();
      this.root.replaceChildren();
    });
    on("second-thoughts:reading", () => this.#answering && this.#tell("answering", { exercise: this.spec.id, answering: true }));
    on("visibilitychange", () => document.hidden && this.#flush());
    this.root.addEventListener("focusout", () => setTimeout(() => this.#left()), options);
    window.addEventListener("beforeunload", (event) => {
      if (this.unsent && !hasFrame()) event.preventDefault();
    }, options);
  }

  /** The focus may have left the form: what waited for that comes now. */
  #left() {
    if (!this.body) return;
    this.#settleCap();
    this.#redrawWhenFree();
  }

  #flush() {
    this.body?.flush();
  }

  #lost() {
    this.#wasLost = true;
    this.#tell("connection", { state: "lost" });
    if (!hasFrame()) this.connection.textContent = LOST;
    this.body?.lost();
  }

  #back() {
    this.#tell("connection", { state: "back" });
    this.body?.back();
    this.#sayBack();
    if (this.body) this.#look();
  }

  #sayBack() {
    if (!this.#wasLost || hasFrame()) return;
    const saved = this.body?.dirty ? "What you have not saved is kept as a draft."
      : `Everything is saved, ${clockTime(new Date())}.`;
    this.connection.textContent = `Connected again. ${this.unsent ? "Saving what waited." : saved}`;
  }

  #tellSaved({ late, entry }) {
    if (this.spec.stage) {   // a step: the next one takes its place, and what was saved is said there
      this.#redrawWhenFree();
      this.body?.editor.bar.saved(entry.saved);
    }
    if (late) return;   // it had waited for the connection, whose line is still to be read
    this.#wasLost = false;
    this.connection.textContent = "";
    this.#tell("connection", { state: "saved" });
  }

  #tellUnsent() {
    this.#tellAnswering();
    if (this.body.dirty) this.offer.moveOn();
    if (this.unsent === this.#told) return;
    this.#told = this.unsent;
    this.#tell("unsent", { key: this.#key, unsent: this.#told });
    if (!this.#told && !this.link.lost) this.#sayBack();
  }

  /** Past values on the page are out of sight while she answers. */
  #tellAnswering() {
    const answering = Boolean(this.spec.shown_after_saving || this.spec.stage) && this.body.dirty;
    if (answering === this.#answering) return;
    this.#answering = answering;
    this.#tell("answering", { exercise: this.spec.id, answering });
  }

  #tell(what, detail) {
    document.dispatchEvent(new CustomEvent(`second-thoughts:${what}`, { detail }));
  }
}
