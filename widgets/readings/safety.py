"""1.1 Safe start: which ways are open, and what may be said about why. Rules: the catalogue of exercises, 1.1."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .words import day

DETAILS = ("fear_of_him", "was_hurt", "can_say_no", "i_hurt_or_controlled", "he_is_adult")
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

    Any detail left unanswered closes, for nobody can say that it is safe. Only where no detail at all is answered, and
    an earlier verdict is there, the earlier answers still stand: they were given, and then not kept.
    """
    unsafe = _details_close(answers)
    if before is not None and all(answers.get(d) is None for d in DETAILS):
        unsafe = before.closed and before.reason is None
    wish = answers.get("contact_wish")
    if unsafe:
        return Verdict(True, None)
    if wish in STANDING:
        return Verdict(True, wish)
    return Verdict(wish is None, None)


def _details_close(answers: Mapping[str, Any]) -> bool:
    if any(answers.get(detail) is None for detail in ASKED_OF_ALL):
        return True
    if answers["fear_of_him"] == "yes" or answers["can_say_no"] != "yes":
        return True
    if answers["was_hurt"] in HARM or answers["i_hurt_or_controlled"] in HARM:
        return True
    return bool(answers.get("under_18")) and answers.get("he_is_adult") != "no"


@dataclass(frozen=True)
class Routes:
    """`state`: unanswered | closed | space | open; `sentences` say it; `stays_open` says what is untouched."""

    state: str
    until: pd.Timestamp | None
    sentences: tuple[str, ...]
    stays_open: str


STAYS_OPEN = (
    "Everything that is for you alone stays open: what happened, loneliness and love, what you learned, letters "
    "that are not sent, letting go."
)
ONLY_HE = "It stays closed unless {he} {writes|write} first, of {his} own accord."
REASONS = {
    "no_contact": f"A message to {{him}} is closed here. {{He}} asked for no contact. {ONLY_HE}",
    "blocked": f"A message to {{him}} is closed here. {{He}} blocked you. {ONLY_HE}",
    "legal_order": "A message to {him} is closed here. There is an order. It stays closed, whatever {he} {does|do}.",
    None: "A message to {him} is closed here, and trying again is not among the choices. Which answer closes it is not "
    "written down.",
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
PARTLY = "A message to {him} is closed here for now. Part of the first questions is unanswered."
OPEN = (
    "Nothing in these answers closes a page. That does not make a message right or wise; it means that nothing you "
    "said here speaks against writing one, later, on a steady day."
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
