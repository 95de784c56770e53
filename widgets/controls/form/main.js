// The widget: an exercise in the place the host gives it.

import { Exercise } from "./exercise.js";
import { h } from "./dom.js";

async function render({ model, el }) {
  const root = h("div", { className: "st form", "data-lm-suppress-shortcuts": "true" });
  el.append(root);
  const exercise = new Exercise(root, model);
  await exercise.opened;
  return () => exercise.stop();
}

export default { render };
