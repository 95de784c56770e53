// Looking through everything she wrote: the question, the entries that have it, and further ones on request.

import { button, freshId, h } from "../form/dom.js";
import { Link } from "../form/link.js";
import { openInto } from "../form/opening.js";
import { hitPart } from "./hit.js";

const SAID_AFTER = 400, SLOW_AFTER = 4000;   // ms
const LOST = "Connection lost. What you saved is safe; it can be searched once the connection is back.";
const SLOW = "No answer yet. It will come once the connection is back; until then, keep this page open.";
const NOTHING = "Nothing you saved has all of these words. Fewer words, or the beginning of one, may find more.";
const NOTHING_THERE = "Nothing of yours is there yet.";

const framed = () => Boolean(document.querySelector("main[data-state]"));

export class Panel {
  #stop = new AbortController();
  #asked = null;     // {words, where} of what is shown or on its way
  #waiting = false;

  constructor(root, model) {
    this.root = root;
    this.link = new Link(model, {
      isBusy: () => this.#waiting, onPush: () => {}, onLost: () => this.#connection("lost", LOST), onBack: () => this.#connection("back", ""),
    });
    this.connection = h("p", { className: "connection", role: "status" });
    const on = (name, act) => document.addEventListener(`second-thoughts:${name}`, act, { signal: this.#stop.signal });
    on("connected", () => this.link.renew());
    on("closing", () => {
      this.stop();
      root.replaceChildren();
    });
    this.opened = openInto(root, { title: model.get("title"), link: this.link, begin: ({ spec }) => this.#draw(spec) });
  }

  stop() {
    this.#stop.abort();
    this.link.close();
  }

  #draw({ title, intro, where }) {
    const id = freshId();
    this.words = h("input", { type: "text", id: `${id}-words`, "aria-describedby": `${id}-hint` });
    this.where = h("select", { id: `${id}-where` }, h("option", { value: "", textContent: "everywhere" }),
      where.map(({ page, exercises }) => h("optgroup", { label: page }, exercises.map(([value, textContent]) => h("option", { value, textContent })))));
    this.outcome = h("p", { className: "outcome", role: "status" });
    this.hits = h("ol", { className: "hits" });
    this.more = button("", () => this.#further());
    this.more.hidden = true;
    const form = h("form", { role: "search", noValidate: true, autocomplete: "off", "aria-labelledby": id },
      h("div", { className: "question" }, h("label", { className: "ask", htmlFor: `${id}-words`, textContent: "Words you remember" }),
        h("p", { className: "hint", id: `${id}-hint`, textContent: "Each of them must be in the entry. Words in quotation marks count as one. Leave it empty to see all entries." }),
        this.words),
      h("div", { className: "question" }, h("label", { className: "ask", htmlFor: `${id}-where`, textContent: "Where" }), this.where),
      h("div", { className: "actions savebar" }, h("button", { type: "submit", className: "main", textContent: "Find" }), this.outcome));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#find();
    });
    this.root.replaceChildren(h("section", { className: "card", "aria-labelledby": id }, h("h2", { id, textContent: title }),
      h("p", { className: "intro", textContent: intro }), this.connection, form, this.hits, this.more));
  }

  #find() {
    this.#asked = { words: this.words.value, where: this.where.value };
    this.#ask(0, ({ total, hits, serves }) => {
      this.hits.replaceChildren(...this.#drawn(hits, serves));
      this.#tell(total);
    });
  }

  #further() {
    const shown = this.hits.children.length;
    this.#ask(shown, ({ total, hits, serves }) => {
      const items = this.#drawn(hits, serves);
      this.hits.append(...items);
      this.#tell(total);
      items[0]?.querySelector("h3").focus();
    });
  }

  #drawn(hits, serves) {
    return hits.map((hit) => hitPart(hit, { serves: serves[hit.exercise], link: this.link }));
  }

  /** Only the newest question is answered on the page. */
  async #ask(from, show) {
    const asked = this.#asked;
    const timers = [
      setTimeout(() => { this.outcome.textContent = "Looking…"; }, SAID_AFTER), setTimeout(() => { this.outcome.textContent = SLOW; }, SLOW_AFTER),
    ];
    this.#waiting = true;
    const reply = await this.link.ask({ do: "search", ...asked, from }, { keep: true });
    timers.forEach(clearTimeout);
    if (asked !== this.#asked) return;
    this.#waiting = false;
    if (reply.ok) show(reply);
    else this.outcome.textContent = reply.error.message;
  }

  #tell(total) {
    const shown = this.hits.children.length, left = total - shown;
    const which = left ? `The newest ${shown} of ${total} entries.` : `${total} ${total === 1 ? "entry" : "entries, the newest day first"}.`;
    this.outcome.textContent = total ? which : this.#asked.words.trim() ? NOTHING : NOTHING_THERE;
    this.more.hidden = !left;
    this.more.textContent = `Show ${Math.min(left, 20)} more`;
  }

  #connection(state, words) {
    document.dispatchEvent(new CustomEvent("second-thoughts:connection", { detail: { state } }));
    if (!framed()) this.connection.textContent = words;
  }
}
