// Erasing for good: asked once, and said only when it is done.

const LATE = 3000;   // ms
const SURE = "Destroy it? It will be in no version and in no draft of your file. This cannot be undone.";
const NOT_DESTROYED = "Not destroyed yet: no answer came. Keep this page open; it is tried again once the connection is back.";

export class Erasing {
  outstanding = false;

  /** notices: where it asks; fails(words): told if it is late or did not go through; gone(reply): it is out of the file. */
  constructor({ link, notices, fails, gone }) {
    Object.assign(this, { link, notices, fails, gone });
  }

  ask(entryId, answers) {
    this.notices.show(SURE, [["Destroy it", () => this.#erase(entryId, answers)], ["Leave it as it is", () => {}]]);
    this.notices.root.querySelector("button:last-of-type").focus();   // not the one that cannot be undone
  }

  async #erase(entryId, answers) {
    this.outstanding = true;
    const late = setTimeout(() => this.fails(NOT_DESTROYED), LATE);
    const reply = await this.link.ask({ do: "erase", entry_id: entryId, answers }, { keep: true });
    clearTimeout(late);
    this.outstanding = false;
    if (reply.ok) this.gone(reply);
    else this.fails(reply.error.message ?? "");
  }
}
