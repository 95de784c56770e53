"""Which file is opened, who may read it, with which passphrase; opening changes nothing it need not."""

import datetime as dt
import os
import re
import signal
import time
from pathlib import Path

import pytest

from tests.journal.conftest import Child, Opener, reading
from widgets.catalogue import Catalogue
from widgets.journal import (
    ForeignLog,
    Locked,
    OpensWithoutLog,
    WrongPassphrase,
    WrongSetting,
    clock_from_environment,
    keys,
    open_journal,
    opening,
    sqlite,
)

KEY = "correct horse 'battery' 🐎"


def test_only_its_owner_can_read_it(opened: Opener, place: Path) -> None:
    opened().save("boxes", {"item": "x"})
    assert place.parent.stat().st_mode & 0o777 == 0o700
    assert [f.stat().st_mode & 0o777 for f in place.parent.iterdir()] == [0o600] * 3


def test_the_own_journal_closes_a_folder_that_came_with_a_clone(
    tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without an address it lies in the workbook's own folder; with WORKBOOK_JOURNAL, there."""
    own = tmp_path / "data" / "journal" / "journal.sqlite"
    own.parent.mkdir(parents=True, mode=0o755)
    monkeypatch.setattr(opening, "OWN", own)
    monkeypatch.delenv("WORKBOOK_JOURNAL", raising=False)
    journal = open_journal(catalogue=catalogue)
    assert journal.place == str(own)
    assert own.parent.stat().st_mode & 0o777 == 0o700
    journal.close()
    monkeypatch.setenv("WORKBOOK_JOURNAL", f"sqlite:///{tmp_path}/other.sqlite")
    elsewhere = open_journal(catalogue=catalogue)
    assert elsewhere.place == str(tmp_path / "other.sqlite")
    elsewhere.close()


def test_opening_once_more_writes_nothing(opened: Opener, place: Path) -> None:
    opened().close()
    before = place.read_bytes(), place.stat().st_mtime_ns
    opened().table("checkins")
    assert (place.read_bytes(), place.stat().st_mtime_ns) == before


def test_a_passphrase_keeps_the_words_out_of_the_bytes(opened: Opener, place: Path) -> None:
    journal = opened(passphrase=KEY)
    journal.save("boxes", {"item": "Hortensie"})
    copy = journal.backup()
    journal.close()
    for file in (place, copy):
        assert b"Hortensie" not in file.read_bytes()
        assert opened(file, passphrase=KEY).table("boxes")["item"].to_list() == ["Hortensie"]


@pytest.mark.parametrize("crashed", [False, True])
def test_a_wrong_passphrase_changes_no_byte(place: Path, catalogue: Catalogue, opened: Opener, crashed: bool) -> None:
    """Also after a crash, when SQLite would clear the log away."""

    def write() -> None:
        journal = open_journal(f"sqlite:///{place}", KEY, catalogue=catalogue)
        reader = reading(journal)
        journal.save("boxes", {"item": "Hortensie"})
        if not crashed:
            reader.close()
            journal.close()
        print("ready", flush=True)
        time.sleep(60)

    writer = Child(write)
    assert writer.output.readline() == "ready\n"
    os.kill(writer.pid, signal.SIGKILL)
    writer.finish()
    before = {file.name: file.read_bytes() for file in place.parent.iterdir()}
    assert ("journal.sqlite-wal" in before) == crashed
    for wrong in ("correct horse", "", " "):
        with pytest.raises(WrongPassphrase):
            opened(passphrase=wrong)
    with pytest.raises(Locked):
        opened()
    assert {file.name: file.read_bytes() for file in place.parent.iterdir()} == before
    assert opened(passphrase=KEY).table("boxes")["item"].to_list() == ["Hortensie"]


def test_a_crash_right_after_a_change_of_key_leaves_the_new_key_the_right_one(
    place: Path, catalogue: Catalogue, opened: Opener
) -> None:
    """The file still answers to the old key then, its log to the new one: the two are judged together."""

    def change_and_die() -> None:
        journal = open_journal(f"sqlite:///{place}", KEY, catalogue=catalogue)
        journal.save("boxes", {"item": "Hortensie"})
        journal.close()
        new = keys.derived("the new one", place.read_bytes()[: keys.SALT])
        with sqlite.engine_for(place, keys.key_for(place, KEY)).connect() as connection:
            raw = connection.connection.driver_connection
            assert raw
            raw.execute(f"PRAGMA rekey = \"x'{new.raw}'\"")
            os.kill(os.getpid(), signal.SIGKILL)

    Child(change_and_die).finish()
    before = {file.name: file.read_bytes() for file in place.parent.iterdir()}
    with pytest.raises(WrongPassphrase):
        opened(passphrase=KEY)
    assert {file.name: file.read_bytes() for file in place.parent.iterdir()} == before
    assert opened(passphrase="the new one").table("boxes")["item"].to_list() == ["Hortensie"]


def test_a_journal_without_passphrase_does_not_open_with_one(opened: Opener) -> None:
    opened()
    with pytest.raises(WrongPassphrase):
        opened(passphrase=KEY)


def test_processes_that_start_one_after_the_other_can_share_a_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the second of them saves is later than what the first one saved."""
    monkeypatch.setenv("WORKBOOK_NOW", "2026-11-22T21:14:00+01:00")
    monkeypatch.setenv("WORKBOOK_NOW_AT", str(time.monotonic() - 3600))
    moment = clock_from_environment().now()
    assert 3600 <= (moment - dt.datetime(2026, 11, 22, 20, 14, tzinfo=dt.UTC)).total_seconds() < 3660


def test_the_clock_begins_where_it_is_told_and_runs_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBOOK_NOW", "2026-11-22T21:14:00+01:00")
    monkeypatch.setenv("WORKBOOK_TZ", "Europe/Berlin")
    clock = clock_from_environment()
    first, second = clock.now(), clock.now()
    assert str(first.tzinfo) == "Europe/Berlin"
    assert first.isoformat().startswith("2026-11-22T")
    assert second > first


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WORKBOOK_NOW", "2026-11-22T21:14:00"),
        ("WORKBOOK_NOW", "tomorrow"),
        ("WORKBOOK_TZ", "Berlin"),
        ("WORKBOOK_TZ", "/etc"),
    ],
)
def test_a_time_that_is_none_is_told_by_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(WrongSetting, match=name):
        clock_from_environment()


@pytest.mark.parametrize("passphrase", [None, "vier kleine Wörter"])
@pytest.mark.parametrize("more", [1, 40])
def test_the_log_of_another_journal_is_not_written_into_this_one(
    opened: Opener, place: Path, tmp_path: Path, passphrase: str | None, more: int
) -> None:
    """Whoever synchronises folders, or copies a file over another, may leave one; the database would take its pages for
    this file's. Nothing is changed; once it is moved away all is there.
    """
    journal, other = opened(passphrase=passphrase), opened(tmp_path / "other" / "journal.sqlite")
    for number in range(20):
        journal.save("boxes", {"item": f"{number} " + "x" * 900})
    journal.close()
    reader = reading(other)
    for number in range(more):
        other.save("boxes", {"item": f"another's {number}"})
    log = place.with_name(place.name + "-wal")
    log.write_bytes((tmp_path / "other" / "journal.sqlite-wal").read_bytes())
    reader.close()
    before = place.read_bytes(), log.read_bytes()
    with pytest.raises(OpensWithoutLog if passphrase else ForeignLog, match=re.escape(str(log))):
        opened(passphrase=passphrase)
    assert (place.read_bytes(), log.read_bytes()) == before
    for end in ("-wal", "-shm"):
        place.with_name(place.name + end).unlink(missing_ok=True)
    back = opened(passphrase=passphrase)
    assert len(back.table("boxes")) == 20
    assert back.check().sound
