"""What the rules are asked about: the tables of one moment, brought into order once."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from ..drafts import read_message
from ..local_time import Zones, aware, zones
from ..safe_start import SafeStart, read_safe_start
from ..sober import sober_from
from ..tables import NEVER, Reader, current, days, flags, moments
from . import contacts as log
from .contacts import Contact
from .limits import Limits, limits

EXCHANGE_GAP = pd.Timedelta(hours=48)  # a run of messages with no gap as long as this is one exchange

UNDONE_BY_HIM = ("no_contact", "blocked", "asked_for_space")  # wishes of his that his starting ends


@dataclass(frozen=True)
class Facts:
    """`contacts` that count, oldest first; `decided`: moments of decisions that are no draft; `now` in UTC."""

    now: pd.Timestamp
    zones: Zones
    limits: Limits
    safe_start: SafeStart
    contacts: tuple[Contact, ...]
    decided: tuple[pd.Timestamp, ...]
    edited: pd.Timestamp | None
    sober_from: pd.Timestamp | None

    @cached_property
    def outs(self) -> tuple[Contact, ...]:
        return tuple(c for c in self.contacts if c.out)

    @cached_property
    def his_starts(self) -> tuple[Contact, ...]:
        return tuple(c for c in self.contacts if c.is_his_start)

    def he_started_after(self, moment: pd.Timestamp) -> pd.Timestamp | None:
        """When he first started after this moment; at the same moment is not after."""
        return next((c.when for c in self.his_starts if c.when > moment), None)

    @cached_property
    def _turns(self) -> tuple[Contact | None, pd.Timestamp | None]:
        """His last closing sign, and when he last undid one by starting."""
        closing: Contact | None = None
        opened: pd.Timestamp | None = None
        is_closed, before = False, ""
        for c in (c for c in self.contacts if not c.out):
            if c.tone == "closing" or c.tone == before == "neutral":
                closing, is_closed = c, True
            elif closing and is_closed and c.is_his_start and c.when > closing.when:
                opened, is_closed = c.when, False
            before = c.tone
        return closing, opened

    @property
    def closing(self) -> Contact | None:
        """His last closing sign: a no, or the second of two polite messages in a row."""
        return self._turns[0]

    @cached_property
    def opened(self) -> pd.Timestamp:
        """When the route last opened: he undid a closing sign or a standing wish, or his date of space came."""
        came = self.space_ends
        if came is None and self.safe_start.wish in UNDONE_BY_HIM:
            came = self.he_started_after(self.safe_start.since)
        return max(at for at in (self._turns[1], came, NEVER) if at is not None)

    @cached_property
    def space_ends(self) -> pd.Timestamp | None:
        """When the day has come until which he asked for space, in every zone that counts."""
        wish = self.safe_start
        if wish.wish != "asked_for_space" or wish.space_until is None:
            return None
        return self.zones.arrival(wish.space_until, 0, self.now, *wish.zones)

    @cached_property
    def opener(self) -> Contact | None:
        """The first of her contacts since the route last opened."""
        return next((c for c in self.outs if c.when >= self.opened), None)

    def is_answered(self, contact: Contact) -> bool:
        """True once he wrote after it, in whatever tone."""
        later = self.contacts[self.contacts.index(contact) + 1 :]
        return any(not c.out for c in later)

    @cached_property
    def unanswered(self) -> tuple[Contact, ...]:
        """Her contacts since he last wrote."""
        last = max((place for place, c in enumerate(self.contacts) if not c.out), default=-1)
        return self.contacts[last + 1 :]

    @cached_property
    def reply_is_due(self) -> bool:
        """True while a welcoming message of his has no reply: one of hers answers all that came before it."""
        return _to_reply_to(self.contacts, self.opened) is not None

    @property
    def edit_rests_until(self) -> pd.Timestamp | None:
        """When the hours after the last edit of the message are over."""
        return None if self.edited is None else self.edited + pd.Timedelta(hours=self.limits.edit_hours)

    @cached_property
    def her_starts(self) -> tuple[pd.Timestamp, ...]:
        """When she started: by her own word, and with no welcoming message of his to reply to in the last 48 h."""
        found = []
        for place, c in enumerate(self.contacts):
            welcome = _to_reply_to(self.contacts[:place], NEVER)
            if c.out and c.own_start and (welcome is None or c.when - welcome.when >= EXCHANGE_GAP):
                found.append(c.when)
        return tuple(found)

    @cached_property
    def times_he_started(self) -> int:
        """Since the route last opened; what he sends within the gap of an exchange is one start."""
        times, last = 0, NEVER
        for c in self.his_starts:
            if c.when >= self.opened and (not times or c.when - last >= EXCHANGE_GAP):
                times, last = times + 1, c.when
        return times


def _to_reply_to(contacts: tuple[Contact, ...], since: pd.Timestamp) -> Contact | None:
    """His newest welcoming message since then that none of hers follows."""
    for c in reversed(contacts):
        if c.out or c.when < since:
            return None
        if c.tone == "welcoming":
            return c
    return None


def read_facts(
    contacts: pd.DataFrame | None,
    safety: pd.DataFrame | None,
    now: dt.datetime,
    rules: Mapping[str, Any] | pd.DataFrame | None,
    decisions: pd.DataFrame | None,
    drafts: pd.DataFrame | None,
    checkins: pd.DataFrame | None,
) -> Facts:
    """Read the tables as `light` describes them. ValueError names everything that is wrong with any of them."""
    here = aware(now)
    reader, own = Reader(), limits(rules)
    logged = reader.rows("contacts", contacts, log.NEEDED, log.OPTIONAL)
    safe_start, started = read_safe_start(reader, safety)
    chosen = reader.rows("decisions", decisions, {"created_utc": moments}, {"draft": flags})
    message, written = read_message(reader, drafts)
    lived = reader.rows("checkins", checkins, {"local_date": days}, {"alcohol": flags})
    reader.check()
    at = here.tz_convert("UTC")
    where = zones(here, [*logged, *started, *chosen, *written, *lived])
    return Facts(
        now=at,
        zones=where,
        limits=own,
        safe_start=safe_start,
        contacts=log.counted(logged, at),
        decided=tuple(row["created_utc"] for row in current(chosen) if row["created_utc"] and not row["draft"]),
        edited=message.edited if message else None,
        sober_from=sober_from(current(lived), where, at, own.quiet_to),
    )
