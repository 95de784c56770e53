"""The commands that look after the journal: backup, restore, export, import, unlock."""

import getpass
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import typer

from widgets.catalogue import load_catalogue
from widgets.journal import (
    Journal,
    JournalError,
    Locked,
    NoSuchFile,
    NotOfThisJournal,
    NotSaved,
    WrongPassphrase,
    backups,
    clock_from_environment,
    open_journal,
    path_of,
    restoring,
    sqlite,
    unlocking,
)
from widgets.journal import restore as put_back
from widgets.journal.keyring import opened_by
from widgets.journal.keys import Key

T = TypeVar("T")
TRIES = 3
ANOTHER = (
    "This is a backup of another journal. Put it in this one’s place? What stands there now becomes a backup itself, "
    "and is listed under “Of other journals” then."
)


def make_backup() -> None:
    """Make a backup and say where it is."""
    with told(), _journal() as journal:
        backup = journal.backup()
        journal.check()
        if not journal.problem:
            typer.echo(f"The newest backup, read back and whole: {backup}")
            return
        typer.echo(f"Copied as it is: {backup}. Older backups are kept.")
        typer.echo(journal.problem, err=True)
    raise typer.Exit(1)


def list_backups() -> None:
    """Say which backups there are, the newest first, and how to put one back."""
    with told():
        found, others = listed_backups()
        if not (found or others):
            typer.echo(f"There are no backups in {backups.folder()} yet.")
            return
        for number, backup in enumerate((*found, *others), 1):
            if number == len(found) + 1:
                typer.echo("Of other journals:")
            typer.echo(f"{number:3}  {when(backup)}  {backup}")
        typer.echo("To put one in the journal’s place: second-thoughts restore 1")


def restore(which: str) -> None:
    """Put a backup in the journal's place. `which`: its number in the list, or its path."""
    with told():
        known = [backup for some in listed_backups() for backup in some]
        number = int(which) if which.isdigit() else 0
        backup = known[number - 1] if 0 < number <= len(known) else Path(which)
        now = clock_from_environment().now()

        def put(*, may_be_another: bool) -> restoring.Restored:
            return with_passphrase(
                lambda passphrase: put_back(
                    path_of(None), backup, now, passphrase=passphrase, may_be_another=may_be_another
                )
            )

        try:
            done = put(may_be_another=False)
        except NotOfThisJournal:
            if not typer.confirm(ANOTHER):
                raise
            done = put(may_be_another=True)
        typer.echo(f"The backup of {when(backup)} is in the journal’s place: {counted(done.entries)}.")
        if done.rescued:
            typer.echo(f"Of the damaged file, {counted(done.rescued)} could still be read and were added.")
        if done.aside:
            typer.echo(f"The damaged file is kept: {done.aside}")


def export(path: Path, table: str | None) -> None:
    """Write a bundle, or one table; the ending says which kind of file."""
    with told(), _journal() as journal:
        if table:
            journal.export_table(table, path)
        else:
            journal.export_bundle(path)
        typer.echo(f"Written: {path}. It is not locked: whoever has this file can read it.")
        if not journal.problem:
            return
        typer.echo(f"What is whole is in it. {journal.problem}", err=True)
    raise typer.Exit(1)


def bring_in(path: Path) -> None:
    """Add what a bundle or another copy of a journal holds."""
    with told(), _journal() as journal:
        changed = with_passphrase(lambda passphrase: journal.import_bundle(path, passphrase))
        typer.echo(f"{counted(changed)} new or changed here." if changed else "Everything in it was here already.")


def unlock(folder: Path, source: Path | None) -> None:
    """Write a journal, or a backup of it, as plain files."""
    with told():
        path = source or path_of(None)
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise NotNew(folder)
        key = with_passphrase(lambda passphrase: key_of(path, passphrase))
        made = clock_from_environment().now()
        found = unlocking.unlock(path, key, folder, load_catalogue().tables, made)
        typer.echo(f"Written to {folder}: {counted(len({entry.entry_id for entry in found.entries}))}, not locked.")
        if not found.is_whole:
            typer.echo("The file is damaged; this is what can still be read of it. A backup may hold the rest.")


def key_of(path: Path, passphrase: str | None) -> Key | None:
    """The key of a file that must be there. Raises JournalError."""
    if not path.is_file():
        raise NoSuchFile(path)
    return opened_by(path, passphrase)


class NotNew(JournalError):
    """Plain files of hers are not mixed with others."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} holds something already. Nothing was changed. Name a folder that is not there yet.")


@contextmanager
def told() -> Iterator[None]:
    """A refusal is a sentence and an end with 1."""
    try:
        yield
        return
    except NotSaved as error:
        said = error.without_a_page
    except JournalError as error:
        said = str(error)
    except sqlite.DATABASE_ERRORS as error:
        problem = sqlite.told(error, str(path_of(None)), reading=False)
        said = problem.without_a_page if isinstance(problem, NotSaved) else str(problem)
    typer.echo(said, err=True)
    raise typer.Exit(1)


@contextmanager
def _journal() -> Iterator[Journal]:
    journal = with_passphrase(lambda passphrase: open_journal(None, passphrase))
    try:
        yield journal
    finally:
        journal.close()


def with_passphrase(work: Callable[[str | None], T]) -> T:
    """Do it without a passphrase, then with the one she is asked for."""
    try:
        return work(None)
    except Locked as error:
        locked = error
    for attempt in range(TRIES):
        try:
            return work(asked())
        except WrongPassphrase as error:
            if attempt + 1 == TRIES or not sys.stdin.isatty():
                raise
            typer.echo(str(error), err=True)
    raise locked


def asked() -> str:
    """The passphrase: typed without being shown, or the first line of what is piped in."""
    return getpass.getpass("Passphrase: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")


def listed_backups() -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Those of this journal, the newest first, and those of others; all are this one’s where it cannot say, unasked."""
    path = path_of(None)
    return restoring.backups_for(path)[::-1], restoring.of_others(path)[::-1]


def when(backup: Path) -> str:
    """When a backup was made, in her zone; its name if that does not tell."""
    moment = backups.made(backup)
    if moment is None:
        return backup.name
    here = moment.astimezone(clock_from_environment().now().tzinfo)
    return f"{here:%A} {here.day} {here:%B} {here.year}, {here:%H:%M}"


def counted(count: int) -> str:
    """ "1 entry", "3 entries"."""
    return f"{count} entry" if count == 1 else f"{count} entries"
