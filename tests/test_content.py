"""What the workbook says: every claim of the article has its place, notes are short and sourced, help lines checked."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest

from widgets.catalogue import DATA, load_catalogue, read_yaml

CATALOGUE = load_catalogue()
NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
SECTION_OF = {f"0{n}": n for n in range(1, 6)}  # page 01-… is section 1
CLAIMS = list(CATALOGUE.claims.values())


def cells(page: str) -> list[dict]:
    return json.loads((NOTEBOOKS / f"{page}.ipynb").read_text("utf-8"))["cells"]


def sources(page: str) -> str:
    return "\n".join("".join(c["source"]) for c in cells(page))


def test_all_claims_of_the_article_are_known() -> None:
    """Q1 to Q38, each once, in order."""
    assert [c.id for c in CLAIMS] == [f"Q{n}" for n in range(1, 39)]


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda c: c.id)
def test_a_claim_stands_in_a_passage_of_its_section(claim) -> None:
    """Nothing of the article is left out, and nothing is told in the wrong place."""
    pages = {p.page for p in CATALOGUE.passages.values() for x in p.paragraphs if claim.id in x.claims}
    assert any(SECTION_OF.get(page[:2]) == claim.section for page in pages)


@pytest.mark.parametrize("claim", [c for c in CLAIMS if c.status != "keep"], ids=lambda c: c.id)
def test_where_we_do_not_follow_the_article_a_note_says_so(claim) -> None:
    """Claims to test or reword have a note right after their paragraph."""
    told = [x for p in CATALOGUE.passages.values() for x in p.paragraphs if claim.id in x.claims]
    assert all(x.notes for x in told)


@pytest.mark.parametrize("page", [p.name for p in CATALOGUE.pages])
def test_a_page_shows_every_passage_and_exercise_that_is_its_own(page: str) -> None:
    """What is declared for a page stands on it, and ends with the way on."""
    text = sources(page)
    missing = [i for (q, i) in CATALOGUE.passages if q == page and f'page.passage("{i}")' not in text]
    missing += [e for e, q in CATALOGUE.page_of.items() if q == page and f'page.exercise("{e}")' not in text]
    assert missing == []
    assert "page.next()" in text


@pytest.mark.parametrize("page", CATALOGUE.pages, ids=lambda p: p.name)
def test_the_navigation_says_the_page_s_own_heading(page) -> None:
    """One name for a page, in the list and on top of it."""
    assert "".join(cells(page.name)[0]["source"]).startswith(f"# {page.title}\n")


SECTIONS = [p.name for p in CATALOGUE.pages if p.name[:2] in SECTION_OF]


@pytest.mark.parametrize("page", SECTIONS)
def test_a_section_is_read_in_a_minute(page: str) -> None:
    """120 to 220 words of passage, as an open reader has them, notes not counted."""
    passages = [p.told_to("writer") for (q, _), p in CATALOGUE.passages.items() if q == page]
    words = sum(len(x.text.split()) for p in passages for x in p.paragraphs)
    assert 120 <= words <= 220


NOTES = [n for p in CATALOGUE.passages.values() for x in p.paragraphs for n in x.notes]


@pytest.mark.parametrize("note", NOTES, ids=lambda n: n.text[:30])
def test_a_note_is_short_and_names_its_source(note) -> None:
    """At most 45 words; evidence names where it comes from, and nothing is called science's word."""
    assert len(note.text.split()) <= 45
    assert note.label != "Evidence" or note.source
    assert "science" not in note.text.lower()


HELP = read_yaml(DATA / "help.yaml")
LINES = [(c["country"], line) for c in HELP["countries"] for line in c["lines"]]


@pytest.mark.parametrize(("country", "line"), LINES, ids=lambda x: x if isinstance(x, str) else x["name"][:20])
def test_a_help_line_says_where_it_was_looked_up_and_when(country: str, line: dict) -> None:
    """No number without source; a check older than twelve months fails."""
    checked = dt.date.fromisoformat(str(line.get("checked", HELP["checked"])))
    assert line["source"].startswith("https://")
    assert dt.datetime.now(dt.UTC).date() - checked < dt.timedelta(days=366)
    assert line.get("tel") is None or re.fullmatch(r"\+?\d{3,15}", str(line["tel"]))
