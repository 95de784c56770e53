"""A list: each line is an entry of its own, to be added, edited, withdrawn, brought back, sorted without dragging."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from . import specs
from .specs import entry

Show = Callable[..., Page]
TWO = {"entries": [entry({"what": "first", "kind": "good", "felt": 0}, "a"), entry({"what": "second"}, "b")]}
CARDS = {
    "entries": [
        entry({"sentence": "I left.", "sort": None, "other": None}, "a"),
        entry({"sentence": "I will never love again.", "sort": "story", "other": "I may."}, "b"),
    ]
}


def lines(page: Page) -> list[str]:
    return page.locator(".line-text .said").all_inner_texts()


def test_add_commits_a_line_and_returns_to_the_first_field(show: Show) -> None:
    page = show(specs.TIMELINE)
    what = page.get_by_label("What happened?")
    expect(page.get_by_text("Your lines will appear here.")).to_be_visible()
    for words in ("first", "second"):
        what.fill(words)
        what.press("Enter")
        expect(what).to_have_value("")
        expect(what).to_be_focused()
    assert lines(page) == ["first", "second"]
    expect(page.get_by_text("Your lines will appear here.")).to_be_hidden()
    assert len(set(page.evaluate("kernel.state.entries.map((e) => e.entry_id)"))) == 2


@pytest.mark.parametrize(
    ("sent", "typed_on", "kept"),
    [
        ("saved before", "a new thought", ["saved before", "a new thought"]),
        ("saved before", "", ["saved before"]),
        ("We meet", "We meet at the lake", ["We meet at the lake"]),
        ("We met at teh lake", "We met at the lake", ["We met at the lake"]),
    ],
)
def test_a_line_whose_answer_comes_late_gives_way_to_no_other(
    show: Show, sent: str, typed_on: str, kept: list[str]
) -> None:
    """It stands in the list as soon as it is in the journal. What she types over it meanwhile is a line of its own;
    what she only goes on with, or puts right, is the same line.
    """
    page = show(specs.TIMELINE)
    what = page.get_by_label("What happened?")
    what.fill(sent)
    page.evaluate("() => { kernel.mode = 'holds' }")
    what.press("Enter")
    page.wait_for_function("kernel.sent('save').length === 1")
    what.fill(typed_on)
    page.get_by_label("something hard").focus()
    page.evaluate("() => { kernel.mode = 'answers'; kernel.release() }")
    expect(page.get_by_text(re.compile("^Saved at"))).to_be_visible()
    expect(what).to_have_value(typed_on)
    if typed_on:
        expect(what).not_to_be_focused()  # she has gone on to the next question
        expect(page.get_by_text("Draft kept")).to_be_visible()
        page.get_by_role("button", name="Add this line").click()
    page.wait_for_function("(lines) => kernel.saved().length === lines", arg=len(kept))
    expect(what).to_have_value("")
    assert lines(page) == kept


def test_a_line_is_read_with_its_answers_in_words(show: Show) -> None:
    page = show(specs.TIMELINE, TWO)
    expect(page.locator(".line-text").first).to_have_text(re.compile("first.*something good.*How did it feel\\? 0"))


def test_a_line_that_begins_with_a_choice_is_in_the_workbook_s_type_and_has_a_name_of_its_own(show: Show) -> None:
    """Serif is what a person wrote. Two lines alike at first are told apart by who hears their buttons."""
    way = specs.item("way", "choice", "Which way?", choices=[["in", "from him"], ["out", "to him"]])
    kind = specs.item("kind", "choice", "What was it?", choices=[["call", "a call"], ["like", "a like"]])
    log = [entry({"way": "in", "kind": "call"}, "a"), entry({"way": "in", "kind": "like"}, "b")]
    page = show(specs.spec(way, kind, kind="list"), {"entries": log})
    expect(page.locator(".line-text p").first).to_have_text("from him")
    assert lines(page) == []
    for name in ("Edit: from him · a call", "Edit: from him · a like", "Withdraw: from him · a like"):
        expect(page.get_by_role("button", name=name)).to_have_count(1)


def test_edit_puts_a_line_back_in_the_form_and_saves_it_in_place(show: Show) -> None:
    page = show(specs.TIMELINE, TWO)
    what = page.get_by_label("What happened?")
    page.get_by_role("button", name="Edit: first").press("Enter")
    expect(what).to_be_focused()
    expect(what).to_have_value("first")
    expect(page.get_by_label("something good")).to_be_checked()
    expect(page.get_by_text("Being edited below.")).to_be_visible()
    what.fill("the first")
    page.get_by_role("button", name="Save this line").click()
    expect(page.get_by_role("button", name="Edit: the first")).to_be_focused()
    expect(page.get_by_role("status").get_by_text(re.compile("^Saved at"))).to_be_visible()
    assert lines(page) == ["the first", "second"]
    assert page.evaluate("kernel.state.entries[0]")["revision"] == 2
    expect(page.get_by_role("button", name="Add this line")).to_be_visible()
    expect(what).to_have_value("")


def test_a_line_begun_before_editing_another_is_not_lost(show: Show) -> None:
    page = show(specs.TIMELINE, TWO)
    what = page.get_by_label("What happened?")
    what.fill("begun")
    page.get_by_role("button", name="Edit: first").click()
    expect(what).to_have_value("first")
    page.get_by_role("button", name="Leave it as it was").click()
    expect(what).to_have_value("begun")
    page.get_by_role("button", name="Edit: second").click()
    what.fill("second, changed")
    page.get_by_role("button", name="Edit: first").click()  # would overwrite what is being edited
    expect(what).to_have_value("second, changed")
    expect(page.get_by_text("Another line is being edited; save it or leave it first.")).to_be_visible()


def test_a_line_that_was_being_edited_comes_back_as_such(show: Show) -> None:
    draft = {"answers": {"what": "the first, begun"}, "kept": "2026-11-22T20:08:00Z", "writer": "w", "row": "a"}
    page = show(specs.TIMELINE, {**TWO, "draft": draft})
    expect(page.get_by_label("What happened?")).to_have_value("the first, begun")
    page.get_by_role("button", name="Save this line").click()
    expect(page.get_by_role("button", name="Edit: the first, begun")).to_be_visible()
    assert lines(page) == ["the first, begun", "second"]


def test_a_draft_of_a_line_names_its_entry(show: Show) -> None:
    page = show(specs.TIMELINE, TWO)
    page.get_by_role("button", name="Edit: second").click()
    page.get_by_label("What happened?").fill("changed")
    page.wait_for_function("kernel.state.draft?.row === 'b'")
    page.get_by_role("button", name="Leave it as it was").click()
    page.wait_for_function("kernel.state.draft === null")


def test_withdraw_leaves_undo_in_its_place_and_undo_brings_the_line_back(show: Show) -> None:
    page = show(specs.TIMELINE, TWO)
    page.get_by_role("button", name="Withdraw: first").press("Enter")
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    assert page.locator(".lines > li").first.inner_text().split() == ["Withdrawn", "Undo"]
    assert page.evaluate("kernel.saved().length") == 1
    undo.press("Enter")
    expect(page.get_by_role("button", name="Withdraw: first")).to_be_focused()
    assert lines(page) == ["first", "second"]


def test_a_withdrawal_without_answer_says_so_and_is_made_good(show: Show) -> None:
    page = show(specs.TIMELINE, TWO, clock=True)
    page.evaluate("() => { kernel.mode = 'silent' }")
    page.get_by_role("button", name="Withdraw: first").click()
    page.clock.run_for(3100)
    expect(page.get_by_text("Not withdrawn yet: no answer came.")).to_be_visible()
    page.evaluate("() => { kernel.mode = 'answers'; document.dispatchEvent(new Event('second-thoughts:connected')) }")
    page.clock.run_for(100)
    expect(page.get_by_role("button", name="Undo")).to_be_visible()


def test_cards_are_sorted_by_a_select_and_never_move(show: Show) -> None:
    page = show(specs.THOUGHTS, CARDS)
    piles = page.get_by_role("combobox")
    expect(piles.first).to_have_accessible_name("I left. Where does it belong?")
    expect(piles.first.locator("option").first).to_have_text("not sorted")
    piles.first.focus()
    piles.first.select_option("a fact")
    expect(page.get_by_text(re.compile("^Saved at"))).to_be_visible()
    assert page.evaluate("kernel.saved()[0]") == {"sentence": "I left.", "sort": "fact", "other": None}
    expect(piles.first).to_be_focused()
    assert lines(page) == ["I left.", "I will never love again."]
    twin = page.get_by_role("group", name="The piles as they are")
    assert [pile.split("\n\n") for pile in twin.locator(".pile").all_inner_texts()] == [
        ["a fact 1", "I left."],
        ["a story 1", "I will never love again."],
    ]


def test_what_a_pile_asks_stands_on_the_card_and_saves_itself_within_two_seconds(show: Show) -> None:
    page = show(specs.THOUGHTS, CARDS, clock=True)
    other = page.get_by_label("How else could it be told?")
    expect(other).to_have_count(2)
    expect(other.first).to_be_hidden()
    expect(other.last).to_have_value("I may.")
    other.last.fill("I may, in time.")
    page.clock.run_for(1900)
    assert page.evaluate("kernel.saved()[1].other") == "I may, in time."
    assert page.evaluate("kernel.sent('save').length") == 1


def test_a_card_and_its_text_can_be_changed_at_once(show: Show) -> None:
    """The text is in the form below while its card is sorted: neither save takes the other back."""
    page = show(specs.THOUGHTS, CARDS, clock=True)
    page.get_by_role("button", name="Edit: I left.").click()
    page.get_by_label("A sentence that comes back").fill("I left in March.")
    page.get_by_role("combobox").first.select_option("a fact")
    page.clock.run_for(1500)
    page.get_by_role("button", name="Save this line").click()
    page.clock.run_for(100)
    assert page.evaluate("kernel.saved()[0]") == {"sentence": "I left in March.", "sort": "fact", "other": None}
    expect(page.get_by_role("combobox").first).to_have_value("fact")


def test_a_draft_outlives_the_sorting_of_a_card(show: Show) -> None:
    page = show(specs.THOUGHTS, CARDS)
    page.get_by_label("A sentence that comes back").fill("begun")
    page.wait_for_function("kernel.state.draft")
    page.get_by_role("combobox").first.select_option("a fact")
    page.wait_for_function("kernel.sent('save').length && kernel.state.draft?.answers.sentence === 'begun'")


def test_a_new_card_is_not_sorted(show: Show) -> None:
    page = show(specs.THOUGHTS)
    page.get_by_label("A sentence that comes back").fill("new")
    page.get_by_role("button", name="Add this sentence").click()
    expect(page.get_by_role("combobox")).to_have_value("")
    assert page.evaluate("kernel.saved()") == [{"sort": None, "other": None, "sentence": "new"}]


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        ({"kind": "not-saved", "message": "Not saved: the disk is full."}, "Not saved: the disk is full."),
        ({"kind": "invalid", "faults": [{"item": "sort", "message": "Choose a pile."}]}, "Choose a pile."),
    ],
)
def test_a_card_that_is_not_saved_says_so(show: Show, refusal: dict[str, Any], words: str) -> None:
    page = show(specs.THOUGHTS, CARDS)
    page.evaluate("(error) => { kernel.refuse = (m) => m.do === 'save' && {ok: false, error} }", refusal)
    page.get_by_role("combobox").first.select_option("a fact")
    expect(page.get_by_text(words)).to_be_visible()


def test_a_card_changed_in_two_places(show: Show) -> None:
    page = show(specs.THOUGHTS, CARDS)
    page.evaluate("""() => { kernel.state.entries = kernel.state.entries.map((e) => e.entry_id === 'a'
        ? {...e, revision: 2, answers: {...e.answers, sort: 'story'}} : e) }""")
    page.get_by_role("combobox").first.select_option("a fact")
    page.get_by_role("button", name="Show the other").click()
    expect(page.get_by_role("combobox").first).to_have_value("story")
    page.get_by_role("button", name="Show mine again").click()
    page.wait_for_function("kernel.saved()[0].sort === 'fact'")


def test_lines_from_elsewhere_come_and_go(show: Show) -> None:
    page = show(specs.TIMELINE, TWO)
    page.evaluate(
        "() => { const third = {entry_id: 'c', revision: 1, answers: {what: 'third'}};"
        "kernel.state.entries = [kernel.state.entries[1], third]; kernel.push({push: 'state', state: kernel.state}) }"
    )
    assert lines(page) == ["second", "third"]


def test_lines_stand_in_the_order_the_kernel_sends_and_the_focus_stays(show: Show) -> None:
    three = [entry({"what": words}, words) for words in ("first", "second", "third")]
    page = show(specs.TIMELINE, {"entries": three})
    page.get_by_role("button", name="Withdraw: first").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    edit = page.get_by_role("button", name="Edit: second")
    edit.focus()
    page.evaluate("() => { window.left = 0; document.addEventListener('focusout', () => { window.left += 1 }) }")
    page.evaluate("() => { kernel.state.entries.reverse(); kernel.push({push: 'state', state: kernel.state}) }")
    assert lines(page) == ["third", "second"]
    expect(page.locator(".lines > li").first).to_contain_text("Withdrawn")
    expect(edit).to_be_focused()
    assert page.evaluate("window.left") == 0


def test_a_list_without_words_for_empty_draws_no_frame(show: Show) -> None:
    page = show({**specs.TIMELINE, "empty": ""})
    expect(page.locator(".quiet:visible")).to_have_count(0)


def test_a_card_whose_words_call_for_help_opens_it_there(show: Show) -> None:
    page = show(specs.THOUGHTS, CARDS)
    page.evaluate(
        "() => { kernel.refuse = (m) => m.do === 'save' && {help: true, state: kernel.state, "
        "entry: {...kernel.state.entries[1], answers: m.answers, revision: 2}} }"
    )
    page.get_by_label("How else could it be told?").last.fill("worse")
    expect(page.locator(".card-items").last).to_contain_text("If you need someone now")
