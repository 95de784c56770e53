"""Her weeks at a glance: the mean of each scale by week, from her check-ins, her own scales included."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from .words import day, number

SCALES = {
    "lonely": "Lonely",
    "longing": "Missing {him}",
    "distress": "How hard",
    "fear_single": "Fear of staying alone",
}
WEEKS = 26  # drawn at most: half a year fits a phone
FULL = 3  # days with answers from which a week's mean counts as more than a glimpse
FEWEST = 2  # weeks that make a line
DAYS = 7
NOTHING = "With a check-in this week, and one from {following}, two weeks can be shown here side by side."
ONE_NOW = "One week so far. With a check-in from {following}, two weeks can be shown here side by side."
ONE_BEFORE = "One week so far. With a check-in this week, two can be shown here side by side."


@dataclass(frozen=True)
class Week:
    """One week of one scale: the mean of its `days` days' means, None without an answer. `monday` is its first day."""

    monday: pd.Timestamp
    mean: float | None
    days: int


@dataclass(frozen=True)
class Line:
    """One scale, 0-10, over the weeks drawn; fewer than FEWEST with answers are no line, and `sentence` says so.

    `own`: the name is her question, not our word.
    """

    name: str
    own: bool
    weeks: tuple[Week, ...]
    sentence: str

    @property
    def is_drawn(self) -> bool:
        """True if it has weeks enough."""
        return sum(week.mean is not None for week in self.weeks) >= FEWEST


@dataclass(frozen=True)
class Weeks:
    """The weeks from the first with an answer up to this one, at most WEEKS; `waits` says what is missing, or is empty.

    `contact`: for each week the number of days on which there was contact.
    """

    lines: tuple[Line, ...]
    mondays: tuple[pd.Timestamp, ...]
    contact: tuple[int, ...]
    waits: str


def days_drawn(today: dt.date) -> list[dt.date]:
    """The days that are looked at: of this week and those before it, WEEKS together."""
    first = today - dt.timedelta(days=today.weekday()) - dt.timedelta(weeks=WEEKS - 1)
    return [first + dt.timedelta(days=n) for n in range(WEEKS * DAYS)]


def read_weeks(
    checkins: pd.DataFrame,
    own_answers: pd.DataFrame,
    own_scales: pd.DataFrame,
    today: pd.Timestamp,
    contact_on: Collection[dt.date] = (),
) -> Weeks:
    """Take each scale's mean by day, then by week (Monday to Sunday); a day counts once, however often she answered.

    checkins: `local_date` (datetime64), the scales of SCALES (Int64, 0-10, NA; absent counts as NA). own_answers:
    `local_date`, `scale` (the entry of own_scales), `asked` (her question then), `value`. own_scales: `entry_id`,
    `label`; one that is gone keeps the name it had. Days after today or before the weeks drawn are left out.
    """
    monday, first = _monday(today), _monday(today) - pd.Timedelta(weeks=WEEKS - 1)
    found = list(_scales(checkins)) + list(_own(own_answers, own_scales))
    means = [(name, own, _by_day(dates, values, first, today)) for name, own, dates, values in found]
    answered = [days.index.min() for _, _, days in means if len(days)]
    if not answered:
        return Weeks((), (), (), _waits([], monday, today))
    mondays = tuple(pd.date_range(_monday(min(answered)), monday, freq="7D"))
    lines = tuple(_line(name, own, days, mondays, today) for name, own, days in means if len(days))
    contact = {_monday(pd.Timestamp(date)): 0 for date in contact_on}
    for date in set(contact_on):
        contact[_monday(pd.Timestamp(date))] += 1
    full = max(([w.monday for w in line.weeks if w.mean is not None] for line in lines), key=len)
    return Weeks(lines, mondays, tuple(contact.get(m, 0) for m in mondays), _waits(full, monday, today))


def _scales(checkins: pd.DataFrame) -> Iterator[tuple[str, bool, Any, Any]]:
    rows = checkins.reindex(columns=["local_date", *SCALES])
    for scale, name in SCALES.items():
        yield name, False, rows["local_date"], rows[scale]


def _own(answers: pd.DataFrame, scales: pd.DataFrame) -> Iterator[tuple[str, bool, Any, Any]]:
    """In the order in which she added them; those that are gone last."""
    rows = answers.reindex(columns=["local_date", "scale", "asked", "value"])
    labels: dict[str, str] = dict(scales.reindex(columns=["entry_id", "label"]).dropna().itertuples(index=False))
    for scale in [*labels, *(s for s in rows["scale"].dropna().unique() if s not in labels)]:
        given = rows[rows["scale"] == scale]
        asked = given["asked"].dropna()
        name = labels.get(scale) or (asked.iloc[-1] if len(asked) else "")
        yield str(name), True, given["local_date"], given["value"]


def _by_day(dates: Any, values: Any, first: pd.Timestamp, today: pd.Timestamp) -> "pd.Series[float]":
    answers = pd.Series(pd.to_numeric(values, errors="coerce").astype("Float64").to_numpy(float, na_value=float("nan")))
    on = pd.Series(pd.to_datetime(dates).to_numpy())
    inside = answers.notna() & (on >= first) & (on <= today)
    ordered = answers[inside].sort_values()  # a sum of fractions depends on its order
    return ordered.groupby(on[inside]).mean()


def _monday(date: pd.Timestamp) -> pd.Timestamp:
    return date.normalize() - pd.Timedelta(days=date.weekday())


def _line(name: str, own: bool, days: "pd.Series[float]", mondays: Sequence[pd.Timestamp], today: pd.Timestamp) -> Line:
    begins = days.index.searchsorted(pd.date_range(mondays[0], periods=len(mondays) + 1, freq="7D"))
    weeks = tuple(_week(monday, days.iloc[a:b]) for monday, (a, b) in zip(mondays, pairwise(begins), strict=True))
    return Line(name, own, weeks, _sentence(name, own, weeks, days, today))


def _week(monday: pd.Timestamp, days: "pd.Series[float]") -> Week:
    return Week(monday, float(days.mean()) if len(days) else None, len(days))


def _sentence(name: str, own: bool, weeks: Sequence[Week], days: "pd.Series[float]", today: pd.Timestamp) -> str:
    told = [week for week in weeks if week.mean is not None]
    said = f"“{name}”" if own else name
    if len(told) < FEWEST:
        return f"{said}: answered in one week so far; a line needs two."
    first, last = told[0], told[-1]
    newest = "this week so far" if last.monday == _monday(today) else f"in the week of {day(last.monday, today)}"
    return (
        f"{said}: {first.mean:.1f} in the week of {day(first.monday, today)}, {last.mean:.1f} {newest}; single days "
        f"lay between {number(days.min())} and {number(days.max())}."
    )


def _waits(answered: Sequence[pd.Timestamp], monday: pd.Timestamp, today: pd.Timestamp) -> str:
    """What is missing until two weeks can be set side by side. answered: the weeks of the scale that has most."""
    if len(answered) >= FEWEST:
        return ""
    words = NOTHING if not answered else ONE_NOW if answered[0] == monday else ONE_BEFORE
    return words.format(following=day(monday + pd.Timedelta(days=DAYS), today))
