"""An exercise that is not asked of her now: absent, but for what she wrote in it."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from . import specs
from .specs import entry, spec

Show = Callable[..., Page]
AWAY = {**specs.TIMELINE, "offered": False}


def test_an_exercise_that_is_not_asked_leaves_no_trace(show: Show) -> None:
    """No card, no heading, no greyed control, nothing to reach by key."""
    page = show(AWAY)
    assert page.locator("#here .st").inner_text() == ""
    assert page.locator("#here .st *").count() == 0


def test_what_she_wrote_in_it_can_be_read_and_waits_closed(show: Show) -> None:
    """Every answer, and the words that were not saved; nothing to fill in, nothing that looks like a question."""
    written = {"what": "We met", "kind": "good", "felt": 0}
    draft = {"answers": {"what": "half a line"}, "kept": "2026-11-22T20:10:00+00:00", "writer": "w", "row": None}
    page = show(AWAY, {"entries": [entry(written)], "draft": draft})
    expect(page.get_by_text("We met")).to_be_hidden()
    page.get_by_text("What you wrote under “What happened, in order”").click()
    expect(page.get_by_text("We met")).to_be_visible()
    expect(page.get_by_text("something good")).to_be_visible()
    expect(page.get_by_text("How did it feel? 0")).to_be_visible()
    expect(page.get_by_text("half a line")).to_be_visible()
    expect(page.get_by_text("Not saved.")).to_be_visible()
    assert page.locator("#here :is(input, textarea, select, button, h2)").count() == 0


def test_an_answer_that_is_no_line_stands_under_its_question(show: Show) -> None:
    """Each question with its answer; what was not answered is not there."""
    single = spec(specs.ORDER, specs.WISH, specs.LONELY, specs.NAME, title="Friends", offered=False)
    answers = {"order": ["peace", "support", "help"], "lonely": 0, "name": "Ana"}
    page = show(single, {"entries": [entry(answers)]})
    page.get_by_text("What you wrote under “Friends”").click()
    shown = page.locator(".kept li p").all_inner_texts()
    order = "1. keeping the peace, 2. support, 3. practical things"
    assert shown == ["For what?", order, "How lonely is it?", "0 of 10", "What may we call you?", "Ana"]


def test_entries_of_several_days_are_told_apart(show: Show) -> None:
    """Each with its moment."""
    day = {**entry({"lonely": 3}), "saved": "2026-10-04T10:00:00+00:00"}
    page = show({**specs.CHECK_IN, "offered": False}, {"entries": [day, entry({"lonely": 4}, "e2")]})
    page.locator("summary").click()
    expect(page.get_by_text("Sunday 4 October")).to_be_visible()
    expect(page.get_by_text("4 of 10")).to_be_visible()


def test_it_goes_and_comes_with_what_the_kernel_says(show: Show) -> None:
    """A choice made on the same page takes the card away, and brings it back with its lines."""
    page = show(
        spec(*specs.TIMELINE["items"], kind="list", title="Lines", offered=True),
        {"entries": [entry({"what": "We met"})]},
    )
    away = "window.kernel.push({push: 'spec', spec: {...window.kernel.spec, offered: %s}, state: window.kernel.state})"
    page.evaluate(away % "false")
    expect(page.get_by_role("heading", name="Lines")).to_have_count(0)
    expect(page.get_by_text("What you wrote under “Lines”")).to_be_visible()
    page.evaluate(away % "true")
    expect(page.get_by_role("heading", name="Lines")).to_be_visible()
    expect(page.get_by_text("We met")).to_be_visible()
