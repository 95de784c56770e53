"""Rolling copies in the reader's own data folder: a deleted clone must not take both the journal and its backups."""

import datetime as dt
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from enum import Enum
from pathlib import Path

from platformdirs import user_data_path
from sqlalchemy import Connection

from . import keys, sqlite, store, turns
from .errors import JournalError, Locked, NotBackedUp
from .keys import Key
from .replacing import BESIDE, content, part_of, put_in_place, sync, wipe, written_anew
from .schema import is_newer

KEPT = 10
BEGUN = ".day"  # is there while somebody writes here
PART = "-part"  # at the end of a name: a backup that is being written anew; whole ones wait as `replacing.BESIDE`
UNREAD = ".part"  # the same of one that has not been read back yet
NAME = "%Y%m%dT%H%M%S%fZ"


class State(Enum):
    """How a backup is. LOCKED: no key that is at hand is its own, so nobody can tell; NEWER: of a later version.

    CLOSED: the system does not let it be read.
    """

    WHOLE = "whole"
    DAMAGED = "damaged"
    CLOSED = "closed"
    LOCKED = "locked"
    NEWER = "newer"


def folder() -> Path:
    """Where backups go: WORKBOOK_BACKUPS, else the data folder of this user."""
    given = os.environ.get("WORKBOOK_BACKUPS")
    return Path(given) if given else user_data_path("second-thoughts", appauthor=False) / "backups"


def of_journal(journal: str) -> tuple[Path, ...]:
    """The backups of the journal with this id, oldest first. Other journals may keep theirs in the same folder."""
    return tuple(sorted(_called(f"journal-{journal[:8]}-*.sqlite")))


def of_any_journal() -> tuple[Path, ...]:
    """All backups there are, oldest first."""
    return tuple(sorted(_called("journal-*.sqlite"), key=lambda path: path.stem[-len("20261122T211400000000Z") :]))


def is_shut() -> bool:
    """True if there is a folder, and the system does not let anybody look into it."""
    return folder().exists() and not os.access(folder(), os.R_OK | os.X_OK)


def no_files() -> tuple[Path, ...]:
    """What is called like a backup and is none: a folder, a link to what is not there."""
    found = () if is_shut() else folder().glob("journal-*.sqlite")
    return tuple(sorted(path for path in found if not path.is_file()))


def _called(pattern: str) -> list[Path]:
    return [] if is_shut() else [path for path in folder().glob(pattern) if path.is_file()]


def beginning(backup: Path) -> bytes:
    """As `keys.head`; nothing of one that the system does not let be read."""
    with suppress(OSError):
        return keys.head(backup)
    return b""


def of_others(own: Collection[Path]) -> tuple[Path, ...]:
    """All but these, oldest first."""
    return tuple(backup for backup in of_any_journal() if backup not in own)


def is_locked(backup: Path) -> bool:
    """As `keys.looks_locked`; false of one that the system does not let be read."""
    with suppress(OSError):
        return keys.looks_locked(backup)
    return False


@contextmanager
def alone() -> Iterator[None]:
    """No other page writes there meanwhile, where the folder takes a mark at all. Raises BlockingIOError."""
    with ExitStack() as stack:
        try:
            stack.enter_context(turns.after_others(folder() / BEGUN))
        except BlockingIOError:
            raise
        except OSError:  # then nobody can write there
            pass
        yield


def made(backup: Path) -> dt.datetime | None:
    """When a backup was made, aware; None for a file that is not called like one."""
    with suppress(ValueError, IndexError):
        return dt.datetime.strptime(backup.stem.split("-", 2)[2], NAME).replace(tzinfo=dt.UTC)
    return None


def that_begin_like(path: Path) -> tuple[Path, ...]:
    """The other locked backups with a file's own beginning: no damage makes two files begin alike."""
    start = keys.head(path)
    others = (backup for backup in of_any_journal() if backup != path and start not in (b"", keys.PLAIN))
    return tuple(backup for backup in others if beginning(backup) == start)


def keys_from(passphrase: str) -> tuple[Key, ...]:
    """The keys of locked backups that a passphrase opens, of each beginning one."""
    by_start = {start: b for b in of_any_journal() if is_locked(b) and (start := beginning(b))}
    made = ((keys.derived(passphrase, start), backup) for start, backup in by_start.items() if passphrase)
    return tuple(key for key, backup in made if keys.fits(key, backup))


def state_of(backup: Path, *held: Key | None) -> State:
    """How a backup is, as far as these keys let one look."""
    if not os.access(backup, os.R_OK):
        return State.CLOSED
    start = beginning(backup)
    key = next((key for key in held if key and key.salt == start), None)
    if start != keys.PLAIN and key is None and is_locked(backup):
        return State.LOCKED
    if is_newer((sqlite.look(backup, key, store.notes) or {}).get("schema")):
        return State.NEWER
    return State.WHOLE if sqlite.look(backup, key, store.is_whole) else State.DAMAGED


def newest_whole(known: Sequence[Path], *held: Key | None) -> Path | None:
    """The newest of these backups, oldest first, that is whole; one that cannot be looked into if there is no other."""
    locked = None
    for backup in reversed(known):
        found = state_of(backup, *held)
        if found is State.WHOLE:
            return backup
        locked = backup if found is State.LOCKED and locked is None else locked
    return locked


def is_due(journal: str, now: dt.datetime) -> bool:
    """True unless a backup was made, or found to be as the journal is, on this day of hers."""
    days = {dt.datetime.fromtimestamp(_checked(backup), now.tzinfo).date() for backup in of_journal(journal)[-1:]}
    return now.date() not in days


def back_up(connection: Connection, key: Key | None, now: dt.datetime) -> Path:
    """Copy what this transaction sees, read the copy back, then let it count. Raises NotBackedUp.

    A journal that is not whole is copied too, but takes no older backup's place.
    """
    journal = store.notes(connection)["journal"]
    earlier = of_journal(journal)
    all_of_it = content(connection)
    for last in _last(earlier, now):
        if sqlite.look(last, key, content) == all_of_it:
            with suppress(PermissionError):  # somebody else's: it cannot say that it was looked at today
                _date(last, now)
                return last
    target = folder() / f"journal-{journal[:8]}-{now.astimezone(dt.UTC):{NAME}}.sqlite"
    part = target.with_suffix(UNREAD)
    try:
        sqlite.copy_whole(connection, part, key)
        if sqlite.look(part, key, content) == all_of_it:
            _date(part, now)
            sync(part)
            part.replace(target)
            _tidy(journal, target, store.is_whole(connection))
            return target
    except sqlite.DATABASE_ERRORS:
        pass
    with suppress(OSError):
        part.unlink()
    raise NotBackedUp(folder())


def holds(backup: Path, entry_id: str, exercises: Iterable[str], key: Key | None) -> bool:
    """True if the entry, or a draft of these exercises, is in this backup, or if that cannot be told."""

    def work(connection: Connection) -> bool:
        drafted = any(store.get_draft(connection, exercise) for exercise in exercises)
        return drafted or store.has_entry(connection, entry_id)

    return sqlite.look(backup, key, work) is not False


def tables_of(backup: Path, entry_id: str, key: Key | None) -> set[str]:
    """In which tables a backup holds the entry."""
    return sqlite.look(backup, key, lambda connection: store.tables_of(connection, entry_id)) or set()


def under_another_key(journal: str, held: Collection[Key | None], new: Key | None) -> None:
    """Write beside each backup the same under another key. `settle` puts these in place once the journal has that key.

    held: the keys they may have. Where there is no room for so many, `settle` does one after the other.
    """
    for backup in _under_others(journal, new):
        with suppress(JournalError, *sqlite.DATABASE_ERRORS):
            part = _part(backup)
            _written(backup, part, held, new)
            _dated_like(backup, part)
            part.replace(part_of(backup))
            sync(folder())


def settle(journal: str, key: Key | None, *held: Key | None) -> tuple[Path, ...]:
    """Finish what a change of passphrase has begun, or whoever was killed in it: lock each backup as the journal is.

    What was begun and is not whole goes: it may be plain beside a locked journal.

    key: the journal's. held: others that backups may have. Returns those that are not locked as it is, or that nobody
    can tell of: they could not be changed, and are as they were.
    """
    for backup in _under_others(journal, key):
        with suppress(*sqlite.DATABASE_ERRORS):
            if _fits(part_of(backup), key):
                put_in_place(part_of(backup), backup, wipes=True)
    for left in _begun(journal):
        with suppress(OSError):
            wipe(left)
    _each_anew(_under_others(journal, key), lambda backup, part: _written(backup, part, held, key))
    return tuple(_under_others(journal, key))


def is_unsettled(journal: str, key: Key | None) -> bool:
    """True if somebody was killed who made a backup, or gave the backups the journal's own key, or none."""
    return bool(_begun(journal) or unlocked([journal], key))


def unlocked(journals: Iterable[str], key: Key | None) -> tuple[Path, ...]:
    """Backups of these journals that open without a passphrase, where their journal has one."""
    names = {journal[:8] for journal in journals}
    of_these = (backup for backup in of_any_journal() if key and backup.name.split("-")[1] in names)
    return tuple(backup for backup in of_these if beginning(backup) == keys.PLAIN)


def _begun(journal: str) -> list[Path]:
    ends = (f".sqlite{BESIDE}*", f".sqlite{PART}*", f"{UNREAD}*")
    return [left for end in ends for left in _called(f"journal-{journal[:8]}-*{end}")]


def _part(backup: Path) -> Path:
    return backup.with_name(backup.name + PART)


def _under_others(journal: str, key: Key | None) -> list[Path]:
    return [backup for backup in of_journal(journal) if not _fits(backup, key)]


def _fits(backup: Path, key: Key | None) -> bool:
    return beginning(backup) == (key.salt if key else keys.PLAIN)


def _written(backup: Path, part: Path, held: Iterable[Key | None], new: Key | None) -> None:
    """The backup's content under another key. Raises Locked where none of these is its own."""
    start = keys.head(backup)
    known = [key for key in held if key and key.salt == start]
    if start != keys.PLAIN and not known:
        raise Locked(str(backup))
    part.unlink(missing_ok=True)
    written_anew(backup, known[0] if known else None, part, new)


def without(journal: str, entry_id: str, exercises: Iterable[str], key: Key | None) -> None:
    """Take an entry, and the drafts of these exercises, out of every backup where that can be done.

    Raises BlockingIOError.
    """

    def work(backup: Path, part: Path) -> None:
        written_anew(backup, key, part, key)
        _forget(part, key, entry_id, exercises)
        if holds(part, entry_id, exercises, key) or sqlite.look(part, key, sqlite.intact) is not True:
            raise NotBackedUp(folder())

    with alone():
        _each_anew((backup for backup in of_journal(journal) if holds(backup, entry_id, exercises, key)), work)


def remove_all(journal: str) -> tuple[Path, ...]:
    """Delete every backup of a journal, unfinished ones too; those that could not be."""
    left = []
    for backup in folder().glob(f"journal-{journal[:8]}-*"):
        try:
            wipe(backup)
        except OSError:
            left.append(backup)
    return tuple(left)


def _forget(part: Path, key: Key | None, entry_id: str, exercises: Iterable[str]) -> None:
    connection = sqlite.open_raw(part, key, "mode=rw")
    try:
        connection.execute("PRAGMA journal_mode=MEMORY")  # what is erased is not written to the disk once more
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM entries WHERE entry_id = ?", (entry_id,))
        for exercise in exercises:
            connection.execute("DELETE FROM drafts WHERE exercise = ?", (exercise,))
        connection.execute("COMMIT")
        connection.execute("PRAGMA temp_store=MEMORY")
        connection.execute("VACUUM")  # SQLite may have left a copy of a row where it moved one
        connection.execute("PRAGMA journal_mode=DELETE")
    finally:
        connection.close()


def _each_anew(concerned: Iterable[Path], work: Callable[[Path, Path], None]) -> None:
    """Let the work write each backup anew; the new one takes the old one's place. One that it cannot stays as it is."""
    for backup in concerned:
        part = _part(backup)
        try:
            work(backup, part)
            _dated_like(backup, part)
            put_in_place(part, backup, wipes=True)
        except (JournalError, *sqlite.DATABASE_ERRORS):
            with suppress(OSError):
                part.unlink(missing_ok=True)


def _dated_like(backup: Path, part: Path) -> None:
    when = backup.stat()
    os.utime(part, ns=(when.st_atime_ns, when.st_mtime_ns))
    sync(part)


def _checked(backup: Path) -> float:
    """When it was last found to be as the journal is."""
    with suppress(OSError):
        return backup.stat().st_mtime
    return 0.0


def _date(backup: Path, now: dt.datetime) -> None:
    """On this day it was found to be as the journal is."""
    os.utime(backup, (now.timestamp(), now.timestamp()))


def _last(earlier: Sequence[Path], now: dt.datetime) -> set[Path]:
    """The newest by its name; and, where the clock was set back, the newest up to now."""
    until_now = [backup for backup in earlier if (moment := made(backup)) and moment <= now]
    return {*earlier[-1:], *until_now[-1:]}


def _tidy(journal: str, target: Path, is_whole: bool) -> None:
    """Delete what is beyond the newest, if they are of a whole journal.

    The one just made stays although the clock was set back and all others seem newer.
    """
    others = [backup for backup in of_journal(journal) if backup != target]
    for old in others[: -(KEPT - 1)] if is_whole else ():
        with suppress(OSError):  # another page was quicker, or another user made it
            old.unlink()
