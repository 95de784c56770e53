"""Which columns and dtypes a table has: derived from the exercises that write to it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .exercises import Exercise
from .items import Item

# what the journal says of each entry itself, before its answers
ENTRY_COLUMNS = ("entry_id", "revision", "created_utc", "saved_utc", "local_date", "tz", "late", "branch_then")
RESERVED = frozenset({*ENTRY_COLUMNS, "withdrawn", "row", "created_local", "revises", "of"})  # the last in data/sample
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


def table_faults(exercises: Sequence[Exercise]) -> list[tuple[str, str]]:
    """(exercise id, fault) where a table would be written in two ways."""
    return [*_disagreements(exercises), *_taken(exercises)]


def _disagreements(exercises: Sequence[Exercise]) -> Iterator[tuple[str, str]]:
    """Of exercises that share a table, and not what they mean by an item of it."""
    seen: dict[tuple[str, str], tuple[str, str]] = {}
    for exercise in exercises:
        for item in exercise.items:
            kept = "rows" if item.type == "rows" else " ".join((column_of(item).dtype, *column_of(item).codes))
            owner, first = seen.setdefault((exercise.table, item.id), (exercise.id, kept))
            if first != kept:
                yield (
                    exercise.id,
                    f"item {item.id}: exercise {owner} keeps it in table {exercise.table} as {first}, and this one as "
                    f"{kept}; use the same type and codes, or another id",
                )


def _taken(exercises: Sequence[Exercise]) -> Iterator[tuple[str, str]]:
    """Of rows that would be kept where something else is."""
    owners = {exercise.table: exercise.id for exercise in reversed(exercises)}
    for exercise in exercises:
        for item in exercise.items:
            if not item.table:
                continue
            if item.table in owners:
                yield (
                    exercise.id,
                    f"item {item.id}: table {item.table} is already that of exercise {owners[item.table]}; rows have a "
                    "table of their own, write another name",
                )
            owners.setdefault(item.table, exercise.id)
