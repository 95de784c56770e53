"""The rules every exercise follows, and where an exercise may have its own."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from widgets.catalogue import Exercise
from widgets.journal import Entry, Journal
from widgets.readings.words import day

Answers = dict[str, Any]
Message = dict[str, Any]

DAY = "_day"  # in what the form sends: the day an entry is about, ISO
NOT_YET = "This day has not come yet. Choose today or earlier."


class Rules:
    """Exercises without rules of their own follow these."""

    def __init__(self, exercise: Exercise, journal: Journal) -> None:
        self.exercise = exercise
        self.journal = journal

    @property
    def today(self) -> dt.date:
        """Her local date."""
        return self.journal.clock.now().date()

    def arrange(self, spec: Message) -> Message:
        """What the form draws, as it is for this reader."""
        return spec

    def from_form(self, answers: Mapping[str, Any]) -> Answers:
        """What the form holds as answers to the declared items; DAY may stand beside them."""
        return dict(answers)

    def to_form(self, answers: Mapping[str, Any]) -> Answers:
        """The other way round."""
        return dict(answers)

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
        found = {}
        for item in self.exercise.items:
            if item.type != "date" or not answers.get(item.id):
                continue
            chosen = dt.date.fromisoformat(answers[item.id])
            if item.latest == "today" and chosen > self.today:
                found[item.id] = NOT_YET
            if item.from_today:
                first, last = (self.today + dt.timedelta(days=days) for days in item.from_today)
                if not first <= chosen <= last:
                    found[item.id] = f"Choose a day from {in_words(first)} to {in_words(last)}."
        return found

    def refusal(self, then: Mapping[str, Any], now: Mapping[str, Any]) -> str:
        """Why an earlier version of an entry may not stand again in place of the one of now; empty if it may."""
        return ""

    def not_kept(self, answers: Mapping[str, Any]) -> list[str]:
        """Items that were answered for once only; what she said of them is nowhere."""
        return [i.id for i in self.exercise.items if i.keep_if and answers.get(i.keep_if) is not True]

    def in_order(self, entries: list[Entry]) -> list[Entry]:
        """A list stands as she wrote it."""
        return entries

    def offer(self) -> Message | None:
        """Something that waits for a word of hers: `{"text", "button", "do", "entry_id"}`."""
        return None

    def confirmed(self, entry_id: str) -> Answers | None:
        """The answers that her word to an offer saves; None if the offer stands no longer."""
        return None

    def after_save(self) -> None:
        """What follows from a save."""


def in_words(date: dt.date) -> str:
    """ "Sunday 22 November", without a year: it is near."""
    return day(pd.Timestamp(date), pd.Timestamp(date))
