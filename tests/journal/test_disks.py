"""Whatever writes a whole file, on a disk without room and in a folder without leave: nothing is lost by trying."""

import errno
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.journal import disks
from tests.journal.conftest import Child, Opener, StoppedClock
from tests.journal.test_wal import COUNT, left_log, spoil
from widgets.catalogue import Catalogue
from widgets.journal import (
    Clock,
    DiskFull,
    JournalError,
    NotBackedUp,
    NotExported,
    NotSaved,
    open_journal,
    restore,
    salvage,
    wal,
)

KEY = "vier kleine Wörter hier"
ROOM = 60_000  # bytes: for no copy of the journal
CLASSES = {"backup": NotBackedUp, "export": NotExported, "table": NotExported}


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that another user may reach, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="journal-") as name:
        Path(name).chmod(0o777)
        yield Path(name)


def attempt(work: Callable[[], object]) -> str:
    """How it went: the error's kind and, for a DiskFull or another NotSaved, that it is one."""
    try:
        work()
    except JournalError as error:
        kinds = [kind.__name__ for kind in type(error).__mro__ if issubclass(kind, JournalError)]
        return "it quotes her" if "Hortensie" in str(error) else " ".join(kinds[:-1])
    return "done"


@pytest.mark.parametrize("passphrase", [None, KEY])
def test_a_full_disk(public: Path, catalogue: Catalogue, clock: Clock, passphrase: str | None) -> None:
    """Backup, export, import, restoring, setting, changing and taking away a passphrase, erasing in backups: each is
    refused with its reason, leaves no litter, and the journal says what it said; with room again each works.
    """

    def everything() -> None:
        is_disk = disks.small_disk(public, 8_000_000)
        os.environ["WORKBOOK_BACKUPS"] = str(public / "backups")
        place = public / "journal.sqlite"
        journal = open_journal(f"sqlite:///{place}", passphrase, catalogue=catalogue, clock=clock)
        noise = [os.urandom(3000).hex() for _ in range(80)]
        ids = [journal.save("checkins", {"lonely": 0, "long": f"Hortensie {words}"}) for words in noise]
        early = journal.backup()
        journal.save("boxes", {"item": "Hortensie"}, "late")
        journal.export_bundle(public / "theirs.zip")
        other = open_journal(f"sqlite:///{public}/other/other.sqlite", catalogue=catalogue, clock=clock)
        works: dict[str, Callable[[], object]] = {
            "backup": journal.backup,
            "export": lambda: journal.export_bundle(public / "mine.zip"),
            "table": lambda: journal.export_table("checkins", public / "mine.csv"),
            "import": lambda: other.import_bundle(public / "theirs.zip"),
            "restore": lambda: restore(place, early, clock.now(), passphrase=passphrase),
            "set": lambda: journal.set_passphrase("ganz andere Wörter", passphrase),
        }
        filler = disks.fill(public, ROOM, is_disk)
        before = sorted(path.name for path in public.rglob("*"))
        for name, work in works.items():
            print(name, attempt(work), flush=True)
        print("small", attempt(lambda: journal.save("checkins", {"lonely": 1}, "small")))
        print("erase", attempt(lambda: journal.erase(ids[0], in_backups=True)))
        assert len(journal.table("checkins")) == 80
        assert len(other.table("checkins")) == 0
        assert journal.check().sound
        assert not journal.check().spoilt
        assert journal.has_passphrase == (passphrase is not None)
        litter = set(path.name for path in public.rglob("*")) - set(before)
        assert not [name for name in litter if not name.endswith(("-wal", "-shm"))], litter
        disks.empty(filler)
        print("erase", journal.erase(ids[0], in_backups=True).backups)
        for name, work in works.items():
            print(name, attempt(work), flush=True)
        print("end", len(other.table("checkins")), journal.has_passphrase)

    told = [line.split(maxsplit=1) for line in Child(everything).finish().splitlines()]
    full, then = dict(told[:8]), dict(told[8:])
    for name in ("backup", "export", "table"):
        assert full[name] == CLASSES[name].__name__
    assert {full[name] for name in ("import", "restore", "set")} == {f"{DiskFull.__name__} {NotSaved.__name__}"}
    assert full["small"] in ("done", "DiskFull NotSaved")
    assert full["erase"] in ("done", "DiskFull NotSaved")
    assert then["erase"] == "()"
    assert {then[name] for name in ("backup", "export", "table", "import", "restore", "set")} == {"done"}
    assert then["end"] == "80 True"


def test_what_was_rescued_is_in_the_file_or_nothing_was_changed(
    public: Path, catalogue: Catalogue, clock: Clock
) -> None:
    """The disk has room for the new file's log, and none for the file: as much is left free as makes this happen."""

    def restore_with(room: int) -> None:
        is_disk = disks.small_disk(public, 8_000_000)
        os.environ["WORKBOOK_BACKUPS"] = str(public / "backups")
        place = public / "kept" / "journal.sqlite"
        journal = open_journal(f"sqlite:///{place}", catalogue=catalogue, clock=clock)
        journal.save("boxes", {"item": "Hortensie"})
        early = journal.backup()
        for number in range(30):
            journal.save("checkins", {"long": f"{number} {os.urandom(1500).hex()}"})
        journal.close()
        raw = bytearray(place.read_bytes())
        raw[raw.index(b'"7 ') + 1] ^= 4
        place.write_bytes(raw)
        filler = disks.fill(public, room, is_disk)
        print(attempt(lambda: restore(place, early, clock.now())))
        disks.empty(filler)
        there = salvage.found_in(place, None)
        litter = [path.name for path in place.parent.iterdir() if "-new" in path.name]
        print(there.is_whole, len(there.entries), place.read_bytes() == raw, litter)

    told = [
        Child(lambda room=room: restore_with(room)).finish().splitlines() for room in range(60_000, 420_000, 30_000)
    ]
    assert {how.split()[-1] for how, _ in told} == {"NotSaved", "done"}
    for how, there in told:
        assert there == ("True 30 False []" if how == "done" else "False 30 True []")


def test_a_damaged_log_where_nothing_can_be_written_is_told(
    public: Path, catalogue: Catalogue, clock: Clock, opened: Opener
) -> None:
    """The pages would show less than was saved, and nobody would know. With leave, all is there."""
    place = public / "kept" / "journal.sqlite"
    left_log(place, catalogue, None)
    spoil(wal.log_of(place), 3 * wal.PAGE)
    opened(public / "any" / "journal.sqlite").close()  # all that is needed is loaded by then
    (public / "any").chmod(0o755)
    for path in (place.parent, *place.parent.iterdir()):
        path.chmod(0o555 if path.is_dir() else 0o444)

    def without_leave() -> None:
        disks.become_nobody()
        print(attempt(lambda: open_journal(f"sqlite:///{place}", catalogue=catalogue, clock=clock)))

    assert Child(without_leave).finish() == "NotMended Damaged\n"
    for path in (place.parent, *place.parent.iterdir()):
        path.chmod(0o700)
    assert len(opened(place).table("checkins")) >= COUNT - 1


def test_a_folder_that_cannot_be_written_to(public: Path, catalogue: Catalogue, clock: Clock) -> None:
    """As a user without leave: all can be read and exported elsewhere; what would write says so and changes nothing."""
    kept, own = public / "kept", public / "own"

    def write() -> None:
        os.umask(0o022)
        os.environ["WORKBOOK_BACKUPS"] = str(kept / "backups")
        journal = open_journal(f"sqlite:///{kept}/journal.sqlite", catalogue=catalogue, clock=clock)
        journal.save("boxes", {"item": "Hortensie"}, "a")
        print(journal.backup())
        journal.save("boxes", {"item": "of the bundle only"}, "b")
        journal.export_bundle(kept / "theirs.zip")
        journal.erase("b")
        journal.close()
        for path in (kept, *kept.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)

    [early] = Child(write).finish().splitlines()
    before = {path: path.read_bytes() for path in kept.rglob("*") if path.is_file()}
    own.mkdir()
    own.chmod(0o777)
    "".encode("cp437")  # what zipfile needs of Python's own folder, which nobody may read

    def without_leave() -> None:
        disks.become_nobody()
        os.environ["WORKBOOK_BACKUPS"] = str(kept / "backups")
        place = kept / "journal.sqlite"
        theirs = open_journal(f"sqlite:///{place}", catalogue=catalogue, clock=clock)
        print(theirs.table("boxes")["item"].to_list())
        print(attempt(lambda: theirs.export_bundle(own / "mine.zip")))
        print(attempt(lambda: theirs.export_bundle(kept / "mine.zip")))
        clock.turn(days=1)  # type: ignore[attr-defined]
        os.environ["WORKBOOK_BACKUPS"] = str(kept / "backups" / "inside")
        print(attempt(theirs.backup))
        os.environ["WORKBOOK_BACKUPS"] = str(kept / "backups")
        print(attempt(lambda: theirs.set_passphrase(KEY)))
        print(attempt(lambda: theirs.import_bundle(kept / "theirs.zip")))
        print(attempt(lambda: restore(place, Path(early), clock.now())))
        print(attempt(lambda: theirs.erase("a", in_backups=True)))
        print(sorted(path.name for path in theirs.delete_everything()))
        print(theirs.table("boxes")["item"].to_list())

    told = Child(without_leave).finish().splitlines()
    for path in (kept, *kept.rglob("*")):
        path.chmod(0o755)
    assert told[:3] == ["['Hortensie']", "done", "NotExported"]
    assert told[3] == "NotBackedUp"
    assert [line.split()[0] for line in (told[4], told[6], told[7])] == ["ReadOnly"] * 3
    assert told[5] == "ReadOnly NotSaved"
    assert told[8] == str(sorted(["journal.sqlite", Path(early).name, "theirs.zip"]))
    assert told[9] == "['Hortensie']"
    assert {path: path.read_bytes() for path in kept.rglob("*") if path.is_file()} == before


def test_a_backup_of_another_user_keeps_no_journal_from_opening(
    public: Path, catalogue: Catalogue, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its day cannot be written down: one of her own is made beside it, once. Where the tests do not run as root, no
    file can be given away, and the system's own answer is put in its place.
    """
    dated = os.utime

    def of_another_user(path: Path, *given: object, **named: object) -> None:
        if Path(path) == backup:
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(path))
        dated(path, *given, **named)

    def as_nobody() -> None:
        if is_root:
            disks.become_nobody()
        else:
            os.utime = of_another_user
        journal = open_journal(f"sqlite:///{public}/kept/journal.sqlite", catalogue=catalogue, clock=clock)
        print(len(journal.entries("boxes")), len(journal.backups()), journal.backup_problem)

    monkeypatch.setenv("WORKBOOK_BACKUPS", str(public / "backups"))
    journal = open_journal(f"sqlite:///{public}/kept/journal.sqlite", catalogue=catalogue, clock=clock)
    journal.save("boxes", {"item": "one"})
    backup = journal.backup()
    journal.close()
    is_root = os.getuid() == 0
    backup.chmod(0o644)
    for file in (public, *public.rglob("*")) if is_root else ():
        if file != backup:
            os.chown(file, disks.NOBODY, disks.NOBODY)
    for _ in range(2):
        clock.turn(days=1)
        assert Child(as_nobody).finish() == "1 2 None\n"
