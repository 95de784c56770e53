// The widget: an exercise in the place the host gives it.

import { Exercise } from "./exercise.js";
import { h } from "./dom.js";

async function render({ model, el }) {
  const root = h("div", { className: "st form" });
  // JupyterLab looks for this mark upwards from the focused element, and stops at the first that a shortcut's selector
  // fits: that may be a radio itself, so the mark has to be on whatever has the focus.
  root.addEventListener("focusin", ({ target }) => target.setAttribute("data-lm-suppress-shortcuts", "true"));
  el.append(root);
  const exercise = new Exercise(root, model);
  await exercise.opened;
  return () => exercise.stop();
}

export default { render };
