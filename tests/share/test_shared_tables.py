"""What is shared of a journal is asked for as the journal is, and gives the same parts."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from widgets.journal import Journal, Tables, UnknownTable
from widgets.share import SharedTables

LAST = dt.date(2026, 11, 20)
SINCE = dt.datetime(2026, 11, 10, tzinfo=dt.UTC)
ASKED: dict[str, Callable[[Tables], Any]] = {
    "on": lambda tables: tables.entries("checkins", on=[LAST]),
    "since": lambda tables: tables.entries("checkins", since=SINCE),
    "says": lambda tables: tables.entries("letters", says={"kind": "self"}),
    "open_on": lambda tables: tables.entries("letters", open_on=LAST),
    "ids": lambda tables: tables.entries("boxes", ids=[e.entry_id for e in tables.entries("boxes")[1:3]]),
    "newest": lambda tables: tables.entries("checkins", newest=3),
    "withdrawn": lambda tables: tables.entries("boxes", withdrawn=True),
    "the newest": lambda tables: tables.newest("checkins"),
    "has": lambda tables: tables.newest("checkins", has="note"),
    "suits": lambda tables: tables.newest("checkins", suits=lambda entry: (entry.answers["lonely"] or 0) > 7),
    "newest_days": lambda tables: tables.newest_days("checkins", 4, LAST),
    "table": lambda tables: tables.table("checkins", newest=9, columns=["local_date", "lonely"]),
    "a child": lambda tables: tables.table("premortem_reasons"),
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_a_part_of_what_is_shared_is_that_of_the_journal(sample: Journal, ask: Callable[[Tables], Any]) -> None:
    """Where all of it is shared."""
    every = {name: sample.entries(name) for name, table in sample.catalogue.tables.items() if not table.parent}
    given, there = ask(SharedTables(sample.catalogue, sample.clock.now(), every)), ask(sample)
    if isinstance(there, pd.DataFrame):
        pd.testing.assert_frame_equal(given, there)
    else:
        assert given == there
    assert len(there) if isinstance(there, list | pd.DataFrame) else there


def test_the_history_of_what_is_shared_has_one_version_of_each(sample: Journal) -> None:
    """Of those saved since then, in these columns; and a table that is not declared is nobody's."""
    shared = SharedTables(sample.catalogue, sample.clock.now(), {"checkins": sample.entries("checkins")})
    late = shared.history("checkins", since=SINCE, columns=["entry_id", "withdrawn"])
    assert late["entry_id"].to_list() == [e.entry_id for e in sample.entries("checkins", since=SINCE)]
    assert not late["withdrawn"].any()
    with pytest.raises(UnknownTable):
        shared.table("nothing")
