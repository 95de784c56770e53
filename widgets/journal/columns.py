"""A few columns of a long table, without making an entry of each row: for figures over years of check-ins.

Each row is still held against its checksum. Where one does not fit, nothing is given: then the table is read entry by
entry, so that an earlier version can stand in.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from widgets.catalogue import Table

from . import sqlite
from .entry import SEALED, is_whole
from .frames import DAY, values_of

DATE = "local_date"
AT_ONCE = 250  # rows
ID, REVISION, ANSWERS, CREATED, ABOUT, WITHDRAWN = map(
    SEALED.index, ("entry_id", "revision", "answers", "created_utc", DATE, "withdrawn")
)
_KEPT = ", ".join(f'"{name}"' for name in (*SEALED, "checksum"))
_ASKED = f'SELECT {_KEPT}, number FROM entries WHERE "table" = ? AND number > ? ORDER BY number'  # noqa: S608 - our schema


# an entry's newest revision, a plain tuple because there are very many: created, number of the entry's first row,
# revision, withdrawn, day, answers
_Line = tuple[str, int, int, int, str, tuple[Any, ...]]


class Columns:
    """The day and some items of a table's entries. It reads each row once, and later only those that were appended."""

    def __init__(self, table: Table, names: Sequence[str]) -> None:
        self._table = table
        self._names = tuple(names)
        self._items = [name for name in names if name != DATE]
        self._last = 0
        self._lines: dict[str, _Line] = {}

    @staticmethod
    def can_give(table: Table, names: Sequence[str]) -> bool:
        """Whether these columns can be read like this: the day, and items of a table whose entries are its rows."""
        return table.parent is None and {*names} <= {DATE, *(column.name for column in table.columns)}

    def frame(self, connection: Connection) -> pd.DataFrame | None:
        """The columns as `frame_of` would give them of the current rows; None where one is not what was written."""
        try:
            for rows in _rows(connection, self._table.name, self._last):
                if not all(is_whole(row[:-1]) for row in rows):
                    return None
                self._take(rows)
        except sqlite.DATABASE_ERRORS:  # text that is none; who reads it the other way is told what it is
            return None
        lines = sorted(line for line in self._lines.values() if not line[3])
        said = [*zip(*(line[5] for line in lines), strict=True)] or [()] * len(self._items)
        declared = {column.name: column for column in self._table.columns}
        found = {name: values_of(declared[name], values) for name, values in zip(self._items, said, strict=True)}
        found[DATE] = pd.Series(np.array([line[4] for line in lines], "datetime64[D]").astype(DAY))
        return pd.DataFrame({name: found[name] for name in self._names})

    def _take(self, rows: list[tuple[Any, ...]]) -> None:
        answers = json.loads(f"[{','.join(row[ANSWERS] for row in rows)}]")  # each is what was written
        for row, given in zip(rows, answers, strict=True):
            before = self._lines.get(row[ID])
            if before is None or before[2] < row[REVISION]:
                begun, said = before[1] if before else row[-1], tuple(map(given.get, self._items))
                self._lines[row[ID]] = row[CREATED], begun, row[REVISION], row[WITHDRAWN], row[ABOUT], said
            self._last = row[-1]


def _rows(connection: Connection, table: str, after: int) -> Iterator[list[tuple[Any, ...]]]:
    """Its revisions with a number after this one, some at a time: done with before the next come, they stay at hand."""
    raw: Any = connection.connection.driver_connection
    lenient, raw.text_factory = raw.text_factory, str  # much quicker than the way that forgives what is no text
    try:
        found = raw.execute(_ASKED, (table, after))
        while rows := found.fetchmany(AT_ONCE):
            yield rows
    finally:
        raw.text_factory = lenient
