"""Section 5 in a real browser: a pull looked at over a closed page, the lights, an answer, a day to look again."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.app.conftest import Address
from tests.app.test_lonely_or_love import answer, journal, serve_at, url
from tests.app.test_reader import card, saved
from tests.pages.test_desk import SAFE, desk, save
from tests.pages.test_lonely_or_love import LONDON, Movable
from widgets.catalogue import Wording
from widgets.journal import Journal
from widgets.pages.pace import asked_with
from widgets.readings.pace import light, sentence
from widgets.readings.urges import read_urges

__all__ = ["journal", "serve_at", "url"]  # fixtures

PAGE = "05-his-terms"
NOON = dt.datetime(2026, 10, 5, 12, tzinfo=LONDON)
PULL = "When the pull to write is strong"
LOG = "What went back and forth"
LONDONER = {"timezone_id": "Europe/London", "locale": "en-GB"}


def lamp(page: Page) -> Locator:
    return page.locator(".light")


def open_way(journal: Journal, at: dt.datetime = NOON) -> None:
    """Nothing closes the way to a message, and she chose to try."""
    journal.clock = Movable(at - dt.timedelta(minutes=5))
    save(desk(journal, "safe-start"), SAFE)
    journal.save("decisions", {"choice": "try"})
    journal.clock.at = at


def press_save(form: Locator) -> None:
    form.get_by_role("button", name="Save", exact=True).click()
    saved(form)


def test_a_pull_is_looked_at_three_times_with_the_page_closed_in_between(
    serve_at: Callable[..., Address], open_page: Callable[..., Page], journal: Journal
) -> None:
    """One entry, its times those of the clock; each look is asked for when its time has come. Nothing counts down."""
    form = card(open_page(serve_at(NOON), PAGE, **LONDONER), PULL)
    answer(form, "right now?", 8)
    form.get_by_role("button", name="A like is not a message").click()
    press_save(form)
    expect(form.locator(".stage")).to_have_text(
        "Begun at 12:00. From 12:10 on it asks once more. You can close the page."
    )
    form = card(open_page(serve_at(NOON + dt.timedelta(minutes=9, seconds=55)), PAGE, **LONDONER), PULL)
    expect(form.get_by_role("group", name="right now?")).to_be_visible()
    expect(form.get_by_role("group", name="How strong is the pull now?")).to_be_visible(timeout=20_000)  # by itself
    expect(form.locator(".stage")).to_have_text("Begun at 12:00. This is the next look at it.")
    expect(form.get_by_text("8 of 10")).to_have_count(0)
    answer(form, "How strong is the pull now?", 6)
    press_save(form)
    expect(form.locator(".stage")).to_contain_text("From 12:30 on it asks once more.")
    page = open_page(serve_at(NOON + dt.timedelta(minutes=34, seconds=40)), PAGE, **LONDONER)
    form = card(page, PULL)
    answer(form, "How strong is the pull now?", 0)
    form.get_by_label("What did you do meanwhile?").fill("The dishes")
    press_save(form)
    expect(form.get_by_role("group", name="right now?")).to_be_visible()  # empty again, for another time
    [row] = journal.table("urges").to_dict("records")
    assert (row["urge_now"], row["urge_10"], row["urge_30"]) == (8, 6, 0)
    found = read_urges(journal.history("urges"), pd.Timestamp("2026-10-05"))
    assert [look.minutes for look in found.urges[0].looks.values()] == [0, 10, 34]
    expect(page.locator("p").get_by_text(found.sentence, exact=True)).to_be_visible()
    page.get_by_text("The same as a table").first.click()
    expect(page.get_by_role("cell", name="0 (at 34 min)")).to_be_visible()


NIGHT = NOON.replace(hour=22)
SENT = {"dir": "out", "kind": "message", "started_by": "her", "when": NOON - dt.timedelta(days=2)}


@pytest.mark.parametrize(("state", "at"), [("nothing_against", NOON), ("wait", NIGHT), ("closed", NOON)])
def test_the_light_on_the_page_is_what_the_function_returns(
    serve_at: Callable[..., Address],
    open_page: Callable[..., Page],
    journal: Journal,
    axe: Callable[[Page], list[str]],
    state: str,
    at: dt.datetime,
) -> None:
    """Three states, each a sentence with its own sign; axe finds nothing in either scheme, on a phone."""
    open_way(journal, at)
    if state == "closed":
        journal.save("contacts", SENT)
    tables = asked_with(journal)
    found = light(**tables)
    assert found.state == state
    page = open_page(serve_at(at), PAGE, viewport={"width": 390, "height": 844}, **LONDONER)
    state_words, _, why = Wording().fill(sentence(found, **tables)).partition(". ")
    expect(lamp(page).get_by_role("heading", level=3)).to_have_text(f"{state_words}.")
    expect(lamp(page).locator("p").first).to_have_text(why)
    if found.rule:
        expect(page.get_by_text(re.compile(rf"^Rule {found.rule}: "))).to_be_visible()
    problems = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        problems += axe(page)
    assert problems == []


def choose(page: Page, form: Locator, question: str, answer: str) -> None:
    """Go to an answer by Tab and the arrow keys, as somebody without a mouse does."""
    group = form.get_by_role("group", name=question)
    names = [name.strip() for name in group.locator(".option").all_inner_texts()]
    group.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    for _ in range(names.index(answer)):
        page.keyboard.press("ArrowDown")
    expect(group.get_by_role("radio", name=answer, exact=True)).to_be_focused()


def test_a_line_is_logged_by_key_and_the_light_follows(
    serve_at: Callable[..., Address], open_page: Callable[..., Page], journal: Journal
) -> None:
    """A message of hers closes it, his answer opens it, and a cautious reading of that answer closes it again."""
    open_way(journal)
    page = open_page(serve_at(NOON), PAGE, **LONDONER)
    form = card(page, LOG)
    expect(lamp(page)).to_contain_text("Nothing in your rules speaks against it.That is all this says.")
    choose(page, form, "Which way did it go?", "from me to him")
    choose(page, form, "What was it?", "a like or a reaction")
    choose(page, form, "Who started it?", "I started")
    form.get_by_role("button", name="Add this line").focus()
    page.keyboard.press("Enter")
    expect(form.get_by_text("a like or a reaction · Monday 5 October 2026, 12:0")).to_be_visible()
    expect(lamp(page)).to_contain_text("Closed.What came from you on Monday 5 October has no answer.")
    expect(page.get_by_text("A small push is sometimes followed by a reunion.")).to_be_visible()
    row = journal.table("contacts").iloc[0]
    assert (row["dir"], row["kind"], row["started_by"]) == ("out", "like", "her")
    assert row["when"].tz_convert(LONDON).strftime("%H:%M") < "12:05"
    choose(page, form, "Which way did it go?", "from him to me")
    choose(page, form, "How did it sound?", "welcoming")
    form.get_by_role("button", name="Add this line").focus()
    page.keyboard.press("Enter")
    expect(lamp(page)).not_to_contain_text("has no answer")
    reading = card(page, "Reading an answer")
    reading.get_by_text("If you want more").click()
    reading.get_by_label("What came, in your own words?").fill("Kind, and far away")
    reading.get_by_role("group", name="Which line of the log is it?").get_by_role("radio").check()
    reading.get_by_role("group", name="At your most cautious").get_by_role("radio", name="closing").check()
    reading.get_by_role("button", name="Keep this reading").click()
    expect(lamp(page)).to_contain_text("Closed.On Monday 5 October you logged a no from him.")
    expect(form.get_by_text("closing")).not_to_have_count(0)
    assert journal.history("contacts")["tone"].dropna().tolist() == ["welcoming", "closing"]


def test_on_the_day_for_looking_again_then_and_now_lead_to_the_board(
    serve_at: Callable[..., Address], open_page: Callable[..., Page], journal: Journal, axe: Callable[[Page], list[str]]
) -> None:
    """Before it there is a date and no question; on it two sides and a way to decide; a look uses it up."""
    journal.clock = Movable(NOON)
    journal.save("checkins", {"lonely": 8, "longing": 6, "distress": 7})
    journal.save("decisions", {"choice": "not_yet", "review_on": dt.date(2026, 10, 26)})
    page = open_page(serve_at(NOON), PAGE)
    expect(page.get_by_text("The day you set for looking again is Monday 26 October.")).to_be_visible()
    expect(page.get_by_label("What do you see now")).to_have_count(0)
    page = open_page(serve_at(NOON + dt.timedelta(days=21)), PAGE)
    table = page.get_by_role("table", name=re.compile("The week up to each day"))
    expect(table.get_by_role("row", name=re.compile("^Lonely"))).to_have_text(
        re.compile(r"8\.0 \(1 day\).*no check-in")
    )
    assert axe(page) == []
    form = card(page, "A day for looking again")
    form.get_by_label("What do you see now").fill("It is quieter.")
    press_save(form)
    page.locator("h1").click()
    expect(page.get_by_text("None is set now.")).to_be_visible()
    page.reload()
    page.wait_for_selector("main[data-state=ready]")
    page.get_by_text("What you wrote under “A day for looking again”").click()
    expect(page.get_by_text("It is quieter.")).to_be_visible()


def test_what_the_page_offers_follows_her_choice(
    serve_at: Callable[..., Address], open_page: Callable[..., Page], journal: Journal
) -> None:
    """Letting go stands open for who chose it, with the list that has its price; for others it waits or is absent."""
    seen: dict[str, Any] = {}
    at = NOON
    journal.clock = Movable(at)
    save(desk(journal, "safe-start"), SAFE)
    address = serve_at(at + dt.timedelta(hours=1))
    for choice in ("try", "not_yet", "let_go"):
        journal.clock.at += dt.timedelta(minutes=1)
        journal.save("decisions", {"choice": choice})
        page = open_page(address, PAGE)
        titles = page.locator("section.card > h2").all_inner_texts()
        open_now = page.get_by_label("What was good, and stays good?").is_visible()
        seen[choice] = ("What was not good for me" in titles, "Slower, if you want" in titles, open_now)
    assert seen == {"try": (False, True, False), "not_yet": (False, True, False), "let_go": (True, False, True)}
