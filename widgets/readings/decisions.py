"""2.5 Decision: what she chose for now and since when, what waits as a draft, and how it was on each of those days."""

import datetime as dt
from collections.abc import Hashable
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

import pandas as pd

from .local_time import zone_named
from .words import day, number, text

UNDECIDED = "undecided"
LABELS = {"try": "try", "not_yet": "not yet", "let_go": "let go", UNDECIDED: "not decided"}
HARD = 7  # points of distress from which a choice is a draft
RECENT = pd.Timedelta(hours=12)  # an evening is not over at midnight
EARLY = 7  # days of check-ins under which a choice is marked as early
SCALES = {"lonely": "lonely", "longing": "missing {him}", "distress": "how hard"}
NO_DAY = "No day is set for looking at it again. If you want one, choose the same again, with a day."
Row = dict[Hashable, Any]


@dataclass(frozen=True)
class State:
    """What the check-ins say of a choice made now: a draft or not, and `because` of "distress", "alcohol" or both.

    `days` with a check-in; `early` under EARLY of them.
    """

    is_draft: bool
    because: tuple[str, ...]
    early: bool
    days: int


def state_now(checkins: pd.DataFrame, now: pd.Timestamp) -> State:
    """Judge the check-ins about today or of the last 12 hours: the newest distress counts, and any alcohol.

    checkins: `local_date` (datetime64), `created_utc` (datetime64, UTC), `distress` (Int64, 0-10), `alcohol`, `late`
    (boolean); a late one is about its own day only. now: aware, in her zone.
    """
    rows = _by_time(checkins, ["distress", "alcohol", "late"])
    rows = rows.assign(**{flag: rows[flag].astype("boolean").fillna(False) for flag in ("alcohol", "late")})
    recent = rows["created_utc"].between(now - RECENT, now) & ~rows["late"]
    here = rows[(rows["local_date"] == pd.Timestamp(now.date())) | recent]
    newest = here["distress"].dropna().tail(1)
    found = {"distress": (newest >= HARD).any(), "alcohol": here["alcohol"].any()}
    because = tuple(code for code, holds in found.items() if holds)
    days = rows["local_date"].nunique()
    return State(bool(because), because, days < EARLY, days)


@dataclass(frozen=True)
class Change:
    """One saved choice. `when` and `state`, her answers of that day by then, in words; `choice` a code of LABELS.

    `date`: its day; in `when` with the time, where several were made that day. `because`: her reason, empty if she gave
    none. `answers`: those of `state` as (scale, 0-10), unanswered left out.
    """

    entry_id: str
    date: str
    when: str
    choice: str
    draft: bool
    early: bool
    state: str
    because: str
    answers: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Pending:
    """A draft that no later choice has overtaken."""

    entry_id: str
    choice: str
    local_date: dt.date


@dataclass(frozen=True)
class Decisions:
    """`branch`: the newest choice that is no draft, `since` when unchanged; `history` oldest first, drafts included."""

    branch: str
    since: pd.Timestamp | None
    sentence: str
    review: str
    pending: Pending | None
    history: tuple[Change, ...]


def read_decisions(decisions: pd.DataFrame, checkins: pd.DataFrame, today: pd.Timestamp) -> Decisions:
    """Say what holds for now, since when, and when she wants to look again.

    decisions: `entry_id`, `tz`, `because` (string), `created_utc` (datetime64, UTC), `local_date`, `review_on`
    (datetime64), `choice` (codes of LABELS; NA counts as undecided), `draft`, `early` (boolean); rows without a day are
    left out.
    checkins: `local_date`, `created_utc`, `lonely`, `longing`, `distress` (Int64, 0-10).
    """
    columns = ["entry_id", "choice", "because", "draft", "early", "review_on", "tz"]
    saved = _by_time(decisions, columns).dropna(subset=["local_date"])
    saved = saved.assign(is_one_of_several=saved["local_date"].duplicated(keep=False))
    flags = {flag: saved[flag].astype("boolean").fillna(False) for flag in ("draft", "early")}
    codes = saved["choice"].astype(object).where(saved["choice"].isin(list(LABELS)), UNDECIDED)
    rows = saved.assign(choice=codes, review_on=pd.to_datetime(saved["review_on"]), **flags).to_dict("records")
    answers = _by_time(checkins, list(SCALES))
    days: dict[Any, list[Row]] = {}
    for answered in answers[answers["local_date"].isin(saved["local_date"])].to_dict("records"):
        days.setdefault(answered["local_date"], []).append(answered)
    history = tuple(_change(row, days.get(row["local_date"], []), today) for row in rows)
    made = [row for row in rows if not row["draft"]]
    pending = None
    if rows and rows[-1]["draft"]:
        pending = Pending(history[-1].entry_id, history[-1].choice, rows[-1]["local_date"].date())
    if not made:
        return Decisions(UNDECIDED, None, _sentence(UNDECIDED, None, today) if rows else "", "", pending, history)
    branch, since = made[-1]["choice"], _since(made)
    review = _review(branch, made[-1]["review_on"], today)
    return Decisions(branch, since, _sentence(branch, since, today), review, pending, history)


def _by_time(frame: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """These columns and the two of time, NA where one is missing; oldest first, ties in an order of their own."""
    rows = frame.reindex(columns=["created_utc", "local_date", *columns])
    rows = rows.assign(
        created_utc=pd.to_datetime(rows["created_utc"], utc=True), local_date=pd.to_datetime(rows["local_date"])
    )
    return rows.sort_values(["created_utc", "local_date", columns[0]], kind="stable", na_position="first")


def _since(made: list[Row]) -> pd.Timestamp:
    """The day of the first of the choices that are the same without a break up to the newest."""
    run = list(takewhile(lambda row: row["choice"] == made[-1]["choice"], reversed(made)))
    return pd.Timestamp(run[-1]["local_date"])


def _sentence(branch: str, since: pd.Timestamp | None, today: pd.Timestamp) -> str:
    return f"For now: {LABELS[branch]}{'' if since is None else f', since {day(since, today)}'}."


def _review(branch: str, review_on: Any, today: pd.Timestamp) -> str:
    if pd.isna(review_on):
        return "" if branch == UNDECIDED else NO_DAY
    if review_on <= today:
        return f"The day you set for looking again has come: {day(review_on, today)}."
    return f"You want to look at it again on {day(review_on, today)}."


def _change(row: Row, that_day: list[Row], today: pd.Timestamp) -> Change:
    state, given = _state(that_day, row["created_utc"])
    date = day(row["local_date"], today)
    return Change(
        str(row["entry_id"]),
        date,
        f"{date}{_time(row)}" if row["is_one_of_several"] else date,
        row["choice"],
        bool(row["draft"]),
        bool(row["early"]),
        state,
        text(row["because"]),
        given,
    )


def _time(row: Row) -> str:
    """ ", 21:14" on the clock where she was; "" where the moment is not known."""
    moment, zone = row["created_utc"], zone_named(text(row["tz"]))
    return "" if pd.isna(moment) else f", {moment.tz_convert(zone or 'UTC'):%H:%M}"


def _state(that_day: list[Row], moment: pd.Timestamp) -> tuple[str, tuple[tuple[str, float], ...]]:
    """The answers nearest before the moment, as words and as numbers; what came after it was not there to choose by."""
    before = [row for row in that_day if row["created_utc"] <= moment]
    if not before:
        return "no check-in before it that day", ()
    said = [[(scale, float(row[scale])) for scale in SCALES if not pd.isna(row[scale])] for row in before]
    nearest = next(filter(None, reversed(said)), None)
    if nearest is None:
        return "not answered before it that day", ()
    return ", ".join(f"{SCALES[scale]} {number(value)}" for scale, value in nearest), tuple(nearest)
