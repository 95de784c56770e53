"""A day and its month told in two numbers, 16/8 or 16.8, or in three that stand apart: what is one, and moved."""

import datetime as dt

from .day_words import nearest, year_of

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SCALE = 10  # of ratings: 6/10
LAST_MONTH = 12
NEAR_YEARS = 10  # of figures apart, which may be anything

Parts = dict[str, str]


def day_number(found: Parts, by: dt.timedelta, near: dt.date) -> str:
    """on 22/11, Sat 22.11, on 22.11; but not on 1.5 tablets, on 12.5 mg, and not from 6/10 to 4/10."""
    is_sure = found["day_sure"] and (found["day_on"][0].isupper() or found["day_on"][:3].lower() not in WEEKDAYS)
    if not is_sure and not (_ends_day(found) if found["day_sep"] == "." else int(found["day_b"]) != SCALE):
        raise ValueError
    ends = ("day_a", "day_b"), ("day_c", "day_d")
    first, last = (_day_slash(found[a], found[b], found["day_sep"], by, near) if found[a] else "" for a, b in ends)
    return f"{found['day_on']}{first}{found['day_to'] or ''}{last}"


def _ends_day(found: Parts) -> bool:
    """Does “on 12.8” or “on 05.08” stand where a day would? “on 7.5, by 12.5 and” are more likely numbers."""
    is_number = found["day_on"].lower().startswith(("by", "from"))
    is_large = int(found["day_a"]) > SCALE or "0" in (found["day_a"][0], found["day_b"][0])
    return found["day_ends"] is not None and is_large and not is_number


def apart(found: Parts, by: dt.timedelta, near: dt.date) -> str:
    """16 08 26, of a year that is not far."""
    day = dt.date(year_of(found["apart_y"], near), int(found["apart_m"]), int(found["apart_d"]))
    if abs(day.year - near.year) > NEAR_YEARS:
        raise ValueError
    return f"{day + by:%d %m %y}"


def slash(found: Parts, by: dt.timedelta, near: dt.date) -> str:
    """12/7 21:30, 3/9 is our day, or a sentence of its own; but not 7/10, a rating."""
    is_alone = found["slash_first"] is not None and int(found["slash_b"]) != SCALE // 2
    if int(found["slash_b"]) == SCALE or not (is_alone or found["slash_stop"] is None):
        raise ValueError
    return _day_slash(found["slash_a"], found["slash_b"], "/", by, near)


def span(found: Parts, by: dt.timedelta, near: dt.date) -> str:
    """16/8-18/8; but not 6/10-4/10."""
    if int(found["span_a"]) <= LAST_MONTH and int(found["span_c"]) <= LAST_MONTH:
        raise ValueError
    ends = ("span_a", "span_b"), ("span_c", "span_d")
    return found["span_to"].join(_day_slash(found[a], found[b], "/", by, near) for a, b in ends)


def _day_slash(day: str, month: str, sep: str, by: dt.timedelta, near: dt.date) -> str:
    then = nearest(int(month), int(day), near) + by
    wide = 2 if "0" in (day[0], month[0]) else 1
    return f"{then.day:0{wide}}{sep}{then.month:0{wide}}"
