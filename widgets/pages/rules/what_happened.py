"""Rules of Start and of section 1."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from widgets.journal import Entry
from widgets.readings.forecast import due_date
from widgets.readings.safety import Verdict, verdict
from widgets.readings.timeline import place_on_its_day

from .base import Answers, Rules

ANEW = "What is open follows from these answers together. They can be read here, and given again on Start."
GUESSED = "There is a guess for this day already. Edit that one, or choose another time."


class SafeStart(Rules):
    """Judged once; of the details only what she wants kept is stored."""

    def prepared(self, answers: Answers, before: Mapping[str, Any] | None) -> Answers:
        earlier = None
        newly_under_18 = answers["under_18"] and not (before and before.get("under_18"))
        if before is not None and before.get("route_closed") is not None and not newly_under_18:
            earlier = Verdict(bool(before["route_closed"]), before.get("route_reason"))
        found = verdict(answers, earlier)
        return super().prepared(answers | {"route_closed": found.closed, "route_reason": found.reason}, before)

    def refusal(self, then: Mapping[str, Any], now: Mapping[str, Any]) -> str:
        return ANEW


class Timeline(Rules):
    """Its lines stand in order of time."""

    def in_order(self, entries: list[Entry]) -> list[Entry]:
        return sorted(entries, key=_by_time)


class Forecast(Rules):
    """A guess is for one day, counted from when it was made."""

    def prepared(self, answers: Answers, before: Mapping[str, Any] | None) -> Answers:
        made = dt.date.fromisoformat(before["due_date"]) - _span(before["weeks"]) if before else self.today
        return super().prepared(answers | {"due_date": due_date(answers["weeks"], made).isoformat()}, before)

    def faults(self, answers: Answers, others: Sequence[Mapping[str, Any]]) -> dict[str, str]:
        found = super().faults(answers, others)
        if any(other["due_date"] == answers["due_date"] for other in others):
            found["weeks"] = GUESSED
        return found


def _by_time(entry: Entry) -> tuple[bool, str, int]:
    when = entry.answers["when"]
    return when is None, when or "", place_on_its_day(entry.answers["when_is"])


def _span(weeks: str) -> dt.timedelta:
    return due_date(weeks, dt.date(2000, 1, 1)) - dt.date(2000, 1, 1)
