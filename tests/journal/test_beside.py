"""What lies beside a journal: deleted with it if it is of it, named if it may be, never touched if it is none."""

import os
import signal
import tempfile
import time
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2  # a second SQLite in one process would not see the first one's locks

from tests.journal import disks
from tests.journal.conftest import Child, Opener
from widgets.catalogue import Catalogue
from widgets.journal import Clock, Emptied, Journal, backups, beside, copying, open_journal, salvage

SECRET = "Hortensienstrasse siebzehn"
KEY = "vier kleine Wörter hier"


def copied(place: Path, name: str) -> Path:
    copy = place.with_name(name)
    copy.write_bytes(place.read_bytes())
    return copy


def filled(journal: Journal) -> Journal:
    for _ in range(30):
        journal.save("boxes", {"item": SECRET * 20})
    journal.close()
    return journal


def test_an_unlocked_copy_of_a_locked_journal_goes_too_and_what_may_be_one_is_named(
    opened: Opener, place: Path, tmp_path: Path
) -> None:
    """A copy from before the passphrase; one under an earlier one, one cut off, one with a noisy beginning, another
    journal's; and files that are surely none.
    """
    journal = filled(opened())
    plain, odd = copied(place, "journal (copy).sqlite"), copied(place, "a name of her own")
    noisy, cut = copied(place, "journal-noisy.sqlite"), copied(place, "journal.sqlite.old")
    noisy.write_bytes(os.urandom(4096) + noisy.read_bytes()[4096:])
    cut.write_bytes(cut.read_bytes()[:2000])
    filled(opened(tmp_path / "second" / "journal.sqlite"))
    other = place.with_name("other computer.sqlite")
    other.write_bytes((tmp_path / "second" / "journal.sqlite").read_bytes())
    recipes, text = place.with_name("recipes.sqlite"), place.with_name("notes.txt")
    with dbapi2.connect(recipes) as theirs:
        theirs.execute("CREATE TABLE recipes (name)")
    theirs.close()
    text.write_text("mine", "utf-8")
    journal.set_passphrase(KEY)
    earlier = copied(place, "journal (earlier).sqlite")
    journal.set_passphrase("ganz andere Wörter", KEY)
    same = copied(place, "journal (2).sqlite")
    assert {plain, odd, cut} <= set(journal.unlocked_copies())
    left = journal.delete_everything()
    assert set(left) == {noisy, cut, other, earlier}
    assert not any(file.exists() for file in (place, plain, odd, same))
    assert {*left, recipes, text} == set(place.parent.iterdir())


@pytest.mark.parametrize("end", ["open", "delete"])
def test_a_copy_of_whoever_was_killed_while_reading_is_cleared_away(
    place: Path, catalogue: Catalogue, opened: Opener, clock: Clock, end: str
) -> None:
    """It was this user's only; the next opening takes it, and so does “Delete everything”; one in use stays."""
    journal = opened()
    journal.save("boxes", {"item": SECRET})

    def read_on() -> None:
        with copying.untouched(place) as copy:
            print(oct(copy.stat().st_mode & 0o777), flush=True)
            time.sleep(60)

    killed, reading = Child(read_on), Child(read_on)
    assert [killed.output.readline(), reading.output.readline()] == ["0o600\n"] * 2
    os.kill(killed.pid, signal.SIGKILL)
    killed.finish()
    assert len(list(place.parent.glob(".reading-*"))) == 2
    if end == "open":
        open_journal(f"sqlite:///{place}", catalogue=catalogue, clock=clock).close()
    else:
        journal.delete_everything()
    assert len(list(place.parent.glob(".reading-*"))) == 1
    os.kill(reading.pid, signal.SIGKILL)
    reading.finish()


def test_a_file_without_a_log_is_read_where_it_lies(journal: Journal, place: Path) -> None:
    """No copy that could be left."""
    filled(journal)
    with copying.untouched(place) as file:
        assert file == place
    assert len(salvage.found_in(place, None).entries) == 30


def test_an_empty_file_is_damage(opened: Opener, place: Path) -> None:
    """It is not taken for a new journal, whose backups would be others; nothing is written over it."""
    journal = filled(opened())
    journal.backup()
    name = journal.name
    journal.close()
    place.write_bytes(b"")
    with pytest.raises(Emptied, match="Go back to a backup"):
        opened()
    assert place.read_bytes() == b""
    place.unlink()
    assert opened().name != name
    assert backups.of_journal(name)


def test_pages_that_make_a_new_journal_together_make_one(place: Path, catalogue: Catalogue, clock: Clock) -> None:
    """Each shows the same one, and nothing half made is left beside it."""

    def make() -> None:
        print(open_journal(f"sqlite:///{place}", catalogue=catalogue, clock=clock).name)

    children = [Child(make) for _ in range(6)]
    assert len({child.finish() for child in children}) == 1
    assert {file.name.removesuffix("-wal").removesuffix("-shm") for file in place.parent.iterdir()} == {place.name}


@pytest.mark.parametrize("passphrase", [None, KEY])
def test_what_lies_among_the_backups_goes_too_or_is_named(
    opened: Opener, place: Path, tmp_path: Path, passphrase: str | None
) -> None:
    """A whole copy under a name of her own goes; what is torn is named; other journals' backups and hers of another
    kind stay unnamed; and a file whose name begins as the journal's does is named, not deleted for that.
    """
    journal = filled(opened(passphrase=passphrase))
    entry_id = journal.table("boxes")["entry_id"][0]
    folder = journal.backup().parent
    other = filled(opened(tmp_path / "second" / "journal.sqlite"))
    theirs = other.backup()
    whole, called = folder / "before the move", folder / "journal"
    for copy in (whole, called, folder / "journal-copy.sqlite"):
        copy.write_bytes(place.read_bytes())
    torn = folder / "half a copy"
    torn.write_bytes(place.read_bytes()[: 4096 * 3 - 100])
    foreign = folder / "other computer.sqlite"
    foreign.write_bytes(Path(other.place).read_bytes())
    piece = place.with_name("recovered 0001")
    piece.write_bytes(bytes(500) + entry_id.encode() + SECRET.encode())
    hers = [place.with_name("journal.sqlite-and-me.txt"), folder / "letter.txt", folder / "recipes.db"]
    for file in hers[:2]:
        file.write_text("mine", "utf-8")
    with dbapi2.connect(hers[2]) as recipes:
        recipes.execute("CREATE TABLE recipes (name)")
    recipes.close()
    left = journal.delete_everything()
    assert not any(file.exists() for file in (place, whole, called, folder / "journal-copy.sqlite"))
    assert set(left) - {torn} == {foreign, piece, hers[0]}
    assert torn in left or not torn.exists()  # by its beginning a locked one is known to be of this journal
    assert all(file.exists() for file in (*hers, theirs, foreign, piece))


def test_a_copy_of_whoever_was_killed_among_the_backups_goes_with_all_else(journal: Journal) -> None:
    """It is made there when a backup with a log beside it is looked at."""
    left = filled(journal).backup().parent / f"{copying.ELSEWHERE}killed"
    left.mkdir()
    (left / "journal.sqlite").write_bytes(SECRET.encode())
    assert journal.delete_everything() == ()
    assert not left.exists()


def test_what_may_not_be_looked_into_is_named_and_holds_up_nothing(catalogue: Catalogue, clock: Clock) -> None:
    """Another user's file beside the journal, among the backups and a folder deeper, and a folder that is shut."""
    with tempfile.TemporaryDirectory(prefix="journal-") as name:
        folder = Path(name)
        folder.chmod(0o777)

        def delete() -> None:
            disks.become_nobody()
            place = folder / "kept" / "journal.sqlite"
            os.environ["WORKBOOK_BACKUPS"] = str(folder / "backups")
            journal = open_journal(f"sqlite:///{place}", catalogue=catalogue, clock=clock)
            journal.save("boxes", {"item": SECRET})
            journal.backup()
            shut = place.parent / "shut"
            shut.mkdir()
            closed = [place.parent / "a.sqlite", backups.folder() / "b.sqlite", place.parent / "deeper" / "c.sqlite"]
            copy = place.parent / "deeper" / "journal~1.sqlite"
            copy.parent.mkdir()
            for file in (*closed, copy):
                file.write_bytes(place.read_bytes())
            for path in (*closed, shut):
                path.chmod(0)
            print(beside.copies(place), beside.unlocked(place), flush=True)
            left = journal.delete_everything()
            print(sorted(map(str, left)) == sorted(map(str, (*closed, copy, shut))), place.exists())
            shut.chmod(0o700)

        assert Child(delete).finish().splitlines() == ["() ()", "True False"]


def test_what_lies_a_folder_deeper_is_packed_or_holds_a_draft_only_is_named(
    journal: Journal, place: Path, tmp_path: Path
) -> None:
    """“Delete everything” does not say that all is gone while one of these lies there; what is none is not named."""
    journal.save("boxes", {"item": SECRET})
    journal.keep_draft("check-in", {"note": SECRET})
    backup = journal.backup()
    raw = place.read_bytes()
    earlier = [folder / ".stversions" / "journal~20261125.sqlite" for folder in (place.parent, backup.parent)]
    for copy in earlier:
        copy.parent.mkdir()
        copy.write_bytes(raw)
        copy.with_name("notes.txt").write_text("mine", "utf-8")
    packed, piece = place.with_name("old.zip"), place.with_name("piece.bin")
    packed.write_bytes(b"PK")
    at = raw.index(b'{"note":')
    piece.write_bytes(raw[at - 30 : at + 700])
    assert set(journal.delete_everything()) == {*earlier, packed, piece}
