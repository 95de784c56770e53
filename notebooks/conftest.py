"""Under `pytest --nbval` the pages open a fresh copy of the sample reader's journal, at a fixed moment."""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
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


@cache
def _sample() -> dict[str, str]:
    folder = Path(tempfile.mkdtemp(prefix="journal-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return sample_environment(folder)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Only while a cell of a page runs: other tests of this process have a clock and journals of their own."""
    with pytest.MonkeyPatch.context() as environment:
        if item.path.suffix == ".ipynb":
            for name, value in _sample().items():
                environment.setenv(name, value)
        return (yield)
