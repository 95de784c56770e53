"""5.4 Review day: when it has come, and why."""

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from .pace.facts import Facts, read_facts
from .words import day


@dataclass(frozen=True)
class ReviewDay:
    """The day that has come first and was not used yet, else the next one. `why`: own | R4 | R9."""

    date: dt.date
    why: str
    is_due: bool
    sentence: str


def review_day(
    contacts: pd.DataFrame,
    safety: pd.DataFrame,
    now: dt.datetime,
    rules: pd.DataFrame | None = None,
    *,
    decisions: pd.DataFrame,
    reviews: pd.DataFrame,
) -> ReviewDay | None:
    """Find the day for looking again; None where no day is set and no message waits.

    Her own day is that of the newest decision; it is used up by a newer one, or by a review from that day on. R4: 14
    days after an opener without an answer, R9: 90 days after one without a start of his; both are used up by deciding
    since, and R4's by a review too. contacts, safety, rules: as in `pace.light`. decisions, reviews: `created_utc`
    (datetime64, UTC), decisions with `choice`, `draft`, `review_on`. now: aware, in her zone.
    """
    facts = read_facts(contacts, safety, now, rules, decisions, None, None)
    here = pd.Timestamp(now)
    looked = [
        pd.Timestamp(at) for at in pd.to_datetime(reviews.reindex(columns=["created_utc"])["created_utc"], utc=True)
    ]
    found = [*_own(decisions, looked, here), *_silence(facts, looked), *_no_start(facts)]
    days = [_day(why, at.tz_convert(here.tzinfo), here, facts) for why, at in found]
    due = sorted((d for d in days if d.is_due), key=lambda d: d.date)
    ahead = sorted((d for d in days if not d.is_due), key=lambda d: d.date)
    return next(iter(due + ahead), None)


def _own(decisions: pd.DataFrame, looked: list[pd.Timestamp], here: pd.Timestamp) -> list[tuple[str, pd.Timestamp]]:
    made = decisions.reindex(columns=["created_utc", "draft", "review_on"])
    made = made[~made["draft"].astype("boolean").fillna(False)].sort_values("created_utc", kind="stable")
    if made.empty or pd.isna(made["review_on"].iloc[-1]):
        return []
    at = pd.Timestamp(made["review_on"].iloc[-1]).tz_localize(here.tzinfo)
    return [] if any(moment >= at for moment in looked) else [("own", at)]


def _silence(facts: Facts, looked: list[pd.Timestamp]) -> list[tuple[str, pd.Timestamp]]:
    if facts.opener is None or facts.is_answered(facts.opener):
        return []
    at = facts.opener.when + pd.Timedelta(days=facts.limits.review_days)
    return [] if any(moment >= at for moment in (*looked, *facts.decided)) else [("R4", at)]


def _no_start(facts: Facts) -> list[tuple[str, pd.Timestamp]]:
    if facts.opener is None or facts.times_he_started:
        return []
    at = facts.opener.when + pd.Timedelta(days=facts.limits.opener_days)
    return [] if any(moment >= at for moment in facts.decided) else [("R9", at)]


def _day(why: str, at: pd.Timestamp, here: pd.Timestamp, facts: Facts) -> ReviewDay:
    is_due = bool(at <= here)
    on, verb = day(at, here), "has come" if is_due else "is"
    if why == "own":
        said = f"The day you set for looking again {verb}{':' if is_due else ''} {on}."
    else:
        assert facts.opener
        sent = day(facts.opener.when.tz_convert(here.tzinfo), here)
        missing = {
            "R4": f"What came from you on {sent} has no answer.",
            "R9": f"Since what came from you on {sent}, {{he}} {{has|have}} not started {{himself}}.",
        }
        said = f"{missing[why]} By your rules the day for looking again {verb}{':' if is_due else ''} {on}."
        said += " It is a day for your own choice, not for a second try." if is_due else ""
    return ReviewDay(at.date(), why, is_due, said)
