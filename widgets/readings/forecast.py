"""1.5 Forecast card: what she expects, and when it can be checked."""

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from .words import day

WEEKS = {"two": 2, "four": 4, "eight": 8}


def due_date(weeks: str, today: dt.date) -> dt.date:
    """The day a guess made today can be checked. weeks: two, four or eight."""
    return today + dt.timedelta(weeks=WEEKS[weeks])


@dataclass(frozen=True)
class Guess:
    """One guess: 0-10 points each, None where she did not guess; `due` in words; `over` once its day has come."""

    due: str
    longing: int | None
    distress: int | None
    sure: int | None
    over: bool


def guesses(forecast: pd.DataFrame, today: pd.Timestamp) -> tuple[Guess, ...]:
    """Her guesses, the earliest day first.

    forecast: `due_date` (datetime64), `longing`, `distress` (Int64, 0-10), `sure` (Int64, 0-100); NA is kept as None,
    rows without a day are left out.
    """
    ordered = forecast.dropna(subset=["due_date"]).sort_values("due_date", kind="stable")
    return tuple(
        Guess(
            day(row.due_date, today), _whole(row.longing), _whole(row.distress), _whole(row.sure), row.due_date <= today
        )
        for row in ordered.itertuples()
    )


def _whole(value: object) -> int | None:
    return None if pd.isna(value) else int(value)  # type: ignore[call-overload]
