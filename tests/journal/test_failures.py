"""The moment of failure: one class a cause, the old file untouched, no sentence with her words in it."""

import fcntl
import os
import resource
import signal
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2  # a second SQLite in one process would not see the first one's locks

from tests.journal.conftest import Child, Opener
from widgets.catalogue import Catalogue, InvalidEntry
from widgets.journal import (
    Busy,
    Clock,
    Damaged,
    DiskFull,
    Gone,
    Journal,
    JournalError,
    NewerJournal,
    NotOpened,
    NotSaved,
    ReadOnly,
    WrongSetting,
    open_journal,
    turns,
)

SECRET = "Hortensienstrasse"


def refused(kind: type[JournalError], work: Callable[[], object]) -> str:
    """The sentence of the error that this raises; nothing an error report shows may hold her words."""
    with pytest.raises(kind) as told:
        work()
    assert type(told.value) is kind
    assert told.value.__cause__ is None
    assert told.value.__context__ is None
    assert SECRET not in "".join(traceback.format_exception(told.value)) + repr(vars(told.value))
    return str(told.value)


def test_a_full_disk(journal: Journal) -> None:
    """Nothing of the entry is written, what was there is whole, and with room again saving goes on."""
    journal.save("checkins", {"lonely": 0})
    with journal._file._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 20")
    sentence = refused(DiskFull, lambda: journal.save("checkins", {"long": SECRET * 20_000}))
    assert "the disk is full" in sentence
    assert "copy it first" in sentence
    assert journal.table("checkins")["lonely"].to_list() == [0]
    journal.save("checkins", {"lonely": 1})
    assert journal.check().sound


def test_a_disk_that_takes_no_more_bytes(place: Path, catalogue: Catalogue, opened: Opener) -> None:
    def write_too_much() -> None:
        journal = open_journal(f"sqlite:///{place}", catalogue=catalogue)
        journal.save("checkins", {"lonely": 0})
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
        print(attempt(lambda: journal.save("checkins", {"long": SECRET * 60_000})))
        print(journal.table("checkins")["lonely"].to_list(), journal.save("checkins", {"lonely": 1}, "small"))

    told = Child(write_too_much).finish().splitlines()
    assert told[0].startswith("NotSaved Not saved in")
    assert told[1:] == ["[0] small"]
    assert opened().table("checkins")["lonely"].to_list() == [0, 1]


def attempt(work: Callable[[], object]) -> str:
    try:
        return str(work())
    except JournalError as error:
        return f"{type(error).__name__} {error}"


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that another user may reach, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="journal-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        (folder / "kept").chmod(0o755)


@pytest.mark.parametrize("left_open", [False, True])
def test_a_folder_that_cannot_be_written_to(public: Path, catalogue: Catalogue, clock: Clock, left_open: bool) -> None:
    """Saved pages can be read, also while the owner has the file open; new words are refused with the reason."""
    path = public / "kept" / "journal.sqlite"

    def write() -> None:
        journal = open_journal(f"sqlite:///{path}", catalogue=catalogue)
        journal.save("checkins", {"lonely": 0})
        if not left_open:
            journal.close()
        print("ready", flush=True)
        time.sleep(60)

    owner = Child(write)
    assert owner.output.readline() == "ready\n"
    for file in path.parent.iterdir():
        file.chmod(0o444)
    path.parent.chmod(0o555)
    before = path.read_bytes()

    def read_and_try_to_write() -> None:
        if os.getuid() == 0:  # whom nothing is forbidden
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        theirs = open_journal(f"sqlite:///{path}", catalogue=catalogue, clock=clock)
        print(theirs.table("checkins")["lonely"].to_list())
        print(attempt(lambda: theirs.save("checkins", {"note": SECRET})))
        print(attempt(lambda: theirs.keep_draft("check-in", {"note": SECRET})))
        print(attempt(lambda: open_journal(f"sqlite:///{path.parent}/new.sqlite", catalogue=catalogue, clock=clock)))

    told = Child(read_and_try_to_write).finish().splitlines()
    os.kill(owner.pid, signal.SIGKILL)
    owner.finish()
    assert told[0] == "[0]"
    assert all(line.startswith("ReadOnly Not saved") and "cannot be written to" in line for line in told[1:3])
    assert told[3].startswith("NotOpened")
    assert path.read_bytes() == before


def test_a_file_that_another_program_holds(journal: Journal, place: Path) -> None:
    with journal._file._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 50")
    other = dbapi2.connect(place, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert "Close that program" in refused(Busy, lambda: journal.save("boxes", {"item": SECRET}))
    other.close()
    journal.save("boxes", {"item": "x"})


@pytest.mark.parametrize("passphrase", [None, "vier kleine Wörter"])
def test_who_waits_too_long_for_a_turn_is_told_who_is_busy(
    opened: Opener, place: Path, passphrase: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opening and deleting everything, while somebody goes on reading or replaces the file: then all is as it was."""
    journal = opened(passphrase=passphrase)
    journal.save("boxes", {"item": SECRET})
    backup = journal.backup()
    monkeypatch.setattr(turns, "PATIENCE", 0.05)
    with turns.among_others(place.parent):
        assert "Nothing was changed" in refused(Busy, journal.delete_everything)
        if passphrase:
            assert "Nothing was changed" in refused(Busy, lambda: opened(passphrase=passphrase))
    held = os.open(place.parent, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    assert "Nothing was changed" in refused(Busy, lambda: opened(passphrase=passphrase))
    os.close(held)
    assert backup.exists()
    assert len(journal.entries("boxes")) == 1
    assert journal.delete_everything() == ()


def test_what_no_file_keeps_is_refused_before_anything_is_written(journal: Journal) -> None:
    """A name that is half a sign; a draft with an endless number, or with something that is no answer at all."""
    with pytest.raises(InvalidEntry, match="Leave it out"):
        journal.save("boxes", {"item": SECRET}, "x\ud800")
    for odd in (float("inf"), object()):
        with pytest.raises(InvalidEntry, match="felt: No file keeps this") as told:
            journal.keep_draft("check-in", {"felt": odd, "note": SECRET})
        assert told.value.__context__ is None
    assert journal.draft("check-in") is None
    assert journal.table("boxes").empty


def test_what_saves_nothing_speaks_of_no_page(journal: Journal) -> None:
    """Erasing, where nothing can be written just now."""
    entry_id = journal.save("boxes", {"item": SECRET})
    with journal._file._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    assert "this page" not in refused(ReadOnly, lambda: journal.erase(entry_id))


def test_a_file_that_was_deleted_or_replaced_while_open(journal: Journal, place: Path) -> None:
    """Writing on into a file that has no name any more would be a save that nobody finds again."""
    journal.save("boxes", {"item": "x"})
    aside = place.rename(place.with_name("aside"))
    refused(Gone, lambda: journal.save("boxes", {"item": SECRET}))
    place.write_bytes(b"")
    refused(Gone, lambda: journal.table("boxes"))
    aside.replace(place)
    assert len(journal.table("boxes")) == 1


@pytest.mark.parametrize("content", [b"no database at all", b"SQLite format 3\0" + b"\xff" * 5000, bytes(8192)])
def test_a_file_that_is_no_journal(place: Path, opened: Opener, content: bytes) -> None:
    place.parent.mkdir()
    place.write_bytes(content)
    assert "backup" in refused(Damaged, opened)
    assert place.read_bytes() == content


def test_somebody_elses_database_is_left_alone(place: Path, opened: Opener) -> None:
    place.parent.mkdir()
    with dbapi2.connect(place) as other:
        other.execute("CREATE TABLE recipes (name)")
    other.close()
    refused(Damaged, opened)
    with dbapi2.connect(place) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("recipes",)]


def test_a_damaged_page_of_the_file(journal: Journal, place: Path, opened: Opener) -> None:
    for _ in range(20):
        journal.save("checkins", {"long": SECRET * 400})
    journal.close()
    raw = bytearray(place.read_bytes())
    raw[4096 * 3 :] = b"\xaa" * (len(raw) - 4096 * 3)
    place.write_bytes(raw)
    refused(Damaged, lambda: opened().table("checkins"))


def spoil(place: Path, entry_id: str, revision: int, change: str) -> None:
    with dbapi2.connect(place) as other:
        other.execute(f"UPDATE entries SET {change} WHERE entry_id = ? AND revision = ?", (entry_id, revision))
    other.close()


@pytest.mark.parametrize(
    "change",
    [
        "answers = replace(answers, '4', '5')",
        "answers = CAST(x'ff00fe' AS TEXT)",
        "answers = x'00'",
        "saved_utc = 'soon'",
        "withdrawn = 2",
        "late = 'no'",
        "local_date = '2026-11-21'",
        "branch_then = 'try'",
    ],
)
def test_one_spoilt_row_never_hides_the_rest(journal: Journal, place: Path, change: str) -> None:
    """An earlier revision stands in; without one the entry is missing; either way it is told, in numbers only."""
    other = journal.save("checkins", {"lonely": 1})
    entry_id = journal.save("checkins", {"lonely": 3, "note": SECRET})
    last = journal.save("checkins", {"lonely": 7})
    journal.revise(entry_id, {"lonely": 4, "note": SECRET})
    assert journal.problem is None
    spoil(place, entry_id, 2, change)
    spoil(place, last, 1, change.replace("4", "7"))
    assert [(e.entry_id, e.answers["lonely"]) for e in journal.entries("checkins")] == [(other, 1), (entry_id, 3)]
    assert len(journal.history("checkins")) == 2
    assert "2 in checkins" in str(journal.problem)
    assert SECRET not in str(journal.problem)
    assert {spoilt.entry_id for spoilt in journal.check().spoilt} == {entry_id, last}
    assert journal.revise(entry_id, {"lonely": 9}) == 3  # the spoilt revision keeps its number


def test_a_journal_of_a_later_version_is_left_alone(journal: Journal, place: Path, opened: Opener) -> None:
    journal.save("boxes", {"item": "x"})
    journal.close()
    with dbapi2.connect(place) as other:
        other.execute("UPDATE meta SET value = '2' WHERE name = 'schema'")
    other.close()
    before = place.read_bytes()
    assert "newer version" in refused(NewerJournal, opened)
    assert place.read_bytes() == before


def test_a_place_that_cannot_be(place: Path, opened: Opener) -> None:
    place.parent.write_text("a file where a folder should be")
    refused(NotOpened, opened)


@pytest.mark.parametrize("url", ["kept/journal.sqlite", "sqlite://", "sqlite:///:memory:", "postgresql://x/y"])
def test_an_address_that_cannot_be_used_names_one_that_can(url: str) -> None:
    with pytest.raises(WrongSetting, match="sqlite:////home/you"):
        open_journal(url)


def test_every_sentence_says_first_what_is_safe_or_unchanged_and_ends_with_what_to_do() -> None:
    """Also: no exclamation marks, no blame."""
    kinds = [kind for kind in (NotSaved, *NotSaved.__subclasses__())]
    for kind in kinds:
        sentence = str(kind("here"))
        assert sentence.startswith("Not saved in here: ")
        assert sentence.index("is safe") < sentence.index("copy it first") < sentence.index("save again")
        assert "!" not in sentence
