"""5.1 The light: whether anything in her rules speaks against writing to him. Never that she should."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .facts import Facts, read_facts
from .limits import Limits, limits
from .rules import CLOSED, RULES, WAIT, reviews
from .words import NOTES, sentence_of

__all__ = [
    "CLOSED",
    "NOTES",
    "NOTHING_AGAINST",
    "WAIT",
    "Light",
    "Limits",
    "Numbers",
    "closing_rules",
    "light",
    "limits",
    "review_days",
    "sentence",
]

NOTHING_AGAINST = "nothing_against"
Numbers = Mapping[str, Any] | pd.DataFrame


@dataclass(frozen=True)
class Light:
    """state: closed, wait or nothing_against; rule: the lowest with that state, None for nothing_against.

    until: in UTC. None means, for wait, until he writes, and for closed, that no day opens it.
    """

    state: str
    rule: str | None
    until: pd.Timestamp | None


def light(
    contacts: pd.DataFrame | None,
    safety: pd.DataFrame | None,
    now: dt.datetime,
    rules: Numbers | None = None,
    *,
    decisions: pd.DataFrame | None = None,
    drafts: pd.DataFrame | None = None,
    checkins: pd.DataFrame | None = None,
) -> Light:
    """Ask R1 to R9; the strictest state wins, then the lowest rule.

    contacts: `when` (UTC), `dir`, `started_by`, `tone` (codes), and if there `necessary`, `failed` (boolean),
    `created_utc`, `entry_id`, `revision`, `saved_utc`, `withdrawn`; with these, every revision may be given.
    safety: `contact_wish` and what else the safe start keeps. now: aware, in her zone. rules: numbers of her own
    (`limits`); a looser one counts as the default. decisions: `created_utc`, `draft`; drafts: `saved_utc`, `text`,
    `sha256`; checkins: `local_date`, `created_utc`, `alcohol`. A table not given, or empty, cannot speak; only a safe
    start without rows closes. NA, further columns, object columns and any order are fine. ValueError names what is
    missing or absurd, all at once. How the words of the rules are read: docs/decisions/0009.
    """
    return _light(read_facts(contacts, safety, now, rules, decisions, drafts, checkins))


def _light(facts: Facts) -> Light:
    found = {rule: finding for rule, ask in RULES.items() if (finding := ask(facts)) is not None}
    for state in (CLOSED, WAIT):
        same = {rule: finding.until for rule, finding in found.items() if finding.state == state}
        if same:
            untils = [until for until in same.values() if until is not None]
            return Light(state, min(same), max(untils) if len(untils) == len(same) else None)
    return Light(NOTHING_AGAINST, None, None)


def closing_rules(
    contacts: pd.DataFrame | None,
    safety: pd.DataFrame | None,
    now: dt.datetime,
    rules: Numbers | None = None,
    *,
    decisions: pd.DataFrame | None = None,
) -> frozenset[str]:
    """All rules that close the light now, R1 to R9; the light itself names the lowest. The tables as for `light`."""
    facts = read_facts(contacts, safety, now, rules, decisions, None, None)
    return frozenset(rule for rule, ask in RULES.items() if (found := ask(facts)) and found.state == CLOSED)


def review_days(
    contacts: pd.DataFrame | None,
    safety: pd.DataFrame | None,
    now: dt.datetime,
    rules: Numbers | None = None,
    *,
    decisions: pd.DataFrame | None = None,
) -> dict[str, pd.Timestamp]:
    """The moments, in UTC, from which R4 (her opener unanswered) and R9 ask her to decide again; past or to come.

    The tables as for `light`. A decision made since then has answered.
    """
    return reviews(read_facts(contacts, safety, now, rules, decisions, None, None))


def sentence(
    light: Light,
    contacts: pd.DataFrame | None,
    safety: pd.DataFrame | None,
    now: dt.datetime,
    rules: Numbers | None = None,
    *,
    decisions: pd.DataFrame | None = None,
    drafts: pd.DataFrame | None = None,
    checkins: pd.DataFrame | None = None,
) -> str:
    """The light in words: its state, the fact its rule rests on with its day, and what would change it.

    The tables are those the light was read from. {he} and the like are to be filled.
    """
    facts = read_facts(contacts, safety, now, rules, decisions, drafts, checkins)
    return sentence_of(light.rule, light.until, facts, pd.Timestamp(now))
