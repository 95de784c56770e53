"""What the workbook adds to answers, or takes out of them, between the form and the journal."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from widgets.catalogue import Exercise
from widgets.journal import Entry
from widgets.readings.forecast import due_date
from widgets.readings.safety import Verdict, verdict
from widgets.readings.timeline import place_on_its_day

Answers = dict[str, Any]


def prepared(exercise: Exercise, answers: Answers, before: Mapping[str, Any] | None, today: dt.date) -> Answers:
    """The answers as they are kept: derived columns filled, details that must not be stored taken out.

    before: the answers of the revision these replace, None for a new entry.
    """
    if exercise.id == "safe-start":
        earlier = None
        newly_under_18 = answers["under_18"] and not (before and before.get("under_18"))
        if before is not None and before.get("route_closed") is not None and not newly_under_18:
            earlier = Verdict(bool(before["route_closed"]), before.get("route_reason"))
        found = verdict(answers, earlier)
        answers = answers | {"route_closed": found.closed, "route_reason": found.reason}
    if exercise.id == "forecast":
        made = dt.date.fromisoformat(before["due_date"]) - _span(before["weeks"]) if before else today
        answers = answers | {"due_date": due_date(answers["weeks"], made).isoformat()}
    return {
        item.id: None if item.keep_if and answers.get(item.keep_if) is not True else answers.get(item.id)
        for item in exercise.items
    }


NOT_YET = "This day has not come yet. Choose today or earlier."
GUESSED = "There is a guess for this day already. Edit that one, or choose another time."


def not_now(
    exercise: Exercise, answers: Answers, others: Sequence[Mapping[str, Any]], today: dt.date
) -> dict[str, str]:
    """Faults that depend on the day or on the other entries: item id -> one sentence. `others`: their answers."""
    faults = {
        item.id: NOT_YET
        for item in exercise.items
        if item.latest == "today" and answers.get(item.id) and dt.date.fromisoformat(answers[item.id]) > today
    }
    if exercise.id == "forecast" and any(other["due_date"] == answers["due_date"] for other in others):
        faults["weeks"] = GUESSED
    return faults


def _by_time(entry: Entry) -> tuple[bool, str, int]:
    when = entry.answers["when"]
    return when is None, when or "", place_on_its_day(entry.answers["when_is"])


ORDERS: dict[str, Callable[[Entry], Any]] = {"timeline": _by_time}  # a list stands as she wrote it, unless it is here


def _span(weeks: str) -> dt.timedelta:
    return due_date(weeks, dt.date(2000, 1, 1)) - dt.date(2000, 1, 1)
