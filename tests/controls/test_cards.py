"""A card for each reply: two stand open, the others wait; each is saved for itself."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from . import specs
from .specs import entry

Show = Callable[..., Page]


def card(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def test_two_cards_stand_open_and_the_rest_waits(show: Show) -> None:
    """In the declared order; a card that is filled opens the closed part."""
    page = show(specs.REPLIES)
    assert page.get_by_role("heading", level=3).all_inner_texts() == ["Nothing", "A clear no"]
    page.get_by_text("A little more, if you like").click()
    expect(card(page, "Anger")).to_be_visible()
    page = show(specs.REPLIES, {"entries": [entry({"reply": "angry", "if_then": "breathe"}, "a")]})
    expect(card(page, "Anger").get_by_label("Then I will")).to_have_value("breathe")


def test_a_card_is_saved_with_its_own_code_and_revised_in_place(show: Show) -> None:
    """One entry a card, whatever is saved on another."""
    page = show(specs.REPLIES)
    for name, words in (("Nothing", "ring Jo"), ("A clear no", "walk"), ("Nothing", "ring my sister")):
        card(page, name).get_by_label("Then I will").fill(words)
        card(page, name).get_by_role("button", name="Save").click()
        page.wait_for_function("(words) => kernel.saved().some((a) => a.if_then === words)", arg=words)
    assert page.evaluate("kernel.saved().map((a) => [a.reply, a.if_then, a.can_bear])") == [
        ["silence", "ring my sister", None],
        ["clear_no", "walk", None],
    ]


def test_what_is_begun_on_several_cards_is_one_draft_and_comes_back(show: Show) -> None:
    """Also when another card is saved meanwhile."""
    page = show(specs.REPLIES)
    card(page, "Nothing").get_by_label("Then I will").fill("ring Jo")
    card(page, "A clear no").get_by_role("radio", name="7", exact=True).check(force=True)
    page.wait_for_function("kernel.state.draft?.answers.can_bear?.clear_no === 7")
    draft = page.evaluate("kernel.state.draft.answers")
    assert draft["if_then"] == {"silence": "ring Jo", "clear_no": None}
    page.get_by_text("A little more, if you like").click()
    card(page, "Anger").get_by_label("Then I will").fill("breathe")
    card(page, "Anger").get_by_role("button", name="Save").click()
    page.wait_for_function("kernel.saved().length === 1")  # which took the draft away
    page.wait_for_function("kernel.state.draft?.answers.if_then.silence === 'ring Jo'")
    kept = page.evaluate("kernel.state")
    page = show(specs.REPLIES, kept)
    expect(card(page, "Nothing").get_by_label("Then I will")).to_have_value("ring Jo")
    expect(card(page, "A clear no").get_by_role("radio", name="7", exact=True)).to_be_checked()
    expect(card(page, "Nothing").get_by_text("Restored:")).to_be_visible()


def test_faults_stand_on_their_own_card(show: Show) -> None:
    """The summary of one card names its question."""
    page = show(specs.REPLIES)
    error = "{kind: 'invalid', faults: [{item: 'if_then', message: 'This has 300 letters.'}]}"
    page.evaluate(f"() => {{ kernel.refuse = (m) => m.do === 'save' && {{ok: false, error: {error}}} }}")
    card(page, "A clear no").get_by_role("button", name="Save").click()
    expect(
        card(page, "A clear no").get_by_role("heading", name="Not saved yet: one place needs a look")
    ).to_be_visible()
    assert card(page, "Nothing").get_by_text("This has 300 letters.").count() == 0
