"""One table as a file for other programs. What she wrote stays text there: none of it is a formula or a command."""

import io
import json
import re
from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from widgets.catalogue import Table

from .errors import UnknownKind

NONE = "none"  # in a cell: she ticked “none of these”; an empty cell is not answered
FORMULA = re.compile(
    r"^[=+\-@＝＋－＠'\t\r]"
)  # how a text begins that a spreadsheet would run, or that is marked already
LONGEST = 32_767  # letters in a cell of a spreadsheet
FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")  # in a sheet, and what stands for it
FIRST_YEAR = 1900  # of its calendar, and wrong there
WORST = 7  # letters that one letter may become there


def written(frame: pd.DataFrame, table: Table, kind: str) -> bytes:
    """The table as csv, xlsx, parquet or json. Raises UnknownKind."""
    if kind not in KINDS:
        raise UnknownKind(kind, KINDS)
    return KINDS[kind](frame, table)


def as_csv(frame: pd.DataFrame, table: Table) -> str:
    """A line a row. A text that a spreadsheet would run gets an apostrophe in front, and so does one that begins with
    an apostrophe: taking one away gives every text back.
    """
    flat = _flat(frame, table)
    for name in _texts(flat):
        flat[name] = flat[name].map(lambda text: FORMULA.sub(r"'\g<0>", text), na_action="ignore")
    return flat.to_csv(index=False, lineterminator="\r\n")


def _csv(frame: pd.DataFrame, table: Table) -> bytes:
    return as_csv(frame, table).encode("utf-8-sig")  # without the mark Excel takes it for another alphabet


def _xlsx(frame: pd.DataFrame, table: Table) -> bytes:
    """One sheet, every text a text cell. A text longer than a cell may be goes on in further columns: note (2), …"""
    from openpyxl import Workbook

    flat = _flat(frame, table)
    widths = {name: max((len(_cut(text)) for text in flat[name].dropna()), default=1) for name in _texts(flat)}
    book = Workbook(write_only=True)
    sheet = book.create_sheet(table.name[:31])
    heads = ((name, n) for name in flat.columns for n in range(1, widths.get(name, 1) + 1))
    sheet.append([name if n == 1 else f"{name} ({n})" for name, n in heads])
    for row in flat.itertuples(index=False, name=None):
        cells: list[Any] = []
        for name, value in zip(flat.columns, row, strict=True):
            is_missing = value is None or pd.isna(value)
            if name in widths:
                parts = [] if is_missing else _cut(value)
                cells += [_text_cell(sheet, part) for part in parts] + [None] * (widths[name] - len(parts))
            else:
                cells.append(None if is_missing else _plain(value))
        sheet.append(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _text_cell(sheet: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=FORBIDDEN.sub(lambda found: f"_x{ord(found[0]):04X}_", text))
    cell.data_type = "s"
    cell.quotePrefix = bool(FORMULA.match(text))  # it stays text when somebody edits the cell
    return cell


def _cut(text: str) -> list[str]:
    most = LONGEST if len(text) + (WORST - 1) * len(FORBIDDEN.findall(text)) <= LONGEST else LONGEST // WORST
    return [text[start : start + most] for start in range(0, len(text), most)] or [""]


def _plain(value: Any) -> Any:
    """A number, a flag, a day or a moment (in UTC) as a sheet takes it; its calendar begins in 1900."""
    if not isinstance(value, pd.Timestamp):
        return _native(value)
    if value.year <= FIRST_YEAR:
        return value.isoformat()
    return value.tz_localize(None).to_pydatetime() if value.tzinfo else value.date()


def _parquet(frame: pd.DataFrame, table: Table) -> bytes:
    """With its dtypes; pandas reads it back as it was, but for lists, which come back as arrays."""
    file = io.BytesIO()
    frame.to_parquet(file, engine="pyarrow", index=False)
    return file.getvalue()


def _json(frame: pd.DataFrame, table: Table) -> bytes:
    """`{"table", "columns": [{name, dtype, codes, label}], "rows": [{…}]}`; not answered is null, a day an ISO text."""
    labels = {column.name: {"codes": column.codes, "label": column.label} for column in table.columns}
    kinds = ((str(name), str(kind)) for name, kind in frame.dtypes.items())
    columns = [{"name": name, "dtype": kind, **labels.get(name, {})} for name, kind in kinds]
    rows = [
        {name: _value(value) for name, value in zip(frame.columns, row, strict=True)}
        for row in frame.itertuples(index=False, name=None)
    ]
    said = {"table": table.name, "columns": columns, "rows": rows}
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return value
    if value is None or pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.isoformat() if value.tzinfo else value.date().isoformat()
    return _native(value)


def _native(value: Any) -> Any:
    """Python's own number or flag for one of numpy's."""
    return value.item() if hasattr(value, "item") else value


def _flat(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """The same with lists as one text each: their codes, with semicolons between them."""
    flat = frame.copy()
    for column in table.columns:
        if column.dtype == "list":
            flat[column.name] = flat[column.name].map(_listed, na_action="ignore")
    return flat


def _listed(codes: Iterable[str]) -> str:
    return ";".join(codes) or NONE


def _texts(frame: pd.DataFrame) -> list[str]:
    return [str(name) for name, kind in frame.dtypes.items() if str(kind) in ("string", "object", "category")]


KINDS: dict[str, Callable[[pd.DataFrame, Table], bytes]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "parquet": _parquet,
    "json": _json,
}
