"""Of the check-ins and choices of years, those that say how it is now: what was said long ago decides nothing today."""

import datetime as dt
from collections.abc import Iterator, Sequence

import pandas as pd

from widgets.journal import Entry, Tables
from widgets.readings.checkins import PAUSE_DAYS, paused_until
from widgets.readings.decisions import EARLY, LABELS, UNDECIDED
from widgets.readings.readiness import ENOUGH_DAYS

CHECKINS, DECISIONS = "checkins", "decisions"
ZONES = dt.timedelta(days=2)  # her days and those of UTC, wherever she was and is
DAYS = max(EARLY, ENOUGH_DAYS)  # days with a check-in that are counted; more say no more
SOME, MORE = 8, 4  # choices looked at first, and by how much more each further time


def fresh(journal: Tables) -> pd.DataFrame:
    """The check-ins saved so lately that a pause, alcohol or a hard hour in them may count now, all of today's too."""
    return journal.table(CHECKINS, since=_since(journal))


def rest_until(journal: Tables) -> pd.Timestamp | None:
    """The day until which messages rest, None while none do: whatever became of the check-in that made them rest."""
    pauses = journal.history(CHECKINS, since=_since(journal), columns=["pause_until"])
    return paused_until(pauses, journal.clock.now().date())


def with_versions(journal: Tables) -> pd.DataFrame:
    """Those that are ever counted, and every version saved of late, of what was withdrawn since too."""
    return pd.concat([journal.history(CHECKINS, since=_since(journal)), lately(journal)])


def lately(journal: Tables) -> pd.DataFrame:
    """These, and all about the newest days with one, as many as are ever counted."""
    today = journal.clock.now().date()
    days = {*journal.newest_days(CHECKINS, DAYS, today)}
    days |= {entry.local_date for entry in journal.entries(CHECKINS, since=_since(journal))}
    return journal.table(CHECKINS, on=days)


def on_days_of(journal: Tables, decisions: pd.DataFrame) -> pd.DataFrame:
    """The check-ins of the days on which something was decided."""
    return journal.table(CHECKINS, on=[day.date() for day in decisions["local_date"].dropna().unique()])


def choices_of_now(journal: Tables) -> pd.DataFrame:
    """Of her choices those that anything rests on now: back beyond the last that said something else, and all that were
    saved of late.
    """
    late = {entry.entry_id for entry in journal.entries(DECISIONS, since=_since(journal))}
    many = SOME
    while len(found := journal.entries(DECISIONS, newest=many)) == many:
        if len({*_made(found, journal.clock.now())}) > 1 and late <= {entry.entry_id for entry in found}:
            return journal.table(DECISIONS, newest=many)
        many *= MORE
    return journal.table(DECISIONS)


def newest_choices(journal: Tables, count: int) -> pd.DataFrame:
    """The newest choices, so many and one more where there are more, with all others about these days."""
    days = {entry.local_date for entry in journal.entries(DECISIONS, newest=count + 1)}
    return journal.table(DECISIONS, on=days)


def _made(newest: Sequence[Entry], now: dt.datetime) -> Iterator[str]:
    """What was chosen by now, no draft; of the oldest moment there may be more than these."""
    for entry in newest:
        if newest[0].created_utc < entry.created_utc <= now and entry.answers.get("draft") is not True:
            choice = entry.answers.get("choice")
            yield choice if choice in LABELS else UNDECIDED


def _since(journal: Tables) -> dt.datetime:
    """Midnight of the first day that counts: the same all day, so that it is read once."""
    now = journal.clock.now()
    day = (now - dt.timedelta(days=PAUSE_DAYS) - ZONES).date()
    return dt.datetime.combine(day, dt.time(), now.tzinfo).astimezone(dt.UTC)
