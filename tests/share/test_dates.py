"""Dates in her sentences move with all others, and keep their form and their weekday."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.share.dates import MONTHS, moved

NEAR = dt.date(2026, 11, 22)  # a Sunday


@pytest.mark.parametrize(
    ("text", "then"),
    [
        ("2026-11-22 and 2026-11-22T21:14", "2026-11-01 and 2026-11-01T21:14"),
        ("22.11.2026, 22/11/26, 11/22/2026, 05.11.2026", "1.11.2026, 1/11/26, 11/1/2026, 15.10.2026"),
        ("Sunday 22 November", "Sunday 1 November"),
        ("on the 22nd of November 2026", "on the 1st of November 2026"),
        ("November 22, 2026; Nov 22nd; NOV 3", "November 1, 2026; Nov 1st; OCT 13"),
        ("5 January", "15 December"),  # the one of the winter that follows, and a year is not told
        ("5 January 2027", "15 December 2026"),
        ("22. November", "1. November"),
        ("20–23 November", "30 October–2 November"),
        ("since November 2026", "since October 2026"),
        ("in December, not in may", "in November, not in may"),
        ("on 22/11 and until 22.11.", "on 1/11 and until 1.11."),
        ("29 February", "8 February"),
    ],
)
def test_a_date_moves_and_keeps_its_form(text: str, then: str) -> None:
    """By 21 days back."""
    assert moved(text, -21, NEAR) == then


@pytest.mark.parametrize(
    "text",
    ["7/10", "24/7", "31 February", "2026-13-40", "1.5 hours", "you may 3 times", "Room 22", "99.99.9999", "21:14"],
)
def test_what_is_no_date_stays(text: str) -> None:
    """A number is not a day."""
    assert moved(text, -21, NEAR) == text


@given(st.dates(dt.date(2024, 1, 1), dt.date(2028, 12, 31)), st.integers(-60, 60).map(lambda weeks: weeks * 7))
def test_moving_there_and_back_changes_nothing(day: dt.date, days: int) -> None:
    """The distance of two dates of one text stays what it was, and so does the weekday."""
    month = MONTHS[day.month - 1].capitalize()
    for text in (day.isoformat(), f"{day:%A} {day.day} {month} {day.year}", f"{month} {day.day}, {day.year}"):
        there = moved(text, days, NEAR)
        assert moved(there, -days, NEAR) == text
        assert day.isoformat() not in there or not days
