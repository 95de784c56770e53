// Of a long list the newest lines stand on the page; the earlier ones come when she asks for them.

import { button, h } from "./dom.js";

export class Earlier {
  #asked = false;

  /** onState(state): what to do with the exercise as it stands with all of its lines. */
  constructor(link, onState) {
    this.words = h("span");
    this.show = button("Show the earlier ones too", () => this.#ask(link, onState), { look: "plain" });
    this.root = h("p", { className: "hint", hidden: true }, this.words, " ", this.show);
  }

  /** shown: how many stand there; areMore: whether there are earlier ones. */
  take(shown, areMore) {
    this.words.textContent = `The newest ${shown} stand here.`;
    this.root.hidden = !areMore;
  }

  async #ask(link, onState) {
    if (this.#asked) return;
    this.#asked = true;
    const reply = await link.ask({ do: "earlier" }, { keep: true });
    this.#asked = false;
    if (reply.ok) onState(reply.state);
  }
}
