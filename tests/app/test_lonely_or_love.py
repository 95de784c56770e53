"""Section 2 in a real browser: checking in over weeks, what the page says then, and a choice that holds or waits."""

import datetime as dt
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.app.conftest import Address, end
from tests.app.test_reader import card, saved
from tests.pages.test_lonely_or_love import Movable, check_in_for
from widgets.catalogue import DATA, Wording
from widgets.journal import Journal, open_journal
from widgets.readings.pattern import read_pattern

NOTEBOOKS = DATA.parent / "notebooks"
PAGE = "02-lonely-or-love"
FIRST_DAY = dt.date(2026, 9, 27)
CHECK_IN = "How is it right now?"
DEMO = """import sys
from widgets.app.main import app
app(["demo", "--no-browser", "--on", sys.argv[1]])
"""
PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'journal.sqlite'}"


@pytest.fixture
def journal(url: str) -> Iterator[Journal]:
    opened = open_journal(url)
    yield opened
    opened.close()


@pytest.fixture
def serve_at(serve: Callable[..., Address], url: str) -> Iterator[Callable[[dt.datetime], Address]]:
    """serve_at(moment): the workbook over that journal, as if it were then."""
    started = []

    def start(moment: dt.datetime) -> Address:
        started.append(
            serve(NOTEBOOKS, WORKBOOK_JOURNAL=url, WORKBOOK_NOW=moment.isoformat(), WORKBOOK_TZ="Europe/London")
        )
        return started[-1]

    yield start
    for address in started:
        end(address.process)


def at(journal: Journal, days: int) -> dt.datetime:
    """That many days of check-ins; the evening on which they end."""
    journal.clock = Movable(dt.datetime(2026, 10, 5, 20, tzinfo=dt.UTC))
    check_in_for(journal, days)
    return journal.clock.now()


def answer(form: Locator, question: str, value: int) -> None:
    form.get_by_role("group", name=question).get_by_role("radio", name=str(value), exact=True).check(force=True)


def check_in(page: Page, lonely: int, missing: int) -> Locator:
    form = card(page, CHECK_IN)
    answer(form, "How lonely", lonely)
    answer(form, "How much do you miss", missing)
    form.get_by_role("button", name="Save", exact=True).click()
    saved(form)
    return form


def pattern_of(page: Page) -> Locator:
    """The panel under My pattern."""
    return page.locator(".cell.reading", has=page.get_by_text("What this cannot tell")).first


def said(where: Page | Locator, sentence: str) -> Locator:
    """That sentence as a paragraph; the figure says it too, to whoever hears it."""
    return where.locator("p").get_by_text(Wording().fill(sentence), exact=True)


def dots(panel: Locator) -> dict[tuple[str, str, str], int]:
    """What is drawn: (class, x, y) -> number of days."""
    script = """svg => [...svg.querySelectorAll('g.dot')].map(g => [g.getAttribute('class'),
        ...['cx', 'cy'].map(at => g.querySelector('circle').getAttribute(at)), g.textContent || '1'])"""
    return {(a, x, y): int(n) for a, x, y, n in panel.locator("svg").first.evaluate(script)}


def test_three_weeks_of_check_ins_in_the_demo_and_the_page_tells_the_truth(
    chromium: Any, own_home: dict[str, str], tmp_path: Path
) -> None:
    """Day by day on the demo's own clock; at each stage the page says what the function says of the same table."""
    environment = {**own_home, "TMPDIR": str(tmp_path)}
    process = subprocess.Popen(
        [sys.executable, "-c", DEMO, FIRST_DAY.isoformat()], text=True, stdout=subprocess.PIPE, env=environment
    )
    context = chromium.new_context(**PHONE)
    try:
        assert process.stdout
        address = Address(process.stdout.readline().split()[-1])
        [file] = tmp_path.glob("journal-*/journal.sqlite")
        journal = open_journal(f"sqlite:///{file}")
        page = context.new_page()
        page.goto(address, wait_until="commit")
        page.goto(address.page(PAGE), wait_until="commit")
        stages, moves = [], [(5, 6), (3, 4), (7, 7), (4, 6), (8, 8), (2, 4), (6, 5)]
        for day in range(21):
            today = FIRST_DAY + dt.timedelta(days=day)
            lonely, missing = moves[day % 7]
            if day in (0, 7, 14, 20):
                page.wait_for_selector("main[data-state=ready]")
                check_in(page, lonely, missing)
                found = read_pattern(journal.table("checkins"))
                stages.append((found.days, found.stage))
                for sentence in filter(None, (found.least_sentence, found.sentence)):
                    expect(said(page, sentence)).to_be_visible()
                expect(page.locator("g.dot")).to_have_count(
                    len(dots(pattern_of(page))) if found.stage != "entries" else 0
                )
                expect(page.locator("#sample")).to_contain_text(f"{today:%A} {today.day} {today:%B}")
                page.get_by_role("button", name="Go on to the next day").click()
            else:
                journal.save("checkins", {"lonely": lonely, "longing": missing}, on=today)
                moved = page.request.post(f"{address.site}sample/next-day", form={"page": PAGE}, max_redirects=0)
                assert moved.status == 302
                if day + 1 in (7, 14, 20):
                    page.goto(address.page(PAGE), wait_until="commit")
        assert stages == [(1, "entries"), (8, "summary"), (15, "early"), (21, "early")]
        journal.close()
    finally:
        context.close()
        end(process)


def test_the_pattern_on_the_page_is_what_the_function_returns(
    serve_at: Callable[..., Address], open_page: Callable[..., Page], journal: Journal
) -> None:
    """Sentences, dots, line, band and table, to the last day."""
    moment = at(journal, 50)
    found = read_pattern(journal.table("checkins"))
    panel = pattern_of(open_page(serve_at(moment), PAGE))
    for sentence in (found.least_sentence, found.sentence):
        expect(said(panel, sentence)).to_be_visible()
    x, y = (lambda v: round(34 + 29 * v, 1)), (lambda v: round(270 - 24 * v, 1))
    drawn = dots(panel)
    days = pd.Series([("dot filled" if p.least else "dot open", x(p.driver), y(p.longing)) for p in found.points])
    assert {(a, float(cx), float(cy)): n for (a, cx, cy), n in drawn.items()} == days.value_counts().to_dict()
    line = [tuple(map(float, c.split(","))) for c in panel.locator("polyline").get_attribute("points").split()]
    assert line == [(x(b.driver), y(b.mean)) for b in found.band]
    band = [tuple(map(float, c.split(","))) for c in panel.locator("polygon").get_attribute("points").split()]
    assert band == [(x(b.driver), y(b.high)) for b in found.band] + [(x(b.driver), y(b.low)) for b in found.band[::-1]]
    panel.get_by_text("The same as a table").click()
    rows = panel.locator("tbody tr").evaluate_all(
        "rows => rows.map(r => [...r.cells].slice(1).map(c => c.textContent))"
    )
    answered = [row for row in rows if row[0] != "no answer"]
    assert answered == [[f"{p.driver:g}", f"{p.longing:g}", "yes" if p.least else "no"] for p in found.points]


def test_past_values_are_out_of_sight_while_she_answers(
    serve_at: Callable[..., Address], open_page: Callable[..., Page], journal: Journal
) -> None:
    """Nothing of today before she saves; the pattern goes with the first answer and comes back with the save."""
    moment = at(journal, 20)
    journal.save("checkins", {"lonely": 9, "longing": 9})
    page = open_page(serve_at(moment + dt.timedelta(minutes=5)), PAGE)
    form = card(page, CHECK_IN)
    expect(form.get_by_text("lonely 9")).to_have_count(0)
    expect(page.locator("g.dot").first).to_be_visible()
    answer(form, "How lonely", 3)
    expect(page.locator("g.dot")).to_have_count(0)
    expect(page.get_by_text("Hidden while you check in")).to_be_visible()
    expect(form.get_by_text("Draft kept")).to_be_visible()
    page.reload()
    expect(form.get_by_text("Restored: what you wrote and had not saved")).to_be_visible()
    expect(page.get_by_text("Hidden while you check in")).to_be_visible()
    expect(page.locator("g.dot")).to_have_count(0)
    form.get_by_role("button", name="Save", exact=True).click()
    expect(form.get_by_text("lonely 3")).to_be_visible()
    expect(form.get_by_text("lonely 9")).to_be_visible()
    expect(page.locator("g.dot").first).to_be_visible()


def test_a_minute_on_a_phone_one_step_from_the_start(
    serve_at: Callable[..., Address], open_page: Callable[..., Page], journal: Journal, axe: Callable[[Page], list[str]]
) -> None:
    """From Start one link; four scales fit above the bar; not being safe shows help at once and keeps a date."""
    page = open_page(serve_at(dt.datetime(2026, 10, 5, 20, tzinfo=dt.UTC)), "00-begin", **PHONE)
    page.get_by_role("link", name="Check in").click()
    page.wait_for_selector("main[data-state=ready]:has(h1:text-is('Lonely or love'))")
    form = card(page, CHECK_IN)
    scales = form.locator("fieldset.scale")
    top, bottom = scales.nth(0).bounding_box(), scales.nth(3).bounding_box()
    assert bottom["y"] + bottom["height"] - top["y"] <= 844 - page.locator(".ways").bounding_box()["height"]
    form.get_by_role("radio", name="no", exact=True).first.check()
    expect(form.get_by_role("heading", name="If you need someone now")).to_be_visible()
    assert axe(page) == []
    form.get_by_role("button", name="Save", exact=True).click()
    saved(form)
    row = journal.table("checkins").iloc[0]
    assert row["pause_until"] == pd.Timestamp("2026-10-12")
    assert pd.isna(row["safe_now"])
    expect(page.get_by_text("Messages rest until Monday 12 October.")).to_be_visible()


def test_a_hard_evening_s_choice_waits_for_another_day(
    serve_at: Callable[..., Address], open_page: Callable[..., Page], journal: Journal
) -> None:
    """Saved as a draft; the next day one step makes it her choice, and the later pages follow."""
    moment = at(journal, 8)
    journal.save("safety", {"contact_wish": "none_said", "route_closed": False})
    journal.save("checkins", {"distress": 9})
    page = open_page(serve_at(moment), PAGE)
    form = card(page, "For now I choose")
    form.get_by_role("radio", name="try", exact=True).check()
    form.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="Saved as a draft")).to_be_visible()
    page = open_page(serve_at(moment + dt.timedelta(days=1)), PAGE)
    page.get_by_role("button", name="Confirm it").click()
    expect(page.get_by_text(re.compile(r"^For now: try, since"))).to_be_visible()
    assert journal.table("decisions")["draft"].tolist() == [True, False]
    page.goto(page.url.replace(PAGE, "03-say-it-once"))
    page.wait_for_selector("main[data-state=ready]")
    expect(page.get_by_text(re.compile("saying it once, in your own words"))).to_be_visible()
    page.get_by_role("link", name="Lonely or love").last.click()
    page.wait_for_selector("main[data-state=ready]")
    assert page.url.endswith(f"{PAGE}.ipynb#exercise-decision")


def test_the_board_is_symmetrical_to_the_pixel_and_leaves_out_what_is_closed(
    serve_at: Callable[..., Address], open_page: Callable[..., Page], journal: Journal
) -> None:
    """Three sections alike in every measure; with the way closed two, and no try anywhere on the page."""
    journal.save("safety", {"contact_wish": "none_said", "route_closed": False})
    for way in ("try", "not_yet", "let_go"):
        for side in ("for", "against"):
            journal.save("decision_lines", {"way": way, "side": side, "line": "One line"})
    address = serve_at(dt.datetime(2026, 10, 5, 20, tzinfo=dt.UTC))
    for size in ({"width": 1280, "height": 900}, {"width": 390, "height": 844}):
        page = open_page(address, PAGE, viewport=size)
        board = card(page, "Try, not yet, let go")
        assert len(_shapes(board)) == 3
        assert len(set(_shapes(board))) == 1
    journal.save("safety", {"contact_wish": "blocked", "route_closed": True, "route_reason": "blocked"})
    page = open_page(address, PAGE)
    board, choice = card(page, "Try, not yet, let go"), card(page, "For now I choose")
    expect(board.get_by_role("heading", level=3)).to_have_count(2)
    expect(board.get_by_text("Try is not offered while the way to a message is closed.")).to_be_visible()
    expect(choice.get_by_role("radio", name="try", exact=True)).to_have_count(0)
    expect(choice.get_by_role("group", name="How much do you want to try?")).to_have_count(0)


def _shapes(board: Locator) -> list[str]:
    """Each section as its descendants' sizes, places in it, colours and type."""
    script = """sections => sections.map(section => {
        const {x, y} = section.getBoundingClientRect();
        return JSON.stringify([...section.querySelectorAll('*')].filter(n => n.offsetParent).map(n => {
            const box = n.getBoundingClientRect(), style = getComputedStyle(n);
            const own = n.matches('h3, h3 *') ? 0 : box.width;   // the words of the headings differ
            const type = [style.color, style.fontSize, style.fontWeight];
            return [n.tagName, box.x - x, Math.round((box.y - y) * 10), own, box.height, ...type];
        }));
    })"""
    return board.locator("section.way").evaluate_all(script)
