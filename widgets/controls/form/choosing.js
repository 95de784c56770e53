// Questions answered by choosing: scale, choice, yes-no, choices, and the pile of a card. None of them is preset.

import { button, h, same } from "./dom.js";
import { group, single } from "./question.js";
import { numberWords } from "./words.js";

const TOGETHER = 800;   // ms within which 1 and 0 are 10

/** A scale: native radios, the first of them "skip", which means that there is no answer. */
export function scale(item, { id, changed }) {
  const [low, high] = item.range, step = item.step ?? 1;
  const values = [null];
  for (let value = low; value <= high; value += step) values.push(value);
  const q = group(item, id);
  const inputs = values.map((value, n) => h("input", { type: "radio", name: id, id: `${id}-${n}`, value: value ?? "" }));
  const cells = inputs.map((input, n) => h("label", {}, input,
    h("span", { textContent: n ? numberWords(values[n]) : "skip" })));
  const get = () => values[Math.max(0, inputs.findIndex((input) => input.checked))];
  const set = (value) => {
    inputs[Math.max(0, values.indexOf(value ?? null))].checked = true;
    q.say(get());
  };
  const pick = (value) => {
    set(value);
    inputs[values.indexOf(get())].focus();
    changed();
  };
  q.root.append(h("div", { className: "cells" }, cells));
  q.root.addEventListener("change", () => {
    q.say(get());
    changed();
  });
  q.root.addEventListener("keydown", byDigits(step, values, pick));
  set(null);
  return { ...q, item, get, set, target: inputs[0] };
}

/** Digits choose, 1 then 0 is 10, minus comes before its digit, Delete is skip. Where a step is 10, 7 is 70. */
function byDigits(step, values, pick) {
  let typed = "", last = 0;
  return (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const clears = ["Delete", "Backspace"].includes(event.key);
    if (!clears && !/^[\d-]$/.test(event.key)) return;
    event.preventDefault();
    if (clears) {
      typed = "";
      return pick(null);
    }
    const sequence = event.timeStamp - last < TOGETHER ? typed + event.key : event.key;
    last = event.timeStamp;
    typed = [sequence, event.key].find((keys) => keys === "-" || values.includes(Number(keys) * step)) ?? "";
    if (typed && typed !== "-") pick(Number(typed) * step);
  };
}

/** One of several: radios of which none is checked at first. yes-no is the same with true and false. */
export function choice(item, { id, changed, help }) {
  const options = item.type === "yes-no" ? [[true, "yes"], [false, "no"]] : item.choices;
  const q = group(item, id);
  const inputs = options.map((_, n) => h("input", { type: "radio", name: id, id: `${id}-${n}`, value: n }));
  const get = () => options[inputs.findIndex((input) => input.checked)]?.[0] ?? null;
  const place = h("div", { role: "status" });
  const clear = button("Clear this answer", () => {
    set(null);
    inputs[0].focus();
    changed();
  }, { look: "plain clear" });
  const tell = () => {
    q.say(get());
    clear.hidden = get() === null;
    help.call(place, (item.help_on ?? []).includes(get()), item.help_text);
  };
  const set = (value) => {
    inputs.forEach((input, n) => { input.checked = options[n][0] === value; });
    tell();
  };
  q.root.append(optionList(inputs, options), clear, place);
  q.root.addEventListener("change", () => {
    tell();
    changed();
  });
  set(null);
  return { ...q, item, get, set, target: inputs[0] };
}

/** Any of several: checkboxes. None ticked is no answer; the exclusive "none of these" is an empty list. `all`: the words of one tick for all. */
export function choices(item, { id, changed }) {
  const q = group(item, id);
  const codes = item.choices.map(([code]) => code);
  const inputs = codes.map((_, n) => h("input", { type: "checkbox", id: `${id}-${n}`, value: n }));
  const get = () => {
    const ticked = codes.filter((_, n) => inputs[n].checked);
    if (!ticked.length) return null;
    return same(ticked, [item.none]) ? [] : ticked;
  };
  const set = (value) => {
    const ticked = value?.length === 0 ? [item.none] : value ?? [];
    inputs.forEach((input, n) => { input.checked = ticked.includes(codes[n]); });
    q.say(get());
  };
  if (item.all) q.root.append(button(item.all, () => {
    set(codes.filter((code) => code !== item.none));
    changed();
  }, { look: "plain" }));
  q.root.append(optionList(inputs, item.choices));
  q.root.addEventListener("change", ({ target }) => {
    const isNone = codes[target.value] === item.none;
    if (target.checked) inputs.forEach((input, n) => {
      if ((codes[n] === item.none) !== isNone) input.checked = false;
    });
    q.say(get());
    changed();
  });
  set(null);
  return { ...q, item, get, set, target: inputs[0] };
}

/** The pile of a card: a select, "not sorted" first, or what `item.unset` says. `about`: id of the card's own text. */
export function pile(item, { id, changed, about }) {
  const q = single(item, id);
  const select = h("select", { id: `${id}-0`, "aria-describedby": q.describes },
    h("option", { value: "", textContent: item.unset ?? "not sorted" }),
    item.choices.map(([code, text]) => h("option", { value: code, textContent: text })));
  if (about) select.setAttribute("aria-labelledby", `${about} ${id}-label`);
  const get = () => select.value || null;
  const set = (value) => {
    select.value = value ?? "";
    q.say(get());
  };
  select.addEventListener("change", () => {
    q.say(get());
    changed();
  });
  q.root.append(select);
  set(null);
  return { ...q, item, get, set, target: select };
}

function optionList(inputs, options) {
  return h("div", { className: "options" }, inputs.map((input, n) => h("label", { className: "option" }, input, h("span", { textContent: options[n][1] }))));
}
