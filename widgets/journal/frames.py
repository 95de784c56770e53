"""Entries as DataFrames: the columns and dtypes the catalogue declares, also for an empty table."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from types import NoneType
from typing import Any

import numpy as np
import pandas as pd

from widgets.catalogue import Column, Table

from .entry import BRANCHES, Entry, to_moment

MOMENT, DAY = "datetime64[us, UTC]", "datetime64[us]"
TEXT = pd.StringDtype("python")  # as Python reads patterns in it, whether or not pyarrow is installed
DATED = {"date": DAY, "moment": MOMENT}


def frame_of(
    table: Table, entries: Iterable[Entry], *, history: bool = False, columns: Sequence[str] | None = None
) -> pd.DataFrame:
    """One row an entry, in the order given; for a child table, one row for each row inside its parents' entries.

    Columns: entry_id string, revision Int64, created_utc and saved_utc datetime64[us, UTC], local_date datetime64[us],
    tz string, late boolean, branch_then category (history: and withdrawn boolean; child table: and row Int64, from 1),
    then the items. A value that no longer fits its declaration is NA; a code that is no longer declared is kept.
    columns: only these, in this order.
    """
    lines = [(entry, 0, entry.answers) for entry in entries]
    if table.parent:
        item = table.parent[1]
        lines = [
            (entry, number, row) for entry, _, answers in lines for number, row in enumerate(answers.get(item) or (), 1)
        ]
    owners = [entry for entry, _, _ in lines]
    makers: dict[str, Callable[[], Any]] = {
        "entry_id": lambda: pd.array([e.entry_id for e in owners], dtype=TEXT),
        "revision": lambda: pd.array([e.revision for e in owners], dtype="Int64"),
        "created_utc": lambda: pd.Series([e.created_utc for e in owners], dtype=MOMENT),
        "saved_utc": lambda: pd.Series([e.saved_utc for e in owners], dtype=MOMENT),
        "local_date": lambda: pd.Series([e.local_date for e in owners], dtype=DAY),
        "tz": lambda: pd.array([e.tz for e in owners], dtype=TEXT),
        "late": lambda: pd.array([e.late for e in owners], dtype="boolean"),
        "branch_then": lambda: pd.Categorical([e.branch_then for e in owners], categories=BRANCHES, ordered=True),
    }
    if history:
        makers["withdrawn"] = lambda: pd.array([e.withdrawn for e in owners], dtype="boolean")
    if table.parent:
        makers["row"] = lambda: pd.array([number for _, number, _ in lines], dtype="Int64")
    for column in table.columns:
        makers[column.name] = partial(_column, column, lines)
    return pd.DataFrame({name: makers[name]() for name in (makers if columns is None else columns)})


def _column(column: Column, lines: Iterable[tuple[Entry, int, Mapping[str, Any]]]) -> Any:
    return values_of(column, [answers.get(column.name) for _, _, answers in lines])


def values_of(column: Column, values: Sequence[Any]) -> Any:
    """A column's values as its dtype."""
    if column.dtype == "Int64" and {*map(type, values)} <= {int, NoneType}:
        with suppress(OverflowError):
            return _integers(values)
    fitting = [_fitting(column.dtype, value) for value in values]
    if column.dtype == "category":
        stray = dict.fromkeys(v for v in fitting if v is not None and v not in column.codes)
        return pd.Categorical(fitting, categories=[*column.codes, *stray], ordered=True)
    if column.dtype in DATED:
        return pd.Series(fitting, dtype=DATED[column.dtype])
    if column.dtype == "list":
        return pd.Series(fitting, dtype="object")
    if column.dtype == "string":
        return pd.array(fitting, dtype=TEXT)
    return pd.array(fitting, dtype=column.dtype)  # type: ignore[call-overload]


def _integers(values: Sequence[int | None]) -> Any:
    """The quick way for what almost every column of a long table holds."""
    mask = np.array([value is None for value in values], bool)
    return pd.arrays.IntegerArray(np.array([value or 0 for value in values], np.int64), mask)


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
