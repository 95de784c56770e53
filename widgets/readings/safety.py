"""1.1 Safe start: which ways are open, and what may be said about why. Rules: the catalogue of exercises, 1.1."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .words import day

HARM = ("controlled", "physical", "rather_not_say")
STANDING = ("no_contact", "blocked", "legal_order")  # wishes that close the way for good, as he said or did them
ASKED_OF_ALL = ("fear_of_him", "was_hurt", "can_say_no", "i_hurt_or_controlled")


@dataclass(frozen=True)
class Verdict:
    """What is stored of a safe start. `reason`: a code that others may see, or None where the reason stays unsaid."""

    closed: bool
    reason: str | None


def verdict(answers: Mapping[str, Any], before: Verdict | None = None) -> Verdict:
    """Judge one set of answers (codes, bools, None), the details included.

    One unsafe answer closes. A detail left unanswered closes too, for nobody can say that it is safe; only where an
    earlier verdict is there does that one stand for it: the detail was answered then, and not kept.
    """
    if _unsafe(answers):
        return Verdict(True, None)
    if not _complete(answers) and (before is None or (before.closed and before.reason is None)):
        return Verdict(True, None)
    wish = answers.get("contact_wish")
    return Verdict(wish is None or wish in STANDING, wish if wish in STANDING else None)


def _unsafe(answers: Mapping[str, Any]) -> bool:
    if answers.get("fear_of_him") == "yes" or answers.get("can_say_no") in ("no", "not_sure"):
        return True
    if answers.get("was_hurt") in HARM or answers.get("i_hurt_or_controlled") in HARM:
        return True
    return bool(answers.get("under_18")) and answers.get("he_is_adult") in ("yes", "rather_not_say")


def _complete(answers: Mapping[str, Any]) -> bool:
    asked = (*ASKED_OF_ALL, "he_is_adult") if answers.get("under_18") else ASKED_OF_ALL
    return all(answers.get(detail) is not None for detail in asked)


@dataclass(frozen=True)
class Routes:
    """`state`: unanswered | closed | space | open; `sentences` say it; `stays_open` says what is untouched."""

    state: str
    until: pd.Timestamp | None
    sentences: tuple[str, ...]
    stays_open: str


def was_only_hurt(safety: pd.DataFrame) -> bool:
    """True where she kept that she was hurt or controlled, and that she did neither: then no lesson is hers to draw.

    safety: `was_hurt`, `i_hurt_or_controlled` (codes; NA where she did not keep them), newest row last.
    """
    if safety.empty:
        return False
    row = safety.iloc[-1]
    hurt, did = ("" if pd.isna(row[column]) else str(row[column]) for column in ("was_hurt", "i_hurt_or_controlled"))
    return hurt in ("controlled", "physical") and did == "no"


def is_closed_for_safety(safety: pd.DataFrame) -> bool:
    """True where the way is closed and the reason stays unsaid: hurt by him, or by her, or not answered.

    safety: `route_closed` (boolean), `route_reason` (code; NA where it stays unsaid), newest row last.
    """
    if safety.empty:
        return False
    row = safety.iloc[-1]
    return not pd.isna(row["route_closed"]) and bool(row["route_closed"]) and bool(pd.isna(row["route_reason"]))


STAYS_OPEN = (  # what no answer and no choice takes away
    "Everything that is for you alone stays open: what happened, loneliness and love, letters that are not sent, "
    "letting go."
)
NOT_OFFERED = "A message to {him} is closed here, and trying again is not among the choices."
ONLY_HE = "It stays closed unless {he} {starts|start} {himself}, with interest."
WHATEVER_HE_DOES = "It stays closed, whatever {he} {does|do}."
FROM_THE_QUESTIONS = (
    "This follows from the questions about safety, answered or skipped; which of them it was is not said here, and is "
    "written down only if you asked for that."
)
ANSWER_AGAIN = "If you skipped some, you can answer all of them again."
REASONS = {
    "no_contact": f"{NOT_OFFERED} {{He}} asked for no contact. {ONLY_HE}",
    "blocked": f"{NOT_OFFERED} {{He}} blocked you. {ONLY_HE}",
    "legal_order": f"{NOT_OFFERED} There is an order. {WHATEVER_HE_DOES}",
    None: f"{NOT_OFFERED} {FROM_THE_QUESTIONS} {ANSWER_AGAIN}",
}
IF_HURT = (
    "If you were hurt, or are afraid: missing someone who hurt you is common, and it is not a reason to go back. "
    "Help lists people who know about this."
)
IF_YOU_HURT = (
    "If you hurt or controlled {him}: there is help for changing that, under Help. If you were defending yourself, "
    "this part is not about you."
)
UNDER_18 = "An adult you trust can stand by you. You need not say who {he} {is|are}."
UNANSWERED = "Not answered yet. Until it is, a message to {him} stays closed here. Nothing else waits for it."
PARTLY = "A message to {him} is closed here for now. The question of what {he} said about contact has no answer yet."
OPEN = (
    "Nothing in these answers closes a page. That does not make a message right or wise. If a part of you is uneasy "
    "about {him}, that is an answer too."
)
SPACE = "A message to {him} waits. {He} asked for space and named no day. It waits until {he} {writes|write}."


def routes(safety: pd.DataFrame, today: pd.Timestamp) -> Routes:
    """Say which ways the newest row opens and closes.

    safety: `contact_wish` (code), `space_until` (datetime64), `under_18`, `route_closed` (boolean), `route_reason`
    (code); NA anywhere, newest row last. today: her local date.
    """
    if safety.empty:
        return Routes("unanswered", None, (UNANSWERED,), STAYS_OPEN)
    row = safety.iloc[-1]
    state, until, said = _state(row, today)
    young = (UNDER_18,) if not pd.isna(row["under_18"]) and row["under_18"] else ()
    return Routes(state, until, (*said, *young), STAYS_OPEN)


def _state(row: pd.Series, today: pd.Timestamp) -> tuple[str, pd.Timestamp | None, tuple[str, ...]]:
    if pd.isna(row["route_closed"]) or row["route_closed"]:
        return "closed", None, _closed(row)
    until = row["space_until"]
    if row["contact_wish"] != "asked_for_space":
        return "open", None, (OPEN,)
    if pd.isna(until):
        return "space", None, (SPACE,)
    asked = f"{{He}} asked for space until {day(until, today)}."
    if until <= today:
        return "open", until, (f"{asked} That day has come. Nothing else in these answers closes a page.",)
    return "space", until, (f"A message to {{him}} waits. {asked}",)


def _closed(row: pd.Series) -> tuple[str, ...]:
    if not pd.isna(row["route_reason"]):
        return (REASONS[str(row["route_reason"])],)
    return (PARTLY if pd.isna(row["contact_wish"]) else REASONS[None], IF_HURT, IF_YOU_HURT)
