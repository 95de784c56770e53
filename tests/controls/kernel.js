// A pretend kernel and journal for one form, and the model a host would hand to it. Tests bend it: mode, refuse, log.

window.startKernel = ({ spec, state, title }) => {
  const heard = new Set(), revisions = [], places = new Map();
  const now = () => new Date().toISOString();
  const kernel = {
    spec, log: [], mode: "answers", refuse: null, held: [],
    state: { entries: [], draft: null, problem: null, sample: false, ...state },
    push(content) { for (const hear of heard) hear(structuredClone(content)); },
    sent(what) { return kernel.log.filter((message) => message.do === what); },
    saved() { return kernel.state.entries.map((entry) => entry.answers); },
    read: () => ({ places: [], says: "", nothing: "" }),   // what a review finds in a text
    askedAgain: {},   // item -> why a save keeps no answer to it
    before: [],   // lines of a long list that the page does not show at first
    copied: { text: "The words", at: now() },
    release() { kernel.held.splice(0).forEach((message) => kernel.answer(message)); },
    answer(message) {
      const reply = kernel.refuse?.(message) || DOES[message.do](message);
      kernel.push({ id: message.id, ok: true, ...reply });
    },
  };
  const DOES = {
    open: () => ({ spec: kernel.spec, state: kernel.state }),
    ping: () => ({}),
    save({ entry_id, seen, answers }) {
      const { entries } = kernel.state;
      const before = entries.find((entry) => entry.entry_id === entry_id);
      const other = before ?? (spec.kind === "single" ? entries[0] : undefined);
      const same = other && JSON.stringify(other.answers) === JSON.stringify(answers);
      if (other && !same && other.revision > seen) return { ok: false, error: { kind: "elsewhere", entry: other } };
      const again = kernel.askedAgain, none = Object.fromEntries(Object.keys(again).map((item) => [item, null]));
      const entry = same ? other
        : { entry_id, revision: (before?.revision ?? 0) + 1, saved: now(), answers: { ...answers, ...none }, asked_again: again };
      if (before) entries[entries.indexOf(before)] = entry;
      else if (!same) entries.push(entry);
      kernel.state.draft = null;
      revisions.push(entry);
      kernel.push({ push: "state", state: kernel.state });
      return { entry, state: kernel.state };
    },
    withdraw({ entry_id }) {
      places.set(entry_id, kernel.state.entries.findIndex((entry) => entry.entry_id === entry_id));
      kernel.state.entries = kernel.state.entries.filter((entry) => entry.entry_id !== entry_id || !revisions.push(entry));
      kernel.push({ push: "state", state: kernel.state });
      return { state: kernel.state };
    },
    restore({ entry_id, revision }) {
      const then = revisions.find((entry) => entry.entry_id === entry_id && entry.revision === revision);
      const at = kernel.state.entries.findIndex((entry) => entry.entry_id === entry_id);
      kernel.state.entries.splice(at < 0 ? places.get(entry_id) : at, at < 0 ? 0 : 1, { ...then, revision: revisions.length + 1 });
      kernel.push({ push: "state", state: kernel.state });
      return { state: kernel.state };
    },
    draft({ answers, writer, row }) {
      const elsewhere = Boolean(kernel.state.draft) && kernel.state.draft.writer !== writer;
      kernel.state.draft = { answers, kept: now(), writer, row };
      return { kept: now(), elsewhere };
    },
    review: ({ text }) => kernel.read(text),
    versions: () => ({ versions: revisions.slice(0, -1).map(({ revision, saved, answers }) => ({ revision, saved, text: answers.text })) }),
    copy: () => kernel.copied,
    earlier: () => ({ state: { ...kernel.state, entries: [...kernel.before, ...kernel.state.entries], earlier: false } }),
    look: () => ({}),
    erase({ entry_id }) {
      kernel.state.entries = kernel.state.entries.filter((entry) => entry.entry_id !== entry_id);
      kernel.state.draft = null;
      kernel.push({ push: "state", state: kernel.state });
      return { told: "Destroyed. Nothing of it is left.", state: kernel.state, help: false };
    },
    reread({ entry_id }) {
      const entry = kernel.state.entries.find((one) => one.entry_id === entry_id);
      kernel.state.offer = null;
      return { entry, state: kernel.state, help: false };
    },
    "drop-draft"() {
      kernel.state.draft = null;
      return {};
    },
  };
  kernel.model = {
    get: (name) => ({ title, view: "form" })[name],
    on: (_, hear) => heard.add(hear),
    off: (_, hear) => heard.delete(hear),
    send(content) {
      if (kernel.mode === "throws") throw new Error("Cannot send");
      const message = structuredClone(content);
      kernel.log.push(message);
      if (kernel.mode === "holds") kernel.held.push(message);
      if (kernel.mode === "answers") setTimeout(() => kernel.answer(message));
    },
  };
  window.kernel = kernel;
  return kernel;
};

/** Show a form as a host does: its script from a Blob, its style in the head. */
window.showForm = async ({ esm, css, ...what }) => {
  const style = Object.assign(document.createElement("style"), { textContent: css });
  document.head.append(style);
  const { model } = window.startKernel(what);
  const url = URL.createObjectURL(new Blob([esm], { type: "text/javascript" }));
  const widget = (await import(url)).default;
  window.stopForm = await widget.render({ model, el: document.querySelector("#here") });
};
