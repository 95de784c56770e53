"""The rules every exercise follows, and where an exercise may have its own.

What a method takes and gives is said in `Rules`, once: a class of rules that has its own says more only where it does
something else.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from widgets.catalogue import Exercise, Item
from widgets.journal import Entry, Journal, Tables
from widgets.readings.words import day

from ..branches import is_offered, route

Answers = dict[str, Any]
Message = dict[str, Any]

DAY = "_day"  # in what the form sends: the day an entry is about, ISO
NOT_YET = "This day has not come yet. Choose today or earlier."
NOT_YET_NOW = "This has not come yet. Choose now or earlier."
A_MOMENT = dt.timedelta(minutes=2)  # two clocks need not agree to the second


class Rules:
    """Exercises without rules of their own follow these."""

    def __init__(self, exercise: Exercise, journal: Journal) -> None:
        self.exercise = exercise
        self.journal = journal

    @property
    def today(self) -> dt.date:
        """Her local date."""
        return self.journal.clock.now().date()

    holds_words = True  # of hers, which can be read also while it is not asked of her

    @classmethod
    def asks(cls, exercise: Exercise, tables: Tables) -> bool:
        """Whether an exercise with these rules is asked of this reader, now."""
        return is_offered(exercise, tables)

    @property
    def offered(self) -> bool:
        """The same of this exercise."""
        return self.asks(self.exercise, self.journal)

    def arrange(self, spec: Message) -> Message:
        """What the form draws, as it is for this reader."""
        return spec

    def from_form(self, answers: Mapping[str, Any]) -> Answers:
        """What the form holds as answers to the declared items; DAY may stand beside them. Moments are of her clock."""
        return dict(answers) | {name: self._aware(answers[name]) for name in self._moments(answers)}

    def to_form(self, answers: Mapping[str, Any]) -> Answers:
        """The other way round."""
        return dict(answers) | {name: self._on_her_clock(answers[name]) for name in self._moments(answers)}

    def taken_up(self, draft: Answers, begun: dt.date) -> tuple[Answers, str]:
        """Of what was begun on that day and not saved what may stand in the form now, and a sentence on it, or ""."""
        return draft, ""

    def day_of(self, answers: Answers) -> dt.date | None:
        """Take the day an entry is about out of the answers; None for today. Raises ValueError with a sentence."""
        chosen = answers.pop(DAY, None)
        if not chosen:
            return None
        date = dt.date.fromisoformat(chosen)
        if date > self.today:
            raise ValueError(NOT_YET)
        if (self.today - date).days > self.exercise.back:
            first = self.today - dt.timedelta(days=self.exercise.back)
            raise ValueError(f"This can be about {in_words(first)} or a later day. Choose one of these.")
        return None if date == self.today else date

    def prepared(self, answers: Answers, before: Mapping[str, Any] | None) -> Answers:
        """The answers as they are kept: derived columns filled, details that must not be stored taken out.

        before: the answers of the revision these replace, None for a new entry.
        """
        return {
            item.id: None if item.keep_if and answers.get(item.keep_if) is not True else answers.get(item.id)
            for item in self.exercise.items
        }

    def faults(self, answers: Answers, others: Sequence[Mapping[str, Any]]) -> dict[str, str]:
        """What depends on the day or on the other entries: item id -> one sentence. others: their answers."""
        timed = (item for item in self.exercise.items if item.type in ("date", "moment") and answers.get(item.id))
        found = {item.id: self._out_of_time(item, answers[item.id]) for item in timed}
        return {name: fault for name, fault in found.items() if fault}

    def _out_of_time(self, item: Item, answer: str) -> str:
        if item.type == "moment":
            is_ahead = dt.datetime.fromisoformat(answer) > self.journal.clock.now() + A_MOMENT
            return NOT_YET_NOW if item.latest and is_ahead else ""
        chosen = dt.date.fromisoformat(answer)
        if item.latest and chosen > self.today:
            return NOT_YET
        if item.from_today:
            first, last = (self.today + dt.timedelta(days=days) for days in item.from_today)
            if not first <= chosen <= last:
                return f"Choose a day from {in_words(first)} to {in_words(last)}."
        return ""

    def _moments(self, answers: Mapping[str, Any]) -> list[str]:
        return [item.id for item in self.exercise.items if item.type == "moment" and answers.get(item.id)]

    def _aware(self, answer: Any) -> Any:
        """A moment as the form has it, in her zone; what cannot be read stays, and is told when saving."""
        try:
            moment = dt.datetime.fromisoformat(answer)
        except (TypeError, ValueError):
            return answer
        return (moment if moment.tzinfo else moment.replace(tzinfo=self.journal.clock.now().tzinfo)).isoformat()

    def _on_her_clock(self, answer: str) -> str:
        moment = dt.datetime.fromisoformat(answer).astimezone(self.journal.clock.now().tzinfo)
        return moment.replace(tzinfo=None).isoformat(timespec="minutes")

    def refusal(self, then: Mapping[str, Any], now: Mapping[str, Any]) -> str:
        """Why an earlier version of an entry may not stand again in place of the one of now; empty if it may."""
        return ""

    def not_kept(self, answers: Mapping[str, Any]) -> list[str]:
        """Items that were answered for once only; what she said of them is nowhere."""
        return [i.id for i in self.exercise.items if i.keep_if and answers.get(i.keep_if) is not True]

    def whole(self, answers: Answers, before: Mapping[str, Any] | None) -> Answers:
        """What the form asked this time, with what it asked at earlier steps of the same entry."""
        return answers

    def entries(self, entries: list[Entry]) -> list[Entry]:
        """Of the entries of a series those the form knows: today's."""
        now = self.journal.clock.now()
        return [entry for entry in entries if entry.created_utc.astimezone(now.tzinfo).date() == now.date()]

    def again_in(self) -> float | None:
        """Seconds until the form has something else to ask, None for never."""
        return None

    def in_order(self, entries: list[Entry]) -> list[Entry]:
        """A list stands as she wrote it."""
        return entries

    def offer(self) -> Message | None:
        """Something that waits for a word of hers: `{"text", "button", "do", "entry_id"}`."""
        return None

    def confirmed(self, entry_id: str) -> Answers | None:
        """The answers that her word to an offer saves; None if the offer stands no longer."""
        return None

    def after_save(self) -> tuple[str, ...]:
        """Do what follows from a save; the other tables that forms and readings on the page have to follow."""
        return ()

    def closed(self, answers: Mapping[str, Any]) -> str:
        """The sentence that stands for an entry of which nothing is shown now; "" where it is shown."""
        return ""

    def note(self, answers: Mapping[str, Any]) -> str:
        """What is said of an entry beside its own words; "" where there is nothing to say."""
        return ""

    def asked_again(self, entry: Entry) -> dict[str, str]:
        """Questions to which her answer was not kept, because it was about something else: item id -> why."""
        return {}

    def further(self) -> Message:
        """What else the form is told of how things stand now."""
        return {}

    def follows(self, table: str) -> bool:
        """Whether the form is told anew after a change of this table."""
        return table == self.exercise.table

    def act(self, request: Message) -> Message:
        """What only some exercises can be asked for, by the request's `do`. In the answer: `changed`, where something
        is other than it was; `entry_id`, of an entry that was saved.
        """
        if request["do"] == "look":  # an hour has come or gone
            return {"changed": True}
        raise LookupError(f"{self.exercise.id} knows no {request['do']}")


class NotWhileClosed(Rules):
    """What leads to him, and no list of branches can keep from those to whom 1.1 closes the way without keeping it from
    those who have not answered 1.1.
    """

    @classmethod
    def asks(cls, exercise: Exercise, tables: Tables) -> bool:
        return super().asks(exercise, tables) and route(tables) != "closed"


def in_words(date: dt.date) -> str:
    """ "Sunday 22 November", without a year: it is near."""
    return day(pd.Timestamp(date), pd.Timestamp(date))
