"""A list of hundreds of lines: the newest stand on the page, and the earlier ones come when she asks for them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from . import specs
from .specs import entry

Show = Callable[..., Page]
NEWEST = [entry({"what": "We met again", "kind": "good", "felt": 3})]
MET = "{ ...kernel.state.entries[0], entry_id: 'old', answers: { what: 'We met', kind: 'good', felt: 0 } }"


@pytest.mark.parametrize("offered", [True, False])
def test_the_earlier_lines_come_when_she_asks(show: Show, offered: bool) -> None:
    """By one button that says how many stand there; afterwards it is gone, and the focus is in the exercise."""
    spec = {**specs.TIMELINE, "offered": offered}
    page = show(spec, {"entries": NEWEST, "earlier": True}, prepare=f"kernel.before = [{MET}]")
    if not offered:
        page.locator("summary").click()
    expect(page.get_by_text("The newest 1 are shown here.")).to_be_visible()
    expect(page.get_by_text("We met", exact=True)).to_have_count(0)
    page.get_by_role("button", name="Show the earlier ones too").click()
    expect(page.get_by_text("We met", exact=True)).to_be_visible()
    expect(page.get_by_text("We met again", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Show the earlier ones too")).to_be_hidden()
    assert page.evaluate("document.querySelector('#here').contains(document.activeElement)")


def test_a_short_list_says_nothing_of_it(show: Show) -> None:
    """Where all lines stand there is no button and no sentence."""
    page = show(specs.TIMELINE, {"entries": NEWEST, "earlier": False})
    expect(page.get_by_role("button", name="Show the earlier ones too")).to_be_hidden()
