"""Backups and bundles: read back before they count, and what comes back is what went out."""

import json
import shutil
import tracemalloc
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from tests.journal.conftest import Opener, StoppedClock
from widgets.journal import (
    Journal,
    NewerBundle,
    NoSuchFile,
    NotABundle,
    NotBackedUp,
    NotExported,
    NotOver,
    backups,
    salvage,
    sqlite,
)

TABLES = ("checkins", "decisions", "decision_lines", "boxes")


def fill(journal: Journal, clock: StoppedClock) -> None:
    long = 'a\r\n"b";🙂\x00שלום' * 30_000
    journal.save("checkins", {"lonely": 0, "note": "", "long": long, "shared": [], "sober": False}, "a")
    clock.turn(minutes=1)
    journal.revise("a", {"lonely": 3, "shared": ["home", "pets"], "when": "2026-01-02"})
    lines = [{"words": "=1+1", "matters": 0}, {"words": None, "matters": 3}]
    journal.save("decisions", {"choice": "try", "lines": lines}, "d")
    journal.save("boxes", {"item": "gone"}, "g")
    journal.withdraw("g")


def same(one: Journal, other: Journal) -> None:
    for table in TABLES:
        pd.testing.assert_frame_equal(one.history(table), other.history(table))
        pd.testing.assert_frame_equal(one.table(table), other.table(table))


def test_a_backup_opens_as_a_journal_and_says_the_same(journal: Journal, clock: StoppedClock, opened: Opener) -> None:
    fill(journal, clock)
    copy = journal.backup()
    assert copy.stat().st_mode & 0o777 == 0o600
    assert [f.name for f in copy.parent.iterdir()] == [copy.name]
    assert journal.backups() == (copy,)
    same(opened(copy), journal)


def test_ten_are_kept_and_an_unchanged_journal_makes_no_new_one(
    journal: Journal, clock: StoppedClock, opened: Opener, tmp_path: Path
) -> None:
    other = opened(tmp_path / "second" / "journal.sqlite")
    other.save("boxes", {"item": "another journal's"})
    kept_apart = other.backup()
    made = []
    for number in range(12):
        clock.turn(hours=1)
        journal.save("boxes", {"item": str(number)})
        made.append(journal.backup())
        clock.turn(hours=1)
        assert journal.backup() == made[-1]
    assert journal.backups() == tuple(made[-backups.KEPT :])
    assert other.backups() == (kept_apart,)


def test_pages_that_open_together_make_one_backup_of_the_day(
    journal: Journal, clock: StoppedClock, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second page that opens while the copy is being written neither waits for it nor makes another."""
    journal.save("boxes", {"item": "one"})
    clock.turn(days=1)
    copy_whole, copies = sqlite.copy_whole, []

    def copy_while_another_opens(connection: object, target: Path, key: object) -> None:
        copies.append(target)
        if len(copies) == 1:
            opened()
        copy_whole(connection, target, key)  # type: ignore[arg-type]

    monkeypatch.setattr(sqlite, "copy_whole", copy_while_another_opens)
    opened()
    assert len(copies) == 1
    [backup] = journal.backups()
    assert [file.name for file in backup.parent.iterdir()] == [backup.name]


def test_a_copy_that_does_not_read_back_does_not_count(
    journal: Journal, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.save("boxes", {"item": "one"})
    first = journal.backup()
    journal.save("boxes", {"item": "Hortensie"})
    clock.turn(hours=1)
    copy_whole = sqlite.copy_whole

    def copy_and_cut(connection: object, target: Path, key: object) -> None:
        copy_whole(connection, target, key)  # type: ignore[arg-type]
        target.write_bytes(target.read_bytes()[:-4096])

    monkeypatch.setattr(sqlite, "copy_whole", copy_and_cut)
    with pytest.raises(NotBackedUp) as told:
        journal.backup()
    assert told.value.__context__ is None
    assert [f.name for f in first.parent.iterdir()] == [first.name]


def test_a_folder_that_takes_no_backup_is_told(journal: Journal, tmp_path: Path) -> None:
    (tmp_path / "backups").write_text("a file where the folder should be")
    with pytest.raises(NotBackedUp, match="backups"):
        journal.backup()


def test_a_bundle_brings_everything_back(journal: Journal, clock: StoppedClock, opened: Opener, tmp_path: Path) -> None:
    fill(journal, clock)
    bundle = tmp_path / "notes.bundle.zip"
    journal.export_bundle(bundle)
    assert bundle.stat().st_mode & 0o777 == 0o600
    other = opened(tmp_path / "second" / "journal.sqlite")
    assert other.import_bundle(bundle) == 3
    assert other.import_bundle(bundle) == 0
    same(other, journal)
    assert other.check().spoilt == ()


def test_a_bundle_can_be_read_without_us(journal: Journal, clock: StoppedClock, tmp_path: Path) -> None:
    fill(journal, clock)
    journal.export_bundle(tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        schema = json.loads(archive.read("schema.json"))
        with archive.open("tables/checkins.csv") as file:
            frame = pd.read_csv(file)
    columns = {column["name"]: column for column in schema["tables"]["checkins"]["columns"]}
    assert columns["company"]["codes"] == ["alone", "friends"]
    assert frame["shared"].to_list()[1] == "home;pets"
    assert frame["lonely"].to_list() == [0, 3]


def test_two_devices_that_import_each_other_say_the_same(
    journal: Journal, clock: StoppedClock, opened: Opener, tmp_path: Path
) -> None:
    """Both revised the same entry: both revisions stay, the later one is current on both sides."""
    journal.save("boxes", {"item": "first"}, "a")
    journal.export_bundle(tmp_path / "one.zip")
    other = opened(tmp_path / "second" / "journal.sqlite")
    other.import_bundle(tmp_path / "one.zip")
    clock.turn(hours=1)
    other.revise("a", {"item": "on the second"})
    other.save("boxes", {"item": "only there"}, "b")
    clock.turn(hours=1)
    journal.revise("a", {"item": "on the first, later"})
    journal.export_bundle(tmp_path / "one.zip")
    other.export_bundle(tmp_path / "two.zip")
    assert journal.import_bundle(tmp_path / "two.zip") == 2
    assert other.import_bundle(tmp_path / "one.zip") == 1
    same(journal, other)
    history = journal.history("boxes")
    assert history["item"].to_list() == ["first", "on the second", "on the first, later", "only there"]
    assert history["revision"].to_list() == [1, 2, 3, 1]
    assert journal.import_bundle(tmp_path / "two.zip") == 0


def test_a_bundle_heals_a_spoilt_row(journal: Journal, tmp_path: Path) -> None:
    journal.save("boxes", {"item": "whole"}, "a")
    journal.export_bundle(tmp_path / "b.zip")
    with journal._file._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE entries SET answers = replace(answers, 'whole', 'hole')")
    assert len(journal.table("boxes")) == 0
    assert journal.import_bundle(tmp_path / "b.zip") == 1
    assert journal.table("boxes")["item"].to_list() == ["whole"]
    assert journal.problem is None
    assert journal.check().spoilt == ()


def rewritten(bundle: Path, name: str, change: tuple[str, str]) -> Path:
    with zipfile.ZipFile(bundle) as archive:
        parts = {n: archive.read(n).decode() for n in archive.namelist()}
    parts[name] = parts[name].replace(*change)
    with zipfile.ZipFile(bundle, "w") as archive:
        for n, text in parts.items():
            archive.writestr(n, text)
    return bundle


def test_a_bundle_brings_what_it_has_though_a_later_version_here_is_spoilt(
    journal: Journal, place: Path, opened: Opener, tmp_path: Path, clock: StoppedClock
) -> None:
    """What the disk changed stays as it is and is told; what comes takes its place in time around it."""
    journal.save("boxes", {"item": "one"}, "a")
    journal.close()
    shutil.copyfile(place, tmp_path / "other.sqlite")
    journal = opened()
    for item, minutes in (("here", 2), ("spoilt", 1)):
        clock.turn(minutes=minutes)
        journal.revise("a", {"item": item})
    other = opened(tmp_path / "other.sqlite")
    clock.turn(minutes=-2)
    other.revise("a", {"item": "there"})
    other.export_bundle(tmp_path / "b.zip")
    journal.close()
    place.write_bytes(place.read_bytes().replace(b'"spoilt"', b'"sqoilt"'))
    journal = opened()
    assert journal.import_bundle(tmp_path / "b.zip") == 1
    assert [entry.answers["item"] for entry in journal.revisions("a")] == ["one", "there", "here"]
    assert b'"sqoilt"' in place.read_bytes()
    assert len(journal.check().spoilt) == 1
    assert journal.import_bundle(tmp_path / "b.zip") == 0


def test_a_bundle_that_is_newer_or_not_whole_changes_nothing(journal: Journal, tmp_path: Path) -> None:
    journal.save("boxes", {"item": "Hortensie"}, "a")
    path = tmp_path / "b.zip"
    for name, change, kind in (
        ("schema.json", ('"format": 1', '"format": 2'), NewerBundle),
        ("schema.json", ('"format": 1', '"format": "x"'), NotABundle),
        ("entries.csv", ("Hortensie", "Hortensia"), NotABundle),
        ("entries.csv", ("answers", "words"), NotABundle),
    ):
        journal.export_bundle(path)
        with pytest.raises(kind) as told:
            journal.import_bundle(rewritten(path, name, change))
        assert told.value.__context__ is None
        assert "Hortensi" not in str(told.value)
    path.write_bytes(b"PK no zip")
    for wrong, kind in ((path, NotABundle), (tmp_path / "nowhere.zip", NoSuchFile)):
        with pytest.raises(kind):
            journal.import_bundle(wrong)
    assert len(journal.history("boxes")) == 1


def test_an_export_that_fails_leaves_the_earlier_file(journal: Journal, tmp_path: Path) -> None:
    with pytest.raises(NotExported):
        journal.export_bundle(tmp_path / "no folder" / "b.zip")
    (tmp_path / "taken").mkdir()
    with pytest.raises(NotExported):
        journal.export_bundle(tmp_path / "taken")
    assert sorted(f.name for f in tmp_path.iterdir()) == ["kept", "taken"]


def spoilt(bundle: Path, how: str) -> None:
    """A bundle that is packed to do harm, or was damaged on its way."""
    schema, lines = ('{"format": 1e999}' if how == "endless" else '{"format": 1}'), b"entry_id,revision\r\n" * 10_000
    lines += b",\n" * (1 << 20 if how == "lines" else 0)
    kind = {"lzma": zipfile.ZIP_LZMA, "bz2": zipfile.ZIP_BZIP2}.get(how, zipfile.ZIP_DEFLATED)
    with zipfile.ZipFile(bundle, "w", kind) as archive:
        archive.writestr("schema.json", schema, zipfile.ZIP_STORED)
        with archive.open("entries.csv", "w") as member:
            for _ in range(300 if how == "bomb" else 1):
                member.write(bytes(1 << 20) if how == "bomb" else lines)
        place = archive.getinfo("entries.csv").header_offset + len("entries.csv") + 30
    if how in ("lzma", "bz2", "cut"):
        raw = bundle.read_bytes()
        bundle.write_bytes(raw[: place + 20] + bytes(20) + raw[place + 40 :])


@pytest.mark.parametrize("how", ["bomb", "lines", "endless", "lzma", "bz2", "cut"])
def test_a_bundle_that_would_do_harm_is_none(journal: Journal, tmp_path: Path, how: str) -> None:
    """Nothing of it fills the memory, and it is refused like any other that is not whole."""
    spoilt(tmp_path / "b.zip", how)
    tracemalloc.start()
    with pytest.raises(NotABundle):
        journal.import_bundle(tmp_path / "b.zip")
    assert tracemalloc.get_traced_memory()[1] < 100_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("end", ["", "-wal", "-shm", "-new", "backup"])
def test_an_export_never_takes_the_journal_s_place(journal: Journal, place: Path, tmp_path: Path, end: str) -> None:
    """Nor a backup's, nor a log's that is not there just now; also by another way through the folders."""
    journal.save("boxes", {"item": "one"})
    backup = journal.backup()
    target = backup if end == "backup" else place.with_name(place.name + end)
    (tmp_path / "way").symlink_to(target.parent)
    before = {file: file.read_bytes() for file in (place, backup)}
    for path in (target, tmp_path / "way" / target.name):
        with pytest.raises(NotOver, match="Nothing was written"):
            journal.export_bundle(path)
    assert {file: file.read_bytes() for file in (place, backup)} == before
    journal.export_bundle(place.with_name(f"{place.name}.zip"))


def test_what_lies_beside_an_export_stays(journal: Journal, tmp_path: Path) -> None:
    """A file called as an unfinished one might be, open to everybody: it is no place for her words."""
    mine = tmp_path / "y.zip.part"
    mine.write_text("mine")
    mine.chmod(0o644)
    journal.export_bundle(tmp_path / "y.zip")
    assert mine.read_text() == "mine"
    assert (tmp_path / "y.zip").stat().st_mode & 0o777 == 0o600
    assert sorted(file.name for file in tmp_path.iterdir()) == ["kept", "y.zip", "y.zip.part"]


def test_a_clock_that_was_set_back_costs_no_backup(journal: Journal, clock: StoppedClock) -> None:
    """All others seem newer then: the one just made stays all the same, and nothing unchanged is copied again."""
    for day in range(12):
        journal.save("boxes", {"item": str(day)}, f"e{day}")
        journal.backup()
        clock.turn(days=1)
    clock.turn(days=-800)
    for moment in range(3):
        journal.save("boxes", {"item": "after"}, f"after{moment}")
        made = journal.backup()
        assert len(salvage.found_in(made, None).entries) == 13 + moment
        clock.turn(minutes=1)
        assert journal.backup() == made
        assert len(journal.backups()) == 10
