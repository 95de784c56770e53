"""All that is particular to SQLite: how a file is opened, what its errors mean, copying it, emptying its log."""

import errno
import os
import shutil
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from .errors import Busy, Damaged, DiskFull, JournalError, NotRead, NotSaved, ReadOnly
from .keys import Key
from .memory import State
from .wal import has_log, log_of

T = TypeVar("T")
PATIENCE = 5.0  # seconds to wait for another writer
SETTINGS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    f"busy_timeout={int(PATIENCE * 1000)}",
    "foreign_keys=ON",
    "secure_delete=ON",
)  # secure_delete before the first write, or erased words stay in free pages
FULL, READONLY, CANTOPEN, CORRUPT, NOTADB, BUSY, LOCKED, IOERR = 13, 8, 14, 11, 26, 5, 6, 10
NO_ROOM_FOR_SHM = IOERR | 19 << 8
SAID_FULL = "database or disk is full"  # by SQLCipher's export, under no code of its own
MARK = ("application_id", "user_version")  # numbers of 32 bits that SQLite keeps for whoever writes the file
LEAST = 65_536  # bytes of room; the file about the log alone takes half of it
OF_SYSTEM = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: FULL,
    errno.EACCES: READONLY,
    errno.EPERM: READONLY,
    errno.EROFS: READONLY,
    errno.EAGAIN: BUSY,
}  # what the machine says, in SQLite's words


def make_file(path: Path) -> None:
    """An empty file only its owner can read, in a folder only its owner can enter. Raises OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))


def writable(path: Path) -> bool:
    """True if file and folder can be written to: the log lies beside the file."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def engine_for(path: Path, key: Key | None, *, finished: bool = False, damaged: bool = False) -> Engine:
    """The engine of one file. Without leave to write, or for a finished copy that nobody writes to, it only reads.

    damaged: open it although not all it says about its tables can be read.
    """
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: _connect(path, key, writable(path) and not finished, damaged),
        poolclass=QueuePool,
        pool_size=1,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:  # deferred writers lose each other's rows
        reading = connection.get_execution_options().get("reading")
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
        now = identity(log_of(path))
        if now:
            connection.info.setdefault("log", now)

    @event.listens_for(engine, "checkin")
    def _given_back(connection: Any, record: Any) -> None:
        if isinstance(connection, _Makeshift):
            record.invalidate()

    return engine


def look(path: Path, key: Key | None, work: Callable[[Connection], T], *, damaged: bool = False) -> T | None:
    """What the work finds in a file that nobody writes to just now; None if the file cannot be read."""
    engine = engine_for(path, key, finished=True, damaged=damaged)
    try:
        with engine.connect() as connection:
            connection.execution_options(reading=True)
            view = connection.begin()
            try:
                return work(connection)
            finally:
                with suppress(*DATABASE_ERRORS):  # a damaged page has ended it
                    view.rollback()
    except DATABASE_ERRORS:
        return None
    finally:
        engine.dispose()


def identity(path: Path) -> tuple[int, int] | None:
    """Which file lies at a path; None if there is none."""
    with suppress(OSError):
        found = path.stat()
        return found.st_dev, found.st_ino
    return None


def log_in_place(connection: Connection, path: Path) -> bool:
    """False if the log this connection works with was deleted from under it: then its commits reach nobody.

    It happens where another SQLite in this process (Python's own) opens and closes the file. Locks are kept by process,
    so that one takes itself for the last to leave, and clears the log away.
    """
    return connection.info.get("log") in (None, identity(log_of(path)))


def state(connection: Connection) -> State:
    """Which content the connection's transaction sees."""
    token = connection.info.setdefault("token", object())  # goes with the connection
    version = connection.exec_driver_sql("PRAGMA data_version").scalar_one()
    return State(token, version, changes(connection))


class Mark(NamedTuple):
    """What the first page says, which every write writes: of which journal it is, and how often was written."""

    journal: int
    writes: int


def mark_in(path: Path, key: Key | None, mode: str) -> Mark | None:
    """The mark of a file as it is opened so; None if it cannot be read."""
    try:
        with closing(open_raw(path, key, mode)) as connection:
            return Mark(*(connection.execute(f"PRAGMA {name}").fetchone()[0] for name in MARK))
    except DATABASE_ERRORS:
        return None


def changes(connection: Connection) -> int:
    """How many rows the connection has written so far."""
    raw: Any = connection.connection.driver_connection
    return int(raw.total_changes)


def _connect(path: Path, key: Key | None, writing: bool, damaged: bool) -> Any:
    mode = "mode=rw" if writing else "mode=ro" if log_of(path).exists() else "immutable=1"
    try:
        connection = open_raw(path, key, mode, damaged=damaged)
    except dbapi2.Error as error:
        if not writing or not _wants_room(error, path):
            raise
        return _without_room(path, key)
    try:
        for setting in SETTINGS if writing else ():
            connection.execute(f"PRAGMA {setting}")
    except Exception:
        connection.close()
        raise
    return connection


class _Makeshift(dbapi2.Connection):  # type: ignore[misc]
    """A connection for one transaction: how it reads is safe for as long only."""


def _without_room(path: Path, key: Key | None) -> Any:
    """What is saved can be read on a full disk too, which has no room for SQLite's file about the log."""
    if has_log(path):
        return open_raw(path, key, "mode=rw", first=("locking_mode=EXCLUSIVE",), factory=_Makeshift)
    return open_raw(path, key, "immutable=1", factory=_Makeshift)


def open_raw(
    path: Path,
    key: Key | None,
    mode: str,
    *,
    damaged: bool = False,
    first: tuple[str, ...] = (),
    factory: type[Any] = dbapi2.Connection,
) -> Any:
    """A connection without SQLAlchemy; mode as SQLite's addresses have it. damaged: as for `engine_for`.

    first: settings that come before anything is read.
    """
    connection = dbapi2.connect(
        f"{path.absolute().as_uri()}?{mode}",
        uri=True,
        timeout=PATIENCE,
        check_same_thread=False,
        isolation_level=None,
        factory=factory,
    )
    try:
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")  # one damaged row must not hide the rest
        connection.execute("PRAGMA cipher_log_level=NONE")
        if key:
            key.unlock(connection)
        for setting in first:
            connection.execute(f"PRAGMA {setting}")
        if damaged:
            connection.execute("PRAGMA writable_schema=ON")  # then a broken definition hides no sound one
        else:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # a file that is none fails here
    except Exception:
        connection.close()
        raise
    return connection


def _wants_room(error: Exception, path: Path) -> bool:
    """True if it failed because the disk is full, whatever SQLite calls that."""
    code = getattr(error, "sqlite_errorcode", 0)
    if code & 0xFF == FULL or code == NO_ROOM_FOR_SHM or str(error) == SAID_FULL:
        return True
    with suppress(OSError):
        return code & 0xFF in (READONLY, CANTOPEN, IOERR) and shutil.disk_usage(path.parent).free < LEAST
    return False


def is_noise(error: BaseException | None) -> bool:
    """True of an error that says that what was read is no database, or not under this key."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (CORRUPT, NOTADB) or isinstance(error, UnicodeDecodeError)


def told(error: Exception, place: str, *, reading: bool) -> JournalError:
    """The journal's own error for one of the database's or the machine's."""
    original = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(original, "sqlite_errorcode", 0) & 0xFF or OF_SYSTEM.get(getattr(original, "errno", None) or 0, 0)
    if is_noise(original):
        return Damaged(place)
    if original and _wants_room(original, Path(place)):
        code = FULL
    if reading and code not in (BUSY, LOCKED):
        return NotRead(place)
    kinds: dict[int, type[NotSaved]] = {
        FULL: DiskFull,
        READONLY: ReadOnly,
        CANTOPEN: ReadOnly,
        BUSY: Busy,
        LOCKED: Busy,
    }
    return kinds.get(code, NotSaved)(place)


DATABASE_ERRORS = (DBAPIError, dbapi2.Error, OSError, UnicodeDecodeError)  # the last of a sentence that quotes noise


def empty_log(engine: Engine, patience: float = PATIENCE) -> bool:
    """Move all that is in the write-ahead log into the file and cut the log to nothing. False: somebody is reading."""
    until = time.monotonic() + patience
    while not _emptied(engine):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def vacuumed(engine: Engine) -> bool:
    """Write every page anew, then empty the log. False: somebody is reading."""
    with engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA temp_store=MEMORY")  # no other place on the disk gets to hold her words
        raw.execute("VACUUM")
    return empty_log(engine)


def leave_no_log(connection: Connection) -> None:
    """Empty the log if that can be done at once: what is in the file cannot be cut off with the log's end.

    Whatever prevents it, what was written is safe; the next to write tries again.
    """
    with suppress(*DATABASE_ERRORS):
        emptied(connection.connection.driver_connection)


def _emptied(engine: Engine) -> bool:
    with engine.connect() as connection:
        return emptied(connection.connection.driver_connection)


def emptied(raw: Any) -> bool:
    """Try once to empty the log, without waiting inside SQLite: the caller's own patience counts."""
    raw.execute("PRAGMA busy_timeout=0")
    try:
        busy, _, _ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        raw.execute(f"PRAGMA busy_timeout={int(PATIENCE * 1000)}")
    return not busy


def copy_whole(connection: Connection, target: Path, key: Key | None) -> None:
    """Copy the open file, as this connection's transaction sees it, into one new file under the same key."""
    make_file(target)
    copy = open_raw(target, key, "mode=rw")
    try:
        raw: Any = connection.connection.driver_connection
        raw.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, no log beside it
    finally:
        copy.close()


def intact(connection: Connection) -> bool:
    """What SQLite itself can tell about the file; the rows have checksums of their own."""
    return connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
