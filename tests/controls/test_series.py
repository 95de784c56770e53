"""A check-in: past values only between a save and the next answer; enough for a day; an offer that waits for her."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from . import specs
from .specs import entry

Show = Callable[..., Page]
ENOUGH = "That is enough for today. It will still be there tomorrow."
ANSWERING = """() => { window.told = [];
document.addEventListener('second-thoughts:answering', ({detail}) => window.told.push(detail)) }"""
OFFER = {"text": "You saved “not yet” as a draft.", "button": "Confirm it", "do": "confirm", "entry_id": "d1"}
CONFIRM = """kernel.refuse = (m) => m.do === 'confirm' && {
entry: {entry_id: 'd2', revision: 1, saved: '2026-11-22T20:10:00Z', answers: {}},
state: Object.assign(kernel.state, {offer: null}), help: false}"""

ALREADY = """kernel.refuse = (m) => m.do === 'save' && {
entry: kernel.state.entries[0], state: kernel.state, already: true}"""


def at(time: str, entry_id: str, **answers: Any) -> dict[str, Any]:
    return {**entry(answers, entry_id), "saved": f"2026-11-22T{time}:00+00:00", "not_kept": ["safe"]}


MORNING = at("08:14", "a", lonely=3, company="friends")
NOON = at("12:02", "b", lonely=4, note="Rain.")
TWICE = {"entries": [MORNING, NOON]}
LATE = at("13:30", "c", lonely=7, _day="2026-11-21")
THRICE = {"entries": [MORNING, NOON, at("13:30", "c", lonely=7)]}


def scale(page: Page, value: str) -> Locator:
    return page.get_by_role("group", name=re.compile("How lonely")).get_by_role("radio", name=value, exact=True)


def save(page: Page, name: str = "Save") -> None:
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.locator(".outcome")).to_contain_text("Saved at")


def lines(page: Page) -> list[str]:
    return page.locator(".lines .said").all_inner_texts()


# ---- shown after saving


def test_before_saving_only_the_times_of_today_are_said(show: Show) -> None:
    page = show(specs.SHOWN, TWICE)
    expect(page.get_by_text("Checked in today at 09:14 and 13:02.")).to_be_visible()
    text = page.locator("#here").evaluate("(e) => e.textContent")
    assert "lonely 3" not in text
    assert "Rain." not in text
    assert lines(page) == []


def test_answers_that_are_saved_already_say_when_and_stand_in_their_line(show: Show) -> None:
    """No conflict with herself: the form is empty again, and nothing waits as a draft."""
    page = show(specs.SHOWN, TWICE)
    page.evaluate(f"void ({ALREADY})")
    scale(page, "3").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".outcome")).to_have_text("These answers are saved already, at 09:14.")
    assert [words.split(" · ")[0] for words in lines(page)] == ["09:14", "13:02"]
    expect(scale(page, "3")).not_to_be_checked()
    expect(page.locator(".draft")).to_have_text("")


def test_what_was_saved_today_can_be_shown_to_be_changed(show: Show) -> None:
    """Her wish, one button; an entry about another day is among it, and no check-in of today."""
    page = show(specs.SHOWN, {"entries": [MORNING, NOON, LATE]})
    expect(page.get_by_text("Checked in today at 09:14 and 13:02.")).to_be_visible()
    expect(page.get_by_text(ENOUGH)).to_have_count(0)
    page.get_by_role("button", name="Show what you saved today").click()
    assert len(lines(page)) == 3
    expect(page.get_by_role("button", name="Edit: 09:14")).to_be_focused()
    scale(page, "2").check()
    assert lines(page) == []


def test_after_saving_todays_values_stand_in_a_line_each_until_the_next_answer(show: Show) -> None:
    page = show(specs.SHOWN, {"entries": [MORNING, at("13:30", "c", lonely=0, _day="2026-11-21")]})
    scale(page, "7").check()
    save(page)
    assert lines(page)[:2] == ["09:14 · lonely 3 · company: friends", "About Saturday 21 November · lonely 0"]
    assert re.fullmatch(r"\d\d:\d\d · lonely 7", lines(page)[2])
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_focused()
    page.locator("summary").first.click()
    scale(page, "5").check()
    assert lines(page) == []
    scale(page, "skip").check()
    assert lines(page) == []  # blank again is not saved


@pytest.mark.parametrize(("kept", "words"), [("no", ""), ("yes", " · safe: no")])
def test_what_is_not_kept_is_in_no_line_and_neither_is_that_it_is_not(show: Show, kept: str, words: str) -> None:
    page = show(specs.SHOWN)
    scale(page, "7").check()
    page.get_by_role("group", name="Are you safe?").get_by_label("no", exact=True).check()
    page.get_by_role("group", name="Should the details be kept?").get_by_label(kept).check()
    save(page)
    assert lines(page)[0].partition(" · ")[2] == f"lonely 7{words}"


def test_an_entry_can_be_edited_from_its_line_left_and_withdrawn(show: Show) -> None:
    page = show(specs.SHOWN, {"entries": [MORNING]})
    save(page)
    page.get_by_role("button", name="Edit: 09:14").click()
    expect(scale(page, "3")).to_be_checked()
    expect(page.get_by_role("radio", name="friends")).to_be_visible()  # its closed part has opened
    scale(page, "4").check()
    save(page, "Save this line")
    assert page.evaluate("[kernel.state.entries[0].revision, kernel.saved()[0].lonely]") == [2, 4]
    edit = page.get_by_role("button", name=re.compile("^Edit: .*lonely 4"))
    expect(edit).to_be_focused()
    expect(scale(page, "skip")).to_be_checked()
    edit.click()
    page.get_by_role("button", name="Leave it as it was").click()
    expect(edit).to_be_focused()
    page.get_by_role("button", name=re.compile("^Withdraw: .*lonely 4")).click()
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    assert page.evaluate("kernel.saved().length") == 1


def test_other_controls_hear_when_she_answers_and_when_she_is_done(show: Show) -> None:
    page = show(specs.SHOWN)
    page.evaluate(ANSWERING)
    scale(page, "7").check()
    scale(page, "8").check()
    scale(page, "skip").check()
    scale(page, "6").check()
    save(page)
    assert [told["answering"] for told in page.evaluate("told")] == [True, False, True, False]
    assert {told["exercise"] for told in page.evaluate("told")} == {"check-in"}


def test_four_scales_fit_one_screen_of_a_phone_above_its_bar(show: Show) -> None:
    four = [{**specs.LONELY, "id": f"s{n}", "ask": "Do you worry about staying alone?"} for n in range(4)]
    page = show(specs.spec(*four, kind="series"))
    page.set_viewport_size({"width": 390, "height": 844})
    height = "[...document.querySelectorAll('.scale')].at(-1).getBoundingClientRect().bottom"
    assert page.evaluate(f"{height} - document.querySelector('.card').getBoundingClientRect().top") <= 844 - 64
    assert page.evaluate("Math.min(...[...document.querySelectorAll('.cells span')].map((e) => e.offsetHeight))") >= 44


# ---- enough for a day


def test_the_third_save_folds_the_questions_away_but_not_the_one_that_may_call_for_help(show: Show) -> None:
    page = show(specs.SHOWN, TWICE)
    scale(page, "7").check()
    expect(page.get_by_text(ENOUGH)).to_have_count(0)
    save(page)
    expect(page.locator("h2 + div > :first-child")).to_have_text(ENOUGH)
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_focused()
    expect(scale(page, "7")).to_be_hidden()
    page.get_by_role("group", name="Are you safe?").get_by_label("no", exact=True).check()
    expect(page.get_by_text("If you need someone now")).to_be_visible()
    expect(page.get_by_role("group", name="Should the details be kept?")).to_be_visible()
    page.locator("summary", has_text="Answer once more all the same").click()
    scale(page, "5").check()
    save(page)
    assert page.evaluate("kernel.saved().map((answers) => answers.lonely)") == [3, 4, 7, 5]


def test_a_withdrawn_entry_brings_the_questions_back_in_their_order(show: Show) -> None:
    page = show(specs.SHOWN, TWICE)
    before = page.locator(".question").evaluate_all("(all) => all.map((e) => e.firstChild.textContent)")
    scale(page, "7").check()
    save(page)
    page.get_by_role("button", name="Withdraw: 09:14").click()
    expect(scale(page, "7")).to_be_visible()
    expect(page.get_by_text(ENOUGH)).to_have_count(0)
    assert page.locator(".question").evaluate_all("(all) => all.map((e) => e.firstChild.textContent)") == before


@pytest.mark.parametrize("item", ["lonely", "note"])
def test_the_folded_part_opens_for_a_draft_and_for_a_fault(show: Show, item: str) -> None:
    field = re.compile("How lonely" if item == "lonely" else "Anything to remember")
    draft = {
        "answers": {item: 7 if item == "lonely" else "begun"},
        "kept": "2026-11-22T20:08:00Z",
        "writer": "w",
        "row": None,
    }
    page = show(specs.SHOWN, {**THRICE, "draft": draft})
    asked = page.get_by_role("group", name=field).or_(page.get_by_label(field)).first
    expect(asked).to_be_visible()
    page = show(specs.SHOWN, THRICE)
    faults = [{"item": item, "message": "Look at this."}]
    refuse = "(faults) => { kernel.refuse = (m) => m.do === 'save' && {ok: false, error: {kind: 'invalid', faults}} }"
    page.evaluate(refuse, faults)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".fault", has_text="Look at this.")).to_be_visible()


def test_a_third_entry_from_elsewhere_takes_nothing_from_under_her_hands(show: Show) -> None:
    page = show(specs.SHOWN, TWICE)
    scale(page, "7").check()
    page.evaluate(
        "(third) => { kernel.state.entries.push(third); kernel.push({push: 'state', state: kernel.state}) }",
        THRICE["entries"][2],
    )
    expect(scale(page, "7")).to_be_visible()
    scale(page, "skip").check()
    expect(scale(page, "skip")).to_be_focused()
    scale(page, "skip").blur()
    expect(page.get_by_text(ENOUGH)).to_be_visible()
    expect(scale(page, "7")).to_be_hidden()


# ---- an offer


def test_an_offer_is_taken_with_one_button_and_the_focus_goes_where_it_says_saved(show: Show) -> None:
    page = show(specs.CHECK_IN, {"offer": OFFER}, prepare=CONFIRM)
    page.get_by_role("button", name="Confirm it").press("Enter")
    told = page.get_by_role("status").get_by_text("Saved at 21:10.")
    expect(told).to_be_focused()
    sent = page.evaluate("kernel.sent('confirm').map(({entry_id}) => entry_id)")
    assert sent == ["d1"]
    expect(page.get_by_text("as a draft")).to_have_count(0)


def test_an_offer_without_answer_is_kept_until_there_is_one(show: Show) -> None:
    page = show(specs.CHECK_IN, {"offer": OFFER}, clock=True, prepare=CONFIRM)
    page.evaluate("() => { kernel.mode = 'silent' }")
    page.get_by_role("button", name="Confirm it").click()
    page.clock.run_for(3100)
    expect(page.get_by_text("Not saved: no answer came.")).to_be_visible()
    page.evaluate("() => { kernel.mode = 'answers'; document.dispatchEvent(new Event('second-thoughts:connected')) }")
    page.clock.run_for(100)
    expect(page.get_by_text("Saved at 21:10.")).to_be_visible()


def test_an_offer_that_is_refused_says_why(show: Show) -> None:
    error = "{kind: 'not-saved', message: 'Not saved: gone.'}"
    refuse = f"kernel.refuse = (m) => m.do === 'confirm' && {{ok: false, error: {error}}}"
    page = show(specs.CHECK_IN, {"offer": OFFER}, prepare=refuse)
    page.get_by_role("button", name="Confirm it").press("Enter")
    expect(page.get_by_role("status").get_by_text("Not saved: gone.")).to_be_visible()
    expect(page.get_by_role("button", name="Try again")).to_be_focused()
