"""Dates in a text, moved by a number of days and written as they were. A month, a week, a season, a holiday of a year,
and a year in a phrase of time are replaced: moved, they would tell how far. What cannot be read as any of these stays.
"""

import datetime as dt
import re
from collections.abc import Callable

from .date_forms import BY_NUMBER, BY_WORD
from .day_numbers import LAST_MONTH, SCALE, Parts, apart, day_number, slash, span
from .day_words import NEED_CAPITAL, day_of, month_like, nearest, nth_like, year_as, year_of

A_DAY, A_WEEK, A_MONTH, A_QUARTER, A_SEASON, A_HOLIDAY, A_YEAR = (
    "[a day]",
    "[a week]",
    "[a month]",
    "[a quarter]",
    "[a season]",
    "[a holiday]",
    "[a year]",
)  # moving makes none of these

_BEGINNING = re.compile(r"(?<![^\W_])[^\W\d_]|(?<!\d)\d")  # of a word, or of a number
_ONE_DAY = re.compile(r"(\d{1,2})(st|nd|rd|th|\.)?")


def moved(text: str, days: int, near: dt.date) -> str:
    """`text` with its dates moved. near: the day it was written, for dates without a year."""
    if not days:
        return text
    by = dt.timedelta(days=days)
    pieces, done = [], 0
    for begin in _BEGINNING.finditer(text):  # one by one: while a pattern searches by itself, no other thread runs
        if begin.start() < done:
            continue
        match = (BY_NUMBER if begin[0].isdigit() else BY_WORD).match(text, begin.start())
        if match and (then := _moved(match, by, near)) is not None:
            pieces += [text[done : match.start()], then]
            done = match.end()
    return "".join([*pieces, text[done:]])


def _moved(match: re.Match[str], by: dt.timedelta, near: dt.date) -> str | None:
    """The date in its own form, moved; None if it is none."""
    found = match.groupdict()
    for alias, ways in _REPLACED.items():
        if any(found.get(way) for way in ways):
            return alias
    try:
        return _WAYS[next(way for way in _WAYS if found.get(way))](found, by, near)
    except (ValueError, OverflowError):
        return None


def _iso(found: Parts, by: dt.timedelta, near: dt.date) -> str:
    """2026-11-22, 2026/11/22, 2026-11-22/24."""
    sep, wide = found["iso_sep"], len(found["iso_m"])
    if sep.isspace() and wide < len("11"):
        raise ValueError
    first = dt.date(int(found["iso_y"]), int(found["iso_m"]), int(found["iso_d"]))
    day = first + by
    text = sep.join([str(day.year), f"{day.month:0{wide}}", f"{day.day:0{wide}}"])
    if not found["iso_to"]:
        return text
    rest = f"{found['iso_to']}{found['iso_last_m'] + sep if found['iso_last_m'] else ''}{found['iso_last']}"
    return text + (_until(first, found["iso_last_m"], found["iso_last"], by, found["iso_to"], sep) or rest)


def _until(first: dt.date, month: str | None, day: str, by: dt.timedelta, to: str, sep: str) -> str:
    """The end of a span that began on `first`; "" if it lies before."""
    try:
        last = first.replace(month=int(month or first.month), day=int(day))
    except ValueError:
        return ""
    if last <= first:
        return ""
    last, begin = last + by, first + by
    return f"{to}{f'{last.month:02}{sep}' if month or last.month != begin.month else ''}{last.day:02}"


def _run(found: Parts, by: dt.timedelta, near: dt.date) -> str:
    """20261122, 20261122-24."""
    first = dt.date(int(found["run_y"]), int(found["run_m"]), int(found["run_d"]))
    text = f"{first + by:%Y%m%d}"
    if not found["run_to"]:
        return text
    last = _until(first, None, found["run_last"], by, found["run_to"], "")
    return text + (last or found["run_to"] + found["run_last"])


def _numbers(found: Parts, by: dt.timedelta, near: dt.date) -> str:
    """22.11.2026, 22/11/26, 20.-22.11.2026, 11/22/2026: the day first where both would be possible."""
    a, b, sep = found["num_a"], found["num_b"], found["sep"]
    month_first = int(b) > LAST_MONTH
    last = dt.date(year_of(found["num_y"], near), *(map(int, (a, b) if month_first else (b, a))))
    day = last + by
    wide = 2 if "0" in (a[0], b[0]) else 1
    parts = (day.month, day.day) if month_first else (day.day, day.month)
    text = sep.join([*(f"{part:0{wide}}" for part in parts), year_as(day, found["num_y"])])

    def one(begin: dt.date, dot: str) -> str:
        return f"{begin.day:0{wide}}{f'{sep}{begin.month:0{wide}}' if begin.month != day.month else ''}{dot}"

    return _earlier(found["num_days"], last, by, one) + text


def _dotted(found: Parts, by: dt.timedelta, near: dt.date) -> str:
    """16.8., 1.–3.8.; but not 7.5. where a sentence ends: more likely a number."""
    a, b, days = found["dot_a"], found["dot_b"], found["dot_days"]
    ends_span = days or found["dot_on"] is not None
    if found["dot_end"] is not None and int(a) <= SCALE and len(b) == 1 and not ends_span:
        raise ValueError
    last = nearest(int(b), int(a), near)
    day, wide = last + by, 2 if "0" in (a[0], b[0]) else 1

    def one(begin: dt.date, dot: str) -> str:
        return f"{begin.day:0{wide}}{f'.{begin.month:0{wide}}.' if begin.month != day.month else dot}"

    text = f"{day.day:0{wide}}.{found['dot_gap']}{day.month:0{wide}}.{found['dot_end'] or ''}"
    return _earlier(days, last, by, one) + text


def _day_month(found: Parts, by: dt.timedelta, near: dt.date) -> str:
    """22 November 2026, 22nd of Nov, 20–22 November."""
    is_sure = bool(found["dm_y"]) or "of" in found["dm_gap"] or found["dm_m"] == "march" or found["dm_ends"] is not None
    last = day_of(found["dm_d"], found["dm_m"], found["dm_y"], near, is_sure=is_sure)
    end = last + by
    text = f"{end.day}{nth_like(end, found['dm_nth'])}{found['dm_gap']}{month_like(end, found['dm_m'])}"
    if found["dm_y"]:
        text += f"{found['dm_c']}{year_as(end, found['dm_y'])}"

    def one(begin: dt.date, nth: str) -> str:
        month = f" {month_like(begin, found['dm_m'])}" if begin.month != end.month else ""
        return f"{begin.day}{nth if nth == '.' else nth_like(begin, nth)}{month}"

    return _earlier(found["dm_days"], last, by, one) + text


def _month_day(found: Parts, by: dt.timedelta, near: dt.date) -> str:
    """November 22, 2026; Nov 22nd; November 20–22."""
    is_sure = bool(found["md_y"] or found["md_nth"]) or found["md_ends"] is not None
    first = day_of(found["md_d"], found["md_m"], found["md_y"], near, is_sure=is_sure)
    day = first + by
    text = f"{month_like(day, found['md_m'])}{found['md_gap']}{day.day}{nth_like(day, found['md_nth'])}"

    def one(last: dt.date, nth: str) -> str:
        month = f"{month_like(last, found['md_m'])} " if last.month != day.month else ""
        return f"{month}{last.day}{nth_like(last, nth)}"

    text += _others(found["md_more"], first, by, one)
    return text + (f"{found['md_c']}{year_as(day, found['md_y'])}" if found["md_y"] else "")


def _year_month_day(found: Parts, by: dt.timedelta, near: dt.date) -> str:
    """2026 November 22, 2026-Nov-22."""
    day = day_of(found["ymd_d"], found["ymd_m"], found["ymd_y"], near) + by
    month = month_like(day, found["ymd_m"])
    return f"{day.year}{found['ymd_a']}{month}{found['ymd_b']}{day.day}{nth_like(day, found['ymd_nth'])}"


def _month_alone(found: Parts, by: dt.timedelta, near: dt.date) -> str:
    written = found.get("m") or found.get("month") or found["ym_m"]
    if written in NEED_CAPITAL:
        raise ValueError
    return f"{found.get('m_in') or ''}{A_MONTH}"


def _day_nth(found: Parts, by: dt.timedelta, near: dt.date) -> str:
    """on the 22nd, from the 20th to the 22nd: of the month that makes it lie nearest."""
    around = (near + dt.timedelta(days=days) for days in range(-31, 32))
    first = min((day for day in around if day.day == int(found["nth_d"])), key=lambda day: abs(day - near))

    def one(day: dt.date, nth: str) -> str:
        return f"{day.day}{nth_like(day, nth)}"

    return f"{found['nth_on']}{one(first + by, 'th')}{_others(found['nth_more'], first, by, one)}"


def _others(written: str | None, like: dt.date, by: dt.timedelta, one: Callable[[dt.date, str], str]) -> str:
    """The further days of the same month, moved. one: writes a day and what stood after its number."""
    return _ONE_DAY.sub(lambda day: one(like.replace(day=int(day[1])) + by, day[2] or ""), written or "")


def _earlier(written: str | None, last: dt.date, by: dt.timedelta, one: Callable[[dt.date, str], str]) -> str:
    """As `_others`, before the last day: 31./1.9. begins in August."""
    before = last.replace(day=1) - dt.timedelta(days=1)
    first = _ONE_DAY.search(written or "")
    return _others(written, before if first and int(first[1]) > last.day else last, by, one)


_WAYS: dict[str, Callable[[Parts, dt.timedelta, dt.date], str]] = {
    "iso": _iso,
    "run": _run,
    "num": _numbers,
    "ymd": _year_month_day,
    "dm": _day_month,
    "md": _month_day,
    "ym": _month_alone,
    "small": lambda found, by, near: f"{found['small_in']}{A_MONTH}",
    "other": lambda found, by, near: f"{found['other_in']}{A_MONTH}",
    "m": _month_alone,
    "month": _month_alone,
    "year": lambda found, by, near: f"{found['y_in']}{A_YEAR}",
    "day": day_number,
    "apart": apart,
    "slash": slash,
    "span": span,
    "nth_d": _day_nth,
    "dot": _dotted,
}
_REPLACED = {
    A_DAY: ("nth_day", "other_day"),
    A_WEEK: ("iso_week", "week"),
    A_MONTH: ("months", "my", "mn", "mn_y", "other_month", "cjk_month"),
    A_QUARTER: ("quarter_of", "quarter"),
    A_SEASON: ("season",),
    A_HOLIDAY: ("holiday",),
    A_YEAR: ("year_was", "years"),
}
