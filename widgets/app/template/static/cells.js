// The page's cells: puts outputs in their places as they arrive, and says how a place is that still waits.

import { showForeign } from "./foreign.js";

const LONGER = 8000, TOO_LONG = 30000;   // ms
const FAILED = "It did not open. What you saved is safe.";

export class Cells {
  #models;
  #modules = new Map();
  #styles = new Map();
  #mounting = [];
  #timers = [];

  /** `tryAgain` is called when the reader asks for it. */
  constructor(models, config, tryAgain) {
    this.#models = models;
    this.config = config;
    this.tryAgain = tryAgain;
    this.#watch();
  }

  /** What one cell has shown takes the place that is kept for it. */
  fill(index, content) {
    const place = placeOf(index);
    if (!place) return;
    if (content.querySelector(".failed")) return this.#fail(place);
    const views = [...content.querySelectorAll(".view")];
    if (!views.length) {
      if (!sameContent(place, content)) place.replaceChildren(content);   // equal: leave it, a selection may be in it
      return settle(place);
    }
    place.querySelectorAll(".view").forEach((view) => view.remove());
    for (const view of views) view.hidden = !place.querySelector(".opening");   // a stored text stays until this is painted
    place.append(content);
    for (const view of views) this.#mounting.push(this.#mount(view, place).catch(() => this.#fail(place)));
  }

  /** Nothing more will come. Resolves when all that came is painted. */
  async finish(failed) {
    await Promise.allSettled(this.#mounting.splice(0));
    for (const place of document.querySelectorAll(".cell.waiting")) {
      if (place.querySelector(".view")) continue;
      failed && place.matches(":has(.opening)") ? this.#fail(place) : settle(place);
    }
    this.#timers.forEach(clearTimeout);
    const foreign = [...document.querySelectorAll(".view[data-foreign]:not(.shown)")];
    if (foreign.length) showForeign(foreign, this.config);
  }

  /** `page` is this page, made anew with another kernel: the widgets on screen live on as those of that kernel. */
  rehome(page) {
    for (const template of page.querySelectorAll("template[data-cell]")) {
      const ids = [...template.content.querySelectorAll(".view")].map((view) => view.dataset.model);
      const views = [...placeOf(template.dataset.cell)?.querySelectorAll(".view") ?? []];
      if (ids.length && ids.length === views.length && views.every((view) => view.mounted)) {
        views.forEach((view, i) => {
          this.#models.rename(view.dataset.model, ids[i]);
          view.dataset.model = ids[i];
        });
      } else if (!views.some((view) => view.dataset.foreign)) {   // Voilà's front end keeps to its first kernel
        this.fill(template.dataset.cell, document.importNode(template.content, true));
      }
    }
  }

  /** The reader wants to wait once more. */
  waitAgain() {
    for (const place of document.querySelectorAll(".cell.waiting.exercise"))
      place.replaceChildren(paragraph("opening", `${place.dataset.title || "This"} is opening. Read on meanwhile.`));
    this.#watch();
  }

  async #mount(view, place) {
    if (view.dataset.foreign) {
      view.hidden = false;
      return settle(place);
    }
    const model = await this.#models.get(view.dataset.model).ready;
    await this.#style(view.dataset.style ?? model.get("_css"), Boolean(view.dataset.style));
    const widget = await this.#load(view.dataset.module ?? model.get("_esm"), Boolean(view.dataset.module));
    model.initialized ??= widget.initialize?.({ model });
    await model.initialized;
    place.querySelectorAll(".opening, .failed, .again").forEach((part) => part.remove());
    await widget.render?.({ model, el: view });
    [...place.childNodes].filter((part) => !part.matches?.(".view")).forEach((part) => part.remove());
    view.hidden = false;
    view.mounted = model.mounted = true;
    settle(place);
  }

  #load(source, isFile) {   // widgets of one class share one module
    if (!this.#modules.has(source)) {
      const url = isFile ? this.#address(source) : URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
      this.#modules.set(source, import(url).then((module) => {
        if (!isFile) URL.revokeObjectURL(url);
        const widget = module.default ?? module;
        return typeof widget === "function" ? widget() : widget;
      }));
    }
    return this.#modules.get(source);
  }

  #style(css, isFile) {
    if (!css) return null;
    if (!this.#styles.has(css)) this.#styles.set(css, isFile ? this.#link(css) : this.#inline(css));
    return this.#styles.get(css);
  }

  #inline(css) {
    const style = document.createElement("style");
    style.textContent = css;
    document.head.append(style);
  }

  #link(name) {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: this.#address(name) });
    return new Promise((done, failed) => {
      link.addEventListener("load", done);
      link.addEventListener("error", failed);
      document.head.append(link);
    });
  }

  #address(name) {
    return `${this.config.baseUrl}module/${name}`;
  }

  #watch() {
    this.#timers = [setTimeout(() => {
      for (const text of document.querySelectorAll(".waiting .opening")) text.append(" This takes longer than usual.");
    }, LONGER), setTimeout(() => {
      document.querySelectorAll(".waiting:has(.opening)").forEach((place) => this.#fail(place));
    }, TOO_LONG)];
  }

  #fail(place) {
    const again = document.createElement("button");
    again.className = "again";
    again.textContent = "Try again";
    again.addEventListener("click", () => this.tryAgain());
    place.replaceChildren(paragraph("failed", FAILED), again);
    place.classList.add("waiting", "exercise");
  }
}

function placeOf(index) {
  return document.querySelector(`.cell[data-index="${index}"]`);
}

function settle(place) {
  place.classList.remove("waiting");
  place.style.minHeight = "";
}

function paragraph(name, text) {
  const made = document.createElement("p");
  made.className = name;
  made.textContent = text;
  return made;
}

function sameContent(place, content) {
  const kept = (node) => [...node.childNodes].filter((part) => part instanceof Element || part.textContent.trim());
  const [here, there] = [kept(place), kept(content)];
  return here.length === there.length && here.every((part, i) => part.isEqualNode(there[i]));
}
