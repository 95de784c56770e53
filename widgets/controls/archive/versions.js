// An entry as a whole, with each of its versions; an earlier one can stand again.

import { button, h } from "../form/dom.js";
import { NOT_ANSWERED, clockTime, dayWords } from "../form/words.js";

const WAIT = "Opening…";
const ONLY = "There is no other version.";
const TAKEN_BACK = "This entry is withdrawn: it is in no list, and no reading counts it.";
const KEPT = "What was here before is kept among the versions.";

/** A closed part, read when it is opened. `about`: id of the heading that names the entry; restored(reply): another one stands now. */
export function versionsPart({ entryId, about, link, restored }) {
  const body = h("div", {}, h("p", { className: "hint", textContent: WAIT }));
  const part = h("details", { className: "whole" }, h("summary", { "aria-describedby": about, textContent: "The whole entry, and its versions" }), body);
  const outcome = h("p", { className: "outcome", role: "status", tabIndex: -1 });
  const show = (reply) => body.replaceChildren(outcome, ...(reply.ok ? drawnVersions(reply, bringBack) : [h("p", { textContent: reply.error.message })]));
  const bringBack = async (revision) => {
    const reply = await link.ask({ do: "restore", entry_id: entryId, revision }, { keep: true });
    part.classList.toggle("failed", !reply.ok);
    if (reply.ok) {
      show(reply);
      restored(reply);
    }
    outcome.textContent = reply.ok ? `Brought back at ${clockTime(reply.at)}. ${KEPT}` : reply.error.message;
    outcome.focus();
  };
  part.addEventListener("toggle", async () => {
    if (!part.open) return;
    outcome.textContent = "";
    show(await link.ask({ do: "entry", entry_id: entryId }, { keep: true }));
  });
  return part;
}

function drawnVersions({ withdrawn, versions }, bringBack) {
  const [now] = versions, written = versions.filter((one) => !one.withdrawn);
  const newest = written[0] ?? now;
  const head = withdrawn ? [h("p", { textContent: TAKEN_BACK }), backButton("Bring it back", now, bringBack)] : [];
  const current = [h("h4", { textContent: `${withdrawn ? "As it was" : "As it stands now"}, saved ${moment(newest.saved)}` }), answerList(newest, newest)];
  const others = versions.filter((one) => one !== newest && !(withdrawn && one === now));
  const rest = others.length || withdrawn ? others.map((one) => olderVersion(one, newest, withdrawn, bringBack)) : [h("p", { className: "hint", textContent: ONLY })];
  return [...head, ...current, ...rest];
}

function olderVersion(version, newest, withdrawn, bringBack) {
  if (version.withdrawn) return h("p", { className: "hint", textContent: `Withdrawn ${moment(version.saved)}` });
  const same = JSON.stringify(version.answers) === JSON.stringify(newest.answers);
  const way = same && !withdrawn ? null : backButton("Bring this version back", version, bringBack);
  return h("details", {}, h("summary", { textContent: `An earlier version, saved ${moment(version.saved)}` }),
    same ? h("p", { className: "hint", textContent: "It says the same." }) : answerList(version, newest), way);
}

/** The button, or the sentence why this version may not stand again. */
function backButton(words, { revision, refusal }, bringBack) {
  return refusal ? h("p", { className: "hint", textContent: refusal }) : h("p", {}, button(words, () => bringBack(revision)));
}

/** Every question that this version or the newest one answers. */
function answerList(version, newest) {
  const now = new Map(newest.answers.map((one) => [one.ask, one])), then = new Map(version.answers.map((one) => [one.ask, one]));
  const asks = [...new Set([...then.keys(), ...now.keys()])];
  if (!asks.length) return h("p", { className: "hint", textContent: "Nothing is answered in it." });
  return h("dl", {}, asks.flatMap((ask) => {
    const one = then.get(ask), differs = one?.text !== now.get(ask)?.text;
    return [h("dt", {}, ask, differs ? h("span", { className: "hint", textContent: " changed since" }) : null),
      h("dd", { className: one?.hers ? "said" : "", textContent: one?.text ?? NOT_ANSWERED })];
  }));
}

function moment(iso) {
  const then = new Date(iso);
  return `${dayWords(then, { year: then.getFullYear() !== new Date().getFullYear() })}, ${clockTime(iso)}`;
}
