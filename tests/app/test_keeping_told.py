"""What the commands say where they cannot know, where there is nothing, and where not everything came out."""

import io
import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path

import pytest
import typer

from tests.app.test_keeping import KEY, Run, damage, filled
from tests.app.test_keeping_faults import NEWER, flip, run
from tests.journal import disks
from tests.journal.conftest import Child, reading
from tests.journal.test_disks import public
from widgets.app.checking import check_all
from widgets.app.commands import list_backups, restore
from widgets.journal import backups, open_journal, restoring, wal

__all__ = ["public", "run"]  # fixtures

OTHER_KEY = "ganz andere Wörter"


def spoil_beginning(place: Path) -> None:
    """A first page of noise: no program can tell the file from a locked one."""
    place.write_bytes(os.urandom(4096) + place.read_bytes()[4096:])


def test_a_beginning_of_noise_is_not_called_locked_and_restoring_is_named(run: Run) -> None:
    """Whoever never set a passphrase is told both possibilities, what speaks for which, and the way back; it works."""
    journal = filled()
    spoil_beginning(Path(journal.place))
    noise = Path(journal.place).read_bytes()
    run("check", ends=1)
    assert "No passphrase was given." in run.error
    assert "or its beginning is damaged" in run.error
    assert "No backup is locked, so it probably never had one." in run.error
    assert "second-thoughts restore 1" in run.error
    for arguments in (["backup"], ["export", "x.zip"], ["unlock", "out"]):
        run(*arguments, ends=1)
        assert "If this file never had a passphrase, it is damaged. second-thoughts restore" in run.error
    run("restore", "1", said="\nn\n", ends=1)
    assert Path(journal.place).read_bytes() == noise
    assert "20 entries" in run("restore", "1", said="\ny\n")
    assert len(journal.table("timeline")) == 20
    [aside] = restoring.put_aside(Path(journal.place))
    assert aside.read_bytes() == noise


def test_a_locked_journal_does_not_give_way_to_an_unlocked_backup_unasked(run: Run) -> None:
    """Its passphrase stays in force where it is given; without it nothing happens before she has said yes."""
    journal = filled()
    [plain] = journal.backups()
    aside = plain.rename(plain.with_name("elsewhere.sqlite"))
    journal = open_journal()
    journal.set_passphrase(KEY)
    journal.close()
    before = Path(journal.place).read_bytes()
    for said in ("", "a guess\nn\n"):
        run("restore", str(aside), said=said, ends=1)
        assert Path(journal.place).read_bytes() == before
    assert "20 entries" in run("restore", str(aside), said=f"{KEY}\n")
    assert not Path(journal.place).read_bytes().startswith(b"SQLite")


def test_check_says_of_a_locked_journal_what_it_can_and_cannot_know(run: Run) -> None:
    """Its backups begin as it does: so it is locked, and they were not looked at; a guess is called no other lock."""
    journal = filled(KEY)
    told = run("check", ends=1)
    assert "1 locked, and not looked at" in told
    assert "No passphrase was given." in run.error
    told = run("check", said="a guess\n", ends=1)
    assert "1 not opened by this passphrase" in told
    assert "restore" not in run.error
    spoil_beginning(Path(journal.place))
    told = run("check", said=f"{KEY}\n", ends=1)
    assert "1 whole, the newest from" in told  # the right passphrase tells how the backups are
    assert "It does open a backup" in run.error
    assert "second-thoughts restore 1" in run.error
    assert "20 entries" in run("restore", "1", said=f"{KEY}\n")


def test_the_passphrase_is_tried_on_backups_whatever_became_of_the_journal(run: Run) -> None:
    """Gone, empty, cut: it is asked for on their account; one that stays shut is said to be."""
    journal = filled(KEY)
    place = Path(journal.place)
    place.write_bytes(place.read_bytes()[:5000])
    for spoil in (lambda: None, lambda: place.write_bytes(b""), place.unlink):
        spoil()
        assert "1 whole, the newest from" in run("check", said=f"{KEY}\n", ends=1)
        assert "second-thoughts restore" in run.error
        assert "0 whole." in run("check", said="a guess\n", ends=1)
    later = filled(OTHER_KEY)
    told = run("check", said=f"{OTHER_KEY}\n")
    assert "1 whole" in told
    assert "1 not opened by this passphrase, and not looked at: locked with another one, or damaged" in told
    assert len(later.backups()) == 1


def test_with_no_journal_nothing_is_made(run: Run, tmp_path: Path) -> None:
    """No empty journal, no empty file; and the way to begin, or the backups there are."""
    for arguments in (["backup"], ["export", str(tmp_path / "x.zip")], ["export", str(tmp_path / "x.csv")]):
        run(*arguments, ends=1)
        assert "There is no journal in" in run.error
        assert "Nothing was made." in run.error
    assert list(tmp_path.iterdir()) == []
    Path(filled().place).unlink()
    run("export", str(tmp_path / "x.zip"), ends=1)
    assert "second-thoughts restore lists them" in run.error
    assert not (tmp_path / "x.zip").exists()
    assert list((tmp_path / "kept").glob("*.sqlite")) == []


def test_a_number_that_no_backup_has(run: Run) -> None:
    run("restore", "1", ends=1)
    assert "There is no backup 1: there is none yet." in run.error
    filled()
    for which in ("9", "0", "٩"):
        run("restore", which, ends=1)
        assert f"There is no backup {which}: there is one, number 1. Nothing was changed." in run.error
    for which in ("nowhere.sqlite", "²", "kept"):
        run("restore", which, ends=1)
        assert f"There is no file {which}." in run.error


@pytest.mark.parametrize("passphrase", [None, KEY])
def test_unlocking_a_damaged_journal_says_what_is_missing(run: Run, tmp_path: Path, passphrase: str | None) -> None:
    """It does not end as if all were there; what could be read is there, drafts too."""
    journal = filled(passphrase)
    again = open_journal(passphrase=passphrase)
    again.keep_draft("timeline", {"what": "half a sentence"})
    again.close()
    for backup in journal.backups():
        backup.rename(tmp_path / backup.name)  # it would lend what is missing
    damage(Path(journal.place))
    out = tmp_path / "out"
    told = run("unlock", str(out), said=f"{KEY}\n", ends=1)
    assert "entries, not locked" in told
    assert "Not everything came out." in run.error
    assert "versions that cannot be read" in run.error
    assert "second-thoughts check" in run.error
    assert not (out / "journal.sqlite").exists()
    assert json.loads((out / "drafts.json").read_text("utf-8"))["timeline"]["answers"] == {"what": "half a sentence"}


def test_unlocking_deletes_only_what_it_made(run: Run, tmp_path: Path) -> None:
    """A folder called as an unfinished one might be is hers, or left of a killed one: it stays, in nobody’s way."""
    filled()
    mine = tmp_path / "notes.part" / "mine"
    mine.parent.mkdir()
    mine.write_text("mine")
    run("unlock", str(tmp_path / "no such folder" / "notes"), ends=1)
    assert "30 entries" in run("unlock", str(tmp_path / "notes"))
    assert mine.read_text() == "mine"
    assert {file.name for file in tmp_path.iterdir() if "part" in file.name} == {"notes.part"}


def test_a_backup_of_a_newer_version_is_called_that(run: Run) -> None:
    """Neither whole nor damaged, whatever its tables have become, and no advice leads to it."""
    journal = filled()
    [backup] = journal.backups()
    newer = backup.with_name(backup.name.replace("-20", "-21"))
    for change in (NEWER, f"{NEWER}; ALTER TABLE entries RENAME TO pages"):
        newer.write_bytes(backup.read_bytes())
        with sqlite3.connect(newer) as other:
            other.executescript(change)
        other.close()
        told = run("check")
        assert "1 whole" in told
        assert "1 made by a newer version of the workbook" in told
        run("restore", "1", ends=1)
        assert "is from a newer version" in run.error
    assert backups.newest_whole(journal.backups()) == backup


def test_what_is_odd_among_the_backups_is_told_as_what_it_is(run: Run) -> None:
    """A folder, a link to nothing: the rest is looked at all the same, listed, and counted."""
    journal = filled()
    [backup] = journal.backups()
    folder, link = (backup.with_name(f"{backup.stem[:-5]}{end}Z.sqlite") for end in ("0001", "0002"))
    folder.mkdir()
    link.symlink_to("nowhere")
    assert "1 whole" in run("check", ends=1)
    assert f"is a folder: {folder}" in run.error
    assert f"is a link to a file that is not there: {link}" in run.error
    assert str(backup) in run("restore")
    assert f"a folder: {folder}" in run.error
    assert open_journal().backups() == (backup,)
    backup.unlink()
    assert "There are no backups" in run("restore")
    assert f"a folder: {folder}" in run.error


def said_by(command: Callable[[], None]) -> str:
    """In this process: nobody may not be given leave to run another Python."""
    told = io.StringIO()
    with redirect_stdout(told), redirect_stderr(told), suppress(typer.Exit):
        command()
    return told.getvalue()


@pytest.mark.parametrize("shut", ["a backup", "its folder"])
def test_backups_that_may_not_be_read_are_told_as_that(
    public: Path, monkeypatch: pytest.MonkeyPatch, shut: str
) -> None:
    """Nobody is told that there is none, or that everything is whole; and the journal opens and is read."""
    monkeypatch.setenv("WORKBOOK_JOURNAL", f"sqlite:///{public}/kept/journal.sqlite")
    monkeypatch.setenv("WORKBOOK_BACKUPS", str(public / "backups"))

    def as_nobody() -> None:
        disks.become_nobody()
        [backup] = filled().backups()
        (backup if shut == "a backup" else backup.parent).chmod(0)
        checked, listed, restored = map(said_by, (check_all, list_backups, lambda: restore("1")))
        print(all(word in checked for word in ("30 entries", "by you")), "Everything is whole" in checked)
        print("There are no backups" in listed, "could not be read just now" in restored or "by you" in restored)
        print(len(open_journal().table("timeline")))

    assert Child(as_nobody).finish().split() == ["True", "False", "False", "True", "30"]


def test_a_plain_backup_of_a_locked_journal_is_told(run: Run) -> None:
    """As whoever was killed while a passphrase was set may leave it."""
    journal = filled()
    [backup] = journal.backups()
    plain = backup.read_bytes()
    journal = open_journal()
    journal.set_passphrase(KEY)
    journal.close()
    backup.write_bytes(plain)
    run("check", said=f"{KEY}\n", ends=1)
    assert f"opens without the passphrase that the journal has: {backup}" in run.error
    open_journal(passphrase=KEY).close()
    assert "Everything is whole" in run("check", said=f"{KEY}\n")


def test_a_draft_that_cannot_be_read_is_told(run: Run) -> None:
    """A flipped sign in its JSON: SQLite sees nothing, and what she saved is whole."""
    journal = filled()
    journal = open_journal()
    journal.keep_draft("timeline", {"what": "half a word"})
    journal.close()
    flip(Path(journal.place), b'{"what":"half')
    place = Path(journal.place)
    place.write_bytes(place.read_bytes().replace(b'{"what":"halX', b'{"what"X"half'))
    assert "30 entries" in run("check", ends=1)
    assert "A draft can no longer be read: timeline. What you saved is whole." in run.error


def test_a_bundle_that_is_to_be_restored_is_told_how_it_comes_in(run: Run, tmp_path: Path) -> None:
    """It was called a damaged journal, and she was sent to her backups."""
    filled().close()
    bundle = tmp_path / "x.zip"
    run("export", str(bundle))
    run("restore", str(bundle), ends=1)
    assert f"Nothing was changed. If it is a bundle: second-thoughts import {bundle} adds what it holds." in run.error
    assert "was here already" in run("import", str(bundle))


def test_a_log_that_was_put_aside_is_not_told_as_a_file_to_read(run: Run) -> None:
    """One that was older than the journal is told as that; one that belongs to a damaged file, with that file."""
    journal = filled()
    place = Path(journal.place)
    log = wal.log_of(place)
    reader = reading(journal)
    journal.save("timeline", {"what": "early"})
    early = log.read_bytes()
    reader.close()
    journal.save("timeline", {"what": "late"})
    journal.close()
    log.write_bytes(early)
    open_journal().close()
    said = run("check")
    assert f"was put aside: {restoring.put_aside(place)[0]}. The journal is newer" in said
    assert "--from" not in said
    damaged = place.with_name(f"{place.name}{restoring.ASIDE}20261122T000000000000Z")
    damaged.write_bytes(place.read_bytes()[:-1])
    wal.log_of(damaged).write_bytes(early)
    said = run("check")
    assert f"unlock FOLDER --from {damaged}\n" in said
    assert str(wal.log_of(damaged)) not in said


def test_a_file_that_only_seems_newer_gives_way_once_she_says_so(run: Run) -> None:
    """A flipped figure where it says its version: nothing of it is lost, and the file is kept."""
    journal = filled()
    with sqlite3.connect(journal.place) as other:
        other.execute("UPDATE meta SET value = '3' WHERE name = 'schema'")
    other.close()
    run("check", ends=1)
    assert "restore asks about that" in run.error
    run("restore", "1", said="n\n", ends=1)
    run("restore", "1", said="y\n")
    assert len(open_journal().table("timeline")) == 30
    assert len(restoring.put_aside(Path(journal.place))) == 1
