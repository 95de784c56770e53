"""Letters that are kept, put away or destroyed: asked once, gone from the page, nothing of it in any draft."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from . import specs
from .specs import entry

Show = Callable[..., Page]
SEALED = {**entry({}, "s"), "closed": "Put away until Sunday 3 January 2027."}
LONG = "You will not read this.\n" + "The heron stood there again. " * 12


def sure(page: Page) -> Any:
    return page.get_by_text("This cannot be undone.")


def test_a_letter_is_destroyed_after_one_question(show: Show) -> None:
    """Nothing is saved; the form is empty, the draft gone, and the page says what was done."""
    page = show(specs.LETTERS, clock=True)
    letter = page.get_by_label("The letter")
    letter.fill("Burn this.")
    page.get_by_label("destroy it").check()
    page.wait_for_function("kernel.state.draft?.answers.fate === 'destroy'")
    save = page.get_by_role("button", name="Save this letter")
    save.click()
    expect(sure(page)).to_be_visible()
    expect(page.get_by_role("button", name="Leave it as it is")).to_be_focused()
    page.keyboard.press("Enter")
    expect(sure(page)).to_have_count(0)
    expect(letter).to_have_value("Burn this.")
    assert page.evaluate("kernel.sent('erase')") == []
    save.click()
    page.get_by_role("button", name="Destroy it", exact=True).click()
    expect(page.get_by_text("Destroyed. Nothing of it is left.")).to_be_visible()
    expect(letter).to_have_value("")
    expect(letter).to_be_focused()
    expect(page.get_by_label("destroy it")).not_to_be_checked()
    assert page.evaluate("kernel.sent('save')") == []
    page.clock.run_for(5_000)  # longer than a draft waits: none may follow
    assert page.evaluate("kernel.state.draft") is None


def test_a_letter_that_was_kept_is_destroyed_from_its_line(show: Show) -> None:
    """Its place says so; others stay."""
    page = show(specs.LETTERS, {"entries": [entry({"text": "Old."}, "a"), entry({"text": "New."}, "b")]})
    page.get_by_role("button", name="Destroy: Old.").click()
    page.get_by_role("button", name="Destroy it", exact=True).click()
    expect(page.get_by_text("Destroyed. Nothing of it is left.")).to_be_focused()
    assert page.evaluate("kernel.sent('erase').map((m) => m.entry_id)") == ["a"]
    assert page.locator(".line-text .said").all_inner_texts() == ["New."]
    assert page.evaluate("kernel.state.entries.length") == 1


def test_of_a_letter_that_is_put_away_one_sentence_stands(show: Show) -> None:
    """No words, no way to edit; it can be destroyed unread, and opens when its day has come."""
    page = show(specs.LETTERS, {"entries": [SEALED]})
    line = page.locator(".lines > li")
    assert line.locator(".line-text").inner_text() == "Put away until Sunday 3 January 2027."
    assert [b.inner_text() for b in line.get_by_role("button").all()] == ["Destroy"]
    was_away = "Put away until Sunday 3 January; open now."
    opened = {**entry({"text": "Hello again."}, "s", 1), "closed": "", "note": was_away}
    page.evaluate(
        "(opened) => kernel.push({push: 'state', state: {...kernel.state, entries: [opened]}})",
        opened,
    )
    expect(line.locator(".said")).to_have_text("Hello again.")
    expect(line.get_by_text(was_away)).to_be_visible()
    expect(line.get_by_role("button", name="Edit: Hello again.")).to_be_visible()


def test_a_long_letter_stands_closed_by_its_first_words(show: Show) -> None:
    """Who looks over her shoulder sees one line; all of it is one step away, and is printed."""
    page = show(specs.LETTERS, {"entries": [entry({"text": LONG}, "a")]})
    line = page.locator(".lines > li")
    expect(line.locator(".line-text > .said")).to_have_text("You will not read this. …")
    expect(line.get_by_text("The heron")).to_be_hidden()
    line.get_by_text("All of it").click()
    expect(line.get_by_text("The heron")).to_be_visible()


def test_destroying_with_the_connection_lost_is_not_said_to_be_done(show: Show) -> None:
    """It waits, and says so; once the connection is back it is done, once."""
    page = show(specs.LETTERS)
    page.get_by_label("The letter").fill("Burn this.")
    page.get_by_label("destroy it").check()
    page.wait_for_function("kernel.state.draft !== null")
    page.evaluate("() => { kernel.mode = 'throws' }")
    page.get_by_role("button", name="Save this letter").click()
    page.get_by_role("button", name="Destroy it", exact=True).click()
    expect(page.get_by_text("Not destroyed yet: no answer came.")).to_be_visible()
    assert page.get_by_text("Destroyed.").count() == 0
    page.evaluate(
        "() => { kernel.mode = 'answers'; document.dispatchEvent(new CustomEvent('second-thoughts:connected')) }"
    )
    expect(page.get_by_text("Destroyed. Nothing of it is left.")).to_be_visible()


def test_what_the_file_could_not_do_is_said_and_can_be_tried_again(show: Show) -> None:
    """The letter is still there to be destroyed."""
    page = show(specs.LETTERS)
    page.get_by_label("The letter").fill("Burn this.")
    page.get_by_label("destroy it").check()
    error = "{kind: 'not-saved', message: 'A copy is still in the log. Close the other pages, and erase it again.'}"
    page.evaluate(f"() => {{ kernel.refuse = (m) => m.do === 'erase' && {{ok: false, error: {error}}} }}")
    page.get_by_role("button", name="Save this letter").click()
    page.get_by_role("button", name="Destroy it", exact=True).click()
    expect(page.get_by_text("A copy is still in the log.")).to_be_visible()
    page.evaluate("() => { kernel.refuse = null }")
    page.get_by_role("button", name="Try again").click()
    page.get_by_role("button", name="Destroy it", exact=True).click()
    expect(page.get_by_text("Destroyed. Nothing of it is left.")).to_be_visible()
