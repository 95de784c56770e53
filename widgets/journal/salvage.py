"""What can still be read of a file, damaged or not, without changing a byte of it."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from . import schema, sqlite, store, wal
from .copying import untouched
from .entry import Entry, from_row, to_draft, to_row
from .keys import Key
from .schema import drafts, entries
from .sqlite import DATABASE_ERRORS
from .store import Spoilt

SMALLEST_ROW = 64  # bytes; no entry takes less
NUMBERS = "SELECT number FROM entries INDEXED BY entries_by_table"  # the index lies on other pages than the rows


@dataclass(frozen=True)
class Found:
    """What a file still says. `is_whole`: all that was saved; `unread`: revisions that cannot be read, None: unknown.

    `spoilt_drafts`: the exercises whose draft cannot be read; a file is whole without them.
    """

    journal: str | None
    schema: str | None
    entries: list[Entry] = field(repr=False)
    drafts: list[dict[str, Any]] = field(repr=False)
    spoilt: tuple[Spoilt, ...]
    unread: int | None
    is_whole: bool
    spoilt_drafts: tuple[str, ...] = ()


NOTHING = Found(None, None, [], [], (), None, False)


def is_newer(found: Found) -> bool:
    """True of a file that a later version of the workbook wrote."""
    return schema.is_newer(found.schema)


class Log(Enum):
    """How a log goes with its file.

    BROKEN: SQLite would drop some of it, or of the file, or what it makes of both is not whole.
    """

    WHOLE = "whole"
    OLDER = "older"
    BROKEN = "broken"


def log_beside(path: Path, key: Key | None) -> Log:
    """What the log is that lies beside a file. Only on a copy: reading it may change either."""
    alone, together = (sqlite.mark_in(path, key, mode) for mode in ("immutable=1", "mode=ro"))
    if alone and together and together.writes < alone.writes:
        return Log.OLDER
    is_whole = not wal.is_broken(path) and sqlite.look(path, key, store.is_whole)
    return Log.WHOLE if is_whole and not (alone and _is_of_a_twin(path, key, alone.writes)) else Log.BROKEN


def _is_of_a_twin(path: Path, key: Key | None, writes: int) -> bool:
    """True if another copy of the file, on another machine, wrote the log: SQLite would put its pages over this one's.

    Then the file says what nothing in the log does, although the log, too, tells how it was after so many writes. What
    the log goes on from is left out: there, what the file alone says may have been erased.
    """
    with untouched(path, to_mend=True) as alone, untouched(path, to_mend=True) as then:
        wal.log_of(alone).unlink()
        ours, theirs = (sqlite.look(copy, key, store.seals) for copy in (alone, then))
        if not ours or theirs is None or ours <= theirs or not sqlite.look(alone, key, sqlite.intact):
            return False
        log = wal.log_of(then).read_bytes()

        def written(end: int) -> int:
            wal.log_of(then).write_bytes(log[:end])
            mark = sqlite.mark_in(then, key, "mode=ro")
            return mark.writes if mark else 0

        ends = wal.ends(path)
        place = bisect_right(ends, writes, key=written)
        if not place or written(ends[place - 1]) != writes:
            return False
        return not ours <= theirs | (sqlite.look(then, key, store.seals) or ours)


def found_in(path: Path, key: Key | None, donors: Iterable[Path] = ()) -> Found:
    """Read everything, and where that fails, row by row. A file that cannot be opened at all says nothing.

    donors: other files of the same journal. Of a locked one they lend the pages that cannot be read, among which may be
    the list of tables, without which nothing else can; each row's own checksum says whether it is what was written.
    """
    with settled(path, key) as (copy, log):
        if log is not Log.BROKEN:
            return _in_file(copy, key, donors)
        with views_of(copy, key, donors) as views:
            return united(views)


@contextmanager
def settled(path: Path, key: Key | None) -> Iterator[tuple[Path, Log]]:
    """The file without a log that is older than it, and what the log is; where there is one, that is a copy of both."""
    if not wal.has_log(path):
        yield path, Log.WHOLE
        return
    with untouched(path, to_mend=True) as copy:
        log = log_beside(copy, key)
        if log is Log.OLDER:
            wal.log_of(copy).unlink()
        yield copy, log


@dataclass(frozen=True)
class View:
    """One way to take a file and its log together: a copy that is so, and what it says. `lacks`: a page is missing."""

    path: Path
    found: Found
    lacks: bool = False


@contextmanager
def views_of(path: Path, key: Key | None, donors: Iterable[Path] = ()) -> Iterator[tuple[View, ...]]:
    """With every page of the log that is whole; as SQLite reads both; the file alone. Each may say what others lack."""
    with ExitStack() as stack:
        mended, as_read, alone = (stack.enter_context(untouched(path, to_mend=True)) for _ in range(3))
        lacks_nothing = wal.carry_over(mended)
        wal.log_of(alone).unlink(missing_ok=True)
        first, *others = (View(copy, _in_file(copy, key, donors)) for copy in (mended, as_read, alone))
        yield replace(first, lacks=not (lacks_nothing and first.found.is_whole)), *others


def united(views: Sequence[View]) -> Found:
    """What all of them say together. Where two say different things under one number, both are there."""
    found = [view.found for view in views]
    revisions = {to_row(e)["checksum"]: e for one in reversed(found) for e in one.entries}
    read = {(e.entry_id, e.revision) for e in revisions.values()}
    by_exercise = {row["exercise"]: row for row in sorted((d for one in found for d in one.drafts), key=_when_kept)}
    return Found(
        next((one.journal for one in found if one.journal), None),
        next((one.schema for one in found if one.schema), None),
        list(revisions.values()),
        list(by_exercise.values()),
        tuple(spoilt for spoilt in found[0].spoilt if (spoilt.entry_id, spoilt.revision) not in read),
        None if views[0].lacks else 0,
        False,
    )


def _when_kept(row: dict[str, Any]) -> str:
    return str(row["kept_utc"])


def _in_file(path: Path, key: Key | None, donors: Iterable[Path]) -> Found:
    with untouched(path) as copy:
        found = sqlite.look(copy, key, _everything)
        if found or not key:
            return found or _row_by_row(copy, key)
    with untouched(path, to_mend=True) as copy:
        _mend(copy, key, donors)
        return _row_by_row(copy, key)


def _everything(connection: Connection) -> Found:
    notes = store.notes(connection)
    good, bad = store.all_revisions(connection)
    is_whole = sqlite.intact(connection) and not bad
    kept, lost = _drafts(connection)
    return Found(notes.get("journal"), notes.get("schema"), good, kept, tuple(bad), 0, is_whole, lost)


def _mend(copy: Path, key: Key, donors: Iterable[Path]) -> None:
    """Put other files' pages in the place of those whose seal is broken. A seal holds for its place and key only."""
    raw = bytearray(copy.read_bytes())
    broken = _broken(copy, key)
    for donor in donors:
        try:
            theirs = donor.read_bytes()
        except OSError:  # one that the system does not let be read
            continue
        if not broken or not theirs.startswith(key.salt):
            continue
        for number in broken:
            page = slice((number - 1) * wal.PAGE, number * wal.PAGE)
            if len(theirs) >= page.stop:
                raw[page] = theirs[page]
        copy.write_bytes(raw)
        broken = _broken(copy, key)


def _broken(path: Path, key: Key) -> list[int]:
    connection = sqlite.open_raw(path, key, "immutable=1", damaged=True)
    try:
        told = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        return [int(found[0]) for (line,) in told if (found := re.search(r"\d+$", line))]
    except DATABASE_ERRORS:
        return []
    finally:
        connection.close()


def _row_by_row(path: Path, key: Key | None) -> Found:
    """Each row on its own: of a locked file, a connection that has met a damaged page reads nothing more."""
    good: list[Entry] = []
    bad: list[Spoilt] = []
    unread = 0
    look = partial(sqlite.look, path, key, damaged=True)
    listed = look(lambda connection: connection.exec_driver_sql(NUMBERS).scalars().all())
    left = list(listed or range(1, path.stat().st_size // SMALLEST_ROW))
    while left:
        read = look(partial(_rows, numbers=left))
        if read is None:
            break
        rows, left, failed = read
        unread += failed
        for row in rows:
            entry = from_row(row)
            if entry:
                good.append(entry)
            else:
                bad.append(Spoilt(str(row["table"]), str(row["entry_id"]), row["revision"]))
    notes = look(store.notes) or {}
    kept, lost = look(_drafts) or ([], ())
    unread_of_all = unread if listed else None
    return Found(notes.get("journal"), notes.get("schema"), good, kept, tuple(bad), unread_of_all, False, lost)


def _rows(connection: Connection, numbers: list[int]) -> tuple[list[dict[str, Any]], list[int], int]:
    """Rows up to the first that cannot be read, the numbers that are left after it, and how many could not."""
    rows: list[dict[str, Any]] = []
    for place, number in enumerate(numbers):
        try:
            row = connection.execute(select(entries).where(entries.c.number == number)).mappings().first()
        except DATABASE_ERRORS:
            return rows, numbers[place + 1 :], 1
        if row:
            rows.append(dict(row))
    return rows, [], 0


def _drafts(connection: Connection) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    rows = [dict(row) for row in connection.execute(select(drafts)).mappings()]
    return [row for row in rows if to_draft(row)], tuple(str(row["exercise"]) for row in rows if not to_draft(row))
