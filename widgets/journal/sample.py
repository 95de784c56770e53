"""The invented reader: her weeks, kept as one CSV a table, moved into a journal as if she had written them then."""

import csv
import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from widgets.catalogue import Catalogue, Column, InvalidEntry, Table, read_yaml

from .clock import Clock
from .errors import NotTheSample, SampleFault
from .journal import Journal

NONE = "none"  # in a cell of choices: the exclusive “none of these”
FRAME = ("created_local", "tz", "revises", "withdrawn", "of")


@dataclass(frozen=True)
class Line:
    """One line of a CSV: what was done to which entry, when, and where that stands."""

    path: Path
    number: int  # in the file; the header is line 1
    table: str
    entry_id: str
    moment: dt.datetime  # aware, in her zone
    answers: dict[str, Any]
    revises: bool
    withdrawn: bool


class _Then(Clock):
    """A clock that shows the moment a line was written."""

    moment: dt.datetime

    def now(self) -> dt.datetime:
        return self.moment


def load_sample(
    journal: Journal, folder: Path, *, ending: dt.date | None = None, until: dt.datetime | None = None
) -> None:
    """Write the sample reader's weeks into an empty journal, each line at its own time, and mark it as the sample.

    `folder`/<table>.csv has `created_local` (ISO, without offset), `tz`, the items (choices as a;b or none, yes or no,
    moments as the clock in that zone showed them, empty = NA), and if wanted `revises` (number of the row, from 1 under
    the header, that this one replaces) and `withdrawn` (yes). A child table's rows name their parent's row in `of`
    instead of a time. All days move together so that the newest line falls on `ending` (None: as sample.yaml's `ending`
    says, else not at all); lines after `until` are left out.
    Raises NotTheSample, SampleFault.
    """
    catalogue = journal.catalogue
    if journal.written_tables():
        raise NotTheSample(journal.place)
    lines = [
        line
        for name, table in catalogue.tables.items()
        if not table.parent
        for line in _lines(folder, name, table, catalogue)
    ]
    lines = _moved(lines, ending or _declared_ending(folder), catalogue)
    own, then = journal.clock, _Then()
    journal.clock = then
    try:
        for line in sorted(lines, key=lambda line: line.moment):
            if until is None or line.moment <= until:
                then.moment = line.moment
                _write(journal, line)
    finally:
        journal.clock = own
    journal.mark_as_sample()


def _write(journal: Journal, line: Line) -> None:
    try:
        if line.revises and not line.withdrawn:
            journal.revise(line.entry_id, line.answers)
        elif not line.revises:
            journal.save(line.table, line.answers, line.entry_id)
    except InvalidEntry as fault:
        raise SampleFault(line.path, line.number, str(fault)) from None
    if line.withdrawn:
        journal.withdraw(line.entry_id)


def _lines(folder: Path, name: str, table: Table, catalogue: Catalogue) -> Iterator[Line]:
    path = folder / f"{name}.csv"
    ids: list[str] = []
    children = [(t, _children(folder, t)) for t in catalogue.tables.values() if t.parent and t.parent[0] == name]
    for number, row in enumerate(_rows(path, table), 1):
        first = int(row["revises"]) if row.get("revises") else number
        if first > number:
            raise SampleFault(path, number + 1, f"revises names row {first}, which comes later; name an earlier row.")
        ids.append(ids[first - 1] if first < number else str(uuid5(NAMESPACE_URL, f"sample/{name}/{number}")))
        answers = _answers(row, table)
        for child, groups in children:
            answers[child.parent[1] if child.parent else ""] = groups.get(str(number))
        yield Line(
            path,
            number + 1,
            name,
            ids[-1],
            _moment(path, number + 1, row),
            answers,
            first < number,
            row.get("withdrawn") == "yes",
        )


def _children(folder: Path, table: Table) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in _rows(folder / f"{table.name}.csv", table):
        groups.setdefault(row["of"], []).append(_answers(row, table))
    return groups


def _rows(path: Path, table: Table) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        unknown = set(reader.fieldnames or ()) - {*FRAME, *(c.name for c in table.columns)}
        if unknown:
            raise SampleFault(path, 1, f"{table.name} has no column {', '.join(sorted(unknown))}; take it out.")
        return list(reader)


def _answers(row: dict[str, str], table: Table) -> dict[str, Any]:
    return {column.name: _value(column, row[column.name], row) for column in table.columns if row.get(column.name)}


def _value(column: Column, cell: str, row: dict[str, str]) -> Any:
    if column.dtype == "list":
        return [] if cell == NONE else cell.split(";")
    if column.dtype == "moment":
        with suppress(KeyError, ValueError, OSError):
            return dt.datetime.fromisoformat(cell).replace(tzinfo=ZoneInfo(row["tz"]))
    return cell  # the catalogue reads the rest from text, or says what is wrong with it


def _moment(path: Path, number: int, row: dict[str, str]) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(row["created_local"]).replace(tzinfo=ZoneInfo(row["tz"]))
    except (KeyError, TypeError, ValueError, OSError):
        pass
    raise SampleFault(path, number, "created_local and tz need a time and a zone: 2026-11-22T21:14, Europe/Berlin.")


def ending_by(folder: Path, day: dt.date) -> dt.date:
    """The newest day up to this one on which the sample can end with every weekday as it is declared."""
    declared = _declared_ending(folder) or day
    return day - (day - declared) % dt.timedelta(weeks=1)


def _declared_ending(folder: Path) -> dt.date | None:
    path = folder / "sample.yaml"
    ending = (read_yaml(path) or {}).get("ending") if path.exists() else None
    return ending if isinstance(ending, dt.date) else None


def _moved(lines: list[Line], ending: dt.date | None, catalogue: Catalogue) -> list[Line]:
    if ending is None or not lines:
        return lines
    by = ending - max(line.moment for line in lines).date()
    return [
        replace(
            line,
            moment=line.moment + by,
            answers=_moved_answers(line.answers, catalogue.tables[line.table], catalogue, by),
        )
        for line in lines
    ]


def _moved_answers(answers: dict[str, Any], table: Table, catalogue: Catalogue, by: dt.timedelta) -> dict[str, Any]:
    """The same answers with every day in them moved, in child rows too."""
    days = {column.name for column in table.columns if column.dtype == "date"}
    children = {t.parent[1]: t for t in catalogue.tables.values() if t.parent and t.parent[0] == table.name}
    moved = {}
    for name, value in answers.items():
        if name in days:
            value = (dt.date.fromisoformat(value) + by).isoformat()
        elif isinstance(value, dt.datetime):
            value += by  # on her own clock: the hour stays, also over the end of summer time
        elif name in children:
            value = [_moved_answers(row, children[name], catalogue, by) for row in value or ()]
        moved[name] = value
    return moved
