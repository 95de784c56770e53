"""5.1 Contact log: who started, in four weeks, and what had to be settled, apart."""

from dataclasses import dataclass

import pandas as pd

from .words import count

WINDOW = pd.Timedelta(days=28)


@dataclass(frozen=True)
class Log:
    """Lines of the last 28 days. `necessary` ones count with nobody; those that failed are left out."""

    by_her: int
    by_him: int
    unsaid: int
    necessary: int
    sentence: str


def read_log(contacts: pd.DataFrame, now: pd.Timestamp) -> Log:
    """Count them. contacts: `when` (datetime64, UTC), `started_by` (her, him), `necessary`, `failed` (boolean, NA: no).

    now: aware. Lines without a time or ahead of now are left out.
    """
    rows = contacts.reindex(columns=["when", "started_by", "necessary", "failed"])
    when = pd.to_datetime(rows["when"], utc=True)
    flags = {flag: rows[flag].astype("boolean").fillna(False) for flag in ("necessary", "failed")}
    recent = rows.assign(**flags)[(when > now - WINDOW) & (when <= now)]
    recent = recent[~recent["failed"]]
    counted = recent[~recent["necessary"]]["started_by"].astype(object)
    by_her, by_him = int((counted == "her").sum()), int((counted == "him").sum())
    unsaid, necessary = int(counted.isna().sum()), int(recent["necessary"].sum())
    return Log(by_her, by_him, unsaid, necessary, _sentence(by_her, by_him, unsaid, necessary))


def profile_days(checkins: pd.DataFrame, today: pd.Timestamp) -> str:
    """Looking at his profile, counted apart: of the days of four weeks with an answer to that, how many had it.

    checkins: `local_date` (datetime64), `looked_at_profile` (boolean, NA). "" where the question was never answered.
    """
    rows = checkins.reindex(columns=["local_date", "looked_at_profile"]).dropna()
    rows = rows.assign(local_date=pd.to_datetime(rows["local_date"]))
    near = rows[(rows["local_date"] > today - WINDOW) & (rows["local_date"] <= today)]
    looked = near["looked_at_profile"].astype(bool).groupby(near["local_date"]).any()
    if looked.empty:
        return ""
    many = f"on {looked.sum() or 'none'} of {count(len(looked), 'day', 'days')} with an answer"
    return f"Looking at {{his}} profile is counted apart: {many}, by your check-ins of the last 28 days."


def _lines(number: int) -> str:
    return count(number, "line", "lines") if number else "no line"


def _sentence(by_her: int, by_him: int, unsaid: int, necessary: int) -> str:
    if not by_her + by_him + unsaid + necessary:
        return "No line in the last 28 days."
    parts = (
        [f"{_lines(by_her)} from what you started, {by_him or 'none'} from what {{he}} started"]
        if by_her + by_him
        else []
    )
    parts += [f"{count(unsaid, 'line does', 'lines do')} not say who started"] if unsaid else []
    parts += [f"{count(necessary, 'line', 'lines')} about what had to be settled"] if necessary else []
    apart = " These are kept apart and count for nobody." if necessary else ""
    return f"In the last 28 days: {'; '.join(parts)}.{apart}"
