"""A calendar file that reminds her without saying of what. Pure: the moments are told, ids and times of making too."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

TITLE = "Notes"  # what a calendar shows to whoever looks at it
LINE = 75  # octets of a line at most
BRIEF = "PT5M"


@dataclass(frozen=True)
class Reminder:
    """One event. at: a moment by her clock, without a zone, or a whole day; every: DAILY, WEEKLY or ""."""

    at: dt.datetime | dt.date
    every: str = ""
    times: int = 1


def calendar(reminders: Iterable[Reminder], *, title: str, made: dt.datetime, seed: str) -> bytes:
    """The .ics file (RFC 5545). made: aware; seed: makes the events' ids, so that the same file replaces itself."""
    stamp = made.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Notes//Notes//EN", "CALSCALE:GREGORIAN"]
    for number, reminder in enumerate(reminders, 1):
        lines += _event(reminder, _text(title.strip() or TITLE), stamp, str(uuid5(NAMESPACE_URL, f"{seed}-{number}")))
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in _folded(line)).encode()


def _event(reminder: Reminder, title: str, stamp: str, uid: str) -> list[str]:
    whole_day = not isinstance(reminder.at, dt.datetime)
    start = f"DTSTART;VALUE=DATE:{reminder.at:%Y%m%d}" if whole_day else f"DTSTART:{reminder.at:%Y%m%dT%H%M%S}"
    rule = [f"RRULE:FREQ={reminder.every};COUNT={reminder.times}"] if reminder.every else []
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{stamp}",
        start,
        *([] if whole_day else [f"DURATION:{BRIEF}"]),
        *rule,
        f"SUMMARY:{title}",
        "CLASS:PRIVATE",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{title}",
        f"TRIGGER:{'PT9H' if whole_day else 'PT0S'}",
        "END:VALARM",
        "END:VEVENT",
    ]


def _text(text: str) -> str:
    """A title as RFC 5545 wants it."""
    return re.sub(r"[\x00-\x1f\x7f]+", " ", text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> Iterable[str]:
    """The line in pieces of 75 octets; a letter is never cut."""
    piece, size = "", 0
    for letter in line:
        octets = len(letter.encode("utf-8", "replace"))
        if size + octets > LINE:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + octets
    yield piece
