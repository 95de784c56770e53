"""5.5 Letting go: what is done, what she still wants to do, what is put away until when, and what stays."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from .words import day, text

BOUNDARIES = ("mute", "archive", "things")


@dataclass(frozen=True)
class LettingGo:
    """`done`, `ahead`: items among BOUNDARIES. `photos`: one sentence, "" for none. `good`, `lean_on`: her words."""

    done: tuple[str, ...]
    ahead: tuple[str, ...]
    photos: str
    good: str
    lean_on: tuple[str, ...]


def read_letting_go(letting_go: pd.DataFrame, lean_on: pd.DataFrame, today: pd.Timestamp) -> LettingGo | None:
    """The newest row, None if there is none.

    letting_go: `entry_id`, the columns of BOUNDARIES (done, want_to, not_for_me), `photos` (as_they_are, put_away,
    delete), `put_away_until` (datetime64), `stays_good` (string); newest row last. lean_on: `entry_id`, `who`,
    `for_what` (string).
    """
    if letting_go.empty:
        return None
    row = letting_go.iloc[-1]
    done, ahead = (tuple(b for b in BOUNDARIES if _is(row[b], code)) for code in ("done", "want_to"))
    mine = lean_on[(lean_on["entry_id"] == row["entry_id"]).fillna(False)]
    people = [(text(who), text(what)) for who, what in zip(mine["who"], mine["for_what"], strict=True)]
    said = tuple(f"{who}: {what}" if what else who for who, what in people)
    return LettingGo(done, ahead, _photos(row, today), text(row["stays_good"]), said)


def _is(value: Any, code: str) -> bool:
    return bool(pd.notna(value)) and value == code


def _photos(row: "pd.Series[Any]", today: pd.Timestamp) -> str:
    until = pd.to_datetime(row["put_away_until"])
    if pd.notna(until):
        if until > today:
            return f"Photos and letters are put away until {day(until, today)}. Then it can be looked at again."
        return f"The 90 days for photos and letters were over on {day(until, today)}. What happens to them is open."
    if _is(row["photos"], "delete"):
        return "You want to delete photos and letters. What is deleted does not come back, and there is no rush here."
    return "Photos and letters stay as they are." if _is(row["photos"], "as_they_are") else ""
