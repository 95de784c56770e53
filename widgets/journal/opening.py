"""Opening a journal: which file, with which key, and whether this workbook may write in it."""

import os
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, inspect, make_url
from sqlalchemy.exc import ArgumentError

from widgets.catalogue import DATA, Catalogue, load_catalogue

from . import sqlite, store, views
from .clock import Clock, clock_from_environment
from .errors import Damaged, JournalError, NewerJournal, NotOpened, NotRead, WrongSetting
from .file import JournalFile
from .journal import Journal
from .keyring import Keyring
from .keys import Key
from .migrating import migrate
from .schema import SCHEMA, index_names, make_indexes, metadata

OWN = DATA / "journal" / "journal.sqlite"


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
    _make_sure_of(path)
    file = JournalFile(path, Keyring(passphrase, key=key))
    try:
        clock = clock or clock_from_environment()
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
        return OWN
    with suppress(ArgumentError):
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:"):
            return Path(str(parsed.database)).absolute()
    raise WrongSetting("The journal's address (WORKBOOK_JOURNAL)", "Write one like sqlite:////home/you/journal.sqlite.")


def _make_sure_of(path: Path) -> None:
    try:
        sqlite.make_file(path)
        if path == OWN:
            path.parent.chmod(0o700)  # a clone brings the folder, with everybody's rights
    except OSError:
        pass  # it may be there to read at least
    if not (path.is_file() and os.access(path, os.R_OK)):
        raise NotOpened(str(path))


def _prepare(file: JournalFile, catalogue: Catalogue, clock: Clock) -> None:
    """Make the tables of a new file, refuse a file that is not ours to write in, bring views and indexes up to date."""
    if not file.read(_has_tables):
        file.write(_make_tables)
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
        file.write(lambda connection: _renew(connection, wanted))


def _has_tables(connection: Connection) -> bool:
    return bool(inspect(connection).get_table_names())


def _make_tables(connection: Connection) -> None:
    if not _has_tables(connection):  # another page may have been quicker
        metadata.create_all(connection)
        store.note(connection, schema=str(SCHEMA), journal=str(uuid4()))


def _renew(connection: Connection, wanted: dict[str, str]) -> None:
    make_indexes(connection)
    views.refresh(connection, wanted)
    store.note(connection, views=_version(wanted))


def _version(wanted: dict[str, str]) -> str:
    """Says which views and indexes are there."""
    return views.version({**wanted, "indexes": " ".join(index_names())})
