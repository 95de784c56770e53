"""Alcohol, as the check-ins tell it."""

import datetime as dt

import pandas as pd

from .local_time import Zones
from .tables import Row, created

WEARS_OFF = pd.Timedelta(hours=12)  # an evening is not over at midnight


def sober_from(checkins: list[Row], zones: Zones, now: pd.Timestamp, morning: float) -> pd.Timestamp | None:
    """When the morning after the last check-in that told of alcohol has come; None where it has, or none told.

    The morning is that of the day after, and at least 12 hours later. A check-in that was written late is about its own
    day only. morning: an hour of the clock.
    """
    told = [row for row in checkins if row["alcohol"] and (created(row) or now) <= now]
    return max((at for at in (_over(row, zones, now, morning) for row in told) if at > now), default=None)


def _over(row: Row, zones: Zones, now: pd.Timestamp, morning: float) -> pd.Timestamp:
    written, date = created(row), row["local_date"]
    if date is None:
        date = (written or now).tz_convert(zones.home).date()
    over = zones.arrival(date + dt.timedelta(days=1), morning, now)
    return over if row["late"] or written is None else max(over, written + WEARS_OFF)
