"""The commands that look after the journal: backup, restore, export, import, unlock."""

import getpass
import sys
from collections import Counter
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
    NeverLocked,
    NewerJournal,
    NoSuchFile,
    NotOfThisJournal,
    WrongPassphrase,
    backups,
    clock_from_environment,
    keys,
    open_journal,
    path_of,
    restoring,
    salvage,
    sqlite,
    unlocking,
)
from widgets.journal import restore as put_back
from widgets.journal.keyring import opened_by
from widgets.journal.keys import Key

T = TypeVar("T")
TRIES = 3
SHORT = "Not everything came out."
ALL_READ = "Every version came out; drafts may not have."
NOT_AMONG = "What was not read is not among these files, nor is the database itself."
REST = "A backup may hold the rest: second-thoughts check says which is the newest that is whole."
ANOTHER = (
    "This is a backup of another journal. Put it in this one’s place? What is there now becomes a backup itself, "
    "and is listed under “Of other journals” then."
)
NO_NEWER = (
    "If no newer version of the workbook was ever used with it, the file is damaged, and this backup can take its "
    "place, with what can be read added to it; the file itself is kept beside it. Is it certain that none was?"
)
NO_LOCK = (
    "The journal could not be opened. If it never had a passphrase, it is damaged, and this backup can take its place; "
    "the file itself is kept beside it. Is it certain that it never had one?"
)


def make_backup() -> None:
    """Make a backup and say where it is."""
    with told(), _journal(may_begin=False) as journal:
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
        if backups.is_shut():
            raise ShutFolder
        found, others = listed_backups()
        for path in backups.no_files():
            typer.echo(f"Called like a backup, and {kind_of(path)}: {path}", err=True)
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
        backup = _chosen(which)
        done = _put_back(backup)
        typer.echo(f"The backup from {when(backup)} is now in the journal’s place: {counted(done.entries)}.")
        if done.rescued:
            typer.echo(f"Of the damaged file, {counted(done.rescued)} could still be read and were added.")
        if done.aside:
            typer.echo(f"The damaged file is kept: {done.aside}")


def _chosen(which: str) -> Path:
    """The backup of that number in the list, or at that path. Raises NoSuchBackup, NoSuchFile."""
    if Path(which).is_file():
        return Path(which)
    if not which.isdecimal():
        raise NoSuchFile(Path(which))
    if backups.is_shut():
        raise ShutFolder
    known = [backup for some in listed_backups() for backup in some]
    if not 0 < int(which) <= len(known):
        raise NoSuchBackup(which, len(known))
    return known[int(which) - 1]


def _put_back(backup: Path) -> restoring.Restored:
    """Put it in the journal's place, once she has said yes to what is asked then."""
    path, now = path_of(None), clock_from_environment().now()

    def put(**yes: bool) -> restoring.Restored:
        return with_passphrase(
            lambda passphrase: put_back(
                path,
                backup,
                now,
                passphrase=passphrase,
                may_be_another=yes.get("may_be_another", False),
                is_no_lock=yes.get("is_no_lock", False),
                is_not_newer=yes.get("is_not_newer", False),
            )
        )

    try:
        return put()
    except NotOfThisJournal:
        if not typer.confirm(ANOTHER):
            raise
        return put(may_be_another=True)
    except NewerJournal as error:
        typer.echo(str(error), err=True)
        if error.place != str(path) or not typer.confirm(NO_NEWER):
            raise typer.Exit(1) from None
        return put(is_not_newer=True)
    except (Locked, WrongPassphrase):
        is_plain = keys.head(backup) == keys.PLAIN
        if not is_plain or backups.that_begin_like(path) or not typer.confirm(NO_LOCK):
            raise
        return put(is_no_lock=True)


def export(path: Path, table: str | None) -> None:
    """Write a bundle, or one table; the ending says which kind of file."""
    with told(), _journal(may_begin=False) as journal:
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
        restoring.take_up_again(path)
        key = with_passphrase(lambda passphrase: key_of(path, passphrase))
        made = clock_from_environment().now()
        found = unlocking.unlock(path, key, folder, load_catalogue().tables, made)
        typer.echo(f"Written to {folder}: {counted(len({entry.entry_id for entry in found.entries}))}, not locked.")
        if found.is_whole:
            return
        is_short = found.spoilt or found.unread != 0
        typer.echo(f"{SHORT if is_short else ALL_READ} {damage_of(found)} {NOT_AMONG} {REST}", err=True)
    raise typer.Exit(1)


def damage_of(found: salvage.Found) -> str:
    """What is wrong with a damaged file, in numbers."""
    lost = Counter(spoilt.table for spoilt in found.spoilt)
    told_lost = ", ".join(f"{count} in {table}" for table, count in sorted(lost.items()))
    unread = "an unknown number" if found.unread is None else str(found.unread)
    what = [f"versions that are not what was written: {told_lost}"] if lost else []
    what += [f"versions that cannot be read: {unread}"] if found.unread != 0 else []
    return f"The journal is damaged ({'; '.join(what) or 'the file is not sound'})."


def key_of(path: Path, passphrase: str | None) -> Key | None:
    """The key of a file that must be there. Raises JournalError."""
    if not path.is_file():
        raise NoSuchFile(path)
    return opened_by(path, passphrase)


class ShutFolder(JournalError):
    """The system does not let the backups be looked at."""

    def __init__(self) -> None:
        super().__init__(
            f"The folder of the backups may not be looked into by you: {backups.folder()}. What is in it is untouched. "
            "Allow reading and entering it, then try again."
        )


class NoSuchBackup(JournalError):
    """A number that is not in the list."""

    def __init__(self, which: str, count: int) -> None:
        there = {0: "there is none yet", 1: "there is one, number 1"}.get(count, f"they go from 1 to {count}")
        super().__init__(
            f"There is no backup {which}: {there}. Nothing was changed. second-thoughts restore lists them, with their "
            "days."
        )


class NoJournalYet(JournalError):
    """Where nothing was written yet there is nothing to copy, and looking for it makes no journal."""

    def __init__(self, path: Path) -> None:
        way = (
            "There are backups: second-thoughts restore lists them, and puts one there."
            if backups.of_any_journal()
            else "second-thoughts opens the workbook; the journal begins with that."
        )
        super().__init__(f"There is no journal in {path} yet. Nothing was made. {way}")


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
    except JournalError as error:
        said = error.without_a_save
    except sqlite.DATABASE_ERRORS as error:
        said = sqlite.told(error, str(path_of(None)), reading=False).without_a_save
    typer.echo(said, err=True)
    raise typer.Exit(1)


@contextmanager
def _journal(*, may_begin: bool = True) -> Iterator[Journal]:
    """The journal, open. may_begin: where there is none, one begins."""
    if not may_begin and not path_of(None).exists():
        raise NoJournalYet(path_of(None))
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
    for left in reversed(range(TRIES if sys.stdin.isatty() else 1)):
        passphrase = asked()
        try:
            return work(passphrase)
        except WrongPassphrase as error:
            wrong = error
        if not left or not passphrase:
            break
        typer.echo(str(wrong), err=True)
    path = Path(locked.place)
    may_be_noise = type(wrong) is WrongPassphrase and path == path_of(None) and not backups.that_begin_like(path)
    raise NeverLocked if may_be_noise else wrong


def asked() -> str:
    """The passphrase: typed without being shown, or the first line of what is piped in."""
    return getpass.getpass("Passphrase: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")


def listed_backups() -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Those of this journal, the newest first, and those of others; all are this one’s where it cannot say, unasked."""
    path = path_of(None)
    return restoring.backups_for(path)[::-1], restoring.of_others(path)[::-1]


def kind_of(path: Path) -> str:
    """What lies under a backup's name and is no file."""
    return "a folder" if path.is_dir() else "a link to a file that is not there" if path.is_symlink() else "no file"


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
