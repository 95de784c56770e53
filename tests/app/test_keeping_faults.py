"""The commands over a journal and backups that are damaged, empty, missing, too new, and on a disk that is full."""

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.app.test_keeping import KEY, SECRET, Run, filled
from tests.journal import disks
from tests.journal.conftest import Child
from widgets.journal import JournalError, open_journal

ROOM = 20_000  # bytes
NEWER = "UPDATE meta SET value = '99' WHERE name = 'schema'"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("WORKBOOK_JOURNAL", f"sqlite:///{tmp_path}/kept/journal.sqlite")
    monkeypatch.setenv("WORKBOOK_BACKUPS", str(tmp_path / "backups"))
    monkeypatch.setenv("PYTHONPATH", os.getcwd())
    return Run(dict(os.environ))


def flip(file: Path, words: bytes) -> None:
    """One letter of one row: SQLite sees nothing."""
    raw = file.read_bytes()
    spot = raw.index(words) + len(words) - 1
    file.write_bytes(raw[:spot] + b"X" + raw[spot + 1 :])


def test_a_flipped_letter_leads_back_to_the_newest_whole_backup(run: Run) -> None:
    """A backup of what is damaged does not say that it is whole; check, and a refused restoring, name one that is."""
    journal = filled()
    [whole] = journal.backups()
    flip(Path(journal.place), b"7 " + SECRET.encode())
    assert "Copied as it is" in run("backup", ends=1)
    assert "1 in timeline" in run.error
    spoilt = journal.backups()[-1]
    told = run("check", ends=1)
    assert "1 whole" in told
    assert f"This backup is damaged: {spoilt}" in run.error
    assert "second-thoughts restore 2" in run.error
    run("restore", "1", ends=1)
    assert f"second-thoughts restore {whole}" in run.error
    assert "30 entries" in run("restore", "2") or len(journal.table("timeline")) == 30


def test_what_is_whole_goes_out_and_what_is_not_is_said(run: Run, tmp_path: Path) -> None:
    """As a bundle and as a table."""
    journal = filled()
    flip(Path(journal.place), b"7 " + SECRET.encode())
    for arguments in (["export", str(tmp_path / "x.zip")], ["export", str(tmp_path / "x.csv"), "--table", "timeline"]):
        assert "Written" in run(*arguments, ends=1)
        assert "1 in timeline" in run.error
        assert "second-thoughts restore" in run.error
        assert Path(arguments[1]).exists()


def test_an_empty_file_is_damage_and_its_backups_stay_in_view(run: Run) -> None:
    journal = filled()
    Path(journal.place).write_bytes(b"")
    run("check", ends=1)
    assert "is empty" in run.error
    assert "second-thoughts restore 1" in run.error
    run("export", "x.zip", ends=1)
    assert Path(journal.place).stat().st_size == 0
    assert "20 entries" in run("restore", "1")
    assert len(journal.table("timeline")) == 20


def test_a_journal_that_is_gone_is_brought_back_over_the_new_one(run: Run) -> None:
    """A new one begins, the old one's backups are listed, and one takes its place once she has said so."""
    journal = filled()
    Path(journal.place).unlink()
    run("check", ends=1)
    assert "second-thoughts restore" in run.error
    new = open_journal()
    new.save("timeline", {"what": "written since", "kind": "good"})
    new.close()
    assert "Of other journals:\n  1" in run("restore")
    run("restore", "1", said="n\n", ends=1)
    assert "backup of another journal" in run.error
    assert "20 entries" in run("restore", "1", said="y\n")
    back = open_journal()
    assert len(back.backups()) == 1
    assert len(back.table("timeline")) == 20
    back.close()
    assert "Of other journals:" in run("restore")  # what was written since


def test_a_journal_of_a_later_version_is_told_and_not_replaced(run: Run) -> None:
    journal = filled()
    with sqlite3.connect(journal.place) as other:
        other.execute(NEWER)
    other.close()
    before = Path(journal.place).read_bytes()
    for arguments in (["check"], ["restore", "1"]):
        run(*arguments, ends=1)
        assert "is from a newer version" in run.error
    assert Path(journal.place).read_bytes() == before


def test_a_wrong_passphrase_is_no_damage(run: Run) -> None:
    """It says how to give the right one, and advises nothing else."""
    filled(KEY)
    run("check", said="a guess\n", ends=1)
    assert "pipe it in as the first line" in run.error
    assert "restore" not in run.error


def test_what_is_named_wrongly_is_told_as_that(run: Run, tmp_path: Path) -> None:
    """A folder with something in it, a file that is not there; and no page is spoken of where there is none."""
    filled()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "hers").write_text("x")
    run("unlock", str(tmp_path / "full"), ends=1)
    assert "Name a folder that is not there yet" in run.error
    run("import", str(tmp_path / "nowhere.zip"), ends=1)
    assert "There is no file" in run.error


@pytest.mark.parametrize("left_log", [False, True])
def test_on_a_full_disk_what_is_saved_is_read_and_taken_elsewhere(tmp_path: Path, run: Run, left_log: bool) -> None:
    """Also where a writer was killed. What would write says why not; no traceback. Where nobody may lay a small disk,
    no file may grow much beyond the largest.
    """
    disk, out = tmp_path / "kept", tmp_path / "out"
    disk.mkdir()
    out.mkdir()

    def everything() -> None:
        is_disk = disks.small_disk(disk, 4_000_000)
        filled()
        if left_log:
            Child(
                lambda: [open_journal().save("timeline", {"what": "late", "kind": "hard"}), os.kill(os.getpid(), 9)]
            ).finish()
            (disk / "journal.sqlite-shm").unlink()
        largest = max(file.stat().st_size for file in disk.iterdir() if file.is_file())
        disks.fill(disk, 0 if is_disk else largest + ROOM, is_disk)
        print(
            run("check", ends=0 if shutil.disk_usage(disk).free > 10**8 else 1).count(
                "31 entries" if left_log else "30 entries"
            )
        )
        print("Written" in run("export", str(out / "notes.zip")))
        run("import", str(out / "notes.zip"))
        run("unlock", str(disk / "plain"), ends=int(is_disk))
        print("plain was not written" in run.error, is_disk)
        journal = open_journal()
        try:
            journal.save("timeline", {"what": "more " * (largest + ROOM), "kind": "hard"})
        except JournalError as error:
            print(error)

    told = Child(everything).finish().splitlines()
    assert told[:2] == ["1", "True"], told
    refused, is_disk = told[2].split()
    assert refused == is_disk
    assert ("the disk is full" if is_disk == "True" else "Not saved in") in told[-1], told
    assert is_disk == "False" or not os.listdir(disk)  # it was that process's own
