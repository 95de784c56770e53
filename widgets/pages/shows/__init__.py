"""Turns readings into what a page shows."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from widgets.catalogue import Exercise, Wording
from widgets.journal import Tables

from ..branches import is_core
from ..rules import is_asked
from ..rules.pattern import read
from . import going_on, his_terms, lonely_or_love, look_back, say_it_once, share, show_it, what_happened
from .blocks import Block, Hers, Shown, filled, plain

TITLE = "What your answers say"
Show = Callable[[Exercise, Tables, Wording, pd.Timestamp], Shown]
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
    "before-message": say_it_once.before_message,
    "the-pull": say_it_once.the_pull,
    "steadiness": say_it_once.steadiness,
    "gate": say_it_once.gate,
    "lessons": show_it.lessons,
    "plans": show_it.plans,
    "practice": show_it.practice,
    "friend-motive": show_it.friend_motive,
    "about-him": show_it.about_him,
    "self-parts": show_it.self_parts,
    "weeks": look_back.weeks,
    "contact-mood": look_back.contact_mood,
    "choices": look_back.choices,
    "guesses": look_back.guesses,
    "light": his_terms.light,
    "contact-log": his_terms.contact_log,
    "answer": his_terms.answer,
    "urge-pause": going_on.urges,
    "review-day": going_on.review,
    "letting-go": going_on.letting_go,
    "share": share.shares,
}
OF = {  # a reading of its own exercise has that exercise's name, and is not here
    "pattern": "check-in",
    "what-ifs": "pattern",
    "before-message": "unsent-letter",
    "the-pull": "urge-pause",
    "light": "contact-log",
    "review-day": "decision",
    "weeks": "check-in",
    "contact-mood": "contact-log",
    "choices": "decision",
    "guesses": "forecast",
}
AT_HOME = ("weeks", "choices", "guesses")  # on the page for looking back, where no exercise stands above them
TITLES = {  # of readings that do not say what her answers say
    "gate": "How things stand",
    "light": "The light",
    "review-day": "The day for looking again",
    "contact-mood": "Days of contact",
    "share": "Saved so far",
}
BARE = {"before-message", "the-pull"}  # stand on the page as they are, without a panel around them
PAST = {"exercise": "check-in", "text": "Hidden while you check in, so that it does not lead your answers."}
WRITING = {"exercise": "message", "text": "You are changing the message. Once it is saved, this looks at it again."}
LOOKS = {"exercise": "urge-pause", "text": "Hidden while you answer, so that it does not lead your answer."}
FRESH_FOR = {"light": 60}  # seconds: what is right in the evening is wrong at night, on a page left open
HIDDEN_WHILE = {"gate": WRITING, "pattern": PAST, "what-ifs": PAST, "urge-pause": LOOKS}


def content(name: str, journal: Tables, wording: Wording) -> dict[str, Any]:
    """The panel of one reading as it stands now: title, blocks, and what it cannot tell."""
    exercise = journal.catalogue.exercise(OF.get(name, name))
    today = pd.Timestamp(journal.clock.now().date())
    blocks, cannot_tell = SHOWS[name](exercise, journal, wording, today) if is_asked(exercise, journal) else ([], "")
    nothing_yet = [block["kind"] for block in blocks] == ["quiet"]
    is_wanted = is_core(exercise, journal) or name in AT_HOME
    if not blocks or (nothing_yet and not is_wanted):  # a panel that says nothing would only be in the way
        return {"panel": False, "title": TITLE, "blocks": [], "cannot_tell": ""}
    title = TITLES.get(name, TITLE)
    shown: dict[str, Any] = filled({"title": title, "blocks": blocks, "cannot_tell": cannot_tell}, wording)
    shown["panel"] = name not in BARE
    shown |= {"hide_while": HIDDEN_WHILE[name]} if name in HIDDEN_WHILE else {}
    return shown | ({"fresh_for": FRESH_FOR[name]} if name in FRESH_FOR else {})


def work_ahead(name: str, journal: Tables) -> None:
    """Do what takes long with years of check-ins when the page is made: that may be before she opens it."""
    if name == "pattern":
        for driver in ("lonely", "fear_single"):
            read(journal, driver=driver)


__all__ = ["OF", "SHOWS", "TITLES", "Block", "Hers", "content", "plain", "work_ahead"]
