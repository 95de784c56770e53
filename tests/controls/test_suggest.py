"""Texts to begin with: each fills the field, and one that stands in a line already is not offered."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from . import specs
from .specs import entry

Show = Callable[..., Page]


def offered(page: Page) -> list[str]:
    return (
        page.get_by_role("group", name="Words to begin with: What do you need?").get_by_role("button").all_inner_texts()
    )


def test_a_suggestion_fills_the_field_and_is_saved_as_her_words(show: Show) -> None:
    page = show(specs.NEEDS)
    field = page.get_by_role("textbox", name="What do you need?")
    field.fill("some")
    page.get_by_role("button", name="advice I trust").press("Enter")
    expect(field).to_have_value("advice I trust")
    expect(field).to_be_focused()
    page.wait_for_function("kernel.state.draft?.answers.need === 'advice I trust'")
    field.press("Enter")
    page.wait_for_function("kernel.saved()[0]?.need === 'advice I trust'")


def test_what_stands_in_a_line_is_not_offered_until_it_is_withdrawn(show: Show) -> None:
    page = show(specs.NEEDS, {"entries": [entry({"need": "sex"}, "a")]})
    assert offered(page) == ["being held", "advice I trust"]
    page.get_by_role("button", name="being held").click()
    page.get_by_role("button", name="Add this need").click()
    expect(page.get_by_role("button", name="being held", exact=True)).to_have_count(0)
    page.get_by_role("button", name="Withdraw: sex").click()
    expect(page.get_by_role("button", name="sex", exact=True)).to_be_visible()
    assert offered(page) == ["advice I trust", "sex"]
