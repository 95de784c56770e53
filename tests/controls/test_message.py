"""A text with hints beside it: the kernel reads, the page quotes; nothing in her text is touched."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from . import specs
from .specs import entry

Show = Callable[..., Page]
TEXT = "I am sorry 🙂. You made me do it. Answer by Sunday."
BLAME = {"kind": "blame", "name": "Blame", "asks": "What was your part?", "can_mean": True}
LIMIT = {"kind": "ultimatum", "name": "A limit", "asks": "What without it?", "can_mean": False}
READ = """kernel.read = (text) => {
    const span = (phrase) => ({start: text.indexOf(phrase), end: text.indexOf(phrase) + phrase.length});
    const at = (phrase, matters) => ({phrase, ...span(phrase), matters});
    const asking = {...BLAME, kind: 'pressure', name: 'Asking'};
    const known = [['You made me do it', [BLAME]], ['Answer by Sunday', [LIMIT, asking]]];
    const places = known.filter(([phrase]) => text.includes(phrase)).map(([phrase, matters]) => at(phrase, matters));
    return {places, says: text.includes('sorry') ? 'Read so far: sorry.' : '', nothing: places.length ? '' : 'None.',
        help: text.includes('die')};
}""".replace("BLAME", str(BLAME).replace("True", "true")).replace("LIMIT", str(LIMIT).replace("False", "false"))


def shown(show: Show, state: dict[str, Any] | None = None, **more: Any) -> Page:
    return show(specs.MESSAGE, state, prepare=READ, **more)


def words(page: Page) -> Any:
    return page.get_by_label("Your words")


def quoted(page: Page) -> list[str]:
    return page.locator(".places > li > .said").all_inner_texts()


def test_hints_quote_her_phrase_name_the_matter_and_ask_one_question(show: Show) -> None:
    """The kernel is asked once she has stopped for .9 s, with the text as it stands; only what it finds is shown."""
    page = shown(show, clock=True)
    page.clock.pause_at(page.evaluate("Date.now() + 5000"))
    words(page).fill("I am sorry. You")
    page.clock.run_for(800)
    assert page.evaluate("kernel.sent('review')") == []
    words(page).fill(TEXT)
    page.clock.run_for(800)
    assert page.evaluate("kernel.sent('review')") == []
    page.clock.run_for(200)
    assert page.evaluate("kernel.sent('review').map((m) => m.text)") == [TEXT]
    page.clock.resume()
    expect(page.get_by_text("Places to read once more: 2")).to_be_visible()
    assert quoted(page) == ["“You made me do it”", "“Answer by Sunday”"]
    first = page.locator(".places > li").first
    assert first.locator(".matter").inner_text() == "Blame. What was your part?"
    expect(page.get_by_text("Read so far: sorry.")).to_be_visible()


def test_only_the_number_is_announced_and_only_when_it_changes(show: Show) -> None:
    """Quotes and questions stand in no live region."""
    page = shown(show, clock=True)
    page.evaluate("""() => { window.heard = [];
        const changes = {childList: true, characterData: true, subtree: true};
        for (const live of document.querySelectorAll('.hints [role=status]'))
            new MutationObserver(() => heard.push(live.textContent)).observe(live, changes); }""")
    words(page).fill(TEXT)
    expect(page.get_by_text("Places to read once more: 2")).to_be_visible()
    words(page).fill(TEXT + " Truly.")
    page.wait_for_function("kernel.sent('review').length === 2")
    page.clock.run_for(200)  # it is answered
    assert page.evaluate("window.heard") == ["Places to read once more: 2"]
    assert page.locator("[role=status] .places, [role=status] .matter").count() == 0


def test_show_in_the_text_selects_the_phrase_and_changes_nothing(show: Show) -> None:
    """Also after a sign that counts as two, and after she has typed on before it; the text is as she wrote it."""
    page = shown(show)
    words(page).fill(TEXT)
    selected = "() => { const t = document.activeElement; return t.value.slice(t.selectionStart, t.selectionEnd) }"
    page.get_by_role("button", name="Show in the text: “Answer by Sunday”").click()
    expect(words(page)).to_be_focused()
    assert page.evaluate(selected) == "Answer by Sunday"
    words(page).fill("Well. " + TEXT)
    page.get_by_role("button", name="Show in the text: “You made me do it”").click()
    assert page.evaluate(selected) == "You made me do it"
    expect(words(page)).to_have_value("Well. " + TEXT)
    assert words(page).evaluate("(field) => field.tagName + field.childElementCount") == "TEXTAREA0"


def test_each_caution_can_be_answered_and_the_answer_taken_back(show: Show) -> None:
    """Kept by phrase and matter with the save; a limit cannot be meant, and says so."""
    page = shown(show)
    words(page).fill(TEXT)
    meaning = page.get_by_role("button", name="I stand by this: “You made me do it”")
    meaning.click()
    back = page.get_by_role("button", name="Take that back: “You made me do it”")
    expect(back).to_be_focused()
    expect(page.get_by_text("You stand by this.")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_function("kernel.saved().length === 1")
    assert page.evaluate("kernel.saved()[0].meant") == [{"kind": "blame", "phrase": "You made me do it"}]
    back.click()
    expect(meaning).to_be_focused()
    page.wait_for_function("kernel.sent('draft').at(-1)?.answers.meant === null")
    limit = page.locator(".places > li").nth(1)
    assert limit.get_by_role("button", name="I stand by this").count() == 1
    expect(limit.get_by_text("While this is in it, the message stays here.")).to_be_visible()


def test_what_she_meant_is_there_again(show: Show) -> None:
    """From the saved entry and from a draft."""
    meant = [{"kind": "blame", "phrase": "You made me do it"}]
    page = shown(show, {"entries": [entry({"text": TEXT, "meant": meant})]})
    expect(page.get_by_text("You stand by this.")).to_be_visible()
    draft = {"answers": {"text": TEXT, "meant": meant}, "kept": "2026-11-22T20:08:00Z", "writer": "w", "row": None}
    page = shown(show, {"draft": draft})
    expect(page.get_by_text("You stand by this.")).to_be_visible()


def test_an_answer_about_an_older_text_is_not_shown(show: Show) -> None:
    """She has typed on before it came."""
    page = shown(show)
    page.evaluate("() => { kernel.mode = 'holds' }")
    words(page).fill(TEXT)
    page.wait_for_function("kernel.held.some((m) => m.do === 'review')")
    words(page).fill("Something else.")
    page.evaluate("() => { kernel.mode = 'answers'; kernel.release() }")
    expect(page.get_by_text("Places to read once more: 0")).to_be_visible()
    assert quoted(page) == []


def test_wording_about_not_living_brings_help_first(show: Show) -> None:
    """The panel stands above the places, without a save; it stays while she writes on."""
    page = shown(show)
    words(page).fill("I want to die. You made me do it.")
    panel = page.locator(".hints .panel.help")
    expect(panel).to_be_visible()
    assert page.evaluate("""() => Boolean(document.querySelector('.hints .help')
        .compareDocumentPosition(document.querySelector('.places')) & Node.DOCUMENT_POSITION_FOLLOWING)""")
    words(page).fill("You made me do it.")
    page.wait_for_function("kernel.sent('review').length === 2")
    expect(panel).to_be_visible()


def test_words_are_counted_and_never_cut_off(show: Show) -> None:
    """From the first one; beyond the advice it says so, and everything typed is there."""
    page = shown(show)
    words(page).fill("one two  three\nfour")
    expect(page.get_by_text("4 of 20 words")).to_be_visible()
    long = " ".join(["word"] * 23)
    words(page).fill(long)
    expect(page.get_by_text("23 words; up to 20 are easy to read").first).to_be_visible()
    expect(words(page)).to_have_value(long)


def test_with_the_connection_back_the_text_is_read_again(show: Show) -> None:
    """What was typed meanwhile gets its hints."""
    page = shown(show)
    page.evaluate("() => { kernel.mode = 'throws' }")
    words(page).fill(TEXT)
    expect(page.get_by_text("Connection lost.")).to_be_visible()
    page.evaluate(
        "() => { kernel.mode = 'answers'; document.dispatchEvent(new CustomEvent('second-thoughts:connected')) }"
    )
    expect(page.get_by_text("Places to read once more: 2")).to_be_visible()


def test_earlier_versions_are_looked_at_and_brought_back(show: Show) -> None:
    """Asked for when opened; while something is unsaved none takes its place."""
    page = shown(show)
    for text in ("First words.", "Second words."):
        words(page).fill(text)
        page.get_by_role("button", name="Save", exact=True).click()
        page.wait_for_function("(text) => kernel.saved()[0]?.text === text", arg=text)
    page.evaluate("() => { kernel.state.versions = 1; kernel.push({push: 'state', state: kernel.state}) }")
    page.get_by_text("Earlier versions").click()
    expect(page.locator(".versions .said")).to_have_text("First words.")
    dated = r"Saved \w+day \d{1,2} \w+( \d{4})?, \d\d:\d\d( [AP]M)?"
    expect(page.locator(".versions .hint")).to_have_text(re.compile(dated))
    words(page).fill("Second words, changed.")
    bring = page.get_by_role("button", name="Bring this back")
    bring.click()
    expect(page.get_by_text("Save what you have written first")).to_be_visible()
    expect(words(page)).to_have_value("Second words, changed.")
    words(page).fill("Second words.")
    bring.click()
    expect(words(page)).to_have_value("First words.")
    expect(page.get_by_text("Brought back at")).to_be_focused()


def test_an_answer_that_was_not_kept_is_taken_out_and_asked_again(show: Show) -> None:
    """It is not sent once more by the next save; what she answers anew is."""
    page = shown(show, {"entries": [entry({"text": "Old.", "parts": ["regret"]})]})
    tick = page.get_by_label("that I regret it")
    page.evaluate("kernel.askedAgain = {parts: 'Most of these words are new.'}")
    words(page).fill("New.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Most of these words are new.")).to_be_visible()
    expect(tick).not_to_be_checked()
    assert page.evaluate("kernel.sent('save').at(-1).answers.parts") == ["regret"]
    page.evaluate("kernel.askedAgain = {}")
    tick.check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Most of these words are new.")).to_have_count(0)
    expect(tick).to_be_checked()
    assert page.evaluate("kernel.saved()[0].parts") == ["regret"]


def test_before_there_are_words_one_line_says_what_will_stand_beside_them(show: Show) -> None:
    """It goes with the first ones, and comes back when they are taken out."""
    page = shown(show)
    line = page.get_by_text("Once there are words, places to read once more appear here")
    expect(line).to_be_visible()
    words(page).fill(TEXT)
    expect(line).to_have_count(0)
    words(page).fill("")
    expect(line).to_be_visible()


def test_what_matters_to_her_stands_above(show: Show) -> None:
    """In her type, beside the workbook's words."""
    page = shown(show)
    line = page.locator(".intro", has_text="What matters to you: listening.")
    expect(line.locator(".said")).to_have_text("On Tuesday.")


OFFER = {"text": "Read it once more.", "button": "It stands", "do": "reread", "entry_id": "e1", "saved_only": True}


def test_reading_again_is_offered_for_what_is_saved_only(show: Show) -> None:
    """While the text is being changed the offer is out of sight; one press is one message."""
    page = shown(show, {"entries": [entry({"text": "Saved."})], "offer": OFFER})
    stands = page.get_by_role("button", name="It stands")
    words(page).fill("Changed.")
    expect(stands).to_be_hidden()
    words(page).fill("Saved.")
    stands.click()
    expect(stands).to_have_count(0)
    assert page.evaluate("kernel.sent('reread').map((m) => m.entry_id)") == ["e1"]
    expect(page.get_by_text("Saved at").first).to_be_focused()
