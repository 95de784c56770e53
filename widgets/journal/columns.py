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

from .entry import SEALED, is_whole
from .frames import DAY, values_of

DATE = "local_date"
_AT = {name: place for place, name in enumerate(SEALED)}
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
    lines: list[tuple[Any, ...]] = []
    for *kept, begun in _rows(raw, table.name):
        if not is_whole(kept):
            return None
        if not kept[_AT["withdrawn"]]:
            answers = json.loads(kept[_AT["answers"]])
            lines.append((kept[_AT["created_utc"]], begun, kept[_AT[DATE]], *map(answers.get, items)))
    lines.sort(key=lambda line: line[:2])
    _, _, dates, *answered = zip(*lines, strict=True) if lines else ((),) * (3 + len(items))
    declared = {column.name: column for column in table.columns}
    found = {name: values_of(declared[name], values) for name, values in zip(items, answered, strict=True)}
    found[DATE] = pd.Series(np.array(dates, "datetime64[D]").astype(DAY))
    return pd.DataFrame({name: found[name] for name in columns})
