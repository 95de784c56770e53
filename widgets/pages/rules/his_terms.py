"""Rules of section 5: the contact log, reading an answer, review day, letting go."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from widgets.catalogue import Exercise
from widgets.journal import Entry, Tables

from ..branches import is_unsafe, way_now
from ..pace import review_now
from .base import Answers, Message, Rules, in_words

CONTACTS = "contacts"
LINE = "_line"  # in the form: the line of the log a reading is about
NEWEST = 5  # lines offered to be read
NO_LINE = "Choose the line of the log it is about. If it is not there yet, add it to the log first."
SEAL_DAYS = 90
MINUTE = len("2026-11-22T21:14")  # of a moment as text


class ContactLog(Rules):
    """Lines stand in order of time; one without a time is about now."""

    def prepared(self, answers: Answers, before: Mapping[str, Any] | None) -> Answers:
        known = (before or {}).get("when")
        when = (
            answers["when"] or known or self.journal.clock.now().astimezone(dt.UTC).isoformat(timespec="microseconds")
        )
        if (
            known and when[:MINUTE] == known[:MINUTE]
        ):  # the form shows minutes; two lines of one minute keep their order
            when = known
        return super().prepared(answers | {"when": when}, before)

    def in_order(self, entries: list[Entry]) -> list[Entry]:
        return sorted(entries, key=lambda entry: entry.answers["when"] or "")


class Answer(Rules):
    """A reading of a line in the log. What it says at its most cautious is what that line says from then on."""

    @classmethod
    def asks(cls, exercise: Exercise, tables: Tables) -> bool:
        return super().asks(exercise, tables) and not is_unsafe(tables)

    def arrange(self, spec: Message) -> Message:
        lines, items = self._lines(), spec["items"]
        if not lines:  # what came is not in the log: it can be written down, and nothing goes by it
            return spec | {"items": [item for item in items if item["id"] != "most_cautious_reading"]}
        kinds = self.journal.catalogue.exercise("contact-log").item("kind").choices
        choices = [[e.entry_id, f"{self._when(e)}: {kinds.get(e.answers['kind'], 'something')}"] for e in lines]
        ask = {"id": LINE, "type": "choice", "ask": "Which line of the log is it?", "short": "", "choices": choices}
        return spec | {"items": [items[0], ask, *items[1:]]}

    def from_form(self, answers: Mapping[str, Any]) -> Answers:
        own = {name: value for name, value in answers.items() if name != LINE}
        return own | {"contact": answers.get(LINE)}

    def to_form(self, answers: Mapping[str, Any]) -> Answers:
        own = {name: value for name, value in answers.items() if name != "contact"}
        return own | {LINE: answers.get("contact")}

    def faults(self, answers: Answers, others: Sequence[Mapping[str, Any]]) -> dict[str, str]:
        found = super().faults(answers, others)
        if answers["most_cautious_reading"] and answers["contact"] not in [line.entry_id for line in self._lines()]:
            found[LINE] = NO_LINE
        return found

    def after_save(self) -> tuple[str, ...]:
        """The line of the log takes over the newest reading of it; both stay in the line's history."""
        entries = self.journal.entries(self.exercise.table)
        newest = max(entries, key=lambda entry: entry.saved_utc)
        tone = newest.answers["most_cautious_reading"]
        line = next((e for e in self.journal.entries(CONTACTS) if e.entry_id == newest.answers["contact"]), None)
        if line is None or tone is None or line.answers["tone"] == tone:
            return ()
        self.journal.revise(line.entry_id, line.answers | {"tone": tone})
        return (CONTACTS,)

    def _lines(self) -> list[Entry]:
        """The newest lines from him, and those that were read before."""
        read = {entry.answers["contact"] for entry in self.journal.entries(self.exercise.table)}
        from_him = [e for e in self.journal.entries(CONTACTS) if e.answers["dir"] == "in"]
        in_time = sorted(from_him, key=lambda entry: entry.answers["when"] or "", reverse=True)
        return [e for place, e in enumerate(in_time) if place < NEWEST or e.entry_id in read]

    def _when(self, line: Entry) -> str:
        if not line.answers["when"]:
            return "no date"
        moment = dt.datetime.fromisoformat(line.answers["when"]).astimezone(self.journal.clock.now().tzinfo)
        return f"{in_words(moment.date())}, {moment:%H:%M}"


class Review(Rules):
    """Asked on the day for looking again, and not before it."""

    @classmethod
    def asks(cls, exercise: Exercise, tables: Tables) -> bool:
        coming = review_now(tables)
        return coming is not None and coming.is_due

    def arrange(self, spec: Message) -> Message:
        premortem = self.journal.table("premortem")
        if len(premortem) and premortem["early_sign"].notna().iloc[-1]:
            return spec
        return spec | {"items": [item for item in spec["items"] if item["id"] != "sign_seen"]}


class LettingGo(Rules):
    """What is put away stays away for 90 days, counted from the day she first said so."""

    def prepared(self, answers: Answers, before: Mapping[str, Any] | None) -> Answers:
        away = answers["photos"] == "put_away" or (answers["photos"] == "delete" and answers["put_away_first"] is True)
        day = (self.today + dt.timedelta(days=SEAL_DAYS)).isoformat()
        until = ((before or {}).get("put_away_until") or day) if away else None
        return super().prepared(answers | {"put_away_until": until}, before)


class Flaws(Rules):
    """For someone who lets go, whether the way to a message is open or not."""

    @classmethod
    def asks(cls, exercise: Exercise, tables: Tables) -> bool:
        return way_now(tables) == "let_go"
