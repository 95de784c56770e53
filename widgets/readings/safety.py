"""1.1 Safe start: which ways are open, and what may be said about why. Rules: the catalogue of exercises, 1.1."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .words import day

DETAILS = ("fear_of_him", "was_hurt", "can_say_no", "i_hurt_or_controlled", "he_is_adult")
HARM = ("controlled", "physical", "rather_not_say")
STANDING = ("no_contact", "blocked", "legal_order")   # wishes that close the way for good, as he said or did them
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
    """What is open. `state`: unanswered | closed | space | open; `sentences` say it, `stays_open` what is untouched."""

    state: str
    until: pd.Timestamp | None
    sentences: tuple[str, ...]
    stays_open: str


STAYS_OPEN = (
    "Everything that is for you alone stays open: what happened, loneliness and love, what you learned, letters that are "
    "not sent, letting go."
)
REASONS = {
    "no_contact": "A message to {him} is closed here. {He} asked for no contact. It stays closed unless {he} {writes|write} first, of {his} own accord.",
    "blocked": "A message to {him} is closed here. {He} blocked you. It stays closed unless {he} {writes|write} first, of {his} own accord.",
    "legal_order": "A message to {him} is closed here. There is an order. It stays closed, whatever {he} {does|do}.",
    None: "A message to {him} is closed here, and trying again is not among the choices. Which answer closes it is not written down.",
}
IF_HURT = (
    "If you were hurt, or are afraid: missing someone who hurt you is common, and it is not a reason to go back. Help "
    "lists people who know about this."
)
IF_YOU_HURT = (
    "If you hurt or controlled {him}: there is help for changing that, under Help. If you were defending yourself, this "
    "part is not about you."
)
UNDER_18 = "An adult you trust can stand by you. You need not say who {he} {is|are}."


def routes(safety: pd.DataFrame, today: pd.Timestamp) -> Routes:
    """Say which ways the newest row opens and closes.

    safety: `contact_wish` (code), `space_until` (datetime64), `under_18`, `route_closed` (boolean), `route_reason` (code);
    NA anywhere, newest row last. today: her local date.
    """
    if safety.empty:
        return Routes("unanswered", None, (
            "Not answered yet. Until it is, a message to {him} stays closed here. Nothing else waits for it.",), STAYS_OPEN)
    row = safety.iloc[-1]
    young = (UNDER_18,) if _true(row.get("under_18")) else ()
    if pd.isna(row["route_closed"]) or row["route_closed"]:
        reason = None if pd.isna(row.get("route_reason")) else str(row["route_reason"])
        if reason is None and pd.isna(row["contact_wish"]):
            first = "A message to {him} is closed here for now. Part of the first questions is unanswered."
        else:
            first = REASONS[reason]
        return Routes("closed", None, (first, *((IF_HURT, IF_YOU_HURT) if reason is None else ()), *young), STAYS_OPEN)
    if row["contact_wish"] == "asked_for_space":
        return _space(row.get("space_until"), today, young)
    return Routes("open", None, (
        "Nothing in these answers closes a page. That does not make a message right or wise; it means that nothing you "
        "said here speaks against writing one, later, on a steady day.", *young), STAYS_OPEN)


def _space(until: Any, today: pd.Timestamp, young: tuple[str, ...]) -> Routes:
    if pd.isna(until):
        return Routes("space", None, (
            "A message to {him} waits. {He} asked for space and named no day. It waits until {he} {writes|write}.", *young),
            STAYS_OPEN)
    if until <= today:
        return Routes("open", until, (
            f"{{He}} asked for space until {day(until, today)}. That day has come. Nothing else in these answers closes a "
            "page.", *young), STAYS_OPEN)
    return Routes("space", until, (
        f"A message to {{him}} waits. {{He}} asked for space until {day(until, today)}.", *young), STAYS_OPEN)


def _true(value: Any) -> bool:
    return not pd.isna(value) and bool(value)
