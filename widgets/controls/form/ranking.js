// Putting things in order with two buttons each. There is no answer until something is moved or confirmed.

import { button, h } from "./dom.js";
import { group } from "./question.js";

export function rank(item, { id, changed }) {
  const q = group(item, id);
  const list = h("ol", { className: "ranks" });
  const spoken = h("p", { className: "unseen", role: "status" });
  let answered = false;
  const lines = item.choices.map(([code, words]) => {
    const line = h("li", {}, h("span", { className: "said", textContent: words }));
    line.append(h("span", { className: "actions" },
      button("Move up", ({ target }) => move(line, -1, target), { look: "plain", about: words }),
      button("Move down", ({ target }) => move(line, 1, target), { look: "plain", about: words })));
    return { code, line };
  });
  const order = () => [...list.children].map((child) => lines.find(({ line }) => line === child).code);
  const get = () => (answered ? order() : null);
  const tell = () => {
    q.say(get());
    confirm.hidden = answered;
    clear.hidden = !answered;
  };
  const move = (line, by, pressed) => {
    const other = by < 0 ? line.previousElementSibling : line.nextElementSibling;
    if (!other) {
      spoken.textContent = by < 0 ? "It is at the top already." : "It is at the bottom already.";
      return;
    }
    if (by < 0) other.before(line);
    else other.after(line);
    pressed.focus();
    spoken.textContent = `Now place ${[...list.children].indexOf(line) + 1} of ${lines.length}`;
    settle(true);
  };
  const settle = (value) => {
    answered = value;
    tell();
    changed();
  };
  const confirm = button("This order is right", () => {
    settle(true);
    clear.focus();
  });
  const set = (codes) => {
    answered = Array.isArray(codes);
    const places = answered ? codes : item.choices.map(([code]) => code);
    list.replaceChildren(...[...lines].sort((a, b) => places.indexOf(a.code) - places.indexOf(b.code)).map(({ line }) => line));
    tell();
  };
  const clear = button("Clear this answer", () => {
    set(null);
    changed();
    confirm.focus();
  }, { look: "plain clear" });
  q.root.append(list, h("div", { className: "actions" }, confirm, clear), spoken);
  set(null);
  return { ...q, item, get, set, target: list.querySelector("button") };
}
