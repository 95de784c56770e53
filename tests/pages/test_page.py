"""A page over a journal: what it shows, and what it must never leave in a notebook."""

import json
from pathlib import Path
from typing import Any

import pytest

from widgets import open_page
from widgets.catalogue import load_catalogue
from widgets.journal import Journal, open_journal
from widgets.pages.page import Page
from widgets.pages.shows import OF, SHOWS

SECRET = "Zanzibar on a Tuesday"
NAME = "Bartholomew"


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    url = f"sqlite:///{tmp_path / 'journal.sqlite'}"
    monkeypatch.setenv("WORKBOOK_JOURNAL", url)
    monkeypatch.delenv("WORKBOOK_LAB", raising=False)
    opened = open_journal(url)
    yield opened
    opened.close()


def bundle(shown: Any) -> str:
    """All that a notebook would store of an output, widget state included."""
    data = shown._repr_mimebundle_()
    state = shown.get_state() if hasattr(shown, "get_state") else {}
    return json.dumps(data[0] if isinstance(data, tuple) else data, default=str) + json.dumps(state, default=str)


def everything(page: Page) -> str:
    catalogue = load_catalogue()
    shown = [page.passage(i) for (p, i) in catalogue.passages if p == page.name]
    shown += [page.exercise(e) for e, p in catalogue.page_of.items() if p == page.name]
    shown += [page.reading(name) for name in SHOWS if catalogue.page_of[OF.get(name, name)] == page.name]
    return " ".join(map(bundle, shown)) + repr(page) + bundle(page.next())


def test_nothing_of_hers_is_in_what_a_notebook_stores(journal: Journal) -> None:
    """Not her lines, not the name, not a pronoun that could out her: not as output and not as widget state."""
    journal.save("reader", {"name": NAME, "pronouns": "she"})
    journal.save("timeline", {"what": SECRET, "kind": "good"})
    journal.save("letters", {"kind": "self", "text": SECRET, "own": SECRET})
    journal.keep_draft("timeline", {"what": SECRET})
    stored = everything(open_page("01-what-happened"))
    assert SECRET not in stored
    assert NAME not in stored
    assert "you miss him" in stored
    assert "you miss her" not in stored


def test_only_the_controls_own_traits_are_kept_by_a_notebook(journal: Journal) -> None:
    """A new synced trait must be looked at: it would be stored with every notebook."""
    page = open_page("01-what-happened")
    for control in (page.exercise("timeline"), page.reading("timeline")):
        own = {k for k in control.get_state() if not k.startswith("_")} - {"layout", "tabbable", "tooltip"}
        assert own == {"view", "title"}


def sent(control: Any) -> list[dict[str, Any]]:
    """What a control tells its page, from now on."""
    told: list[dict[str, Any]] = []
    control.send = told.append
    return told


def test_the_live_passage_speaks_of_her_and_by_name(journal: Journal) -> None:
    """With chosen words a passage gets them as a message; a name stays text."""
    journal.save("reader", {"name": "<b>T</b>", "pronouns": "she"})
    passage = open_page("01-what-happened").passage("regret")
    told = sent(passage)
    passage.receive({"id": "1", "do": "open"})
    assert "Now you miss <b>T</b>." in json.dumps(told[0]["content"])
    assert told[0]["content"]["blocks"][0]["kind"] == "passage"


def test_a_reading_follows_what_is_saved(journal: Journal) -> None:
    """Saving pushes the reading, the form of the same table and where something is written."""
    page = open_page("01-what-happened")
    form, reading = page.exercise("timeline"), page.reading("timeline")
    to_form, to_reading = sent(form), sent(reading)
    request = {"id": "1", "do": "save", "entry_id": "e", "seen": 0, "answers": {"what": SECRET, "kind": "hard"}}
    form.receive(request)
    assert "1 line: 0 good, 1 hard." in json.dumps(to_reading[-1]["content"])
    assert [m.get("push", m.get("ok")) for m in to_form] == ["state", "written", True]
    assert to_form[1]["pages"] == ["01-what-happened"]


def test_new_pronouns_reach_every_form_of_the_page(journal: Journal) -> None:
    """What is asked next is asked in her words."""
    page = open_page("00-begin")
    you, safe = page.exercise("you"), page.exercise("safe-start")
    told = sent(safe)
    sent(you)
    you.receive({"id": "1", "do": "save", "entry_id": "e", "seen": 0, "answers": {"pronouns": "they"}})
    assert "What have they said about contact?" in json.dumps(told[-1]["spec"])
    assert "Are they 18 or older?" in json.dumps(told[-1]["spec"])


def test_a_table_of_a_real_journal_shows_no_rows_outside_the_lab(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Columns, dtypes and counts; the rows only where no output is saved."""
    journal.save("timeline", {"what": SECRET, "felt": 0})
    page = open_page("01-what-happened")
    shown = page.table("timeline")
    assert SECRET not in shown.to_string()
    assert shown.set_index("column").loc["felt"].tolist() == ["Int64", 1]
    monkeypatch.setenv("WORKBOOK_LAB", "1")
    assert page.table("timeline")["what"].tolist() == [SECRET]


def test_a_journal_that_cannot_be_opened_does_not_hide_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The passages stand; exercise and reading say what is wrong, and nothing was changed."""
    broken = tmp_path / "journal.sqlite"
    broken.write_bytes(b"not a journal" * 100)
    monkeypatch.setenv("WORKBOOK_JOURNAL", f"sqlite:///{broken}")
    page = open_page("01-what-happened")
    form = page.exercise("timeline")
    told = sent(form)
    form.receive({"id": "1", "do": "open"})
    assert "You ended it." in repr(page.passage("regret"))
    assert told[0]["ok"] is False
    assert len(told[0]["error"]["message"]) > 20
    assert broken.read_bytes() == b"not a journal" * 100


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: open_page("09-nowhere"), "00-begin"),
        (lambda: open_page("00-begin").passage("x"), "welcome"),
        (lambda: open_page("00-begin").exercise("x"), "safe-start"),
        (lambda: open_page("00-begin").reading("x"), "timeline"),
    ],
)
def test_a_wrong_name_is_answered_with_the_right_ones(journal: Journal, call: Any, says: str) -> None:
    """Whoever edits a notebook is told what there is."""
    with pytest.raises(LookupError, match=says):
        call()
