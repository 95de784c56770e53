"""A day's parts read from words and figures, and written like others."""

import datetime as dt

from .date_forms import MONTHS, SHORT

NEED_CAPITAL = ("may", "march", "mar")  # other words in small letters


def day_of(day: str, month: str, year: str | None, near: dt.date, *, is_sure: bool = False) -> dt.date:
    """The day so written; without a year the one nearest to `near`. Raises ValueError.

    is_sure: what stands around a month in small letters says that it is one.
    """
    if month in NEED_CAPITAL and not is_sure:
        raise ValueError
    number = SHORT.index(month[:3].lower()) + 1
    return dt.date(year_of(year, near), number, int(day)) if year else nearest(number, int(day), near)


def nearest(month: int, day: int, near: dt.date) -> dt.date:
    """The day of that name that lies nearest; 29 February in the nearest year that has one."""
    found = []
    for year in range(near.year - 4, near.year + 5):
        if day == 29 and month == 2 and (year % 4 or (year % 100 == 0 and year % 400)):
            continue
        found.append(dt.date(year, month, day))
    return min(found, key=lambda date: abs(date - near))


def year_of(written: str, near: dt.date) -> int:
    """2026, 26 or ’26."""
    year = written.lstrip("'’‘")
    return int(year) if len(year) == len("2026") else near.year - near.year % 100 + int(year)


def year_as(day: dt.date, like: str) -> str:
    """The day's year, with as many figures and such an apostrophe as this one."""
    mark = like[0] if not like[0].isdigit() else ""
    return mark + str(day.year)[-len(like.removeprefix(mark)) :]


def month_like(day: dt.date, like: str) -> str:
    """The month's name, as long and with such capitals as this one."""
    name = MONTHS[day.month - 1]
    if like.lower() not in MONTHS:
        name = name[:3]
    return name.upper() if like.isupper() else name.capitalize() if like[0].isupper() else name


def nth_like(day: dt.date, like: str) -> str:
    """1st, 2nd, 11th; nothing where nothing stood."""
    if not like:
        return ""
    return "th" if 10 < day.day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
