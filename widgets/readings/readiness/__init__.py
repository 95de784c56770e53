"""3.5 The gate: seven items between a message and the way out. It never says that a message should be sent."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from ..pace import CLOSED, NOTHING_AGAINST, WAIT, Numbers
from .inputs import read_inputs
from .item import REMINDERS, Item
from .items import ENOUGH_DAYS, ITEMS, is_try

__all__ = ["ENOUGH_DAYS", "FEWEST_LETTERS", "REMINDERS", "Gate", "Item", "gate", "with_overrides"]

FEWEST_LETTERS = 40  # of the reason for an override


@dataclass(frozen=True)
class Gate:
    """result: closed, wait or nothing_against; items: G1 to G7, in this order."""

    result: str
    items: tuple[Item, ...]


def gate(
    *,
    safety: pd.DataFrame | None,
    decisions: pd.DataFrame | None,
    checkins: pd.DataFrame | None,
    steadiness: pd.DataFrame | None,
    drafts: pd.DataFrame | None,
    replies: pd.DataFrame | None,
    contacts: pd.DataFrame | None,
    now: dt.datetime,
    rules: Numbers | None = None,
) -> Gate:
    """Judge the seven items; closed, wait or nothing against, before any override.

    Closed where the safe start or the light closes, or the choice is not *try*; wait where another item is unmet.

    safety, contacts, now, rules: as `light` takes them. decisions: `created_utc`, `choice`, `draft`. checkins:
    `created_utc`, `local_date`, `distress`, and if there `alcohol`, `safe_now`, `pause_until`, `late`, best with every
    revision of the last days. steadiness: `created_utc`, `sober`. drafts: `saved_utc`, `text`, `sha256`, `parts`,
    `confirmed`, `reread_utc`, `reread_sha256`, best with every revision. replies: `reply`, `if_then`, `can_bear`. Empty
    tables, NA, object columns, further columns and any order are fine. ValueError names what is missing or absurd in
    any table, all at once. How the words of the items are read: docs/decisions/0009.
    """
    given = read_inputs(
        safety=safety,
        decisions=decisions,
        checkins=checkins,
        steadiness=steadiness,
        drafts=drafts,
        replies=replies,
        contacts=contacts,
        now=now,
        rules=rules,
    )
    items = tuple(judge(given) for judge in ITEMS)
    if not items[0].holds or given.light.state == CLOSED or not is_try(given):
        return Gate(CLOSED, items)
    return Gate(WAIT if any(not item.holds for item in items) else NOTHING_AGAINST, items)


def with_overrides(gate: Gate, reasons: Mapping[str, Any]) -> Gate:
    """The same items, and the result once her written reasons stand for the soft ones that do not hold.

    reasons: item id -> her reason; NA and "" are none. ValueError, all at once, for an id that is no item, for a hard
    item, and for a reason shorter than 40 characters. What is closed stays closed.
    """
    by_id = {item.id: item for item in gate.items}
    given = {
        str(name): reason.strip() for name, reason in reasons.items() if isinstance(reason, str) and reason.strip()
    }
    faults = [fault for name, reason in given.items() if (fault := _fault(name, by_id.get(name), reason))]
    if faults:
        raise ValueError(" ".join(faults))
    if gate.result == CLOSED:
        return gate
    unmet = [item for item in gate.items if not item.holds and item.id not in given]
    return replace(gate, result=WAIT if unmet else NOTHING_AGAINST)


def _fault(name: str, item: Item | None, reason: str) -> str:
    if item is None:
        return f"{name} is no item of the gate."
    if not item.holds and item.hard:
        return f"{name} cannot be overridden."
    return f"{name}: write a reason of at least {FEWEST_LETTERS} characters." if len(reason) < FEWEST_LETTERS else ""
