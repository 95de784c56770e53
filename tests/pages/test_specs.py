"""What a form is told of a declared question."""

import datetime as dt
from typing import Any

import pytest

from widgets.catalogue import Exercise, Wording
from widgets.pages.specs import spec

TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("item", "first", "last", "ahead"),
    [
        ({"type": "date"}, "1900-01-01", "2199-12-31", True),
        ({"type": "date", "latest": "today"}, "1900-01-01", "2026-11-22", False),
        ({"type": "date", "earliest": "2020-02-29"}, "2020-02-29", "2199-12-31", True),
        ({"type": "date", "from_today": [7, 90]}, "2026-11-29", "2027-02-20", True),
        ({"type": "moment", "latest": "today"}, "1900-01-01T00:00", "2026-11-22T23:59", False),
        ({"type": "text"}, None, None, True),
    ],
)
def test_the_form_knows_the_first_and_the_last_day(
    item: dict[str, Any], first: str | None, last: str | None, ahead: bool
) -> None:
    """As the check does, so that a slip is told while she is at it. A text has neither."""
    asked = {"id": "when", "ask": "When?"} | item
    exercise = Exercise.model_validate({"id": "x", "table": "x", "title": "X", "kind": "single", "items": [asked]})
    [told] = spec(exercise, Wording(), TODAY)["items"]
    assert (told["min_date"], told["max_date"], told["ahead"]) == (first, last, ahead)
