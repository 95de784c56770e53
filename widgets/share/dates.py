"""Dates in a text, moved by a number of days and written as they were. What cannot be read as a day is left alone."""

import datetime as dt
import re

MONTHS = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
SHORT = [name[:3] for name in MONTHS]
NEED_CAPITAL = ("may", "march", "mar")  # other words in small letters
MIDDLE = 15  # a month alone stands for this day of it

_MONTH = r"(?:" + "|".join([*MONTHS, "sept", *SHORT]) + r")(?![^\W\d_])"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_NTH = r"(?:st|nd|rd|th)?"
_BEFORE_MONTH = "in|since|until|till|by|early|every|last|late|mid|next|this|of|before|after|from"
_FORMS = re.compile(
    rf"""
    (?<![\d.,/-])(?P<iso>(?P<iso_y>\d{{4}})-(?P<iso_m>\d\d)-(?P<iso_d>\d\d))(?!\d)
    | (?<![\d.,/-])
      (?P<num>(?P<num_a>\d{{1,2}})(?P<sep>[./-])(?P<num_b>\d{{1,2}})(?P=sep)(?P<num_y>\d{{4}}|\d\d))(?![\d/])
    | (?<![\d.,/])
      (?P<dm>(?:(?P<first>{_DAY}{_NTH})(?P<to>\ ?[–-]\ ?|\ to\ |\ and\ |/))?
      (?P<dm_d>{_DAY})(?P<dm_nth>{_NTH})(?P<dm_gap>\.?\ (?:of\ )?|\.?-)(?P<dm_m>{_MONTH})
      (?:(?P<dm_c>\.?,?\ )(?P<dm_y>\d{{4}})(?!\d))?)
    | (?<![^\W_])
      (?P<md>(?P<md_m>{_MONTH})(?P<md_gap>\.?\ (?:the\ )?)(?P<md_d>{_DAY})(?P<md_nth>{_NTH})(?![:\w])
      (?:(?P<md_c>,?\ )(?P<md_y>\d{{4}})(?!\d))?)
    | (?<![^\W_])(?P<my>(?P<my_m>{_MONTH})(?P<my_c>\.?,?\ )(?P<my_y>\d{{4}}))(?!\d)
    | (?<![^\W_])(?P<m>(?P<m_in>(?:{_BEFORE_MONTH})[\ -])(?P<m_m>{_MONTH}))
    | (?<![^\W_])
      (?P<day>(?P<day_on>(?:on|since|until|till|from|by|before|after)\ )
      (?P<day_a>\d{{1,2}})(?P<day_sep>[./])(?P<day_b>\d{{1,2}})(?!\d))
    """,
    re.VERBOSE | re.IGNORECASE,
)


def moved(text: str, days: int, near: dt.date) -> str:
    """`text` with its dates moved. near: the day it was written, for dates without a year."""
    if not days:
        return text
    return _FORMS.sub(lambda match: _moved(match, dt.timedelta(days=days), near) or match[0], text)


def _moved(match: re.Match[str], by: dt.timedelta, near: dt.date) -> str | None:
    """The date in its own form, moved; None if it is none."""
    found = match.groupdict()
    try:
        return _WAYS[next(way for way in _WAYS if found[way])](found, by, near)
    except (ValueError, OverflowError):
        return None


Parts = dict[str, str]


def _iso(found: Parts, by: dt.timedelta, near: dt.date) -> str:
    return (dt.date(int(found["iso_y"]), int(found["iso_m"]), int(found["iso_d"])) + by).isoformat()


def _numbers(found: Parts, by: dt.timedelta, near: dt.date) -> str:
    """22.11.2026, 22/11/26, 11/22/2026: the day first where both would be possible."""
    a, b, year = found["num_a"], found["num_b"], found["num_y"]
    month_first = int(b) > 12
    century = int(year) if len(year) == 4 else near.year - near.year % 100 + int(year)
    day = dt.date(century, *(map(int, (a, b) if month_first else (b, a)))) + by
    wide = 2 if "0" in (a[0], b[0]) else 1
    parts = (day.month, day.day) if month_first else (day.day, day.month)
    return found["sep"].join([*(f"{part:0{wide}}" for part in parts), str(day.year)[-len(year) :]])


def _day_month(found: Parts, by: dt.timedelta, near: dt.date) -> str:
    """22 November 2026, 22nd of Nov, 20–22 November."""
    last = _day(found["dm_d"], found["dm_m"], found["dm_y"], near)
    end = last + by
    month = _month(end, found["dm_m"])
    text = f"{end.day}{_nth(end, found['dm_nth'])}{found['dm_gap']}{month}"
    if found["dm_y"]:
        text += f"{found['dm_c']}{end.year}"
    if not found["first"]:
        return text
    begin = last.replace(day=int(re.sub(r"\D", "", found["first"]))) + by
    between = "" if begin.month == end.month else f" {_month(begin, found['dm_m'])}"
    return f"{begin.day}{_nth(begin, re.sub(r'[0-9]', '', found['first']))}{between}{found['to']}{text}"


def _month_day(found: Parts, by: dt.timedelta, near: dt.date) -> str:
    """November 22, 2026; Nov 22nd."""
    day = _day(found["md_d"], found["md_m"], found["md_y"], near) + by
    year = f"{found['md_c']}{day.year}" if found["md_y"] else ""
    return f"{_month(day, found['md_m'])}{found['md_gap']}{day.day}{_nth(day, found['md_nth'])}{year}"


def _month_year(found: Parts, by: dt.timedelta, near: dt.date) -> str:
    day = _day(str(MIDDLE), found["my_m"], found["my_y"], near) + by
    return f"{_month(day, found['my_m'])}{found['my_c']}{day.year}"


def _month_alone(found: Parts, by: dt.timedelta, near: dt.date) -> str:
    if not found["m_m"][0].isupper():
        raise ValueError
    return f"{found['m_in']}{_month(_day(str(MIDDLE), found['m_m'], '', near) + by, found['m_m'])}"


def _day_number(found: Parts, by: dt.timedelta, near: dt.date) -> str:
    """on 22/11, until 22.11."""
    day = _nearest(int(found["day_b"]), int(found["day_a"]), near) + by
    wide = 2 if "0" in (found["day_a"][0], found["day_b"][0]) else 1
    return f"{found['day_on']}{day.day:0{wide}}{found['day_sep']}{day.month:0{wide}}"


_WAYS = {
    "iso": _iso,
    "num": _numbers,
    "dm": _day_month,
    "md": _month_day,
    "my": _month_year,
    "m": _month_alone,
    "day": _day_number,
}


def _day(day: str, month: str, year: str | None, near: dt.date) -> dt.date:
    if month.lower() in NEED_CAPITAL and month.islower():
        raise ValueError
    number = SHORT.index(month[:3].lower()) + 1
    return dt.date(int(year), number, int(day)) if year else _nearest(number, int(day), near)


def _nearest(month: int, day: int, near: dt.date) -> dt.date:
    """The day of that name that lies nearest; 29 February in the nearest year that has one."""
    found = []
    for year in range(near.year - 4, near.year + 5):
        if day == 29 and month == 2 and (year % 4 or (year % 100 == 0 and year % 400)):
            continue
        found.append(dt.date(year, month, day))
    return min(found, key=lambda date: abs(date - near))


def _month(day: dt.date, like: str) -> str:
    """The month's name, as long and with such capitals as this one."""
    name = MONTHS[day.month - 1]
    if like.lower() not in MONTHS:
        name = name[:3]
    return name.upper() if like.isupper() else name.capitalize() if like[0].isupper() else name


def _nth(day: dt.date, like: str) -> str:
    if not like:
        return ""
    return "th" if 10 < day.day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
