// Things to do with the journal as a whole: each with its words, a few fields and one button; some are asked once more.

import { button, freshId, h } from "./dom.js";
import { Earlier } from "./earlier.js";
import { Link } from "./link.js";

const ASK_AGAIN = 1500, WORKING_AFTER = 400;   // ms
const ADDRESS = /^keep\/[\w./-]+$/;           // of a file to save
const NOT_DONE = "Not done: no answer came. Keep this page open and try again.";

/** Where the app's pages lie; null in JupyterLab, which has no such addresses. */
function base() {
  const config = document.getElementById("page-config");
  return config ? JSON.parse(config.textContent).baseUrl : null;
}

function secret(field, id) {
  const input = h("input", { type: "password", id, autocomplete: "off", autocapitalize: "off", spellcheck: false });
  return { input, node: input, get: () => input.value };
}

function file(field, id) {
  const input = h("input", { type: "file", id, accept: field.accept });
  return { input, node: input, get: () => input.files[0] ?? null };
}

function options(type) {
  return (field, id, askEarlier) => {
    const inputs = [], list = h("div", { className: "options" });
    const earlier = new Earlier(askEarlier, (reply) => {
      const place = inputs.length;
      offer(reply);
      inputs[place]?.focus();
    });
    /** Those that stand there already stay as they are. */
    const offer = ({ options: offered, earlier: areMore = false }) => {
      const known = new Set(inputs.map(({ value }) => value));
      for (const { value, text, hers } of offered.filter((option) => !known.has(option.value))) {
        const input = h("input", { type, id: inputs.length ? `${id}-${inputs.length}` : id, name: id, value });
        inputs.push(input);
        list.append(h("label", { className: "option" }, input,
          h("span", {}, text, hers ? [" ", h("span", { className: "said", textContent: hers })] : null)));
      }
      earlier.take(inputs.length, areMore);
    };
    offer(field);
    const node = h("div", {}, list, earlier.root);
    const chosen = () => inputs.filter((input) => input.checked).map((input) => input.value);
    return { input: inputs[0], node, get: () => (type === "radio" ? chosen()[0] ?? null : chosen()) };
  };
}

function tick(field, id) {
  const input = h("input", { type: "checkbox", id, checked: Boolean(field.ticked) });
  return { input, node: null, before: input, get: () => input.checked };
}

const FIELDS = { secret, file, tick, choice: options("radio"), ticks: options("checkbox") };

/** One field: its words, a hint, an error line that is there from the start, and its control. */
class Field {
  /** askEarlier(): the kernel's answer with all options of a field that has the newest only. */
  constructor(field, askEarlier) {
    const id = freshId(), isGroup = Boolean(field.options);
    const { input, node, before = null, get } = FIELDS[field.kind](field, id, askEarlier);
    this.id = field.id;
    this.input = input;
    this.get = get;
    this.said = h("p", { className: "fault", id: `${id}-fault` });
    const ask = h(isGroup ? "legend" : "label", { className: before ? "option" : "ask" }, before, field.ask);
    if (!isGroup) ask.htmlFor = id;
    const hint = field.hint ? h("p", { className: "hint", id: `${id}-hint`, textContent: field.hint }) : null;
    this.node = h(isGroup ? "fieldset" : "div", { className: "question" }, ask, hint, this.said, node);
    (isGroup ? this.node : input).setAttribute("aria-describedby", `${id}-fault${hint ? ` ${id}-hint` : ""}`);
  }

  fault(message) {
    this.said.textContent = message;
    this.input?.setAttribute("aria-invalid", String(Boolean(message)));
  }
}

class Task {
  /** run(task, values, outcome): asked for by its button; askEarlier(): as in Field. */
  constructor(task, run, askEarlier) {
    this.task = task;
    this.fields = (task.fields ?? []).map((field) => new Field(field, askEarlier));
    this.button = h("button", { type: "submit", textContent: task.button });
    this.outcome = h("p", { className: "outcome", role: "status" });
    this.bar = h("div", { className: "actions" }, task.button ? this.button : null, this.outcome);
    const links = h("ul", { className: "links" }, (task.links ?? []).filter(({ href }) => ADDRESS.test(href)).map(({ text, href }) =>
      h("li", {}, h("a", { href: `${base()}${href}`, textContent: text, download: "" }))));
    const form = h("form", { noValidate: true, autocomplete: "off" }, (task.text ?? []).map((text) => h("p", { textContent: text })),
      this.fields.map(({ node }) => node), links.children.length ? links : null, this.bar);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (task.confirm) this.#askOnce(run);
      else run(this);
    });
    this.node = task.title
      ? h("details", { className: "more task", open: Boolean(task.open) }, h("summary", { textContent: task.title }), form)
      : h("div", { className: "task" }, form);
  }

  get values() {
    return Object.fromEntries(this.fields.map((field) => [field.id, field.get()]));
  }

  say(words, failed = false) {
    this.outcome.textContent = words;
    this.bar.classList.toggle("failed", failed);
  }

  fault(faults) {
    for (const field of this.fields) field.fault(faults.find(({ item }) => item === field.id)?.message ?? "");
    this.fields.find((field) => faults.some(({ item }) => item === field.id))?.input?.focus();
  }

  #askOnce(run) {
    const { ask, yes, no } = this.task.confirm;
    const back = () => {
      panel.replaceWith(this.bar);
      this.button.focus();
    };
    const panel = h("div", { className: "panel caution", role: "group", "aria-label": ask, tabIndex: -1 }, h("h3", { textContent: ask }),
      h("div", { className: "actions" }, button(yes, () => {
        back();
        run(this);
      }), button(no, back)));
    this.bar.replaceWith(panel);
    panel.focus();
  }
}

class Tasks {
  #stop = new AbortController();
  #busy = false;
  #tasks = [];

  constructor(root, model) {
    this.root = root;
    this.title = model.get("title");
    this.link = new Link(model, {
      isBusy: () => this.#busy, onPush: ({ content }) => content && this.#follow(content), onLost() {}, onBack: () => this.#ask(),
    });
    this.said = h("p", { className: "outcome told", role: "status", tabIndex: -1 });
    const listen = (name, act) => document.addEventListener(name, act, { signal: this.#stop.signal });
    listen("second-thoughts:connected", () => this.link.renew());
    listen("second-thoughts:closing", () => {
      this.stop();
      this.root.replaceChildren();
    });
    this.opened = this.link.ask({ do: "open" }, { every: ASK_AGAIN }).then(({ content }) => this.#draw(content));
  }

  stop() {
    this.#stop.abort();
    this.link.close();
  }

  /** What she is at stays as it is. */
  #follow(content) {
    if (!this.root.contains(document.activeElement)) this.#draw(content);
  }

  #draw({ title, blocks = [], tasks }) {
    const titleId = freshId(), open = new Set(this.#tasks.filter(({ node }) => node.open).map(({ task }) => task.id));
    this.#tasks = tasks.filter(({ frame }) => !frame || base() !== null).map((task) =>
      new Task({ ...task, open: task.open || open.has(task.id) }, (asked) => this.#run(asked),
        () => this.link.ask({ do: "earlier" }, { keep: true })));
    this.root.replaceChildren(h("section", { className: "card", "aria-labelledby": titleId }, h("h2", { id: titleId, textContent: title }),
      this.said, blocks.map((text) => h("p", { textContent: text })), this.#tasks.map(({ node }) => node)));
  }

  async #run(asked) {
    if (this.#busy) return;
    this.#busy = true;
    asked.fault([]);
    asked.say("");
    this.said.textContent = "";
    const working = setTimeout(() => asked.say("Working…"), WORKING_AFTER);
    const reply = await Promise.resolve(this.#answer(asked)).catch(() => ({ ok: false, error: { kind: "not-done", message: NOT_DONE } }));
    clearTimeout(working);
    this.#busy = false;
    if (reply.ok) this.#done(asked, reply);
    else this.#refused(asked, reply.error);
  }

  #answer(asked) {
    const { task, values } = asked;
    if (task.upload) return this.#upload(task, values);
    if (task.save) return this.#save(task, values);
    return this.link.ask({ do: "run", task: task.id, fields: values });
  }

  /** The browser fetches the file by itself; `save` is its address, with the fields' values to be put in. */
  #save({ save }, values) {
    const missing = Object.keys(values).filter((name) => !values[name]);
    if (missing.length) return invalid(missing, "Choose one first.");
    const href = save.replaceAll(/\{(\w+)\}/g, (_, name) => values[name]);
    if (ADDRESS.test(href)) h("a", { href: base() + href, download: "" }).click();
    return { ok: true, said: "Your browser saves it." };
  }

  async #upload({ id, upload, file: name }, values) {
    if (!values[name]) return invalid([name], "Choose a file first.");
    const body = new FormData();
    for (const [field, value] of Object.entries(values)) body.append(field, value);
    const reply = await (await fetch(base() + upload, { method: "POST", body })).json();
    return reply.ok ? { ...await this.link.ask({ do: "run", task: id, fields: {} }), said: reply.said } : reply;
  }

  #done({ node }, { content, said = "", next = "" }) {
    if (content) {
      node.open = false;
      this.#draw(content);
    }
    this.said.textContent = said;
    if (said) this.said.focus();
    if (next) document.dispatchEvent(new CustomEvent(`second-thoughts:${next}`, { detail: { said } }));
  }

  #refused(asked, { kind, faults, message }) {
    asked.say(kind === "invalid" ? "" : message, true);
    asked.fault(kind === "invalid" ? faults : []);
  }

  async #ask() {
    const reply = await this.link.ask({ do: "open" });
    if (reply.ok) this.#follow(reply.content);
  }
}

function invalid(items, message) {
  return { ok: false, error: { kind: "invalid", faults: items.map((item) => ({ item, message })) } };
}

async function render({ model, el }) {
  const root = h("div", { className: "st form tasks" });
  root.addEventListener("focusin", ({ target }) => target.setAttribute("data-lm-suppress-shortcuts", "true"));   // as in main.js
  el.append(root);
  const tasks = new Tasks(root, model);
  await tasks.opened;
  return () => tasks.stop();
}

export default { render };
