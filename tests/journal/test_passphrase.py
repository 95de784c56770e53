"""A passphrase on a journal in use: nothing acknowledged is lost by it, and none of her words stays readable."""

import errno
import os
import random
import shutil
import signal
import time
from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path

import pandas as pd
import pytest
from sqlcipher3 import dbapi2

from tests.journal.conftest import Child, Opener, StoppedClock
from widgets.app.agent import KeyAgent
from widgets.catalogue import Catalogue
from widgets.journal import (
    Busy,
    EmptyPassphrase,
    Journal,
    Locked,
    WrongPassphrase,
    backups,
    open_journal,
    replacing,
    sqlite,
)

SECRET = "Hortensienstrasse"
FIRST, SECOND = "vier kleine Wörter hier", "ganz andere vier Wörter"


@pytest.fixture
def agent(monkeypatch: pytest.MonkeyPatch) -> Iterator[KeyAgent]:
    """The serving process's agent, found through the environment by this process and those it starts."""
    started = KeyAgent()
    for name, value in started.environment.items():
        monkeypatch.setenv(name, value)
    yield started
    started.close()


def written(journal: Journal, clock: StoppedClock) -> dict[str, pd.DataFrame]:
    """A journal with history, a withdrawn entry, a draft and a backup; its tables."""
    first = journal.save("boxes", {"item": f"{SECRET} one"})
    journal.revise(first, {"item": f"{SECRET} two", "box": "mine"})
    journal.withdraw(journal.save("boxes", {"item": f"{SECRET} gone"}))
    journal.save("decisions", {"choice": "try", "lines": [{"words": SECRET, "matters": 0}]})
    journal.keep_draft("boxes", {"item": f"{SECRET} draft"})
    journal.backup()
    clock.turn(hours=1)
    journal.save("boxes", {"item": f"{SECRET} three"})
    return {table: journal.history(table) for table in ("boxes", "decisions", "decision_lines")}


def unchanged(journal: Journal, before: dict[str, pd.DataFrame]) -> None:
    for table, frame in before.items():
        pd.testing.assert_frame_equal(journal.history(table), frame)
    draft = journal.draft("boxes")
    assert draft is not None
    assert draft.answers == {"item": f"{SECRET} draft"}
    assert journal.check().sound


def readable(*folders: Path) -> list[str]:
    """Files in which her words stand as they are."""
    files = [f for folder in folders for f in folder.rglob("*") if f.is_file()]
    return [f.name for f in files if SECRET.encode() in f.read_bytes()]


def test_setting_changing_and_taking_away_keep_all_that_is_there(
    journal: Journal, place: Path, clock: StoppedClock, opened: Opener
) -> None:
    """Revisions, drafts and backups stay; what is locked is locked in all places; only the newest key fits."""
    before = written(journal, clock)
    folders = place.parent, backups.folder()
    assert len(readable(*folders)) > 1
    assert journal.set_passphrase(FIRST) == ()
    assert journal.has_passphrase
    unchanged(journal, before)
    assert readable(*folders) == []
    assert journal.set_passphrase(SECOND, FIRST) == ()
    unchanged(journal, before)
    with pytest.raises(WrongPassphrase):
        opened(passphrase=FIRST)
    unchanged(opened(passphrase=SECOND), before)
    [copy] = journal.backups()
    with pytest.raises(WrongPassphrase):
        opened(copy, passphrase=FIRST)
    assert len(opened(copy, passphrase=SECOND).history("boxes")) == 4
    journal.save("boxes", {"item": "and on"})
    assert journal.remove_passphrase(SECOND) == ()
    assert not journal.has_passphrase
    assert opened().table("boxes")["item"].to_list()[-1] == "and on"
    assert len(opened(copy).history("boxes")) == 4
    assert sorted(f.name for f in place.parent.iterdir() if "-wal" not in f.name and "-shm" not in f.name) == [
        "journal.sqlite"
    ]


@pytest.mark.parametrize("now", [None, "", "a guess", SECOND])
def test_without_the_passphrase_in_force_nothing_is_changed(
    journal: Journal, place: Path, clock: StoppedClock, now: str | None
) -> None:
    """Somebody at an open page can neither change it nor take it away."""
    before = written(journal, clock)
    journal.set_passphrase(FIRST)
    unchanged(journal, before)
    journal.close()
    bytes_before = place.read_bytes()
    with pytest.raises(WrongPassphrase):
        journal.set_passphrase("another one", now)
    with pytest.raises(WrongPassphrase):
        journal.remove_passphrase(now or "")
    with pytest.raises(EmptyPassphrase):
        journal.set_passphrase("", FIRST)
    journal.close()
    assert place.read_bytes() == bytes_before
    unchanged(journal, before)


def test_sqlcipher_itself_opens_it_with_the_same_passphrase(journal: Journal, place: Path) -> None:
    """No format of our own: any program that knows SQLCipher 4 reads the file, without us."""
    journal.save("boxes", {"item": SECRET})
    journal.set_passphrase(FIRST)
    journal.close()
    other = dbapi2.connect(place)
    other.execute(f"PRAGMA key = '{FIRST}'")
    assert other.execute("SELECT item FROM v_boxes").fetchall() == [(SECRET,)]
    other.close()


def test_the_same_letters_open_it_however_a_keyboard_writes_them(journal: Journal, opened: Opener) -> None:
    """One sign or a letter with its dots: the same passphrase."""
    journal.set_passphrase("W\u00f6rter und mehr")
    opened(passphrase="Wo\u0308rter und mehr")


def test_open_pages_go_on_with_the_key_from_the_serving_process(
    journal: Journal, opened: Opener, agent: KeyAgent
) -> None:
    """Set on one page: another one, open since before, writes on, and a new one opens without asking."""
    other = opened()
    other.save("boxes", {"item": "before"})
    journal.set_passphrase(FIRST)
    other.save("boxes", {"item": "meanwhile"})
    opened().save("boxes", {"item": "opened later"})
    assert journal.table("boxes")["item"].to_list() == ["before", "meanwhile", "opened later"]
    journal.set_passphrase(SECOND, FIRST)
    other.save("boxes", {"item": "after the change"})
    journal.remove_passphrase(SECOND)
    assert agent.key == ""
    other.save("boxes", {"item": "after the end"})
    assert len(journal.table("boxes")) == 5


def test_a_page_to_which_nobody_hands_the_key_says_that_it_is_locked(journal: Journal, opened: Opener) -> None:
    """It writes nothing into a file that is no more, and says so."""
    other = opened()
    journal.set_passphrase(FIRST)
    with pytest.raises(Locked):
        other.save("boxes", {"item": "lost otherwise"})
    with pytest.raises(Locked):
        opened()
    assert len(journal.table("boxes")) == 0


def test_what_other_pages_save_meanwhile_is_there_afterwards(
    place: Path, catalogue: Catalogue, opened: Opener, agent: KeyAgent
) -> None:
    """Two pages write without a pause while it is set, changed and taken away: every acknowledged row stays."""

    def keep_saving() -> None:
        theirs = open_journal(f"sqlite:///{place}", catalogue=catalogue)
        while True:
            print(theirs.save("boxes", {"item": "x" * 200}), flush=True)

    pages = [Child(keep_saving) for _ in range(2)]
    first = [page.output.readline() for page in pages]
    journal = opened()
    for _ in range(3):
        journal.set_passphrase(FIRST)
        journal.set_passphrase(SECOND, FIRST)
        journal.remove_passphrase(SECOND)
    for page in pages:
        os.kill(page.pid, signal.SIGTERM)
    told = "".join(line + page.finish() for line, page in zip(first, pages, strict=True))
    saved = {line.strip() for line in told.splitlines(keepends=True) if line.endswith("\n")}
    assert len(saved) > 10
    assert saved <= set(journal.table("boxes")["entry_id"])
    assert journal.check().sound


@pytest.mark.parametrize("then", ["set", "change", "remove"])
def test_a_kill_in_the_middle_leaves_the_old_file_or_the_new_one(
    place: Path, catalogue: Catalogue, opened: Opener, clock: StoppedClock, then: str
) -> None:
    """Killed at a random moment, eight times over: exactly one of the two keys opens it, and everything is there."""
    now = {"set": None, "change": FIRST, "remove": FIRST}[then]
    after = {"set": SECOND, "change": SECOND, "remove": None}[then]
    before = written(opened(passphrase=now), clock)
    moments = random.Random(then)

    def change() -> None:
        theirs = open_journal(f"sqlite:///{place}", now, catalogue=catalogue)
        print("ready", flush=True)
        theirs.set_passphrase(SECOND, now) if after else theirs.remove_passphrase(FIRST)
        print("done", flush=True)
        time.sleep(60)

    for _ in range(8):
        child = Child(change)
        assert child.output.readline() == "ready\n"
        time.sleep(moments.uniform(0, 0.4))
        os.kill(child.pid, signal.SIGKILL)
        child.finish()
        fitting = {key: found for key in (now, after) if (found := opened_with(opened, key))}
        assert len(fitting) == 1
        [(key, journal)] = fitting.items()
        unchanged(journal, before)
        if key == after:  # and back, for the next one
            journal.set_passphrase(now, after) if now else journal.remove_passphrase(after or "")
        journal.close()


def opened_with(opened: Opener, passphrase: str | None) -> Journal | None:
    try:
        return opened(passphrase=passphrase)
    except (Locked, WrongPassphrase):
        return None


@pytest.mark.parametrize("then", ["set", "change", "remove"])
def test_no_backup_is_left_behind_wherever_it_is_killed(
    place: Path, catalogue: Catalogue, opened: Opener, clock: StoppedClock, tmp_path: Path, then: str
) -> None:
    """Before each of its renamings: after the next opening every backup opens as the journal does, and is what it was;
    none is plain beside a locked one, and nothing unfinished lies there.
    """
    now = {"set": None, "change": FIRST, "remove": FIRST}[then]
    after = {"set": SECOND, "change": SECOND, "remove": None}[then]
    journal = opened(passphrase=now)
    for number in range(3):
        journal.save("boxes", {"item": f"{SECRET} {number}"})
        clock.turn(minutes=1)
        journal.backup()
    known = journal.backups()
    journal.close()
    shutil.copytree(tmp_path / "kept", tmp_path / "kept before")
    shutil.copytree(backups.folder(), tmp_path / "backups before")
    ends = set()
    for last in count():
        for folder in (place.parent, backups.folder()):
            shutil.rmtree(folder)
            shutil.copytree(folder.with_name(f"{folder.name} before"), folder)
        child = Child(partial(_change_and_die, place, catalogue, clock, now, after, last))
        if child.finish() == "done\n":
            break
        [(key, journal)] = [(key, found) for key in (now, after) if (found := opened_with(opened, key))]
        ends.add(key)
        assert (*known, journal.unlocked_copies()) == (*journal.backups(), ())
        if key:
            assert readable(place.parent, backups.folder()) == []
        for number, backup in enumerate(known, 1):
            assert len(opened(backup, passphrase=key).entries("boxes")) == number
        journal.close()
        assert {f.name for f in backups.folder().iterdir() if f.stem not in {b.stem for b in known}} <= {backups.BEGUN}
    assert last > 2 * len(known)
    assert ends == {now, after}


def test_a_disk_that_does_not_overwrite_the_old_file_changes_nothing_about_the_new_one(
    opened: Opener, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk that writes everything elsewhere: the journal is locked by then, and that is what is said."""
    journal = opened()
    journal.save("boxes", {"item": SECRET})
    journal.backup()
    monkeypatch.setattr(replacing, "_overwrite", refused)
    assert journal.set_passphrase(FIRST) == ()
    assert readable(place.parent, backups.folder()) == []
    assert journal.has_passphrase
    assert len(journal.entries("boxes")) == 1


def refused(*_: object) -> None:
    raise OSError(errno.ENOSPC, "no room")


def test_a_backup_that_was_being_made_when_it_was_killed_is_not_left_plain(
    place: Path, catalogue: Catalogue, opened: Opener, clock: StoppedClock
) -> None:
    """What it had written so far lies among the backups: it goes when a passphrase is set, and at every opening."""

    def die() -> None:
        journal = open_journal(f"sqlite:///{place}", catalogue=catalogue, clock=clock)
        journal.save("boxes", {"item": SECRET})
        backups.sync = lambda path: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[assignment]
        journal.backup()

    def left() -> list[Path]:
        return [file for file in backups.folder().iterdir() if file.name != backups.BEGUN]

    def is_killed() -> bool:
        Child(die).finish()
        return readable(backups.folder()) != []

    journal = opened()
    assert is_killed()
    journal.set_passphrase(FIRST)
    assert readable(place.parent, backups.folder()) == []
    assert left() == []
    journal.remove_passphrase(FIRST)
    assert is_killed()
    opened()
    assert [file.suffix for file in left()] == [".sqlite"]


def _change_and_die(
    place: Path, catalogue: Catalogue, clock: StoppedClock, now: str | None, after: str | None, last: int
) -> None:
    journal = open_journal(f"sqlite:///{place}", now, catalogue=catalogue, clock=clock)
    rename, done = Path.replace, count()

    def renamed(path: Path, other: Path) -> Path:
        if next(done) == last:
            os.kill(os.getpid(), signal.SIGKILL)
        return rename(path, other)

    Path.replace = renamed  # type: ignore[method-assign]
    journal.set_passphrase(after, now) if after else journal.remove_passphrase(now or "")
    print("done")


def test_a_plain_backup_of_a_locked_journal_is_named_and_locked(
    journal: Journal, place: Path, clock: StoppedClock, opened: Opener
) -> None:
    """As an earlier version of the workbook, killed, left them: at the next opening, and by a change of passphrase."""
    written(journal, clock)
    [backup] = journal.backups()
    plain = backup.read_bytes()
    assert journal.unlocked_copies() == ()
    journal.set_passphrase(FIRST)
    backup.write_bytes(plain)
    assert journal.unlocked_copies() == (backup,)
    assert journal.set_passphrase(SECOND, FIRST) == ()
    assert len(opened(backup, passphrase=SECOND).history("boxes")) == 4
    backup.write_bytes(plain)
    assert opened(passphrase=SECOND).unlocked_copies() == ()
    assert readable(place.parent, backups.folder()) == []


def test_a_backup_that_cannot_be_locked_stays_named(journal: Journal, clock: StoppedClock, opened: Opener) -> None:
    """A damaged one: nothing is lost, and the journal opens."""
    written(journal, clock)
    [backup] = journal.backups()
    raw = backup.read_bytes()
    backup.write_bytes(raw[:4096] + bytes(4096) + raw[8192:])
    assert journal.set_passphrase(FIRST) == (backup,)
    assert opened(passphrase=FIRST).unlocked_copies() == (backup,)
    assert backup.read_bytes() == raw[:4096] + bytes(4096) + raw[8192:]


def test_a_program_that_goes_on_reading_holds_it_up(journal: Journal, place: Path, clock: StoppedClock) -> None:
    """Somebody else's reader: it is refused with the reason, and the file is as it was."""
    before = written(journal, clock)
    reader = dbapi2.connect(place, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM entries").fetchone()
    journal.save("boxes", {"item": "in the log"})
    with pytest.raises(Busy, match="Close that program"):
        journal.set_passphrase(FIRST)
    reader.close()
    assert not journal.has_passphrase
    assert len(journal.table("boxes")) == 3
    assert not replacing.part_of(place).exists()
    assert set(before) == {"boxes", "decisions", "decision_lines"}


def test_a_new_file_that_does_not_read_back_does_not_count(
    journal: Journal, place: Path, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that writes something else: the old file stays, nothing is left beside it."""
    before = written(journal, clock)
    look = sqlite.look
    monkeypatch.setattr(sqlite, "look", lambda path, *more: None if "-new" in path.name else look(path, *more))
    with pytest.raises(replacing.NotChanged):
        journal.set_passphrase(FIRST)
    monkeypatch.undo()
    assert not journal.has_passphrase
    unchanged(journal, before)
    assert not replacing.part_of(place).exists()
