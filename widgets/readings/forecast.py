"""1.5 Forecast card: what she expects, and when it can be checked."""

import datetime as dt
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

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
    return tuple(_guess(row, today) for row in ordered.to_dict("records"))


def _guess(row: dict[Hashable, Any], today: pd.Timestamp) -> Guess:
    due = pd.Timestamp(row["due_date"])
    longing, distress, sure = (_whole(row[k]) for k in ("longing", "distress", "sure"))
    return Guess(day(due, today), longing, distress, sure, bool(due <= today))


def _whole(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)
