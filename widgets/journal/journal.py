"""The journal: what the reader writes, kept as tables. Nothing is overwritten; undo and history are views."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from sqlalchemy import Connection

from widgets.catalogue import InvalidEntry

from . import backups, beside, exports, narrow, sqlite, store
from .entry import Draft, Entry, same_answers, to_json, to_text
from .errors import ChangedElsewhere, NotErased, NotSaved, TraceLeft, UnknownEntry, UnknownTable, told_without_a_save
from .keeping import Keeping

T = TypeVar("T")
LEAST_TELLING = 16  # letters of an entry's name; a shorter one may stand anywhere
DECISIONS = "decisions"  # the table whose newest choice is `branch_then`


@dataclass(frozen=True)
class Erased:
    """What an erasure did: revisions removed, and the copies that still hold the entry, or may."""

    revisions: int
    backups: tuple[Path, ...]


@dataclass(frozen=True)
class Health:
    """How the file is: revisions read, those that are spoilt, and whether SQLite finds its pages sound."""

    revisions: int
    spoilt: tuple[store.Spoilt, ...]
    sound: bool


class Journal(Keeping):
    """An open journal. Any number of processes may have the same one open; `open_journal` makes it.

    Every method may raise a JournalError; then nothing was written. Once a writing method returns, what it wrote
    survives a crash of the program and of the machine.
    """

    def __repr__(self) -> str:  # the same on every machine: notebooks keep it
        return "Journal"

    def mark_as_sample(self) -> None:
        """Say in the file that the invented reader wrote it."""
        self._file.write(lambda connection: store.note(connection, sample="yes"))

    @property
    def writes(self) -> int:
        return self._file.writes

    def save(
        self, table: str, answers: Mapping[str, Any], entry_id: str | None = None, *, on: dt.date | None = None
    ) -> str:
        """Append an entry and return its id.

        answers: item id -> value; an item left out is NA. entry_id: made by the caller, so that the same save sent
        twice is one. on: the day it is about, if not today. Raises InvalidEntry, UnknownTable, NotSaved, or
        ChangedElsewhere where that id already stands for other answers.
        """
        clean = self._checked(table, answers)
        new_id = entry_id or str(uuid4())
        if not _is_text(new_id):
            raise InvalidEntry({"entry_id": "No file keeps this name. Leave it out, and one is made."})

        def work(connection: Connection) -> str:
            known = store.revisions(connection, new_id)
            if any(e.table == table and same_answers(e.answers, clean) for e in (known[:1] + known[-1:])):
                return new_id
            if known:
                raise ChangedElsewhere(known[-1])
            store.append(connection, [self._first(connection, new_id, table, clean, on)])
            return new_id

        return self._write(work, table)

    def rewrite(self, entry_id: str, answers: Mapping[str, Any], *, on: dt.date | None = None) -> None:
        """Write an entry anew and really remove every version it had: a crash leaves those, or the new one.

        on: as in `save`. Raises InvalidEntry, UnknownEntry, NotSaved; NotErased as `erase`, when it is written.
        """

        def work(connection: Connection) -> set[str]:
            table = self._known(connection, entry_id).table
            clean = self._checked(table, answers)
            marks = store.marks(connection, entry_id, ())
            store.remove(connection, entry_id)
            store.append(connection, [self._first(connection, entry_id, table, clean, on)])
            return marks

        self._leave_no_trace(self._file.write(work))

    def revise(self, entry_id: str, answers: Mapping[str, Any], *, seen: int | None = None) -> int:
        """Append a new revision of an entry and return its number; equal answers write nothing.

        seen: the revision the caller had read. Where another one stands there by now and says something else, nothing
        is written and ChangedElsewhere is raised. Raises InvalidEntry, UnknownEntry, NotSaved too.
        """

        def work(connection: Connection) -> int:
            now = self._known(connection, entry_id)
            clean = self._checked(now.table, answers)
            if not now.withdrawn and same_answers(now.answers, clean):
                return now.revision
            if seen is not None and now.revision > seen:
                raise ChangedElsewhere(now)
            return self._follow(connection, replace(now, answers=clean, withdrawn=False))

        return self._write(work, *self._tables_of(entry_id))

    def withdraw(self, entry_id: str) -> None:
        """Take an entry out of the current rows; `restore` brings it back. Raises UnknownEntry, NotSaved."""

        def work(connection: Connection) -> None:
            now = self._known(connection, entry_id)
            if not now.withdrawn:
                self._follow(connection, replace(now, withdrawn=True))

        self._write(work, *self._tables_of(entry_id))

    def restore(self, entry_id: str, revision: int) -> None:
        """Make an earlier revision the current one again, as a new revision. Raises UnknownEntry, NotSaved."""

        def work(connection: Connection) -> None:
            now = self._known(connection, entry_id)
            then = next((e for e in store.revisions(connection, entry_id) if e.revision == revision), None)
            if then is None:
                raise UnknownEntry
            if now.withdrawn or not same_answers(now.answers, then.answers):
                self._follow(connection, replace(now, answers=then.answers, withdrawn=False))

        self._write(work, *self._tables_of(entry_id))

    @told_without_a_save()
    def erase(self, entry_id: str, *, in_backups: bool = False) -> Erased:
        """Really remove an entry from file and log: every revision, and the drafts of the exercises of its table.

        in_backups: from the backups too. Copies that still hold it, or may, are named. An unknown entry is no error:
        afterwards, too, nothing of it is in the file. Raises NotErased while another page keeps the log from being
        emptied; erase again then.
        """
        tables: set[str] = set()
        marks = {entry_id} if len(entry_id) >= LEAST_TELLING else set()

        def work(connection: Connection) -> int:
            known = store.revisions(connection, entry_id)
            writers = {writer for entry in known for writer in self._writers(entry.table, entry.answers)}
            for table in store.tables_of(connection, entry_id):
                tables.add(table)
                drafted = sorted(writers) or self._writers(table)
                marks.update(store.marks(connection, entry_id, drafted))
                store.drop_drafts(connection, drafted)
            store.remove(connection, entry_id)
            return len(known)

        count = self._file.write(work)
        self._leave_no_trace(marks)
        self._spoilt = {spoilt for spoilt in self._spoilt if spoilt.entry_id != entry_id}
        for copy in self.backups():
            tables |= backups.tables_of(copy, entry_id, self._file.key)
        exercises = [exercise for table in sorted(tables) for exercise in self._writers(table)]
        return Erased(count, self._other_copies(entry_id, exercises, erase=in_backups))

    def _leave_no_trace(self, marks: Collection[str]) -> None:
        """What was deleted is in no byte of file and log. Raises NotErased, TraceLeft."""
        if not self._file.empty_log():
            raise NotErased(self.place)
        if not beside.holds_any(self._file.path, marks):  # never in a locked file, where all is noise
            return
        with suppress(NotSaved):
            if self._file.write_anew():
                return
        raise TraceLeft(self.place)

    def table_as(self, name: str, kind: str) -> bytes:
        """The current rows of a table as a file. kind: csv, xlsx, parquet or json. Raises UnknownTable, UnknownKind."""
        return exports.written(self.table(name), self._table(name), kind)

    def export_table(self, name: str, path: Path | str) -> None:
        """Write such a file; its ending says of which kind. Raises UnknownTable, UnknownKind, NotExported, NotOver."""
        self._write_out(Path(path), self.table_as(name, Path(path).suffix.removeprefix(".")))

    def check(self) -> Health:
        """Read everything: for a look at the file's health, not for every day."""

        def work(connection: Connection) -> Health:
            good, bad = store.all_revisions(connection)
            return Health(len(good) + len(bad), tuple(bad), sqlite.intact(connection))

        self._is_sound = False  # what cannot be read to its end is not
        health = self._file.read(work)
        self._spoilt.update(health.spoilt)
        self._is_sound = health.sound
        return health

    def keep_draft(self, exercise: str, answers: Mapping[str, Any], *, writer: str = "") -> None:
        """Keep what is on the screen, in place of the exercise's earlier draft. writer: which view of the page.

        Raises InvalidEntry, NotSaved.
        """
        self.catalogue.exercise(exercise)
        odd = [name for name, value in answers.items() if not _can_be_kept({name: value})]
        if odd:
            raise InvalidEntry(
                {str(name): "No file keeps this. Write words, numbers, or lists of them." for name in odd}
            )
        row = {
            "exercise": exercise,
            "writer": writer,
            "answers": to_json(answers),
            "kept_utc": to_text(self.clock.now()),
        }
        self._write(lambda connection: store.put_draft(connection, row))

    def draft(self, exercise: str) -> Draft | None:
        """The exercise's draft, if there is one."""
        return self._file.read(lambda connection: store.get_draft(connection, exercise))

    def drop_draft(self, exercise: str) -> None:
        """Forget the exercise's draft."""
        if self.draft(exercise):
            self._write(lambda connection: store.drop_drafts(connection, [exercise]))

    def _write(self, work: Callable[[Connection], T], *tables: str) -> T:
        """Do the work in one transaction; in `entries` it appends to these tables at most, and changes nothing."""

        def remembered(connection: Connection) -> T:
            before = sqlite.state(connection)
            done = work(connection)
            self._memory.wrote(before, sqlite.state(connection), tables)
            return done

        return self._file.write(remembered)

    def _tables_of(self, entry_id: str) -> set[str]:
        """Where a further revision of an entry would go."""
        return {entry.table for entry in self.revisions(entry_id)}

    def _checked(self, table: str, answers: Mapping[str, Any]) -> dict[str, Any]:
        if self._table(table).parent:
            raise UnknownTable(table, (n for n, t in self.catalogue.tables.items() if not t.parent))
        return self.catalogue.check(table, answers)

    def _writers(self, table: str, answers: Mapping[str, Any] | None = None) -> tuple[str, ...]:
        """The exercises that write to a table, or the one of them that wrote these answers."""
        if table not in self.catalogue.tables:
            return ()
        return (
            self.catalogue.tables[table].exercises if answers is None else (self.catalogue.writer(table, answers).id,)
        )

    def _known(self, connection: Connection, entry_id: str) -> Entry:
        entry = store.newest(connection, entry_id)
        if entry is None:
            raise UnknownEntry
        return entry

    def _first(
        self, connection: Connection, entry_id: str, table: str, answers: dict[str, Any], on: dt.date | None
    ) -> Entry:
        """The first version of an entry, saved now."""
        now = self.clock.now()
        day, moment = on or now.date(), now.astimezone(dt.UTC)
        return Entry(
            entry_id=entry_id,
            revision=1,
            table=table,
            answers=answers,
            created_utc=moment,
            saved_utc=moment,
            local_date=day,
            tz=str(now.tzinfo),
            late=day < now.date(),
            branch_then=self._branch(connection),
            withdrawn=False,
        )

    def _follow(self, connection: Connection, entry: Entry) -> int:
        """Append what follows an entry's newest revision: same entry, new number, saved now."""
        number = store.next_revision(connection, entry.entry_id)
        now = self.clock.now().astimezone(dt.UTC)
        store.append(connection, [replace(entry, revision=number, saved_utc=now, branch_then=self._branch(connection))])
        return number

    def _branch(self, connection: Connection) -> str:
        """The choice of the newest decision that is no draft."""
        if DECISIONS not in self.catalogue.tables:
            return "undecided"
        made = narrow.NewestFirst(DECISIONS, narrow.ALL).entries(connection)
        choices = (e.answers.get("choice") for e in made if not e.answers.get("draft"))
        return next((str(choice) for choice in choices if choice), "undecided")


def _is_text(name: str) -> bool:
    """False of half a sign, as a cut emoji leaves one."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _can_be_kept(answers: Mapping[str, Any]) -> bool:
    try:
        to_json(answers)
    except (TypeError, ValueError, RecursionError):
        return False
    return True
