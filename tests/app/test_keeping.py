"""The commands that look after the journal: what they do, what they say, and that the app need not run for them."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from tests.journal.conftest import reading
from widgets.app.main import app
from widgets.journal import Journal, backups, open_journal, restoring

KEY = "vier kleine Wörter hier"
SECRET = "Hortensienstrasse"
LONG = "Ich habe es gesagt. " * 100


class Run:
    """run(*arguments): how the command ended, and what it said. `said`: what is piped in."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment

    def __call__(self, *arguments: str, said: str = "", ends: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "widgets.app.main", *arguments],
            env=self.environment,
            input=said,
            text=True,
            capture_output=True,
        )
        assert done.returncode == ends, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        assert SECRET not in done.stdout + done.stderr
        self.error = done.stderr
        return done.stdout


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WORKBOOK_JOURNAL", f"sqlite:///{tmp_path}/kept/journal.sqlite")
    monkeypatch.setenv("WORKBOOK_BACKUPS", str(tmp_path / "backups"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("PYTHONPATH", os.getcwd())
    return tmp_path


@pytest.fixture
def run(home: Path) -> Run:
    return Run(dict(os.environ))


def filled(passphrase: str | None = None) -> Journal:
    """A journal with history; a backup lies in the middle of it."""
    journal = open_journal(passphrase=passphrase)
    for number in range(20):
        journal.save("timeline", {"what": f"{number} {SECRET} {LONG[:600]}", "kind": "hard"}, f"e{number}")
    journal.backup()
    for number in range(20, 30):
        journal.save("timeline", {"what": f"{number} {SECRET} {LONG[:600]}", "kind": "good"}, f"e{number}")
    journal.close()
    return journal


def damage(place: Path) -> None:
    raw = bytearray(place.read_bytes())
    start = len(raw) * 4 // 5 // 4096 * 4096
    raw[start : start + 4096] = os.urandom(4096)
    place.write_bytes(raw)


def test_a_backup_is_made_listed_and_put_back(run: Run, home: Path) -> None:
    """By its number, newest first; what stood there becomes a backup itself."""
    journal = filled()
    assert str(backups.folder()) in run("backup")
    listed = run("restore")
    assert re.findall(r"^ +(\d)  \w+day \d+ \w+ \d{4}, \d\d:\d\d", listed, re.MULTILINE) == ["1", "2"]
    assert "second-thoughts restore 1" in listed
    assert "20 entries" in run("restore", "2")
    assert len(journal.table("timeline")) == 20
    assert "30 entries" in run("restore", str(journal.backups()[-1]))
    assert len(journal.table("timeline")) == 30
    run("restore", "99", ends=1)
    assert "Nothing was changed" in run.error


def test_with_a_passphrase_it_is_asked_for(run: Run, home: Path) -> None:
    """One line that is piped in opens it; a wrong one changes no byte and says so."""
    journal = filled(KEY)
    before = Path(journal.place).read_bytes()
    for arguments in (
        ["backup"],
        ["restore", "1"],
        ["export", str(home / "x.zip")],
        ["check"],
        ["unlock", str(home / "x")],
    ):
        run(*arguments, said="a guess\n", ends=1)
        assert "That did not open it. Nothing was changed." in run.error
        run(*arguments, said="", ends=1)
    assert Path(journal.place).read_bytes() == before
    assert not (home / "x.zip").exists()
    assert not (home / "x").exists()
    run("restore")  # the list needs none
    for arguments in (["backup"], ["restore", "1"], ["export", str(home / "x.zip")], ["import", str(home / "x.zip")]):
        run(*arguments, said=f"{KEY}\n")
    assert "Everything is whole." in run("check", said=f"{KEY}\n")


def test_a_bundle_and_a_table_go_out_and_the_bundle_comes_in(run: Run, home: Path) -> None:
    """Into another journal, as it was; the second time nothing is new."""
    journal = filled()
    assert "It is not locked" in run("export", str(home / "notes.zip"))
    assert "It is not locked" in run("export", str(home / "timeline.csv"), "--table", "timeline")
    assert pd.read_csv(home / "timeline.csv")["what"].str.contains(SECRET).all()
    run("export", str(home / "timeline.doc"), "--table", "timeline", ends=1)
    assert "csv, xlsx, parquet, json" in run.error
    other = Run({**run.environment, "WORKBOOK_JOURNAL": f"sqlite:///{home}/second/journal.sqlite"})
    assert "30 entries new or changed here." in other("import", str(home / "notes.zip"))
    assert "Everything in it was here already." in other("import", str(home / "notes.zip"))
    there = open_journal(f"sqlite:///{home}/second/journal.sqlite")
    pd.testing.assert_frame_equal(there.history("timeline"), journal.history("timeline"))
    there.close()
    run("import", str(home / "timeline.csv"), ends=1)
    assert "Nothing was changed" in run.error


@pytest.mark.parametrize("passphrase", [None, KEY])
def test_unlock_writes_plain_files_that_need_nothing_of_ours(run: Run, home: Path, passphrase: str | None) -> None:
    """From a locked journal, also one whose writer was killed, and from a backup; the journal stays as it is."""
    journal = filled(passphrase)
    writer = os.fork()
    if writer == 0:
        mine = open_journal(passphrase=passphrase)
        _reader = reading(mine)
        mine.save("timeline", {"what": f"{SECRET}, just before", "kind": "hard"})
        os.kill(os.getpid(), 9)
    os.waitpid(writer, 0)
    place = Path(journal.place)
    before = {file.name: file.read_bytes() for file in place.parent.iterdir() if "-shm" not in file.name}
    assert before["journal.sqlite-wal"]
    out = home / "out"
    assert "31 entries, not locked" in run("unlock", str(out), said=f"{KEY}\n")
    assert {file.name: file.read_bytes() for file in place.parent.iterdir() if "-shm" not in file.name} == before
    with sqlite3.connect(out / "journal.sqlite") as plain:
        assert plain.execute("SELECT count(*) FROM v_timeline WHERE what LIKE ?", (f"%{SECRET}%",)).fetchone() == (31,)
    plain.close()
    assert len(pd.read_csv(out / "tables" / "timeline.csv")) == 31
    assert out.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in out.rglob("*.csv")} == {0o600}
    [backup] = journal.backups()
    assert "20 entries" in run("unlock", str(home / "early"), "--from", str(backup), said=f"{KEY}\n")
    run("unlock", str(out), said=f"{KEY}\n", ends=1)  # there is something in it already
    run("unlock", str(home / "x"), "--from", str(home / "nowhere"), ends=1)
    assert not [file for file in home.iterdir() if file.name.endswith(".part")]


@pytest.mark.parametrize("passphrase", [None, KEY])
def test_check_says_what_is_damaged_and_what_is_still_whole(run: Run, home: Path, passphrase: str | None) -> None:
    """Whole at first; then a page of noise: how much can be read, and the way back, which it does not take itself."""
    journal = filled(passphrase)
    told = run("check", said=f"{KEY}\n")
    assert "30 entries in 30 versions:\n  timeline: 30\n" in told
    assert "1 whole, the newest from" in told
    assert told.endswith("Everything is whole.\n")
    place = Path(journal.place)
    damage(place)
    before = place.read_bytes()
    told = run("check", said=f"{KEY}\n", ends=1)
    readable = int(re.search(r"(\d+) entries in", told)[1])
    assert 15 <= readable <= 30
    assert "The journal is damaged" in run.error
    assert "versions that cannot be read" in run.error or readable == 30  # a backup lent what was missing
    assert "second-thoughts restore 1" in run.error
    assert place.read_bytes() == before
    told = run("restore", "1", said=f"{KEY}\n")
    assert "could still be read and were added" in told
    [aside] = restoring.put_aside(place)
    assert aside.read_bytes() == before
    told = run("check", said=f"{KEY}\n")
    assert str(aside) in told
    back = open_journal(passphrase=passphrase)
    assert set(back.table("timeline")["entry_id"]) >= {f"e{number}" for number in range(20)}
    back.close()


def test_check_finds_a_flipped_letter_a_broken_backup_and_a_copy_beside(run: Run, home: Path) -> None:
    """Where SQLite itself sees nothing; and two computers' files in one folder, with the way to bring them together."""
    journal = filled()
    place = Path(journal.place)
    conflict = place.with_name("journal (conflicted copy).sqlite")
    shutil.copyfile(place, conflict)
    raw = place.read_bytes()
    spot = raw.index(b"7 " + SECRET.encode())
    place.write_bytes(raw[: spot + 5] + b"X" + raw[spot + 6 :])
    [backup] = journal.backups()
    broken = backup.with_name("journal-00000000-20261101T000000000000Z.sqlite")
    broken.write_bytes(b"SQLite format 3\0" + bytes(4080))
    told = run("check", ends=1)
    assert "timeline: 29" in told
    assert f"second-thoughts import {conflict}" in told
    assert "versions that are not what was written: 1 in timeline" in run.error
    assert f"This backup is damaged: {broken}" in run.error
    assert "1 entry new or changed here." in run("import", str(conflict))
    assert "timeline: 30" in run("check", ends=1)
    assert "The journal is damaged" not in run.error


def test_what_cannot_be_read_at_all_says_what_to_do(run: Run, home: Path) -> None:
    """A file of noise, cut in the middle: with a backup and without one."""
    journal = filled()
    [backup] = journal.backups()
    place = Path(journal.place)
    place.write_bytes(os.urandom(5000))
    run("check", ends=1)
    assert "is damaged, or is not a journal" in run.error
    assert "second-thoughts restore 1" in run.error
    run("backup", ends=1)
    run("unlock", str(home / "out"), ends=1)
    assert not (home / "out").exists()
    backup.unlink()
    run("check", ends=1)
    assert "There is no backup." in run.error
    assert place.stat().st_size == 5000


def test_there_is_no_journal_yet(run: Run, home: Path) -> None:
    """Looking makes none."""
    assert "there is none" in run("check")
    assert "There are no backups" in run("restore")
    run("unlock", str(home / "out"), ends=1)
    assert "There is no file" in run.error
    assert not (home / "kept").exists()
    open_journal().close()
    assert "0 entries in 0 versions.\nBackups in" in run("check")  # nothing is announced that does not follow


def test_a_journal_of_a_later_version_is_left_alone(run: Run, home: Path) -> None:
    """Every command that would write says so, and none does."""
    journal = filled()
    with sqlite3.connect(journal.place) as other:
        other.execute("UPDATE meta SET value = '99' WHERE name = 'schema'")
    other.close()
    before = Path(journal.place).read_bytes()
    for arguments in (["backup"], ["export", str(home / "x.zip")], ["import", str(home / "x.zip")]):
        run(*arguments, ends=1)
        assert "newer version" in run.error
    assert Path(journal.place).read_bytes() == before


@pytest.mark.parametrize("command", [command.name or command.callback.__name__ for command in app.registered_commands])
def test_the_readme_tells_of_every_command(command: str) -> None:
    """What is not written down is not there."""
    readme = Path("README.md").read_text("utf-8")
    assert f"second-thoughts {command}" in readme or command == "open"
