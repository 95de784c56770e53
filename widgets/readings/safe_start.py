"""1.1 Safe start, as the gate and the light read it: is the way closed for safety, and which wish of his stands."""

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from .local_time import zone_named
from .safety import HARM, STANDING, Verdict, verdict
from .tables import NEVER, Reader, Row, codes, current, days, flags, ids, saved

WISHES = ("none_said", "asked_for_space", *STANDING)
HURT = codes("no", "verbal", *HARM)
NEEDED = {"contact_wish": codes(*WISHES)}
OPTIONAL = {
    "space_until": days,
    "fear_of_him": codes("no", "a_bit", "yes"),
    "was_hurt": HURT,
    "can_say_no": codes("yes", "not_sure", "no"),
    "i_hurt_or_controlled": HURT,
    "under_18": flags,
    "he_is_adult": codes("yes", "no", "rather_not_say"),
    "route_closed": flags,
    "route_reason": codes(*STANDING),
}


@dataclass(frozen=True)
class SafeStart:
    """`unsafe`: closed for safety, or never answered; then no `wish` of his matters. `since`: when she last said so."""

    answered: bool
    unsafe: bool
    wish: str | None = None
    since: pd.Timestamp = NEVER
    space_until: dt.date | None = None
    zones: tuple[dt.tzinfo, ...] = ()
    entries: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """True where 1.1 leaves the way to a message open; that he asked for space is for the light to say."""
        return not self.unsafe and self.wish not in STANDING


def read_safe_start(reader: Reader, safety: pd.DataFrame | None) -> tuple[SafeStart, list[Row]]:
    """The newest row, and all rows. Of several that no time tells apart the strictest counts."""
    rows = reader.rows("safety", safety, NEEDED, OPTIONAL)
    standing = current(rows)
    if not standing:
        return SafeStart(answered=False, unsafe=True), rows
    last = (saved(standing[-1]), standing[-1]["revision"])
    newest = [row for row in standing if (saved(row), row["revision"]) == last]
    return max((_safe_start(row) for row in newest), key=_strictness), rows


def _safe_start(row: Row) -> SafeStart:
    unsafe, wish = _judged(row)
    zone = zone_named(row["tz"])
    return SafeStart(
        answered=True,
        unsafe=unsafe,
        wish=wish,
        since=saved(row) or NEVER,
        space_until=row["space_until"],
        zones=(zone,) if zone else (),
        entries=ids([row]),
    )


def _judged(row: Row) -> tuple[bool, str | None]:
    """Closed for safety or not, and his wish. A stored verdict stands for details that were not kept."""
    closed, reason, wish = row["route_closed"], row["route_reason"], row["contact_wish"]
    if closed and reason:
        found = verdict(row, before=Verdict(True, reason))
        return found.closed and found.reason is None, reason
    if closed:
        return verdict(row).reason is None, wish  # only where every detail is kept and safe can the wish be why
    found = verdict(row, before=None if closed is None else Verdict(False, None))
    return found.closed and found.reason is None, wish


def _strictness(start: SafeStart) -> tuple[int, bool, dt.date]:
    rank = 9 if start.unsafe else WISHES.index(start.wish or "none_said")
    return (rank, start.space_until is None, start.space_until or dt.date.min)
