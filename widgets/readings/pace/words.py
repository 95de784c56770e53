"""The light in words: the state, the fact, and what would change it. No count of days, no score, no odds (R10)."""

from collections.abc import Callable

import pandas as pd

from ..local_time import said
from ..safety import ANSWER_AGAIN, FROM_THE_QUESTIONS, ONLY_HE, WHATEVER_HE_DOES
from ..words import day
from .contacts import Contact
from .facts import Facts
from .limits import Limits

NOTHING_AGAINST = "Nothing in your rules speaks against it. That is all this says."
WISHES = {
    "no_contact": f"Closed. {{He}} asked for no contact. {ONLY_HE}",
    "blocked": f"Closed. {{He}} blocked you. {ONLY_HE}",
    "legal_order": f"Closed. There is an order. {WHATEVER_HE_DOES} What is necessary goes only as the order allows.",
}
UNANSWERED_START = "Closed. The questions of the safe start have no answer yet. Once they do, this is looked at again."
UNSAFE = f"Closed. {FROM_THE_QUESTIONS} {WHATEVER_HE_DOES} {ANSWER_AGAIN}"
NOTES = {
    "R3": "A small push is sometimes followed by a reunion. This rule does not say that holding back works better. It "
    "is here because {he} {has|have} not agreed to more.",
}


def sentence_of(rule: str | None, until: pd.Timestamp | None, f: Facts, now: pd.Timestamp) -> str:
    """Sentences for the rule that a light names; they may hold {he} and the like."""
    return NOTHING_AGAINST if rule is None else _WORDS[rule](f, until, now)


def _wish(f: Facts, until: pd.Timestamp | None, now: pd.Timestamp) -> str:
    start = f.safe_start
    if not start.answered:
        return UNANSWERED_START
    return UNSAFE if start.unsafe or start.wish not in WISHES else WISHES[start.wish]


def _space(f: Facts, until: pd.Timestamp | None, now: pd.Timestamp) -> str:
    date = f.safe_start.space_until
    if date is None:
        return f"Closed. {{He}} asked for space and named no day. {ONLY_HE}"
    return (
        f"Closed. {{He}} asked for space until {day(pd.Timestamp(date), now)}. It stays closed until that day has come."
    )


def _unanswered(f: Facts, until: pd.Timestamp | None, now: pd.Timestamp) -> str:
    if not f.unanswered:
        return "Closed. Your own rules leave you only a reply, and there is no message from {him} to reply to."
    return _has_no_answer(f.unanswered[-1], now)


def _opener(f: Facts, until: pd.Timestamp | None, now: pd.Timestamp) -> str:
    assert f.opener
    return _has_no_answer(f.opener, now)


def _has_no_answer(contact: Contact, now: pd.Timestamp) -> str:
    on = _day(contact.when, now)
    return f"Closed. What came from you on {on} has no answer. It stays closed until {{he}} {{answers|answer}}."


def _closing(f: Facts, until: pd.Timestamp | None, now: pd.Timestamp) -> str:
    sign = f.closing
    assert sign
    on = _day(sign.logged or sign.when, now)
    what = f"On {on} you logged a no from {{him}}."
    if sign.tone == "neutral":
        what = f"On {on} you logged a second message in a row that was polite and no more. That counts as a no here."
    if sign.strict_until:
        what += f" You have put it more mildly since; until {said(sign.strict_until, now)} the stricter reading counts."
    return f"Closed. {what} {ONLY_HE}"


def _replies(f: Facts, until: pd.Timestamp | None, now: pd.Timestamp) -> str:
    if until is None or f.times_he_started < f.limits.his_starts:
        times = "twice" if f.limits.his_starts == 2 else f"{f.limits.his_starts:g} times"
        return (
            "Wait until {he} {writes|write}. There is no welcoming message from {him} to reply to, and nothing new "
            f"starts from your side before {{he}} {{has|have}} started {times} {{himself}}."
        )
    return f"Wait until {said(until, now)}. You started as often as your rules allow within seven days."


def _who_starts(f: Facts, until: pd.Timestamp | None, now: pd.Timestamp) -> str:
    when = f"until {said(until, now)}" if until else "until {he} {writes|write}"
    changes = "It also changes when {he} {starts|start}."
    return f"Wait {when}. In the last four weeks it was mostly you who started. {changes}"


def _quiet(f: Facts, until: pd.Timestamp | None, now: pd.Timestamp) -> str:
    reasons = []
    if f.sober_from:
        reasons.append("A check-in mentioned alcohol.")
    if not f.reply_is_due:
        if f.edited and f.edit_rests_until and f.edit_rests_until > f.now:
            rests = "a day" if f.limits.edit_hours == Limits.edit_hours else "as long as you set"
            reasons.append(f"The message was last changed on {said(f.edited, now)}, and rests for {rests}.")
        if f.zones.quiet_until(f.now, f.limits.quiet_from, f.limits.quiet_to):
            reasons.append("Nothing new starts at night.")
    waits = f.edited or f.reply_is_due  # where nothing is written an hour would read as an appointment
    when = f" until {said(until, now)}" if until and waits else ""
    return f"Wait{when}. {' '.join(reasons)}"


def _no_start(f: Facts, until: pd.Timestamp | None, now: pd.Timestamp) -> str:
    assert f.opener
    on = _day(f.opener.when, now)
    return (
        f"Closed. Since what came from you on {on}, {{he}} {{has|have}} not started {{himself}}. It stays closed until "
        "you have decided again: the day for looking again has come."
    )


def _day(at: pd.Timestamp, now: pd.Timestamp) -> str:
    return day(at.tz_convert(now.tzinfo), now)


_WORDS: dict[str, Callable[[Facts, pd.Timestamp | None, pd.Timestamp], str]] = {
    "R1": _wish,
    "R2": _space,
    "R3": _unanswered,
    "R4": _opener,
    "R5": _closing,
    "R6": _replies,
    "R7": _who_starts,
    "R8": _quiet,
    "R9": _no_start,
}
