"""What section 5 says of contact: the light, the log, an answer read once more."""

from typing import Any

import pandas as pd

from widgets.catalogue import Exercise, Wording
from widgets.journal import Tables
from widgets.readings.after_contact import LIMITS, after_contact
from widgets.readings.checkins import rests_on
from widgets.readings.contact_log import profile_days, read_log
from widgets.readings.new_partner import somebody_new
from widgets.readings.pace import CLOSED, NOTES, WAIT, Light
from widgets.readings.safety import IF_HURT, IF_YOU_HURT
from widgets.readings.words import day, text

from ..branches import is_unsafe, route, way_now
from ..lately import fresh, rest_until
from ..pace import light_now
from .blocks import SOMEONE, Block, Hers, Shown, nothing, texts
from .copied import left_or_not

START, UNSENT = "00-begin.ipynb", "03-say-it-once.ipynb#exercise-unsent-letter"
RULE_NAMES = {
    "R1": "what {he} asked for, and safety, come first",
    "R2": "the space {he} asked for",
    "R3": "one message, then {his} answer",
    "R4": "a first message has no second",
    "R5": "a closing sign closes",
    "R6": "answer for answer",
    "R7": "who starts",
    "R8": "not at night, not right after a change, not after alcohol",
    "R9": "a long time in which {he} started nothing",
}
NOT_ASKED = {
    "undecided": "Nothing is chosen yet. The light asks nothing of you.",
    "not_yet": "You chose “not yet”. The light asks nothing of you.",
    "let_go": "You chose to let go. The light asks nothing of you.",
}
AFTER_THE_PAUSE = "A check-in asked for it. After that day your rules are read again."
TO_SETTLE = (
    "What has to be settled between you is apart from this. It may be written, plainly and with no feelings in it, and "
    "is logged as such."
)
STAYS_OPEN = "What is never sent can still be written:"


def light(exercise: Exercise, journal: Tables, wording: Wording, today: pd.Timestamp) -> Shown:
    """The state as a sentence, its rule, and what stays open."""
    found, said = light_now(journal)
    choice = way_now(journal)
    until = rest_until(journal)
    rests = f"Messages rest until {day(until, today)}" if until else ""
    is_paused = bool(rests) and found.state != CLOSED
    blocks: list[Block] = []
    if is_paused:
        blocks.append(_pause(rests))
    elif found.state == CLOSED or choice not in NOT_ASKED:  # to somebody who is not trying, no rule gives leave
        blocks.append(_lamp(found, said))
    if is_paused:
        blocks.append(SOMEONE)
    if found.state == CLOSED and route(journal) == "closed" and is_unsafe(journal):
        blocks += [*texts(IF_HURT, IF_YOU_HURT), SOMEONE]
    if rests and found.state == CLOSED:
        blocks += texts(f"{rests}, whatever the light says.")
    if found.state != CLOSED:
        blocks += texts(NOT_ASKED.get(choice, ""))
    if choice == "try":
        blocks += texts(somebody_new((journal.table("safety"), journal.table("contacts")), today))
    if _shares_something(journal) and route(journal) != "unanswered" and not _has_order(journal):
        blocks += texts(TO_SETTLE)
    if route(journal) == "unanswered":
        blocks.append({"kind": "link", "text": "The questions are here:", "link": "Start", "href": START})
    if found.state == CLOSED:
        blocks.append({"kind": "link", "text": STAYS_OPEN, "link": "Say it once", "href": UNSENT})
    return blocks, "What {he} {feels|feel}, and what {he} would say. The light knows only what you wrote down."


def _pause(rests: str) -> Block:
    """While messages rest that is the state, whatever the rules say."""
    return {"kind": "light", "state": WAIT, "title": f"{rests}.", "texts": [AFTER_THE_PAUSE]}


def _lamp(found: Light, said: str) -> Block:
    """The light's own sentence, its rule and the note on it."""
    state, _, why = said.partition(". ")
    rule = f"Rule {found.rule}: {RULE_NAMES[found.rule]}." if found.rule else ""
    further = [text for text in (why, rule, NOTES.get(found.rule or "", "")) if text]
    return {"kind": "light", "state": found.state, "title": f"{state}.", "texts": further}


def _shares_something(journal: Tables) -> bool:
    safety = journal.table("safety")
    shared = safety.iloc[-1]["shared_life"] if len(safety) else None
    return bool(isinstance(shared, list) and shared)


def _has_order(journal: Tables) -> bool:
    safety = journal.table("safety")
    return bool(len(safety) and (safety["contact_wish"] == "legal_order").fillna(False).iloc[-1])


def contact_log(exercise: Exercise, journal: Tables, wording: Wording, today: pd.Timestamp) -> Shown:
    """Who started, in four weeks; then her own days after contact."""
    contacts = journal.table("contacts")
    if rests_on(fresh(journal), today.date()):
        return [], ""
    asked = left_or_not(journal)
    if contacts.empty:
        return [*asked, *nothing("Who started, and how your own days after contact went, will appear here.")], ""
    counted = read_log(contacts, pd.Timestamp(journal.clock.now()))
    checkins = journal.table("checkins", columns=["local_date", "distress", "longing", "looked_at_profile"])
    found = after_contact(contacts, checkins)
    blocks = asked + texts(counted.sentence, profile_days(checkins, today))
    if found.sentences:
        blocks += [{"kind": "heading", "text": "Your own days after contact"}, *texts(*found.sentences)]
    return blocks, LIMITS if found.compared else ""


def answer(exercise: Exercise, journal: Tables, wording: Wording, today: pd.Timestamp) -> Shown:
    """The newest reading: what he said he wants, how the light takes it, and what she planned for such a reply."""
    readings = journal.table("readings")
    if readings.empty:
        return nothing("What {he} said {he} {wants|want}, and how the light takes it, will appear here."), ""
    row = readings.iloc[-1]
    blocks: list[Block] = []
    if terms := text(row["his_terms"]):
        blocks.append({"kind": "said", "label": "What {he} said {he} {wants|want}:", "text": Hers(terms)})
    else:
        blocks += texts("What {he} {wants|want} was not said, or not noted.")
    if pd.notna(row["most_cautious_reading"]):
        tone = exercise.item("most_cautious_reading").choices[row["most_cautious_reading"]]
        blocks += texts(f"Read with caution: {tone}. {_taken_over(journal, str(row['contact']))}")
    blocks += _card(journal, row["comes_near"])
    return blocks, "What {he} {means|mean}. A vague answer, or a kind one, is often how a no is said."


def _taken_over(journal: Tables, entry_id: str) -> str:
    """What the light makes of it, with all versions of that line of the log."""
    history = journal.history("contacts")
    line = history[history["entry_id"] == entry_id].sort_values("revision")
    if line.empty or line["withdrawn"].iloc[-1]:
        return "Its line in the log is withdrawn."
    if line["necessary"].fillna(False).iloc[-1]:
        return "Its line in the log is about what had to be settled, and the light leaves it out."
    tones = line["tone"].astype(object).dropna().tolist()
    said = "Its line in the log says so now, and the light goes by it."
    if "closing" in tones[:-1] and tones[-1] != "closing":
        said += " You read it as closing before: for 14 days the stricter reading counts, and both are kept."
    return said


def _card(journal: Tables, reply: Any) -> list[Block]:
    """What she planned for such a reply, on “Say it once”."""
    if pd.isna(reply) or "replies" not in journal.catalogue.tables:
        return []
    replies = journal.table("replies")
    cards = replies[(replies["reply"] == reply).fillna(False)].dropna(subset=["if_then"])
    if cards.empty:
        return []
    return [
        {"kind": "said", "label": "You thought of such a reply beforehand:", "text": Hers(cards.iloc[-1]["if_then"])}
    ]
