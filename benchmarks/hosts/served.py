"""The product's page and journal as files in a folder, and how they are served: FOLDER PORT."""

import datetime as dt
import os
import sys
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from benchmarks.hosts.store import EXERCISES, PASSAGE, seeded
from benchmarks.hosts.workbook import NAME, opened
from widgets.journal import Clock

BEFORE = "01-what-happened"  # a page of text only, from which a reader comes


class _DaysAgo(Clock):
    """The clock of an earlier day."""

    def __init__(self, days: int) -> None:
        super().__init__()
        self._back = dt.timedelta(days=days)

    def now(self) -> dt.datetime:
        return super().now() - self._back


def make(folder: Path) -> None:
    """The notebooks in `folder`, and the journal beside them."""
    _, journal = opened(folder)
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
