"""A reader at work, in a real browser on real pages: what she writes is there, whatever happens in between."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.app.conftest import Address, end, kernels_of, wait_until
from widgets.catalogue import DATA
from widgets.journal import Journal, open_journal

NOTEBOOKS = DATA.parent / "notebooks"
WORDS = "Zanzibar, on a Tuesday. Ümläut, שלום, 🙂 <b>not bold</b>"


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'journal.sqlite'}"


@pytest.fixture
def address(serve: Callable[..., Address], url: str):
    started = serve(NOTEBOOKS, WORKBOOK_JOURNAL=url)
    yield started
    end(started.process)


@pytest.fixture
def journal(url: str):
    opened = open_journal(url)
    yield opened
    opened.close()


def card(page: Page, title: str) -> Locator:
    """The form of an exercise."""
    return page.locator("section.card", has=page.get_by_role("heading", name=title, exact=True))


def saved(form: Locator) -> None:
    expect(form.get_by_text("Saved at").first).to_be_visible()


def test_what_she_writes_in_section_1_is_there_after_a_reload_and_after_a_restart(
    address: Address, open_page: Callable[..., Page], journal: Journal, serve: Callable[..., Address], url: str
) -> None:
    """Start and section 1, filled in, closed, opened again: all of it is there, and it is tables."""
    page = open_page(address, "00-begin")
    you = card(page, "What to call people")
    you.get_by_label("What should these pages call the person you left?").fill("Tom")
    you.get_by_label("she, her, her").check()
    you.get_by_role("button", name="Save", exact=True).click()
    saved(you)
    safe = card(page, "A safe start")
    expect(safe.get_by_text("What has she said about contact?")).to_be_visible()
    answers = [
        ("What has she said", "nothing about it so far"),
        ("Are you afraid", "no"),
        ("Did she ever hurt", "no"),
        ("Could you say no", "yes"),
        ("Did you ever hurt", "no"),
        ("Should the details", "no"),
    ]
    for question, answer in answers:
        safe.get_by_role("group", name=question).get_by_role("radio", name=answer, exact=True).check()
    safe.get_by_role("button", name="Save", exact=True).click()
    saved(safe)
    expect(page.get_by_text("Nothing in these answers closes a page.")).to_be_visible()

    page.get_by_role("navigation", name="Pages").get_by_role("link", name="What happened").click()
    page.wait_for_selector("main[data-state=ready]")
    expect(page.get_by_text("Now you miss Tom.")).to_be_visible()
    line = card(page, "What happened, in order")
    line.get_by_label("What happened?").fill(WORDS)
    line.get_by_role("radio", name="something hard").check()
    line.get_by_role("group", name="How did it feel then?").get_by_role("radio", name="0", exact=True).check(force=True)
    line.get_by_role("button", name="Add this line").click()
    expect(line.get_by_role("listitem").get_by_text(WORDS)).to_be_visible()
    expect(page.get_by_text("1 line: 0 good, 1 hard.")).to_be_visible()

    box = card(page, "Three boxes")
    box.get_by_label("What weighs on you?").fill("That she trusts me")
    box.get_by_role("button", name="Add this").click()
    box.get_by_role("combobox").first.select_option("can_repair")
    expect(page.get_by_text("Whose choice is this?")).to_be_visible()

    thought = card(page, "Fact, feeling, story")
    thought.get_by_text("If you want more").click()
    thought.get_by_label("A sentence that comes back").fill("I left")
    thought.get_by_role("button", name="Add this sentence").click()
    thought.get_by_role("combobox").first.select_option("fact")
    expect(page.get_by_text("1 fact, 0 feelings, 0 stories.")).to_be_visible()

    guess = card(page, "A guess to check later")
    guess.get_by_text("If you want more").click()
    guess.get_by_role("radio", name="in two weeks").check()
    guess.get_by_role("group", name="How hard will it be?").get_by_role("radio", name="0", exact=True).check(force=True)
    guess.get_by_role("button", name="Keep this guess").click()
    expect(page.get_by_text("how hard 0 of 10")).to_be_visible()

    letter = card(page, "A letter to myself, as a friend would write it")
    letter.get_by_text("If you want more").click()
    letter.get_by_label("The letter").fill(WORDS * 3)
    letter.get_by_role("button", name="Save", exact=True).click()
    saved(letter)

    assert journal.table("timeline")[["what", "kind", "felt"]].to_numpy().tolist() == [[WORDS, "hard", 0]]
    assert journal.table("letters")["text"].tolist() == [WORDS * 3]
    assert journal.table("sorted_thoughts")[["sentence", "sort"]].to_numpy().tolist() == [["I left", "fact"]]
    assert journal.table("forecast")[["weeks", "distress"]].to_numpy().tolist() == [["two", 0]]
    assert journal.table("safety")["route_closed"].tolist() == [False]
    assert journal.table("safety")["was_hurt"].isna().all()

    page.reload()
    _all_there(page)
    end(address.process)
    again = serve(NOTEBOOKS, WORKBOOK_JOURNAL=url)
    _all_there(open_page(again, "01-what-happened"))
    end(again.process)


def _all_there(page: Page) -> None:
    page.wait_for_selector("main[data-state=ready]")
    line = card(page, "What happened, in order")
    expect(line.get_by_role("listitem").get_by_text(WORDS)).to_be_visible()
    expect(card(page, "Fact, feeling, story").get_by_role("combobox").first).to_have_value("fact")
    expect(page.get_by_text("how hard 0 of 10")).to_be_visible()
    letter = card(page, "A letter to myself, as a friend would write it")
    expect(letter.get_by_label("The letter")).to_have_value(WORDS * 3)
    expect(page.get_by_role("navigation", name="Pages").locator("small:visible")).to_have_count(2)


def test_a_kernel_killed_while_she_types_costs_no_letter(
    address: Address, open_page: Callable[..., Page], journal: Journal
) -> None:
    """The strip says so, the words stay, and once the line is back they are saved."""
    page = open_page(address, "01-what-happened")
    line = card(page, "What happened, in order")
    field = line.get_by_label("What happened?")
    field.press_sequentially("before ")
    for kernel in kernels_of(address.process):
        kernel.kill()
    field.press_sequentially("and after")
    expect(page.locator("#connection")).to_contain_text("Connection lost", timeout=20_000)
    expect(page.locator("#connection")).to_contain_text("Connected again", timeout=40_000)
    expect(field).to_have_value("before and after")
    line.get_by_role("button", name="Add this line").click()
    expect(line.get_by_role("listitem").get_by_text("before and after")).to_be_visible()
    assert journal.table("timeline")["what"].tolist() == ["before and after"]


def test_a_draft_outlives_the_server(
    address: Address, open_page: Callable[..., Page], journal: Journal, serve: Callable[..., Address], url: str
) -> None:
    """Two seconds after the last letter the words are on the disk; the next visit brings them back."""
    page = open_page(address, "01-what-happened")
    card(page, "What happened, in order").get_by_label("What happened?").fill("half a line")
    wait_until(lambda: journal.draft("timeline"), seconds=2.5)
    for process in [*kernels_of(address.process), psutil.Process(address.process.pid)]:
        os.kill(process.pid, signal.SIGKILL)
    again = serve(NOTEBOOKS, WORKBOOK_JOURNAL=url)
    line = card(open_page(again, "01-what-happened"), "What happened, in order")
    expect(line.get_by_text("Restored: what you wrote and had not saved")).to_be_visible()
    expect(line.get_by_label("What happened?")).to_have_value("half a line")
    end(again.process)


def test_two_windows_on_one_answer_keep_both_versions(
    address: Address, open_page: Callable[..., Page], journal: Journal
) -> None:
    """The second is told, and decides; the history has both."""
    first, second = (card(open_page(address, "00-begin"), "What to call people") for _ in range(2))
    question = "What should these pages call the person you left?"
    for window, name in ((first, "T"), (second, "Tom")):
        window.get_by_label(question).fill(name)
    first.get_by_role("button", name="Save", exact=True).click()
    saved(first)
    second.get_by_role("button", name="Save", exact=True).click()
    expect(second.get_by_text("Open in two places.")).to_be_visible()
    second.get_by_role("button", name="Go on here").click()
    saved(second)
    assert journal.history("reader")["name"].tolist() == ["T", "Tom"]


def test_a_letter_about_not_wanting_to_live_opens_help_first(address: Address, open_page: Callable[..., Page]) -> None:
    """The letter is saved, and the way to somebody stands before everything else."""
    page = open_page(address, "01-what-happened")
    letter = card(page, "A letter to myself, as a friend would write it")
    letter.get_by_text("If you want more").click()
    letter.get_by_label("The letter").fill("I do not want to live any more.")
    letter.get_by_role("button", name="Save", exact=True).click()
    expect(letter.get_by_role("heading", name="If you need someone now")).to_be_visible()
    saved(letter)
