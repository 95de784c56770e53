"""What is hidden of an entry before it leaves: names, his words, notes and real dates; and what is said of it."""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from widgets.catalogue import Exercise, Item
from widgets.journal import Entry
from widgets.readings.local_time import zone_named
from widgets.readings.words import count

from .dates import moved
from .names import Names
from .redact import find, redact_and_tell
from .sentences import plain, without_his_words

HIS_WORDS, NOTES, REAL_DATES = "his_words", "notes", "real_dates"  # what she may let in
ASKED_ALL_THE_SAME = ("own_answers",)  # her own scales: the form adds them, so that they are declared as derived
ALWAYS = (
    "Hours and minutes, your time zone, earlier versions, drafts, what you withdrew, and what the pages work out for "
    "themselves."
)


class Hiding:
    """Makes of an entry what may leave, and counts what stays."""

    def __init__(self, names: Names, days: int, let_in: frozenset[str]) -> None:
        """days: how far dates are moved; let_in: what would be held back without it."""
        self._names = names
        self._by = dt.timedelta(days=days)
        self._let_in = let_in
        self._held_back = {HIS_WORDS: 0, NOTES: 0}
        self._quotes = 0
        self.aliases: dict[str, None] = {}

    def shown(self, exercise: Exercise) -> Iterator[Item]:
        """The questions that the file has: not what is worked out, nor whether an answer shall be kept."""
        about_keeping = {item.keep_if for item in exercise.items}
        for item in exercise.items:
            if item.table in ASKED_ALL_THE_SAME:
                yield item.model_copy(update={"items": tuple(inner for inner in item.items if not inner.derived)})
            elif not item.derived and item.id not in about_keeping and not self._holds_back(item):
                yield item

    def _holds_back(self, item: Item) -> bool:
        return item.held_back is not None and item.held_back not in self._let_in

    def entry(self, entry: Entry, exercise: Exercise) -> Entry:
        """The entry with its days moved, its texts hidden and what is held back taken out."""
        return replace(
            entry,
            answers=self._answers(entry.answers, exercise.items, entry),
            created_utc=entry.created_utc + self._by,
            saved_utc=entry.saved_utc + self._by,
            local_date=entry.local_date + self._by,
        )

    def _answers(self, answers: Mapping[str, Any], items: tuple[Item, ...], entry: Entry) -> dict[str, Any]:
        return {item.id: self._answer(item, answers.get(item.id), entry) for item in items}

    def _answer(self, item: Item, value: Any, entry: Entry) -> Any:
        if value is None:
            return None
        if self._holds_back(item):
            assert item.held_back is not None
            self._held_back[item.held_back] += 1
            return None
        if item.type == "rows":
            return [self._answers(row, item.items, entry) for row in value]
        if item.is_text:
            return self.text(value, entry.local_date)
        if item.type not in ("date", "moment"):
            return value
        with suppress(OverflowError):  # a year before any calendar is nobody's day
            if item.type == "date":
                return (dt.date.fromisoformat(value) + self._by).isoformat()
            there = zone_named(entry.tz) or dt.UTC  # a moment's day is the one it was where she wrote it
            return (dt.datetime.fromisoformat(value).astimezone(there) + self._by).isoformat()
        return None

    def text(self, text: str, near: dt.date) -> str:
        """Her words as they may leave."""
        text = plain(text)
        if HIS_WORDS not in self._let_in:
            names = self._names
            text, quotes = without_his_words(text, lambda around: bool(find(around, names.names, names.aliases)))
            self._quotes += quotes
        text, aliases = redact_and_tell(text, self._names.names, self._names.aliases)
        self.aliases |= aliases
        return moved(text, self._by.days, near)  # last: a number or a name is not taken for a date

    def left_out(self) -> Iterator[str]:
        """What was held back, in sentences."""
        his = self._held_back[HIS_WORDS]
        if his:
            yield f"{count(his, 'answer', 'answers')} with what {{he}} said, in {{his}} words."
        if self._quotes:
            where = "passage" if self._quotes == 1 else "passages"
            yield f"{self._quotes} {where} in quotation marks that may be {{his}} words."
        if notes := self._held_back[NOTES]:
            yield f"{count(notes, 'note', 'notes')} of your check-ins."
        if self._by:
            yield "The real dates: all days are moved together by a number of weeks that is written nowhere."
        yield ALWAYS
