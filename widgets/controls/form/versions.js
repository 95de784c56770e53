// Earlier versions of a text: to be looked at, and to be brought back.

import { button, h } from "./dom.js";
import { clockTime, datedWords } from "./words.js";

const WRITE_FIRST = "Save what you have written first, or take it out. Then this can be brought back.";

export class Versions {
  #told = "";   // which versions stand here

  /** isFree(): may another version take the form's place? onState(state): one was brought back; title: of the exercise. */
  constructor({ link, title, isFree, onState }) {
    Object.assign(this, { link, isFree, onState });
    this.list = h("ul", { className: "lines" });
    this.told = h("p", { className: "told", role: "status", tabIndex: -1 });
    this.root = h("details", { className: "more versions" }, h("summary", { textContent: "Earlier versions" }), this.list);
    this.root.setAttribute("aria-label", `Earlier versions: ${title}`);
    this.root.addEventListener("toggle", () => this.root.open && this.#ask());
    this.nodes = [this.root, this.told];
    this.root.hidden = true;
  }

  /** The entry as it is saved now, and how many earlier texts it has. */
  take(entry, count) {
    const now = `${entry?.entry_id} ${entry?.revision}`;
    this.entry = entry;
    this.root.hidden = !count;
    if (now === this.#told) return;
    this.#told = now;
    if (this.root.open && count) this.#ask();
  }

  async #ask() {
    const reply = await this.link.ask({ do: "versions" });
    if (reply.ok) this.list.replaceChildren(...reply.versions.map((one) => this.#line(one)));
  }

  #line({ revision, saved, text }) {
    const when = datedWords(saved);
    return h("li", {}, h("div", { className: "line-text" }, h("p", { className: "hint", textContent: `Saved ${when}` }),
      h("p", { className: "said", textContent: text })), button("Bring this back", () => this.#bring(revision), { look: "plain", about: when }));
  }

  async #bring(revision) {
    if (!this.isFree()) {
      this.told.textContent = WRITE_FIRST;
      return;
    }
    const reply = await this.link.ask({ do: "restore", entry_id: this.entry.entry_id, revision }, { keep: true });
    if (reply.ok) this.onState(reply.state);
    this.told.textContent = reply.ok
      ? `Brought back at ${clockTime(reply.state.entries.at(-1).saved)}. What was there before is among the earlier versions.`
      : reply.error.message ?? "";
    this.told.focus();
  }
}
