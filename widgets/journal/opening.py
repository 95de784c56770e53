"""Opening a journal: which file, with which key, and whether this workbook may write in it."""

import os
from contextlib import closing, suppress
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, inspect, make_url
from sqlalchemy.exc import ArgumentError

from widgets.catalogue import DATA, Catalogue, load_catalogue

from . import beside, copying, replacing, restoring, sqlite, store, turns, views, wal
from .clock import Clock, clock_from_environment
from .errors import (
    Busy,
    Damaged,
    DiskFull,
    Emptied,
    ForeignLog,
    JournalError,
    NewerJournal,
    NotOpened,
    NotRead,
    WrongSetting,
    told_without_a_save,
)
from .file import JournalFile
from .journal import Journal
from .keyring import Keyring
from .keys import Key
from .migrating import migrate
from .schema import SCHEMA, index_names, make_indexes, metadata

OWN = DATA / "journal" / "journal.sqlite"


@told_without_a_save()
def open_journal(
    url: str | None = None,
    passphrase: str | None = None,
    *,
    key: Key | None = None,
    catalogue: Catalogue | None = None,
    clock: Clock | None = None,
) -> Journal:
    """Open the reader's journal; make it if there is none.

    url: like sqlite:////home/her/journal.sqlite; None: WORKBOOK_JOURNAL, else the workbook's own file. passphrase: None
    for a file without one; a new file is made with it. key: one that may fit, in place of a passphrase. Open it after a
    fork, not before. Raises a JournalError; then no byte of an existing file was changed.
    """
    path = path_of(url)
    try:
        return _opened(path, passphrase, key, catalogue, clock)
    except BlockingIOError:  # somebody is at the file for longer than we wait
        pass
    raise Busy(str(path))


def _opened(
    path: Path, passphrase: str | None, key: Key | None, catalogue: Catalogue | None, clock: Clock | None
) -> Journal:
    copying.clear(path)
    replacing.clear(path)
    _make_sure_of(path, Keyring(passphrase, key=key))
    keyring = Keyring(passphrase, key=key)
    key = keyring.find(path)
    _refuse_foreign_log(path, key)
    clock = clock or clock_from_environment()
    restoring.settle_log(path, key, clock.now())
    file = JournalFile(path, keyring)
    try:
        catalogue = catalogue or load_catalogue()
        _prepare(file, catalogue, clock)
        journal = Journal(file, catalogue, clock)
        journal.backup_of_the_day()
        return journal
    except JournalError as error:
        file.close()
        if not isinstance(error, NotRead):
            raise
    raise NotOpened(file.place)


def path_of(url: str | None) -> Path:
    """The file that an address means. Raises WrongSetting."""
    url = url or os.environ.get("WORKBOOK_JOURNAL")
    if not url:
        return OWN.resolve()
    with suppress(ArgumentError):
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:"):
            return Path(str(parsed.database)).resolve()  # the log lies beside the file itself, not beside a link
    raise WrongSetting("The journal’s address (WORKBOOK_JOURNAL)", "Write one like sqlite:////home/you/journal.sqlite.")


def _make_sure_of(path: Path, keyring: Keyring) -> None:
    """There is a file that can be read. Raises NotOpened, Emptied, DiskFull."""
    problem: JournalError | None = None
    try:
        if not path.exists():
            _begin(path, keyring)
        if path == OWN:
            path.parent.chmod(0o700)  # a clone brings the folder, with everybody's rights
    except sqlite.DATABASE_ERRORS as error:
        problem = sqlite.told(error, str(path), reading=False)
    if not (path.is_file() and os.access(path, os.R_OK)):
        raise problem if isinstance(problem, DiskFull) else NotOpened(str(path))
    if not path.stat().st_size:
        raise Emptied(str(path))


def _refuse_foreign_log(path: Path, key: Key | None) -> None:
    """The file and its log are of one journal: nothing in a log says whose it is, and opening writes it into the file.

    Raises ForeignLog.
    """
    if not wal.has_log(path):
        return
    with turns.among_others(path.parent):  # a page that sets a passphrase meanwhile would find the file in use
        alone, together = (_names_in(path, key, mode) for mode in ("immutable=1", "mode=ro"))
        is_foreign = any(one and other not in (one, None) for one, other in zip(alone, together, strict=True))
    if is_foreign:
        raise ForeignLog(str(path))


def _names_in(path: Path, key: Key | None, mode: str) -> tuple[str | None, int | None]:
    """By its table and by its first page, which every write writes."""
    mark = sqlite.mark_in(path, key, mode)
    return _name_in(path, key, mode), mark and mark.journal


def _name_in(path: Path, key: Key | None, mode: str) -> str | None:
    """What the journal is called there: nothing, where this key fits no page; None where nobody can tell just now."""
    try:
        with closing(sqlite.open_raw(path, key, mode)) as connection:
            found = connection.execute("SELECT value FROM meta WHERE name = 'journal'").fetchone()
            return str(found[0]) if found else ""
    except sqlite.DATABASE_ERRORS as error:
        return "" if sqlite.is_noise(error) else None


def _begin(path: Path, keyring: Keyring) -> None:
    """A new journal gets its name once it is whole: so an empty file of that name is damage, whenever it is found."""
    part = path.with_name(f"{path.name}-{uuid4().hex}")
    try:
        sqlite.make_file(part)
        file = JournalFile(part, keyring)
        file.write(_make_tables)
        file.close()
        replacing.sync(part)
        try:
            os.link(part, path)
        except FileExistsError:  # another page was quicker
            pass
        except OSError:  # a disk that knows no second names
            if not path.exists():
                part.rename(path)
        replacing.sync(path.parent)
    finally:
        with suppress(OSError):
            for left in (*beside.of_file(part), part):
                left.unlink(missing_ok=True)


def _prepare(file: JournalFile, catalogue: Catalogue, clock: Clock) -> None:
    """Refuse a file that is not ours to write in, bring views and indexes up to date."""
    notes = file.read(lambda connection: store.notes(connection) if inspect(connection).has_table("meta") else {})
    if not notes.get("schema", "").isdigit():
        raise Damaged(file.place)
    if int(notes["schema"]) > SCHEMA:
        raise NewerJournal(file.place)
    file.journal = notes["journal"]
    if int(notes["schema"]) < SCHEMA:
        migrate(file, clock.now())
    wanted = views.definitions(catalogue.tables.values())
    if notes.get("views") != _version(wanted) and sqlite.writable(file.path):
        with suppress(DiskFull):  # views are for other programs; reading needs none
            file.write(lambda connection: _renew(connection, wanted))


def _make_tables(connection: Connection) -> None:
    metadata.create_all(connection)
    store.note(connection, schema=str(SCHEMA), journal=str(uuid4()))


def _renew(connection: Connection, wanted: dict[str, str]) -> None:
    make_indexes(connection)
    views.refresh(connection, wanted)
    store.note(connection, views=_version(wanted))


def _version(wanted: dict[str, str]) -> str:
    """Says which views and indexes are there."""
    return views.version({**wanted, "indexes": " ".join(index_names())})
