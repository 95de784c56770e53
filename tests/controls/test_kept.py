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
    page.get_by_text("What happened, in order: what you wrote").click()
    expect(page.get_by_text("We met")).to_be_visible()
    expect(page.get_by_text("something good")).to_be_visible()
    expect(page.get_by_text("How did it feel? 0")).to_be_visible()
    expect(page.get_by_text("half a line")).to_be_visible()
    expect(page.get_by_text("Not saved.")).to_be_visible()
    assert page.locator("#here :is(input, textarea, select, button, h2)").count() == 0


def test_it_goes_and_comes_with_what_the_kernel_says(show: Show) -> None:
    """A choice made on the same page takes the card away, and brings it back with its lines."""
    page = show(
        spec(*specs.TIMELINE["items"], kind="list", title="Lines", offered=True),
        {"entries": [entry({"what": "We met"})]},
    )
    away = "window.kernel.push({push: 'spec', spec: {...window.kernel.spec, offered: %s}, state: window.kernel.state})"
    page.evaluate(away % "false")
    expect(page.get_by_role("heading", name="Lines")).to_have_count(0)
    expect(page.get_by_text("Lines: what you wrote")).to_be_visible()
    page.evaluate(away % "true")
    expect(page.get_by_role("heading", name="Lines")).to_be_visible()
    expect(page.get_by_text("We met")).to_be_visible()
