"""5.1 Contact log: who started, and her own days after contact. Descriptions, each with its numbers."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from widgets.readings.after_contact import AfterContact, after_contact
from widgets.readings.contact_log import profile_days, read_log
from widgets.readings.new_partner import somebody_new

NOW = pd.Timestamp("2026-11-22 20:00", tz="Europe/London")
TODAY = pd.Timestamp("2026-11-22")
BLANK = {"started_by": None, "necessary": None, "failed": None, "felt_after": None, "new_partner": None}


def contacts(*rows: dict[str, Any]) -> pd.DataFrame:
    """Each row: `days` before NOW, and what it says."""
    made = []
    for row in rows:
        when = (NOW - pd.Timedelta(days=row["days"])).tz_convert("UTC")
        made.append(BLANK | row | {"when": when, "created_utc": when, "saved_utc": when, "tz": "Europe/London"})
    frame = pd.DataFrame(made, columns=["days", *BLANK, "when", "created_utc", "saved_utc", "tz"])
    dated = pd.to_datetime(frame["when"], utc=True).dt.tz_convert("Europe/London").dt.tz_localize(None).dt.normalize()
    return frame.assign(local_date=dated)


def checkins(*rows: tuple[int, int | None, int | None]) -> pd.DataFrame:
    """Each row: days before TODAY, distress, longing."""
    frame = pd.DataFrame(rows, columns=["days", "distress", "longing"]).astype(
        {"distress": "Int64", "longing": "Int64"}
    )
    return frame.assign(local_date=[TODAY - pd.Timedelta(days=days) for days in frame["days"]])


def test_starts_of_four_weeks_are_counted_and_what_had_to_be_settled_stands_apart() -> None:
    """Necessary lines count with nobody, failed ones not at all; nothing older, nothing ahead."""
    found = read_log(
        contacts(
            {"days": 1, "started_by": "her"},
            {"days": 27.9, "started_by": "her"},
            {"days": 2, "started_by": "him"},
            {"days": 3},
            {"days": 4, "started_by": "her", "necessary": True},
            {"days": 5, "started_by": "her", "failed": True},
            {"days": 28, "started_by": "her"},
            {"days": -1, "started_by": "him"},
        ),
        NOW,
    )
    assert (found.by_her, found.by_him, found.unsaid, found.necessary) == (2, 1, 1, 1)
    assert found.sentence == (
        "In the last 28 days: 2 lines from what you started, 1 from what {he} started; 1 line does not say who "
        "started; 1 line about what had to "
        "be settled. These are kept apart and count for nobody."
    )


def test_an_empty_log_says_so_plainly() -> None:
    """R10: no day is counted up."""
    assert read_log(contacts(), NOW).sentence == "No line in the last 28 days."
    assert read_log(pd.DataFrame(), NOW).sentence == "No line in the last 28 days."


def looked(*answers: tuple[int, bool | None]) -> pd.DataFrame:
    """Each row: days before TODAY, and whether she looked."""
    days = [TODAY - pd.Timedelta(days=back) for back, _ in answers]
    return pd.DataFrame({"local_date": days, "looked_at_profile": pd.array([a for _, a in answers], dtype="boolean")})


def test_looking_at_his_profile_is_counted_apart_and_by_days() -> None:
    """Two looks of a day are one, an answer left out is none, and the 29th day back is over."""
    rows = looked((0, True), (0, False), (1, False), (2, None), (27, True), (28, True))
    assert profile_days(rows, TODAY).startswith(
        "Looking at {his} profile is counted apart: on 2 of 3 days with an answer, by"
    )
    assert "on none of 1 day with" in profile_days(looked((1, False)), TODAY)
    assert profile_days(looked((1, None)), TODAY) == profile_days(pd.DataFrame(), TODAY) == ""


NEAR = [(0, 6, 8), (1, 8, 10), (5, 7, 0)]  # contact 1 and 6 days ago: those days and the days after
OTHER = [(3, 2, 4), (8, 4, 4), (10, 0, 5)]
TWICE = contacts({"days": 1, "felt_after": -2}, {"days": 6, "felt_after": 1, "necessary": True})


def test_days_of_contact_and_the_days_after_stand_beside_the_others() -> None:
    """Means with their numbers of days, necessary contact among them; 0 is an answer."""
    found = after_contact(TWICE, checkins(*NEAR, *OTHER))
    hard, missed = found.compared
    assert (hard.near, hard.n_near, hard.other, hard.n_other) == (7.0, 3, 2.0, 3)
    assert (missed.near, missed.other) == (6.0, pytest.approx(13 / 3))
    assert found.sentences[0] == (
        "How hard it was, from 0 to 10: 7.0 on average on the 3 days with a check-in that were days of contact or the "
        "day after, 2.0 on the 3 others."
    )


def test_several_check_ins_of_a_day_are_one_day() -> None:
    found = after_contact(TWICE, checkins(*NEAR, (0, 0, None), *OTHER))
    assert (found.compared[0].near, found.compared[0].n_near) == (6.0, 3)


@pytest.mark.parametrize("left", [NEAR[:2] + OTHER, NEAR + OTHER[:2], [], NEAR + [(d, None, None) for d in (3, 8, 10)]])
def test_under_three_days_on_a_side_nothing_is_compared(left: list[Any]) -> None:
    assert after_contact(TWICE, checkins(*left)).compared == ()


def test_how_she_felt_right_afterwards_has_its_middle_from_three_answers_on() -> None:
    two = contacts({"days": 1, "felt_after": -2}, {"days": 2, "felt_after": 0})
    assert after_contact(two, checkins()) == AfterContact((), None, 2, ())
    three = pd.concat([two, contacts({"days": 3, "felt_after": -3}, {"days": 4})])
    [said] = after_contact(three, checkins()).sentences
    assert said == "Right afterwards you felt −2 at the middle of 3 answers, from −5 to 5."


@settings(deadline=None, max_examples=25)
@given(st.permutations(range(6)), st.permutations(range(2)))
def test_neither_row_order_nor_column_types_matter(days: list[int], lines: list[int]) -> None:
    frame = checkins(*NEAR, *OTHER)
    mixed = frame.astype(object).where(frame.notna(), None).iloc[days]
    assert after_contact(TWICE.iloc[lines], mixed) == after_contact(TWICE, frame)


def test_the_day_of_contact_is_that_of_her_zone() -> None:
    """Half past midnight in London is still the day before in UTC."""
    late = pd.DataFrame({"when": [pd.Timestamp("2026-10-05T23:30", tz="UTC")], "tz": ["Europe/London"]})
    days = [pd.Timestamp("2026-10-05") + pd.Timedelta(days=n) for n in range(8)]
    frame = pd.DataFrame({"local_date": days, "distress": [0, 9, 9, 0, 0, 0, 0, 0], "longing": np.nan})
    none_of_it = after_contact(late, frame)
    assert none_of_it.compared == ()  # two days are too few
    three = pd.concat([late, late.assign(when=pd.Timestamp("2026-10-07T12:00", tz="UTC"))])
    [hard] = after_contact(three, frame).compared
    assert (hard.n_near, hard.near) == (3, 6.0)  # 6, 7 and 8 October


@pytest.mark.parametrize(
    ("notes", "said"), [([], ""), ([True], "yes"), ([True, None], "yes"), ([True, False], ""), ([False, True], "yes")]
)
def test_the_newest_note_about_somebody_new_counts(notes: list[bool | None], said: str) -> None:
    """It can be taken back; a line without the answer says nothing."""
    lines = contacts(*({"days": 9 - n, "new_partner": note} for n, note in enumerate(notes)))
    assert bool(somebody_new([lines.sample(frac=1, random_state=1)], TODAY)) == bool(said)
    assert somebody_new([pd.DataFrame(), lines[["local_date", "saved_utc"]]], TODAY) == ""


def test_a_note_on_either_page_counts_by_when_it_was_saved() -> None:
    """1.1 asks too; taken back there, it is taken back."""
    first, second = contacts({"days": 9, "new_partner": True}), contacts({"days": 2, "new_partner": False})
    assert somebody_new([second, first], TODAY) == ""
    assert somebody_new([second.assign(new_partner=True), first.assign(new_partner=False)], TODAY)


def test_the_note_names_its_day_and_what_a_message_would_mean() -> None:
    assert somebody_new([contacts({"days": 3, "new_partner": True})], TODAY) == (
        "On Thursday 19 November you noted that {he} {is|are} with somebody new. A message may then burden two people, "
        "and it would ask more of {him} than before."
    )
