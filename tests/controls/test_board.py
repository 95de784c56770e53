"""The decision board: a list in equal sections and columns, each cell with its own field, none before another."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from . import specs
from .specs import entry

Show = Callable[..., Page]
WAYS = {"not_yet": "Not yet", "try": "Try", "let_go": "Let go"}
SIDES = {"for": "What speaks for it", "against": "What speaks against"}
CELLS = [(way, side) for way in WAYS for side in SIDES]


def line(way: str, side: str, words: str, weight: str | None = None, entry_id: str = "") -> dict[str, Any]:
    answers = {"way": way, "side": side, "line": words, "weight": weight}
    return entry(answers, entry_id or f"{way}-{side}-{words}")


def cell(page: Page, way: str = "try", side: str = "for") -> Locator:
    return page.get_by_role("group", name=f"{WAYS[way]} {SIDES[side]}")


def field(page: Page, way: str = "try", side: str = "for") -> Locator:
    return page.get_by_role("textbox", name=f"{WAYS[way]} {SIDES[side]} One more line")


def said(where: Locator | Page) -> list[str]:
    return where.locator(".line-text .said").all_inner_texts()


TWO = {"entries": [line("try", "for", "We laugh.", "most", "a"), line("try", "for", "He listens.", None, "b")]}


def test_a_line_is_added_to_its_cell_by_enter_or_button_and_nothing_is_preset(show: Show) -> None:
    page = show(specs.BOARD)
    assert page.get_by_role("heading", level=3).all_inner_texts() == list(WAYS.values())
    for way, side in (("let_go", "against"), ("try", "for")):
        field(page, way, side).fill(f"{way} {side}")
        if way == "try":
            field(page, way, side).press("Enter")
        else:
            cell(page, way, side).get_by_role("button", name="Add").click()
        expect(field(page, way, side)).to_have_value("")
        expect(field(page, way, side)).to_be_focused()
        assert said(cell(page, way, side)) == [f"{way} {side}"]
    assert page.evaluate("kernel.sent('save')[0].answers") == {
        "way": "let_go",
        "side": "against",
        "line": "let_go against",
        "weight": None,
    }
    assert len(said(page)) == 2


def test_what_is_to_be_done_beforehand_leads_there(show: Show) -> None:
    """Under what the exercise is, one sentence with its link; nothing where there is nothing to do."""
    way = {"text": "Try waits for the questions:", "link": "Start", "href": "00-begin.ipynb#exercise-safe-start"}
    page = show({**specs.BOARD, "intro": "Two sides.", "beforehand": way})
    assert page.locator(".intro").all_inner_texts() == ["Two sides.", "Try waits for the questions: Start"]
    expect(page.get_by_role("link", name="Start")).to_have_attribute("href", way["href"])
    page = show({**specs.BOARD, "intro": "Two sides.", "first": [], "beforehand": None})
    assert page.locator(".intro").all_inner_texts() == ["Two sides."]


def test_a_weight_saves_itself_and_moves_sums_and_counts_nothing(show: Show) -> None:
    page = show(specs.BOARD, TWO)
    weight = cell(page).get_by_role("combobox")
    expect(weight.last).to_have_accessible_name("He listens. How much does it matter?")
    weight.first.select_option("hardly matters")
    page.wait_for_function("kernel.saved()[0].weight === 'hardly'")
    assert page.evaluate("kernel.saved()[0]") == {"way": "try", "side": "for", "line": "We laugh.", "weight": "hardly"}
    weight.last.select_option("matters most")
    page.wait_for_function("kernel.saved()[1].weight === 'most'")
    assert said(page) == ["We laugh.", "He listens."]
    assert re.findall(r"\d", re.sub(r"Saved at \d\d:\d\d", "", page.locator(".board").inner_text())) == []


def test_a_line_is_edited_in_its_own_cell_and_keeps_its_weight(show: Show) -> None:
    page = show(specs.BOARD, TWO)
    field(page).fill("begun")
    page.get_by_role("button", name="Edit: We laugh.").click()
    expect(field(page)).to_have_value("We laugh.")
    expect(field(page)).to_be_focused()
    field(page).fill("We laugh a lot.")
    page.get_by_role("button", name="Edit: He listens.").click()
    expect(page.get_by_text("Another line is being edited; save it or leave it first.")).to_be_visible()
    cell(page).get_by_role("button", name="Save this line").click()
    expect(page.get_by_role("button", name="Edit: We laugh a lot.")).to_be_focused()
    assert page.evaluate("kernel.saved()[0]") == {
        "way": "try",
        "side": "for",
        "line": "We laugh a lot.",
        "weight": "most",
    }
    expect(field(page)).to_have_value("begun")


def test_only_one_line_of_the_board_is_edited_at_a_time(show: Show) -> None:
    page = show(specs.BOARD, {"entries": [*TWO["entries"], line("let_go", "for", "I slept.", None, "c")]})
    page.get_by_role("button", name="Edit: We laugh.").click()
    page.get_by_role("button", name="Edit: I slept.").click()  # the first is as it was: it is left
    expect(field(page)).to_have_value("")
    expect(field(page, "let_go")).to_be_focused()
    field(page, "let_go").fill("I slept well.")
    page.get_by_role("button", name="Edit: We laugh.").click()
    expect(field(page)).to_have_value("")
    cell(page, "let_go").get_by_role("button", name="Leave it as it was").click()
    expect(page.get_by_role("button", name="Edit: I slept.")).to_be_focused()


def test_withdrawn_and_brought_back_in_its_cell(show: Show) -> None:
    page = show(specs.BOARD, TWO)
    page.get_by_role("button", name="Withdraw: We laugh.").press("Enter")
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.get_by_role("button", name="Withdraw: We laugh.")).to_be_focused()
    assert said(cell(page)) == ["We laugh.", "He listens."]


def test_a_line_of_a_way_that_is_not_asked_is_not_shown_and_not_lost(show: Show) -> None:
    page = show(specs.BOARD, {"entries": [line("gone", "for", "Then."), line("let_go", "for", "Now.")]})
    assert said(page) == ["Now."]
    assert len(page.evaluate("kernel.saved()")) == 2


def test_what_is_missing_is_said_beside_its_own_field(show: Show) -> None:
    page = show(specs.BOARD)
    error = "{kind: 'invalid', faults: [{item: 'line', message: 'This is needed to save.'}]}"
    page.evaluate(f"() => {{ kernel.refuse = (m) => m.do === 'save' && {{ok: false, error: {error}}} }}")
    cell(page, "not_yet", "against").get_by_role("button", name="Add").click()
    expect(field(page, "not_yet", "against")).to_be_focused()
    expect(field(page, "not_yet", "against")).to_have_accessible_description(re.compile("This is needed to save."))
    expect(page.get_by_text("This is needed to save.")).to_have_count(1)


# ---- drafts


def test_what_stands_in_any_field_is_one_draft_that_outlives_the_saving_of_another(show: Show) -> None:
    page = show(specs.BOARD, TWO)
    field(page, "try", "against").fill("begun here")
    field(page, "let_go", "for").fill("and there")
    page.wait_for_function("Object.keys(kernel.state.draft?.answers.line ?? {}).length === 2")
    assert page.evaluate("kernel.state.draft.answers") == {
        "line": {"try/against": "begun here", "let_go/for": "and there"}
    }
    expect(cell(page, "let_go", "for").get_by_text(re.compile("^Draft kept"))).to_be_visible()
    field(page, "let_go", "for").press("Enter")
    only = "JSON.stringify(kernel.state.draft?.answers.line) === JSON.stringify({'try/against': 'begun here'})"
    page.wait_for_function(f"kernel.sent('save').length === 1 && {only}")
    cell(page).get_by_role("combobox").last.select_option("matters most")
    page.wait_for_function(f"kernel.sent('save').length === 2 && {only}")
    field(page, "try", "against").fill("")
    page.wait_for_function("kernel.state.draft === null")


def test_a_draft_comes_back_in_its_fields_and_a_line_that_was_edited_as_such(show: Show) -> None:
    answers = {"line": {"try/for": "We laugh a l", "let_go/against": "begun", "gone/for": "lost"}}
    draft = {"answers": answers, "kept": "2026-11-22T20:08:00Z", "writer": "w", "row": "a"}
    page = show(specs.BOARD, {**TWO, "draft": draft})
    expect(field(page, "let_go", "against")).to_have_value("begun")
    expect(field(page)).to_have_value("We laugh a l")
    expect(page.get_by_text("Restored")).to_have_count(2)
    cell(page).get_by_role("button", name="Save this line").click()
    expect(page.get_by_role("button", name="Edit: We laugh a l")).to_be_visible()
    assert said(page) == ["We laugh a l", "He listens."]


def test_without_a_connection_no_field_loses_a_letter(show: Show) -> None:
    page = show(specs.BOARD)
    page.evaluate("() => { kernel.mode = 'throws' }")
    field(page).fill("one")
    field(page).press("Enter")
    field(page, "let_go").fill("two")
    expect(cell(page, "let_go").get_by_text("Only on this page so far")).to_be_visible()
    page.evaluate("() => { kernel.mode = 'answers'; document.dispatchEvent(new Event('second-thoughts:connected')) }")
    page.wait_for_function("kernel.saved()[0]?.line === 'one'")
    page.wait_for_function("kernel.state.draft?.answers.line['let_go/for'] === 'two'")


def test_close_now_keeps_every_field(show: Show) -> None:
    page = show(specs.BOARD)
    field(page).fill("one")
    field(page, "let_go").fill("two")
    page.evaluate("() => { document.dispatchEvent(new Event('second-thoughts:closing')) }")
    assert page.evaluate("kernel.sent('draft')[0].answers.line") == {"try/for": "one", "let_go/for": "two"}
    assert page.locator("#here .st").inner_html() == ""


def test_new_wording_leaves_every_field_as_it_is(show: Show) -> None:
    page = show(specs.BOARD, TWO)
    page.get_by_role("button", name="Edit: We laugh.").click()
    field(page).fill("We laugh a lot.")
    field(page, "let_go", "against").fill("begun")
    page.wait_for_function("kernel.state.draft?.row === 'a' && kernel.state.draft.answers.line['let_go/against']")
    page.evaluate(
        "() => { kernel.spec.title = 'Anew'; kernel.push({push: 'spec', spec: kernel.spec, state: kernel.state}) }"
    )
    field(page, "let_go", "against").blur()
    expect(page.get_by_role("heading", name="Anew")).to_be_visible()
    expect(field(page, "let_go", "against")).to_have_value("begun")
    cell(page).get_by_role("button", name="Save this line").click()
    page.wait_for_function("kernel.saved()[0].line === 'We laugh a lot.'")


def test_new_wording_comes_once_the_last_draft_is_kept(show: Show) -> None:
    """She has left the field while its draft was still on its way: the wording follows by itself."""
    page = show(specs.BOARD, TWO)
    page.evaluate("() => { kernel.mode = 'holds' }")
    field(page).fill("begun")
    page.evaluate(
        "() => { kernel.spec.title = 'Anew'; kernel.push({push: 'spec', spec: kernel.spec, state: kernel.state}) }"
    )
    field(page).blur()
    page.wait_for_function("kernel.held.some((message) => message.do === 'draft')")
    expect(page.get_by_role("heading", name="Anew")).to_have_count(0)
    page.evaluate("() => { kernel.mode = 'answers'; kernel.release() }")
    expect(page.get_by_role("heading", name="Anew")).to_be_visible()
    expect(field(page)).to_have_value("begun")


# ---- none before another


BOXES = """() => [...document.querySelectorAll('.side')].map((side) => {
  const { top } = side.closest('.way').getBoundingClientRect(), { left } = side.getBoundingClientRect();
  const of = (e) => {
    const box = e.getBoundingClientRect(), { color, fontSize, fontWeight } = getComputedStyle(e);
    const place = [box.top - top, box.left - left, box.width, box.height].map((length) => Math.round(length * 10));
    return [e.tagName, color, fontSize, fontWeight, ...place];
  };
  const within = side.querySelectorAll('h4, li, select, button, input, textarea, .said, label');
  return [side, ...within].filter((e) => e.checkVisibility()).map(of) })"""


@pytest.mark.parametrize("width", [1280, 800])
@pytest.mark.parametrize("filled", [True, False])
def test_all_cells_are_alike_to_the_pixel(show: Show, width: int, filled: bool) -> None:
    words = ("We laugh.", "It is dear to me. " * 4)
    page = show(specs.BOARD, {"entries": [line(*place, w) for place in CELLS for w in words] if filled else []})
    page.set_viewport_size({"width": width, "height": 900})
    first, *others = page.evaluate(BOXES)
    assert len(first) == (17 if filled else 5)
    assert others == [first] * 5
    tops = page.locator(".side").evaluate_all("(all) => all.map((e) => e.getBoundingClientRect().top)")
    assert tops[::2] == tops[1::2]  # side by side


def test_the_board_is_as_wide_as_the_page_allows_and_one_column_on_a_phone(show: Show) -> None:
    page = show(specs.BOARD, TWO)
    assert page.locator(".card").evaluate("(e) => e.offsetWidth") == 54 * 16
    page.set_viewport_size({"width": 390, "height": 844})
    tops = page.locator(".side").evaluate_all("(all) => all.map((e) => e.getBoundingClientRect().top)")
    assert tops == sorted(set(tops))
