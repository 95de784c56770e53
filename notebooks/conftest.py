"""Under `pytest --nbval` the pages open a fresh copy of the sample reader's journal, at a fixed moment."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from widgets.journal.sample import load_sample

from widgets.catalogue import DATA
from widgets.journal import open_journal

MOMENT = {"WORKBOOK_NOW": "2026-11-22T21:00:00+00:00", "WORKBOOK_TZ": "Europe/London"}


def sample_environment(folder: Path) -> dict[str, str]:
    """The environment in which a page shows the sample reader; her journal is made in `folder`."""
    url = f"sqlite:///{folder / 'sample.sqlite'}"
    journal = open_journal(url)
    load_sample(journal, DATA / "sample", ending=None)
    journal.close()
    return {"WORKBOOK_JOURNAL": url, **MOMENT}


def pytest_configure(config: pytest.Config) -> None:
    if not config.getoption("nbval", default=False):
        return
    folder = Path(tempfile.mkdtemp(prefix="journal-"))
    before = dict(os.environ)
    os.environ.update(sample_environment(folder))

    def undo() -> None:
        os.environ.clear()
        os.environ.update(before)
        shutil.rmtree(folder, ignore_errors=True)

    config.add_cleanup(undo)
