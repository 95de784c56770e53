"""`second-thoughts check`: is everything whole?

Changes nothing of hers, and says of damage what is still whole and what to do.
"""

import platform
import shutil
from collections import Counter
from importlib import metadata
from pathlib import Path

import typer
from packaging.requirements import Requirement

from widgets.catalogue import load_catalogue
from widgets.journal import (
    Emptied,
    JournalError,
    NewerJournal,
    OpensABackup,
    WrongPassphrase,
    backups,
    beside,
    copying,
    path_of,
    restoring,
    salvage,
    wal,
)
from widgets.journal.backups import State
from widgets.journal.keys import Key
from widgets.readings.words import count

from .commands import (
    ShutFolder,
    asked,
    counted,
    damage_of,
    key_of,
    kind_of,
    listed_backups,
    told,
    when,
    with_passphrase,
)

LITTLE = 100_000_000  # bytes of free space
NAME = "second-thoughts"
NONE_GIVEN = "No passphrase was given. Nothing was changed."
LOCKED = "The journal is locked with a passphrase, and could not be looked at without it."
MAY_BE_LOCKED = (
    "The journal is locked with a passphrase, or its beginning is damaged; the two look alike, and without the "
    "passphrase nobody can tell. If it never had one, it is damaged."
)
ASKS = f"If you have the passphrase: type it when {NAME} check asks for it, or pipe it in as the first line."
NEWER = "made by a newer version of the workbook, and not looked at: update the workbook to use them."
OPEN_BACKUP = (
    "This backup opens without the passphrase that the journal has: {backup}. Opening the workbook locks it; if it is "
    "still told here then, see that its folder can be written to, or delete it."
)
SPOILT_DRAFTS = (
    "A draft can no longer be read: {names}. What you saved is whole. Open the exercise and write it again; to look "
    f"for it in a backup: {NAME} unlock FOLDER --from BACKUP"
)
NEVER_NEWER = f"If no newer version was ever here, the file is damaged: {NAME} restore asks about that."
ASIDE = (
    f"Put aside as it was when damage was found; what could be read of it was taken over: {{aside}}. It may be deleted "
    f"once you have seen that nothing is missing. To read it: {NAME} unlock FOLDER --from {{aside}}"
)
LOG_ASIDE = (
    "The log of an earlier day lay beside the journal, and was put aside: {aside}. The journal is newer, and lacks "
    "nothing. That file may be deleted; if you write on another computer too, bring in that one’s copy first: "
    f"{NAME} import FILE"
)
CLOSED = "This backup cannot be read by you, so nobody could look at it: {backup}. Allow reading it, then check again."
NO_FILE = "This is called like a backup, and is {kind}: {path}. Move it to another folder, then check again."
NO_BACKUP_LOCKED = "No backup is locked, so it probably never had one."


class Passphrase:
    """The passphrase she was asked for, if she was: for the journal and its backups once."""

    def __init__(self) -> None:
        self.given: str | None = None  # None: not asked for
        self._key: Key | None = None  # the journal's
        self._found: tuple[Key, ...] | None = None

    def opens(self, path: Path) -> Key | None:
        """The journal's key. Raises JournalError."""

        def work(passphrase: str | None) -> Key | None:
            self.given = passphrase
            return key_of(path, passphrase)

        self._key = with_passphrase(work)
        return self._key

    @property
    def held(self) -> tuple[Key, ...]:
        """Every key of the journal and of backups that is at hand."""
        if self._found is None:
            self._found = backups.keys_from(self.given or "")
        return (*self._found, self._key) if self._key else self._found

    def ask(self) -> None:
        """For the backups, where there is no journal to ask it for."""
        if self.given is None:
            self.given = asked()
            self._found = None


def check_all() -> None:
    """Say it, a matter a line; ends with 1 where something is not as it should be."""
    passphrase = Passphrase()
    with told():
        copying.clear(path_of(None))
        restoring.take_up_again(path_of(None))
        problems = _journal(path_of(None), passphrase)
        problems += _backups(passphrase) + _installation()
        for problem in problems:
            typer.echo(problem, err=True)
    if problems:
        raise typer.Exit(1)
    typer.echo("Everything is whole.")


def _journal(path: Path, passphrase: Passphrase) -> list[str]:
    """What is wrong with it."""
    if not path.is_file():
        if backups.of_any_journal():
            _ask_for_locked(passphrase)
            way = f"{NAME} restore lists them, and puts one there."
            return [f"Journal: there is none in {path}, but there are backups. {way}"]
        typer.echo(f"Journal: there is none in {path} yet. It is made when the workbook is opened.")
        return []
    if not path.stat().st_size:
        _ask_for_locked(passphrase)
        return [str(Emptied(str(path))), *_ways_back(passphrase)]
    try:
        key = passphrase.opens(path)
    except WrongPassphrase as error:
        return _not_looked(path, error, passphrase)
    except JournalError as error:
        _ask_for_locked(passphrase)
        return [str(error), *_ways_back(passphrase)]
    found = salvage.found_in(path, key, reversed(backups.of_any_journal()))
    if salvage.is_newer(found):
        return [f"{NewerJournal(str(path))} {NEVER_NEWER}"]
    by_table = Counter(entry.table for entry in found.entries)
    entries = len({entry.entry_id for entry in found.entries})
    locked = "locked with a passphrase" if key else "not locked"
    versions = count(len(found.entries), "version", "versions")
    typer.echo(f"Journal: {path}, {locked}. {counted(entries)} in {versions}{':' if by_table else '.'}")
    for table, number in sorted(by_table.items()):
        typer.echo(f"  {table}: {number}")
    _lying_beside(path, key)
    told = [OPEN_BACKUP.format(backup=backup) for backup in backups.unlocked([found.journal or ""], key)]
    told += [SPOILT_DRAFTS.format(names=", ".join(found.spoilt_drafts))] if found.spoilt_drafts else []
    return told if found.is_whole else [damage_of(found), *_ways_back(passphrase), *told]


def _not_looked(path: Path, wrong: WrongPassphrase, passphrase: Passphrase) -> list[str]:
    """What can be known of a file that did not open, and what cannot."""
    tried = NONE_GIVEN if not passphrase.given else str(WrongPassphrase())
    if backups.that_begin_like(path):
        return [f"{tried} {LOCKED} {ASKS}"]
    if isinstance(wrong, OpensABackup):
        return [str(wrong), *_ways_back(passphrase)]
    known = [backup for some in listed_backups() for backup in some]
    are_plain = known and not any(backups.is_locked(backup) for backup in known)
    said = " ".join([tried, MAY_BE_LOCKED, *([NO_BACKUP_LOCKED] if are_plain else []), ASKS])
    return [said, *_ways_back(passphrase)]


def _ask_for_locked(passphrase: Passphrase) -> None:
    if any(backups.is_locked(backup) for backup in backups.of_any_journal()):
        passphrase.ask()


def _lying_beside(path: Path, key: Key | None) -> None:
    copies = beside.copies(path, key)
    if copies:
        typer.echo(f"Other copies lie beside it: {', '.join(copy.name for copy in copies)}.")
        typer.echo(f"To add what one of them holds: {NAME} import {copies[0]}")
    known = restoring.put_aside(path)
    for aside in known:
        if aside not in map(wal.log_of, known):
            typer.echo((LOG_ASIDE if wal.is_log(aside) else ASIDE).format(aside=aside))


def _ways_back(passphrase: Passphrase) -> list[str]:
    listed = [backup for some in listed_backups() for backup in some]
    if not listed:
        none = "" if backups.is_shut() else "There is no backup. "
        return [f"{none}To save what can still be read as plain files: {NAME} unlock FOLDER"]
    way_back = backups.newest_whole(listed[::-1], *passphrase.held)
    if way_back is None:
        return [f"No backup is whole. To save what can still be read as plain files: {NAME} unlock FOLDER"]
    is_whole = backups.state_of(way_back, *passphrase.held) is State.WHOLE
    which = "the newest whole backup" if is_whole else "the newest backup, which is locked and was not looked at"
    return [
        f"Nothing was changed. To put {which}, of {when(way_back)}, in its place, with what can still be read added to "
        f"it: {NAME} restore {listed.index(way_back) + 1}"
    ]


def _backups(passphrase: Passphrase) -> list[str]:
    if backups.is_shut():
        return [str(ShutFolder())]
    looked = {backup: backups.state_of(backup, *passphrase.held) for backup in backups.of_any_journal()}
    whole = [backup for backup, state in looked.items() if state is State.WHOLE]
    typer.echo(
        f"Backups in {backups.folder()}: {len(whole)} whole{f', the newest from {when(whole[-1])}' if whole else ''}."
    )
    for state, words in ((State.LOCKED, _of_locked(passphrase)), (State.NEWER, NEWER)):
        if number := sum(found is state for found in looked.values()):
            typer.echo(f"  {number} {words}")
    return [
        *(f"This backup is damaged: {backup}" for backup, state in looked.items() if state is State.DAMAGED),
        *(CLOSED.format(backup=backup) for backup, state in looked.items() if state is State.CLOSED),
        *(NO_FILE.format(kind=kind_of(path), path=path) for path in backups.no_files()),
    ]


def _of_locked(passphrase: Passphrase) -> str:
    if not passphrase.given:
        return "locked, and not looked at: nobody can without the passphrase."
    return "not opened by this passphrase, and not looked at: locked with another one, or damaged at the beginning."


def _installation() -> list[str]:
    problems = []
    wanted = [Requirement(line) for line in metadata.requires(NAME) or ()]
    for requirement in wanted:
        if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        try:
            version = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            problems.append(f"The package {requirement.name} is not installed. Run: make install")
            continue
        if not requirement.specifier.contains(version, prereleases=True):
            problems.append(
                f"{requirement.name} is {version}, and {requirement.specifier} is needed. Run: make install"
            )
    exercises = len(load_catalogue().exercises)
    typer.echo(f"Installation: Python {platform.python_version()}, {exercises} exercises.")
    for folder in (path_of(None).parent, backups.folder()):
        nearest = next(place for place in (folder, *folder.parents) if place.is_dir())
        if shutil.disk_usage(nearest).free < LITTLE:
            problems.append(f"Little room is left for {folder}. Free some space.")
    return problems
