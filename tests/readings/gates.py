"""What the tests tell the gate: tables with which it passes, and the gaps that hold it back."""

import hashlib
from typing import Any

import pandas as pd

from widgets.readings.readiness import Gate, Item, gate

NOW = pd.Timestamp("2026-11-18 15:00", tz="Europe/London")  # a Wednesday
DAY, HOUR, MINUTE = pd.Timedelta(days=1), pd.Timedelta(hours=1), pd.Timedelta(minutes=1)
TEXT = "I wish I had not ended it. It was my mistake. I am sorry that I hurt you. You do not have to answer."
REASON = "I have thought about this line for a week, and it stays."  # longer than 40 characters
Tables = dict[str, Any]


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def checkin(days: float, distress: int | None = 3, **row: Any) -> Tables:
    at = NOW - pd.Timedelta(days=days)
    blank = {"alcohol": None, "pause_until": None, "safe_now": None, "late": False}
    day = pd.Timestamp(at.date())
    return (
        {"entry_id": f"c{days}", "created_utc": at.tz_convert("UTC"), "local_date": day, "distress": distress}
        | blank
        | row
    )


def message(hours: float, text: str = TEXT, **row: Any) -> Tables:
    at = (NOW - pd.Timedelta(hours=hours)).tz_convert("UTC")
    return {
        "entry_id": "m",
        "saved_utc": at,
        "text": text,
        "sha256": sha(text),
        "parts": None,
        "confirmed": None,
        "reread_utc": NOW.tz_convert("UTC") - HOUR,
        "reread_sha256": sha(text),
    } | row


def decision(days: float, choice: str | None = "try", **row: Any) -> Tables:
    at = (NOW - pd.Timedelta(days=days)).tz_convert("UTC")
    return {"entry_id": f"d{days}", "created_utc": at, "choice": choice, "draft": False, "review_on": None} | row


def card(reply: str, if_then: str | None = "I ring Jo.", can_bear: int | None = 8) -> Tables:
    return {"entry_id": reply, "reply": reply, "if_then": if_then, "can_bear": can_bear}


SAFE = {
    "entry_id": "s",
    "created_utc": (NOW - 90 * DAY).tz_convert("UTC"),
    "contact_wish": "none_said",
    "route_closed": False,
    "route_reason": None,
}
STEADY = {
    "entry_id": "st",
    "created_utc": (NOW - HOUR).tz_convert("UTC"),
    "steady_now": 8,
    "sober": True,
    "rested": True,
}
PASSING: dict[str, list[Tables]] = {
    "safety": [SAFE],
    "decisions": [decision(10)],
    "checkins": [checkin(days) for days in range(14)],
    "steadiness": [STEADY],
    "drafts": [message(30)],
    "replies": [card("silence"), card("clear_no", can_bear=None)],
    "contacts": [],
}


def judged(now: pd.Timestamp = NOW, rules: Any = None, **tables: list[Tables]) -> Gate:
    return gate(**{name: pd.DataFrame(rows) for name, rows in (PASSING | tables).items()}, now=now, rules=rules)


def the(name: str, **given: Any) -> Item:
    found = {item.id: item for item in judged(**given).items}
    return found[name]


SOFT_GAPS: dict[str, dict[str, Any]] = {
    "G2": {"decisions": [decision(3)]},
    "G3": {"checkins": [*PASSING["checkins"][1:], checkin(0, 5)]},
    "G4": {"drafts": [message(30, f"{TEXT} You made me leave.")]},
    "G5": {"replies": [card("silence", can_bear=3), card("clear_no")]},
}
HARD_GAPS: dict[str, dict[str, Any]] = {
    "G1": {"safety": []},
    "G3": {"steadiness": []},
    "G4": {"drafts": [message(30, f"{TEXT} I want to die.")]},
    "G5": {"replies": [card("silence")]},
    "G6": {"drafts": [message(30, reread_utc=None)]},
    "G7": {"contacts": [{"when": NOW - DAY, "dir": "out", "started_by": "her", "tone": None}]},
}
