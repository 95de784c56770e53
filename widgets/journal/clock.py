"""The one clock. Whoever needs the time is handed a clock; nothing else asks the machine."""

import datetime as dt
import os
import time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tzlocal import get_localzone

from .errors import WrongSetting

_STARTED = time.monotonic()  # when this process began, as nearly as we can tell


class Clock:
    """Her time: the machine's, in her zone; or, with `began`, as if that had been the moment this process started."""

    def __init__(self, zone: dt.tzinfo | None = None, began: dt.datetime | None = None, at: float = _STARTED) -> None:
        """zone: None is the machine's. began: what the clock showed when the machine had run for `at` seconds."""
        self._zone = zone or get_localzone()
        self._began = began
        self._at = at

    def now(self) -> dt.datetime:
        """The moment, aware, in her IANA zone."""
        if self._began is None:
            return dt.datetime.now(self._zone)
        return (self._began + dt.timedelta(seconds=time.monotonic() - self._at)).astimezone(self._zone)


def clock_from_environment() -> Clock:
    """The clock WORKBOOK_NOW (ISO moment with offset) and WORKBOOK_TZ (IANA name) ask for. Raises WrongSetting.

    The moment is that at which this process started, or, where WORKBOOK_NOW_AT is set too, at which the machine had run
    for so many seconds: processes that start one after the other then share one clock.
    """
    zone, began, at = (os.environ.get(f"WORKBOOK_{name}") for name in ("TZ", "NOW", "NOW_AT"))
    return Clock(_zone(zone) if zone else None, _moment(began) if began else None, float(at) if at else _STARTED)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    raise WrongSetting("WORKBOOK_TZ", "Write a time zone’s name, like Europe/Berlin.")


def _moment(text: str) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise WrongSetting("WORKBOOK_NOW", "Write a moment with its offset, like 2026-11-22T21:14:00+01:00.")
    return moment
