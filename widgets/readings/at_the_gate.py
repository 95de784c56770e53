"""3.5 Before it leaves: the gate in words, with what she set aside, and for how long that stands."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from .local_time import said
from .readiness import FEWEST_LETTERS, Gate, Item, with_overrides

NAMES = {
    "G1": "Safety",
    "G2": "Your decision",
    "G3": "A steady hour",
    "G4": "The words",
    "G5": "What may come back",
    "G6": "A night between",
    "G7": "The pace",
}
NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "all")
NOTHING = "Nothing speaks against it."
THAT_IS_ALL = "That is all this says."
LIMITS = (
    "Whether a message is wise, whether {he} {wants|want} one, and what {he} will do. Passing means that none of your "
    "own rules speaks against it at this hour. It is no advice to send it, and it ends with the next word you change."
)


@dataclass(frozen=True)
class Line:
    """One item in words. state: a code of the light; stands: holds, not yet or closed; reason: why it is set aside;

    see: where it can be changed, as in `Item`.
    """

    id: str
    name: str
    state: str
    stands: str
    why: str
    reason: str
    see: tuple[str, ...]


@dataclass(frozen=True)
class Stand:
    """How it stands. result: of the gate, with her reasons; until: the earliest moment, as far as one is known."""

    result: str
    until: pd.Timestamp | None
    title: str
    texts: tuple[str, ...]
    lines: tuple[Line, ...]


def standing_reasons(gate: Gate, runs: pd.DataFrame, sha256: str | None, today: dt.date) -> dict[str, str]:
    """Item id -> her reason, as far as it stands: on its own day, for the same message, and where it may be set aside.

    runs: `local_date` (datetime64), `sha256`, `override_reason` (string), `overrides` (lists of codes such as g2), the
    newest last. NA is none.
    """
    if not len(runs) or sha256 is None:
        return {}
    same = runs[(runs["local_date"] == pd.Timestamp(today)) & (runs["sha256"] == sha256).fillna(False)]
    given = {
        str(code).upper(): str(reason)
        for codes, reason in zip(same["overrides"], same["override_reason"], strict=True)
        if isinstance(codes, list) and isinstance(reason, str) and is_long_enough(reason)
        for code in codes
    }
    return {item.id: given[item.id] for item in can_be_set_aside(gate) if item.id in given}


def can_be_set_aside(gate: Gate) -> list[Item]:
    """The items that do not hold and are soft; none where it is closed."""
    return [] if gate.result == "closed" else [item for item in gate.items if not item.holds and not item.hard]


def is_long_enough(reason: str) -> bool:
    """Whether a reason says enough to be one."""
    return len(reason.strip()) >= FEWEST_LETTERS


def read_gate(
    gate: Gate,
    reasons: Mapping[str, str],
    now: dt.datetime,
    closed: frozenset[str] = frozenset(),
    *,
    is_written: bool = True,
) -> Stand:
    """The gate in words.

    reasons: item id -> hers, as they stand; now: aware, in her zone; closed: items that close; is_written: whether
    there is a message. Without one the title names no hour to wait for: it would read as an appointment.
    """
    result = with_overrides(gate, reasons).result
    open_items = [item for item in gate.items if not item.holds and item.id not in reasons]
    untils = [item.until for item in open_items if item.until is not None]
    until = max(untils, default=None)
    named = until if is_written or result == "closed" else None
    lines = tuple(_line(item, reasons.get(item.id, ""), item.id in closed) for item in gate.items)
    texts = _texts(result, gate, reasons, is_written)
    return Stand(result, until, _title(result, named, pd.Timestamp(now)), texts, lines)


def _line(item: Item, reason: str, closes: bool) -> Line:
    state, stands = ("nothing_against", "holds") if item.holds else ("wait", "not yet")
    if not item.holds and closes:
        state, stands = "closed", "closed"
    if reason:
        stands = f"{stands}, set aside for today"
    return Line(item.id, NAMES[item.id], state, stands, item.why, reason, item.see)


def _title(result: str, until: pd.Timestamp | None, now: pd.Timestamp) -> str:
    if result == "nothing_against":
        return NOTHING
    if result == "closed":
        return "Closed." if until is None else f"Closed until {_moment(until, now)}."
    return "Wait." if until is None else f"Wait until {_moment(until, now)} at the earliest."


def _moment(until: pd.Timestamp, now: pd.Timestamp) -> str:
    """A day that begins is a day."""
    return said(until, now).removesuffix(", 00:00")


def _texts(result: str, gate: Gate, reasons: Mapping[str, str], is_written: bool) -> tuple[str, ...]:
    if result != "nothing_against":
        holds = sum(item.holds for item in gate.items)
        stays = " The message stays here." if is_written else ""
        return (f"{NUMBERS[holds].capitalize()} of seven {'holds' if holds == 1 else 'hold'}.{stays}",)
    if not reasons:
        return (THAT_IS_ALL,)
    lines = "One line is" if len(reasons) == 1 else f"{NUMBERS[len(reasons)].capitalize()} lines are"
    return (THAT_IS_ALL, f"{lines} set aside for today, with your reason.")
