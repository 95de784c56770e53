"""Entries as DataFrames: the columns and dtypes the catalogue declares, also for an empty table."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pandas as pd

from widgets.catalogue import Column, Table

from .entry import BRANCHES, Entry, to_moment

MOMENT, DAY = "datetime64[us, UTC]", "datetime64[us]"
DATED = {"date": DAY, "moment": MOMENT}


def frame_of(table: Table, entries: Iterable[Entry], *, history: bool = False) -> pd.DataFrame:
    """One row an entry, in the order given; for a child table, one row for each row inside its parents' entries.

    Columns: entry_id string, revision Int64, created_utc and saved_utc datetime64[us, UTC], local_date datetime64[us],
    tz string, late boolean, branch_then category (history: and withdrawn boolean; child table: and row Int64, from 1),
    then the items. A value that no longer fits its declaration is NA; a code that is no longer declared is kept.
    """
    lines = [(entry, 0, entry.answers) for entry in entries]
    if table.parent:
        item = table.parent[1]
        lines = [
            (entry, number, row) for entry, _, answers in lines for number, row in enumerate(answers.get(item) or (), 1)
        ]
    owners = [entry for entry, _, _ in lines]
    columns: dict[str, Any] = {
        "entry_id": pd.array([e.entry_id for e in owners], dtype="string"),
        "revision": pd.array([e.revision for e in owners], dtype="Int64"),
        "created_utc": pd.Series([e.created_utc for e in owners], dtype=MOMENT),
        "saved_utc": pd.Series([e.saved_utc for e in owners], dtype=MOMENT),
        "local_date": pd.Series([e.local_date for e in owners], dtype=DAY),
        "tz": pd.array([e.tz for e in owners], dtype="string"),
        "late": pd.array([e.late for e in owners], dtype="boolean"),
        "branch_then": pd.Categorical([e.branch_then for e in owners], categories=BRANCHES, ordered=True),
    }
    if history:
        columns["withdrawn"] = pd.array([e.withdrawn for e in owners], dtype="boolean")
    if table.parent:
        columns["row"] = pd.array([number for _, number, _ in lines], dtype="Int64")
    for column in table.columns:
        columns[column.name] = _values(column, [answers.get(column.name) for _, _, answers in lines])
    return pd.DataFrame(columns)


def _values(column: Column, values: Sequence[Any]) -> Any:
    fitting = [_fitting(column.dtype, value) for value in values]
    if column.dtype == "category":
        stray = dict.fromkeys(v for v in fitting if v is not None and v not in column.codes)
        return pd.Categorical(fitting, categories=[*column.codes, *stray], ordered=True)
    if column.dtype in DATED:
        return pd.Series(fitting, dtype=DATED[column.dtype])
    if column.dtype == "list":
        return pd.Series(fitting, dtype="object")
    return pd.array(fitting, dtype=column.dtype)  # type: ignore[call-overload]


def _whole(value: Any) -> int:
    if isinstance(value, bool) or int(value) != value:
        raise ValueError("not a whole number")
    return int(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("not a flag")
    return value


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("not a list")
    return value


_FIT: dict[str, Callable[[Any], Any]] = {
    "Int64": _whole,
    "Float64": float,
    "boolean": _flag,
    "string": str,
    "category": str,
    "list": _listed,
    "date": dt.datetime.fromisoformat,
    "moment": to_moment,
}


def _fitting(dtype: str, value: Any) -> Any:
    """The value in this dtype; None where it is NA or was written under another declaration."""
    if value is None:
        return None
    try:
        return _FIT[dtype](value)
    except (TypeError, ValueError):
        return None
