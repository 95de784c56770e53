"""Section 4 in a real browser: one reader walks the page by key and pointer, chooses anew, and what she wrote stays."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.app.conftest import Address, end
from tests.app.test_lonely_or_love import answer, said
from tests.app.test_reader import card, saved
from widgets.catalogue import DATA
from widgets.journal import Journal, open_journal
from widgets.readings.friend_motive import read_friend_motive
from widgets.readings.lessons import read_lessons
from widgets.readings.plans import read_plans
from widgets.readings.practice import read_practice
from widgets.readings.self_parts import read_self_parts

NOTEBOOKS = DATA.parent / "notebooks"
PAGE = "04-show-it"
NOW = dt.datetime(2026, 11, 22, 18, tzinfo=dt.UTC)
TODAY = pd.Timestamp("2026-11-22")
SIZES = ({"width": 1280, "height": 900}, {"width": 390, "height": 844})


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'journal.sqlite'}"


@pytest.fixture
def journal(url: str) -> Iterator[Journal]:
    opened = open_journal(url)
    opened.save("safety", {"contact_wish": "none_said", "route_closed": False})
    opened.save("decisions", {"choice": "try", "draft": False})
    yield opened
    opened.close()


@pytest.fixture
def address(serve: Callable[..., Address], url: str, journal: Journal) -> Iterator[Address]:
    started = serve(NOTEBOOKS, WORKBOOK_JOURNAL=url, WORKBOOK_NOW=NOW.isoformat(), WORKBOOK_TZ="Europe/London")
    yield started
    end(started.process)


def add(form: Locator, button: str) -> None:
    form.get_by_role("button", name=button, exact=True).click()
    saved(form)


def more(page: Page, title: str) -> Locator:
    """The form of an exercise that waits closed, opened."""
    form = card(page, title)
    form.get_by_text("If you want more").click()
    return form


def accessible(page: Page, axe: Callable[[Page], list[str]]) -> None:
    """axe finds nothing, light and dark, on a desktop and on a phone, all parts open; nothing scrolls sideways."""
    page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for size in SIZES:
            page.set_viewport_size(size)
            assert axe(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_reader_walks_the_page_and_it_says_what_the_functions_return(
    address: Address, open_page: Callable[..., Page], journal: Journal, axe: Callable[[Page], list[str]]
) -> None:
    """A lesson, a plan, a week, friendship by keyboard, a guess, a part; then letting go, with nothing lost."""
    page = open_page(address, PAGE)
    write_a_lesson(page, journal)
    plan_and_log_a_week(page, journal)
    order_by_keyboard(page, journal)
    guess_and_grow(page, journal)
    accessible(page, axe)
    let_go(page, journal)
    accessible(page, axe)


def write_a_lesson(page: Page, journal: Journal) -> None:
    """Worth less than five without him: flagged, kindly; the scale was NA until touched."""
    form = card(page, "What I learned")
    expect(form.get_by_role("group", name="What is it worth to you").get_by_text("Not answered")).to_be_visible()
    form.get_by_label("What did you do?").fill("I decided alone")
    form.get_by_label("What would you do instead?").fill("I say that I am not sure")
    add(form, "Add this")
    assert journal.table("lessons")["worth_it_without_him"].isna().all()
    expect(page.get_by_text("For him only?")).to_have_count(0)
    form.get_by_role("button", name="Edit: I decided alone").click()
    answer(form, "What is it worth to you", 4)
    add(form, "Save this line")
    expect(page.get_by_text("For him only?")).to_be_visible()
    expect(said(page, read_lessons(journal.table("lessons")).sentence)).to_be_visible()


def plan_and_log_a_week(page: Page, journal: Journal) -> None:
    """There is nothing to log before there is a plan; the week says what the function says, the figure too."""
    expect(card(page, "How it went this week")).to_have_count(0)
    form = card(page, "If it comes up")
    form.get_by_label("If this happens").fill("I go quiet for a day")
    form.get_by_role("button", name="I say that I am not sure").click()
    form.get_by_label("with him, if he wants contact").check()
    form.get_by_role("group", name="And who else would it work with").get_by_label("with friends").check()
    add(form, "Add this plan")
    expect(said(page, read_plans(journal.table("plans"), True).sentence)).to_be_visible()
    week = more(page, "How it went this week")
    week.get_by_label("I go quiet for a day").check()
    week.get_by_label("How often did the moment come?").fill("9")
    week.get_by_label("How often did you do it then?").fill("10")
    week.get_by_role("button", name="Keep this week").click()
    message = "This is more often than the moment came. Write a number up to 9."
    expect(week.get_by_role("link", name=message)).to_be_visible()
    week.get_by_label("How often did you do it then?").fill("4")
    add(week, "Keep this week")
    found = read_practice(journal.table("practice"), TODAY)
    assert (found.weeks[0].start, found.weeks[0].taken) == (pd.Timestamp("2026-11-16"), 4)
    expect(said(page, found.sentence)).to_be_visible()
    expect(page.locator("g.dot text")).to_have_text(["9"])
    page.get_by_text("The same as a table").click()
    expect(page.get_by_role("cell", name="4 of 9")).to_be_visible()


def order_by_keyboard(page: Page, journal: Journal) -> None:
    """The rank is NA until something is moved or confirmed, says where a line went, and keeps the focus."""
    form = more(page, "Friends, and what for?")
    rank = form.get_by_role("group", name="Which weighs most with you?")
    expect(rank.get_by_text("Not answered")).to_be_visible()
    answer(form, "How would it be for you", 7)
    add(form, "Save")
    assert journal.table("friend_motive")["motives"].isna().all()
    up = rank.get_by_role("button", name="Move up: I still hope for more")
    up.focus()
    for place in (3, 2, 1):
        page.keyboard.press("Enter")
        expect(rank.get_by_text(f"Now place {place} of 4")).to_be_attached()
        expect(up).to_be_focused()
    page.keyboard.press("Space")
    expect(rank.get_by_text("It is at the top already.")).to_be_attached()
    form.get_by_label("it was not asked").check()
    add(form, "Save")
    assert journal.table("friend_motive")["motives"].iloc[0] == ["hoping", "support", "practical", "peace"]
    expect(page.get_by_role("heading", name="The way to friendship waits until he says in words")).to_be_visible()
    found = read_friend_motive(journal.table("friend_motive"))
    assert found is not None
    for sentence in (*found.mirror, found.question):
        expect(said(page, sentence)).to_be_visible()


def guess_and_grow(page: Page, journal: Journal) -> None:
    form = more(page, "Know or guess")
    form.get_by_label("What do you take to be true?").fill("He is angry")
    form.get_by_label("it is my guess").check()
    add(form, "Add this line")
    expect(page.get_by_text("The one line is a guess.")).to_be_visible()
    form = more(page, "Me, apart from us")
    form.get_by_label("A part of me").fill("An alto")
    form.get_by_label("new since then").check()
    add(form, "Add this part")
    expect(said(page, read_self_parts(journal.table("self_parts")).sentence)).to_be_visible()


def let_go(page: Page, journal: Journal) -> None:
    """At the next opening one exercise stands open; of the others nothing is left but what she wrote, to be read."""
    journal.save("decisions", {"choice": "let_go", "draft": False})
    page.set_viewport_size(SIZES[0])
    page.reload()
    page.wait_for_selector("main[data-state=ready]")
    cards = page.locator("section.card")
    expect(cards).to_have_count(1)
    expect(cards.get_by_role("heading", name="Me, apart from us")).to_be_visible()
    expect(cards.get_by_label("A part of me")).to_be_visible()
    expect(page.get_by_text("For him only?")).to_have_count(0)
    expect(page.get_by_role("heading", name="The way to friendship waits")).to_have_count(0)
    for title, words in (
        ("What I learned", "I decided alone"),
        ("If it comes up", "I say that I am not sure"),
        ("How it went this week", "chances: 9 · taken: 4"),
        ("Friends, and what for?", "1. I still hope for more"),
        ("Know or guess", "He is angry"),
    ):
        kept = page.locator("details.kept", has=page.get_by_text(f"What you wrote under “{title}”"))
        expect(kept.get_by_text(words)).to_be_hidden()
        kept.locator("summary").click()
        expect(kept.get_by_text(words).first).to_be_visible()
        assert kept.locator("input, button, select, textarea").count() == 0
