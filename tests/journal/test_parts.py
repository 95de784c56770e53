"""A part of a table is what the same choice among all its entries is, whatever was done to them and by whom."""

import datetime as dt
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlcipher3 import dbapi2

from tests.journal.conftest import Child, Opener, StoppedClock
from widgets.catalogue import Catalogue
from widgets.journal import Journal, entry, open_journal

BERLIN = ZoneInfo("Europe/Berlin")
START = dt.datetime(2026, 11, 22, 0, 30, tzinfo=BERLIN)
DAYS = [dt.date(2026, 11, day) for day in range(17, 28)]
COLUMNS = ("local_date", "lonely", "sober", "company", "note", "slept")
SPOIL = {
    "answers": '{"lonely":5,"company":"friends"}',
    "local_date": "2026-11-20",
    "created_utc": "2026-11-29T00:00:00.000000+00:00",
    "saved_utc": "2026-11-29T00:00:00.000000+00:00",
    "checksum": "no checksum",
    "late": 7,
    "tz": "{",
    "table": "boxes",
    "revision": 9,
}
BROKEN = SPOIL | {"answers": "{not json"}
Step = tuple[str, object, object]
answers = st.fixed_dictionaries(
    {"lonely": st.integers(0, 10)},
    optional={
        "company": st.sampled_from([None, "alone", "friends"]),
        "sober": st.sampled_from([None, True, False]),
        "note": st.sampled_from([None, "", "a ‘note’ – \x7f\n\t\\"]),
        "slept": st.sampled_from([None, 7.5, 8]),
    },
)
entry_at = st.integers(0, 7)
back = st.integers(0, 4)
step = st.one_of(
    st.tuples(st.just("save"), answers, back),
    st.tuples(st.just("revise"), entry_at, answers),
    st.tuples(st.just("withdraw"), entry_at, st.none()),
    st.tuples(st.just("restore"), entry_at, st.integers(1, 3)),
    st.tuples(st.just("erase"), entry_at, st.none()),
    st.tuples(st.just("spoil"), st.integers(1, 10), st.sampled_from(sorted(SPOIL))),
    st.tuples(st.just("break"), st.integers(1, 10), st.sampled_from(sorted(BROKEN))),
)


@contextmanager
def two_processes(catalogue: Catalogue) -> Iterator[tuple[Journal, Journal, Callable[[], Journal], Path]]:
    """One file as two processes have it open, and a way to open it anew: with nothing remembered."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journal.sqlite"
        opened: list[Journal] = []

        def opener() -> Journal:
            opened.append(open_journal(f"sqlite:///{path}", catalogue=catalogue, clock=StoppedClock(START)))
            return opened[-1]

        try:
            yield opener(), opener(), opener, path
        finally:
            for journal in opened:
                journal.close()


def do(journal: Journal, path: Path, ids: list[str], what: str, first: object, second: object) -> None:
    """One step of somebody's, an hour and a bit after the one before."""
    assert isinstance(journal.clock, StoppedClock)
    journal.clock.turn(hours=9)
    known = ids[first % len(ids)] if ids and isinstance(first, int) else ""
    if what == "save":
        day = journal.clock.now().date() - dt.timedelta(days=int(str(second)))
        ids.append(journal.save("checkins", first, on=day))  # type: ignore[arg-type]
    elif what in ("spoil", "break"):
        value = (SPOIL if what == "spoil" else BROKEN)[str(second)]
        with dbapi2.connect(path) as raw:
            raw.execute(f'UPDATE entries SET "{second}" = ? WHERE number = ?', (value, first))
        raw.close()
    elif known and journal.revisions(known):
        whole = {e.revision for e in journal.revisions(known)}
        if what == "revise":
            journal.revise(known, second)  # type: ignore[arg-type]
        elif what == "withdraw":
            journal.withdraw(known)
        elif what == "erase":
            journal.erase(known)
        elif second in whole:
            journal.restore(known, int(str(second)))


def same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(one.reset_index(drop=True), other.reset_index(drop=True))


def holds_all_laws(journal: Journal, fresh: Journal) -> None:
    """What this journal gives, whatever it remembers, against choices among all entries that were read anew."""
    everything = fresh.entries("checkins")
    table, history = fresh.table("checkins"), fresh.history("checkins")
    assert journal.entries("checkins") == everything
    same(journal.table("checkins"), table)
    same(journal.table("checkins", columns=COLUMNS), table[list(COLUMNS)])
    for on in (DAYS[:5], DAYS[5:6], []):
        kept = [e for e in everything if e.local_date in on]
        assert journal.entries("checkins", on=on) == kept
        same(journal.table("checkins", on=on), table[table["entry_id"].isin([e.entry_id for e in kept])])
    for hours in (0, 30, 60):
        since = START + dt.timedelta(hours=hours)
        assert journal.entries("checkins", since=since) == [e for e in everything if e.saved_utc >= since]
        same(journal.history("checkins", since=since), history[history["saved_utc"] >= since])
    for says in ({"company": "friends"}, {"company": None}, {"sober": True}, {"lonely": 5}):
        some = [e for e in everything if all(e.answers.get(k) == v for k, v in says.items())]
        assert journal.entries("checkins", says=says) == some
        assert journal.newest("checkins", says=says) == (some[-1] if some else None)
        assert journal.entries("checkins", says=says, newest=2) == some[-2:]
    slept = [e for e in everything if e.answers["slept"] is not None]
    assert journal.newest("checkins", has="slept") == (slept[-1] if slept else None)
    ids = sorted(e.entry_id for e in everything)[::2]
    assert journal.entries("checkins", ids=ids) == [e for e in everything if e.entry_id in ids]
    with_withdrawn = fresh.entries("checkins", withdrawn=True)
    assert [e for e in with_withdrawn if not e.withdrawn] == everything
    assert journal.entries("checkins", newest=2, withdrawn=True) == with_withdrawn[-2:]
    if fresh.problem is None:  # to count is to read no checksum
        assert journal.counts().get("checkins", 0) == len(everything)
        assert journal.counts(withdrawn=True).get("checkins", 0) == len(with_withdrawn)
        for sober in (True, None):
            some = [e for e in everything if e.answers["sober"] is sober]
            assert journal.count("checkins", says={"sober": sober}) == len(some)
    low = [e for e in everything if e.answers["lonely"] < 4]
    assert journal.newest("checkins", suits=lambda e: e.answers["lonely"] < 4) == (low[-1] if low else None)
    for count in (1, 3):
        about = sorted({e.local_date for e in everything if e.local_date <= DAYS[6]})
        assert journal.newest_days("checkins", count, DAYS[6]) == about[-count:]


@settings(max_examples=40, deadline=None)
@given(steps=st.lists(st.tuples(st.booleans(), step), max_size=14))
def test_parts_are_choices_among_all(
    catalogue: Catalogue, steps: list[tuple[bool, tuple[str, object, object]]]
) -> None:
    """Saved by either of two processes, about earlier days, revised, withdrawn, restored, erased, spoilt on the disk:
    every part that a page asks for is the same part of the whole, and nothing that either remembers is stale.
    """
    with two_processes(catalogue) as (one, other, opener, path):
        ids: list[str] = []
        for n, (is_other, (what, first, second)) in enumerate(steps):
            do(other if is_other else one, path, ids, what, first, second)
            if n % 4 == 3 or n == len(steps) - 1:
                for journal in (one, other):
                    holds_all_laws(journal, opener())


def test_what_another_process_saves_is_shown(place: Path, catalogue: Catalogue, opened: Opener) -> None:
    """A real second process saves, revises and erases; the first one, which has all of it in mind, shows each."""

    def at_once(work: Callable[[Journal], object]) -> None:
        def run() -> None:
            journal = open_journal(f"sqlite:///{place}", catalogue=catalogue)
            work(journal)
            journal.close()
            print("done")

        assert Child(run).finish() == "done\n"

    opened().close()

    def life() -> None:
        journal = open_journal(f"sqlite:///{place}", catalogue=catalogue)
        journal.save("checkins", {"lonely": 1}, "first")
        _look(journal)
        at_once(lambda j: j.save("checkins", {"lonely": 2}, "second"))
        print(_look(journal))
        at_once(lambda j: j.revise("first", {"lonely": 3}))
        print(_look(journal))
        at_once(lambda j: j.erase("second"))
        print(_look(journal))
        at_once(lambda j: j.save("checkins", {"lonely": 4}, "third"))  # may get the number that the erased one had
        print(_look(journal))

    told = Child(life).finish().splitlines()
    assert told == ["[1, 2] [1, 2] 2", "[3, 2] [3, 2] 2", "[3] [3] 3", "[3, 4] [3, 4] 4"]


def _look(journal: Journal) -> str:
    newest = journal.newest("checkins")
    by_column = journal.table("checkins", columns=["lonely"])["lonely"].to_list()
    return f"{journal.table('checkins')['lonely'].to_list()} {by_column} {newest.answers['lonely'] if newest else None}"


def test_an_entry_that_lost_its_first_version_counts_once(journal: Journal, place: Path) -> None:
    """As where a damaged file gave up only some of the versions."""
    for lonely in range(3):
        entry_id = journal.save("checkins", {"lonely": lonely})
        journal.revise(entry_id, {"lonely": 9})
    journal.withdraw(entry_id)
    with dbapi2.connect(place) as raw:
        raw.execute("DELETE FROM entries WHERE revision = 1")
    raw.close()
    assert (journal.counts(), journal.counts(withdrawn=True)) == ({"checkins": 2}, {"checkins": 3})


def test_letters_are_counted_and_none_is_read(place: Path, reads: list[str]) -> None:
    """Of each kind those that are open: revised, withdrawn, broken on the disk; told by an index alone."""
    journal = open_journal(f"sqlite:///{place}", clock=StoppedClock(START))
    today = START.date()
    for n in range(24):
        letter: dict[str, Any] = {"kind": ("self", "unsent")[n % 2], "text": "Dear"}
        fates = ({}, {"fate": "seal", "sealed_until": "2026-11-22"}, {"fate": "seal", "sealed_until": "2026-12-24"})
        entry_id = journal.save("letters", letter | (fates[n % 3] if n % 2 else {}))
        if n % 5 == 0:
            journal.revise(entry_id, letter | (fates[2] if n % 2 else {"text": "Love"}))
        if n % 7 == 0:
            journal.withdraw(entry_id)
    with dbapi2.connect(place) as raw:
        raw.execute("UPDATE entries SET answers = '{not json' WHERE number = 4")
    raw.close()
    asked: list[tuple[str, Any]] = []

    @event.listens_for(journal._file._engine, "before_cursor_execute")
    def _(connection: Any, cursor: Any, statement: str, parameters: Any, *rest: Any) -> None:
        asked.append((statement, parameters))

    reads.clear()
    found = {kind: journal.count("letters", says={"kind": kind}, open_on=today) for kind in ("self", "unsent")}
    assert not reads
    with dbapi2.connect(place) as raw:
        plans = [raw.execute(f"EXPLAIN QUERY PLAN {one}", given).fetchall() for one, given in asked if "count" in one]
    raw.close()
    assert len(plans) == 2
    assert all("USING COVERING INDEX entries_by_kind" in plan[0][3] for plan in plans)
    for kind, number in found.items():
        assert number == len(journal.entries("letters", says={"kind": kind}, open_on=today)) > 2
    journal.close()


def test_what_a_caller_changes_stays_with_the_caller(journal: Journal) -> None:
    """A frame is remembered, yet each asker may do with it as she likes."""
    journal.save("checkins", {"lonely": 1})
    mine = journal.table("checkins")
    mine.loc[0, "lonely"] = 9
    mine["more"] = 1
    same(journal.table("checkins"), journal.table("checkins", on=[journal.clock.now().date()]))
    assert journal.table("checkins")["lonely"].to_list() == [1]


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tables of the rows held against their checksums, one for each."""
    return count_reads(monkeypatch)


def count_reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    before = entry.is_whole

    def counted(values: list[object]) -> bool:
        found.append(str(values[2]))
        return before(values)

    for module in ("widgets.journal.entry", "widgets.journal.columns"):
        monkeypatch.setattr(f"{module}.is_whole", counted)
    return found


def test_nothing_is_read_twice_for_a_draft(journal: Journal, reads: list[str]) -> None:
    """A draft is kept every second or so while she types: what was read stays known, until its own table changes."""
    for lonely in range(5):
        journal.save("checkins", {"lonely": lonely})
    journal.save("boxes", {"item": "one"})
    journal.table("checkins")
    reads.clear()
    journal.keep_draft("boxes", {"item": "t"})
    journal.save("boxes", {"item": "two"})
    reads.clear()
    assert len(journal.table("checkins")) == 5
    assert "checkins" not in reads
    journal.save("checkins", {"lonely": 6})
    assert len(journal.table("checkins")) == 6


def test_a_save_that_fails_leaves_nothing_remembered(journal: Journal) -> None:
    """What a transaction wrote before it was taken back is in no table that is shown."""
    journal.save("checkins", {"lonely": 1})
    assert len(journal.table("checkins")) == 1
    with pytest.raises(ZeroDivisionError):
        journal._write(lambda connection: _write_and_fail(journal, connection), "checkins")
    assert journal.table("checkins")["lonely"].to_list() == [1]
    journal.save("checkins", {"lonely": 2})
    assert journal.table("checkins")["lonely"].to_list() == [1, 2]


def _write_and_fail(journal: Journal, connection: object) -> None:
    from widgets.journal import store

    first = journal.entries("checkins")[0]
    store.append(connection, [first.__class__(**{**vars(first), "entry_id": "other"})])  # type: ignore[arg-type]
    raise ZeroDivisionError
