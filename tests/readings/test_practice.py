"""4.3 Practice log: counts by week; a week without a line changes nothing and says nothing."""

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.readings.practice import SHOWN, WEEK, monday, read_practice

TODAY = pd.Timestamp("2026-11-22")
FIRST = pd.Timestamp("2026-09-07")  # a Monday
COLUMNS = ["plan", "week", "taken", "chances"]
LATER = "with chances so far. Once there are eight, the first four and the last four are shown here side by side."
SIDES = "In the first four of them 4 of 8, in the last four 4 of 8."
COUNTS = st.one_of(st.none(), st.integers(0, 20))
ROWS = st.lists(
    st.tuples(st.sampled_from(["a", "b", "c"]), st.integers(0, 20), COUNTS, COUNTS),
    max_size=20,
)


def practice(*rows: tuple) -> pd.DataFrame:
    """(plan, number of the week from FIRST, taken, chances)"""
    told = [(plan, FIRST + n * WEEK, taken, chances) for plan, n, taken, chances in rows]
    frame = pd.DataFrame(told, columns=COLUMNS)
    return frame.astype({"taken": "Int64", "chances": "Int64"})


def counted(*of: tuple[int, int]) -> pd.DataFrame:
    return practice(*[("a", n, taken, chances) for n, (taken, chances) in enumerate(of)])


@given(ROWS, st.randoms())
def test_the_order_of_rows_changes_nothing(rows: list[tuple], random) -> None:
    mixed = list(rows)
    random.shuffle(mixed)
    assert read_practice(practice(*mixed), TODAY) == read_practice(practice(*rows), TODAY)


@given(ROWS)
def test_weeks_follow_each_other_and_hold_what_was_counted(rows: list[tuple]) -> None:
    """Mondays without a gap, twelve at most, up to the newest with a line; the plans add up to the weeks."""
    found = read_practice(practice(*rows), TODAY)
    starts = [week.start for week in found.weeks]
    assert starts == list(pd.date_range(starts[0], periods=len(starts), freq=WEEK)) if starts else not rows
    assert len(starts) <= SHOWN
    if rows:
        assert starts[-1] == FIRST + max(n for _, n, *_ in rows) * WEEK
    assert all(week.taken <= week.chances for week in found.weeks if week.chances is not None)
    for part in ("taken", "chances"):
        assert sum(getattr(t, part) for t in found.tallies) == sum(getattr(w, part) or 0 for w in found.weeks)


@given(ROWS, st.integers(1, 19))
def test_a_week_that_is_missed_leaves_every_other_week_as_it_was(rows: list[tuple], gone: int) -> None:
    """Neutral: no number of another week depends on it."""
    inside = [row for row in rows if row[1] != gone]
    if not inside or max(row[1] for row in inside) < gone or min(row[1] for row in inside) > gone:
        return
    whole, less = (read_practice(practice(*some), TODAY).weeks for some in (rows, inside))
    assert [w for w in whole if w.start != FIRST + gone * WEEK] == [w for w in less if w.start != FIRST + gone * WEEK]


@given(ROWS)
def test_nothing_is_said_in_percent_or_as_a_run(rows: list[tuple]) -> None:
    """R10: counts only; never a share as a number, a streak, a missed week or a verdict."""
    found = read_practice(practice(*rows), TODAY)
    said = f"{found.sentence} {found.slow}"
    assert not re.search(r"%|per cent|streak|in a row|missed|better|worse|more than|less than", said)


@pytest.mark.parametrize(
    ("taken", "chances", "counts"),
    [
        (0, 3, (0, 3)),
        (3, 3, (3, 3)),
        (0, 0, (0, 0)),
        (None, 3, (None, None)),
        (3, None, (None, None)),
        (4, 3, (None, None)),
    ],
)
def test_a_count_needs_both_numbers_and_must_be_possible(taken, chances, counts) -> None:
    """0 of 0 is an answer: no chances. One number alone, or more taken than came, is no count, and the line stays."""
    [week] = read_practice(practice(("a", 0, taken, chances)), TODAY).weeks
    assert (week.taken, week.chances, week.has_line) == (*counts, True)


def test_the_newest_week_and_the_sum_are_told_with_their_counts() -> None:
    found = read_practice(counted((1, 3), (4, 9)), TODAY)
    assert found.sentence == (
        "In the week from Monday 14 September: 4 of 9 chances taken. In all 2 weeks with chances: 5 of 12."
    )
    assert (
        read_practice(counted((1, 3)), TODAY).sentence == "In the week from Monday 7 September: 1 of 3 chances taken."
    )
    assert read_practice(counted((0, 0)), TODAY).sentence == ""


@pytest.mark.parametrize(
    ("weeks", "slow"),
    [
        (1, f"1 week {LATER}"),
        (7, f"7 weeks {LATER}"),
        (8, SIDES),
        (11, SIDES),
        (12, f"{SIDES} That is twelve weeks. You can stop here, or go on; what is kept stays."),
    ],
)
def test_slow_evidence_comes_from_the_eighth_week_on(weeks: int, slow: str) -> None:
    """Before, it says from when; a week without chances does not bring it nearer."""
    found = read_practice(counted(*[(1, 2)] * weeks), TODAY)
    assert found.slow == slow
    if weeks < SHOWN:
        assert read_practice(counted(*[(1, 2)] * weeks, (0, 0)), TODAY).slow == slow


def test_the_sides_are_the_first_and_the_last_four_weeks_with_chances() -> None:
    found = read_practice(
        counted((0, 1), (0, 2), (1, 3), (0, 0), (1, 4), (9, 9), (2, 5), (3, 6), (4, 7), (5, 8)), TODAY
    )
    assert found.slow == "In the first four of them 2 of 10, in the last four 14 of 26."


def test_any_day_of_a_week_is_that_week() -> None:
    """The sample's days move by whatever number of days; two lines of one week are one week."""
    frame = practice(("a", 0, 1, 2), ("b", 0, 2, 3))
    frame.loc[1, "week"] = FIRST + pd.Timedelta(days=6)
    [week] = read_practice(frame, TODAY).weeks
    assert (week.start, week.taken, week.chances) == (FIRST, 3, 5)
    assert monday(pd.Timestamp("2026-11-22T18:00")) == pd.Timestamp("2026-11-16")


def test_without_rows_there_is_nothing() -> None:
    """Empty frames, and rows without plan or week."""
    for frame in (pd.DataFrame(), practice(), practice((None, 0, 1, 2))):
        assert read_practice(frame, TODAY).weeks == ()
