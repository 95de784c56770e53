// Single entries of an exercise to choose from. They may be very many, so they come when that part of the page is opened.

import { choices } from "./choosing.js";
import { h } from "./dom.js";
import { Earlier } from "./earlier.js";

/** As `choices`; ask(message): the kernel's `{choices, earlier}`, the newest entries with all that she has ticked among them. */
export function singleEntries(item, { id, changed, ask }) {
  const root = h("div");
  let field, waiting = null, asked = false;   // waiting: what is ticked, while its options are not here yet
  const get = () => (waiting ?? field.get());
  const request = (what) => ask({ do: what, exercise: item.exercise, ticked: get() ?? [] });
  const earlier = new Earlier(() => request("earlier"), (reply) => {
    take(reply);
    field.target.focus();
  });
  const draw = (options) => {
    field = choices({ ...item, type: "choices", choices: options }, { id, changed });
    root.replaceChildren(field.root);
  };
  const take = ({ choices: options, earlier: areMore }) => {
    const ticked = get();
    waiting = null;
    draw(options);
    field.set(ticked);
    field.root.querySelector(".options").before(earlier.root);
    earlier.take(options.length, areMore);
  };
  const load = async () => {
    asked = true;
    const reply = await request("entries");
    if (reply.ok) take(reply);
    else field.fault(reply.error.message);
    asked = reply.ok;
  };
  draw([]);
  return {
    root, get,
    get item() {
      return field.item;
    },
    get target() {
      return field.target;
    },
    set(value) {
      waiting = value;
      field.set(value);
      if (value) load();
    },
    /** They stand in sight now. */
    fill() {
      if (!asked) load();
    },
    again() {
      if (asked) load();
    },
    say: (value) => field.say(value),
    fault: (text) => field.fault(text),
    notKept: (isSo) => field.notKept(isSo),
    printSaved: (value, differs) => field.printSaved(value, differs),
  };
}
