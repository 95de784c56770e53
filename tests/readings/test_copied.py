"""After the message was copied: asked until a line of the log answers, or two weeks are over."""

from typing import Any

import pandas as pd
import pytest

from widgets.readings.copied import copied_and_not_logged

COPIED = pd.Timestamp("2026-11-21 18:30", tz="UTC")
HOUR, DAY = pd.Timedelta(hours=1), pd.Timedelta(days=1)


def runs(*copied: Any) -> pd.DataFrame:
    """One run a day up to COPIED, oldest first."""
    first = COPIED - (len(copied) - 1) * DAY
    return pd.DataFrame(
        {"created_utc": [first + n * DAY for n in range(len(copied))], "copied": pd.array(copied, "boolean")}
    )


def log(direction: str, when: Any, created: pd.Timestamp = COPIED + DAY) -> pd.DataFrame:
    times = {"created_utc": pd.to_datetime([created], utc=True), "when": pd.to_datetime([when], utc=True)}
    return pd.DataFrame({**times, "dir": pd.Categorical([direction], ["out", "in"])})


@pytest.mark.parametrize(
    ("contacts", "asked"),
    [
        (pd.DataFrame(), True),
        (log("in", COPIED + HOUR), True),
        (log("out", COPIED - 2 * HOUR), True),
        (log("out", COPIED - HOUR), False),
        (log("out", COPIED + 3 * DAY), False),
        (log("out", None), False),
        (log("out", None, COPIED - DAY), True),
    ],
)
def test_a_line_of_hers_from_then_or_later_answers(contacts: pd.DataFrame, asked: bool) -> None:
    """The log asks about the hour only; what he wrote answers nothing."""
    found = copied_and_not_logged(runs(True), contacts, COPIED + 4 * DAY)
    assert found == (COPIED if asked else None)


@pytest.mark.parametrize(("after", "asked"), [(14 * DAY, True), (14 * DAY + HOUR, False)])
def test_after_two_weeks_it_is_asked_no_more(after: pd.Timedelta, asked: bool) -> None:
    """Whatever became of it."""
    assert (copied_and_not_logged(runs(True), pd.DataFrame(), COPIED + after) is not None) == asked


@pytest.mark.parametrize(
    ("copied", "at"), [((), None), ((None, False), None), ((True, None), COPIED - DAY), ((True, True), COPIED)]
)
def test_the_newest_copy_is_the_one_that_is_meant(copied: tuple, at: Any) -> None:
    """A look that was kept is no copy."""
    assert copied_and_not_logged(runs(*copied), pd.DataFrame(), COPIED + HOUR) == at
