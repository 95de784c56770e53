"""G3: whether she is steady, as far as check-ins and her own word tell."""

import datetime as dt
from collections.abc import Iterable

from ..local_time import NIGHT_IS_OVER, said
from ..tables import Row, created, ids
from ..words import count
from .inputs import Inputs
from .item import REMINDERS, Item, Unmet, item

LAST, LAST_DATES = 3, 2  # G3: so many check-ins, on so many dates
CALM, CALM_TODAY = 5, 4  # G3: points of distress, at most


def steady(g: Inputs) -> Item:
    """G3: the last three check-ins, on two dates or more, each with distress up to 5, today's up to 4; by day; sober.

    Soft, except sober. A check-in without an answer is not taken as calm.
    """
    last = by_day(g.checkins)[-LAST:]
    today = [row for row in g.checkins if _is_today(row, g)]
    unmet = [*_hard_days(last, today), *_at_night(g), *_not_sober(g)]
    holds = "The last three check-ins were calm enough, today’s too. It is daytime, and you say that you are sober."
    return item("G3", unmet, holds, ids([*last, *today, *g.steadiness[-1:]]))


def _is_today(row: Row, g: Inputs) -> bool:
    written_today = _date(row, g) == g.now.date() and not row["late"]
    return bool(row["local_date"] == g.now.date() or written_today)


def _date(row: Row, g: Inputs) -> object:
    at = created(row)
    return None if at is None else at.tz_convert(g.now.tzinfo).date()


def _hard_days(last: list[Row], today: list[Row]) -> Iterable[Unmet]:
    return (Unmet(why, see="check-in") for why in _what_they_lack(last, today))


def _what_they_lack(last: list[Row], today: list[Row]) -> Iterable[str]:
    if len(last) < LAST:
        so_far = count(len(last), "check-in", "check-ins") if last else "no check-in"
        yield f"So far: {so_far}. This looks at the last three."
    elif len({row["local_date"] for row in last}) < LAST_DATES:
        yield "The last three check-ins are all from one day. One on another day changes that."
    if any(row["distress"] is None for row in last):
        yield "One of the last three check-ins does not say how hard it was. The next ones can."
    answers = [row["distress"] for row in today if row["distress"] is not None]
    hard = [
        f"one of the last three check-ins says more than {CALM} for how hard it was"
        if any(row["distress"] is not None and row["distress"] > CALM for row in last)
        else "",
        f"today a check-in says more than {CALM_TODAY}" if max(answers, default=0) > CALM_TODAY else "",
    ]
    if told := " and ".join(filter(None, hard)):
        yield f"{told[0].upper()}{told[1:]}. Calmer days change that."
    if not answers:
        yield "There is no check-in of today that says how hard it is. One now would tell."


def _at_night(g: Inputs) -> Iterable[Unmet]:
    until = g.zones.quiet_until(g.now, g.limits.quiet_from, g.limits.quiet_to)
    if until is not None:
        yield Unmet(f"{_hour(g)} The next morning begins on {said(until, g.now)}.", until, see=REMINDERS)


def _hour(g: Inputs) -> str:
    """What of the quiet hours it is; where she is it may be day, and still night where she wrote a day ago."""
    if g.now.hour >= g.limits.quiet_from or g.now.hour < NIGHT_IS_OVER:
        return "It is late."
    return "It is early." if g.now.hour < g.limits.quiet_to else "It is not yet daytime where you wrote last."


def _not_sober(g: Inputs) -> Iterable[Unmet]:
    newest = g.steadiness[-1] if g.steadiness else None
    if g.sober_from is not None:
        told = f"A check-in mentioned alcohol. That is over on {said(g.sober_from, g.now)}."
        yield Unmet(told, g.sober_from, hard=True, see=REMINDERS)
    if newest is None or _date(newest, g) != g.now.date() or newest["sober"] is None:
        yield Unmet("Whether you are sober today is not answered. “Steadiness” asks it.", hard=True, see="steadiness")
    elif not newest["sober"]:
        yield Unmet("Today you say that you are not sober. Another day is as good.", hard=True, see=REMINDERS)


def by_day(checkins: Iterable[Row]) -> list[Row]:
    """By the day they are about, for one that is written late is not about today."""
    return sorted(checkins, key=lambda row: (row["local_date"] or dt.date.min, created(row)))
