"""The shared tables as CSV, beside a notebook that draws them again with pandas and matplotlib alone."""

import csv
import io
import json
import re
import zipfile
from typing import Any

from widgets.catalogue import Item

from .answers import DAY, asked, fill, in_words, is_told, line_of
from .choose import Part
from .pieces import Document
from .sealing import BEGINNING_OF_TIME

NOTEBOOK, READ_ME = "notes.ipynb", "read-me.txt"
FORMULA = re.compile(r"^[=+\-@\t\r\n＝＋－＠]")  # what a spreadsheet would take for one
HOW = """This folder holds tables as CSV files (UTF-8) and a notebook that reads and draws them.

To run the notebook: Python with pandas, matplotlib and jupyter; then “jupyter notebook notes.ipynb”.
Nothing else is needed.
A text that begins with = + - or @ has an apostrophe before it, so that no spreadsheet takes it for a formula.
"""
SETUP = """import matplotlib.pyplot as plt
import pandas as pd

pd.set_option("display.max_colwidth", None)"""  # a text is read to its end
READ = """table = pd.read_csv({file!r})
table"""
READ_DAYS = """table = pd.read_csv({file!r}, parse_dates=["Day"])
table"""
DRAW = """daily = table.groupby("Day")[{columns!r}].mean()
axes = daily.plot(marker="o", linestyle="", subplots=True, figsize=(8, 2.2 * daily.shape[1]), legend=False)
for one, name in zip(axes, daily.columns):
    one.set_ylabel(name)
    one.set_ylim({low} - 0.5, {high} + 0.5)
plt.tight_layout()"""
BESIDE = """table.groupby("Day")[{columns!r}].mean().plot.scatter(x={columns[0]!r}, y={columns[1]!r})"""


def as_notebook(document: Document, parts: tuple[Part, ...]) -> bytes:
    """The zip."""
    files: dict[str, str] = {}
    notes = "\n".join(f"- {note}" for note in document.notes)
    cells = [_text(f"# {document.title}\n\n{notes}"), _code(SETUP)]
    for part in parts:
        head, rows = _rows(part)
        if not rows:
            continue
        name = f"{len(files) + 1:02d}-{_slug(fill(part.exercise.title))}.csv"
        files[name] = _csv(head, rows)
        cells += [
            _text(f"## {fill(part.exercise.title)}"),
            _code((READ_DAYS if head[0] == "Day" else READ).format(file=name)),
        ]
        cells += _figures(part)
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number:02d}"
    notebook = {"cells": cells, "metadata": {"language_info": {"name": "python"}}, "nbformat": 4, "nbformat_minor": 5}
    return zipped({NOTEBOOK: json.dumps(notebook, indent=1, ensure_ascii=False), **files, READ_ME: HOW})


def zipped(files: dict[str, str]) -> bytes:
    """Texts by name, as a zip that tells no time."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, BEGINNING_OF_TIME), text.encode(), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _rows(part: Part) -> tuple[list[str], list[list[Any]]]:
    """The table of an exercise: numbers as numbers, codes as labels."""
    by_day = part.exercise.kind == "series"
    items = [item for item in part.items if any(is_told(item, e.answers.get(item.id)) for e in part.told)]
    rows = [
        [
            *([entry.local_date.isoformat()] if by_day else []),
            *(_cell(item, entry.answers.get(item.id)) for item in items),
        ]
        for entry in part.told
    ]
    return [*(["Day"] if by_day else []), *map(asked, items)], rows


def _cell(item: Item, value: Any) -> Any:
    if not is_told(item, value):
        return ""
    if item.type in ("scale", "number"):
        return value
    if item.type == "rows":
        return _safe("; ".join(" · ".join(filter(None, line_of(item.items, row))) for row in value))
    if item.type in ("date", "moment"):
        return value[:DAY]
    return _safe(in_words(item, value))


def _safe(text: str) -> str:
    """No spreadsheet takes it for a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def _csv(head: list[str], rows: list[list[Any]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([list(map(_safe, head)), *rows])
    return text.getvalue()


def _figures(part: Part) -> list[dict[str, Any]]:
    """Of a series: its scales day by day, and the first two side by side."""
    scales = [i for i in part.items if i.type == "scale" and any(e.answers.get(i.id) is not None for e in part.entries)]
    if part.exercise.kind != "series" or not scales:
        return []
    columns = [asked(item) for item in scales]
    lows, highs = zip(*(item.range for item in scales if item.range), strict=True)
    cells = [_code(DRAW.format(columns=columns, low=min(lows), high=max(highs)))]
    return cells + ([_code(BESIDE.format(columns=columns))] if len(columns) > 1 else [])


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:40]


def _text(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def _code(source: str) -> dict[str, Any]:
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": source}
