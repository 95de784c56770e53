"""How things stand with her words: every state of a form, in its exact words, and that none of them loses a letter."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.app.test_frame import LOST

from . import specs
from .specs import entry, item, spec

Show = Callable[..., Page]
NOTE = spec(specs.LONELY, specs.NOTE)
EVENTS = """window.told = [];
for (const what of ['connection', 'unsent'])
  document.addEventListener('second-thoughts:' + what, ({detail}) => window.told.push(detail.state ?? detail.unsent))"""
INVALID = """kernel.refuse = (m) => m.do === 'save' && {ok: false, error: {kind: 'invalid', faults: [
  {item: 'lonely', message: 'Answer at least one of the four scales.'},
  {item: 'alcohol', message: 'This is needed to save.'}]}}"""


def note(page: Page) -> Locator:
    return page.get_by_label("Anything to remember?")


def save(page: Page, name: str = "Save") -> None:
    page.get_by_role("button", name=name, exact=True).click()


def bend(page: Page, script: str) -> None:
    page.evaluate(f"() => {{ {script} }}")


def draft_of(words: str, **more: Any) -> dict[str, Any]:
    return {
        "answers": {"note": words},
        "kept": "2026-11-22T20:08:00+00:00",
        "writer": "another page view",
        "row": None,
        **more,
    }


# ---- saving


def test_saved_is_said_only_once_the_journal_has_it(show: Show) -> None:
    page = show(NOTE)
    note(page).fill("a")
    bend(page, "kernel.mode = 'holds'")
    save(page)
    expect(page.get_by_text("Saving…")).to_be_visible()
    expect(page.locator(".outcome")).to_be_empty()
    bend(page, "kernel.release()")
    expect(page.get_by_role("status").get_by_text(re.compile(r"^Saved at \d\d:\d\d\.$"))).to_be_visible()
    expect(page.get_by_text("Saving…")).to_have_count(0)
    expect(page.get_by_role("button", name="Save")).to_be_focused()
    note(page).press("b")
    expect(page.locator(".outcome")).to_be_empty()


def test_a_quick_save_does_not_flicker(show: Show) -> None:
    page = show(NOTE)
    bend(
        page,
        "window.seen = []; new MutationObserver(() => seen.push(document.querySelector('.draft').textContent))"
        ".observe(document.querySelector('.draft'), {childList: true})",
    )
    note(page).fill("a")
    save(page)
    expect(page.locator(".outcome")).to_contain_text("Saved at")
    assert "Saving…" not in page.evaluate("seen")


def test_a_second_save_revises_the_one_entry(show: Show) -> None:
    page = show(NOTE)
    for words in ("a", "ab"):
        note(page).fill(words)
        save(page)
        page.wait_for_function("(words) => kernel.saved()[0]?.note === words", arg=words)
    assert page.evaluate("kernel.sent('save').map((m) => m.seen)") == [0, 1]
    assert page.evaluate("kernel.saved().length") == 1
    expect(note(page)).to_have_value("ab")


def test_a_series_empties_and_starts_a_new_entry(show: Show) -> None:
    page = show(specs.CHECK_IN)
    for words in ("a", "b"):
        note(page).fill(words)
        save(page)
        expect(note(page)).to_have_value("")
    assert [answers["note"] for answers in page.evaluate("kernel.saved()")] == ["a", "b"]


def test_help_stays_when_the_form_empties(show: Show) -> None:
    page = show(specs.CHECK_IN)
    page.get_by_label("no", exact=True).check()
    save(page)
    expect(page.get_by_role("radio", name="no", exact=True)).not_to_be_checked()
    expect(page.get_by_text("If you need someone now")).to_be_visible()


def test_a_day_that_begins_with_help_has_it_above_the_exercise(show: Show) -> None:
    """Until an answer calls for it elsewhere: there is one panel, first on the page or where she is."""
    page = show(specs.CHECK_IN, {"help_first": True})
    panel = page.locator(".panel.help")
    assert panel.evaluate("(e) => e.parentNode.nextElementSibling.className") == "card series"
    page.get_by_label("no", exact=True).check()
    expect(panel).to_have_count(1)
    assert panel.evaluate("(e) => Boolean(e.closest('.question'))")
    page.get_by_label("yes", exact=True).check()
    assert panel.evaluate("(e) => e.parentNode.nextElementSibling.className") == "card series"


def test_on_another_day_no_help_stands_above_it(show: Show) -> None:
    expect(show(specs.CHECK_IN, {"help_first": False}).locator(".panel.help")).to_have_count(0)


@pytest.mark.parametrize("kind", ["single", "series", "list"])
def test_help_is_seen_beside_save_when_the_saved_words_call_for_it(show: Show, kind: str) -> None:
    page = show(
        {**NOTE, "kind": kind},
        prepare="kernel.refuse = (m) => m.do === 'save' && {help: true, state: kernel.state, "
        "entry: {entry_id: m.entry_id, revision: 1, saved: '2026-11-22T20:10:00Z', answers: m.answers}}",
    )
    note(page).fill("a line\n" * 60)
    save(page)
    panel = page.get_by_role("status").filter(has_text="If you need someone now")
    expect(panel.locator(".panel")).to_be_in_viewport(ratio=1)
    expect(panel).to_contain_text("Help is at the end of every page of the workbook.")
    assert panel.evaluate("(e) => e.nextElementSibling.className") == "actions savebar"


def test_help_beside_save_outlives_new_wording(show: Show) -> None:
    page = show(specs.CHECK_IN)
    page.get_by_label("no", exact=True).check()
    save(page)
    expect(page.locator(".outcome")).to_contain_text("Saved at")
    page.get_by_role("button", name="Save").blur()
    push = "kernel.spec.title = 'Another title';kernel.push({push: 'spec', spec: kernel.spec, state: kernel.state})"
    bend(page, push)
    expect(page.get_by_role("heading", name="Another title")).to_be_visible()
    expect(page.get_by_text("If you need someone now")).to_be_visible()


def test_could_not_save_says_one_cause_keeps_the_words_and_offers_to_try_again(show: Show) -> None:
    message = "Not saved: the disk is full. Your words are still here; free some space and try again."
    page = show(NOTE)
    error = f"{{kind: 'not-saved', message: '{message}'}}"
    bend(page, f"kernel.refuse = (m) => m.do === 'save' && {{ok: false, error: {error}}}")
    note(page).fill("a")
    save(page)
    expect(page.locator(".outcome")).to_have_text(message)
    assert page.locator(".outcome").evaluate("(p) => getComputedStyle(p, '::before').content") == '"! "'
    expect(note(page)).to_have_value("a")
    bend(page, "kernel.refuse = null")
    save(page, "Try again")
    expect(page.locator(".outcome")).to_contain_text("Saved at")
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_visible()


def test_what_is_to_be_looked_at_takes_the_focus_and_leads_there(show: Show) -> None:
    page = show(specs.EVERYTHING)
    bend(page, INVALID)
    note(page).fill("kept")
    save(page)
    summary = page.locator(".summary")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("heading")).to_have_text("Not saved yet: 2 places need a look")
    expect(page.get_by_role("group", name="How lonely is it?")).to_have_accessible_description(
        re.compile("Answer at least one of the four scales.")
    )
    summary.get_by_role("link", name="This is needed to save.").press("Enter")
    expect(page.get_by_label("yes").last).to_be_focused()  # in the closed part, which has opened
    summary.get_by_role("link", name="Answer at least one of the four scales.").press("Enter")
    expect(page.get_by_role("radio", name="skip").first).to_be_focused()
    expect(note(page)).to_have_value("kept")
    assert page.url.endswith("/form")
    bend(page, "kernel.refuse = null")
    save(page)
    expect(summary).to_be_hidden()
    expect(page.locator(".fault").first).to_be_empty()


def test_what_she_wanted_not_kept_says_so_until_she_answers_again(show: Show) -> None:
    fields = spec(specs.FEAR, item("told", "text", "What was done?", private=True, keep_if="keep"), specs.KEEP)
    page = show(fields, {"entries": [{**entry({"keep": False}), "not_kept": ["fear", "told"]}]})
    fear = page.get_by_role("group", name="Are you afraid?")
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        assert page.locator(".state:visible").all_inner_texts() == ["Not kept", "Not kept", "no"]
    page.emulate_media(media="screen")
    fear.get_by_label("yes").check()
    expect(fear.locator(".state")).to_have_text("yes")


# ---- drafts


def test_a_draft_is_kept_within_two_seconds_of_the_first_letter_and_says_so(show: Show) -> None:
    page = show(NOTE, clock=True)
    note(page).press("a")
    for _ in range(6):  # she never stops typing
        page.clock.run_for(250)
        note(page).press("b")
    assert page.evaluate("kernel.state.draft.answers.note").startswith("ab")
    page.clock.run_for(1500)
    assert page.evaluate("kernel.state.draft.answers.note") == "abbbbbb"
    expect(page.get_by_text(re.compile(r"^Draft kept \d\d:\d\d$"))).to_be_visible()


def test_what_may_not_be_kept_is_in_no_draft_without_her_yes(show: Show) -> None:
    page = show(spec(specs.FEAR, specs.NOTE, specs.KEEP))
    fear = page.get_by_role("group", name="Are you afraid?")
    fear.get_by_label("yes").check()
    note(page).fill("a")
    page.wait_for_function("kernel.state.draft")
    assert page.evaluate("'fear' in kernel.state.draft.answers") is False
    expect(page.get_by_text("Only on this page so far")).to_be_visible()
    page.get_by_role("group", name="Should the details be kept?").get_by_label("yes").check()
    page.wait_for_function("kernel.state.draft.answers.fear === 'yes'")
    save(page)
    expect(page.locator(".outcome")).to_contain_text("Saved at")
    assert page.evaluate("kernel.sent('save')[0].answers.fear") == "yes"


def test_nothing_is_left_of_a_draft_that_was_taken_back(show: Show) -> None:
    page = show(NOTE)
    note(page).fill("a")
    page.wait_for_function("kernel.state.draft")
    note(page).fill("")
    page.wait_for_function("kernel.state.draft === null")


def test_no_draft_outlives_the_save_of_its_words(show: Show) -> None:
    page = show(NOTE, clock=True)
    note(page).fill("a")
    bend(page, "kernel.mode = 'holds'")
    save(page)
    page.clock.run_for(2500)
    assert page.evaluate("kernel.sent('draft').length") == 0
    bend(page, "kernel.mode = 'answers'; kernel.release()")
    page.clock.run_for(2500)
    assert page.evaluate("kernel.sent('draft').length") == 0


def test_a_draft_is_restored_and_starting_empty_can_be_undone(show: Show) -> None:
    page = show(NOTE, {"draft": draft_of("not saved")})
    expect(note(page)).to_have_value("not saved")
    expect(page.get_by_text(re.compile(r"^Restored: what you wrote and had not saved, .*21:08\.$"))).to_be_visible()
    page.get_by_role("button", name="Start empty").press("Enter")
    expect(note(page)).to_have_value("")
    page.wait_for_function("kernel.state.draft === null")
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    note(page).fill("newer")
    undo.click()
    expect(note(page)).to_have_value("not saved")
    page.get_by_role("button", name="Start empty").click()
    expect(note(page)).to_have_value("newer")  # what came since is not lost either
    undo.click()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Restored")).to_have_count(0)
    page.wait_for_function("kernel.state.draft?.answers.note === 'not saved'")


def test_what_is_to_be_known_about_a_draft_is_said_with_it(show: Show) -> None:
    page = show(NOTE, {"draft": draft_of("not saved") | {"remark": "It is about Sunday 4 October."}})
    expect(page.get_by_text(re.compile(r"^Restored: .*21:08\. It is about Sunday 4 October\.$"))).to_be_visible()
    page.get_by_role("button", name="Start empty").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text(re.compile(r"^Restored: .* It is about Sunday 4 October\.$"))).to_be_visible()


def test_a_draft_over_something_saved_offers_what_is_saved(show: Show) -> None:
    page = show(NOTE, {"entries": [entry({"lonely": 3, "note": "saved"})], "draft": draft_of("not saved")})
    page.get_by_role("button", name="Back to what is saved").click()
    expect(note(page)).to_have_value("saved")


def test_a_draft_equal_to_what_is_saved_is_not_restored(show: Show) -> None:
    page = show(NOTE, {"entries": [entry({"lonely": None, "note": "saved"})], "draft": draft_of("saved")})
    expect(page.get_by_text("Restored")).to_have_count(0)


# ---- the connection


def test_silence_is_a_lost_connection_and_every_letter_arrives_once_it_is_back(show: Show) -> None:
    page = show(NOTE, clock=True)
    bend(page, EVENTS + "; kernel.mode = 'silent'")
    note(page).fill("a")
    page.clock.run_for(9500)
    expect(page.get_by_role("status").get_by_text(LOST)).to_be_visible()
    expect(page.get_by_text("Only on this page so far")).to_be_visible()
    expect(page.get_by_role("button", name="Copy my words")).to_be_visible()
    assert page.evaluate("told") == [True, "lost"]
    note(page).press("End")
    note(page).press("b")
    bend(page, "kernel.mode = 'answers'")
    page.clock.run_for(6000)
    assert page.evaluate("kernel.state.draft.answers.note") == "ab"
    expect(page.get_by_text("Connected again. What you have not saved is kept as a draft.")).to_be_visible()
    expect(page.get_by_role("button", name="Copy my words")).to_be_hidden()
    assert page.evaluate("told") == [True, "lost", "back", False]
    note(page).press("c")
    save(page)
    page.clock.run_for(100)
    expect(page.get_by_text("Connected again")).to_have_count(0)
    assert page.evaluate("told").count("saved") == 1


def test_a_ping_covers_quiet_times_while_something_is_unsaved_and_only_then(show: Show) -> None:
    page = show(NOTE, clock=True)
    page.clock.run_for(30_000)
    assert page.evaluate("kernel.sent('ping').length") == 0
    note(page).fill("a")
    page.clock.run_for(20_000)
    assert page.evaluate("kernel.sent('ping').length") >= 3


def test_a_save_without_answer_says_so_after_three_seconds_and_is_one_entry_in_the_end(show: Show) -> None:
    page = show(NOTE, clock=True)
    note(page).fill("a")
    bend(page, "kernel.mode = 'silent'")
    save(page)
    page.clock.run_for(3100)
    expect(page.locator(".outcome")).to_contain_text("Not saved: no answer came.")
    save(page, "Try again")
    note(page).press("End")
    note(page).press("b")
    bend(page, "kernel.mode = 'answers'")
    save(page, "Try again")
    page.clock.run_for(500)
    expect(page.locator(".outcome")).to_contain_text("Saved at")
    assert page.evaluate("kernel.saved()") == [{"lonely": None, "note": "ab"}]
    assert page.evaluate("[...new Set(kernel.sent('save').map((m) => m.answers.note))]") == ["a", "ab"]  # in this order


def test_an_answer_that_comes_twice_and_late_changes_nothing(show: Show) -> None:
    page = show(NOTE)
    note(page).fill("a")
    bend(page, "kernel.mode = 'holds'")
    save(page)
    bend(page, "kernel.held.push(...kernel.held); kernel.mode = 'answers'; kernel.release()")
    expect(page.locator(".outcome")).to_contain_text("Saved at")
    assert len(page.evaluate("kernel.saved()")) == 1


def test_where_the_host_knows_that_there_is_no_connection_the_form_says_so_at_once(show: Show) -> None:
    page = show(NOTE, clock=True)
    note(page).fill("a")
    bend(page, "kernel.mode = 'throws'")
    save(page)
    expect(page.get_by_text(LOST)).to_be_visible()
    expect(page.locator(".outcome")).to_contain_text("Not saved: no answer came.")
    page.clock.run_for(600)
    assert page.get_by_text("Saving…").count() == 0
    bend(page, "kernel.mode = 'answers'; document.dispatchEvent(new Event('second-thoughts:connected'))")
    expect(page.locator(".outcome")).to_contain_text("Saved at")
    assert page.evaluate("kernel.saved()") == [{"lonely": None, "note": "a"}]


def test_in_the_app_the_frame_says_it_and_the_form_only_tells_the_frame(show: Show) -> None:
    page = show(NOTE, frame=True)
    bend(page, EVENTS + "; kernel.mode = 'throws'")
    note(page).fill("a")
    page.wait_for_function("told.includes('lost')")
    expect(page.get_by_text(LOST)).to_have_count(0)


def test_a_page_with_another_kernel_goes_on_where_she_was(show: Show) -> None:
    """The frame found a new kernel: what was sent to the old one, unanswered, goes to the new one."""
    page = show(NOTE)
    bend(page, "kernel.mode = 'silent'")
    note(page).fill("a")
    page.wait_for_function("kernel.sent('draft').length")
    bend(page, "kernel.mode = 'answers'; document.dispatchEvent(new Event('second-thoughts:connected'))")
    page.wait_for_function("kernel.state.draft?.answers.note === 'a'")
    expect(note(page)).to_be_focused()
    expect(page.get_by_text("Restored")).to_have_count(0)


def test_copy_my_words_takes_all_of_them(show: Show) -> None:
    page = show(NOTE)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    note(page).fill("a\nb")
    bend(page, "kernel.mode = 'throws'")
    page.get_by_role("radio", name="7", exact=True).check()
    page.get_by_role("button", name="Copy my words").click()
    assert (
        page.evaluate("navigator.clipboard.readText()") == "How lonely is it?\n7 of 10\n\nAnything to remember?\na\nb"
    )


# ---- leaving


def test_leaving_asks_only_while_something_is_unsent(show: Show) -> None:
    page = show(NOTE)
    asks = "window.dispatchEvent(new Event('beforeunload', {cancelable: true})) === false"
    assert page.evaluate(asks) is False
    note(page).fill("a")
    assert page.evaluate(asks) is True
    page.wait_for_function("kernel.state.draft")
    assert page.evaluate(asks) is False


def test_close_now_sends_the_draft_at_once_and_forgets(show: Show) -> None:
    page = show(NOTE)
    note(page).fill("a")
    bend(page, "document.dispatchEvent(new Event('second-thoughts:closing'))")
    assert page.evaluate("kernel.sent('draft').at(-1).answers.note") == "a"
    assert page.locator("#here .st").inner_html() == ""


def test_a_page_that_goes_to_the_background_sends_the_draft_at_once(show: Show) -> None:
    page = show(NOTE)
    note(page).fill("a")
    bend(
        page,
        "Object.defineProperty(document, 'hidden', {value: true});"
        "document.dispatchEvent(new Event('visibilitychange'))",
    )
    assert page.evaluate("kernel.sent('draft').length") == 1


def test_nothing_of_hers_is_in_the_browser_s_storage(show: Show) -> None:
    page = show(NOTE)
    note(page).fill("a secret")
    page.wait_for_function("kernel.state.draft")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    expect(page.get_by_role("form")).to_have_attribute("autocomplete", "off")


def test_the_clean_up_leaves_nothing_running(show: Show) -> None:
    page = show(NOTE, clock=True)
    note(page).fill("a")
    bend(page, "window.stopForm()")
    before = page.evaluate("kernel.log.length")
    page.clock.run_for(10_000)
    bend(page, "document.dispatchEvent(new Event('second-thoughts:connected'))")
    assert page.evaluate("kernel.log.length") == before


# ---- two places


def two_places(show: Show) -> Page:
    page = show(NOTE, {"entries": [entry({"lonely": None, "note": "old"})]})
    note(page).fill("mine")
    bend(page, "Object.assign(kernel.state.entries[0], {revision: 2, answers: {lonely: 4, note: 'theirs'}})")
    save(page)
    expect(
        page.get_by_text(
            re.compile(
                r"^Open in two places\. You saved this at 21:10 in another window\. "
                r"Both versions are kept\.$"
            )
        )
    ).to_be_visible()
    expect(note(page)).to_have_value("mine")
    return page


def test_two_places_going_on_here_saves_this_version_after_the_other(show: Show) -> None:
    page = two_places(show)
    page.get_by_role("button", name="Go on here").click()
    expect(page.locator(".outcome")).to_contain_text("Saved at")
    assert page.evaluate("kernel.state.entries[0].revision") == 3
    assert page.evaluate("kernel.saved()") == [{"lonely": None, "note": "mine"}]
    expect(page.get_by_text("Open in two places")).to_have_count(0)


def test_two_places_the_other_can_be_shown_and_her_own_words_come_back(show: Show) -> None:
    page = two_places(show)
    page.get_by_role("button", name="Show the other").press("Enter")
    expect(note(page)).to_have_value("theirs")
    expect(page.get_by_role("button", name="Show mine again")).to_be_focused()
    page.get_by_role("button", name="Show mine again").click()
    expect(note(page)).to_have_value("mine")
    save(page)
    expect(page.locator(".outcome")).to_contain_text("Saved at")
    assert page.evaluate("kernel.saved()") == [{"lonely": None, "note": "mine"}]


# ---- what comes from elsewhere


def test_a_push_is_shown_but_never_over_what_she_is_writing(show: Show) -> None:
    page = show(NOTE, {"entries": [entry({"lonely": None, "note": "old"})]})
    changed = "kernel.state.entries = [{...kernel.state.entries[0], revision: %d, answers: {note: '%s'}}];"
    changed += "kernel.push({push: 'state', state: kernel.state})"
    bend(page, changed % (2, "from elsewhere"))
    expect(note(page)).to_have_value("from elsewhere")
    note(page).fill("I am writing")
    bend(page, changed % (3, "again"))
    expect(note(page)).to_have_value("I am writing")


def test_new_wording_comes_when_she_is_not_in_the_form_and_takes_nothing_away(show: Show) -> None:
    page = show(NOTE)
    note(page).fill("mine")
    page.wait_for_function("kernel.state.draft")
    bend(
        page, "kernel.spec.title = 'Another title';kernel.push({push: 'spec', spec: kernel.spec, state: kernel.state})"
    )
    expect(page.get_by_role("heading", name="One minute")).to_be_visible()
    expect(note(page)).to_be_focused()
    note(page).blur()
    expect(page.get_by_role("heading", name="Another title")).to_be_visible()
    expect(note(page)).to_have_value("mine")
    save(page)
    expect(page.locator(".outcome")).to_contain_text("Saved at")


# ---- opening


def test_opening_says_how_long_it_takes_and_can_be_tried_again(show: Show) -> None:
    page = show(NOTE, clock=True, prepare="kernel.mode = 'silent'", wait=False)
    page.clock.run_for(500)
    expect(page.get_by_text("One minute is opening. Read on meanwhile.")).to_be_visible()
    page.clock.run_for(8000)
    expect(page.get_by_text("This takes longer than usual")).to_be_visible()
    page.clock.run_for(22_500)
    expect(page.get_by_text("It did not open. What you saved is safe.")).to_be_visible()
    page.evaluate("() => window.shown")  # the host is not kept waiting
    bend(page, "kernel.mode = 'answers'")
    page.get_by_role("button", name="Try again").click()
    page.clock.run_for(100)
    expect(note(page)).to_be_visible()


def test_a_first_question_that_was_lost_is_asked_again(show: Show) -> None:
    page = show(NOTE, prepare="kernel.mode = 'silent'; setTimeout(() => { kernel.mode = 'answers' }, 300)")
    expect(note(page)).to_be_visible()


@pytest.mark.parametrize("where", ["open", "state"])
def test_a_journal_with_a_problem_says_so(show: Show, where: str) -> None:
    message = "The journal could not be opened. Nothing was changed."
    refuse = f"kernel.refuse = () => ({{ok: false, error: {{kind: 'not-saved', message: '{message}'}}}})"
    page = show(NOTE, {"problem": message}, prepare=refuse if where == "open" else "")
    expect(page.get_by_text(message)).to_be_visible()


def test_the_sample_says_so_where_no_frame_does(show: Show) -> None:
    words = "Sample: an invented reader. Nothing you type is kept."
    expect(show(NOTE, {"sample": True}).get_by_text(words)).to_be_visible()
    expect(show(NOTE, {"sample": True}, frame=True).get_by_text(words)).to_have_count(0)
