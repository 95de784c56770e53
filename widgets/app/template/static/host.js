// The host of a page's widgets: speaks the widget protocol over the kernel's websocket, without JupyterLab's front end.

import { Cells } from "./cells.js";
import { Connection } from "./connection.js";
import { holdPlace, setUpFrame } from "./frame.js";
import { Lifeline } from "./lifeline.js";
import { Models } from "./models.js";

const config = JSON.parse(document.getElementById("page-config").textContent);
const connection = new Connection(config.baseUrl);
const models = new Models(connection);
const cells = new Cells(models, config, () => {
  cells.waitAgain();
  lifeline.lose(true);
});
const lifeline = new Lifeline({ connection, models, cells, config });
const backToPlace = holdPlace();

async function end(failed) {
  await cells.finish(failed);
  lifeline.arrived = true;
  backToPlace();
  if (lifeline.lost) return;
  document.getElementById("main").dataset.state = failed ? "lost" : "ready";
}

// The page goes on arriving while this runs; each of these elements says what has just arrived before it.
function define(name, arrived) {
  customElements.define(name, class extends HTMLElement {
    connectedCallback() {
      arrived(this);
      this.remove();
    }
  });
}

whenFrameIsThere(() => {
  setUpFrame({ lifeline, models, connection, config });
  define("workbook-kernel", (mark) => lifeline.begin(mark.dataset.id));
  define("workbook-cell", (mark) => {
    const template = document.querySelector(`template[data-cell="${mark.dataset.cell}"]`);
    cells.fill(mark.dataset.cell, template.content);
    template.remove();
  });
  define("workbook-end", (mark) => end("failed" in mark.dataset));
});

/** The module may run before the parser has reached the page's end. */
function whenFrameIsThere(act) {
  if (document.querySelector("footer")) return act();
  const watch = new MutationObserver(() => {
    if (!document.querySelector("footer")) return;
    watch.disconnect();
    act();
  });
  watch.observe(document.documentElement, { childList: true, subtree: true });
}
