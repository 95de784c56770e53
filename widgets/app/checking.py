"""`second-thoughts check`: is everything whole? Reads only, and says of damage what is still whole and what to do."""

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
    Locked,
    NewerJournal,
    WrongPassphrase,
    backups,
    beside,
    copying,
    path_of,
    restoring,
    salvage,
)
from widgets.journal.keys import Key

from .commands import counted, key_of, listed_backups, told, when, with_passphrase

LITTLE = 100_000_000  # bytes of free space
NAME = "second-thoughts"
NOT_LOOKED = (
    "That did not open it. Nothing was changed. The journal is locked with a passphrase, and could not be looked at "
    f"without it. Type it when {NAME} check asks for it, or pipe it in as the first line."
)


def check_all() -> None:
    """Say it, a matter a line; ends with 1 where something is not as it should be."""
    with told():
        copying.clear(path_of(None))
        key, problems = _journal(path_of(None))
        problems += _backups(key) + _installation()
        for problem in problems:
            typer.echo(problem, err=True)
    if problems:
        raise typer.Exit(1)
    typer.echo("Everything is whole.")


def _journal(path: Path) -> tuple[Key | None, list[str]]:
    """The journal’s key, and what is wrong with it."""
    if not path.is_file():
        if backups.of_any_journal():
            way = f"{NAME} restore lists them, and puts one there."
            return None, [f"Journal: there is none in {path}, but there are backups. {way}"]
        typer.echo(f"Journal: there is none in {path} yet. It is made when the workbook is opened.")
        return None, []
    if not path.stat().st_size:
        return None, [str(Emptied(str(path))), *_ways_back(None)]
    try:
        key = with_passphrase(lambda passphrase: key_of(path, passphrase))
    except (Locked, WrongPassphrase):
        return None, [NOT_LOOKED]
    except JournalError as error:
        return None, [str(error), *_ways_back(None)]
    found = salvage.found_in(path, key, reversed(backups.of_any_journal()))
    by_table = Counter(entry.table for entry in found.entries)
    entries = len({entry.entry_id for entry in found.entries})
    locked = "locked with a passphrase" if key else "not locked"
    typer.echo(f"Journal: {path}, {locked}. {counted(entries)} in {len(found.entries)} versions:")
    for table, count in sorted(by_table.items()):
        typer.echo(f"  {table}: {count}")
    _lying_beside(path, key)
    if salvage.is_newer(found):
        return key, [str(NewerJournal(str(path)))]
    return key, [] if found.is_whole else [_damage(found), *_ways_back(key)]


def _damage(found: salvage.Found) -> str:
    lost = Counter(spoilt.table for spoilt in found.spoilt)
    told_lost = ", ".join(f"{count} in {table}" for table, count in sorted(lost.items()))
    unread = "an unknown number" if found.unread is None else str(found.unread)
    what = [f"versions that are not what was written: {told_lost}"] if lost else []
    what += [f"versions that cannot be read: {unread}"] if found.unread != 0 else []
    return f"The journal is damaged ({'; '.join(what) or 'the file is not sound'})."


def _lying_beside(path: Path, key: Key | None) -> None:
    copies = beside.copies(path, key)
    if copies:
        typer.echo(f"Other copies lie beside it: {', '.join(copy.name for copy in copies)}.")
        typer.echo(f"To add what one of them holds: {NAME} import {copies[0]}")
    for aside in restoring.put_aside(path):
        typer.echo(f"Put aside when a backup was restored, and not needed by the workbook: {aside}")


def _ways_back(key: Key | None) -> list[str]:
    listed = [backup for some in listed_backups() for backup in some]
    if not listed:
        return [f"There is no backup. To save what can still be read as plain files: {NAME} unlock FOLDER"]
    whole = backups.newest_whole(listed[::-1], key)
    if whole is None:
        return [f"No backup is whole. To save what can still be read as plain files: {NAME} unlock FOLDER"]
    return [
        f"Nothing was changed. To put the newest whole backup, of {when(whole)}, in its place, with what can still be "
        f"read added to it: {NAME} restore {listed.index(whole) + 1}"
    ]


def _backups(key: Key | None) -> list[str]:
    looked = {backup: backups.is_whole(backup, key) for backup in backups.of_any_journal()}
    whole = [backup for backup, found in looked.items() if found]
    locked = [backup for backup, found in looked.items() if found is None]
    typer.echo(
        f"Backups in {backups.folder()}: {len(whole)} whole{f', the newest of {when(whole[-1])}' if whole else ''}."
    )
    if locked:
        typer.echo(f"  {len(locked)} are locked with another passphrase and were not read.")
    return [f"This backup is damaged: {backup}" for backup, found in looked.items() if found is False]


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
