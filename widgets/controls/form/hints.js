// Places in a text worth a second look, beside it: her phrase, what it is about, one question. The text is never touched.

import { button, h, same } from "./dom.js";

const LOOK_AFTER = 900;   // ms without typing
const NOTHING_YET = "Once there are words, places to read once more appear here, each with one question.";
const STAYS = "While this is in it, the message stays here.";

/** `item.about` names the long text; `ask` reaches the kernel, which does the reading. Its answer: the phrases she stands by. */
export function hints(item, { id, changed, help, ask }) {
  let source = null, timer = null, text = "", places = [], meant = [];
  const head = h("h3", { className: "ask", id: `${id}-0`, tabIndex: -1, textContent: item.ask });
  const number = h("p", { className: "hint", role: "status" });   // the one thing that is announced
  const helpPlace = h("div", { role: "status" });
  const list = h("ul", { className: "places" });
  const says = h("p", { className: "hint" }), nothing = h("p", { className: "hint" });
  const root = h("div", { className: "question hints", id, role: "group", "aria-labelledby": head.id },
    head, number, helpPlace, list, nothing, says);

  const tell = (found) => {
    const count = source.get() ? `Places to read once more: ${found.places.length}` : "";
    if (number.textContent !== count) number.textContent = count;
    nothing.textContent = found.nothing;
    says.textContent = found.says;
    if (same(found.places, places)) return;
    places = found.places;
    draw();
  };
  const look = async () => {
    clearTimeout(timer);
    const now = source?.get() ?? "";
    if (!now.trim()) return source && tell({ places: [], nothing: NOTHING_YET, says: "" });
    const reply = await ask({ do: "review", text: now });
    if (!reply.ok || now !== source.get()) return;
    text = now;
    tell(reply);
    if (!reply.help) return;
    help.call(helpPlace, true);
    help.look(helpPlace);
  };
  const show = ({ phrase, start, end }) => {
    const field = source.target, now = source.get() ?? "";
    const from = now === text ? start : now.indexOf(phrase);
    if (from < 0) return;
    field.setSelectionRange(from, from + end - start);
    field.focus();   // after the selection, so that it comes into view
  };
  const isMeant = (phrase, kind) => meant.some((one) => one.kind === kind && one.phrase === phrase);
  const mean = (phrase, kind, place, row) => {
    meant = isMeant(phrase, kind) ? meant.filter((one) => one.kind !== kind || one.phrase !== phrase) : [...meant, { kind, phrase }];
    draw();
    list.children[place].querySelectorAll(".meaning")[row].querySelector("button").focus();
    changed();
  };
  const meaning = ({ kind, can_mean: canMean }, phrase, place, row) => {
    if (!canMean) return h("p", { className: "hint meaning", textContent: STAYS });
    const isSo = isMeant(phrase, kind);
    return h("p", { className: "meaning" }, isSo ? h("span", { className: "hint", textContent: "You stand by this. " }) : null,
      button(isSo ? "Take that back" : "I stand by this", () => mean(phrase, kind, place, row), { look: "plain", about: `“${phrase}”` }));
  };
  const draw = () => list.replaceChildren(...places.map((one, place) => h("li", {},
    h("p", { className: "said", textContent: `“${one.phrase}”` }),
    h("p", {}, button("Show in the text", () => show(one), { look: "plain", about: `“${one.phrase}”` })),
    one.matters.flatMap((matter, row) => [
      h("p", { className: "matter" }, h("b", { textContent: `${matter.name}.` }), ` ${matter.asks}`),
      meaning(matter, one.phrase, place, row)]))));

  const silent = () => {};
  return {
    root, item, target: head, say: silent, fault: silent, notKept: silent, printSaved: silent,
    get: () => (meant.length ? meant : null),
    set(value) {
      meant = value ?? [];
      draw();
      look();
    },
    /** The text that is read, once its field is there. */
    beside(field) {
      source = field;
      field.target.addEventListener("input", () => {
        clearTimeout(timer);
        timer = setTimeout(() => root.isConnected && look(), LOOK_AFTER);
      });
    },
    again: look,
  };
}
