"""4.2 If-then plans: which count now, three at most, and with whom each can be done."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .words import count, text

MOST = 3  # plans that count at a time
COLUMNS = ["entry_id", "if_situation", "then_act", "with_whom", "also_with", "state"]


@dataclass(frozen=True)
class Plan:
    """One plan in her words. `with_whom`: anyone, friends, family, him, or None where it is not said."""

    entry_id: str
    if_situation: str
    then_act: str
    with_whom: str | None


@dataclass(frozen=True)
class Plans:
    """In her order: those that count now (never more than MOST), those that wait for a place, those set aside.

    `sentence` counts them; `without_him` says of plans with him that they are done with others now; "" if unneeded.
    """

    active: tuple[Plan, ...]
    waiting: tuple[Plan, ...]
    set_aside: tuple[Plan, ...]
    sentence: str
    without_him: str


def read_plans(plans: pd.DataFrame, contact_open: bool) -> Plans:
    """Sort the plans. While contact is not open, one with him is one with those she named besides.

    plans: `entry_id`, `if_situation`, `then_act` (string; rows without both halves are left out), `with_whom` (codes
    anyone, friends, family, him), `also_with` (the same without him), `state` (codes active, set_aside; NA counts as
    active), in the order written; NA anywhere.
    """
    rows = plans.reindex(columns=COLUMNS).dropna(subset=["if_situation", "then_act"]).to_dict("records")
    going = [row for row in rows if text(row["state"]) != "set_aside"]
    aside = [row for row in rows if text(row["state"]) == "set_aside"]
    active, waiting, resting = (
        tuple(_plan(row, contact_open) for row in group) for group in (going[:MOST], going[MOST:], aside)
    )
    moved = 0 if contact_open else sum(text(row["with_whom"]) == "him" for row in going[:MOST])
    return Plans(active, waiting, resting, _sentence(active, waiting, resting), _without_him(moved))


def _plan(row: dict[Hashable, Any], contact_open: bool) -> Plan:
    entry_id, situation, act, whom, other = (text(row[name]) for name in COLUMNS[:5])
    if whom == "him" and not contact_open:
        whom = other
    return Plan(entry_id, situation, act, whom or None)


def _sentence(active: tuple[Plan, ...], waiting: tuple[Plan, ...], aside: tuple[Plan, ...]) -> str:
    if not (active or aside):
        return ""
    said = [f"{count(len(active), 'plan counts', 'plans count')} now, of at most {MOST}."]
    if waiting:
        said.append(f"{count(len(waiting), 'more waits', 'more wait')} until one of these is set aside.")
    if aside:
        said.append(f"{count(len(aside), 'is', 'are')} set aside.")
    return " ".join(said)


def _without_him(plans: int) -> str:
    if not plans:
        return ""
    those = "it is" if plans == 1 else "they are"
    return (
        f"{count(plans, 'was', 'were')} meant for {{him}}. Contact is not open now, so {those} for the other "
        "people you named."
    )
