"""A damaged place of the log costs what is written there, and nothing behind it."""

import itertools
import os
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journal.conftest import Child, Opener, StoppedClock, reading
from widgets.catalogue import Catalogue
from widgets.journal import NotErased, open_journal, restoring, salvage, sqlite, unlocking, wal

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


def frames_of(log: Path) -> list[tuple[int, int]]:
    """Where each frame of a log begins, and which page it holds."""
    raw = log.read_bytes()
    places = range(wal.HEADER.size, len(raw) - wal.PAGE, wal.FRAME.size + wal.PAGE)
    return [(at, int.from_bytes(raw[at : at + 4], "big")) for at in places]


def superseded(frames: list[tuple[int, int]]) -> list[int]:
    """In each frame whose page is written once more later: of its page or of its own sum."""
    last = {page: at for at, page in frames}
    early = [at for at, page in frames if last[page] != at]
    return [at + (16 if number % 2 else wal.FRAME.size + 100) for number, at in enumerate(early)]


def own_sums(frames: list[tuple[int, int]]) -> list[int]:
    """In the sum of every fourth; nothing goes on from the last one, to speak for it."""
    return [at + 20 for at, _ in frames[3:-1:4]]


@pytest.mark.parametrize(("passphrase", "places"), [(KEY, superseded), (None, own_sums)])
def test_damage_that_another_frame_makes_good_costs_nothing(
    place: Path,
    catalogue: Catalogue,
    opened: Opener,
    passphrase: str | None,
    places: Callable[[list[tuple[int, int]]], list[int]],
) -> None:
    """What a later one says is enough; a damaged sum costs neither its frame nor the next."""
    left_log(place, catalogue, passphrase)
    log = wal.log_of(place)
    hit = places(frames_of(log))
    assert len(hit) > 5
    for at in hit:
        spoil(log, at)
    journal = opened(passphrase=passphrase)
    assert len(journal.table("checkins")) == COUNT
    assert journal.problem is None


def test_what_may_be_missing_is_told_for_as_long_as_the_damaged_file_is_there(
    place: Path, catalogue: Catalogue, opened: Opener
) -> None:
    """The newest entry's own page is hit, and nothing else has it."""
    left_log(place, catalogue, KEY)
    log = wal.log_of(place)
    for at, _ in frames_of(log)[-4:-1]:
        spoil(log, at + wal.FRAME.size + 100)
    journal = opened(passphrase=KEY)
    assert len(journal.table("checkins")) >= COUNT - 1
    aside = next(path for path in restoring.put_aside(place) if not path.name.endswith("-wal"))
    assert str(aside) in (journal.problem or "")
    aside.unlink()
    assert journal.problem is None


def test_an_older_log_of_the_same_journal_takes_nothing_back(opened: Opener, place: Path, clock: StoppedClock) -> None:
    """Whoever synchronises a folder may bring one back beside a newer file: SQLite would read its pages for newer."""
    journal = opened()
    reader = reading(journal)
    for number in range(4):
        journal.save("boxes", {"item": str(number)})
    early = wal.log_of(place).read_bytes()
    reader.close()
    for number in range(4, 12):
        journal.save("boxes", {"item": f"{number} {LONG}"})
    journal.close()
    wal.log_of(place).write_bytes(early)
    found = salvage.found_in(place, None)
    assert (found.is_whole, len(found.entries)) == (True, 12)
    again = opened()
    assert len(again.table("boxes")) == 12
    assert again.check().sound
    assert [path.read_bytes() for path in restoring.put_aside(place)] == [early]


@pytest.mark.parametrize("passphrase", [None, KEY])
@pytest.mark.parametrize(("here", "there"), [(1, 1), (1, 4), (3, 3)])
def test_the_log_of_another_machine_s_copy_takes_nothing_back(
    opened: Opener, place: Path, clock: StoppedClock, passphrase: str | None, here: int, there: int
) -> None:
    """Synchronising brought it beside a file that went on by itself: what either of them saved is there."""
    journal = opened(passphrase=passphrase)
    journal.save("boxes", {"item": "first"}, "both")
    journal.close()
    before = place.read_bytes()
    journal = opened(passphrase=passphrase)
    journal.revise("both", {"item": "here"})
    for number in range(here - 1):
        journal.save("boxes", {"item": f"{number} {LONG}"}, f"here {number}")
    journal.close()
    ours = place.read_bytes()
    place.write_bytes(before)
    clock.turn(minutes=1)
    journal = opened(passphrase=passphrase)
    reader = reading(journal)
    journal.revise("both", {"item": "there"})
    for number in range(there - 1):
        journal.save("boxes", {"item": f"{number} {LONG}"}, f"there {number}")
    theirs = wal.log_of(place).read_bytes()
    reader.close()
    journal.close()
    place.write_bytes(ours)
    wal.log_of(place).write_bytes(theirs)
    journal = opened(passphrase=passphrase)
    assert len(journal.table("boxes")) == 1 + (here - 1) + (there - 1)
    assert [entry.answers["item"] for entry in journal.revisions("both")] == ["first", "here", "there"]
    [aside] = [path for path in restoring.put_aside(place) if not path.name.endswith("-wal")]
    assert (aside.read_bytes(), wal.log_of(aside).read_bytes()) == (ours, theirs)


@pytest.mark.parametrize("begun", [0, 2, 4])
def test_what_was_erased_while_somebody_read_does_not_come_back(
    opened: Opener, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, begun: int
) -> None:
    """Whoever read had begun before the log did, or while it grew: so much of it lies in the file already."""
    monkeypatch.setattr(sqlite.empty_log, "__defaults__", (0.1,))
    journal = opened()
    journal.save("boxes", {"item": "erased"}, "erased")
    journal.save("boxes", {"item": "replaced"}, "replaced")
    readers = [reading(journal)] if not begun else []
    for number in range(4):
        journal.save("boxes", {"item": str(number)}, str(number))
        if number + 1 == begun:
            readers.append(reading(journal))
    if begun:
        journal.save("boxes", {"item": "into the log"}, "log")
    for gone in (lambda: journal.erase("erased"), lambda: journal.rewrite("replaced", {"item": "new"})):
        with pytest.raises(NotErased):
            gone()
    journal.save("boxes", {"item": "last"})
    copy = tmp_path / "copy" / place.name
    copy.parent.mkdir()
    for path in (place, wal.log_of(place)):
        shutil.copyfile(path, copy.with_name(path.name))
    again = opened(copy)
    assert "erased" not in again.table("boxes")["entry_id"].to_list()
    assert [entry.answers["item"] for entry in again.revisions("replaced")] == ["new"]
    assert restoring.put_aside(copy) == ()


@pytest.mark.parametrize("passphrase", [None, KEY])
def test_neither_restoring_a_file_nor_unlocking_it_reads_an_older_log_beside_it(
    opened: Opener, place: Path, catalogue: Catalogue, clock: StoppedClock, tmp_path: Path, passphrase: str | None
) -> None:
    """A copy from another disk, which brought its log from an earlier day: neither it nor its log is changed."""
    journal = opened(passphrase=passphrase)
    reader = reading(journal)
    journal.save("boxes", {"item": "early"})
    early = wal.log_of(place).read_bytes()
    reader.close()
    for number in range(4):
        journal.save("boxes", {"item": f"{number} {LONG}"})
    key = journal._file.key
    journal.close()
    wal.log_of(place).write_bytes(early)
    before = place.read_bytes()
    elsewhere = tmp_path / "new" / "journal.sqlite"
    assert restoring.restore(elsewhere, place, clock.now(), passphrase=passphrase).entries == 5
    assert len(opened(elsewhere, passphrase=passphrase).table("boxes")) == 5
    unlocking.unlock(place, key, tmp_path / "plain", catalogue.tables, clock.now())
    assert len(opened(tmp_path / "plain" / unlocking.DATABASE).table("boxes")) == 5
    assert (place.read_bytes(), wal.log_of(place).read_bytes()) == (before, early)


def test_a_file_half_written_when_its_log_was_damaged_opens_all_the_same(
    place: Path, catalogue: Catalogue, opened: Opener, tmp_path: Path
) -> None:
    """Killed while the log was moved into the file: SQLite's own reading of both is no database."""
    left_log(place, catalogue, None)
    copy = tmp_path / "copy" / place.name
    copy.parent.mkdir()
    for path in (place, wal.log_of(place)):
        shutil.copyfile(path, copy.with_name(path.name))
    wal.carry_over(copy)
    done, half = copy.read_bytes(), len(copy.read_bytes()) // 8192 * 4096
    place.write_bytes(done[:half] + place.read_bytes()[half:])
    spoil(wal.log_of(place), frames_of(wal.log_of(place))[1][0] + 300)
    journal = opened()
    assert len(journal.table("checkins")) >= COUNT - 1
    assert journal.check().sound


def test_pages_that_open_together_on_a_broken_log_all_open(place: Path, catalogue: Catalogue, opened: Opener) -> None:
    left_log(place, catalogue, None)
    spoil(wal.log_of(place), 3 * wal.PAGE)

    def open_and_save(number: int) -> None:
        open_journal(f"sqlite:///{place}", catalogue=catalogue).save("boxes", {"item": str(number)})
        print("saved")

    pages = [Child(lambda number=number: open_and_save(number)) for number in range(4)]
    assert [page.finish() for page in pages] == ["saved\n"] * 4
    assert len(opened().table("checkins")) >= COUNT - 1


@pytest.mark.parametrize("step", ["unlink", "replace"])
def test_whoever_is_killed_while_mending_loses_nothing(
    place: Path, catalogue: Catalogue, opened: Opener, step: str
) -> None:
    """Right after each file that goes or takes a name."""
    left_log(place, catalogue, None)
    spoil(wal.log_of(place), 3 * wal.PAGE)
    kept = {path: path.read_bytes() for path in (place, wal.log_of(place))}
    real = getattr(Path, step)

    def mend(last: int) -> None:
        done = itertools.count()

        def die(*given: object, **named: object) -> None:
            real(*given, **named)
            if next(done) == last:
                os.kill(os.getpid(), signal.SIGKILL)

        setattr(Path, step, die)
        open_journal(f"sqlite:///{place}", catalogue=catalogue)
        print("done", flush=True)

    for number in range(30):
        for path, content in kept.items():
            path.write_bytes(content)
        is_done = Child(lambda number=number: mend(number)).finish() == "done\n"
        journal = opened()
        assert len(journal.table("checkins")) >= COUNT - 1
        journal.close()
        shutil.rmtree(place.parent)
        place.parent.mkdir()
        if is_done:
            break
    assert number


@pytest.mark.parametrize("then", ["open", "restore"])
@pytest.mark.parametrize("has_second_names", [True, False])
def test_what_the_killed_mending_put_aside_is_found_though_it_is_no_second_name(
    place: Path, catalogue: Catalogue, opened: Opener, clock: StoppedClock, has_second_names: bool, then: str
) -> None:
    """Right before the new file came: on a disk without second names, and by whoever restores before opening."""
    journal = opened()
    journal.save("boxes", {"item": "early"})
    backup = journal.backup()
    journal.close()
    left_log(place, catalogue, None)
    spoil(wal.log_of(place), 3 * wal.PAGE)

    def mend() -> None:
        def refuse(*_: object, **__: object) -> None:
            raise PermissionError

        if not has_second_names:
            os.link = refuse
        Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[method-assign,assignment]
        open_journal(f"sqlite:///{place}", catalogue=catalogue, clock=clock)

    Child(mend).finish()
    assert restoring.put_aside(place)
    assert not wal.has_log(place)
    if then == "restore":
        assert restoring.restore(place, backup, clock.now()).rescued >= COUNT
    assert len(opened().table("checkins")) >= COUNT - 1


def test_the_log_of_a_linked_file_lies_beside_the_file(place: Path, catalogue: Catalogue, tmp_path: Path) -> None:
    left_log(place, catalogue, None)
    link = tmp_path / "elsewhere.sqlite"
    link.symlink_to(place)
    spoil(wal.log_of(place), 3 * wal.PAGE)
    journal = open_journal(f"sqlite:///{link}", catalogue=catalogue)
    assert journal.place == str(place)
    assert len(journal.table("checkins")) >= COUNT - 1
    journal.close()
    assert link.is_symlink()
