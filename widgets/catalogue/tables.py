"""Which columns and dtypes a table has: derived from the exercises that write to it."""

from collections.abc import Iterable
from dataclasses import dataclass

from .models import Exercise, Item

DTYPES = {
    "text": "string",
    "long-text": "string",
    "yes-no": "boolean",
    "date": "date",
    "moment": "moment",
    "choice": "category",
    "piles": "category",
    "choices": "list",
    "rank": "list",
}


@dataclass(frozen=True)
class Column:
    """One column. `dtype`: Int64, Float64, string, boolean, category (ordered), list, date (datetime64[us]) or moment
    (datetime64[us, UTC]).
    """

    name: str
    kind: str
    dtype: str
    label: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One table of the journal. `parent` is (table, item) where the rows live inside another table's entries."""

    name: str
    columns: tuple[Column, ...]
    exercises: tuple[str, ...] = ()
    parent: tuple[str, str] | None = None


def column_of(item: Item) -> Column:
    """The column an item's answers are kept in."""
    dtype = DTYPES.get(item.type) or ("Int64" if item.whole else "Float64")
    return Column(item.id, item.type, dtype, item.ask, tuple(item.choices))


def tables_of(exercises: Iterable[Exercise]) -> dict[str, Table]:
    """All tables by name. Exercises that share a table share its columns; rows get a table of their own."""
    tables: dict[str, Table] = {}
    for exercise in exercises:
        known = tables.get(exercise.table, Table(exercise.table, ()))
        names = {c.name for c in known.columns}
        new = tuple(column_of(i) for i in exercise.items if i.type != "rows" and i.id not in names)
        tables[exercise.table] = Table(exercise.table, known.columns + new, (*known.exercises, exercise.id))
        for item in exercise.items:
            if item.type == "rows" and item.table:
                columns = tuple(column_of(i) for i in item.items)
                tables[item.table] = Table(item.table, columns, (exercise.id,), (exercise.table, item.id))
    return tables


def table_faults(exercises: Iterable[Exercise]) -> list[tuple[str, str]]:
    """(exercise id, fault) where two exercises share a table but do not agree about it."""
    seen: dict[tuple[str, str], tuple[str, Column]] = {}
    faults = []
    for exercise in exercises:
        for item in (i for i in exercise.items if i.type != "rows"):
            column = column_of(item)
            owner, first = seen.setdefault((exercise.table, item.id), (exercise.id, column))
            if (first.dtype, first.codes) != (column.dtype, column.codes):
                faults.append(
                    (
                        exercise.id,
                        f"item {item.id}: exercise {owner} keeps it in table {exercise.table} as "
                        f"{first.dtype} with other codes; use the same type and codes, or another id",
                    )
                )
    return faults
