"""4.3 Practice log: of the chances that came, how many were taken, week by week. Slow, and proof for nobody."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .words import count, day, text

SHOWN = 12  # weeks at most, up to the newest that has a line
SIDE_BY_SIDE = 8  # counted weeks from which the first and the last four are told beside each other
SIDE = 4
WEEK = pd.Timedelta(days=7)


@dataclass(frozen=True)
class Week:
    """One week from its Monday. Both numbers are None where no line has them: then nothing is said of it."""

    start: pd.Timestamp
    taken: int | None
    chances: int | None
    has_line: bool

    @property
    def is_counted(self) -> bool:
        """Whether there were chances to take, and a line that counts them."""
        return bool(self.chances)


@dataclass(frozen=True)
class Tally:
    """What came of one plan in the weeks shown: `weeks` with chances."""

    plan: str
    taken: int
    chances: int
    weeks: int


@dataclass(frozen=True)
class Practice:
    """The weeks shown without a gap, oldest first; a tally for each plan; what may be said, "" if nothing.

    `sentence`: the newest counted week and the sum. `slow`: what the first and last four say, or from when they will.
    """

    weeks: tuple[Week, ...]
    tallies: tuple[Tally, ...]
    sentence: str
    slow: str


def monday(date: pd.Timestamp) -> pd.Timestamp:
    """The first day of its week."""
    return date.normalize() - pd.Timedelta(days=date.day_of_week)


def read_practice(practice: pd.DataFrame, today: pd.Timestamp) -> Practice:
    """Sum up the weeks, and each plan.

    practice: `plan` (an entry id), `week` (datetime64, any day of it), `chances`, `taken` (Int64), one row for each
    plan and week, in any order; rows without plan or week are left out, and counts that cannot be (more taken than
    chances, below zero, or one of them NA) are no counts.
    """
    rows = practice.reindex(columns=["plan", "week", "chances", "taken"]).dropna(subset=["plan", "week"])
    rows = rows.assign(week=[monday(date) for date in pd.to_datetime(rows["week"])])
    if rows.empty:
        return Practice((), (), "", "")
    last = rows["week"].max()
    first = max(rows["week"].min(), last - (SHOWN - 1) * WEEK)
    shown = rows[rows["week"] >= first].to_dict("records")
    weeks = tuple(_week(start, shown) for start in pd.date_range(first, last, freq=WEEK))
    counted = [week for week in weeks if week.is_counted]
    tallies = tuple(_tally(plan, shown) for plan in sorted({text(row["plan"]) for row in shown}))
    return Practice(weeks, tallies, _sentence(counted, today), _slow(counted))


def _week(start: pd.Timestamp, rows: list[dict[Hashable, Any]]) -> Week:
    here = [row for row in rows if row["week"] == start]
    pairs = list(_counts(here))
    if not pairs:
        return Week(start, None, None, bool(here))
    return Week(start, sum(taken for taken, _ in pairs), sum(chances for _, chances in pairs), True)


def _tally(plan: str, rows: list[dict[Hashable, Any]]) -> Tally:
    own = [row for row in rows if text(row["plan"]) == plan]
    pairs = list(_counts(own))
    weeks = {row["week"] for row in own if any(chances for _, chances in _counts([row]))}
    return Tally(plan, sum(taken for taken, _ in pairs), sum(chances for _, chances in pairs), len(weeks))


def _counts(rows: Iterable[dict[Hashable, Any]]) -> Iterable[tuple[int, int]]:
    """(taken, chances) of the rows that have both and in which both can be."""
    for row in rows:
        if pd.isna(row["taken"]) or pd.isna(row["chances"]):
            continue
        taken, chances = int(row["taken"]), int(row["chances"])
        if 0 <= taken <= chances:
            yield taken, chances


def _of(weeks: Iterable[Week]) -> str:
    """ "4 of 9" """
    pairs = [(week.taken or 0, week.chances or 0) for week in weeks]
    return f"{sum(taken for taken, _ in pairs)} of {sum(chances for _, chances in pairs)}"


def _sentence(counted: list[Week], today: pd.Timestamp) -> str:
    if not counted:
        return ""
    newest = counted[-1]
    said = f"In the week from {day(newest.start, today)}: {_of([newest])} chances taken."
    return f"{said} In all {len(counted)} weeks with chances: {_of(counted)}." if len(counted) > 1 else said


def _slow(counted: list[Week]) -> str:
    if not counted:
        return ""
    if len(counted) < SIDE_BY_SIDE:
        return (
            f"{count(len(counted), 'week', 'weeks')} with chances so far. Once there are eight, the first four and "
            "the last four are shown here side by side."
        )
    beside = f"In the first four of them {_of(counted[:SIDE])}, in the last four {_of(counted[-SIDE:])}."
    if len(counted) < SHOWN:
        return beside
    return f"{beside} That is twelve weeks. You can stop here, or go on; what is kept stays."
