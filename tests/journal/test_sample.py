"""The sample reader writes as a reader would: at her own times, revising and withdrawing."""

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.journal.conftest import Opener, StoppedClock
from widgets.journal import Journal, NotTheSample, SampleFault, load_sample
from widgets.journal.sample import ending_by

BOXES = """created_local,tz,item,box,revises,withdrawn
2026-10-01T21:14,Europe/Berlin,"one, and more",fixed,,
2026-10-02T08:00,Europe/Berlin,two,,,
2026-10-03T08:00,Europe/Berlin,one,mine,1,
2026-10-04T08:00,Europe/Berlin,,,2,yes
"""
CHECKINS = """created_local,tz,lonely,shared,sober,when,at
2026-10-25T01:30,Europe/Berlin,0,home;pets,no,2026-09-30,2026-09-30T08:15
2026-10-02T09:00,Europe/Berlin,7,,yes,,
"""
DECISIONS = """created_local,tz,choice
2026-10-01T22:00,Europe/Berlin,try
"""
LINES = """of,words,matters
1,for,3
1,against,
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "sample"
    folder.mkdir()
    for name, text in (("boxes", BOXES), ("checkins", CHECKINS), ("decisions", DECISIONS), ("decision_lines", LINES)):
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return folder


def test_each_line_is_written_at_its_own_time(journal: Journal, folder: Path, clock: StoppedClock) -> None:
    load_sample(journal, folder)
    assert journal.is_sample
    assert journal.clock is clock
    boxes = journal.table("boxes")
    assert boxes["item"].to_list() == ["one"]
    assert boxes["revision"].to_list() == [2]
    assert journal.history("boxes")["item"].to_list() == ["one, and more", "one", "two", "two"]
    checkins = journal.table("checkins")
    assert checkins["lonely"].to_list() == [7, 0]
    assert checkins["shared"].to_list() == [None, ["home", "pets"]]
    assert checkins["sober"].to_list() == [True, False]
    assert checkins["branch_then"].to_list() == ["try", "try"]
    assert boxes["branch_then"].to_list() == ["try"]
    assert journal.history("boxes")["branch_then"].to_list()[0] == "undecided"
    assert journal.table("decision_lines")["words"].to_list() == ["for", "against"]


def test_all_days_move_together_and_hours_stay(journal: Journal, folder: Path) -> None:
    """Also over the end of summer time, and days inside answers too."""
    load_sample(journal, folder, ending=dt.date(2026, 11, 22))
    last = journal.entries("checkins")[-1]
    assert last.created_utc == dt.datetime(2026, 11, 22, 0, 30, tzinfo=dt.UTC)
    assert last.answers["when"] == "2026-10-28"
    assert last.answers["at"] == "2026-10-28T07:15:00.000000+00:00"  # a quarter past eight, in winter by now
    first = journal.table("boxes")["created_utc"].iloc[0].tz_convert("Europe/Berlin")
    assert (first.date(), first.hour, first.minute) == (dt.date(2026, 10, 29), 21, 14)


def test_the_folder_may_say_its_ending_and_what_comes_later_is_left_out(journal: Journal, folder: Path) -> None:
    (folder / "sample.yaml").write_text("ending: 2026-10-26\n")
    load_sample(journal, folder, until=dt.datetime(2026, 10, 3, 12, tzinfo=ZoneInfo("Europe/Berlin")))
    assert journal.table("boxes")["item"].to_list() == ["one, and more", "two"]
    assert journal.table("checkins")["lonely"].to_list() == [7]


def test_an_ending_within_the_last_week_keeps_every_weekday(folder: Path) -> None:
    (folder / "sample.yaml").write_text("ending: 2026-11-22", "utf-8")
    sunday = dt.date(2026, 11, 22)
    for days, weeks in ((0, 0), (3, 0), (6, 0), (7, 1), (-1, -1), (-7, -1), (370, 52)):
        assert ending_by(folder, sunday + dt.timedelta(days)) == sunday + dt.timedelta(weeks=weeks)


def test_two_loads_give_the_same_ids(journal: Journal, folder: Path, opened: Opener, tmp_path: Path) -> None:
    other = opened(tmp_path / "second" / "journal.sqlite")
    load_sample(journal, folder)
    load_sample(other, folder)
    assert journal.history("boxes").equals(other.history("boxes"))


def test_she_does_not_move_in_where_somebody_writes(journal: Journal, folder: Path) -> None:
    journal.save("boxes", {"item": "mine"})
    with pytest.raises(NotTheSample):
        load_sample(journal, folder)
    assert not journal.is_sample
    assert journal.table("boxes")["item"].to_list() == ["mine"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("created_local,tz,colour\n", "line 1: boxes has no column colour"),
        ("created_local,tz,item\nyesterday,Europe/Berlin,x\n", "line 2: created_local"),
        ("created_local,tz,item\n2026-10-01T10:00,Berlin,x\n", "line 2: created_local"),
        ("created_local,tz,item,revises\n2026-10-01T10:00,Europe/Berlin,x,2\n", "line 2: revises names row 2"),
        ("created_local,tz,item,box\n2026-10-01T10:00,Europe/Berlin,x,nowhere\n", "line 2: .*box"),
    ],
)
def test_a_fault_names_file_and_line(journal: Journal, folder: Path, text: str, fault: str) -> None:
    (folder / "boxes.csv").write_text(text, "utf-8")
    with pytest.raises(SampleFault, match=f"boxes.csv, {fault}"):
        load_sample(journal, folder)
