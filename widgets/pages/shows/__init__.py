"""Turns readings into what a page shows."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from widgets.catalogue import Exercise, Wording
from widgets.journal import Journal

from . import lonely_or_love, share, what_happened
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
    "share": share.shares,
}
OF = {"what-ifs": "pattern"}  # a reading of its own exercise has that exercise's name, and is not here
TITLES = {"share": "Saved so far"}  # of readings that tell what was done
PAST = {"exercise": "check-in", "text": "Hidden while you check in, so that it does not lead your answers."}
HIDDEN_WHILE = {"pattern": PAST, "what-ifs": PAST}


def content(name: str, journal: Journal, wording: Wording) -> dict[str, Any]:
    """The panel of one reading as it stands now: title, blocks, and what it cannot tell."""
    exercise = journal.catalogue.exercise(OF.get(name, name))
    today = pd.Timestamp(journal.clock.now().date())
    title = TITLES.get(name, TITLE)
    blocks, cannot_tell = SHOWS[name](exercise, journal, wording, today)
    nothing_yet = [block["kind"] for block in blocks] == ["quiet"]
    if not blocks or (nothing_yet and not exercise.core):  # a panel that says nothing would only be in the way
        return {"panel": False, "title": title, "blocks": [], "cannot_tell": ""}
    shown: dict[str, Any] = filled({"title": title, "blocks": blocks, "cannot_tell": cannot_tell}, wording)
    return shown | ({"hide_while": HIDDEN_WHILE[name]} if name in HIDDEN_WHILE else {})


__all__ = ["SHOWS", "Block", "Hers", "content", "plain"]
