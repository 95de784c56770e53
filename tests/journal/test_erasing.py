"""Erased means gone from the bytes of the file and of its log; where it cannot be, it says so."""

import errno
import threading
from functools import partial
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2  # a second SQLite in one process would not see the first one's locks

from tests.journal.conftest import Opener, StoppedClock
from widgets.journal import DiskFull, Journal, NotErased, backups, restoring, sqlite, store

SECRET = "Hortensienstrasse siebzehn"


def places_of(secret: str, place: Path) -> list[str]:
    """Names of the journal's files that hold the words."""
    return [f.name for f in sorted(place.parent.iterdir()) if f.is_file() and secret.encode() in f.read_bytes()]


def write_and_erase(journal: Journal) -> str:
    journal.save("boxes", {"item": "stays"})
    entry_id = journal.save("boxes", {"item": f"{SECRET} {'x' * 9000}"})
    journal.revise(entry_id, {"item": f"{SECRET} again"})
    journal.withdraw(entry_id)
    journal.keep_draft("boxes", {"item": f"{SECRET} once more"})
    return entry_id


def test_no_byte_of_it_is_left(journal: Journal, place: Path) -> None:
    entry_id = write_and_erase(journal)
    assert places_of(SECRET, place)
    erased = journal.erase(entry_id)
    assert (erased.revisions, erased.backups) == (3, ())
    assert places_of(SECRET, place) == []
    assert journal.draft("boxes") is None
    assert journal.table("boxes")["item"].to_list() == ["stays"]
    assert len(journal.history("boxes")) == 1


def test_a_copy_that_the_database_left_between_its_rows_goes_too(journal: Journal, place: Path) -> None:
    """SQLite may leave one where it moved a row to another page: found so once in some hundred erasings, put here."""
    entry_id = journal.save("boxes", {"item": SECRET})
    kept = journal.save("boxes", {"item": "stays"})
    row = journal._file.read(lambda connection: store.marks(connection, entry_id, ())).pop()
    journal.close()
    raw = bytearray(place.read_bytes())
    left = f"{entry_id}{SECRET}{row}".encode()
    [page] = [at for at in range(4096, len(raw), 4096) if raw[at] == 13 and SECRET.encode() in raw[at : at + 4096]]
    gap = page + 8 + 2 * int.from_bytes(raw[page + 3 : page + 5]) + 100
    assert not any(raw[gap : gap + len(left)])
    raw[gap : gap + len(left)] = left
    place.write_bytes(raw)
    assert journal.check().sound
    journal.erase(entry_id)
    for trace in (entry_id, SECRET, row):
        assert trace.encode() not in place.read_bytes()
    assert [entry.entry_id for entry in journal.entries("boxes")] == [kept]
    assert journal.check().sound


def test_what_was_already_in_the_main_file_goes_too(journal: Journal, place: Path, opened: Opener) -> None:
    entry_id = write_and_erase(journal)
    journal.close()  # empties the log into the file
    assert places_of(SECRET, place) == ["journal.sqlite"]
    opened().erase(entry_id)
    assert places_of(SECRET, place) == []


def test_a_page_that_is_reading_delays_it(journal: Journal, place: Path) -> None:
    entry_id = write_and_erase(journal)
    reader = dbapi2.connect(place, check_same_thread=False, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM entries").fetchone()
    done = threading.Timer(0.3, reader.close)
    done.start()
    journal.erase(entry_id)
    done.join()
    assert places_of(SECRET, place) == []


def test_while_a_page_goes_on_reading_it_does_not_say_erased(
    journal: Journal, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry_id = write_and_erase(journal)
    reader = dbapi2.connect(place, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM entries").fetchone()
    monkeypatch.setattr(sqlite, "empty_log", partial(sqlite.empty_log, patience=0.1))
    with pytest.raises(NotErased, match="erase it again"):
        journal.erase(entry_id)
    assert places_of(SECRET, place)
    reader.close()
    journal.erase(entry_id)  # again, as the sentence says
    assert places_of(SECRET, place) == []


def test_backups_that_hold_it_are_named_and_left(journal: Journal, place: Path) -> None:
    journal.save("boxes", {"item": "before"})
    journal.backup()
    entry_id = journal.save("boxes", {"item": SECRET})
    holding = journal.backup()
    assert journal.erase(entry_id).backups == (holding,)
    assert SECRET.encode() in holding.read_bytes()


def test_a_backup_that_holds_it_as_a_draft_is_named_too(journal: Journal, clock: StoppedClock) -> None:
    """She wrote on it for days before she saved it: the earlier backup has the words, under no entry."""
    journal.keep_draft("boxes", {"item": SECRET})
    drafted = journal.backup()
    clock.turn(days=1)
    journal.drop_draft("boxes")
    entry_id = journal.save("boxes", {"item": SECRET})
    assert SECRET.encode() in drafted.read_bytes()
    assert journal.erase(entry_id).backups == (drafted,)


@pytest.mark.parametrize("passphrase", [None, "vier kleine Wörter"])
def test_it_can_be_erased_in_the_backups_too(
    opened: Opener, place: Path, clock: StoppedClock, passphrase: str | None
) -> None:
    """From every one of them, drafts included; all else in them stays, and they open as before."""
    journal = opened(passphrase=passphrase)
    journal.save("boxes", {"item": "stays"})
    journal.keep_draft("boxes", {"item": SECRET})
    journal.backup()
    clock.turn(days=1)
    entry_id = write_and_erase_nothing(journal)
    journal.backup()
    journal.keep_draft("check-in", {"note": "another exercise's draft"})
    clock.turn(days=1)
    journal.backup()
    assert journal.erase(entry_id, in_backups=True).backups == ()
    assert places_of(SECRET, place) == []
    copies = journal.backups()
    assert len(copies) == 3
    for copy in copies:
        assert SECRET.encode() not in copy.read_bytes()
        there = opened(copy, passphrase=passphrase)
        assert there.history("boxes")["item"].to_list() == ["stays"]
        assert there.draft("boxes") is None
        there.close()
    assert opened(copies[-1], passphrase=passphrase).draft("check-in") is not None
    assert [f.name for f in backups.folder().iterdir() if "-new" in f.name] == []


def test_erased_first_and_in_the_backups_later(journal: Journal, clock: StoppedClock) -> None:
    """The second time the entry is known from the backups only."""
    entry_id = write_and_erase_nothing(journal)
    holding = journal.backup()
    assert journal.erase(entry_id).backups == (holding,)
    assert journal.erase(entry_id, in_backups=True).backups == ()
    assert SECRET.encode() not in holding.read_bytes()


def test_a_backup_that_cannot_be_read_stays_named(journal: Journal, clock: StoppedClock) -> None:
    """Nobody can tell what is in it."""
    entry_id = write_and_erase_nothing(journal)
    holding = journal.backup()
    holding.write_bytes(b"a bad disk" * 1000)
    assert journal.erase(entry_id, in_backups=True).backups == (holding,)
    assert holding.read_bytes() == b"a bad disk" * 1000


def write_and_erase_nothing(journal: Journal) -> str:
    """An entry with two revisions and a draft; the rest of the file is another's."""
    if not len(journal.table("boxes")):
        journal.save("boxes", {"item": "stays"})
    entry_id = journal.save("boxes", {"item": f"{SECRET} {'x' * 9000}"})
    journal.revise(entry_id, {"item": f"{SECRET} again"})
    journal.keep_draft("boxes", {"item": f"{SECRET} once more"})
    return entry_id


@pytest.mark.parametrize("passphrase", [None, "vier kleine Wörter"])
def test_everything_is_deleted_in_one_step(
    opened: Opener, place: Path, clock: StoppedClock, tmp_path: Path, passphrase: str | None
) -> None:
    """Journal, log, drafts, backups, files put aside; another journal's backups stay; a new one begins empty."""
    other = opened(tmp_path / "second" / "journal.sqlite")
    other.save("boxes", {"item": "somebody else's"})
    kept = other.backup()
    clock.turn(seconds=1)  # no two are written in one microsecond
    journal = opened(passphrase=passphrase)
    write_and_erase_nothing(journal)
    journal.backup()
    aside = place.with_name(place.name + restoring.ASIDE + "20261122T000000000000Z")
    aside.write_bytes(SECRET.encode())
    (backups.folder() / f"journal-{journal.name[:8]}-20261122T000000000000Z.part").write_bytes(SECRET.encode())
    assert journal.delete_everything() == ()
    assert list(place.parent.iterdir()) == []
    assert list(backups.folder().iterdir()) == [kept]
    assert len(opened(passphrase=passphrase).table("boxes")) == 0


def test_what_cannot_be_deleted_is_named(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    """It does not say that all is gone while it is not."""
    write_and_erase_nothing(journal)
    stuck = journal.backup()
    wipe = backups.wipe

    def refuse(path: Path) -> None:
        if path == stuck:
            raise PermissionError
        wipe(path)

    monkeypatch.setattr(backups, "wipe", refuse)
    assert journal.delete_everything() == (stuck,)


def test_an_entry_that_is_written_anew_leaves_no_earlier_version_and_is_never_gone(
    journal: Journal, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One transaction: where the new version cannot be written, the earlier ones stay."""
    entry_id = journal.save("boxes", {"item": SECRET})
    journal.revise(entry_id, {"item": f"{SECRET} again"})

    def full(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, "no room")

    with monkeypatch.context() as patched:
        patched.setattr(store, "append", full)
        with pytest.raises(DiskFull):
            journal.rewrite(entry_id, {"item": "without it"})
    assert len(journal.history("boxes")) == 2
    journal.rewrite(entry_id, {"item": "without it"})
    assert places_of(SECRET, place) == []
    assert journal.history("boxes")["item"].to_list() == ["without it"]
    assert journal.table("boxes")["entry_id"].to_list() == [entry_id]
