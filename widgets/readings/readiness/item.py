"""One line of the gate."""

from dataclasses import dataclass

import pandas as pd

REMINDERS = "reminders"  # no exercise: the file for a calendar


@dataclass(frozen=True)
class Item:
    """id: G1 to G7; hard: what it is about, or what of it is unmet, admits no override.

    why: the fact, and where it does not hold what would change it; {he} and the like are to be filled. until: when it
    would hold by itself, in UTC, None where only she or he can change it. entries: the entry_ids it rests on.
    see: where it can be changed, exercises by their id, or REMINDERS where there is only waiting.
    """

    id: str
    holds: bool
    hard: bool
    why: str
    until: pd.Timestamp | None
    entries: tuple[str, ...]
    see: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unmet:
    """One reason why an item does not hold, in sentences; `until` as in `Item`, `see` one of its places or none."""

    why: str
    until: pd.Timestamp | None = None
    hard: bool = False
    see: str = ""


def item(id: str, unmet: list[Unmet], holds: str, entries: tuple[str, ...], *, hard: bool = False) -> Item:
    """An item that holds, or says every reason why not. hard: true of it whether it holds or not."""
    if not unmet:
        return Item(id, True, hard, holds, None, entries)
    untils = [u.until for u in unmet if u.until is not None]
    until = max(untils) if len(untils) == len(unmet) else None
    see = tuple(dict.fromkeys(u.see for u in unmet if u.see))
    return Item(id, False, hard or any(u.hard for u in unmet), " ".join(u.why for u in unmet), until, entries, see)


def listed(parts: list[str], joint: str) -> str:
    """ "this, that and the other"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {joint} {parts[-1]}"
