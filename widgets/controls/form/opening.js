// A control that has not answered yet: what stands in its place, and asking again.

import { button, h } from "./dom.js";

const ASK_AGAIN = 1500, SHOWN_AFTER = 300, LONGER = 8000, TOO_LONG = 30000;   // ms

/** Ask for the control until it is there, then `begin(reply)`. Resolves once it is painted, or once the page says that it did not open. */
export function openInto(root, { title, link, begin }) {
  const words = h("p", { textContent: `${title} is opening. Read on meanwhile.` });
  const place = h("div", { className: "quiet opening" }, words);
  const answer = link.ask({ do: "open" }, { every: ASK_AGAIN });
  const again = button("Try again", () => {
    answer.stop();
    openInto(root, { title, link, begin });
  });
  return new Promise((settled) => {
    const timers = [
      setTimeout(() => root.replaceChildren(place), SHOWN_AFTER),
      setTimeout(() => words.append(" This takes longer than usual."), LONGER),
      setTimeout(() => {
        words.textContent = "It did not open. What you saved is safe.";
        place.append(again);
        settled();
      }, TOO_LONG),
    ];
    answer.then((reply) => {
      timers.forEach(clearTimeout);
      if (reply.ok) begin(reply);
      else {
        words.textContent = reply.error.message;
        place.append(again);
        root.replaceChildren(place);
      }
      settled();
    });
  });
}
