"""What the tests of section 5 share: an afternoon, an open way, a line in the log."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.pages.test_desk import SAFE, desk, save
from tests.pages.test_lonely_or_love import LONDON, Movable, days_pass
from widgets.catalogue import Wording
from widgets.journal import Journal, open_journal
from widgets.pages.shows import content

NOON = dt.datetime(2026, 10, 5, 12, tzinfo=LONDON)  # a Monday
OUT = {"dir": "out", "kind": "message", "started_by": "her"}
IN = {"dir": "in", "kind": "message", "started_by": "her"}


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = open_journal(f"sqlite:///{tmp_path / 'journal.sqlite'}")
    opened.clock = Movable(NOON)
    yield opened
    opened.close()


@pytest.fixture
def open_way(journal: Journal) -> Journal:
    """A journal in which nothing closes the way to a message."""
    journal.clock.at = NOON - dt.timedelta(minutes=1)
    save(desk(journal, "safe-start"), SAFE)
    choose(journal, "try")
    return journal


def log(journal: Journal, **answers: Any) -> dict[str, Any]:
    reply = save(desk(journal, "contact-log"), answers)
    assert reply.get("ok", True), reply
    return reply["entry"]


def shown(journal: Journal, name: str) -> dict[str, Any]:
    return content(name, journal, Wording())


def choose(journal: Journal, choice: str, **more: Any) -> None:
    """A choice, a minute after whatever stood before it."""
    days_pass(journal, 1 / 1440)
    journal.save("decisions", {"choice": choice, **more})


def lamp(journal: Journal) -> dict[str, Any]:
    """The light's block; none stands where nobody asks for leave."""
    return next((b for b in shown(journal, "light")["blocks"] if b["kind"] == "light"), {"state": None})
