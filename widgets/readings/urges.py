"""5.3 Urge pause: how the pull went within half an hour, in her own looks at it, and when it comes too often."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .words import count, day, number, text

STEPS = {"urge_now": 0, "urge_10": 10, "urge_30": 30}  # column -> minutes from the beginning on
FEWEST = 3  # looks after half an hour, under which no middle is said
MANY, RUNNING = 5, 3  # urges a day, and days in a row, from which a person may be of more use than a page
Row = dict[Any, Any]


@dataclass(frozen=True)
class Look:
    """One answer, 0-10, and how many minutes after the beginning it was saved."""

    value: int
    minutes: int


@dataclass(frozen=True)
class Urge:
    """One urge: the day in words, the hour, and her looks at it by column; one that was missed is not there."""

    day: str
    hour: str
    looks: dict[str, Look]


@dataclass(frozen=True)
class Urges:
    """`fall`: the middle of the points by which the pull was lower after half an hour, over `n` urges.

    `middle`: minutes and median of the looks of these, for a line. `is_often`: MANY a day on RUNNING days in a row, the
    last of them today or yesterday.
    """

    urges: tuple[Urge, ...]
    fall: float | None
    n: int
    middle: tuple[tuple[int, float], ...]
    sentence: str
    reason: str
    is_often: bool


def read_urges(urges: pd.DataFrame, today: pd.Timestamp, still_open: Collection[str] = ()) -> Urges:
    """Say how the pull went, oldest urge first; those still open count for `is_often` and are not shown.

    urges: every revision, or the newest of each: `entry_id` (string), `revision` (Int64), `created_utc`, `saved_utc`
    (datetime64, UTC), `local_date` (datetime64), `tz` (IANA name), the columns of STEPS (Int64, 0-10), `excuse_i_hear`
    (string), `withdrawn` (boolean, may be absent). The time of a look is that of the first revision that has it.
    """
    columns = [
        "entry_id",
        "revision",
        "created_utc",
        "saved_utc",
        "local_date",
        "tz",
        *STEPS,
        "excuse_i_hear",
        "withdrawn",
    ]
    rows = urges.reindex(columns=columns).sort_values(["created_utc", "entry_id", "revision"], kind="stable")
    entries = [group.to_dict("records") for _, group in rows.groupby("entry_id", sort=False)]
    entries = [entry for entry in entries if not (_is_known(entry[-1]["withdrawn"]) and entry[-1]["withdrawn"])]
    found = tuple(_urge(entry, today) for entry in entries if entry[-1]["entry_id"] not in still_open)
    whole = [urge for urge in found if {"urge_now", "urge_30"} <= urge.looks.keys()]
    falls = pd.Series([urge.looks["urge_now"].value - urge.looks["urge_30"].value for urge in whole], dtype=float)
    fall = float(falls.median()) if len(whole) >= FEWEST else None
    middle = tuple(_middle(whole)) if fall is not None else ()
    days = pd.Series([entry[-1]["local_date"] for entry in entries], dtype="datetime64[us]")
    reason = _reason([text(entry[-1]["excuse_i_hear"]).strip() for entry in entries])
    return Urges(found, fall, len(whole), middle, _sentence(falls, len(found)), reason, _is_often(days, today))


def _is_known(value: Any) -> bool:
    return bool(pd.notna(value))


def _urge(revisions: list[Row], today: pd.Timestamp) -> Urge:
    newest, begun = revisions[-1], pd.Timestamp(revisions[0]["created_utc"])
    looks: dict[str, Look] = {}
    for column in STEPS:
        if not _is_known(newest[column]):
            continue
        first = next(row for row in revisions if _is_known(row[column]))
        minutes = (pd.Timestamp(first["saved_utc"]) - begun) / pd.Timedelta(minutes=1)
        looks[column] = Look(int(newest[column]), int(minutes))
    zone = str(newest["tz"]) if _is_known(newest["tz"]) else "UTC"
    return Urge(day(pd.Timestamp(newest["local_date"]), today), begun.tz_convert(zone).strftime("%H:%M"), looks)


def _middle(whole: list[Urge]) -> list[tuple[int, float]]:
    found = []
    for column, minutes in STEPS.items():
        values = [urge.looks[column].value for urge in whole if column in urge.looks]
        if len(values) >= FEWEST:
            found.append((minutes, float(pd.Series(values).median())))
    return found


def _sentence(falls: "pd.Series[float]", n: int) -> str:
    if not n:
        return ""
    looked = f"{count(n, 'urge', 'urges')} so far, {len(falls) or 'none'} with a look after half an hour."
    if len(falls) < FEWEST:
        return f"{looked} Once there are three such looks, their middle is shown here."
    return f"{looked} At the middle of these {len(falls)}, the pull was {_lower(falls.median())} then, {_range(falls)}."


def _lower(fall: float) -> str:
    if not fall:
        return "as strong as before"
    points = "point" if abs(fall) == 1 else "points"
    return f"{number(abs(fall))} {points} {'lower' if fall > 0 else 'higher'}"


def _range(falls: "pd.Series[float]") -> str:
    least, most = falls.min(), falls.max()
    if least == most:
        return "each time alike"
    if least > 0:
        return f"between {number(least)} and {number(most)} points lower"
    return f"from {_lower(least)} to {_lower(most)}"


def _reason(reasons: list[str]) -> str:
    """The reason that came most often, in her words; "" where none came twice."""
    counts = pd.Series([reason for reason in reasons if reason], dtype="string").value_counts()
    return str(counts.index[0]) if len(counts) and counts.iloc[0] > 1 else ""


def _is_often(days: "pd.Series[pd.Timestamp]", today: pd.Timestamp) -> bool:
    counts = days.value_counts()
    many = set(counts[counts >= MANY].index)
    ends = (today, today - pd.Timedelta(days=1))
    return any(all(end - pd.Timedelta(days=back) in many for back in range(RUNNING)) for end in ends)
