"""Tables as rows of plain values, from whatever kind of frame they come in; all that is wrong is told at once."""

import datetime as dt
import numbers
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from .checkins import HIGH, LOW, as_days

Row = dict[str, Any]
Kind = Callable[[Iterable[Any]], tuple[list[Any], str]]  # a column -> its values, None for NA; and what is wrong or ""

DAY = pd.Timedelta(days=1)
NEVER = pd.Timestamp("1900-01-01", tz="UTC")  # before everything that is told


class Reader:
    """Reads one table after another and remembers every fault; `check` raises them in one ValueError."""

    def __init__(self) -> None:
        self._faults: list[str] = []

    def rows(self, name: str, frame: pd.DataFrame | None, needed: "Columns", optional: "Columns") -> list[Row]:
        """The rows in a time order of their own, so that theirs does not matter; [] for a table without rows.

        What a journal adds to every table (entry_id, revision, times, tz, late, withdrawn) may be there or not.
        """
        if frame is None or not len(frame):
            return []
        missing = [column for column in needed if column not in frame.columns]
        if missing:
            self._faults.append(f"{name}: no column {', '.join(missing)}")
        columns, wrong = {}, []
        for column, kind in (COMMON | dict(needed) | dict(optional)).items():
            values = frame[column] if column in frame.columns else [None] * len(frame)
            columns[column], fault = kind(values)
            if fault:
                wrong.append(f"{column} {fault}")
        if wrong:
            self._faults.append(f"{name}: {'; '.join(wrong)}")
        if missing or wrong:
            return []
        rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
        return sorted(rows, key=_in_time)

    def check(self) -> None:
        """Raise a ValueError that names every missing column and every column with an absurd value; quotes nothing."""
        if self._faults:
            raise ValueError(f"{'. '.join(self._faults)}.")


def current(rows: list[Row]) -> list[Row]:
    """The newest revision of each entry, without those that are withdrawn. rows: as `Reader.rows` gives them."""
    kept = {id(revisions[-1]) for revisions in by_entry(rows) if not revisions[-1]["withdrawn"]}
    return [row for row in rows if id(row) in kept]


def by_entry(rows: list[Row]) -> list[list[Row]]:
    """The revisions of each entry, oldest first; a row without an entry_id is an entry of its own."""
    entries: dict[str | int, list[Row]] = {}
    for position, row in enumerate(rows):
        entries.setdefault(row["entry_id"] or position, []).append(row)
    return [sorted(revisions, key=lambda row: row["revision"] or 0) for revisions in entries.values()]


def saved(row: Row) -> pd.Timestamp | None:
    """When this revision was written, as far as the row tells."""
    at: pd.Timestamp | None = row["saved_utc"] if row["saved_utc"] is not None else row["created_utc"]
    return at


def created(row: Row) -> pd.Timestamp | None:
    """When the entry was begun, as far as the row tells."""
    at: pd.Timestamp | None = row["created_utc"] if row["created_utc"] is not None else row["saved_utc"]
    return at


def ids(rows: Iterable[Row]) -> tuple[str, ...]:
    """The entries these rows belong to, each once."""
    return tuple(dict.fromkeys(row["entry_id"] for row in rows if row["entry_id"]))


def _in_time(row: Row) -> tuple[Any, ...]:
    everything = repr(sorted((name, repr(value)) for name, value in row.items()))  # ties: an order that is not theirs
    return (saved(row) or NEVER, row["revision"] or 0, created(row) or NEVER, everything)


def is_na(value: Any) -> bool:
    """Whether one value of a column says nothing: None, NaN, NaT or NA. A list says something, an empty one too."""
    return bool(pd.api.types.is_scalar(value) and pd.isna(value))


def moments(values: Iterable[Any]) -> tuple[list[Any], str]:
    """Timestamps, datetimes or ISO text as moments in UTC; without a zone they are taken as UTC."""
    return _each(values, _moment, "what is not a moment")


def days(values: Iterable[Any]) -> tuple[list[Any], str]:
    """Dates in any form as dates."""
    found, fault = as_days(values)
    return [None if np.isnat(day) else day.astype(object) for day in found], fault


def flags(values: Iterable[Any]) -> tuple[list[Any], str]:
    """True, False, or 1 and 0 of any type, as booleans."""
    return _each(values, _flag, "what is neither true nor false")


def texts(values: Iterable[Any]) -> tuple[list[Any], str]:
    """Strings, as they are."""
    return _each(values, _text, "what is not text")


def scales(values: Iterable[Any]) -> tuple[list[Any], str]:
    """Numbers on the scale of the check-ins, both ends in, as floats."""
    return _each(values, _scale, f"what is not a number from {LOW} to {HIGH}")


def codes(*known: str) -> Kind:
    """A column of these codes."""

    def kind(values: Iterable[Any]) -> tuple[list[Any], str]:
        """Each as a string; a code that is not among them is a fault."""
        return _each(values, lambda value: _code(value, known), f"what is none of {', '.join(known)}")

    return kind


def lists(values: Iterable[Any]) -> tuple[list[Any], str]:
    """Lists of codes; NA is None, and an empty list is one."""
    return _each(values, _listed, "what is not a list of codes")


def _each(values: Iterable[Any], read: Callable[[Any], Any], wrong: str) -> tuple[list[Any], str]:
    found, fault = [], ""
    for value in values:
        try:
            found.append(None if is_na(value) else read(value))
        except (TypeError, ValueError, OverflowError):
            found.append(None)
            fault = f"holds {wrong}"
    return found, fault


def _moment(value: Any) -> pd.Timestamp:
    if isinstance(value, str):
        value = dt.datetime.fromisoformat(value)  # nothing looser: "now" would ask the clock
    if not isinstance(value, dt.datetime | np.datetime64):
        raise TypeError
    at = pd.Timestamp(value)
    return at.tz_localize("UTC") if at.tzinfo is None else at.tz_convert("UTC")


def _flag(value: Any) -> bool:
    if not isinstance(value, bool | np.bool_ | numbers.Real) or value not in (0, 1):
        raise TypeError
    return bool(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _scale(value: Any) -> float:
    if isinstance(value, bool | np.bool_) or not isinstance(value, numbers.Real) or not LOW <= float(value) <= HIGH:
        raise ValueError
    return float(value)


def _whole(value: Any) -> int:
    if int(value) != value:
        raise ValueError
    return int(value)


def _code(value: Any, known: tuple[str, ...]) -> str:
    if value not in known:
        raise ValueError
    return str(value)


def _listed(value: Any) -> tuple[str, ...]:
    if isinstance(value, str) or not all(isinstance(code, str) for code in value):
        raise TypeError
    return tuple(value)


def _ignored_or_text(values: Iterable[Any]) -> tuple[list[Any], str]:
    return [None if is_na(value) else str(value) for value in values], ""


Columns = Mapping[str, Kind]
COMMON: dict[str, Kind] = {
    "entry_id": _ignored_or_text,
    "revision": lambda values: _each(values, _whole, "what is not a whole number"),
    "created_utc": moments,
    "saved_utc": moments,
    "local_date": days,
    "tz": _ignored_or_text,
    "late": flags,
    "withdrawn": flags,
}
