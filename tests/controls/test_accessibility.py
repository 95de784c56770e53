"""axe (WCAG 2.2 A and AA, best practice), sizes, sideways scroll, forced colours, print: in every state and scheme."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Page, expect

from . import specs, test_board, test_copying, test_letters, test_message, test_series
from .specs import entry

Show = Callable[..., Page]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LOOKS = {"runOnly": ["color-contrast", "target-size"]}  # the rest does not depend on colour and width together
FULL = {
    "entries": [
        entry(
            {
                "lonely": 7,
                "felt": -2,
                "wish": "asked_for_space",
                "until": "2026-12-24",
                "shared": [],
                "times": 3,
                "name": "Ana",
                "note": "A long night.",
                "things": [{"what": "a walk", "when": "2026-11-22"}],
                "order": ["peace", "help", "support"],
            }
        )
    ]
}
CARDS = {
    "entries": [
        entry({"sentence": "I left.", "sort": "fact"}, "a"),
        entry({"sentence": "Never.", "sort": "story"}, "b"),
    ],
    "draft": {"answers": {"sentence": "begun"}, "kept": "2026-11-22T20:08:00Z", "writer": "w", "row": None},
}
FAULTS = [{"item": field["id"], "message": "Look at this once more."} for field in specs.EVERYTHING["items"]]


def errors(page: Page) -> None:
    page.locator("summary").click()
    page.get_by_label("not sure").check()
    refuse = "(faults) => { kernel.refuse = (m) => m.do === 'save' && {ok: false, error: {kind: 'invalid', faults}} }"
    page.evaluate(refuse, FAULTS)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".summary")).to_be_focused()


def lost(page: Page) -> None:
    page.get_by_role("radio", name="3", exact=True).first.check()
    page.evaluate("() => { kernel.mode = 'throws' }")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Connection lost.")).to_be_visible()


def two_places(page: Page) -> None:
    page.evaluate("() => { Object.assign(kernel.state.entries[0], {revision: 5, answers: {name: 'Eve'}}) }")
    page.get_by_label("What may we call you?").fill("Ann")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Open in two places.")).to_be_visible()


def withdrawn(page: Page) -> None:
    page.get_by_role("button", name="Withdraw: I left.").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()


def edited(page: Page) -> None:
    page.get_by_role("button", name="Start empty").click()
    page.get_by_role("button", name="Edit: Never.").click()


def saved_again(page: Page) -> None:
    test_series.scale(page, "7").check()
    test_series.save(page)


def begun_on_the_board(page: Page) -> None:
    page.get_by_role("button", name="Edit: We laugh.").click()
    test_board.field(page, "let_go").fill("begun")
    expect(page.get_by_text("Draft kept")).to_be_visible()


def missing_on_the_board(page: Page) -> None:
    error = "{kind: 'invalid', faults: [{item: 'line', message: 'This is needed to save.'}]}"
    page.evaluate(f"() => {{ kernel.refuse = (m) => m.do === 'save' && {{ok: false, error: {error}}} }}")
    page.get_by_role("button", name="Add").first.click()
    expect(page.get_by_text("This is needed to save.")).to_be_visible()


def read_once_more(page: Page) -> None:
    page.evaluate(f"() => {{ {test_message.READ} }}")
    page.get_by_label("Your words").fill(f"I want to die. {test_message.TEXT}")
    page.get_by_role("button", name="I stand by this").first.click()
    page.get_by_text("Earlier versions").click()
    expect(page.locator(".hints .panel.help")).to_be_visible()


def to_be_destroyed(page: Page) -> None:
    page.get_by_text("All of it").click()
    page.get_by_role("button", name="Destroy: Put away").click()
    page.get_by_label("destroy it").check()
    page.get_by_label("The letter").fill("Burn this.")
    page.get_by_role("button", name="Save this letter").click()


def all_cards(page: Page) -> None:
    page.get_by_text("A little more, if you like").click()


LETTER_AND_SEAL = {"entries": [entry({"text": test_letters.LONG, "fate": "keep"}, "a"), test_letters.SEALED]}
MESSAGE = {"entries": [entry({"text": "Saved."})], "versions": 2, "offer": test_message.OFFER}

STATES: dict[str, tuple[dict[str, Any], dict[str, Any], Callable[[Page], None] | None]] = {
    "untouched": (specs.EVERYTHING, {}, None),
    "errors and help": (specs.EVERYTHING, FULL, errors),
    "connection lost": (specs.EVERYTHING, FULL, lost),
    "two places": (specs.EVERYTHING, FULL, two_places),
    "draft and cards": (specs.THOUGHTS, CARDS, None),
    "withdrawn": (specs.THOUGHTS, CARDS, withdrawn),
    "edited": (specs.THOUGHTS, CARDS, edited),
    "empty list": (specs.TIMELINE, {}, None),
    "not core": ({**specs.CHECK_IN, "core": False}, {}, None),
    "not asked now": ({**specs.THOUGHTS, "offered": False}, CARDS, None),
    "checked in": (specs.SHOWN, {"entries": [test_series.MORNING]}, saved_again),
    "enough for today": (specs.SHOWN, test_series.TWICE, saved_again),
    "offer": (specs.CHECK_IN, {"offer": test_series.OFFER}, None),
    "suggestions": (specs.NEEDS, {}, None),
    "empty board": (specs.BOARD, {}, None),
    "board, a line edited": (specs.BOARD, test_board.TWO, begun_on_the_board),
    "board, a line missing": (specs.BOARD, test_board.TWO, missing_on_the_board),
    "message": (specs.MESSAGE, MESSAGE, None),
    "message with hints": (specs.MESSAGE, MESSAGE, read_once_more),
    "letters": (specs.LETTERS, LETTER_AND_SEAL, to_be_destroyed),
    "cards": (specs.REPLIES, {}, all_cards),
    "nothing speaks against it": (specs.GATE, {"copy": test_copying.COPY}, None),
}


def findings(page: Page, rules: dict[str, list[str]] = RULES) -> list[str]:
    page.evaluate(f"window.axe || eval({json.dumps(AXE)}); undefined")
    found = page.evaluate("(rules) => axe.run(document, rules)", rules)
    return [f"{v['id']}: {v['help']}: {n['html']}" for v in found["violations"] for n in v["nodes"]]


def test_axe_knows_wcag_2_2() -> None:
    major, minor = AXE.split("axe v", 1)[1].split(".")[:2]
    assert (int(major), int(minor)) >= (4, 8)


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(show: Show, state: str) -> None:
    spec, saved, reach = STATES[state]
    page = show(spec, saved)
    if reach:
        reach(page)
    looks = [("light", 1280, RULES), ("dark", 390, RULES), ("dark", 1280, LOOKS), ("light", 390, LOOKS)]
    for scheme, width, rules in looks:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        assert findings(page, rules) == [], (scheme, width)


def test_axe_finds_nothing_while_it_opens(show: Show) -> None:
    page = show(specs.EVERYTHING, clock=True, prepare="kernel.mode = 'silent'", wait=False)
    page.clock.run_for(31_000)
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    page.clock.resume()
    assert findings(page) == []


@pytest.mark.parametrize(
    "state",
    [
        "errors and help",
        "connection lost",
        "draft and cards",
        "enough for today",
        "suggestions",
        "board, a line edited",
        "message with hints",
        "letters",
        "cards",
    ],
)
def test_no_sideways_scroll_and_everything_is_large_enough_to_hit(show: Show, state: str) -> None:
    spec, saved, reach = STATES[state]
    page = show(spec, saved)
    if reach:
        reach(page)
    for width, size in ((320, "100%"), (390, "100%"), (390, "200%")):
        page.set_viewport_size({"width": width, "height": 844})
        page.evaluate("(size) => { document.documentElement.style.fontSize = size }", size)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (width, size)
        low = page.evaluate("""() => [...document.querySelectorAll(
            `#here :is(button, .option, .cells label, summary,
            select, input[type=text], textarea, input[type=date], .summary a)`)]
            .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 43.9).map((e) => e.outerHTML)""")
        assert low == [], (width, size)


def test_focus_can_be_seen_on_everything(show: Show) -> None:
    page = show(specs.EVERYTHING)
    page.evaluate("() => { document.querySelector('details').open = true }")
    page.keyboard.press("Tab")
    seen = set()
    for _ in range(45):
        seen.add(
            page.evaluate("""() => {
            const e = document.activeElement, shown = e.closest('.cells') ? e.nextElementSibling : e;
            const { outlineStyle, outlineWidth } = getComputedStyle(shown);
            return `${e.tagName} ${e.type ?? ''}: ${outlineStyle} ${outlineWidth}`; }""")
        )
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
    assert {words.split(": ")[1] for words in seen} == {"solid 3px"}, json.dumps(sorted(seen))


def test_a_chosen_number_is_told_apart_in_forced_colours_and_skip_is_not(show: Show) -> None:
    page = show(specs.EVERYTHING, FULL)
    page.emulate_media(forced_colors="active")
    look = "(e) => getComputedStyle(e).backgroundColor"
    chosen = page.locator(".cells label:has(:checked) span")
    other = page.locator(".cells label:has(:not(:checked)) span").last.evaluate(look)
    skip = page.locator(".cells").nth(2).locator("span").first.evaluate(look)  # checked
    assert chosen.nth(0).evaluate(look) not in (other, skip)


def test_print_shows_every_answer_in_words_and_no_control(show: Show) -> None:
    page = show(specs.EVERYTHING, FULL)
    page.emulate_media(media="print")
    text = page.locator("#here").inner_text()
    for words in (
        "How lonely is it? 7 of 10",
        "How sure are you? Not answered",
        "asked for space",
        "none of these",
        "Thursday 24 December 2026",
        "A long night.",
        "a walk · Sunday 22 November 2026",
        "Any alcohol today? Not answered",
    ):
        assert words in text
    controls = "#here :is(button, input, select, textarea, .cells, .savebar)"
    assert page.evaluate(f"[...document.querySelectorAll('{controls}')].filter((e) => e.checkVisibility()).length") == 0


def test_print_shows_what_is_saved_and_no_draft(show: Show) -> None:
    page = show(specs.EVERYTHING, {**FULL, "draft": {**CARDS["draft"], "answers": {"note": "A draft."}}})
    page.get_by_role("radio", name="4", exact=True).first.check()
    page.get_by_label("What?", exact=True).fill("a draft of a row")
    page.get_by_role("button", name="Move down: support").click()
    page.emulate_media(media="print")
    text = page.locator("#here").inner_text()
    assert "draft" not in text.lower()
    for words in ("A long night.", "7 of 10", "a walk · Sunday 22 November 2026", "1. keeping the peace"):
        assert words in text


def test_a_long_pile_wraps_in_large_type(show: Show) -> None:
    long = [["fact", "a fact that a camera could have seen and a stranger would tell in the same words"]]
    sort = {**specs.THOUGHTS["items"][1], "choices": long}
    page = show({**specs.THOUGHTS, "items": [specs.THOUGHTS["items"][0], sort]}, CARDS)
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    inside = "(e) => e.getBoundingClientRect().right <= e.closest('.card').getBoundingClientRect().right"
    assert page.get_by_role("combobox").first.evaluate(inside)


def test_jupyterlab_keeps_its_hands_off_and_its_theme_is_followed(show: Show) -> None:
    page = show(specs.EVERYTHING)
    page.keyboard.press("Tab")
    expect(page.locator("#here :focus")).to_have_attribute("data-lm-suppress-shortcuts", "true")
    colour = "getComputedStyle(document.querySelector('.card')).backgroundColor"
    page.evaluate("() => { document.body.dataset.jpThemeLight = 'false' }")
    assert page.evaluate(colour) == "rgb(34, 31, 37)"
    page.evaluate("() => { document.body.dataset.jpThemeLight = 'true' }")
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(colour) == "rgb(255, 254, 253)"
