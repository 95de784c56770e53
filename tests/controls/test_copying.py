"""Copying: there is a button only while the kernel says so, and the kernel is asked once more."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from . import specs

Show = Callable[..., Page]
COPY = {
    "button": "Copy the message",
    "of": "message",
    "unsaved": "The message has words that are not saved.",
    "done": "Nothing was sent.",
    "link": "His terms",
    "href": "05-his-terms.ipynb",
}
ANSWERING = """(answering) => document.dispatchEvent(new CustomEvent('second-thoughts:answering',
    {detail: {exercise: 'message', answering}}))"""


def test_there_is_a_button_only_while_nothing_speaks_against_it(show: Show) -> None:
    """It comes and goes with what the kernel says, also while it has the focus."""
    page = show(specs.GATE)
    button = page.get_by_role("button", name="Copy the message")
    assert button.count() == 0
    page.evaluate("(copy) => kernel.push({push: 'state', state: {...kernel.state, copy}})", COPY)
    button.focus()
    page.evaluate("() => kernel.push({push: 'state', state: {...kernel.state, copy: null}})")
    expect(button).to_have_count(0)


def test_what_is_copied_is_what_the_kernel_hands_over(show: Show) -> None:
    """To the clipboard; the page says that nothing was sent, and where to write it down."""
    page = show(specs.GATE, {"copy": COPY})
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the message").click()
    expect(page.get_by_text("Nothing was sent.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "The words"
    expect(page.get_by_role("link", name="His terms")).to_have_attribute("href", "05-his-terms.ipynb")


def test_where_it_has_closed_meanwhile_nothing_is_copied(show: Show) -> None:
    """The hour has gone by; the sentence says so."""
    page = show(
        specs.GATE, {"copy": COPY}, prepare="kernel.copied = {text: null, told: 'Not copied. It stands otherwise.'}"
    )
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("navigator.clipboard.writeText('before')")
    page.get_by_role("button", name="Copy the message").click()
    expect(page.get_by_text("Not copied. It stands otherwise.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "before"


def test_while_the_message_is_being_changed_there_is_no_button(show: Show) -> None:
    """What would be copied is not what stands on the screen."""
    page = show(specs.GATE, {"copy": COPY})
    page.evaluate(ANSWERING, True)
    expect(page.get_by_text("The message has words that are not saved.")).to_be_visible()
    assert page.get_by_role("button", name="Copy the message").count() == 0
    page.evaluate(ANSWERING, False)
    expect(page.get_by_role("button", name="Copy the message")).to_be_visible()


def test_the_kernel_is_asked_to_look_again_as_time_goes_by(show: Show) -> None:
    """What holds at this hour need not hold in the next."""
    page = show(specs.GATE, {"again": 60}, clock=True)
    page.clock.run_for(61_000)
    assert len(page.evaluate("kernel.sent('look')")) == 1
    page.clock.run_for(61_000)
    assert len(page.evaluate("kernel.sent('look')")) == 2
