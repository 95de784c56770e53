"""The page of ours that is measured beside its peers: what the others show, it shows too, or nothing is measured."""

from pathlib import Path

import pytest

from benchmarks.hosts import served, store
from benchmarks.hosts.workbook import open_page


def test_the_figure_of_the_measured_page_follows_a_save(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All rows and their number; after an answer is saved in a form, one more."""
    served.make(tmp_path)
    monkeypatch.chdir(tmp_path)
    page = open_page()
    form, chart = page.exercise("mood-0"), page.chart()
    assert f"{store.ROWS} rows" in str(chart.answer({"do": "open"}))
    pushed: list[object] = []
    monkeypatch.setattr(chart, "push", pushed.append)
    saved = form.answer({"do": "save", "entry_id": "one", "seen": 0, "answers": {"lonely": 3, "longing": 4}})
    assert saved["ok"], saved
    assert f"{store.ROWS + 1} rows" in str(pushed)
    page.following.journal.close()
