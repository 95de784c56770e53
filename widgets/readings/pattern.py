"""2.2 My pattern: longing on her least lonely days, and whether it goes with loneliness. B6 of the content notes.

One fixed analysis. A change that can move a figure gets a new VERSION, which is kept with each run.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from . import pattern_words as words
from .checkins import HIGH, LOW, DailyMeans, Floats, as_days, daily_means
from .regression import TAIL, Fit, Mixture, fit

VERSION = "pattern-2"

FIRST_SUMMARY = 8  # days with both answers
FIRST_SETTLED = 28
FIRST_SLOPE = {"lonely": 14, "fear_single": 42}  # the second model asks more of the same days, so it waits longer
LEAST_MOVED = 1.0  # sample SD on either scale under which a slope would be made of rounding
WITHIN_ROUNDING = 1e-9  # of floating point, so that an SD of exactly 1 counts as 1
LEAST = 1 / 3  # the share of days called least lonely; ties come in, so from 8 days on there are 3 or more
MOST = 1 / 2  # of the days: where ties bring in more than these, most days are alike and none stand apart
BETWEEN_LOOKS = 7  # days with both answers
BAND_POINTS = 13

LineOf = Callable[[int], Fit | None]  # the line of the first so many days, fitted once


@dataclass(frozen=True)
class Estimate:
    """A figure in points, from n days. `low`, `high`: smallest and largest day, or for a slope its 95 % interval.

    `p_positive`: how likely a slope is above zero, from 0 to 1; None for what is no slope.
    """

    mean: float
    low: float
    high: float
    n: int
    p_positive: float | None = None


class Point(NamedTuple):
    """One day with both answers, as daily means; `least`: it counts among the least lonely days."""

    date: pd.Timestamp
    driver: float
    longing: float
    least: bool


@dataclass(frozen=True)
class BandPoint:
    """The line at one driver value on a typical day: mean and 95 % interval, kept within the scale of 0 to 10."""

    driver: float
    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Look:
    """One look at the link. `date`: its last day; `verdict`: "more", "less", "cannot_tell"; `slope`: None if silent."""

    date: pd.Timestamp
    days: int
    verdict: str
    slope: Estimate | None
    swing: float


@dataclass(frozen=True)
class Pattern:
    """What one reader's check-ins say about longing and one driver.

    stage: "entries" (under 8 days), "summary", "early" (from 14), "settled" (from 28); "flat" from 14 days on where the
    answers hardly moved. days: with both answers. least_lonely: longing on the least lonely days; driver_mean and
    longing_mean: over all days, with the smallest and largest day; all None under 8 days, and least_lonely also where
    ties make it more than half of the days (no point is `least` then). slope: points of longing for each point of the
    driver, over all days so far, None where nothing may be said; rho (likeness of one day to the next) comes and goes
    with it. band: the line of the last look, ascending over the range answered by then; empty unless `sentence` tells
    that look's figures. swing: a typical swing of the driver, its sample SD. claim: what `sentence` says of the link,
    "more", "less" or "cannot_tell". least_sentence: the least lonely days in words, "" under 8 days. looks: the last
    two at most, the older first; the claim rests on them. points: ascending by date.
    """

    stage: str
    days: int
    least_lonely: Estimate | None
    slope: Estimate | None
    claim: str
    sentence: str
    least_sentence: str
    driver: str
    driver_mean: Estimate | None
    longing_mean: Estimate | None
    swing: float | None
    rho: float | None
    points: tuple[Point, ...]
    band: tuple[BandPoint, ...]
    looks: tuple[Look, ...]
    version: str


def read_pattern(checkins: pd.DataFrame, *, driver: str = "lonely", leave_out: Iterable[Any] = ()) -> Pattern:
    """Read the check-ins back: least lonely days, slope with its uncertainty, and one sentence.

    checkins: `local_date` (dates in any form), `longing` and the driver's column (0-10, NA for no answer); any row
    order, further columns ignored. driver: "lonely" or "fear_single", which has a slope from 42 days only. leave_out:
    local dates (date, datetime, Timestamp, datetime64 or ISO text) that do not count. ValueError names what is missing
    or absurd. The same entries give the same result on any machine.

    What the sentence claims changes at the looks only. A look is made each time the number of days with both answers
    reaches a multiple of 7 (from 14 on; 42 for fear_single), counted without the days left out. It reads exactly these
    first 7, 14, 21 ... days, and is made once a check-in of any kind has a later local date, so that its last day is
    over. It finds "more" or "less" where its 95 % interval for the slope leaves out zero. A link is claimed only while
    the last two looks find the same, and the sentence's figures are the last look's. Two looks lie at least a week
    apart; only entries that are revised or dated back can change one that was made. Too few days, or flat answers,
    silence a claim at once.
    """
    if driver not in FIRST_SLOPE:
        raise ValueError(f"driver: one of {', '.join(FIRST_SLOPE)}.")
    left_out, fault = as_days(leave_out)
    if fault:
        raise ValueError(f"leave_out {fault}.")
    days = daily_means(checkins, driver).without(left_out)
    stage = _stage(days, driver)
    known = len(days) >= FIRST_SUMMARY
    lowest = _least(days) if known else np.zeros(len(days), bool)
    least = lowest & (lowest.sum() <= MOST * len(days))
    least_lonely = _range(days.longing[least]) if least.any() else None
    line_of = cache(lambda first: _line(days.first(first), driver))
    line = line_of(len(days))
    looks = _looks(days, driver, line_of)
    claim = _claim(looks) if line else "cannot_tell"
    told = _told(looks, claim) if line else None
    return Pattern(
        stage=stage,
        days=len(days),
        least_lonely=least_lonely,
        slope=_slope(line.slope(), len(days)) if line else None,
        claim=claim,
        sentence=_sentence(stage, days, driver, looks, claim, told, identified=line is not None),
        least_sentence=_least_sentence(days, driver, lowest, least_lonely) if known else "",
        driver=driver,
        driver_mean=_range(days.driver) if known else None,
        longing_mean=_range(days.longing) if known else None,
        swing=_sd(days.driver) if known else None,
        rho=line.rho() if line else None,
        points=_points(days, least),
        band=_band(days.first(told.days), line_of(told.days)) if told else (),
        looks=looks,
        version=VERSION,
    )


def _stage(days: DailyMeans, driver: str) -> str:
    """The data ladder: how much may be said after so many days."""
    if len(days) < FIRST_SUMMARY:
        return "entries"
    if len(days) < FIRST_SLOPE[driver]:
        return "summary"
    if _flat(days.driver) or _flat(days.longing):
        return "flat"
    return "early" if len(days) < FIRST_SETTLED else "settled"


def _sd(values: Floats) -> float:
    return float(values.std(ddof=1))


def _flat(values: Floats) -> bool:
    return _sd(values) < LEAST_MOVED - WITHIN_ROUNDING


def _least(days: DailyMeans) -> "np.ndarray[Any, np.dtype[np.bool_]]":
    """The days at or below the third of the driver's values."""
    return np.asarray(days.driver <= np.quantile(days.driver, LEAST))


def _range(values: Floats) -> Estimate:
    return Estimate(float(values.mean()), float(values.min()), float(values.max()), len(values))


def _line(days: DailyMeans, driver: str) -> Fit | None:
    """The fitted line where the ladder allows one, else None."""
    if _stage(days, driver) not in ("early", "settled"):
        return None
    return fit(days.day.astype(np.int64), days.driver, days.longing)


def _slope(slope: Mixture, n: int) -> Estimate:
    low, high = slope.interval()
    return Estimate(float(slope.mean()[0]), float(low[0]), float(high[0]), n, float(slope.above_zero()[0]))


def _band(then: DailyMeans, line: Fit | None) -> tuple[BandPoint, ...]:
    """The line over the days a look was made of."""
    if line is None:
        return ()
    at = np.linspace(then.driver.min(), then.driver.max(), BAND_POINTS)
    there = line.line(at)
    inside = np.clip([there.mean(), *there.interval()], LOW, HIGH)
    return tuple(BandPoint(*map(float, column)) for column in np.vstack([at, inside]).T)


def _points(days: DailyMeans, least: "np.ndarray[Any, np.dtype[np.bool_]]") -> tuple[Point, ...]:
    dates = pd.DatetimeIndex(days.day.astype("datetime64[us]"))
    rows = zip(dates, days.driver.tolist(), days.longing.tolist(), least.tolist(), strict=True)
    return tuple(map(Point._make, rows))


def _looks(days: DailyMeans, driver: str, line_of: LineOf) -> tuple[Look, ...]:
    """The last two looks, replayed from the days."""
    over = int((days.day < days.newest).sum())
    last = over - over % BETWEEN_LOOKS
    made = [n for n in (last - BETWEEN_LOOKS, last) if n >= FIRST_SLOPE[driver]]
    return tuple(_look(days.first(n), line_of(n)) for n in made)


def _look(days: DailyMeans, line: Fit | None) -> Look:
    slope = _slope(line.slope(), len(days)) if line else None
    return Look(pd.Timestamp(days.day[-1]), len(days), _verdict(slope), slope, _sd(days.driver))


def _verdict(slope: Estimate | None) -> str:
    if slope is None or slope.p_positive is None or TAIL < slope.p_positive < 1 - TAIL:
        return "cannot_tell"
    return "more" if slope.p_positive > 0.5 else "less"


def _claim(looks: tuple[Look, ...]) -> str:
    """What the last two looks agree on."""
    agree = len(looks) == 2 and looks[0].verdict == looks[1].verdict
    return looks[-1].verdict if agree else "cannot_tell"


def _told(looks: tuple[Look, ...], claim: str) -> Look | None:
    """The look whose figures the sentence tells: the last, where it finds what is claimed."""
    last = looks[-1] if looks else None
    return last if last and last.slope and last.verdict == claim else None


def _least_sentence(
    days: DailyMeans, driver: str, lowest: "np.ndarray[Any, np.dtype[np.bool_]]", least: Estimate | None
) -> str:
    highest = days.driver[lowest].max()
    if least is None:
        return words.alike(driver, int(lowest.sum()), len(days), highest)
    return words.least(driver, least, len(days), highest)


def _sentence(
    stage: str,
    days: DailyMeans,
    driver: str,
    looks: tuple[Look, ...],
    claim: str,
    told: Look | None,
    *,
    identified: bool,
) -> str:
    """The ladder's sentence, or the claim with the last look's figures."""
    if stage == "entries":
        return words.entries(driver, len(days), FIRST_SUMMARY)
    if stage == "summary":
        return words.summary(driver, len(days), FIRST_SLOPE[driver])
    if stage == "flat":
        return words.flat(driver, _flat(days.driver), _flat(days.longing))
    if not identified:
        return words.in_step(driver)
    last = looks[-1] if looks else None
    early = (last.days if last else len(days)) < FIRST_SETTLED
    if last is None:
        return words.first_look(FIRST_SLOPE[driver], early=early)
    if told is None or told.slope is None:
        return words.not_yet(driver, early=early)
    if claim != "cannot_tell":
        return words.link(driver, told.slope, told.swing, claim, early=early)
    return words.cannot_tell(driver, told.slope, told.swing, early=early)
