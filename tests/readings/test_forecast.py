"""1.5 Forecast card: when a guess can be checked, what counts towards it, and how far off guesses were."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.readings.forecast import Score, days_asked, due_date, guesses, running_error

DUE = pd.Timestamp("2026-11-22")
OVER = DUE + pd.Timedelta(days=4)


def cards(*rows: tuple) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["due_date", "longing", "distress", "sure"])
    points = {scale: frame[scale].astype("Int64") for scale in ("longing", "distress", "sure")}
    return frame.assign(due_date=pd.to_datetime(frame["due_date"]), **points)


def checkins(*rows: tuple) -> pd.DataFrame:
    """Each row: days from DUE, longing, distress."""
    frame = pd.DataFrame(rows, columns=["local_date", "longing", "distress"])
    days = [DUE + pd.Timedelta(days=n) for n in frame["local_date"]]
    points = {scale: frame[scale].astype("Int64") for scale in ("longing", "distress")}
    return frame.assign(local_date=pd.Series(days, dtype="datetime64[us]"), **points)


CARD = cards((DUE, 7, 9, 50))


@given(st.dates(dt.date(2020, 1, 1), dt.date(2100, 1, 1)), st.sampled_from(["two", "four", "eight"]))
def test_a_guess_is_due_on_the_same_weekday(today: dt.date, weeks: str) -> None:
    """Two, four or eight whole weeks on."""
    due = due_date(weeks, today)
    assert (due.weekday(), (due - today).days) == (today.weekday(), {"two": 14, "four": 28, "eight": 56}[weeks])


def test_guesses_stand_by_day_and_zero_is_a_guess() -> None:
    """0 is shown as 0, not guessed stays none, and one without a day is left out."""
    found = guesses(cards(("2026-12-20", 0, None, None), (DUE, 5, 6, 40), (None, 1, 1, 1)), checkins(), DUE)
    assert [(g.due, g.longing and g.longing.guessed, g.distress and g.distress.guessed, g.sure) for g in found] == [
        ("Sunday 22 November", 5, 6, 40),
        ("Sunday 20 December", 0, None, None),
    ]


@pytest.mark.parametrize(
    ("days", "over", "final"), [(-1, False, False), (0, True, False), (3, True, False), (4, True, True)]
)
def test_a_guess_is_open_for_three_days_and_then_final(days: int, over: bool, final: bool) -> None:
    """On both boundaries; before its day nothing is scored, though check-ins near it are there."""
    near = checkins((-3, 2, 2), (-2, 3, 3))
    [found] = guesses(CARD, near, DUE + pd.Timedelta(days=days))
    assert (found.over, found.final, found.until) == (over, final, "Wednesday 25 November")
    assert found.longing == (Score(7, 2.5, 2) if over else Score(7, None, 0))


@pytest.mark.parametrize(
    ("rows", "actual", "n"),
    [
        ([(-3, 2, 1), (3, 5, 1)], 3.5, 2),
        ([(-4, 2, 1), (0, 5, 1), (4, 9, 1)], None, 1),
        ([(0, 0, 1), (0, 0, 1)], 0.0, 2),
        ([(0, 5, 1), (1, None, 1)], None, 1),
        ([(0, 9, 1), (0, 9, 1), (0, 9, 1), (1, 2, 1), (2, 2, 1)], 9.0, 5),
        ([], None, 0),
    ],
)
def test_what_came_is_the_median_of_two_or_more_answers_near_the_day(rows: list, actual: float | None, n: int) -> None:
    """Three days each way are in; 0 is an answer and NA none; every check-in counts, not every day."""
    [found] = guesses(CARD, checkins(*rows), OVER)
    assert found.longing == Score(7, actual, n)


def test_each_scale_has_its_own_answers() -> None:
    """One may be scored where the other is not, and a scale without a guess has no score."""
    near = checkins((0, None, 4), (1, None, 5))
    [found] = guesses(CARD, near, OVER)
    assert (found.longing, found.distress) == (Score(7, None, 0), Score(9, 4.5, 2))
    assert [g.longing for g in guesses(cards((DUE, None, 3, None)), near, OVER)] == [None]


def test_how_far_off_is_told_of_final_scores_only() -> None:
    """One guess by itself, several as a mean; one that came as guessed is not darker."""
    days = [DUE, DUE - pd.Timedelta(days=30), DUE - pd.Timedelta(days=60)]
    frame = cards((days[0], 7, 4, None), (days[1], 8, None, None), (days[2], 3, None, None))
    near = checkins((0, 4, 5), (0, 4, 5), (-30, 7, 1), (-30, 7, 1), (-60, 3, 1), (-60, 3, 1))
    assert running_error(guesses(frame, near, OVER)) == (
        "Of your guesses whose days are over, the 3 about missing {him} were off by 1.3 points on average, 2 of them "
        "darker than what came; the one about how hard it would be was off by 1 point and not darker than what came."
    )
    still_open = running_error(guesses(frame, near, DUE))
    assert "the two about missing {him} were off by 0.5 points on average, one of them darker" in still_open
    assert "how hard" not in still_open
    assert running_error(guesses(CARD, checkins((0, 1, 1)), OVER)) == ""


@given(st.permutations(range(6)))
def test_neither_row_order_nor_column_types_matter(order: list[int]) -> None:
    """As objects with None for NA, the same comes out."""
    frame = cards((DUE, 7, 9, 50), ("2026-12-20", 0, None, None))
    near = checkins((-3, 2, 1), (0, None, 7), (1, 5, None), (3, 6, 2), (4, 9, 9), (-1, 3, 3))
    mixed = near.astype(object).where(near.notna(), None).iloc[order]
    assert guesses(frame.astype(object).iloc[::-1], mixed, OVER) == guesses(frame, near, OVER)


def test_empty_tables_say_nothing() -> None:
    """With and without their columns."""
    assert guesses(pd.DataFrame(), pd.DataFrame(), DUE) == ()
    assert guesses(cards(), checkins(), DUE) == ()
    assert guesses(CARD, pd.DataFrame(), OVER)[0].longing == Score(7, None, 0)
    assert running_error(()) == ""


@given(st.integers(-3, 60), st.lists(st.tuples(st.integers(-9, 9), st.integers(0, 10), st.integers(0, 10)), max_size=9))
def test_the_check_ins_of_some_days_are_all_that_is_needed(later: int, rows: list[tuple]) -> None:
    """A page over many years reads these days only, and says the same."""
    today, answers = DUE + pd.Timedelta(days=later), checkins(*rows)
    card = cards((DUE, 7, 9, 50), (DUE + pd.Timedelta(days=30), 1, pd.NA, pd.NA), (pd.NaT, 1, 1, 1))
    needed = [pd.Timestamp(day) for day in days_asked(card, today)]
    assert guesses(card, answers[answers["local_date"].isin(needed)], today) == guesses(card, answers, today)
    assert later < 0 or len(needed) in (7, 14)
