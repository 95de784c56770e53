"""Whatever happens to the file: nothing readable is lost, and the sentence says what to do."""

import datetime as dt
import os
import random
import signal
import time
from contextlib import suppress
from pathlib import Path

import pandas as pd
import pytest
from sqlcipher3 import dbapi2  # a second SQLite in one process would not see the first one's locks

from tests.journal.conftest import Child, Opener, StoppedClock, reading
from widgets.catalogue import Catalogue
from widgets.journal import (
    Damaged,
    Journal,
    JournalError,
    Locked,
    NewerJournal,
    NotOfThisJournal,
    NotRead,
    Restored,
    WrongPassphrase,
    keys,
    migrating,
    opening,
    restore,
    restoring,
    salvage,
    schema,
)

KEY = "vier kleine Wörter hier"
LONG = "Ich habe es gesagt. " * 100


def fill(journal: Journal, clock: StoppedClock, count: int = 30) -> Path:
    """Enough to cover many pages of the file; a backup after the first half."""
    for number in range(count):
        journal.save("checkins", {"lonely": number % 11, "long": f"{number} {LONG}"}, f"e{number}")
        if number == count // 2:
            backup = journal.backup()
        clock.turn(minutes=1)
    return backup


def restored(place: Path, backup: Path, clock: StoppedClock, passphrase: str | None = None) -> Restored:
    return restore(place, backup, clock.now(), passphrase=passphrase)


def damage(place: Path, where: float) -> None:
    """What a bad disk does: a page of noise, at that part of the file."""
    raw = bytearray(place.read_bytes())
    start = int(len(raw) * where) // 4096 * 4096
    raw[start : start + 4096] = os.urandom(4096)
    place.write_bytes(raw)


@pytest.mark.parametrize("passphrase", [None, KEY])
@pytest.mark.parametrize("where", [0.2, 0.5, 0.9])
def test_a_damaged_file_gives_back_what_it_still_says(
    opened: Opener, place: Path, clock: StoppedClock, passphrase: str | None, where: float
) -> None:
    """The backup comes back, with every entry since that can still be read; the damaged file is kept."""
    journal = opened(passphrase=passphrase)
    backup = fill(journal, clock)
    journal.close()
    damage(place, where)
    broken = place.read_bytes()
    done = restored(place, backup, clock, passphrase)
    assert done.entries == 16
    assert done.aside is not None
    assert done.aside.read_bytes() == broken
    back = opened(passphrase=passphrase)
    there = set(back.table("checkins")["entry_id"])
    assert there >= {f"e{number}" for number in range(16)}
    assert len(there) == 16 + done.rescued
    assert done.rescued >= 8
    assert back.check().sound
    assert back.check().spoilt == ()
    assert [f.name for f in place.parent.glob("*-new")] == []


@pytest.mark.parametrize("passphrase", [None, KEY])
@pytest.mark.parametrize("left", [0.0, 0.1, 0.5, 0.99])
def test_a_truncated_file(
    opened: Opener, place: Path, clock: StoppedClock, passphrase: str | None, left: float
) -> None:
    """It says that it is damaged, or reads nothing wrong; restoring brings the rest back."""
    journal = opened(passphrase=passphrase)
    backup = fill(journal, clock)
    journal.close()
    whole = place.read_bytes()
    place.write_bytes(whole[: int(len(whole) * left)])
    if left:
        try:
            cut = opened(passphrase=passphrase)
            health = cut.check()
            assert len(cut.table("checkins")) + len(health.spoilt) == 30
            assert health.spoilt or not health.sound
        except (Damaged, Locked, WrongPassphrase):
            pass
    done = restored(place, backup, clock, passphrase)
    back = opened(passphrase=passphrase)
    assert len(back.table("checkins")) == 16 + done.rescued
    assert back.check().sound
    assert (done.aside is not None) == bool(left)


def test_flipped_bytes_in_her_words_are_found_and_mended(journal: Journal, place: Path, clock: StoppedClock) -> None:
    """Where SQLite sees nothing: the row's own checksum does; the backup's row comes back, and later rows stay."""
    backup = fill(journal, clock)
    journal.close()
    raw = place.read_bytes()
    spot = raw.index(b"7 Ich habe es gesagt.")
    place.write_bytes(raw[: spot + 3] + b"X" + raw[spot + 4 :])
    health = journal.check()
    assert health.sound
    assert [(s.table, s.entry_id) for s in health.spoilt] == [("checkins", "e7")]
    done = restored(place, backup, clock)
    assert done.rescued == 14
    assert journal.check().spoilt == ()
    assert len(journal.table("checkins")) == 30


def test_a_whole_journal_goes_back_to_the_backup_and_can_go_forward_again(
    journal: Journal, place: Path, clock: StoppedClock, opened: Opener
) -> None:
    """What stood there is backed up first, so that a wrong choice is undone in the same way; open pages go on."""
    other = opened()
    backup = fill(journal, clock)
    journal.keep_draft("check-in", {"note": "half a sentence"})
    assert restored(place, backup, clock) == Restored(16, 0, None)
    assert len(journal.table("checkins")) == len(other.table("checkins")) == 16
    other.save("boxes", {"item": "written after"})
    latest = journal.backups()[-1]
    restored(place, latest, clock)
    assert len(journal.table("checkins")) == 30
    draft = journal.draft("check-in")
    assert draft is not None
    assert draft.answers["note"] == "half a sentence"


def test_a_lost_file_comes_back(journal: Journal, place: Path, clock: StoppedClock, opened: Opener) -> None:
    """Deleted with its folder, as `git clean` would; nothing else is needed."""
    backup = fill(journal, clock)
    journal.close()
    for file in place.parent.iterdir():
        file.unlink()
    assert restored(place, backup, clock) == Restored(16, 0, None)
    assert len(opened().table("checkins")) == 16


def test_drafts_of_a_damaged_file_are_kept(journal: Journal, place: Path, clock: StoppedClock, opened: Opener) -> None:
    """What was on a screen and not saved is read too; the newer one stands."""
    journal.keep_draft("check-in", {"note": "older"})
    backup = fill(journal, clock)
    clock.turn(days=1)
    journal.keep_draft("check-in", {"note": "newer"})
    journal.keep_draft("boxes", {"item": "only there"})
    journal.close()
    damage(place, 0.5)
    restored(place, backup, clock)
    back = opened()
    assert [back.draft(name).answers for name in ("check-in", "boxes")] == [{"note": "newer"}, {"item": "only there"}]  # type: ignore[union-attr]


@pytest.mark.parametrize("change", ["exercise = NULL", "writer = NULL", "answers = x'00'", "kept_utc = 'soon'"])
def test_a_spoilt_draft_neither_holds_up_restoring_nor_takes_a_whole_ones_place(
    journal: Journal, place: Path, clock: StoppedClock, opened: Opener, change: str
) -> None:
    journal.keep_draft("check-in", {"note": "whole"})
    backup = fill(journal, clock)
    journal.close()
    with dbapi2.connect(place) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute("UPDATE sqlite_master SET sql = replace(sql, ' NOT NULL', '') WHERE name = 'drafts'")
    connection.close()
    with dbapi2.connect(place) as connection:
        connection.execute(f"UPDATE drafts SET {change}")
        connection.execute("UPDATE entries SET answers = '{}' WHERE entry_id = 'e3'")
    connection.close()
    restored(place, backup, clock)
    back = opened()
    draft = back.draft("check-in")
    assert draft is not None
    assert draft.answers == {"note": "whole"}
    assert len(back.table("checkins")) == 30


def test_whichever_part_is_emptied_it_is_told_as_damage_and_comes_back(
    opened: Opener, place: Path, clock: StoppedClock
) -> None:
    """Zeros are no noise: an index that has forgotten a row, or a definition of nothing, is no crash either."""
    journal = opened()
    backup = fill(journal, clock)
    for entry_id in ("e1", "e20"):
        journal.revise(entry_id, {"lonely": 0, "long": LONG})
    journal.close()
    whole = place.read_bytes()
    for start in range(100, len(whole), 4096):  # from within a page into the next one
        place.write_bytes(whole[:start] + bytes(4096) + whole[start + 4096 :])
        with suppress(JournalError):
            cut = opened()
            health = cut.check()
            is_all = len(cut.table("checkins")) == 30 and health.sound
            assert is_all or cut.problem
            cut.bundle()
            cut.close()
        restored(place, backup, clock)
        back = opened()
        assert {f"e{n}" for n in range(16)} <= set(back.table("checkins")["entry_id"])
        assert back.check().sound
        back.close()


def test_a_definition_that_is_no_text_any_more_is_told_as_damage(journal: Journal, place: Path, opened: Opener) -> None:
    """The database quotes it in its error, as bytes that are no letters."""
    journal.close()
    place.write_bytes(place.read_bytes().replace(b"v_boxes", b"v_\xe2oxes", 1))
    with pytest.raises(Damaged):
        opened()


def test_the_passphrase_in_force_stays(journal: Journal, place: Path, clock: StoppedClock, opened: Opener) -> None:
    """An older backup without one does not open the journal to everybody; a locked one is asked for its passphrase."""
    fill(journal, clock)
    [plain] = journal.backups()
    aside = plain.rename(plain.with_name("elsewhere.sqlite"))
    journal.set_passphrase(KEY)
    assert restored(place, aside, clock, KEY).entries == 16
    with pytest.raises(Locked):
        opened()
    locked = opened(passphrase=KEY).backup()
    with pytest.raises(Locked):
        restored(place, locked, clock)
    with pytest.raises(WrongPassphrase):
        restored(place, locked, clock, "a guess")
    assert restored(place, locked, clock, KEY).entries == 16


def test_what_may_not_take_its_place_changes_nothing(
    journal: Journal, place: Path, clock: StoppedClock, opened: Opener, tmp_path: Path
) -> None:
    """Another journal's backup, one from a later version, a damaged one, none: a sentence each, no byte changed."""
    backup = fill(journal, clock)
    other = opened(tmp_path / "second" / "journal.sqlite")
    other.save("boxes", {"item": "somebody else's"})
    foreign = other.backup()
    newer, broken = tmp_path / "newer.sqlite", tmp_path / "broken.sqlite"
    for copy in (newer, broken):
        copy.write_bytes(backup.read_bytes())
    with dbapi2.connect(newer) as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE name = 'schema'")
    connection.close()
    damage(broken, 0.5)
    journal.close()
    before = place.read_bytes()
    for file, kind in (
        (foreign, NotOfThisJournal),
        (newer, NewerJournal),
        (broken, Damaged),
        (tmp_path / "nowhere.sqlite", NotRead),
    ):
        with pytest.raises(kind) as told:
            restored(place, file, clock)
        assert "Nothing was changed" in str(told.value) or "not touched" in str(told.value)
        assert place.read_bytes() == before
    assert len(journal.backups()) == 1


def test_a_fresh_journal_gives_way_to_any_backup(
    journal: Journal, clock: StoppedClock, opened: Opener, tmp_path: Path
) -> None:
    """On a new computer the workbook has made an empty one already."""
    backup = fill(journal, clock)
    fresh = tmp_path / "second" / "journal.sqlite"
    opened(fresh).close()
    restored(fresh, backup, clock)
    assert opened(fresh).name == journal.name


def test_a_kill_in_the_middle_leaves_the_old_file_or_the_new_one(
    place: Path, catalogue: Catalogue, opened: Opener, clock: StoppedClock
) -> None:
    """Of a damaged file too: at every moment something lies there, and what was put aside is the damaged one."""
    journal = opened()
    backup = fill(journal, clock)
    journal.close()
    damage(place, 0.5)
    broken = place.read_bytes()

    def put_back() -> None:
        print("ready", flush=True)
        restored(place, backup, clock)
        print("done", flush=True)
        time.sleep(60)

    moments = random.Random(3)
    for is_last in [False] * 8 + [True]:
        child = Child(put_back)
        assert child.output.readline() == "ready\n"
        if is_last:
            assert child.output.readline() == "done\n"
        else:
            time.sleep(moments.uniform(0, 0.2))
        os.kill(child.pid, signal.SIGKILL)
        child.finish()
        assert place.read_bytes() == broken or len(opened().table("checkins")) >= 16
        clock.turn(minutes=1)
    assert len(opened().table("checkins")) >= 16
    assert any(aside.read_bytes() == broken for aside in restoring.put_aside(place))


# ---- what else a file may be


def test_reading_a_damaged_file_changes_no_byte_of_it(journal: Journal, place: Path, clock: StoppedClock) -> None:
    """Not of its log either, and it leaves nothing beside it."""
    reader = reading(journal)
    fill(journal, clock)
    files = {file: file.read_bytes() for file in place.parent.iterdir()}
    assert any(file.name.endswith("-wal") and content for file, content in files.items())
    found = salvage.found_in(place, None)
    assert found.is_whole
    assert len(found.entries) == 30
    assert {file: file.read_bytes() for file in place.parent.iterdir()} == files
    reader.close()


def test_noise_says_nothing_and_does_no_harm(tmp_path: Path) -> None:
    for content in (b"", b"no database", b"SQLite format 3\0" + b"\xff" * 9000, os.urandom(8192)):
        file = tmp_path / "noise.sqlite"
        file.write_bytes(content)
        assert salvage.found_in(file, None) == salvage.NOTHING
        assert file.read_bytes() == content


# ---- an older version's file


def test_a_backup_is_made_before_an_older_file_is_changed(
    journal: Journal, place: Path, clock: StoppedClock, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next version's first opening: a backup as it was, then the step, then everything as before."""
    journal.save("boxes", {"item": "from before"})
    before = journal.history("boxes")
    journal.close()
    monkeypatch.setattr(opening, "SCHEMA", 2)
    monkeypatch.setattr(migrating, "SCHEMA", 2)
    monkeypatch.setitem(migrating.STEPS, 1, lambda connection: connection.exec_driver_sql("CREATE TABLE later (x)"))
    clock.turn(days=1)
    later = opened()
    [backup] = later.backups()
    pd.testing.assert_frame_equal(later.history("boxes"), before)
    monkeypatch.undo()
    with dbapi2.connect(backup) as connection:
        assert connection.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone() == (str(schema.SCHEMA),)
        assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'later'").fetchone() == (0,)
    connection.close()


def test_without_a_backup_an_older_file_is_left_as_it_is(
    journal: Journal, place: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """No room for one: it does not open, it says why, and no step was taken."""
    journal.save("boxes", {"item": "from before"})
    journal.close()
    before = place.read_bytes()
    monkeypatch.setenv("WORKBOOK_BACKUPS", str(tmp_path / "taken"))
    (tmp_path / "taken").write_text("a file where the folder should be")
    monkeypatch.setattr(opening, "SCHEMA", 2)
    monkeypatch.setitem(migrating.STEPS, 1, lambda connection: pytest.fail("it was changed"))
    with pytest.raises(JournalError, match="No new backup"):
        opened()
    assert place.read_bytes() == before


def test_a_step_that_fails_leaves_the_older_file(
    journal: Journal, place: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Step and version are written together or not at all."""
    journal.save("boxes", {"item": "from before"})

    def half(connection) -> None:
        connection.exec_driver_sql("CREATE TABLE later (x)")
        connection.exec_driver_sql("INSERT INTO nowhere VALUES (1)")

    monkeypatch.setattr(opening, "SCHEMA", 2)
    monkeypatch.setattr(migrating, "SCHEMA", 2)
    monkeypatch.setitem(migrating.STEPS, 1, half)
    with pytest.raises(JournalError):
        opened()
    monkeypatch.undo()
    assert opened().table("boxes")["item"].to_list() == ["from before"]
    with dbapi2.connect(place) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'later'").fetchone() == (0,)
    connection.close()


def test_the_day_s_backup(opened: Opener, clock: StoppedClock) -> None:
    """Made on the first opening of a day, and only then; an empty journal and an unchanged one make none."""
    journal = opened()
    clock.turn(days=1)
    assert opened().backups() == ()
    journal.save("boxes", {"item": "one"})
    assert len(opened().backups()) == 1
    journal.save("boxes", {"item": "two"})
    assert len(opened().backups()) == 1
    clock.turn(days=1)
    assert len(opened().backups()) == 2
    clock.turn(days=1)
    assert len(opened().backups()) == 2
    assert isinstance(clock.moment, dt.datetime)


def test_the_right_passphrase_is_not_called_wrong_where_the_file_is_damaged(
    opened: Opener, place: Path, clock: StoppedClock
) -> None:
    """Its first page, and the pages that list the tables: told as damage; a wrong passphrase stays a wrong one."""
    journal = opened(passphrase=KEY)
    backup = fill(journal, clock)
    journal.close()
    whole = place.read_bytes()
    for number in range(len(whole) // 4096):
        raw = bytearray(whole)
        start = max(16, number * 4096)  # the salt itself: then the file is another one's
        raw[start : number * 4096 + 4096] = os.urandom(number * 4096 + 4096 - start)
        place.write_bytes(raw)
        with pytest.raises(WrongPassphrase):
            opened(passphrase="a guess")
        try:
            cut = opened(passphrase=KEY)
            assert not cut.check().sound
        except Damaged:
            pass
        found = salvage.found_in(place, keys.key_for(backup, KEY), [backup])
        assert not found.is_whole
        assert len(found.entries) >= (number != 0) * 16
        assert {entry.answers["lonely"] for entry in found.entries} <= set(range(11))
    place.write_bytes(raw)
    assert restored(place, backup, clock, KEY).entries == 16


def test_a_plain_file_gives_back_what_it_says_whichever_page_is_noise(
    journal: Journal, place: Path, clock: StoppedClock
) -> None:
    """All but the two from which everything hangs: the first page, and the root of the entries."""
    fill(journal, clock)
    journal.close()
    whole = place.read_bytes()
    read = []
    for number in range(1, len(whole) // 4096):
        place.write_bytes(whole[: number * 4096] + os.urandom(4096) + whole[number * 4096 + 4096 :])
        read.append(len(salvage.found_in(place, None).entries))
    assert sum(count == 0 for count in read) <= 2
    assert min(count for count in read if count) >= 24
