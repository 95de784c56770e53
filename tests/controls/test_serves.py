"""Which part of the article an exercise serves: closed at the end of its card, opened in one step."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from . import specs
from .test_accessibility import findings

Show = Callable[..., Page]
NOTE = {"label": "Evidence", "text": "Among <b>58</b> adults it faded slowly.", "source": "Somebody 2005."}
CLAIM = {
    "claim": "You could not know how much you would miss {him}.",
    "stance": "It can be checked against your own answers.",
    "notes": [NOTE],
    "page": "What happened",
    "href": "01-what-happened.ipynb#passage-guess",
}
OTHER = {**CLAIM, "claim": "You regret it.", "notes": [], "href": "https://example.org/01-x.ipynb#y"}
SUMMARY = "Which part of the article this belongs to"


def served(spec: dict[str, Any]) -> dict[str, Any]:
    return {**spec, "serves": [CLAIM, OTHER]}


def test_a_claim_its_evidence_and_its_place_are_one_step_away(show: Show) -> None:
    page = show(served(specs.EVERYTHING))
    expect(page.get_by_text(CLAIM["claim"])).to_be_hidden()
    page.get_by_text(SUMMARY).click()
    item = page.locator(".serves > ul > li").first
    expect(item).to_contain_text(CLAIM["stance"])
    expect(item.locator("blockquote")).to_have_text(
        "Evidence Among <b>58</b> adults it faded slowly.Source: Somebody 2005."
    )
    expect(item.get_by_role("link", name="Read it in its place, on What happened")).to_have_attribute(
        "href", CLAIM["href"]
    )


def test_a_link_leads_to_a_page_of_the_workbook_only(show: Show) -> None:
    page = show(served(specs.EVERYTHING))
    expect(page.locator(".serves a")).to_have_count(1)


def test_an_exercise_of_our_own_serves_none(show: Show) -> None:
    for nothing in ({}, {"serves": []}):
        page = show({**specs.EVERYTHING, **nothing})
        expect(page.get_by_text(SUMMARY)).to_have_count(0)


def test_it_waits_with_the_rest_of_what_is_not_core(show: Show) -> None:
    page = show({**served(specs.CHECK_IN), "core": False})
    expect(page.get_by_text(SUMMARY)).to_be_hidden()
    page.get_by_text("If you want more").click()
    expect(page.get_by_text(SUMMARY)).to_be_visible()


def test_on_paper_the_article_stands_in_its_place_only(show: Show) -> None:
    page = show(served(specs.EVERYTHING))
    page.emulate_media(media="print")
    expect(page.get_by_text(CLAIM["claim"])).to_be_hidden()


def test_axe_finds_nothing_in_it_and_nothing_is_too_wide(show: Show) -> None:
    for spec in (specs.EVERYTHING, specs.BOARD):
        page = show(served(spec))
        page.get_by_text(SUMMARY).click()
        for scheme, width in (("light", 1280), ("dark", 390)):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.set_viewport_size({"width": width, "height": 900})
            assert findings(page) == [], (scheme, width)
        page.set_viewport_size({"width": 320, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        heights = "(all) => all.map((e) => e.getBoundingClientRect().height)"
        assert min(page.locator(".serves :is(summary, a)").evaluate_all(heights)) >= 44
