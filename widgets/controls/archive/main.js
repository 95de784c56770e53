// The widget: looking through all she wrote, in the place the host gives it.

import { h } from "../form/dom.js";
import { Panel } from "./panel.js";

async function render({ model, el }) {
  const root = h("div", { className: "st form archive" });
  root.addEventListener("focusin", ({ target }) => target.setAttribute("data-lm-suppress-shortcuts", "true")); // as in form/main.js
  el.append(root);
  const panel = new Panel(root, model);
  await panel.opened;
  return () => panel.stop();
}

export default { render };
