"""Whatever goes in comes back equal, as an entry and as a DataFrame, and in the file as other tools read it."""

import datetime as dt
import sqlite3
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.journal.conftest import Opener
from widgets.catalogue.items import EARLIEST, LATEST
from widgets.journal import Journal

ORDER = ["one", "two", "three"]
MOMENTS = st.datetimes(
    dt.datetime.combine(EARLIEST, dt.time.max), dt.datetime.combine(LATEST, dt.time.min), timezones=st.just(dt.UTC)
).map(lambda moment: moment.isoformat(timespec="microseconds"))
texts = st.text() | st.sampled_from(
    ["", "0", "NA", "null", "🙂👩‍👩‍👧", "שלום לך", "مرحبا", "a\x00b", "line\r\nline", "'; DROP", "\ufeff"]
)
answers = st.fixed_dictionaries(
    {},
    optional={
        "lonely": st.none() | st.integers(0, 10),
        "felt": st.none() | st.integers(-5, 5),
        "slept": st.none() | st.floats(0, 24),
        "company": st.none() | st.sampled_from(["alone", "friends"]),
        "shared": st.none() | st.sampled_from([[], ["home"], ["home", "pets"]]),
        "order": st.none() | st.permutations(ORDER),
        "sober": st.none() | st.booleans(),
        "when": st.none() | st.dates(max_value=LATEST).map(dt.date.isoformat),
        "at": st.none() | MOMENTS,
        "note": st.none() | texts,
        "long": st.none() | texts,
    },
).filter(lambda given: any(v is not None for v in given.values()))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_answers=answers)
def test_what_goes_in_comes_back(journal: Journal, given_answers: dict[str, object]) -> None:
    entry_id = journal.save("checkins", given_answers)
    kept = journal.entries("checkins")[-1]
    assert kept.entry_id == entry_id
    assert {k: v for k, v in kept.answers.items() if k in given_answers} == given_answers
    assert all(v is None for k, v in kept.answers.items() if k not in given_answers)
    row = journal.table("checkins").iloc[-1]
    for name, value in given_answers.items():
        if value is None:
            assert row[name] is None or pd.isna(row[name])
        elif name == "when":
            assert row[name].date().isoformat() == value
        elif name == "at":
            assert row[name].isoformat(timespec="microseconds") == value
        else:
            assert row[name] == value
    journal.erase(entry_id)


def test_a_megabyte_comes_back(journal: Journal) -> None:
    long = "Ich vermisse dich. 🙂 " * 50_000
    journal.save("checkins", {"long": long})
    assert journal.table("checkins")["long"].to_list() == [long]


DTYPES = {
    "entry_id": "string",
    "revision": "Int64",
    "created_utc": "datetime64[us, UTC]",
    "saved_utc": "datetime64[us, UTC]",
    "local_date": "datetime64[us]",
    "tz": "string",
    "late": "boolean",
    "branch_then": "category",
    "lonely": "Int64",
    "felt": "Int64",
    "slept": "Float64",
    "company": "category",
    "shared": "object",
    "order": "object",
    "sober": "boolean",
    "when": "datetime64[us]",
    "at": "datetime64[us, UTC]",
    "note": "string",
    "long": "string",
}


@pytest.mark.parametrize("rows", [0, 1, 2])
def test_columns_and_dtypes_are_those_declared_however_many_rows(journal: Journal, rows: int) -> None:
    for lonely in range(rows):
        journal.save("checkins", {"lonely": lonely} if lonely else {"lonely": 0, "when": "0001-01-01", "shared": []})
    frame = journal.table("checkins")
    assert len(frame) == rows
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == DTYPES
    assert frame["company"].cat.ordered
    assert list(frame["company"].cat.categories) == ["alone", "friends"]
    history = journal.history("checkins")
    assert [*history.columns] == [*list(DTYPES)[:8], "withdrawn", *list(DTYPES)[8:]]
    assert str(history["withdrawn"].dtype) == "boolean"


def test_rows_inside_an_entry_are_a_table_of_their_own(journal: Journal) -> None:
    journal.save("decisions", {"choice": "try", "lines": [{"words": "for", "matters": 0}, {"words": "against"}]}, "d")
    journal.save("decisions", {"choice": "try"}, "none")
    frame = journal.table("decision_lines")
    assert frame["entry_id"].to_list() == ["d", "d"]
    assert frame["row"].to_list() == [1, 2]
    assert frame["words"].to_list() == ["for", "against"]
    assert frame["matters"].to_list() == [0, pd.NA]
    journal.revise("d", {"choice": "try", "lines": []})
    empty = journal.table("decision_lines")
    assert len(empty) == 0
    assert empty.dtypes.to_dict() == frame.dtypes.to_dict()
    assert len(journal.history("decision_lines")) == 2


def test_answers_given_under_another_declaration_do_not_hide_the_rest(
    journal: Journal, opened: Opener, declared: Path, tmp_path: Path
) -> None:
    """A code no longer declared is kept; a value that cannot be read as its new type is NA; the row stands."""
    from widgets.catalogue import load_catalogue

    journal.save("boxes", {"item": "words", "box": "fixed"})
    later = tmp_path / "later" / "exercises"
    later.mkdir(parents=True)
    old = (declared / "exercises" / "all.yaml").read_text("utf-8")
    (later / "all.yaml").write_text(
        old.replace("{id: item, type: text", "{id: item, type: number").replace(
            "choices: {fixed: fixed, ", "choices: {other: other, "
        ),
        "utf-8",
    )
    frame = opened(catalogue=load_catalogue(later.parent)).table("boxes")
    assert frame["item"].isna().to_list() == [True]
    assert str(frame["item"].dtype) == "Float64"
    assert frame["box"].to_list() == ["fixed"]
    assert list(frame["box"].cat.categories) == ["other", "mine", "fixed"]


def test_other_tools_read_typed_views(journal: Journal, place: Path, opened: Opener) -> None:
    """The file is plain SQLite; v_<table> shows current rows only, and follows the declarations at the next opening."""
    said = {"sober": True, "slept": 7, "shared": ["home"], "when": "2026-01-02", "at": "2026-01-02T08:00+01:00"}
    first = journal.save("checkins", {"lonely": 0, "note": "earlier"})
    gone = journal.save("checkins", {"lonely": 5})
    journal.withdraw(gone)
    journal.revise(first, {"lonely": 2, "note": "שלום", **said})
    journal.save("decisions", {"lines": [{"words": "a", "matters": 0}]})
    journal.close()
    with sqlite3.connect(place) as other:
        asked = 'SELECT revision, local_date, lonely, felt, sober, slept, shared, "when", at, note FROM v_checkins'
        rows = other.execute(asked).fetchall()
        moment = "2026-01-02T07:00:00.000000+00:00"
        assert rows == [(2, "2026-11-22", 2, None, 1, 7.0, '["home"]', "2026-01-02", moment, "שלום")]
        assert other.execute('SELECT "row", words, matters FROM v_decision_lines').fetchall() == [(1, "a", 0)]
        other.execute("DROP VIEW v_checkins")
        other.execute("UPDATE meta SET value = 'older' WHERE name = 'views'")
        other.execute("CREATE VIEW v_former AS SELECT 1")
    opened()
    with sqlite3.connect(place) as other:
        names = {name for (name,) in other.execute("SELECT name FROM sqlite_master WHERE type = 'view'")}
    assert names == {"v_checkins", "v_decisions", "v_decision_lines", "v_boxes"}
