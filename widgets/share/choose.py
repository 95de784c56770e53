"""What is shared: the entries she chose, each as it may leave, and what is said of the others."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from widgets.catalogue import Exercise, Item
from widgets.journal import Entry, Journal
from widgets.journal.narrow import UNTIL, part
from widgets.readings.words import count

from .answers import is_told
from .hiding import Hiding
from .names import Names
from .shared_tables import SharedTables

NEVER = ("reader", "aliases", "shares", "pattern_runs", "own_scales")  # tables about the pages, not about her


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
    tables: SharedTables


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
    hiding = Hiding(choice.names, choice.days, choice.let_in)
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
