// One exercise on the page: opening, its card, and what reaches it from the kernel and from the frame around it.

import { Board } from "./board.js";
import { Copying } from "./copying.js";
import { Deck } from "./deck.js";
import { freshId, h, same } from "./dom.js";
import { Earlier } from "./earlier.js";
import { HelpFirst } from "./helping.js";
import { kept } from "./kept.js";
import { Link } from "./link.js";
import { Offer } from "./offer.js";
import { openInto } from "./opening.js";
import { servesPart } from "./serves.js";
import { wholeSheet } from "./sheet.js";
import { Stage } from "./stage.js";
import { clockTime, isAboutToday, isAnswered } from "./words.js";

const LOST = "Connection lost. Keep this page open and go on writing; it is saved once the connection is back.";
const WAYS_BACK = "07-share.ipynb";   // the page with the backups; the address works in JupyterLab too
const SAMPLE = "Sample: an invented reader. Nothing you type is kept.";

const hasHints = (spec) => spec.items.some(({ type }) => type === "hints");
const hasFrame = () => Boolean(document.querySelector("main[data-state]"));

export class Exercise {
  #stop = new AbortController();
  #key = freshId();
  #told = false;       // what the frame was told about unsent words
  #answering = false;  // what other controls were told
  #waitingSpec = null;
  #tick = null;        // until what is said of this hour is looked at again
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
    this.opened = openInto(root, { title: this.title, link: this.link, begin: (reply) => this.#begin(reply) });
  }

  stop() {
    this.#stop.abort();
    clearTimeout(this.#tick);
    this.#stage.stop();
    this.body?.stop();
    this.link.close();
  }

  get unsent() {
    return Boolean(this.body?.unsent || this.offer?.unsent);
  }

  // ---- opening

  #begin({ spec, state }) {
    if (spec.offered === false) return this.#keep(spec, state);
    this.#draw(spec);
    this.#take(state);
    const { draft } = state;
    if (draft) this.body.restore(draft);
    if (this.rest) this.rest.open = state.entries.length > 0 || this.body.dirty;
    this.#tellUnsent();
    this.#tell("reading");   // whoever is being answered says so again
    if (state.sample && !hasFrame()) this.notes.prepend(h("p", { className: "hint", textContent: SAMPLE }));
  }

  /** It is not asked of her for now: what she wrote in it stays, to be read. */
  #keep(spec, state) {
    this.body?.stop();
    this.body = this.offer = this.rest = null;
    this.spec = spec;
    const stays = kept(spec, state), earlier = new Earlier(() => this.#askEarlier(), ({ state: all }) => {
      this.#keep(spec, all);
      this.root.querySelector("details").open = true;
      this.root.querySelector("summary").focus();
    });
    earlier.take(state.entries.length, state.earlier);
    if (state.earlier) stays?.append(earlier.root);
    this.root.replaceChildren(...[stays].filter(Boolean));
  }

  #draw(spec) {
    const titleId = freshId(), help = this.help = new HelpFirst();
    this.spec = spec;
    this.top = h("div");
    this.problem = h("div", { className: "panel care", hidden: true });
    this.enough = h("p", { className: "enough", role: "status" });
    const shared = { link: this.link, help, onSaved: (reply) => this.#tellSaved(reply), onUnsent: () => this.#tellUnsent() };
    this.offer = new Offer({ ...shared, onSaved: (reply) => this.#accepted(reply) });
    this.copying = new Copying(this.link);
    this.earlier = new Earlier(() => this.#askEarlier(), ({ state }) => this.#takeAll(state));
    this.notes = h("div", {}, this.enough, this.#stage.root, this.connection, this.problem, this.offer.root);
    const drafts = {
      keep: (answers, row) => this.link.ask({ do: "draft", answers, writer: this.writer, row }),
      drop: () => this.link.ask({ do: "drop-draft", writer: this.writer }),
    };
    const further = { spec, titleId, drafts, onState: (state) => this.#take(state, true) };
    const all = { ...shared, ...further };
    this.body = spec.groups ? new Board(all) : spec.cards ? new Deck(all) : wholeSheet(all);
    this.#lay(titleId);
    this.#stage.tell(spec.stage);
  }

  #lay(titleId) {
    const { spec } = this;
    const { label, text } = spec.said ?? {};   // words of hers that stand above
    const { beforehand } = spec;   // what is to be done before all of it is offered
    const before = beforehand
      ? h("p", { className: "intro" }, `${beforehand.text} `, h("a", { href: beforehand.href, textContent: beforehand.link })) : null;
    const intro = spec.intro ? h("p", { className: "intro", textContent: spec.intro }) : null;
    const said = label ? h("p", { className: "intro" }, `${label} `, h("span", { className: "said", textContent: text })) : null;
    const body = [intro, before, said, this.copying.root, this.body.nodes, servesPart(spec.serves)].flat();
    this.body.lines?.list.before(this.earlier.root);
    const look = spec.groups ? "list board" : hasHints(spec) ? `${spec.kind} beside` : spec.kind;
    this.rest = spec.core === false
      ? h("details", { className: "rest" }, h("summary", { textContent: "If you want more" }), ...body) : null;
    this.root.replaceChildren(this.top, h("section", { className: `card ${look}`, "aria-labelledby": titleId },
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
    this.help.begin(this.top, state.help_first);
    this.problem.replaceChildren(...(state.problem ? [state.problem, " ", h("a", { href: WAYS_BACK, textContent: "Keep & share" })] : []));
    this.problem.hidden = !state.problem;
    this.offer.show(state.offer);
    this.copying.show(state.copy);
    this.body.take(state.entries, state.versions);
    this.earlier.take(state.entries.length, state.earlier);
    this.#lookAgain(state.again);
    this.#settleCap(isHers);
    this.#stage.wake(state.again_in, () => this.#look());
  }

  /** Time has passed, or the connection is there again: what is to be asked now? */
  #look() {
    this.link.ask({ do: "open" }).then((reply) => reply.ok && this.#reword(reply));
  }

  #askEarlier() {
    return this.link.ask({ do: "earlier" }, { keep: true });
  }

  /** All lines of a long list, the first of them in focus: the button that brought them is gone. */
  #takeAll(state) {
    this.#take(state, true);
    this.root.querySelector("li.line button")?.focus();
  }

  /** What holds at this hour need not hold in a minute: `seconds` from now the kernel is asked to look again. */
  #lookAgain(seconds) {
    clearTimeout(this.#tick);
    if (seconds) this.#tick = setTimeout(() => {
      if (!this.link.lost) this.link.ask({ do: "look" });
      this.#lookAgain(seconds);
    }, seconds * 1000);
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
    on("second-thoughts:keep", () => this.#flush());
    on("second-thoughts:closing", () => {
      this.#flush();
      this.stop();
      this.root.replaceChildren();
    });
    on("second-thoughts:reading", () => this.#answering && this.#tell("answering", { exercise: this.spec.id, answering: true }));
    on("second-thoughts:answering", ({ detail }) => this.copying?.heard(detail));
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
    this.offer.wait(this.body.dirty);
    if (this.unsent === this.#told) return;
    this.#told = this.unsent;
    this.#tell("unsent", { key: this.#key, unsent: this.#told });
    if (this.#told) return;
    if (!this.link.lost) this.#sayBack();
    setTimeout(() => this.#redrawWhenFree());   // not while what is redrawn is still at work
  }

  /** Past values on the page are out of sight while she answers. */
  #tellAnswering() {
    const answering = Boolean(this.spec.shown_after_saving || this.spec.stage || hasHints(this.spec)) && this.body.dirty;
    if (answering === this.#answering) return;
    this.#answering = answering;
    this.#tell("answering", { exercise: this.spec.id, answering });
  }

  #tell(what, detail) {
    document.dispatchEvent(new CustomEvent(`second-thoughts:${what}`, { detail }));
  }
}
