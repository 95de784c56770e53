"""What is shared: the entries she chose, without what is to be left out, and the tables a reading of them goes by."""

import datetime as dt
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import pandas as pd

from widgets.catalogue import Catalogue, Exercise, Item
from widgets.journal import Clock, Entry, Journal, frame_of
from widgets.journal.narrow import UNTIL, part
from widgets.readings.local_time import zone_named
from widgets.readings.words import count

from .answers import is_told
from .dates import moved
from .names import Names
from .redact import find, redact_and_tell
from .sentences import plain, without_his_words

T = TypeVar("T")
HIS_WORDS, NOTES, REAL_DATES = "his_words", "notes", "real_dates"
NEVER = ("reader", "aliases", "shares", "pattern_runs", "own_scales")  # tables about the pages, not about her
ASKED_ALL_THE_SAME = ("own_answers",)  # her own scales: the form adds them, so that they are declared as derived
ALWAYS = (
    "Hours and minutes, your time zone, earlier versions, drafts, what you withdrew, and what the pages work out for "
    "themselves."
)


@dataclass(frozen=True)
class Choice:
    """What she chose. `entries`: of some exercises only these (ids); `let_in`: what would be left out without it.

    `days`: how far dates are moved, 0 where the real ones are let in.
    """

    exercises: tuple[str, ...]
    names: Names
    days: int
    entries: Mapping[str, frozenset[str]] = field(default_factory=dict)
    since: dt.date | None = None
    until: dt.date | None = None
    let_in: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Part:
    """One exercise and its entries as they are shared."""

    exercise: Exercise
    items: tuple[Item, ...]
    entries: tuple[Entry, ...]

    @property
    def told(self) -> tuple[Entry, ...]:
        """Those of which an answer is shown; of the others there is nothing to see, in no form of file."""
        return tuple(e for e in self.entries if any(is_told(item, e.answers.get(item.id)) for item in self.items))


@dataclass(frozen=True)
class Gathered:
    """What is shared, and sentences about what is not."""

    parts: tuple[Part, ...]
    left_out: tuple[str, ...]
    aliases: tuple[str, ...]  # what was put in somewhere
    tables: "SharedTables"


class _Moved(Clock):
    """The clock of the moved days."""

    def __init__(self, now: dt.datetime) -> None:
        self._then = now

    def now(self) -> dt.datetime:
        return self._then


class SharedTables:
    """The journal as the recipient could know it: what readings read is what is in the file, and nothing else."""

    is_sample = False
    writes = 0  # nothing is written here

    def __init__(self, catalogue: Catalogue, now: dt.datetime, entries: Mapping[str, list[Entry]]) -> None:
        self.catalogue = catalogue
        self.clock: Clock = _Moved(now)
        self._entries = entries

    def entries(
        self,
        table: str,
        *,
        on: Collection[dt.date] | None = None,
        since: dt.datetime | None = None,
        says: Mapping[str, Any] | None = None,
        newest: int | None = None,
    ) -> list[Entry]:
        """The shared entries of a table, in order; parts of them as a journal gives them."""
        wanted = part(on, since, says)
        found = [entry for entry in self._entries.get(table, ()) if wanted.holds(entry)]
        return found if newest is None else found[len(found) - min(newest, len(found)) :]

    def newest(
        self,
        table: str,
        *,
        says: Mapping[str, Any] | None = None,
        suits: Callable[[Entry], bool] = lambda entry: True,
    ) -> Entry | None:
        """The newest shared entry that suits."""
        return next(filter(suits, reversed(self.entries(table, says=says))), None)

    def newest_days(self, table: str, count: int, until: dt.date) -> list[dt.date]:
        """The newest days up to that one, so many at most, that shared entries are about; ascending."""
        days = sorted({entry.local_date for entry in self.entries(table) if entry.local_date <= until})
        return days[-count:]

    def table(
        self,
        name: str,
        *,
        on: Collection[dt.date] | None = None,
        since: dt.datetime | None = None,
        says: Mapping[str, Any] | None = None,
        newest: int | None = None,
        columns: Sequence[str] | None = None,
    ) -> pd.DataFrame:
        """The shared rows of a table; parts of them as a journal gives them."""
        declared = self.catalogue.tables[name]
        owner = declared.parent[0] if declared.parent else name
        found = self.entries(owner, on=on, since=since, says=says, newest=newest)
        return frame_of(declared, found, columns=columns)

    def history(self, name: str) -> pd.DataFrame:
        """The shared rows once more: earlier versions are never shared."""
        declared = self.catalogue.tables[name]
        return frame_of(declared, self.entries(declared.parent[0] if declared.parent else name), history=True)

    def while_unchanged(self, name: Hashable, tables: Collection[str], make: Callable[[], T]) -> T:
        """What `make` gives: these tables never change."""
        return make()


def offered(journal: Journal) -> dict[str, int]:
    """The exercises in which something of hers stands, in the order of the pages, and how many entries of each."""
    numbers = journal.counts()
    written = (e for e in journal.catalogue.exercises.values() if e.table not in NEVER and e.table in numbers)
    return {e.id: number for e in written if (number := _number_of(journal, e, numbers[e.table]))}


def entries_of(
    journal: Journal, exercise: Exercise, *, newest: int | None = None, ids: Collection[str] | None = None
) -> list[Entry]:
    """An exercise's entries by their day; of one that is revised, the one there is. Sealed letters stay sealed.

    newest: only so many; ids: only these.
    """
    says, open_on = exercise.fixed, _open_on(journal, exercise)
    if exercise.kind == "single":
        return [e for e in journal.entries(exercise.table, says=says, newest=1) if part(open_on=open_on).holds(e)]
    entries = journal.entries(exercise.table, says=says, open_on=open_on, newest=newest, ids=ids)
    return sorted(entries, key=lambda e: (e.local_date, e.created_utc)) if exercise.kind == "series" else entries


def _number_of(journal: Journal, exercise: Exercise, in_table: int) -> int:
    if exercise.kind == "single":
        return len(entries_of(journal, exercise))
    says, open_on = exercise.fixed, _open_on(journal, exercise)
    return journal.count(exercise.table, says=says, open_on=open_on) if says or open_on else in_table


def _open_on(journal: Journal, exercise: Exercise) -> dt.date | None:
    """The day on which an entry must be open to be shared; None where none can be sealed."""
    columns = journal.catalogue.tables[exercise.table].columns
    return journal.clock.now().date() if any(column.name == UNTIL for column in columns) else None


def gather(journal: Journal, choice: Choice) -> Gathered:
    """Take what she chose out of the journal and make of it what may leave."""
    chosen = offered(journal)
    hiding = Hiding(choice)
    parts, tables = [], dict[str, list[Entry]]()
    missed = 0
    for exercise_id in (e for e in chosen if e in choice.exercises):
        exercise = journal.catalogue.exercise(exercise_id)
        entries = entries_of(journal, exercise)
        taken = [e for e in entries if _is_chosen(e, exercise_id, choice)]
        missed += len(entries) - len(taken)
        hidden = [hiding.entry(e, exercise) for e in taken]
        parts.append(Part(exercise, tuple(hiding.shown(exercise)), tuple(hidden)))
        tables.setdefault(exercise.table, []).extend(hidden)
    others = [journal.catalogue.exercise(e).title for e in chosen if e not in choice.exercises]
    now = journal.clock.now() + dt.timedelta(days=choice.days)
    left_out = (*_outside(missed, others), *hiding.left_out())
    return Gathered(tuple(parts), left_out, tuple(hiding.aliases), SharedTables(journal.catalogue, now, tables))


def _is_chosen(entry: Entry, exercise_id: str, choice: Choice) -> bool:
    ids = choice.entries.get(exercise_id)
    if (choice.since and entry.local_date < choice.since) or (choice.until and entry.local_date > choice.until):
        return False
    return not ids or entry.entry_id in ids


def _outside(missed: int, others: list[str]) -> Iterator[str]:
    if missed:
        yield f"{count(missed, 'entry', 'entries')} that you did not choose, of the exercises that you did."
    if others:
        yield f"All you wrote in: {', '.join(f'“{title}”' for title in others)}."


class Hiding:
    """Makes of an entry what may leave, and counts what stays."""

    def __init__(self, choice: Choice) -> None:
        self._choice = choice
        self._by = dt.timedelta(days=choice.days)
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
        return item.held_back is not None and item.held_back not in self._choice.let_in

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
        if HIS_WORDS not in self._choice.let_in:
            names = self._choice.names
            text, quotes = without_his_words(text, lambda around: bool(find(around, names.names, names.aliases)))
            self._quotes += quotes
        text, aliases = redact_and_tell(text, self._choice.names.names, self._choice.names.aliases)
        self.aliases |= aliases
        return moved(text, self._choice.days, near)  # last: a number or a name is not taken for a date

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
        if self._choice.days:
            yield "The real dates: all days are moved together by a number of weeks that is written nowhere."
        yield ALWAYS
