"""The page for looking back in a real browser: finding, an older version, bringing it back, and the claim behind it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.app.conftest import Address, end
from widgets.catalogue import DATA, Wording
from widgets.journal import Journal, load_sample, open_journal
from widgets.pages.shows import content

NOTEBOOKS = DATA.parent / "notebooks"
PAGE = "06-look-back"
NOW = {"WORKBOOK_NOW": "2026-11-22T21:00:00+00:00", "WORKBOOK_TZ": "Europe/London"}
PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Journal]:
    """An empty one, on the sample reader's last evening."""
    for name, value in NOW.items():
        monkeypatch.setenv(name, value)
    opened = open_journal(f"sqlite:///{tmp_path / 'journal.sqlite'}")
    yield opened
    opened.close()


@pytest.fixture
def address(serve: Callable[..., Address], journal: Journal) -> Iterator[Address]:
    started = serve(NOTEBOOKS, WORKBOOK_JOURNAL=f"sqlite:///{journal.place}", **NOW)
    yield started
    end(started.process)


def find(page: Page, words: str) -> Locator:
    """The first entry that has them, once what was found before is gone."""
    page.locator(".hits > li").evaluate_all("(hits) => hits.forEach((hit) => hit.toggleAttribute('data-before'))")
    page.get_by_label("Words you remember").fill(words)
    page.get_by_role("button", name="Find", exact=True).click()
    expect(page.locator(".hits > li:not([data-before]) mark").first).to_be_visible()
    return page.locator(".hits > li").first


def open_everything(page: Page) -> None:
    page.evaluate("() => { for (const part of document.querySelectorAll('main details')) part.open = true }")


def test_she_finds_an_old_line_brings_it_back_and_follows_it_to_the_article(
    address: Address, open_page: Callable[..., Page], journal: Journal
) -> None:
    """With a telephone: from some words to the earlier version, back into the table, and on to the passage."""
    load_sample(journal, DATA / "sample")
    page = open_page(address, PAGE, **PHONE)
    line = find(page, "NOT NOW, he was just")
    expect(line.get_by_role("heading", name="What happened, in order · Friday 2 October")).to_be_visible()
    line.get_by_text("The whole entry, and its versions").click()
    line.locator(".whole details summary").click()
    expect(line.locator(".whole details dd").first).to_have_text("He would not talk about children.")
    line.get_by_role("button", name="Bring this version back").click()
    expect(line.get_by_text(re.compile(r"^Brought back at"))).to_be_focused()
    rows = journal.table("timeline")["what"].tolist()
    assert "He would not talk about children." in rows
    assert not any("he was just off a shift" in row for row in rows)
    again = find(page, "he was just off a shift")
    expect(again.get_by_text("It is in an earlier version.")).to_be_visible()
    assert len(journal.history("timeline")) == 13
    again.get_by_text("Which part of the article this belongs to").click()
    again.get_by_role("link", name="Read it in its place, on What happened").nth(2).click()
    page.wait_for_selector("main[data-state=ready]")
    assert page.url.endswith("01-what-happened.ipynb#passage-then")
    expect(page.get_by_text("At the time, leaving seemed right.")).to_be_in_viewport()


def test_what_she_withdrew_is_found_and_stands_again(
    address: Address, open_page: Callable[..., Page], journal: Journal
) -> None:
    """Her words are text on the page, whatever they look like; the list of her exercise has the line again."""
    words = "Zoë’s café <img src=x onerror=alert(1)> {he}"
    entry = journal.save("boxes", {"item": words, "box": "can_choose"})
    journal.withdraw(entry)
    page = open_page(address, PAGE)
    expect(page.get_by_role("link", name="What happened").locator("small")).to_be_hidden()
    line = find(page, "zoe's CAFE")
    expect(line.get_by_text("Withdrawn.")).to_be_visible()
    expect(line.locator("> p .said")).to_have_text(words)
    line.get_by_text("The whole entry, and its versions").click()
    line.get_by_role("button", name="Bring it back").click()
    expect(line.get_by_text(re.compile(r"^Brought back at"))).to_be_visible()
    expect(page.get_by_role("link", name="What happened").first.locator("small")).to_be_visible()
    line.get_by_role("link", name="Where it was asked, on What happened").click()
    page.wait_for_selector("main[data-state=ready]")
    expect(page.get_by_role("heading", name="Three boxes")).to_be_in_viewport()
    expect(page.get_by_role("listitem").get_by_text(words).first).to_be_visible()


def test_the_page_says_and_draws_what_the_functions_return(
    address: Address, open_page: Callable[..., Page], journal: Journal, axe: Callable[[Page], list[str]]
) -> None:
    """Every sentence, and every table beside a figure, cell by cell; axe in both schemes, on both widths, all open."""
    load_sample(journal, DATA / "sample")
    page = open_page(address, PAGE)
    for n, name in enumerate(("weeks", "contact-mood", "choices", "guesses")):
        shown, panel = content(name, journal, Wording()), page.locator(".cell.reading").nth(n)
        texts = [block["text"] for block in shown["blocks"] if block["kind"] == "text"]
        assert panel.locator(".panel > p").all_text_contents()[: len(texts)] == texts
        tables = [block.get("table", block) for block in shown["blocks"] if block["kind"] in ("figure", "table")]
        rows = (
            "(all) => all.map((table) => [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent)))"
        )
        assert panel.locator("table").evaluate_all(rows) == [[t["head"], *t["rows"]] for t in tables]
    find(page, "children")
    open_everything(page)
    found = page.locator(".hits > li").count()
    assert found > 5
    expect(page.locator(".whole h4", has_text="As it stands now")).to_have_count(found)
    for scheme in ("light", "dark"):
        for width in (1280, 390, 320):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.set_viewport_size({"width": width, "height": 844})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            if width != 320:
                assert axe(page) == [], (scheme, width)


def test_a_new_reader_sees_what_will_stand_here_and_from_when(
    address: Address, open_page: Callable[..., Page], axe: Callable[[Page], list[str]]
) -> None:
    """Each part has its sentence; those with a day name it; looking for words in nothing is answered."""
    page = open_page(address, PAGE, **PHONE)
    expect(page.get_by_text("one from Monday 23 November, two weeks can be shown here")).to_be_visible()
    expect(page.get_by_text("From your first choice, each one appears here")).to_be_visible()
    expect(page.get_by_text("One made today can be checked from Sunday 6 December.")).to_be_visible()
    page.get_by_label("Words you remember").fill("him")
    page.get_by_role("button", name="Find", exact=True).click()
    expect(page.get_by_text("Nothing you saved has all of these words.")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("link", name="Lonely or love").last.click()
    page.wait_for_selector("main[data-state=ready]")
    expect(page.get_by_role("heading", name="For now I choose")).to_be_in_viewport()
