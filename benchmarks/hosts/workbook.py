"""The same page in the product: notebooks, declarations and a journal in a folder, and how they are served."""

import datetime as dt
import os
import shutil
import sys
from pathlib import Path

import nbformat
import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from benchmarks.hosts.store import EXERCISES, PASSAGE, seeded
from widgets.catalogue import DATA, Catalogue, load_catalogue
from widgets.controls import Reading
from widgets.controls.figures import dots_with_band
from widgets.journal import Clock, Journal, open_journal
from widgets.pages import Page

BEFORE, NAME = "01-what-happened", "02-lonely-or-love"  # a page of text only, and the one that is measured
ASKED = [
    {"id": "lonely", "type": "scale", "range": [0, 10], "ask": "How lonely?", "low": "not at all", "high": "much"},
    {
        "id": "longing",
        "type": "scale",
        "range": [0, 10],
        "ask": "How missed?",
        "low": "not at all",
        "high": "very",
    },
    {"id": "note", "type": "long-text", "ask": "A note"},
]


class BenchPage(Page):
    """A page of ours with the figure that all hosts show."""

    def chart(self) -> Reading:
        """All rows, and their number."""
        reading = Reading(self._all_rows, "All rows")
        self._readings.append(reading)
        return reading

    def _all_rows(self) -> dict[str, object]:
        assert self._journal is not None
        found = self._journal.table("moods")
        drawn = found[["lonely", "longing"]].dropna().astype(float)
        points = [(x, y, True) for x, y in drawn.itertuples(index=False)]
        figure = dots_with_band(
            points=points,
            band=[],
            title="All rows",
            description="",
            caption=f"{len(found)} rows",
            x_name="Lonely",
            y_name="Missed",
            table={"caption": "All rows", "head": ["Lonely"], "rows": []},
        )
        return {"title": "So far", "blocks": [figure], "cannot_tell": ""}


class _DaysAgo(Clock):
    """The clock of an earlier day."""

    def __init__(self, days: int) -> None:
        super().__init__()
        self._back = dt.timedelta(days=days)

    def now(self) -> dt.datetime:
        return super().now() - self._back


def open_page() -> BenchPage:
    """The page over the journal beside the notebooks."""
    catalogue, journal = _opened(Path.cwd())
    return BenchPage(NAME, catalogue, journal)


def make(folder: Path) -> None:
    """The notebooks in `folder`, the declarations and the journal beside them."""
    shutil.copytree(DATA, folder / "data", ignore=shutil.ignore_patterns("journal"))
    exercises = [
        {"id": f"mood-{i}", "table": "moods", "title": f"Exercise {i + 1}", "kind": "series", "items": ASKED}
        for i in range(EXERCISES)
    ]
    with (folder / "data" / "exercises" / f"{NAME}.yaml").open("a", encoding="utf-8") as declared:
        yaml.safe_dump(exercises, declared)
    _, journal = _opened(folder)
    now, rows = journal.clock, seeded()
    for number, (lonely, longing) in enumerate(rows):
        journal.clock = _DaysAgo(len(rows) - number)  # as in a journal, where a row is a day
        journal.save("moods", {"lonely": lonely, "longing": longing})
    journal.clock = now
    journal.close()
    begin = new_code_cell("from benchmarks.hosts.workbook import open_page\n\npage = open_page()")
    exercises = [
        cell
        for i in range(EXERCISES)
        for cell in (new_markdown_cell(f"{PASSAGE}"), _shown(f'page.exercise("mood-{i}")', f"Exercise {i + 1}"))
    ]
    cells = [new_markdown_cell("# Second thoughts"), begin, *exercises, new_code_cell("page.chart()")]
    _write(folder / f"{NAME}.ipynb", cells)
    _write(folder / f"{BEFORE}.ipynb", [new_markdown_cell(f"# The page before\n\n[Next]({NAME}.ipynb)")])


def _opened(folder: Path) -> tuple[Catalogue, Journal]:
    catalogue = load_catalogue(folder / "data")
    return catalogue, open_journal(f"sqlite:///{folder / 'rows.sqlite'}", catalogue=catalogue)


def _shown(source: str, title: str) -> nbformat.NotebookNode:
    output = new_output("execute_result", {"text/plain": title}, execution_count=1)
    return new_code_cell(source, outputs=[output], execution_count=1)


def _write(path: Path, cells: list[nbformat.NotebookNode]) -> None:
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(new_notebook(cells=cells, metadata=kernel), path)


if __name__ == "__main__":  # FOLDER PORT: serve what `make` made there
    from widgets.app.serving import serve_workbook

    os.chdir(sys.argv[1])
    serve_workbook(Path.cwd(), int(sys.argv[2]))
