"""From an older file's tables to today's, in one transaction, after a backup that has been read back."""

import datetime as dt
from collections.abc import Callable

from sqlalchemy import Connection

from . import backups, store
from .file import JournalFile
from .schema import SCHEMA

STEPS: dict[int, Callable[[Connection], None]] = {}  # from this version to the next; there has been one version so far


def migrate(file: JournalFile, now: dt.datetime) -> None:
    """Bring the file to today's version. Raises NotBackedUp before anything is changed, NotSaved."""
    file.read(lambda connection: backups.back_up(connection, file.key, now))
    file.write(_step_by_step)


def _step_by_step(connection: Connection) -> None:
    while (version := int(store.notes(connection)["schema"])) < SCHEMA:
        STEPS[version](connection)
        store.note(connection, schema=str(version + 1))
