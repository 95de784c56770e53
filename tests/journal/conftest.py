"""A small catalogue with one item of every kind, and a journal on it in a folder of its own."""

import datetime as dt
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from widgets.catalogue import Catalogue, load_catalogue
from widgets.journal import Clock, Journal, open_journal, sqlite

EXERCISES = """
- id: check-in
  table: checkins
  title: How is it
  kind: series
  items:
    - {id: lonely, type: scale, range: [0, 10], ask: lonely}
    - {id: felt, type: scale, range: [-5, 5], ask: felt}
    - {id: slept, type: number, range: [0, 24], ask: slept}
    - {id: company, type: choice, ask: company, choices: {alone: alone, friends: friends}}
    - {id: shared, type: choices, ask: shared, choices: {home: home, pets: pets}, none: none}
    - {id: order, type: rank, ask: order, choices: {one: one, two: two, three: three}}
    - {id: sober, type: yes-no, ask: sober}
    - {id: when, type: date, earliest: 0001-01-01, ask: when}
    - {id: at, type: moment, ask: at}
    - {id: note, type: text, ask: note}
    - {id: long, type: long-text, ask: long}
- id: decide
  table: decisions
  title: Decide
  kind: series
  items:
    - {id: choice, type: choice, ask: choice, choices: {try: try, not_yet: not yet, let_go: let go, undecided: open}}
    - {id: draft, type: yes-no, ask: draft}
    - id: lines
      type: rows
      ask: lines
      table: decision_lines
      items:
        - {id: words, type: text, ask: words}
        - {id: matters, type: scale, range: [0, 3], ask: matters}
- id: boxes
  table: boxes
  title: Boxes
  kind: list
  items:
    - {id: item, type: text, ask: item}
    - {id: box, type: piles, ask: box, choices: {fixed: fixed, mine: mine}}
"""


class StoppedClock(Clock):
    """A clock that a test turns on by hand."""

    def __init__(self, moment: dt.datetime) -> None:
        super().__init__()
        self.moment = moment

    def now(self) -> dt.datetime:
        return self.moment

    def turn(self, **by: float) -> None:
        self.moment += dt.timedelta(**by)


@pytest.fixture(scope="session")
def declared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the small catalogue."""
    folder = tmp_path_factory.mktemp("declared")
    (folder / "exercises").mkdir()
    (folder / "exercises" / "all.yaml").write_text(EXERCISES, "utf-8")
    return folder


@pytest.fixture(scope="session")
def catalogue(declared: Path) -> Catalogue:
    return load_catalogue(declared)


@pytest.fixture
def clock() -> StoppedClock:
    """Half past midnight on Sunday 22 November 2026 in Berlin: still Saturday in UTC."""
    return StoppedClock(dt.datetime(2026, 11, 22, 0, 30, tzinfo=ZoneInfo("Europe/Berlin")))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "journal.sqlite"


def reading(journal: Journal) -> Any:
    """Another page in the middle of reading: as long as its connection is there, what is saved stays in the log."""
    reader = sqlite.open_raw(Path(journal.place), journal._file.key, "mode=ro")
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM entries").fetchone()
    return reader


Opener = Callable[..., Journal]


@pytest.fixture
def opened(
    place: Path, catalogue: Catalogue, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Opener]:
    """Opens journals on the small catalogue, at `place` if no path is given, and closes them in the end."""
    monkeypatch.setenv("WORKBOOK_BACKUPS", str(tmp_path / "backups"))
    journals: list[Journal] = []

    def opener(path: Path = place, **more: object) -> Journal:
        journals.append(open_journal(f"sqlite:///{path}", **{"catalogue": catalogue, "clock": clock, **more}))
        return journals[-1]

    yield opener
    for journal in journals:
        journal.close()


@pytest.fixture
def journal(opened: Opener) -> Journal:
    return opened()


class Child:
    """A process of its own that does one thing, forked so that it need not import anything. Fork before opening."""

    def __init__(self, work: Callable[[], None]) -> None:
        reading, writing = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(reading)
            _do(work, writing)
        os.close(writing)
        self.output = os.fdopen(reading, encoding="utf-8")

    def finish(self) -> str:
        """What it still printed, once it has ended."""
        with self.output:
            rest = self.output.read()
        os.waitpid(self.pid, 0)
        return rest


def _do(work: Callable[[], None], writing: int) -> None:
    """The child's whole life: never back into the tests, whatever happens."""
    try:
        with os.fdopen(writing, "w", encoding="utf-8") as sys.stdout:
            work()
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(0)
