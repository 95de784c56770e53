"""Laws of the bundle: whatever a journal holds, another one holds after the import, to the dtype and the order."""

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.journal.conftest import StoppedClock, reading
from tests.journal.test_round_trip import answers
from widgets.catalogue import Catalogue
from widgets.journal import Journal, open_journal

TABLES = ("checkins", "decisions", "decision_lines", "boxes")
WHEN = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)

decision = st.fixed_dictionaries(
    {"choice": st.sampled_from(["try", "not_yet", "let_go"])},
    optional={
        "draft": st.none() | st.booleans(),
        "lines": st.lists(
            st.fixed_dictionaries({}, optional={"words": st.text(), "matters": st.integers(0, 3)}), max_size=3
        ),
    },
)
box = st.fixed_dictionaries({"item": st.text(min_size=1)}, optional={"box": st.sampled_from(["fixed", "mine"])})
written = (
    st.tuples(st.just("checkins"), answers)
    | st.tuples(st.just("decisions"), decision)
    | st.tuples(st.just("boxes"), box)
)
what = st.tuples(st.sampled_from(["save", "revise", "withdraw", "restore"]), st.integers(0, 5), written)
doings = st.lists(what, max_size=12)


@contextmanager
def journals(catalogue: Catalogue, count: int) -> Iterator[tuple[Path, StoppedClock, list[Journal]]]:
    """So many fresh journals, and a folder to put bundles in."""
    folder = Path(tempfile.mkdtemp(prefix="journal-"))
    clock = StoppedClock(WHEN)
    made = [open_journal(f"sqlite:///{folder}/{n}.sqlite", catalogue=catalogue, clock=clock) for n in range(count)]
    try:
        yield folder, clock, made
    finally:
        for journal in made:
            journal.close()
        shutil.rmtree(folder)


def do(journal: Journal, clock: StoppedClock, doings: list[Any]) -> None:
    """Whatever of it is possible."""
    for how, which, (table, said) in doings:
        clock.turn(minutes=7)
        known = journal.history(table)["entry_id"].unique()
        if how == "save" or not len(known):
            journal.save(table, said)
            continue
        entry_id = known[which % len(known)]
        if how == "revise":
            journal.revise(entry_id, said)
        elif how == "withdraw":
            journal.withdraw(entry_id)
        else:
            journal.restore(entry_id, 1)


def same(one: Journal, other: Journal) -> None:
    for table in TABLES:
        pd.testing.assert_frame_equal(one.history(table), other.history(table))
        pd.testing.assert_frame_equal(one.table(table), other.table(table))


@settings(max_examples=25, deadline=None)
@given(said=doings)
def test_export_then_import_is_the_same_journal(catalogue: Catalogue, said: list[Any]) -> None:
    """dtypes, NA, order, every revision, withdrawn ones too; a second import changes nothing, and a second export says
    the same as the first."""
    with journals(catalogue, 2) as (folder, clock, (one, other)):
        do(one, clock, said)
        one.export_bundle(folder / "one.zip")
        other.import_bundle(folder / "one.zip")
        same(one, other)
        assert other.import_bundle(folder / "one.zip") == 0
        assert other.bundle() == one.bundle()
        assert other.check().spoilt == ()


@settings(max_examples=25, deadline=None)
@given(before=doings, here=doings, there=doings)
def test_two_that_take_each_other_s_bundle_say_the_same(
    catalogue: Catalogue, before: list[Any], here: list[Any], there: list[Any]
) -> None:
    """From a common past, written on in two places: no revision of either is missing, whoever imports first."""
    with journals(catalogue, 2) as (folder, clock, (one, other)):
        do(one, clock, before)
        one.export_bundle(folder / "past.zip")
        other.import_bundle(folder / "past.zip")
        do(one, clock, here)
        do(other, clock, there)
        said = [said_in(one), said_in(other)]
        one.export_bundle(folder / "one.zip")
        other.export_bundle(folder / "other.zip")
        one.import_bundle(folder / "other.zip")
        other.import_bundle(folder / "one.zip")
        assert said_in(one) == said_in(other) == said[0] | said[1]
        same(one, other)


def said_in(journal: Journal) -> set[tuple[str, ...]]:
    """Every revision as text, without its number."""
    found = set()
    for table in TABLES:
        frame = journal.history(table).drop(columns="revision")
        found |= {tuple(map(repr, row)) for row in frame.itertuples(index=False, name=None)}
    return found


@pytest.mark.parametrize("passphrase", [None, "vier kleine Wörter"])
def test_another_machine_s_copy_is_brought_in_as_it_lies(catalogue: Catalogue, passphrase: str | None) -> None:
    """A synchronised folder has left two files: the other one is merged, without being changed, log and all."""
    with journals(catalogue, 1) as (folder, clock, (here,)):
        here.save("boxes", {"item": "common"}, "a")
        if passphrase:
            here.set_passphrase(passphrase)
        here.close()
        conflict = folder / "0.sync-conflict-20261122.sqlite"
        shutil.copyfile(folder / "0.sqlite", conflict)
        here.revise("a", {"item": "here"})
        clock.turn(hours=1)
        there = open_journal(f"sqlite:///{conflict}", passphrase, catalogue=catalogue, clock=clock)
        reader = reading(there)
        there.revise("a", {"item": "there, later"})
        there.save("boxes", {"item": "only there"}, "b")
        files = {file.name: file.read_bytes() for file in folder.glob("0.sync*")}
        assert files[f"{conflict.name}-wal"]
        assert here.import_bundle(conflict, passphrase) == 2
        assert here.import_bundle(conflict, passphrase) == 0
        assert {file.name: file.read_bytes() for file in folder.glob("0.sync*")} == files
        assert here.table("boxes")["item"].to_list() == ["there, later", "only there"]
        assert here.history("boxes")["item"].to_list() == ["common", "here", "there, later", "only there"]
        reader.close()
        there.close()
        assert not [name for name in os.listdir(folder) if name.startswith(".")]
