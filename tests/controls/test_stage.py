"""An exercise in steps: it says where it stands, asks the next thing when its time has come, and counts nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .specs import entry, item, spec

Show = Callable[..., Page]
NOW = item("now", "scale", "How strong is it now?", range=[0, 10])
LATER = item("later", "scale", "How strong is it ten minutes on?", range=[0, 10])
BEGUN = {"at": "2026-11-22T20:10:00+00:00"}
WAITS = spec(NOW, stage=["Begun at ", BEGUN, ". From ", {"at": "2026-11-22T20:20:00+00:00"}, " on it asks once more."])
DUE = spec(LATER, stage=["Begun at ", BEGUN, ". This is the next look at it."])
BLANK = spec(NOW, stage=[])
TURN = """const push = kernel.push;
kernel.push = (content) => push(kernel.next && content.push === "state"
  ? { push: "spec", spec: kernel.next, state: content.state } : content)"""


def answer(page: Page, question: str, value: int) -> None:
    page.get_by_role("group", name=question).get_by_role("radio", name=str(value), exact=True).check(force=True)


def turn_to(page: Page, next_spec: dict[str, Any]) -> None:
    """From the next save on the kernel asks that."""
    page.evaluate("next => { kernel.spec = kernel.next = next }", next_spec)


def save(page: Page) -> None:
    page.get_by_role("button", name="Save").click()


def test_where_it_stands_is_said_by_her_own_clock(show: Show) -> None:
    page = show(WAITS, {"entries": [entry({"now": 8})]})
    expect(page.locator(".stage[role=status]")).to_have_text("Begun at 21:10. From 21:20 on it asks once more.")


@pytest.mark.parametrize("plain", [BLANK, spec(NOW)])
def test_where_there_is_nothing_to_say_nothing_stands(show: Show, plain: dict[str, Any]) -> None:
    expect(show(plain).locator(".stage")).to_be_hidden()


def test_the_next_step_comes_by_itself_and_the_earlier_answer_is_out_of_sight(show: Show) -> None:
    """It would lead her answer. No number on the page moves meanwhile."""
    page = show(WAITS, {"entries": [entry({"now": 8})], "again_in": 540}, clock=True)
    page.evaluate("next => { kernel.spec = next; kernel.state.again_in = null }", DUE)
    page.clock.run_for(1000)
    before = page.locator("#here").inner_text()
    page.clock.run_for(529_000)
    assert page.locator("#here").inner_text() == before
    page.clock.run_for(11_000)
    expect(page.get_by_role("group", name="ten minutes on")).to_be_visible()
    expect(page.get_by_role("group", name="How strong is it now?")).to_have_count(0)
    page.clock.run_for(1000)
    expect(page.locator(".stage")).to_contain_text("This is the next look at it.")
    expect(page.get_by_role("group", name="ten minutes on").get_by_role("radio", name="skip")).to_be_checked()


def test_a_save_brings_the_next_step_and_the_focus_stays_on_save(show: Show) -> None:
    """Whoever hears the page hears that it is saved, and where it stands."""
    page = show(BLANK, prepare=TURN)
    turn_to(page, DUE)
    answer(page, "How strong is it now?", 8)
    save(page)
    expect(page.get_by_role("group", name="ten minutes on")).to_be_visible()
    expect(page.get_by_role("button", name="Save")).to_be_focused()
    expect(page.locator(".outcome")).to_contain_text("Saved at")
    answer(page, "ten minutes on", 3)
    save(page)
    page.wait_for_function("kernel.sent('save').length === 2")
    first, second = page.evaluate("kernel.sent('save')")
    assert (first["entry_id"], second["seen"]) == (second["entry_id"], 1)
    assert second["answers"] == {"later": 3}


def test_an_answer_she_has_begun_is_not_taken_away(show: Show) -> None:
    """The next step waits until this one is saved."""
    page = show(WAITS, {"entries": [entry({"now": 8})], "again_in": 60}, clock=True, prepare=TURN)
    answer(page, "How strong is it now?", 5)
    turn_to(page, DUE)
    page.locator("h1").click()
    page.clock.run_for(61_000)
    page.wait_for_function("kernel.sent('open').length === 2")
    expect(page.get_by_role("group", name="How strong is it now?").get_by_role("radio", name="5")).to_be_checked()
    save(page)
    page.clock.run_for(1000)
    expect(page.get_by_role("group", name="ten minutes on")).to_be_visible()


def test_the_last_step_leaves_an_empty_form_for_another_time(show: Show) -> None:
    begun = entry({"now": 8})
    page = show(DUE, {"entries": [begun]}, prepare=TURN + "; kernel.refuse = (m) => kernel.last?.(m)")
    turn_to(page, BLANK)
    page.evaluate("""() => { kernel.last = (message) => {
        if (message.do !== "save") return null;
        kernel.state.entries = [];
        kernel.push({ push: "state", state: kernel.state });
        const { entry_id, answers } = message;
        const entry = { entry_id, revision: 2, saved: new Date().toISOString(), answers };
        return { entry, state: kernel.state };
    } }""")
    answer(page, "ten minutes on", 2)
    save(page)
    expect(page.get_by_role("group", name="How strong is it now?")).to_be_visible()
    expect(page.locator(".outcome")).to_contain_text("Saved at")
    answer(page, "How strong is it now?", 1)
    save(page)
    page.wait_for_function("kernel.sent('save').length === 2")
    first, second = page.evaluate("kernel.sent('save')")
    assert first["entry_id"] != second["entry_id"]
    assert second["seen"] == 0
