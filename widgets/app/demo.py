"""The workbook of an invented reader, in a folder that is gone when the command ends."""

import os
import shutil
import tempfile
from datetime import date, datetime
from pathlib import Path

from widgets.catalogue import DATA

from .sample_day import EVENING, show_day
from .serving import NOTEBOOKS, serve_sample


def show_sample(on: date | None, port: int | None, *, browser: bool) -> None:
    """Serve the sample reader until interrupted, as she stood in the evening of `on`.

    None: on her last day, which then lies within the last week, every weekday as declared.
    """
    folder = Path(tempfile.mkdtemp(prefix="journal-"))
    try:
        _fill(folder, on)
        serve_sample(NOTEBOOKS, port, browser=browser)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _fill(folder: Path, on: date | None) -> None:
    from widgets.journal import open_journal
    from widgets.journal.sample import ending_by, load_sample

    ending = ending_by(DATA / "sample", datetime.now().astimezone().date())
    evening = datetime.combine(on or ending, EVENING).astimezone()
    url = f"sqlite:///{folder / 'journal.sqlite'}"
    journal = open_journal(url)
    load_sample(journal, DATA / "sample", **({"until": evening} if on else {"ending": ending}))
    journal.close()
    os.environ.update(WORKBOOK_JOURNAL=url, WORKBOOK_BACKUPS=str(folder / "backups"))
    show_day(evening)
