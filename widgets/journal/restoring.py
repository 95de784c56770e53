"""A backup takes the journal's place. Nothing readable is lost by it, and nothing is thrown away unread."""

import datetime as dt
import filecmp
import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from . import agent, backups, bundle, keys, replacing, salvage, sqlite, store, turns
from .copying import untouched
from .errors import (
    Damaged,
    Locked,
    NewerJournal,
    NoBackup,
    NotChanged,
    NotMended,
    NotOfThisJournal,
    NotRead,
    NotWhole,
    WrongPassphrase,
)
from .keyring import opened_by
from .keys import Key
from .salvage import NOTHING, Found, Log, View
from .schema import SCHEMA, metadata
from .wal import has_log, log_of

Keys = tuple[Key | None, ...]
ASIDE = "-damaged-"  # between the file's name and the moment: what was put aside


@dataclass(frozen=True)
class Restored:
    """What a restoring did: entries it brought, those that only the damaged file still held, and where that file is."""

    entries: int
    rescued: int
    aside: Path | None


@dataclass(frozen=True)
class _File:
    """A file as it was found: its key (None: plain, or unknown), and what it says."""

    path: Path
    key: Key | None = field(repr=False)
    found: Found
    is_known: bool  # whether its key is


def restore(
    path: Path,
    backup: Path,
    now: dt.datetime,
    *,
    passphrase: str | None = None,
    key: Key | None = None,
    may_be_another: bool = False,
    is_no_lock: bool = False,
    is_not_newer: bool = False,
) -> Restored:
    """Put a backup in the place of the journal's file, under the passphrase that is in force there.

    may_be_another: she has said that another journal's may come; it brings its own lock. is_no_lock: she has said that
    a file that cannot be told from a locked one never had a passphrase: so it is damaged. is_not_newer: that
    no later version ever wrote it: so what it says of itself is damaged.

    A journal that is whole is backed up first, as it is. One that is not is put aside, and whatever can still be read
    of it and is not in the backup is added. passphrase, key: of either, where the serving process does not hold it.
    Pages that are open go on with the new file. Raises Locked, WrongPassphrase, NotWhole, NewerJournal (also where the
    journal itself is: nothing of ours can read all of it), NotOfThisJournal, NotBackedUp, NotSaved; then the file is as
    it was.
    """
    try:
        with turns.alone(path.parent):
            return _restore(path, backup, now, (key, agent.ask()), passphrase, may_be_another, is_no_lock, is_not_newer)
    except sqlite.DATABASE_ERRORS as error:
        problem = sqlite.told(error, str(path), reading=False)
    raise problem


def settle_log(path: Path, key: Key | None, now: dt.datetime) -> None:
    """Before a journal is opened: see that SQLite makes of a log beside it what was written, and drops nothing.

    A log that is older than the file is put aside. Of a broken one, and of the file, all that can be read goes into a
    new file; both are put aside as they were. Raises Damaged, Busy, NotSaved, NotMended where nothing can be written;
    then they are as they were.
    """
    if not has_log(path) and not put_aside(path):
        return
    try:
        with turns.alone(path.parent):
            if sqlite.writable(path):
                _settle_log(path, key, now)
            else:
                _refuse_unsettled_log(path, key)
        return
    except sqlite.DATABASE_ERRORS as error:
        problem = sqlite.told(error, str(path), reading=False)
    raise problem


def _settle_log(path: Path, key: Key | None, now: dt.datetime) -> None:
    take_up_again(path)
    if not has_log(path):
        return
    if _log_beside(path, key, now) is Log.BROKEN:
        with salvage.views_of(path, key) as views, replacing.unfinished(path) as part:
            _begin_from(views, part, path, key)
            found = salvage.united(views)
            notes = {"incomplete": _aside(path, now).name} if views[0].lacks else {}
            _in_place_of_a_damaged_one(part, path, key, found, now, notes)


def _refuse_unsettled_log(path: Path, key: Key | None) -> None:
    """Where it cannot be mended the pages would lack what SQLite drops, and not say so. Raises NotMended."""
    with salvage.settled(path, key) as (_, log):
        if log is not Log.WHOLE:
            raise NotMended(str(path))


def _log_beside(path: Path, key: Key | None, now: dt.datetime) -> Log:
    """What the log is; one that is older than the file is put aside."""
    with untouched(path, to_mend=True) as copy:
        log = salvage.log_beside(copy, key)
    if log is Log.OLDER:
        log_of(path).replace(log_of(_aside(path, now)))
        path.with_name(f"{path.name}-shm").unlink(missing_ok=True)
    return log


def take_up_again(path: Path) -> None:
    """Somebody was killed after the log went and before the new file came: beside the file's twin still lies the log.

    The twin is a file of its own where a disk knows no second names, or where the folder was copied since. Raises
    BlockingIOError, OSError.
    """
    if not (put_aside(path) and path.is_file() and sqlite.writable(path)):
        return
    with turns.alone(path.parent):
        for aside in put_aside(path):
            if not has_log(path) and has_log(aside) and filecmp.cmp(aside, path, shallow=False):
                log_of(aside).replace(log_of(path))
                aside.unlink()


def _begin_from(views: Sequence[View], part: Path, path: Path, key: Key | None) -> None:
    """A new file with what the first whole view says; where none is, with nothing yet."""
    whole = next((view for view in views if view.found.is_whole), None)
    if whole:
        return replacing.written_anew(whole.path, key, part, key)
    found = salvage.united(views)
    if not found.journal or found.schema != str(SCHEMA):
        raise Damaged(str(path))
    sqlite.make_file(part)
    engine = sqlite.engine_for(part, key)
    try:
        with engine.begin() as connection:
            metadata.create_all(connection)
            store.note(connection, schema=found.schema, journal=found.journal)
        sqlite.empty_log(engine)
    finally:
        engine.dispose()


def _restore(
    path: Path,
    backup: Path,
    now: dt.datetime,
    held: Keys,
    passphrase: str | None,
    may_be_another: bool,
    is_no_lock: bool,
    is_not_newer: bool,
) -> Restored:
    theirs = _as_backup(backup, held, passphrase)
    if salvage.is_newer(theirs.found):  # before it is called damaged: only the later version can tell
        raise NewerJournal(str(backup))
    if not theirs.found.is_whole or not (theirs.found.schema or "").isdigit():
        others = [other for other in backups_for(path) if other != backup]
        raise NotWhole(backup, backups.newest_whole(others, theirs.key, *held))
    take_up_again(path)
    ours = _as_found(path, held, passphrase, is_no_lock or keys.head(backup) != keys.PLAIN, backup)
    if salvage.is_newer(ours.found):
        if not is_not_newer:
            raise NewerJournal(str(path))
        ours = replace(ours, found=replace(ours.found, is_whole=False))
    if ours.is_known and has_log(path):
        _log_beside(path, ours.key, now)
    is_another = ours.found.is_whole and ours.found.journal != theirs.found.journal
    if is_another and (ours.found.entries or ours.found.drafts) and not may_be_another:
        raise NotOfThisJournal(backup)
    key = ours.key if ours.is_known and not is_another else theirs.key
    with replacing.unfinished(path) as part:
        with salvage.settled(backup, theirs.key) as (settled, _):
            replacing.written_anew(settled, theirs.key, part, key)
        if ours.found.is_whole:
            aside, rescued = None, 0
            _in_place_of_a_whole_one(part, ours, now)
        else:
            rescued, aside = _in_place_of_a_damaged_one(part, path, key, ours.found, now, {})
    return Restored(len({entry.entry_id for entry in theirs.found.entries}), rescued, aside)


def _opened(path: Path, held: Keys, passphrase: str | None, *donors: Path) -> _File:
    if not (path.is_file() and os.access(path, os.R_OK)):
        raise NotRead(str(path))
    start = keys.head(path)
    if start == keys.PLAIN:
        return _File(path, None, salvage.found_in(path, None), True)
    fitting = [key for key in held if key and key.salt == start and keys.fits(key, path)]
    key = fitting[0] if fitting else opened_by(path, passphrase)
    return _File(path, key, salvage.found_in(path, key, donors), True)


def _as_backup(path: Path, held: Keys, passphrase: str | None) -> _File:
    with suppress(Damaged):
        return _opened(path, held, passphrase)
    raise NoBackup(path)


def _as_found(path: Path, held: Keys, passphrase: str | None, may_be_noise: bool, *donors: Path) -> _File:
    """The journal's own file, whatever state it is in. may_be_noise: what does not open counts as damaged."""
    if not path.is_file() or not path.stat().st_size:
        return _File(path, None, NOTHING, False)
    try:
        return _opened(path, held, passphrase, *donors)
    except (Locked, WrongPassphrase):
        if not may_be_noise:  # a backup without a lock would take a locked journal's place unasked
            raise
    except Damaged:
        pass
    return _File(path, None, NOTHING, False)


def _in_place_of_a_whole_one(part: Path, ours: _File, now: dt.datetime) -> None:
    if ours.found.entries or ours.found.drafts:
        sqlite.look(ours.path, ours.key, lambda connection: backups.back_up(connection, ours.key, now))
    with replacing.held(ours.path, ours.key):
        replacing.put_in_place(part, ours.path)


def _in_place_of_a_damaged_one(
    part: Path, path: Path, key: Key | None, found: Found, now: dt.datetime, notes: Mapping[str, str]
) -> tuple[int, Path | None]:
    rescued = _rescued(part, key, found, notes)
    aside = _put_aside(path, now)
    replacing.put_in_place(part, path)
    return rescued, aside


def _rescued(part: Path, key: Key | None, found: Found, notes: Mapping[str, str]) -> int:
    """Add to the new file what the old one still says; the number of entries that are new or changed by it.

    Raises NotChanged where the new file does not read back whole.
    """
    engine = sqlite.engine_for(part, key)
    try:
        with engine.begin() as connection:
            for row in found.drafts:
                kept = store.get_draft(connection, row["exercise"])
                if kept is None or kept.kept_utc.isoformat() < row["kept_utc"]:
                    store.put_draft(connection, row)
            if notes:
                store.note(connection, **notes)
            rescued = bundle.merge(connection, found.entries)
        sqlite.empty_log(engine)  # only the file itself takes the other's place
    finally:
        engine.dispose()
    if has_log(part) or sqlite.look(part, key, store.is_whole) is not True:
        raise NotChanged(str(part))
    return rescued


def _put_aside(path: Path, now: dt.datetime) -> Path | None:
    """Keep the file and its log under another name too; the file itself stays until the new one takes its place."""
    if not path.is_file() or not path.stat().st_size:
        return None
    aside = _aside(path, now)
    _twin(path, aside)
    if has_log(path):
        _twin(log_of(path), log_of(aside))
    replacing.sync(path.parent)
    return aside


def _aside(path: Path, now: dt.datetime) -> Path:
    return path.with_name(f"{path.name}{ASIDE}{now.astimezone(dt.UTC):{backups.NAME}}")


def _twin(path: Path, other: Path) -> None:
    try:
        os.link(path, other)
    except OSError:  # a disk that knows no second names
        shutil.copy2(path, other)


def put_aside(path: Path) -> tuple[Path, ...]:
    """The damaged files that restorings have put aside, oldest first."""
    return tuple(sorted(p for p in path.parent.glob(f"*{ASIDE}*") if p.name.startswith(path.name + ASIDE)))


def backups_for(path: Path) -> tuple[Path, ...]:
    """This file's own backups, oldest first; all there are where it cannot say which those are."""
    known = backups.of_any_journal()
    if not path.is_file() or not path.stat().st_size:
        return known
    start = keys.head(path)
    if start == keys.PLAIN:
        name = salvage.found_in(path, None).journal
        return backups.of_journal(name) if name else known
    return tuple(backup for backup in known if backups.beginning(backup) == start) or known


def of_others(path: Path) -> tuple[Path, ...]:
    """The backups of other journals, oldest first: what is left of one whose file is gone, too."""
    return backups.of_others(backups_for(path))
