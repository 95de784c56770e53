// Answers, times and days as words.

const FIRST = 3;   // of many that are ticked
export const NOT_ANSWERED = "Not answered";
export const NOT_KEPT = "Not kept";

export function isAnswered(value) {
  return value !== null && value !== undefined && value !== "";
}

/** Is less than half of a text still there, at its beginning and its end together? */
export function isOtherText(before, now) {
  const shorter = Math.min(before.length, now.length);
  let start = 0, end = 0;
  while (start < shorter && before[start] === now[start]) start += 1;
  while (start + end < shorter && before.at(-1 - end) === now.at(-1 - end)) end += 1;
  return 2 * (start + end) < before.length;
}

/** "21:14", as the readings write it too. */
export function clockTime(iso) {
  return new Date(iso).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

/** "Sunday 22 November 2026" of a Date. */
export function dayWords(date, { year = true } = {}) {
  const part = (options) => date.toLocaleDateString("en-GB", options);
  const words = [part({ weekday: "long" }), part({ day: "numeric" }), part({ month: "long" })];
  return (year ? [...words, date.getFullYear()] : words).join(" ");
}

/** A day as the journal keeps it, "2026-11-22", in full words. */
export function isoDayWords(day) {
  return dayWords(new Date(`${day}T12:00`));
}

/** A moment as the form has it, "2026-11-22T21:14", in full words. */
export function isoMomentWords(moment) {
  return `${dayWords(new Date(moment))}, ${clockTime(moment)}`;
}

/** "Sunday 21:08"; with the day's date once a week has passed. */
export function momentWords(iso) {
  const then = new Date(iso), now = new Date(), days = (now - then) / 86400000;
  if (then.toDateString() === now.toDateString()) return `today, ${clockTime(iso)}`;
  if (days > 0 && days < 6) return `${then.toLocaleDateString("en-GB", { weekday: "long" })} ${clockTime(iso)}`;
  return datedWords(iso);
}

/** "Friday 20 November, 18:30", with the year where it is not this one. */
export function datedWords(iso) {
  const then = new Date(iso);
  return `${dayWords(then, { year: then.getFullYear() !== new Date().getFullYear() })}, ${clockTime(iso)}`;
}

export function numberWords(number) {
  return String(number).replace("-", "−");
}

/** "one place needs a look", "2 places need a look" */
export function placesWords(count) {
  return count === 1 ? "one place needs a look" : `${count} places need a look`;
}

/** One answer in words, "Not answered" if there is none. */
export function answerWords(item, value) {
  return isAnswered(value) ? WORDS[item.type](item, value) : NOT_ANSWERED;
}

/** As `answerWords`; of a long choice that may be ticked whole, the first ones. */
export function briefWords(item, value) {
  const more = item.all && isAnswered(value) ? value.length - FIRST : 0;
  return more < 2 ? answerWords(item, value) : `${answerWords(item, value.slice(0, FIRST))} and ${more} more`;
}

/** "09:14, 13:02 and 21:14" */
export function listWords(words) {
  return words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${words.at(-1)}` : words.join("");
}

const label = (item, code) => item.choices.find(([known]) => known === code)?.[1] ?? String(code);

const WORDS = {
  scale: ({ range: [low, high] }, value) => (low === 0 ? `${value} of ${high}` : numberWords(value)),
  number: (item, value) => numberWords(value),
  choice: label,
  piles: label,
  choices: (item, codes) => (codes.length ? codes.map((code) => label(item, code)).join(", ") : label(item, item.none)),
  "yes-no": (item, value) => (value ? "yes" : "no"),
  text: (item, value) => value,
  "long-text": (item, value) => value,
  date: (item, value) => isoDayWords(value),
  moment: (item, value) => isoMomentWords(value),
  rank: (item, codes) => codes.map((code, place) => `${place + 1}. ${label(item, code)}`).join(", "),
  hints: (item, rows) => rows.map(({ phrase }) => `“${phrase}”`).join("\n"),
  rows: (item, rows) => rows.map((row) => lineWords(item.items, row)).join("\n"),
};

/** A row of answers in one line of text. */
export function lineWords(items, answers) {
  const { main, facts, rest } = lineParts(items, answers);
  return [main, ...facts, ...rest].join(" · ");
}

/** A row of answers for reading: `main`, the first text or choice (`isHers`: in her own words); then short `facts`, then the `rest`. */
export function lineParts(items, answers) {
  const given = items.filter((item) => isAnswered(answers[item.id]));
  const lead = given.find(({ type }) => ["text", "long-text", "choice"].includes(type)) ?? given[0];
  const others = given.filter((item) => item !== lead);
  const isFact = ({ type, short }) => ["choice", "date", "moment"].includes(type) || (type === "number" && short);
  return {
    isHers: Boolean(lead) && lead.type !== "choice",
    main: lead ? answerWords(lead, answers[lead.id]) : NOT_ANSWERED,
    facts: others.filter(isFact).map((item) => factWords(item, answers[item.id])),
    rest: others.filter((item) => !isFact(item)).map((item) => `${asked(item)} ${answerWords(item, answers[item.id])}`),
  };
}

/** A fact says itself what it is about, or with its short name: "week from Monday 16 November 2026", "seen: often". */
function factWords(item, value) {
  const words = answerWords(item, value);
  if (!item.short) return words;
  if (item.type === "date") return `${item.short} ${words}`;
  return item.type === "number" ? `${item.short}:\u00a0${words}` : `${item.short}: ${words}`;   // a number alone would begin a line
}

/** What an answer in a line answers: its short name, else the question. */
function asked({ short, ask }) {
  return short ? `${short[0].toUpperCase()}${short.slice(1)}:` : ask;
}

const ABOUT_DAY = "_day";   // the item that says which earlier day an entry is about

/** An entry in one line: when it was saved, or the day it is about; then its answers under their short names. */
export function entryWords(items, { saved, answers }) {
  const day = items.find(({ id }) => id === ABOUT_DAY), keeps = items.map(({ keep_if }) => keep_if);
  const isTold = (item) => item !== day && !keeps.includes(item.id) && isAnswered(answers[item.id])
    && (!item.private || answers[item.keep_if] === true);
  const lead = day && isAnswered(answers[day.id]) ? `About ${answerWords(day, answers[day.id])}` : clockTime(saved);
  const told = items.filter(isTold).map((item) => shortWords(item, answers[item.id]));
  return [lead, ...(told.length ? told : ["no scale answered"])].join(" · ");
}

export function isAboutToday({ answers }) {
  return !isAnswered(answers[ABOUT_DAY]);
}

function shortWords(item, value) {
  const name = item.short || item.ask;
  return ["scale", "number"].includes(item.type) ? `${name} ${numberWords(value)}` : `${name}: ${answerWords(item, value)}`;
}
