"""A journal as plain files, made without the workbook running and without a change to the journal."""

import datetime as dt
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from widgets.catalogue import Table

from . import backups, bundle, copying, replacing, salvage, sqlite
from .entry import to_draft, to_text
from .errors import Damaged, JournalError, NotExported
from .keys import Key

DATABASE = "journal.sqlite"
DRAFTS = "drafts.json"


def unlock(path: Path, key: Key | None, folder: Path, tables: Mapping[str, Table], now: dt.datetime) -> salvage.Found:
    """Write what a file holds into a new folder: the database itself, and what a bundle has, as files.

    Of a damaged file: whatever can still be read, without the database; drafts, which a bundle has not, in a file of
    their own. The folder is this user's only; it is there whole or not at all. Raises Damaged where nothing can be
    read, NotExported.
    """
    found = salvage.found_in(path, key, reversed(backups.of_any_journal()))
    if not (found.is_whole or found.entries or found.drafts):
        raise Damaged(str(path))
    part = None
    try:
        part = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f"{folder.name}.part-"))  # 0700, and nobody else's
        if found.is_whole:
            with salvage.settled(path, key) as (settled, _), copying.untouched(settled) as copy:
                replacing.written_anew(copy, key, part / DATABASE, None)
        for name, text in (*bundle.files(found.entries, tables, now), *_drafts(found)):
            (part / name).parent.mkdir(mode=0o700, exist_ok=True)
            with open(os.open(part / name, os.O_CREAT | os.O_WRONLY, 0o600), "w", encoding="utf-8", newline="") as file:
                file.write(text)
        part.rename(folder)  # an empty folder of that name gives way; one that holds something does not
        return found
    except (OSError, JournalError, *sqlite.DATABASE_ERRORS):
        pass
    if part:
        with suppress(OSError):
            shutil.rmtree(part)
    raise NotExported(folder)


def _drafts(found: salvage.Found) -> Iterator[tuple[str, str]]:
    """What was not saved yet, and is in the database where there is one."""
    if found.drafts and not found.is_whole:
        read = filter(None, map(to_draft, found.drafts))
        told = {draft.exercise: {"kept": to_text(draft.kept_utc), "answers": draft.answers} for draft in read}
        yield DRAFTS, json.dumps(told, ensure_ascii=False, indent=1)
