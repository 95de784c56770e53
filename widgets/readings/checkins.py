"""Check-ins as days: the mean of each scale by the reader's local date, from whatever kind of frame they come in."""

import datetime as dt
import numbers
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Days = npt.NDArray[np.datetime64]  # unit D, NaT where there is none

LOW, HIGH = 0, 10
SHOWN = 3  # faulty numbers quoted in an error
PAUSE_DAYS = 7  # in which no message goes ahead after a check-in that was unsure of being safe, or said no


@dataclass(frozen=True)
class DailyMeans:
    """The days with an answer on both scales, ascending (n each), and the newest date of any check-in (NaT: none)."""

    day: Days
    driver: Floats
    longing: Floats
    newest: np.datetime64

    def __len__(self) -> int:
        return len(self.day)

    def first(self, days: int) -> "DailyMeans":
        """The same, of the first so many days."""
        return DailyMeans(self.day[:days], self.driver[:days], self.longing[:days], self.newest)

    def without(self, left_out: Days) -> "DailyMeans":
        """The same, without these days."""
        kept = ~np.isin(self.day, left_out)
        return DailyMeans(self.day[kept], self.driver[kept], self.longing[kept], self.newest)


def daily_means(checkins: pd.DataFrame, driver: str) -> DailyMeans:
    """Take the mean of each scale on each local date, from the answers given that day; NA is no answer.

    checkins: `local_date` (dates in any form), `longing` and the driver's column (numbers 0-10), any order, further
    columns ignored. ValueError names every column that is missing or holds what cannot be; no text is quoted.
    """
    needed = ("local_date", driver, "longing")
    if not len(checkins) and not len(checkins.columns):
        checkins = pd.DataFrame(columns=list(needed))
    missing = [name for name in needed if name not in checkins.columns]
    if missing:
        raise ValueError(f"checkins: no column {', '.join(missing)}.")
    dates, fault = as_days(checkins["local_date"])
    faults = [f"local_date {fault}"] if fault else []
    scales = []
    for name in (driver, "longing"):
        values, fault = _as_scale(checkins[name])
        scales.append(values)
        faults += [f"{name} {fault}"] if fault else []
    if faults:
        raise ValueError(f"checkins: {'; '.join(faults)}.")
    (driver_days, drivers), (longing_days, longings) = (_by_day(dates, values) for values in scales)
    both, at_driver, at_longing = np.intersect1d(driver_days, longing_days, assume_unique=True, return_indices=True)
    known = dates[~np.isnat(dates)]
    newest = known.max() if len(known) else np.datetime64("NaT", "D")
    return DailyMeans(both, drivers[at_driver], longings[at_longing], newest)


def as_days(values: Iterable[Any]) -> tuple[Days, str]:
    """Dates, datetimes (their own wall date), timestamps, ISO text or NA as days; and what is wrong, "" if nothing."""
    if isinstance(values, pd.Series) and pd.api.types.is_datetime64_any_dtype(values.dtype):
        return values.dt.tz_localize(None).to_numpy().astype("datetime64[D]"), ""
    try:
        return np.array([_as_day(value) for value in values], "datetime64[D]"), ""
    except ValueError:
        return np.array([], "datetime64[D]"), "holds what is not a date"


def _as_day(value: Any) -> np.datetime64:
    if _is_na(value):
        return np.datetime64("NaT", "D")
    if isinstance(value, str):
        value = dt.datetime.fromisoformat(value)  # nothing looser: "today" would ask the clock
    if isinstance(value, np.datetime64):
        day: np.datetime64 = value.astype("datetime64[D]")
        return day
    if isinstance(value, dt.date):  # datetimes and timestamps too, in whatever zone they carry
        return np.datetime64(dt.date(value.year, value.month, value.day), "D")
    raise ValueError


def _as_scale(column: "pd.Series[Any]") -> tuple[Floats, str]:
    """The answers as floats, NaN for NA; and what is wrong, "" if nothing."""
    if pd.api.types.is_any_real_numeric_dtype(column.dtype):
        values = column.to_numpy(np.float64, na_value=np.nan)
    else:
        answers = [np.nan if _is_na(value) else value for value in column]
        if not all(isinstance(value, numbers.Real) and not isinstance(value, bool | np.bool_) for value in answers):
            return np.array([]), "holds what is not a number"
        values = np.array(answers, np.float64)
    absurd = np.unique(values[(values < LOW) | (values > HIGH)])
    listed = ", ".join(f"{value:g}" for value in absurd[:SHOWN])
    return values, f"holds {listed}, not from {LOW} to {HIGH}" if len(absurd) else ""


def _is_na(value: Any) -> bool:
    return bool(pd.api.types.is_scalar(value) and pd.isna(value))


def _by_day(dates: Days, values: Floats) -> tuple[Days, Floats]:
    """The days that have a value, ascending, and their means."""
    answered = ~np.isnan(values) & ~np.isnat(dates)
    dates, values = dates[answered], values[answered]
    order = np.lexsort((values, dates))  # by value too: a sum of fractions depends on its order
    days, starts, sizes = np.unique(dates[order], return_index=True, return_counts=True)
    if not len(days):
        return days, values
    return days, np.add.reduceat(values[order], starts) / sizes


def rests_on(checkins: pd.DataFrame, today: dt.date) -> bool:
    """True on the day of a check-in that was unsure of being safe, or said no: help comes first, figures another day.

    checkins: `pause_until` (datetime64, NA where nothing waits), which such a check-in sets PAUSE_DAYS ahead.
    """
    pauses = checkins["pause_until"].dropna()
    return bool((pauses == pd.Timestamp(today) + pd.Timedelta(days=PAUSE_DAYS)).any())


def paused_until(checkins: pd.DataFrame, today: dt.date) -> pd.Timestamp | None:
    """The day until which no message goes ahead after such a check-in; None while nothing waits.

    checkins: as above, with every version and what was withdrawn: a pause once begun holds until its day.
    """
    until = checkins["pause_until"].max()
    return None if pd.isna(until) or until <= pd.Timestamp(today) else pd.Timestamp(until)
