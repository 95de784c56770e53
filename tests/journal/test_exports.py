"""Tables as files for other programs, opened by other programs: what she wrote is text in each, and all of it."""

import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.journal.conftest import StoppedClock
from tests.journal.test_round_trip import answers
from widgets.journal import Journal, NotExported, UnknownKind, UnknownTable

HARMFUL = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+49 170 1234567",
    "-5 degrees",
    "@home",
    "＝1+1",
    "'quoted'",
    "\tindented",
    "<script>alert(1)</script>",
    "\u202eright to left\u202c",
    "_x0041_x0042_",
    "a\x00b\x1f",
    "line\r\nline\rline",
    '🙂 שלום, مرحبا; "x"',
    "#N/A",
    "TRUE",
    "NaN",
]


def fill(journal: Journal) -> list[str]:
    for number, text in enumerate(HARMFUL):
        journal.save("checkins", {"lonely": number % 11, "note": text, "shared": ["home", "pets"], "slept": 7.5})
    journal.save("checkins", {"lonely": 0, "shared": [], "when": "1899-12-31", "sober": False})
    journal.save("checkins", {"long": "🙂 long " * 130_000})  # a megabyte
    return [*HARMFUL, None, None]  # type: ignore[list-item]


def unmarked(text: Any) -> Any:
    """As docs/bundle.md says: one apostrophe at the start is not hers."""
    return text[1:] if isinstance(text, str) and text.startswith("'") else text


def test_csv(journal: Journal) -> None:
    """No cell begins as a formula; without the marks every text is as she wrote it, to the last letter."""
    notes = fill(journal)
    raw = journal.table_as("checkins", "csv")
    frame = pd.read_csv(io.BytesIO(raw), dtype=object, keep_default_na=False, encoding="utf-8-sig")
    texts = frame[["note", "long", "shared"]].to_numpy().ravel()
    assert not [text for text in texts if text[:1] in tuple("=+-@＝＋－＠\t\r")]
    assert frame["note"].map(unmarked).to_list() == ["" if note is None else note for note in notes]
    assert frame["long"].to_list()[-1] == "🙂 long " * 130_000
    assert frame["shared"].to_list()[-3:] == ["home;pets", "none", ""]
    assert frame["lonely"].to_list()[-2:] == ["0", ""]


def test_excel_opened_by_another_program(journal: Journal) -> None:
    """Every text is a text cell, none a formula; a megabyte goes on in further columns; numbers and days are such."""
    notes = fill(journal)
    raw = journal.table_as("checkins", "xlsx")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_name("checkins")
    head, *rows = sheet.to_python(skip_empty_area=False)
    at = {name: place for place, name in enumerate(head)}
    assert [row[at["note"]] for row in rows] == ["" if note is None else note for note in notes]
    pieces = [place for name, place in at.items() if name.startswith("long")]
    assert len(pieces) > 30
    assert "".join(rows[-1][place] for place in pieces) == "🙂 long " * 130_000
    assert rows[-2][at["lonely"]] == 0.0
    assert rows[-2][at["sober"]] is False
    assert rows[-2][at["shared"]] == "none"
    assert rows[-2][at["when"]] == "1899-12-31T00:00:00"  # before a sheet's calendar begins
    assert rows[0][at["local_date"]] == dt.date(2026, 11, 22)
    assert rows[0][at["slept"]] == 7.5
    from openpyxl import load_workbook

    cells = [cell for row in load_workbook(io.BytesIO(raw))["checkins"].iter_rows(min_row=2) for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert all(cell.quotePrefix for cell in cells if isinstance(cell.value, str) and cell.value[:1] in tuple("=+-@"))


def test_parquet_keeps_the_dtypes(journal: Journal) -> None:
    """pandas reads back what was there: integers with NA, ordered categories, moments with their zone."""
    fill(journal)
    before = journal.table("checkins")
    after = pd.read_parquet(io.BytesIO(journal.table_as("checkins", "parquet")))
    for name in ("shared", "order"):
        after[name] = after[name].map(list, na_action="ignore")
    for name in before.columns:
        assert str(after[name].dtype) == str(before[name].dtype), name
        assert (
            after[name].astype(object).where(after[name].notna(), None).to_list()
            == before[name].astype(object).where(before[name].notna(), None).to_list()
        )
    assert list(after["company"].cat.categories) == ["alone", "friends"]
    assert after["company"].cat.ordered


def test_json_says_what_the_columns_are(journal: Journal) -> None:
    """Names, dtypes, codes, and rows in which not answered is null."""
    notes = fill(journal)
    said = json.loads(journal.table_as("checkins", "json"))
    columns = {column["name"]: column for column in said["columns"]}
    assert columns["lonely"]["dtype"] == "Int64"
    assert columns["company"]["codes"] == ["alone", "friends"]
    assert [row["note"] for row in said["rows"]] == notes
    assert said["rows"][-2] | {"lonely": 0, "sober": False, "shared": [], "when": "1899-12-31"} == said["rows"][-2]
    assert said["rows"][-1]["lonely"] is None
    assert said["rows"][0]["created_utc"] == "2026-11-21T23:30:00+00:00"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(answers, min_size=1, max_size=3))
def test_any_text_survives_each_kind(journal: Journal, rows: list[dict[str, Any]]) -> None:
    """Whatever she writes comes back from CSV, JSON and Excel as it was, NA as NA."""
    ids = [journal.save("checkins", row) for row in rows]
    notes = journal.table("checkins")["note"].astype(object).where(lambda s: s.notna(), None).to_list()
    from_json = [row["note"] for row in json.loads(journal.table_as("checkins", "json"))["rows"]]
    assert from_json == notes
    csv = pd.read_csv(
        io.BytesIO(journal.table_as("checkins", "csv")), dtype=object, keep_default_na=False, encoding="utf-8-sig"
    )
    assert csv["note"].map(unmarked).to_list() == [note or "" for note in notes]
    book = CalamineWorkbook.from_filelike(io.BytesIO(journal.table_as("checkins", "xlsx")))
    head, *cells = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    for note, row in zip(notes, cells, strict=True):
        kept = row[head.index("note")]
        assert kept == (note or "") or (note is not None and note.isspace())  # this reader drops mere blanks
    for entry_id in ids:
        journal.erase(entry_id)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet", "json"])
@pytest.mark.parametrize("name", ["checkins", "decisions", "decision_lines", "boxes"])
def test_every_table_in_every_kind_also_empty(journal: Journal, tmp_path: Path, name: str, kind: str) -> None:
    """A file that its owner alone can read, whatever is in it."""
    for rows in range(2):
        path = tmp_path / f"{rows}.{kind}"
        journal.export_table(name, path)
        assert path.stat().st_size
        assert path.stat().st_mode & 0o777 == 0o600
        journal.save("decisions", {"choice": "try", "lines": [{"words": "=1", "matters": 0}]})


def test_what_cannot_be_written_is_told(journal: Journal, tmp_path: Path, clock: StoppedClock) -> None:
    """Kinds and tables there are not; a folder that is not there."""
    with pytest.raises(UnknownKind, match="csv, xlsx, parquet, json"):
        journal.export_table("boxes", tmp_path / "boxes.doc")
    with pytest.raises(UnknownTable):
        journal.export_table("nothing", tmp_path / "nothing.csv")
    with pytest.raises(NotExported):
        journal.export_table("boxes", tmp_path / "nowhere" / "boxes.csv")
