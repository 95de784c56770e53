"""Of the check-ins of years, those that say how it is now: what was said long ago decides nothing today."""

import datetime as dt

import pandas as pd

from widgets.journal import Journal
from widgets.readings.checkins import PAUSE_DAYS, paused_until
from widgets.readings.decisions import EARLY
from widgets.readings.readiness import ENOUGH_DAYS

CHECKINS = "checkins"
ZONES = dt.timedelta(days=2)  # her days and those of UTC, wherever she was and is
DAYS = max(EARLY, ENOUGH_DAYS)  # days with a check-in that are counted; more say no more


def fresh(journal: Journal) -> pd.DataFrame:
    """The check-ins saved so lately that a pause, alcohol or a hard hour in them may count now, all of today's too."""
    return journal.table(CHECKINS, since=_since(journal))


def rest_until(journal: Journal) -> pd.Timestamp | None:
    """The day until which messages rest, None while none do: whatever became of the check-in that made them rest."""
    pauses = journal.history(CHECKINS, since=_since(journal), columns=["pause_until"])
    return paused_until(pauses, journal.clock.now().date())


def with_versions(journal: Journal) -> pd.DataFrame:
    """Those that are ever counted, and every version saved of late, of what was withdrawn since too."""
    return pd.concat([journal.history(CHECKINS, since=_since(journal)), lately(journal)])


def lately(journal: Journal) -> pd.DataFrame:
    """These, and all about the newest days with one, as many as are ever counted."""
    today = journal.clock.now().date()
    days = {*journal.newest_days(CHECKINS, DAYS, today)}
    days |= {entry.local_date for entry in journal.entries(CHECKINS, since=_since(journal))}
    return journal.table(CHECKINS, on=days)


def on_days_of(journal: Journal, decisions: pd.DataFrame) -> pd.DataFrame:
    """The check-ins of the days on which something was decided."""
    return journal.table(CHECKINS, on=[day.date() for day in decisions["local_date"].dropna().unique()])


def _since(journal: Journal) -> dt.datetime:
    """Midnight of the first day that counts: the same all day, so that it is read once."""
    now = journal.clock.now()
    day = (now - dt.timedelta(days=PAUSE_DAYS) - ZONES).date()
    return dt.datetime.combine(day, dt.time(), now.tzinfo).astimezone(dt.UTC)
