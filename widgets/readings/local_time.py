"""Days and hours where she is, and where she was a short while ago: another time zone never shortens a wait."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import pandas as pd

from .tables import DAY, Row, saved
from .words import day

REMEMBERED = 2 * DAY  # a zone left behind counts so long: a day and then a night, the longest wait, is shorter
NIGHT_IS_OVER = 5  # o'clock: a night lies between an evening and the next day from then on


@dataclass(frozen=True)
class Zones:
    """Her zone now, and those in which she wrote something, each with the moment of the last time."""

    home: dt.tzinfo
    before: tuple[tuple[dt.tzinfo, pd.Timestamp], ...] = ()

    def at(self, moment: pd.Timestamp) -> tuple[dt.tzinfo, ...]:
        """The zones whose days and hours count at a moment: one she wrote in still counts for a while."""
        return (self.home, *(zone for zone, last in self.before if moment < last + REMEMBERED))

    def arrival(self, date: dt.date, hour: float, moment: pd.Timestamp, *also: dt.tzinfo) -> pd.Timestamp:
        """The moment by which this hour of this date has come in all of these zones, in UTC."""
        return max(_wall(date, hour, zone) for zone in (*self.at(moment), *also))

    def quiet_until(self, moment: pd.Timestamp, start: float, end: float) -> pd.Timestamp | None:
        """When the quiet hours, `start` to `end` of the next day, are over in every zone; None if they are not on."""
        ends = [_quiet_until(moment, start, end, zone) for zone in self.at(moment)]
        return max((at for at in ends if at is not None), default=None)

    def night_after(self, moment: pd.Timestamp, now: pd.Timestamp) -> pd.Timestamp:
        """When the first night that began after this moment is over, in all zones that count now."""
        return max(_wall(moment.tz_convert(zone).date() + DAY, NIGHT_IS_OVER, zone) for zone in self.at(now))


def zones(now: pd.Timestamp, rows: Iterable[Row]) -> Zones:
    """now: aware, in her zone. rows: of any tables; a `tz` that is no zone says nothing."""
    last: dict[str, pd.Timestamp] = {}
    for row in rows:
        written = saved(row)
        if row["tz"] and written is not None and now - REMEMBERED < written <= now:
            last[row["tz"]] = max(written, last.get(row["tz"], written))
    found = ((zone_named(name), at) for name, at in sorted(last.items()))
    assert now.tzinfo is not None
    return Zones(now.tzinfo, tuple((zone, at) for zone, at in found if zone is not None))


def aware(now: dt.datetime) -> pd.Timestamp:
    """ValueError for a time without a zone: nobody could tell whether it is night."""
    at = pd.Timestamp(now)
    if at.tzinfo is None:
        raise ValueError("now: it carries no time zone.")
    return at


def zone_named(name: str | None) -> ZoneInfo | None:
    """None for what names no zone."""
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None


def said(at: pd.Timestamp, now: pd.Timestamp) -> str:
    """ "Sunday 22 November, 18:40", in the zone of now."""
    there = at.tz_convert(now.tzinfo)
    return f"{day(there, now)}, {there:%H:%M}"


def _wall(date: dt.date, hour: float, zone: dt.tzinfo) -> pd.Timestamp:
    """An hour on the clock there; one that comes twice is the second, one that is left out is right after the gap."""
    wall = pd.Timestamp(date) + pd.Timedelta(hours=hour)
    return wall.tz_localize(zone, ambiguous=False, nonexistent="shift_forward").tz_convert("UTC")


def _quiet_until(moment: pd.Timestamp, start: float, end: float, zone: dt.tzinfo) -> pd.Timestamp | None:
    there = moment.tz_convert(zone)
    hour = there.hour + there.minute / 60 + there.second / 3600 + there.microsecond / 3.6e9
    if end <= hour < start:
        return None
    date = there.date() + dt.timedelta(days=1 if hour >= start else 0)
    return _wall(date, end, zone)
