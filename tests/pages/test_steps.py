"""An exercise answered in steps: one entry that stays open for a while, on whatever page, day and window."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.pages.test_desk import desk, save
from tests.pages.test_lonely_or_love import LONDON, Movable
from widgets.journal import Journal, open_journal
from widgets.pages.desk import Desk

EVENING = dt.datetime(2026, 10, 5, 23, 50, tzinfo=LONDON)
FIRST = {"urge_now": 8, "excuse_i_hear": "I only want to know how he is"}


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = open_journal(f"sqlite:///{tmp_path / 'journal.sqlite'}")
    opened.clock = Movable(EVENING)
    yield opened
    opened.close()


def later(journal: Journal, **by: float) -> Desk:
    """The exercise as a page that is opened then finds it."""
    journal.clock.at += dt.timedelta(**by)
    return desk(journal, "urge-pause")


def asked(at: Desk) -> list[str]:
    return [item["id"] for item in at.spec()["items"]]


def stage(at: Desk) -> str:
    return "".join(part if isinstance(part, str) else f"<{part['at']}>" for part in at.spec()["stage"])


def go_on(at: Desk, **answers: Any) -> dict[str, Any]:
    """A save from the form that holds the open entry."""
    [entry] = at.state()["entries"]
    return save(at, answers, entry["entry_id"], entry["revision"])


def test_three_looks_are_revisions_of_one_entry_at_the_times_of_the_clock(journal: Journal) -> None:
    """Also over midnight and with the page closed in between; what was said before stays."""
    save(later(journal), FIRST)
    assert asked(later(journal, minutes=9)) == ["urge_now", "excuse_i_hear"]
    at = later(journal, minutes=1)
    assert asked(at) == ["urge_10"]
    go_on(at, urge_10=6)
    at = later(journal, minutes=24)
    assert asked(at) == ["urge_30", "did_instead"]
    go_on(at, urge_30=2, did_instead="the dishes")
    [row] = journal.table("urges").to_dict("records")
    assert {k: row[k] for k in (*FIRST, "urge_10", "urge_30", "did_instead")} == FIRST | {
        "urge_10": 6,
        "urge_30": 2,
        "did_instead": "the dishes",
    }
    minutes = (journal.history("urges")["saved_utc"] - row["created_utc"]) / pd.Timedelta(minutes=1)
    assert minutes.tolist() == [0, 10, 34]


def test_the_form_is_empty_again_after_the_last_look(journal: Journal) -> None:
    """Another urge is another entry."""
    save(later(journal), FIRST)
    go_on(later(journal, minutes=31), urge_30=2)
    at = desk(journal, "urge-pause")
    assert (at.state()["entries"], asked(at), stage(at)) == ([], ["urge_now", "excuse_i_hear"], "")
    save(at, {"urge_now": 4})
    assert len(journal.table("urges")) == 2


def test_a_look_that_was_missed_is_not_asked_for(journal: Journal) -> None:
    """After half an hour the second one would be something else."""
    save(later(journal), FIRST)
    at = later(journal, minutes=45)
    assert asked(at) == ["urge_30", "did_instead"]
    go_on(at, urge_30=3)
    assert journal.table("urges")["urge_10"].isna().all()


def test_after_three_hours_it_is_let_be(journal: Journal) -> None:
    """What was said is kept; nothing waits for her."""
    save(later(journal), FIRST)
    assert asked(later(journal, minutes=179)) == ["urge_30", "did_instead"]
    at = later(journal, minutes=1)
    assert (asked(at), at.state()["entries"], at.state()["again_in"]) == (["urge_now", "excuse_i_hear"], [], None)


def test_a_form_left_open_over_the_end_loses_nothing(journal: Journal) -> None:
    """A late save of a known entry goes to that entry, with all that it had."""
    at = later(journal)
    entry = save(at, FIRST)["entry"]
    at = later(journal, minutes=181)
    save(at, {"urge_30": 1}, entry["entry_id"], 1)
    [row] = journal.table("urges").to_dict("records")
    assert (row["urge_now"], row["urge_30"]) == (8, 1)


def test_the_page_knows_when_to_look_again_and_says_when_without_counting(journal: Journal) -> None:
    """A moment in the form's head; the seconds are for the page alone."""
    at = later(journal)
    save(at, FIRST)
    assert at.state()["again_in"] == 600
    assert stage(at).startswith("Begun at <2026-10-05T22:50:00+00:00>. From <2026-10-05T23:00:00+00:00> on")
    at = later(journal, minutes=10)
    assert at.state()["again_in"] == 20 * 60
    assert stage(at).endswith("This is the next look at it.")
    assert later(journal, minutes=20).state()["again_in"] == 150 * 60


def test_a_slip_can_be_put_right_until_the_next_look(journal: Journal) -> None:
    save(later(journal), FIRST)
    go_on(later(journal, minutes=3), urge_now=7, excuse_i_hear=None)
    assert journal.table("urges")["urge_now"].tolist() == [7]
    assert later(journal, minutes=0).state()["again_in"] == 7 * 60


def test_two_windows_do_not_make_two_urges_of_one(journal: Journal) -> None:
    """The second is told of the first, as with any exercise that has one entry."""
    one, two = later(journal), later(journal)
    first = save(one, FIRST)["entry"]
    refused = save(two, {"urge_now": 5})["error"]
    assert (refused["kind"], refused["entry"]["entry_id"]) == ("elsewhere", first["entry_id"])
    save(two, {"urge_now": 5}, first["entry_id"], 1)
    assert journal.table("urges")["urge_now"].tolist() == [5]
