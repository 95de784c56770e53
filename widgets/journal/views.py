"""A view per table, `v_<table>`, that shows the current rows with typed columns to other tools."""

import hashlib
from collections.abc import Iterable

from sqlalchemy import Connection

from widgets.catalogue import ENTRY_COLUMNS, Column, Table

KINDS = {"Int64": "INTEGER", "Float64": "REAL", "boolean": "INTEGER"}
NEWEST = "(SELECT max(n.revision) FROM entries n WHERE n.entry_id = e.entry_id)"


def definitions(tables: Iterable[Table]) -> dict[str, str]:
    """View name -> the statement that makes it."""
    return {f"v_{table.name}": _definition(table) for table in tables}


def version(views: dict[str, str]) -> str:
    """Says which views these are, in a few letters."""
    return hashlib.blake2b("\n".join(views.values()).encode(), digest_size=8).hexdigest()


def refresh(connection: Connection, views: dict[str, str]) -> None:
    """Make the file's views these, and no others of ours."""
    old = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'view' AND substr(name, 1, 2) = 'v_'")
    for name in old.scalars().all():
        connection.exec_driver_sql(f'DROP VIEW IF EXISTS "{name}"')
    for statement in views.values():
        connection.exec_driver_sql(statement)


def _definition(table: Table) -> str:
    frame = [f"e.{name}" for name in ENTRY_COLUMNS]
    source, where = "entries e", table.name
    answers = "e.answers"
    if table.parent:
        where, item = table.parent
        source += f", json_each(e.answers, '$.{item}') r"
        frame.append('r.key + 1 AS "row"')
        answers = "r.value"
    columns = [*frame, *(_column(column, answers) for column in table.columns)]
    return (
        f'CREATE VIEW "v_{table.name}" AS SELECT {", ".join(columns)} FROM {source} '  # noqa: S608 - names of the catalogue
        f"WHERE e.\"table\" = '{where}' AND e.revision = {NEWEST} AND e.withdrawn = 0"
    )


def _column(column: Column, answers: str) -> str:
    return f"CAST(json_extract({answers}, '$.{column.name}') AS {KINDS.get(column.dtype, 'TEXT')}) AS \"{column.name}\""
