"""A list that grows long stands under its form, and its lines say in few words what they hold."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .specs import entry, item, spec

Show = Callable[..., Page]
WEEKS = spec(
    item("plan", "choice", "Which plan?", choices=[["p", "I go quiet"], ["q", "Money"]], needed=True),
    item("week", "date", "Which week?", short="week from"),
    item("chances", "number", "How often?", short="chances"),
    item("known", "choice", "How do you know?", short="known", choices=[["a", "I saw it"], ["b", "a guess"]]),
    item("note", "text", "Anything to remember?", short="note"),
    kind="list",
    title="Weeks",
    form_first=True,
)
LINE = {"plan": "p", "week": "2026-11-16", "chances": 0, "known": "a", "note": "the spare room"}


def test_the_form_stands_first_and_a_line_comes_back_into_it(show: Show) -> None:
    """By the order of the page too; editing says where the line went."""
    page = show(WEEKS, {"entries": [entry(LINE)]})
    button, line = page.get_by_role("button", name="Save"), page.locator("li.line")
    assert button.bounding_box()["y"] < line.bounding_box()["y"]
    follows = "([a, b]) => Boolean(a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING)"
    assert page.evaluate(follows, [button.element_handle(), line.element_handle()])
    line.get_by_role("button", name="Edit").click()
    expect(line.get_by_text("Being edited above.")).to_be_visible()
    expect(page.get_by_role("radio", name="I go quiet")).to_be_focused()


@pytest.mark.parametrize(("note", "rest"), [("the spare room", 1), (None, 0)])
def test_a_line_leads_with_what_is_asked_first(show: Show, note: str | None, rest: int) -> None:
    """With a note or without, the plan leads; dates, counts and choices follow in one line, 0 among them."""
    page = show(WEEKS, {"entries": [entry(LINE | {"note": note})]})
    text = page.locator(".line-text")
    assert text.locator(".ours").inner_text() == "I go quiet"  # a choice is ours, not in her words
    hints = text.locator(".hint").all_inner_texts()
    assert hints[0] == "week from Monday 16 November 2026 · chances:\u00a00 · known: I saw it"
    assert hints[1:] == ["Note: the spare room"][:rest]
