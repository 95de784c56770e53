"""5.4 Then and now: how it was when she last chose, and how it is now, side by side. No arrow and no verdict."""

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from .contact_log import WINDOW, read_log
from .decisions import SCALES, read_decisions
from .words import count, day

WEEK = pd.Timedelta(days=7)
NO_ANSWER = "no check-in"
NOT_SAID = "not said yet"


@dataclass(frozen=True)
class Side:
    """One matter, as it stood when she last chose and as it stands now, in words with the number of days."""

    about: str
    then: str
    now: str


@dataclass(frozen=True)
class ThenAndNow:
    """`choice`, a code, and the day it was made; None where nothing was chosen yet."""

    choice: str
    chosen_on: str
    then: str
    now: str
    sides: tuple[Side, ...]


def then_and_now(
    decisions: pd.DataFrame,
    checkins: pd.DataFrame,
    contacts: pd.DataFrame,
    now: dt.datetime,
    practice: pd.DataFrame | None = None,
) -> ThenAndNow | None:
    """Put the week up to her choice beside the week up to now: the day of the newest decision that is no draft.

    checkins: `local_date`, `lonely`, `longing`, `distress` (0-10). contacts: as in `read_log`. practice: `week`
    (datetime64), `chances`, `taken`. now: aware, in her zone.
    """
    here = pd.Timestamp(now)
    today = pd.Timestamp(here.date())
    found = read_decisions(decisions, checkins, today)
    made = [change for change in found.history if not change.draft]
    if not made:
        return None
    rows = decisions[~decisions["draft"].astype("boolean").fillna(False)].sort_values("created_utc", kind="stable")
    then = pd.Timestamp(rows["local_date"].iloc[-1])
    at = pd.Timestamp(rows["created_utc"].iloc[-1])
    sides = [Side(name, *(_week(checkins, scale, end) for end in (then, today))) for scale, name in SCALES.items()]
    sides.append(
        Side("missing {him} on the least lonely days so far", *(_least(checkins, end) for end in (then, today)))
    )
    if practice is not None and len(practice):
        sides.append(Side("chances taken, in 28 days", *(_taken(practice, end) for end in (then, today))))
    if len(contacts):
        sides.append(Side("contact in 28 days", *(_contact(contacts, moment) for moment in (at, here))))
    return ThenAndNow(made[-1].choice, made[-1].date, day(then, today), day(today, today), tuple(sides))


def _week(checkins: pd.DataFrame, scale: str, end: pd.Timestamp) -> str:
    rows = checkins.reindex(columns=["local_date", scale])
    rows = rows.assign(local_date=pd.to_datetime(rows["local_date"])).dropna()
    near = rows[(rows["local_date"] > end - WEEK) & (rows["local_date"] <= end)]
    if near.empty:
        return NO_ANSWER
    daily = near.astype({scale: float}).groupby("local_date")[scale].mean()
    return f"{daily.mean():.1f} ({count(len(daily), 'day', 'days')})"


def _least(checkins: pd.DataFrame, end: pd.Timestamp) -> str:
    """What 2.2 says of the least lonely days, of all check-ins up to then."""
    from .pattern import read_pattern  # takes scipy along, which is only waited for on the day

    days = pd.to_datetime(checkins["local_date"])
    found = read_pattern(checkins[days <= end]).least_lonely
    return f"{found.mean:.1f} ({count(found.n, 'day', 'days')})" if found else NOT_SAID


def _taken(practice: pd.DataFrame, end: pd.Timestamp) -> str:
    rows = practice.reindex(columns=["week", "chances", "taken"]).dropna()
    rows = rows.assign(week=pd.to_datetime(rows["week"]))
    near = rows[(rows["week"] > end - WINDOW) & (rows["week"] <= end)]
    return f"{int(near['taken'].sum())} of {int(near['chances'].sum())}" if len(near) else "no line"


def _contact(contacts: pd.DataFrame, moment: pd.Timestamp) -> str:
    found = read_log(contacts, moment)
    said = f"{found.by_her or 'none'} from what you started, {found.by_him or 'none'} from what {{he}} started"
    return f"{said}, {found.necessary} to be settled" if found.necessary else said
