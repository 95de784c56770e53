"""A damaged place of the log costs what is written there, and nothing behind it."""

import os
import shutil
import signal
import time
from pathlib import Path

import pytest

from tests.journal.conftest import Child, Opener, StoppedClock, reading
from widgets.catalogue import Catalogue
from widgets.journal import open_journal, restoring, salvage, wal

KEY = "vier kleine Wörter hier"
LONG = "Ich habe es gesagt. " * 150  # an entry fills most of a page
COUNT = 12


def left_log(place: Path, catalogue: Catalogue, passphrase: str | None, count: int = COUNT) -> None:
    """A writer saves while another page reads, so that the log grows, and is killed."""

    def write() -> None:
        journal = open_journal(f"sqlite:///{place}", passphrase, catalogue=catalogue)
        journal.save("boxes", {"item": "before"}, "before")
        reader = reading(journal)
        for number in range(count):
            journal.save("checkins", {"lonely": number % 11, "long": f"{number} {LONG}"}, f"e{number}")
        print("ready", flush=True)
        time.sleep(60)
        reader.close()

    writer = Child(write)
    assert writer.output.readline() == "ready\n"
    os.kill(writer.pid, signal.SIGKILL)
    writer.finish()
    assert wal.has_log(place)


def spoil(log: Path, at: int) -> None:
    raw = bytearray(log.read_bytes())
    raw[at] ^= 0x40
    log.write_bytes(raw)


def test_what_is_saved_lies_in_the_file_at_once(opened: Opener, place: Path, tmp_path: Path) -> None:
    """So nothing that happens to the log can cost an entry, nor a copy of the file alone lack one."""
    journal = opened()
    for number in range(3):
        journal.save("boxes", {"item": str(number)})
        assert not wal.has_log(place)
        alone = tmp_path / f"{number}.sqlite"
        shutil.copyfile(place, alone)
        assert len(opened(alone).table("boxes")) == number + 1


@pytest.mark.parametrize("passphrase", [None, KEY])
@pytest.mark.parametrize("part", [0.05, 0.3, 0.5, 0.7, 0.9])
def test_a_flipped_bit_costs_at_most_its_own_entry(
    place: Path, catalogue: Catalogue, opened: Opener, passphrase: str | None, part: float
) -> None:
    left_log(place, catalogue, passphrase)
    log = wal.log_of(place)
    spoil(log, int(log.stat().st_size * part))
    before = place.read_bytes(), log.read_bytes()
    assert wal.is_broken(place)
    journal = opened(passphrase=passphrase)
    there = set(journal.table("checkins")["entry_id"])
    assert len(there) >= COUNT - 1
    assert journal.table("boxes")["entry_id"].to_list() == ["before"]
    assert journal.check().sound
    assert not journal.check().spoilt
    [aside] = [path for path in restoring.put_aside(place) if not path.name.endswith("-wal")]
    assert (aside.read_bytes(), wal.log_of(aside).read_bytes()) == before
    journal.save("boxes", {"item": "after"})
    journal.close()
    assert len(opened(passphrase=passphrase).table("boxes")) == 2
    assert len(restoring.put_aside(place)) == 2


@pytest.mark.parametrize("at", [0, 9, 17, 26])
def test_a_damaged_beginning_costs_nothing(place: Path, catalogue: Catalogue, opened: Opener, at: int) -> None:
    """SQLite reads nothing at all of such a log."""
    left_log(place, catalogue, None)
    spoil(wal.log_of(place), at)
    assert len(opened().table("checkins")) == COUNT


def test_a_log_that_is_whole_is_left_to_sqlite(place: Path, catalogue: Catalogue, opened: Opener) -> None:
    """Also one with a torn end, as a machine leaves it that lost its power: that was never acknowledged."""
    left_log(place, catalogue, None)
    with wal.log_of(place).open("ab") as log:
        log.write(b"torn" * 300)
    assert not wal.is_broken(place)
    assert len(opened().table("checkins")) == COUNT
    assert restoring.put_aside(place) == ()


def test_a_backup_takes_in_what_lies_behind_the_damage(
    place: Path, catalogue: Catalogue, opened: Opener, clock: StoppedClock
) -> None:
    """Restoring, and every look at the file without opening it, read the log as opening does."""
    journal = opened()
    journal.save("boxes", {"item": "early"}, "early")
    backup = journal.backup()
    journal.close()
    left_log(place, catalogue, None)
    spoil(wal.log_of(place), 3 * 4096)
    found = salvage.found_in(place, None)
    assert not found.is_whole
    assert len({entry.entry_id for entry in found.entries}) >= COUNT + 1
    done = restoring.restore(place, backup, clock.now())
    assert done.rescued >= COUNT
    assert len(opened().table("checkins")) >= COUNT - 1
