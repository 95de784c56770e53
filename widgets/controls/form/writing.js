// Questions answered by writing: text, long-text, number, date, moment.

import { button, h } from "./dom.js";
import { single } from "./question.js";
import { isoDayWords, isoMomentWords, numberWords } from "./words.js";

const A_PHONE_WIDE = 40;      // letters that a line shows on a phone
const SOON_FULL = 0.9;        // of the letters that fit: from here the count is spoken
const SPOKEN_AFTER = 1000;    // ms without typing
const SOFT_STOP = 15 * 60 * 1000;
const SETTLED = 250;          // ms after leaving a field
const NOT_YET = "This day has not come yet. Choose today or earlier.";
const HALF_A_DAY = "Write the whole date, with day, month and year, or take it out.";
const HALF_A_MOMENT = "Write all of it, the day and the time, or take it out.";
const TIME_UP = "Fifteen minutes have passed. It may stay as it is for now; a draft can wait as long as you like.";

/** A line of text. `about`: ids of the headings it stands under, where the same question is asked under several. */
export function text(item, { id, changed, about }) {
  const q = single(item, id);
  const field = { id: `${id}-0`, "aria-describedby": q.describes, required: Boolean(item.needed) };
  const input = item.max > A_PHONE_WIDE ? wrappingLine(field) : h("input", { type: "text", ...field });
  const grow = growing(input);
  if (about) input.setAttribute("aria-labelledby", `${about} ${id}-label`);
  const count = counter(item.max, SOON_FULL);
  q.root.append(input, ...count.nodes);
  const line = written(q, item, input, changed, (value) => {
    count.tell(value);
    grow();
  });
  return item.suggest?.length ? { ...line, taken: suggestions(line, changed) } : line;
}

/** One line that wraps, so that all of it can be read. Enter and what is pasted make no second one: it is sent, as from an input. */
function wrappingLine(field) {
  const input = h("textarea", { ...field, className: "one-line", rows: 1, enterKeyHint: "go" });
  input.addEventListener("beforeinput", (event) => {
    if (event.inputType !== "insertLineBreak") return;
    event.preventDefault();
    input.form?.requestSubmit();
  });
  input.addEventListener("input", () => {
    if (input.value.includes("\n")) input.value = input.value.replace(/\s*\n\s*/g, " ");
  });
  return input;
}

/** Makes it as high as its text, where the browser has no field-sizing; also when it comes in sight. */
function growing(input) {
  if (input.tagName !== "TEXTAREA" || CSS.supports("field-sizing", "content")) return () => {};
  const grow = () => {
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight + 4}px`;
  };
  new ResizeObserver(grow).observe(input);
  return grow;
}

/** Texts to begin with, under the hint: each fills the field. Returns taken(texts): those are not offered. */
function suggestions({ item, hint, set, target }, changed) {
  const buttons = item.suggest.map((words) => button(words, () => {
    set(words);
    target.focus();
    changed();
  }, { look: "plain" }));
  const group = h("div", { className: "suggestions", role: "group", "aria-label": `Words to begin with: ${item.ask}` }, buttons);
  hint.after(group);
  return (texts) => {
    buttons.forEach((one, n) => { one.hidden = texts.includes(item.suggest[n]); });
    group.hidden = buttons.every((one) => one.hidden);
  };
}

/** A letter or a note: grows with its text, in the type of what a person wrote. */
export function longText(item, { id, changed }) {
  const q = single(item, id);
  const input = h("textarea", { id: `${id}-0`, "aria-describedby": q.describes, required: Boolean(item.needed) });
  const count = item.max_words ? counter(item.max_words, 0, "words") : counter(item.max, 0);
  const late = h("p", { className: "hint", role: "status" });
  const grow = growing(input);
  let timer = null;
  q.root.append(input, ...count.nodes, late);
  return written(q, item, input, changed, (value, typed) => {
    count.tell(value);
    grow();
    if (typed) timer ??= setTimeout(() => { late.textContent = TIME_UP; }, SOFT_STOP);
    if (!value) {
      clearTimeout(timer);
      timer = null;
      late.textContent = "";
    }
  });
}

function written(q, item, input, changed, tell) {
  const get = () => input.value || null;
  const told = (typed) => {
    q.say(get());
    tell(input.value, typed);
  };
  input.addEventListener("input", () => {
    told(true);
    changed();
  });
  const set = (value) => {
    input.value = value ?? "";
    told(false);
  };
  return { ...q, item, get, set, target: input };
}

const MEASURES = {
  letters: (value) => [...value].length,
  words: (value) => value.trim() && value.trim().split(/\s+/).length,
};

/** The count of letters or words, seen from a share `from` of those that fit on, spoken when few are left. Nothing is ever cut off. */
function counter(max, from, unit = "letters") {
  const seen = h("p", { className: "hint count" });
  const spoken = h("p", { className: "unseen", role: "status" });
  let timer = null;
  const tell = (value) => {
    const count = MEASURES[unit](value), left = max - count;
    const isAdvice = unit === "words", isOver = left < 0;   // more words can be saved, more letters cannot
    const over = isAdvice ? `${count} words; up to ${max} are easy to read` : `${-left} ${unit} too many`;
    const seenNow = isAdvice && isOver ? over : `${count} of ${max} ${unit}`;
    seen.textContent = max && count && count >= max * from ? seenNow : "";
    clearTimeout(timer);
    const words = isOver ? over : `${left} ${unit} left`;
    if (max && count >= max * SOON_FULL) timer = setTimeout(() => { spoken.textContent = words; }, SPOKEN_AFTER);
    else spoken.textContent = "";
  };
  return { nodes: [seen, spoken], tell };
}

/** A number. What cannot be read as one is handed on as written: the answer says what to write instead. */
export function number(item, { id, changed }) {
  const q = single(item, id);
  const input = h("input", { type: "text", inputMode: "decimal", className: "short", id: `${id}-0`,
    "aria-describedby": q.describes, required: Boolean(item.needed) });
  const get = () => {
    const raw = input.value.trim().replace("−", "-").replace(",", ".");
    return raw === "" ? null : Number.isFinite(Number(raw)) ? Number(raw) : input.value;
  };
  const set = (value) => {
    input.value = value ?? "";
    q.say(get());
  };
  input.addEventListener("input", () => {
    q.say(get());
    if (!numberFault(item, get())) q.fault("");
    changed();
  });
  whenLeft(input, () => q.fault(numberFault(item, get())));
  q.root.append(input);
  return { ...q, item, get, set, target: input };
}

/** Look at a field once she has left it; not on the way to a button, which must not move from under the click. */
function whenLeft(input, look) {
  input.addEventListener("blur", ({ relatedTarget }) => {
    if (!relatedTarget?.closest("button")) setTimeout(look, SETTLED);
  });
}

function numberFault(item, value) {
  if (value === null || !item.range) return "";
  const [low, high] = item.range;
  const whole = Number.isInteger(item.step);
  if (typeof value === "number" && value >= low && value <= high && (!whole || Number.isInteger(value))) return "";
  const like = Math.floor((low + high) / 2);
  return `Write a ${whole ? "whole number" : "number"} from ${numberWords(low)} to ${numberWords(high)}, like ${numberWords(like)}.`;
}

/** A day, read back in full words. */
export function date(item, place) {
  return dated(item, place, { type: "date", inWords: isoDayWords, half: HALF_A_DAY });
}

/** A day and a time, by the clock on her wall. */
export function moment(item, place) {
  return dated(item, place, { type: "datetime-local", inWords: isoMomentWords, half: HALF_A_MOMENT });
}

/** The day of a day or a moment, in words and without its weekday: it may be far off. */
function day(iso) {
  return isoDayWords(iso.slice(0, "2026-11-22".length)).replace(/^\S+ /, "");
}

function dated(item, { id, changed }, { type, inWords, half }) {
  const q = single(item, id);
  const words = h("p", { className: "hint day", id: `${id}-day` });
  const input = h("input", { type, id: `${id}-0`, min: item.min_date, max: item.max_date,
    "aria-describedby": `${q.describes} ${id}-day`, required: Boolean(item.needed) });
  const tell = () => {
    q.say(input.value || null);
    words.textContent = input.value ? inWords(input.value) : "";
  };
  const outside = () => {
    const { min_date: first, max_date: last } = item, { value } = input;
    if (value && first && value < first) return `Choose ${day(first)} or a later day, with the year in full.`;
    if (value && last && value > last) return item.ahead ? `Choose ${day(last)} or an earlier day.` : NOT_YET;
    return "";
  };
  input.addEventListener("input", () => {
    tell();
    if (!outside()) q.fault("");
    changed();
  });
  whenLeft(input, () => q.fault(outside()));
  const set = (value) => {
    input.value = value ?? "";
    tell();
  };
  q.root.append(input, words);
  return {
    ...q, item, set, target: input,
    get: () => input.value || null,
    /** Half a date reads as none: say so before it is lost. */
    unfinished: () => (input.validity.badInput ? half : outside()),
  };
}
