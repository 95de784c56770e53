"""Turns readings into what a page shows."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from widgets.catalogue import Exercise, Wording
from widgets.journal import Journal

from ..branches import is_core
from ..rules import rules_of
from . import going_on, his_terms, lonely_or_love, what_happened
from .blocks import Block, Hers, filled, plain

TITLE = "What your answers say"
Show = Callable[[Exercise, Journal, Wording, pd.Timestamp], tuple[list[Block], str]]
SHOWS: dict[str, Show] = {
    "safe-start": what_happened.safety,
    "timeline": what_happened.timeline,
    "boxes": what_happened.boxes,
    "sorted-thoughts": what_happened.thoughts,
    "forecast": what_happened.forecast,
    "friend-letter": what_happened.letter,
    "check-in": lonely_or_love.check_in,
    "pattern": lonely_or_love.pattern,
    "what-ifs": lonely_or_love.what_ifs,
    "needs": lonely_or_love.needs,
    "love-note": lonely_or_love.love_note,
    "audit": lonely_or_love.audit,
    "decision": lonely_or_love.decision,
    "premortem": lonely_or_love.premortem,
    "light": his_terms.light,
    "contact-log": his_terms.contact_log,
    "answer": his_terms.answer,
    "urge-pause": going_on.urges,
    "review-day": going_on.review,
    "letting-go": going_on.letting_go,
}
# A reading of its own exercise has that exercise's name, and is not here.
OF = {"what-ifs": "pattern", "light": "contact-log", "review-day": "decision"}
TITLES = {"light": "The light", "review-day": "The day for looking again"}
PAST = {"exercise": "check-in", "text": "Hidden while you check in, so that it does not lead your answers."}
LOOKS = {"exercise": "urge-pause", "text": "Hidden while you answer, so that it does not lead your answer."}
FRESH_FOR = {"light": 60}  # seconds: what is right in the evening is wrong at night, on a page left open
HIDDEN_WHILE = {"pattern": PAST, "what-ifs": PAST, "urge-pause": LOOKS}


def content(name: str, journal: Journal, wording: Wording) -> dict[str, Any]:
    """The panel of one reading as it stands now: title, blocks, and what it cannot tell."""
    exercise = journal.catalogue.exercise(OF.get(name, name))
    today = pd.Timestamp(journal.clock.now().date())
    is_offered = rules_of(exercise, journal).offered
    blocks, cannot_tell = SHOWS[name](exercise, journal, wording, today) if is_offered else ([], "")
    nothing_yet = [block["kind"] for block in blocks] == ["quiet"]
    if not blocks or (
        nothing_yet and not is_core(exercise, journal)
    ):  # a panel that says nothing would only be in the way
        return {"panel": False, "title": TITLE, "blocks": [], "cannot_tell": ""}
    title = TITLES.get(name, TITLE)
    shown: dict[str, Any] = filled({"title": title, "blocks": blocks, "cannot_tell": cannot_tell}, wording)
    shown |= {"hide_while": HIDDEN_WHILE[name]} if name in HIDDEN_WHILE else {}
    return shown | ({"fresh_for": FRESH_FOR[name]} if name in FRESH_FOR else {})


__all__ = ["OF", "SHOWS", "TITLES", "Block", "Hers", "content", "plain"]
