// Of a long list the newest lines stand on the page; the earlier ones come when she asks for them.

import { button, h } from "./dom.js";

export class Earlier {
  #asked = false;

  /** ask(): the kernel's answer with all of them; onAnswer(reply): what to do with it. */
  constructor(ask, onAnswer) {
    this.words = h("span");
    this.show = button("Show the earlier ones too", () => this.#ask(ask, onAnswer), { look: "plain" });
    this.root = h("p", { className: "hint", hidden: true }, this.words, " ", this.show);
  }

  /** shown: how many stand there; areMore: whether there are earlier ones. */
  take(shown, areMore) {
    this.words.textContent = `The newest ${shown} are shown here.`;
    this.root.hidden = !areMore;
  }

  async #ask(ask, onAnswer) {
    if (this.#asked) return;
    this.#asked = true;
    const reply = await ask();
    this.#asked = false;
    if (reply.ok) onAnswer(reply);
  }
}
