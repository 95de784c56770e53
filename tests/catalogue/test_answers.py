"""What goes into the journal is checked against the declaration; what does not fit is told item by item."""

import datetime as dt
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.catalogue import Exercise, InvalidEntry, load_catalogue
from widgets.catalogue.answers import check_exercise

CATALOGUE = load_catalogue()


def fault(table: str, answers: dict) -> dict[str, str]:
    with pytest.raises(InvalidEntry) as caught:
        CATALOGUE.check(table, answers)
    return caught.value.faults


@given(st.integers(-5, 5), st.booleans())
def test_every_step_of_a_scale_comes_back_and_zero_is_an_answer(felt: int, as_numpy: bool) -> None:
    """0 is kept as 0, whatever kind of number it came as."""
    assert CATALOGUE.check("timeline", {"what": "x", "felt": np.int64(felt) if as_numpy else felt})["felt"] == felt


@pytest.mark.parametrize("missing", [None, math.nan, pd.NA, pd.NaT])
def test_every_way_of_saying_not_answered_is_kept_as_none(missing: object) -> None:
    """pandas knows several; the journal one."""
    assert CATALOGUE.check("timeline", {"what": "x", "felt": missing, "when": missing})["felt"] is None


@pytest.mark.parametrize("value", [["good"], {}, 3])
def test_what_is_no_code_at_all_is_refused_with_the_choices(value: object) -> None:
    assert fault("timeline", {"what": "x", "kind": value})["kind"].startswith("Choose one of: ")


@pytest.mark.parametrize("value", [-6, 6, 2.5, True, "a lot", math.inf])
def test_a_value_off_the_scale_is_refused_with_the_range(value: object) -> None:
    """The sentence says what to write, with an example."""
    assert fault("timeline", {"what": "x", "felt": value}) == {"felt": "Write a whole number from -5 to 5, like 0."}


def test_a_scale_of_a_hundred_goes_in_tens() -> None:
    """Nobody means 63."""
    assert CATALOGUE.check("forecast", {"longing": 0, "sure": 100})["sure"] == 100
    assert "in steps of 10" in fault("forecast", {"longing": 0, "sure": 63})["sure"]


def test_numbers_are_read_with_comma_and_point() -> None:
    """Both are written in the world."""
    assert CATALOGUE.check("safety", {"times_before": "3,0"})["times_before"] == 3


@pytest.mark.parametrize("day", ["2026-11-22", dt.date(2026, 11, 22), pd.Timestamp("2026-11-22 10:00")])
def test_a_day_is_a_day_however_it_is_written(day: object) -> None:
    """Dates are kept as year-month-day."""
    assert CATALOGUE.check("timeline", {"what": "x", "when": day})["when"] == "2026-11-22"


MOMENT = dt.datetime(2026, 11, 22, 21, 14, tzinfo=dt.timezone(dt.timedelta(hours=1)))


@pytest.mark.parametrize("moment", [MOMENT, MOMENT.isoformat(), pd.Timestamp(MOMENT)])
def test_a_moment_is_kept_in_utc_however_it_is_written(moment: object) -> None:
    """One order of time, whatever zone she was in."""
    assert CATALOGUE.check("contacts", {"dir": "out", "when": moment})["when"] == "2026-11-22T20:14:00.000000+00:00"


@pytest.mark.parametrize("moment", ["2026-11-22T21:14", dt.datetime(2026, 11, 22, 21), "yesterday", 7])  # noqa: DTZ001
def test_a_moment_without_offset_is_no_moment(moment: object) -> None:
    """An hour that could be any of twenty-four is not guessed."""
    assert "with its offset" in fault("contacts", {"dir": "out", "when": moment})["when"]


@pytest.mark.parametrize("day", ["2026-11-229", "2026-11-22 garbage", "26-11-22", 20261122])
def test_a_day_is_read_whole(day: object) -> None:
    """What follows a day is no part of it, and the day before it may be none that she meant."""
    assert fault("timeline", {"what": "x", "when": day})["when"].startswith("Write a day as year-month-day")


BOUNDS = [
    ("timeline", {"what": "x"}, "", "1899-12-31", "Choose 1 January 1900 or a later day, with the year in full."),
    ("timeline", {"what": "x"}, "", "0001-01-01", "Choose 1 January 1900 or a later day, with the year in full."),
    ("timeline", {"what": "x"}, "", "2200-01-01", "Choose 31 December 2199 or an earlier day."),
    (
        "contacts",
        {"dir": "out"},
        "T08:00+09:00",
        "0001-01-01",
        "Choose 1 January 1900 or a later day, with the year in full.",
    ),
    ("contacts", {"dir": "out"}, "T23:00-09:00", "9999-12-31", "Choose 31 December 2199 or an earlier day."),
]


@pytest.mark.parametrize(("table", "others", "at", "day", "says"), BOUNDS)
def test_a_day_that_can_only_be_a_slip_is_refused(table: str, others: dict, at: str, day: str, says: str) -> None:
    """The year 26 is one; days so far off could not be moved, or put into UTC, either."""
    assert fault(table, others | {"when": day + at}) == {"when": says}


@pytest.mark.parametrize("day", ["1900-01-01", "2199-12-31"])
def test_the_first_and_the_last_day_are_days(day: str) -> None:
    assert CATALOGUE.check("timeline", {"what": "x", "when": day})["when"] == day


@pytest.mark.parametrize("value", [True, np.True_, np.bool_(True), "yes", pd.Series([True])[0]])
def test_yes_is_yes_whatever_hands_it_in(value: object) -> None:
    assert CATALOGUE.check("safety", {"contact_wish": "none_said", "keep_details": value})["keep_details"] is True


@pytest.mark.parametrize("value", [1, 1.0, np.int64(1), np.array([True]), "true", [True]])
def test_what_is_neither_yes_nor_no_is_not_taken_for_one(value: object) -> None:
    assert fault("safety", {"keep_details": value}) == {"keep_details": "Answer yes or no."}


def test_all_faults_of_an_entry_are_told_at_once() -> None:
    """She mends once, not three times."""
    assert set(fault("timeline", {"what": 3, "felt": 99, "when": "yesterday", "mood": 1})) == {
        "what",
        "felt",
        "when",
        "mood",
    }


def test_none_of_these_is_an_empty_list_and_not_missing() -> None:
    """Nothing shared is an answer; not answered is none."""
    assert CATALOGUE.check("safety", {"shared_life": []})["shared_life"] == []


def test_an_answer_to_a_hidden_question_is_not_kept() -> None:
    """What show_if hides is not an answer."""
    kept = CATALOGUE.check("safety", {"contact_wish": "no_contact", "space_until": "2026-12-01"})
    assert kept["space_until"] is None


def test_an_entry_with_nothing_in_it_is_refused() -> None:
    """All NA is no entry."""
    assert fault("boxes", {}) == {"item": "Answer at least one question."}


def test_the_form_insists_on_what_the_journal_would_take() -> None:
    """Needed items and lengths bind the form; the journal would rather keep a long letter than refuse it."""
    long = {"kind": "self", "text": "x" * 3001}
    assert CATALOGUE.check("letters", long)["text"] == long["text"]
    with pytest.raises(InvalidEntry, match=r"3000 fit here\. Take out 1\."):
        CATALOGUE.check_form("friend-letter", {"text": long["text"]})
    with pytest.raises(InvalidEntry, match="needed to save"):
        CATALOGUE.check_form("timeline", {"what": "  ", "felt": 0})


def test_the_form_insists_on_it_in_rows_too() -> None:
    """All rows at once, each fault with its question; the journal keeps them as they are."""
    rows = [{"reason": "x" * 5000}, {"reason": "x"}, {"reason": " "}]
    kept = CATALOGUE.check("premortem", {"why": rows})
    assert kept["why"] == rows
    with pytest.raises(InvalidEntry) as caught:
        CATALOGUE.check_form("premortem", {"why": rows})
    assert caught.value.faults["why"] == (
        "Row 1: What went wrong: this has 5000 letters; 280 fit here. Take out 4720. "
        "Row 3: What went wrong: write something first, it is needed to save."
    )


def test_a_row_needs_no_answer_to_a_question_it_does_not_show() -> None:
    rows = {"id": "lines", "type": "rows", "table": "lines", "ask": "Lines"}
    again = {"id": "again", "type": "yes-no", "ask": "Again?"}
    why = {"id": "why", "type": "text", "ask": "Why not?", "needed": True, "show_if": {"again": "no"}}
    asked = {"id": "walk", "table": "walks", "title": "A walk", "kind": "single"}
    exercise = Exercise.model_validate(asked | {"items": [rows | {"items": [again, why]}]})
    kept = check_exercise(exercise, {"lines": [{"again": True}]}, as_form=True)
    assert kept == {"lines": [{"again": True, "why": None}]}
    with pytest.raises(InvalidEntry, match=r"Row 1: Why not\? Write something first"):
        check_exercise(exercise, {"lines": [{"again": False}]}, as_form=True)


@pytest.mark.parametrize(
    ("exercise", "item", "says"),
    [
        ("board", "line", "One more line: write something first, it is needed to save."),
        ("needs", "need", "What do you need? Write something first, it is needed to save."),
        ("board", "way", "Which way? Answer this first, it is needed to save."),
    ],
)
def test_a_missing_answer_is_asked_for_in_one_sentence(exercise: str, item: str, says: str) -> None:
    """With the question's own words, so that the line above the form can be read by itself."""
    with pytest.raises(InvalidEntry) as caught:
        CATALOGUE.check_form(exercise, {})
    assert caught.value.faults[item] == says


def test_a_draft_does_not_hold_what_must_not_be_stored() -> None:
    """Details of harm are written nowhere unless she says so."""
    answers = {"contact_wish": "none_said", "was_hurt": "verbal", "unknown": 1}
    assert CATALOGUE.check_draft("safe-start", answers) == {"contact_wish": "none_said"}
    assert CATALOGUE.check_draft("safe-start", answers | {"keep_details": True})["was_hurt"] == "verbal"


@given(st.text())
def test_any_text_survives(text: str) -> None:
    """Right-to-left, emoji, control characters: what she wrote is what is kept."""
    assert CATALOGUE.check("timeline", {"what": text, "felt": 0})["what"] == text


def test_a_phrase_of_her_message_fits_beside_it_however_long_it_is() -> None:
    """It is quoted from her text; the form would refuse what she never typed there."""
    text = "I am sorry " * 40
    answers = {"text": text, "meant": [{"kind": "excuse", "phrase": text}]}
    assert CATALOGUE.check_form("message", answers)["meant"] == answers["meant"]
