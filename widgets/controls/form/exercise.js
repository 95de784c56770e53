// One exercise on the page: opening, its card, and what reaches it from the kernel and from the frame around it.

import { button, freshId, h, same } from "./dom.js";
import { Editor } from "./editor.js";
import { Lines, itemsApart } from "./lines.js";
import { Link } from "./link.js";
import { HelpFirst } from "./notices.js";
import { clockTime } from "./words.js";

const ASK_AGAIN = 1500, SHOWN_AFTER = 300, LONGER = 8000, TOO_LONG = 30000;   // ms
const LOST = "Connection lost. Keep this page open and go on writing; it is saved once the connection is back.";
const SAMPLE = "Sample: an invented reader. Nothing you type is kept.";

const hasFrame = () => Boolean(document.querySelector("main[data-state]"));

export class Exercise {
  #stop = new AbortController();
  #key = freshId();
  #told = false;       // what the frame was told about unsent words
  #stash = null;       // a new line she had begun before she went to edit another
  #waitingSpec = null;
  #wasLost = false;
  writer = crypto.randomUUID();
  editor = null;
  lines = null;

  constructor(root, model) {
    this.root = root;
    this.title = model.get("title") || "This exercise";
    this.link = new Link(model, {
      isBusy: () => Boolean(this.editor?.dirty || this.lines?.unsent),
      onPush: (content) => this.#hear(content), onLost: () => this.#lost(), onBack: () => this.#back(),
    });
    this.connection = h("p", { className: "connection", role: "status" });
    this.#listen();
    this.opened = this.#open();
  }

  stop() {
    this.#stop.abort();
    this.editor?.stop();
    this.lines?.stop();
    this.link.close();
  }

  get unsent() {
    return Boolean(this.editor?.unsent || this.lines?.unsent || this.#stash);
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
    this.#draw(spec);
    this.#take(state);
    const { draft } = state;
    if (draft) {
      const line = draft.row ? this.lines?.find(draft.row) : null;
      if (line) this.#editLine(line);
      this.editor.restore(draft);
    }
    if (this.rest) this.rest.open = state.entries.length > 0 || this.editor.dirty;
    if (state.sample && !hasFrame()) this.notes.prepend(h("p", { className: "hint", textContent: SAMPLE }));
  }

  #draw(spec) {
    const { lineItems, cardItems } = itemsApart(spec.items), isList = spec.kind === "list", titleId = freshId();
    this.spec = spec;
    this.problem = h("div", { className: "panel care", hidden: true });
    this.notes = h("div", {}, this.connection, this.problem);
    const shared = { spec, link: this.link, help: new HelpFirst(), onUnsent: () => this.#tellUnsent() };
    this.editor = new Editor({
      ...shared, titleId, writer: this.writer, items: isList ? lineItems : spec.items, empties: spec.kind !== "single",
      complete: (answers, id) => ({ ...this.#cardAnswers(cardItems, id), ...answers }),
      onSaved: (reply) => this.#saved(reply),
    });
    this.leave = button("Leave it as it was", () => this.#leaveLine(), { look: "plain" });
    this.leave.hidden = true;
    this.editor.bar.button.after(this.leave);
    this.lines = isList ? new Lines({
      ...shared, lineItems, cardItems, onEdit: (line) => this.#edit(line), onState: (state) => this.#take(state),
      onSaved: (reply) => this.#cardSaved(reply),
    }) : null;
    this.#lay(titleId);
  }

  #lay(titleId) {
    const { spec } = this;
    const body = [spec.intro ? h("p", { className: "intro", textContent: spec.intro }) : null, this.lines?.root, this.editor.root];
    this.rest = spec.core === false
      ? h("details", { className: "rest" }, h("summary", { textContent: "If you want more" }), body) : null;
    this.root.replaceChildren(h("section", { className: `card ${spec.kind}`, "aria-labelledby": titleId },
      h("h2", { id: titleId, textContent: spec.title }), this.notes, this.rest ?? body));
  }

  // ---- what the kernel says

  #hear(content) {
    if (!this.editor) return;
    if (content.push === "state") this.#take(content.state);
    if (content.push === "spec") this.#reword(content);
  }

  /** The exercise as it is saved now; what she is writing stays. */
  #take(state) {
    this.problem.textContent = state.problem ?? "";
    this.problem.hidden = !state.problem;
    this.lines?.show(state.entries);
    this.lines?.mark(this.editor.row);
    if (this.spec.kind !== "single") return;
    const entry = state.entries.at(-1);
    this.editor.questions.notKept(entry?.not_kept ?? []);
    if (!this.editor.idle) return;
    if (!entry && this.editor.seen) this.editor.blank();
    if (entry && (entry.revision !== this.editor.seen || entry.entry_id !== this.editor.entryId)) this.editor.load(entry);
  }

  /** Other wording needs other elements: they come when she is not in this form, with everything in them that is hers. */
  #reword({ spec, state }) {
    const changes = !same(spec, this.spec);
    this.#waitingSpec = changes ? spec : null;
    this.#take(state);
    this.state = state;
    this.#redrawWhenFree();
  }

  #redrawWhenFree() {
    if (!this.#waitingSpec || this.root.contains(document.activeElement) || this.unsent) return;
    const spec = this.#waitingSpec, { memory } = this.editor, wasOpen = this.rest?.open;
    this.#waitingSpec = null;
    this.editor.stop();
    this.lines?.stop();
    this.#draw(spec);
    this.editor.recall(memory);
    this.#take(this.state);
    if (memory.row) this.#showEditing(true);
    if (this.rest) this.rest.open = wasOpen;
  }

  #saved(reply) {
    const line = this.editor.row;
    this.#take(reply.state);
    if (line && !this.editor.seen) {
      this.#showEditing(false);
      this.editor.bar.saved(reply.entry.saved);   // said of the line, whatever stands in the form now
      this.lines.find(line)?.edit.focus();
    } else if (this.lines && !this.editor.seen) {
      this.editor.questions.fields[0].target.focus();
    }
    this.#tellSaved(reply);
  }

  #cardSaved(reply) {
    if (reply.entry.entry_id === this.editor.entryId) this.editor.seen = reply.entry.revision;
    this.#tellSaved(reply);
  }

  /** The answers a line has on its card, which its form does not show. */
  #cardAnswers(cardItems, entryId) {
    const answers = this.lines?.find(entryId)?.entry.answers ?? {};
    return Object.fromEntries(cardItems.filter(() => this.lines).map(({ id }) => [id, answers[id] ?? null]));
  }

  // ---- a line back in the form

  #edit(line) {
    if (this.editor.row && this.editor.dirty) {
      line.note.textContent = "Another line is being edited below; save it or leave it first.";
      return;
    }
    if (!this.editor.row && this.editor.dirty) this.#stash = this.editor.questions.get();
    this.#editLine(line);
    this.editor.questions.fields[0].target.focus();
  }

  #editLine(line) {
    this.editor.load(line.entry);
    this.editor.row = line.entry.entry_id;
    this.#showEditing(true);
  }

  #leaveLine() {
    const line = this.lines.find(this.editor.row);
    this.editor.blank();
    this.#showEditing(false);
    (line?.edit ?? this.editor.bar.button).focus();
  }

  #showEditing(isEditing) {
    const { editor } = this;
    if (!isEditing) editor.row = null;
    this.lines.mark(editor.row);
    this.leave.hidden = !isEditing;
    editor.bar.name(isEditing ? "Save this line" : this.spec.save);
    if (isEditing) return;
    editor.write(this.#stash ?? editor.questions.get());
    this.#stash = null;
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
    on("visibilitychange", () => document.hidden && this.#flush());
    this.root.addEventListener("focusout", () => setTimeout(() => this.#redrawWhenFree()), options);
    window.addEventListener("beforeunload", (event) => {
      if (this.unsent && !hasFrame()) event.preventDefault();
    }, options);
  }

  #flush() {
    this.editor?.flush();
    this.lines?.flush();
  }

  #lost() {
    this.#wasLost = true;
    this.#tell("connection", { state: "lost" });
    if (!hasFrame()) this.connection.textContent = LOST;
    this.editor?.lost();
  }

  #back() {
    this.#tell("connection", { state: "back" });
    this.editor?.back();
    this.#sayBack();
    if (this.editor) this.link.ask({ do: "open" }).then((reply) => reply.ok && this.#reword(reply));
  }

  #sayBack() {
    if (!this.#wasLost || hasFrame()) return;
    const saved = this.editor?.dirty ? "What you have not saved is kept as a draft."
      : `Everything is saved, ${clockTime(new Date())}.`;
    this.connection.textContent = `Connected again. ${this.unsent ? "Saving what waited." : saved}`;
  }

  #tellSaved({ late }) {
    if (late) return;   // it had waited for the connection, whose line is still to be read
    this.#wasLost = false;
    this.connection.textContent = "";
    this.#tell("connection", { state: "saved" });
  }

  #tellUnsent() {
    if (this.unsent === this.#told) return;
    this.#told = this.unsent;
    this.#tell("unsent", { key: this.#key, unsent: this.#told });
    if (!this.#told && !this.link.lost) this.#sayBack();
  }

  #tell(what, detail) {
    document.dispatchEvent(new CustomEvent(`second-thoughts:${what}`, { detail }));
  }
}
