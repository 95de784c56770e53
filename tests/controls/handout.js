// A pretend kernel for one handout. Tests bend it: refuse, hold, spec, log.

window.showHandout = async (what) => {
  const heard = new Set();
  const made = { file: what.file, parts: what.parts, notes: what.notes, aside: what.aside };
  const DOES = {
    open: () => ({ spec: kernel.spec }),
    ping: () => ({}),
    make: () => made,
    record: () => ({ saved: "2026-11-22T21:14:00" }),
    entries: ({ ticked }) => ({ choices: kernel.entries.filter(([id], place) => kernel.isWhole || place > 0 || ticked.includes(id)), earlier: !kernel.isWhole }),
    earlier() {
      kernel.isWhole = true;
      return { choices: kernel.entries, earlier: false };
    },
  };
  const kernel = window.kernel = {
    log: [], spec: what.spec, refuse: {}, hold: false,
    entries: [["a", "The first"], ["b", "The second"], ["c", "The third"]], isWhole: false,   // without the first, until all are asked for
    push(content) { for (const hear of heard) hear(structuredClone(content)); },
    answer(message) { kernel.push({ id: message.id, ok: true, ...(kernel.refuse[message.do] ?? DOES[message.do](message)) }); },
  };
  const model = {
    get: (name) => ({ title: "A part", view: "handout" })[name],
    on: (_, hear) => heard.add(hear),
    off: (_, hear) => heard.delete(hear),
    send(content) {
      const message = structuredClone(content);
      kernel.log.push(message);
      if (!kernel.hold) setTimeout(() => kernel.answer(message));
    },
  };
  document.head.append(Object.assign(document.createElement("style"), { textContent: what.css }));
  const url = URL.createObjectURL(new Blob([what.esm], { type: "text/javascript" }));
  await (await import(url)).default.render({ model, el: document.querySelector("#here") });
};
