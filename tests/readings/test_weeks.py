"""Her weeks: the mean of each scale, day by day and then week by week, and what is said while there are too few."""

import datetime as dt
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.readings.weeks import WEEKS, Line, Week, Weeks, days_drawn, read_weeks

SUNDAY = pd.Timestamp("2026-11-22")
NOTHING = pd.DataFrame()


def checkins(*rows: tuple[str, Any]) -> pd.DataFrame:
    """(day, lonely) each."""
    frame = pd.DataFrame(rows, columns=["local_date", "lonely"])
    return frame.assign(local_date=pd.to_datetime(frame["local_date"]), lonely=frame["lonely"].astype("Int64"))


def read(*rows: tuple[str, Any], today: pd.Timestamp = SUNDAY, **more: Any) -> Weeks:
    return read_weeks(checkins(*rows), NOTHING, NOTHING, today, **more)


def means(line: Line) -> list[tuple[float | None, int]]:
    return [(week.mean, week.days) for week in line.weeks]


def test_a_day_counts_once_however_often_she_answered() -> None:
    """The week's mean is that of its days' means; Monday begins a week and Sunday ends it; 0 is an answer."""
    found = read(
        ("2026-11-09", 0),
        ("2026-11-09", 4),
        ("2026-11-15", 8),
        ("2026-11-16", 0),
        ("2026-11-22", 1),
        ("2026-11-22", pd.NA),
    )
    [line] = found.lines
    assert means(line) == [(5.0, 2), (0.5, 2)]
    assert found.mondays == (pd.Timestamp("2026-11-09"), pd.Timestamp("2026-11-16"))
    assert line.sentence == (
        "Lonely: 5.0 in the week of Monday 9 November, 0.5 this week so far; single days lay between 0 and 8."
    )


def test_a_week_without_an_answer_is_a_gap() -> None:
    """No answer is no zero, and the weeks go on up to this one."""
    [line] = read(("2026-10-27", 5), ("2026-11-10", 3)).lines
    assert means(line) == [(5.0, 1), (None, 0), (3.0, 1), (None, 0)]
    assert "3.0 in the week of Monday 9 November" in line.sentence


def test_only_half_a_year_is_drawn_and_nothing_of_tomorrow() -> None:
    """The days to be read are those that are drawn; older and later ones change nothing."""
    days = days_drawn(SUNDAY.date())
    assert (days[0].weekday(), days[-1], len(days)) == (0, dt.date(2026, 11, 22), WEEKS * 7)
    inside = [(days[0].isoformat(), 4), ("2026-11-22", 6)]
    outside = [((days[0] - dt.timedelta(days=1)).isoformat(), 9), ("2026-11-23", 9)]
    assert read(*inside, *outside) == read(*inside)
    assert len(read(*inside).mondays) == WEEKS


WAITS = {
    "nothing yet": (
        [],
        "With a check-in this week, and one from Monday 23 November, two weeks can be shown here side by side.",
    ),
    "this week only": (
        [("2026-11-17", 3)],
        "One week so far. With a check-in from Monday 23 November, two weeks can be shown here side by side.",
    ),
    "an earlier week only": (
        [("2026-11-03", 3)],
        "One week so far. With a check-in this week, two can be shown here side by side.",
    ),
    "long ago": (
        [("2024-11-03", 3)],
        "With a check-in this week, and one from Monday 23 November, two weeks can be shown here side by side.",
    ),
    "two weeks": ([("2026-11-03", 3), ("2026-11-17", 3)], ""),
}


@pytest.mark.parametrize(("rows", "waits"), WAITS.values(), ids=WAITS.keys())
def test_until_there_are_two_weeks_the_next_date_is_said(rows: list[tuple[str, Any]], waits: str) -> None:
    assert read(*rows).waits == waits


def test_a_scale_of_one_week_is_no_line_and_says_so() -> None:
    """Beside others that are."""
    rows = checkins(("2026-11-09", 5), ("2026-11-16", 3)).assign(longing=pd.array([pd.NA, 4], dtype="Int64"))
    lonely, longing = read_weeks(rows, NOTHING, NOTHING, SUNDAY).lines
    assert (lonely.is_drawn, longing.is_drawn) == (True, False)
    assert longing.sentence == "Missing {him}: answered in one week so far; a line needs two."


def own(*rows: tuple[str, str, str, Any]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["local_date", "scale", "asked", "value"])
    return frame.assign(local_date=pd.to_datetime(frame["local_date"]), value=frame["value"].astype("Int64"))


def test_her_own_scales_are_lines_under_the_name_they_have_now() -> None:
    """In her order; one that is gone keeps the name under which it was asked last."""
    answers = own(
        ("2026-11-10", "gone", "Old name", 2),
        ("2026-11-17", "gone", "How {he} looks", 3),
        ("2026-11-17", "kept", "Then", 4),
    )
    scales = pd.DataFrame({"entry_id": ["kept", "unused"], "label": ["How tired am I?", "x"]})
    kept, gone = read_weeks(NOTHING, answers, scales, SUNDAY).lines
    assert (kept.name, kept.own, kept.is_drawn) == ("How tired am I?", True, False)
    assert (gone.name, gone.is_drawn) == ("How {he} looks", True)
    assert gone.sentence.startswith("“How {he} looks”: 2.0 in the week of")


def test_days_of_contact_are_counted_by_week() -> None:
    """Each day once; those before the weeks drawn do not count."""
    days = [dt.date(2026, 11, 9), dt.date(2026, 11, 15), dt.date(2026, 11, 22), dt.date(2026, 3, 1)]
    found = read(("2026-11-10", 5), ("2026-11-17", 4), contact_on=days)
    assert found.contact == (2, 1)


ANSWERS = st.lists(st.tuples(st.integers(0, 220), st.one_of(st.none(), st.integers(0, 10))), max_size=40)


@given(ANSWERS, st.randoms())
def test_no_answer_is_lost_and_rows_may_come_in_any_order(answers: list[tuple[int, int | None]], chance: Any) -> None:
    """Every day with an answer among the days drawn is counted in exactly one week."""
    rows = [((SUNDAY - pd.Timedelta(days=back)).date().isoformat(), pd.NA if a is None else a) for back, a in answers]
    found = read(*rows)
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert read(*shuffled) == found
    drawn = {day for day, a in rows if a is not pd.NA and dt.date.fromisoformat(day) >= days_drawn(SUNDAY.date())[0]}
    counted = sum(week.days for line in found.lines for week in line.weeks)
    assert counted == len(drawn)
    for line in found.lines:
        assert all(week.mean is None or 0 <= week.mean <= 10 for week in line.weeks)
        assert [week.monday for week in line.weeks] == list(found.mondays)


def test_objects_and_none_are_accepted() -> None:
    """Whatever kind of frame it comes in."""
    frame = pd.DataFrame(
        {"local_date": ["2026-11-10", "2026-11-17"], "lonely": [5, None], "longing": [None, 2]}, dtype=object
    )
    lonely, longing = read_weeks(frame, NOTHING, NOTHING, SUNDAY).lines
    assert [lonely.weeks[0], longing.weeks[1]] == [
        Week(pd.Timestamp("2026-11-09"), 5.0, 1),
        Week(pd.Timestamp("2026-11-16"), 2.0, 1),
    ]
