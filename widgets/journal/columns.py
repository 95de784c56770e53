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
ANSWERS, CREATED, ABOUT, WITHDRAWN = map(SEALED.index, ("answers", "created_utc", DATE, "withdrawn"))
_KEPT = ", ".join(f'"{name}"' for name in (*SEALED, "checksum"))
_BEGUN = "(SELECT min(f.number) FROM entries f WHERE f.entry_id = e.entry_id)"
_NEWEST = "NOT EXISTS (SELECT 1 FROM entries n WHERE n.entry_id = e.entry_id AND n.revision > e.revision)"
_ASKED = (
    f"SELECT {_KEPT}, CASE WHEN revision = 1 THEN number ELSE {_BEGUN} END "  # noqa: S608 - names of the schema
    f'FROM entries e WHERE "table" = ? AND {_NEWEST}'
)


def can_give(table: Table, columns: Sequence[str]) -> bool:
    """Whether these columns can be read like this: the day, and items of a table whose entries are its rows."""
    return table.parent is None and {*columns} <= {DATE, *(column.name for column in table.columns)}


def _rows(raw: Any, table: str) -> Iterator[tuple[Any, ...]]:
    """Its newest revisions, with their entries' first numbers; text that is none ends it."""
    lenient, raw.text_factory = raw.text_factory, str  # much quicker; who falls back reads the lenient way
    try:
        yield from raw.execute(_ASKED, (table,))
    finally:
        raw.text_factory = lenient


def read(connection: Connection, table: Table, columns: Sequence[str]) -> pd.DataFrame | None:
    """These columns of the current rows, as `frame_of` would give them; None where a row is not what was written."""
    raw: Any = connection.connection.driver_connection
    items = [name for name in columns if name != DATE]
    places: list[tuple[str, int]] = []
    dates: list[str] = []
    texts: list[str] = []
    try:
        for row in _rows(raw, table.name):
            if not is_whole(row[:-1]):
                return None
            if not row[WITHDRAWN]:
                places.append((row[CREATED], row[-1]))
                dates.append(row[ABOUT])
                texts.append(row[ANSWERS])
        said = json.loads(f"[{','.join(texts)}]")  # each is what was written, so together they are a list
    except (*sqlite.DATABASE_ERRORS, ValueError):
        return None
    order = sorted(range(len(places)), key=places.__getitem__)
    declared = {column.name: column for column in table.columns}
    found: dict[str, Any] = {name: values_of(declared[name], [said[n].get(name) for n in order]) for name in items}
    found[DATE] = pd.Series(np.array([dates[n] for n in order], "datetime64[D]").astype(DAY))
    return pd.DataFrame({name: found[name] for name in columns})
