"""Dates in a text, moved by a number of days and written as they were. A month, a season, a holiday of a year, and
a year in a phrase of time are replaced: moved, they would tell how far. What cannot be read as any of these stays.
"""

import datetime as dt
import re

MONTHS = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
SHORT = [name[:3] for name in MONTHS]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SCALE = 10  # of ratings: 6/10
NEED_CAPITAL = ("may", "march", "mar")  # other words in small letters

A_MONTH, A_SEASON, A_HOLIDAY, A_YEAR = (
    "[a month]",
    "[a season]",
    "[a holiday]",
    "[a year]",
)  # moving makes none of these

_MONTH = r"(?:" + "|".join([*MONTHS, "sept", *SHORT]) + r")(?![^\W\d_])"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_YEAR = r"(?:19|20)\d\d(?!\d)"
_NTH = r"(?:st|nd|rd|th)?"
_TO = r"\ ?[–-]\ ?|\ to\ (?:the\ )?|\ and\ (?:the\ )?|/"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)"
_BEFORE_TIME = "in|since|until|till|by|early|every|last|late|mid|next|this|of|before|after|from"
_AFTER_TIME = "was|is|has|had|came|went|began|ended|felt|passed"
_SEASON = "spring|summer|autumn|fall|winter"
_HOLIDAY = (
    "christmas(?: eve| day)?|xmas|boxing day|new year['’]?s?(?: eve| day)?|nye|easter(?: sunday| monday)?|good friday|"
    "halloween|thanksgiving|valentine['’]?s?(?: day)?|pentecost|ascension(?: day)?|ramadan|eid|diwali|"
    "hanukkah|passover|carnival"
).replace(" ", r"\ ")
_FORMS = re.compile(
    rf"""
    (?<!\d)(?P<iso>(?P<iso_y>{_YEAR})(?P<iso_sep>[-./_‐‑–])(?P<iso_m>\d\d?)(?P=iso_sep)(?P<iso_d>\d\d?))(?!\d)
    | (?<!\d)(?P<run>(?P<run_y>(?:19|20)\d\d)(?P<run_m>0[1-9]|1[0-2])(?P<run_d>0[1-9]|[12]\d|3[01]))(?!\d)
    | (?<!\d)(?<!\d[.,/-])
      (?P<num>(?:(?P<num_first>{_DAY})(?P<num_dot>\.?)(?P<num_to>\ ?[–-]\ ?))?
      (?P<num_a>\d{{1,2}})(?P<sep>[./-])(?P<num_b>\d{{1,2}})(?P=sep)(?P<num_y>\d{{4}}|\d\d))(?!\d|[./-]\d)
    | (?<!\d)(?<!\d[.,/])
      (?P<dm>(?:(?P<first>{_DAY}(?:{_NTH}|\.))(?P<to>{_TO}))?
      (?P<dm_d>(?:0?[1-9]|[12]\d|3[01]))(?P<dm_nth>{_NTH})(?P<dm_gap>\.?\ (?:of\ )?|\.?-|)(?P<dm_m>{_MONTH})
      (?:(?P<dm_c>\.?,?\ |-|)(?P<dm_y>{_YEAR}))?)
    | (?<![^\W_])
      (?P<md>(?P<md_m>{_MONTH})(?P<md_gap>\.?\ (?:the\ )?)(?P<md_d>{_DAY})(?P<md_nth>{_NTH})
      (?:(?P<md_to>{_TO})(?P<md_last>{_DAY})(?P<md_last_nth>{_NTH}))?(?![:\w])
      (?:(?P<md_c>,?\ )(?P<md_y>{_YEAR}))?)
    | (?<![^\W_])(?P<my>{_MONTH}\.?,?\ (?:of\ )?{_YEAR})
    | (?<!\d)(?<!\d[.,/-])(?P<mn>(?:0?[1-9]|1[0-2])[./-]{_YEAR})(?![./-]?\d)
    | (?<![^\W_])(?P<m_in>(?:{_BEFORE_TIME})[\ -])(?P<m>{_MONTH})(?!\.?,?\ (?:of\ |the\ )?\d)
    | (?<![^\W_])(?P<month>{_MONTH})(?=\ (?:{_AFTER_TIME})\b)
    | (?<![^\W_])(?P<season>(?:{_SEASON})(?:\ of)?[,]?\ {_YEAR}(?:[/–-]\d\d(?:\d\d)?(?!\d))?)
    | (?<![^\W_])(?P<holiday>(?:{_HOLIDAY})(?:\ (?:of|in))?[,]?\ {_YEAR})
    | (?<![^\W_])(?P<y_in>(?:{_BEFORE_TIME}|during|around|end\ of)[\ -](?:the\ year\ )?)
      (?P<year>{_YEAR}(?:\ ?[–-]\ ?{_YEAR})?)(?![.,/-]\d)
    | (?<![\w.,/-])(?P<year_was>{_YEAR})(?=\ (?:{_AFTER_TIME})\b)
    | (?<![\w.,/-])(?P<years>{_YEAR}\ ?[–/-]\ ?{_YEAR})(?![./-]?\d)
    | (?<![^\W_])
      (?P<day>(?P<day_on>(?:(?:on|since|until|till|from|by|before|after)\ (?:the\ )?|{_WEEKDAY}[.,]?\ ))
      (?!\d\d?\.\d\d?\.)(?P<day_a>\d{{1,2}})(?P<day_sep>[./])(?P<day_b>\d{{1,2}})(?!\d|[./-]\d))
    | (?<!\d)(?<!\d[.,/-])(?P<dot>(?:(?P<dot_first>{_DAY})(?P<dot_dot>\.)(?P<dot_to>\ ?[–-]\ ?))?
      (?P<dot_a>\d{{1,2}})\.(?P<dot_b>\d{{1,2}})\.)(?!\d)(?P<dot_end>\s*\Z|\s+(?=[A-Z]))?
    """,
    re.VERBOSE | re.IGNORECASE,
)

_BEGINNING = re.compile(r"(?<![^\W_])[^\W\d_]|(?<!\d)\d")  # of a word, or of a number


def moved(text: str, days: int, near: dt.date) -> str:
    """`text` with its dates moved. near: the day it was written, for dates without a year."""
    if not days:
        return text
    by = dt.timedelta(days=days)
    pieces, done = [], 0
    for begin in _BEGINNING.finditer(text):  # one by one: while a pattern searches by itself, no other thread runs
        if begin.start() >= done and (match := _FORMS.match(text, begin.start())):
            pieces += [text[done : match.start()], _moved(match, by, near) or match[0]]
            done = match.end()
    return "".join([*pieces, text[done:]])


def _moved(match: re.Match[str], by: dt.timedelta, near: dt.date) -> str | None:
    """The date in its own form, moved; None if it is none."""
    found = match.groupdict()
    try:
        return _WAYS[next(way for way in _WAYS if found[way])](found, by, near)
    except (ValueError, OverflowError):
        return None


Parts = dict[str, str]


def _iso(found: Parts, by: dt.timedelta, near: dt.date) -> str:
    """2026-11-22, 2026/11/22."""
    day = dt.date(int(found["iso_y"]), int(found["iso_m"]), int(found["iso_d"])) + by
    wide = len(found["iso_m"])
    return found["iso_sep"].join([str(day.year), f"{day.month:0{wide}}", f"{day.day:0{wide}}"])


def _run(found: Parts, by: dt.timedelta, near: dt.date) -> str:
    """20261122."""
    return f"{dt.date(int(found['run_y']), int(found['run_m']), int(found['run_d'])) + by:%Y%m%d}"


def _numbers(found: Parts, by: dt.timedelta, near: dt.date) -> str:
    """22.11.2026, 22/11/26, 20.-22.11.2026, 11/22/2026: the day first where both would be possible."""
    a, b, year, sep = found["num_a"], found["num_b"], found["num_y"], found["sep"]
    month_first = int(b) > 12
    century = int(year) if len(year) == 4 else near.year - near.year % 100 + int(year)
    last = dt.date(century, *(map(int, (a, b) if month_first else (b, a))))
    day = last + by
    wide = 2 if "0" in (a[0], b[0]) else 1
    parts = (day.month, day.day) if month_first else (day.day, day.month)
    text = sep.join([*(f"{part:0{wide}}" for part in parts), str(day.year)[-len(year) :]])
    if not found["num_first"]:
        return text
    begin = last.replace(day=int(found["num_first"])) + by
    month = "" if begin.month == day.month else f"{sep}{begin.month:0{wide}}"
    return f"{begin.day:0{wide}}{month}{found['num_dot']}{found['num_to']}{text}"


def _dotted(found: Parts, by: dt.timedelta, near: dt.date) -> str:
    """16.8., 1.–3.8.; but not 7.5. where a sentence ends: more likely a number."""
    a, b = found["dot_a"], found["dot_b"]
    end = found["dot_end"] or ""
    if found["dot_end"] is not None and int(a) <= SCALE and len(b) == 1 and not found["dot_first"]:
        raise ValueError
    last = _nearest(int(b), int(a), near)
    day, wide = last + by, 2 if "0" in (a[0], b[0]) else 1
    text = f"{day.day:0{wide}}.{day.month:0{wide}}.{end}"
    if not found["dot_first"]:
        return text
    begin = last.replace(day=int(found["dot_first"])) + by
    month = "" if begin.month == day.month else f"{begin.month:0{wide}}."
    return f"{begin.day:0{wide}}.{month}{found['dot_to']}{text}"


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
    first = "." if found["first"].endswith(".") else _nth(begin, re.sub(r"[0-9]", "", found["first"]))
    return f"{begin.day}{first}{between}{found['to']}{text}"


def _month_day(found: Parts, by: dt.timedelta, near: dt.date) -> str:
    """November 22, 2026; Nov 22nd; November 20–22."""
    first = _day(found["md_d"], found["md_m"], found["md_y"], near)
    day = first + by
    text = f"{_month(day, found['md_m'])}{found['md_gap']}{day.day}{_nth(day, found['md_nth'])}"
    if found["md_last"]:
        day, begin = first.replace(day=int(found["md_last"])) + by, day
        month = "" if begin.month == day.month else f"{_month(day, found['md_m'])} "
        text += f"{found['md_to']}{month}{day.day}{_nth(day, found['md_last_nth'])}"
    return text + (f"{found['md_c']}{day.year}" if found["md_y"] else "")


def _month_alone(found: Parts, by: dt.timedelta, near: dt.date) -> str:
    written = found["m"] or found["month"]
    if not written[0].isupper():
        raise ValueError
    return f"{found['m_in'] or ''}{A_MONTH}"


def _day_number(found: Parts, by: dt.timedelta, near: dt.date) -> str:
    """on 22/11, Sat 22.11; but not on 1.5 tablets, and not from 6/10 to 4/10."""
    is_weekday = found["day_on"][0].isupper() and found["day_on"][:3].lower() in WEEKDAYS
    if not is_weekday and (found["day_sep"] == "." or int(found["day_b"]) == SCALE):
        raise ValueError
    day = _nearest(int(found["day_b"]), int(found["day_a"]), near) + by
    wide = 2 if "0" in (found["day_a"][0], found["day_b"][0]) else 1
    return f"{found['day_on']}{day.day:0{wide}}{found['day_sep']}{day.month:0{wide}}"


def _year(found: Parts, by: dt.timedelta, near: dt.date) -> str:
    return f"{found['y_in']}{A_YEAR}"


_WAYS = {
    "iso": _iso,
    "run": _run,
    "num": _numbers,
    "dm": _day_month,
    "md": _month_day,
    "my": lambda found, by, near: A_MONTH,
    "mn": lambda found, by, near: A_MONTH,
    "m": _month_alone,
    "month": _month_alone,
    "season": lambda found, by, near: A_SEASON,
    "holiday": lambda found, by, near: A_HOLIDAY,
    "year": _year,
    "year_was": lambda found, by, near: A_YEAR,
    "years": lambda found, by, near: A_YEAR,
    "day": _day_number,
    "dot": _dotted,
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
