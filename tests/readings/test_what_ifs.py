"""2.2 What if some days did not count: which days an option leaves out."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.readings.what_ifs import contact_days, days_left_out

FRIDAY, SATURDAY, SUNDAY, MONDAY = (dt.date(2026, 11, 20) + dt.timedelta(days=n) for n in range(4))


def checkins(*rows: tuple) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["local_date", "distress"])
    return frame.assign(local_date=pd.to_datetime(frame["local_date"]), distress=frame["distress"].astype("Int64"))


WEEK = checkins((FRIDAY, 8), (SATURDAY, 4), (SATURDAY, 9), (SUNDAY, None), (MONDAY, 8), (MONDAY, 2))


def test_weekends_are_the_saturdays_and_sundays_with_check_ins() -> None:
    """Also one on which only another scale was answered; a day is told once."""
    assert days_left_out("weekends", WEEK, ()) == (SATURDAY, SUNDAY)


def test_after_contact_is_the_day_and_the_next() -> None:
    """Two days in a row make three."""
    assert days_left_out("after_contact", WEEK, [SUNDAY, SATURDAY]) == (SATURDAY, SUNDAY, MONDAY)


def test_the_worst_day_has_the_highest_mean_and_of_equals_the_newest_counts() -> None:
    """A hard hour in a calmer day does not make it the worst; 0 is an answer."""
    assert days_left_out("worst_day", WEEK, ()) == (FRIDAY,)
    assert days_left_out("worst_day", checkins((MONDAY, 5), (FRIDAY, 5), (SUNDAY, 4)), ()) == (MONDAY,)
    assert days_left_out("worst_day", checkins((MONDAY, 0)), ()) == (MONDAY,)


@pytest.mark.parametrize("option", ["weekends", "after_contact", "worst_day"])
def test_nothing_to_leave_out_leaves_nothing_out(option: str) -> None:
    """No check-ins, no columns, no answer."""
    for frame in (pd.DataFrame(), checkins(), checkins((MONDAY, None))):
        assert days_left_out(option, frame, ()) == ()


def test_an_option_that_does_not_exist_is_named() -> None:
    """Rather than leaving out nothing in silence."""
    with pytest.raises(ValueError, match="one of weekends, after_contact, worst_day"):
        days_left_out("mondays", WEEK, ())


@given(st.permutations(range(len(WEEK))), st.sampled_from(["weekends", "worst_day"]))
def test_neither_row_order_nor_column_types_matter(order: list[int], option: str) -> None:
    """Dates as objects and None for NA do as well."""
    mixed = WEEK.astype(object).where(WEEK.notna(), None).iloc[order]
    assert days_left_out(option, mixed, ()) == days_left_out(option, WEEK, ())


@pytest.mark.parametrize(
    ("kind", "when", "when_is", "counts"),
    [
        ("contact", SUNDAY, "on", True),
        ("contact", SUNDAY, "around", True),
        ("contact", SUNDAY, None, True),
        ("contact", SUNDAY, "before", False),
        ("contact", SUNDAY, "after", False),
        ("contact", None, "on", False),
        ("hard", SUNDAY, "on", False),
        (None, SUNDAY, "on", False),
    ],
)
@pytest.mark.parametrize("dtype", ["category", "string", "object"])
def test_a_line_about_contact_counts_where_its_date_is_sure(
    kind: str | None, when: dt.date | None, when_is: str | None, counts: bool, dtype: str
) -> None:
    """Around a day is near enough; some time before or after it is not."""
    line = pd.DataFrame({"kind": [kind], "when": pd.to_datetime([when]), "when_is": [when_is]})
    assert contact_days(line.astype({"kind": dtype, "when_is": dtype})) == ({SUNDAY} if counts else set())


def test_a_logged_contact_counts_on_her_date() -> None:
    """Half past midnight in Auckland is the day before in UTC; without a zone UTC is taken."""
    moment = pd.Timestamp("2026-11-22 00:30", tz="Pacific/Auckland")
    logged = pd.DataFrame(
        {
            "when": pd.to_datetime([moment, moment, None, "2026-11-20 10:00+00:00"], utc=True),
            "tz": ["Pacific/Auckland", None, "Europe/London", "Europe/London"],
        }
    )
    assert contact_days(pd.DataFrame(), logged.iloc[:1]) == {SUNDAY}
    assert contact_days(pd.DataFrame(), logged) == {SUNDAY, SATURDAY, FRIDAY}
    assert contact_days(pd.DataFrame(), pd.DataFrame()) == frozenset()
