"""What the workbook adds to answers, or takes out of them, between the form and the journal."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from widgets.catalogue import Exercise
from widgets.readings.forecast import due_date
from widgets.readings.safety import Verdict, verdict

Answers = dict[str, Any]


def prepared(exercise: Exercise, answers: Answers, before: Mapping[str, Any] | None, today: dt.date) -> Answers:
    """The answers as they are kept: derived columns filled, details that must not be stored taken out.

    before: the answers of the revision these replace, None for a new entry.
    """
    if exercise.id == "safe-start":
        earlier = None
        if before is not None and before.get("route_closed") is not None:
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


def _span(weeks: str) -> dt.timedelta:
    return due_date(weeks, dt.date(2000, 1, 1)) - dt.date(2000, 1, 1)
