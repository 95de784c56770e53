"""Each kind of question: native, never preset, set and cleared by key and click, apart from 0 and from empty."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from . import specs
from .specs import entry, item, spec

Show = Callable[..., Page]


def saved(page: Page) -> dict[str, Any]:
    """Press Save and return what the kernel was given."""
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".outcome")).to_have_text(re.compile(r"^Saved at \d\d:\d\d\.$"))
    return page.evaluate("kernel.sent('save').at(-1).answers")


def question(page: Page, words: str) -> Any:
    return page.get_by_role("group", name=re.compile(re.escape(words)))


def test_nothing_is_preset_and_untouched_means_not_answered(show: Show) -> None:
    page = show(specs.EVERYTHING)
    answers = saved(page)
    assert set(answers.values()) == {None}
    assert page.locator("input:checked:not([value=''])").count() == 0


def test_what_was_saved_comes_back_and_0_no_and_none_are_answers(show: Show) -> None:
    given = {
        "lonely": 0,
        "felt": 0,
        "sure": 0,
        "safe": "yes",
        "wish": "asked_for_space",
        "until": "2026-12-24",
        "shared": [],
        "times": 0,
        "name": "0",
        "note": "a\nb",
        "fear": "no",
        "keep": False,
        "order": ["peace", "support", "help"],
        "things": [{"what": "a walk", "when": None}],
        "came": "2026-11-22T08:05",
        "alcohol": False,
    }
    page = show(specs.EVERYTHING, {"entries": [entry(given)]})
    expect(question(page, "How lonely").locator(".state")).to_have_text("0 of 10")
    assert saved(page) == given


def test_a_scale_is_twelve_radios_of_which_skip_is_first(show: Show) -> None:
    page = show(spec(specs.LONELY))
    radios = page.get_by_role("radio")
    expect(radios).to_have_count(12)
    expect(radios.first).to_be_checked()
    expect(page.locator(".hint").first).to_have_text("0 is not at all, 10 is as much as I can imagine.")
    page.get_by_role("radio", name="7", exact=True).check()
    expect(question(page, "7 of 10")).to_be_visible()
    page.get_by_role("radio", name="skip").check()
    expect(question(page, "Not answered")).to_be_visible()
    assert saved(page) == {"lonely": None}


@pytest.mark.parametrize(
    ("asked", "keys", "value"),
    [
        (specs.LONELY, "7", 7),
        (specs.LONELY, "10", 10),
        (specs.LONELY, "17", 7),
        (specs.LONELY, "0", 0),
        (specs.LONELY, ["7", "Delete"], None),
        (specs.LONELY, ["7", "Backspace"], None),
        (specs.LONELY, ["3", "ArrowRight"], 4),
        (specs.FELT, "-3", -3),
        (specs.FELT, "5", 5),
        (specs.FELT, "7", None),
        (specs.SURE, "7", 70),
        (specs.SURE, "10", 100),
    ],
)
def test_a_scale_by_keys(show: Show, asked: dict[str, Any], keys: Any, value: int | None) -> None:
    page = show(spec(asked))
    page.get_by_role("radio").first.focus()
    for key in keys:
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.checked")
    assert saved(page) == {asked["id"]: value}


def test_1_and_a_late_0_are_two_digits(show: Show) -> None:
    page = show(spec(specs.LONELY), clock=True)
    page.get_by_role("radio").first.focus()
    page.keyboard.press("1")
    page.clock.run_for(850)
    page.keyboard.press("0")
    assert saved(page) == {"lonely": 0}


def test_a_choice_can_be_taken_back(show: Show) -> None:
    page = show(spec(specs.WISH))
    clear = page.get_by_role("button", name="Clear this answer")
    expect(clear).to_be_hidden()
    page.get_by_label("nothing so far").check()
    expect(page.locator(".state")).to_have_text("nothing so far")
    clear.click()
    expect(page.get_by_label("nothing so far")).to_be_focused()
    expect(clear).to_be_hidden()
    assert saved(page) == {"wish": None}


def test_none_of_these_is_an_answer_and_excludes_the_others(show: Show) -> None:
    page = show(spec(specs.SHARED))
    for label in ("a home", "work", "none of these"):
        page.get_by_label(label).check()
    assert saved(page) == {"shared": []}
    page.get_by_label("work").check()
    expect(page.get_by_label("none of these")).not_to_be_checked()
    assert saved(page) == {"shared": ["work"]}


@pytest.mark.parametrize(("typed", "kept"), [("2,5", 2.5), ("2.5", 2.5), ("0", 0), ("", None), ("few", "few")])
def test_a_number_with_comma_or_point_and_what_is_none_is_not_swallowed(show: Show, typed: str, kept: Any) -> None:
    page = show(spec({**specs.TIMES, "step": None}))
    box = page.get_by_label("How many times before?")
    expect(box).to_have_attribute("inputmode", "decimal")
    box.fill(typed)
    assert saved(page) == {"times": kept}


def test_a_number_out_of_range_says_so_on_leaving_the_field_and_keeps_what_was_typed(show: Show) -> None:
    page = show(spec(specs.TIMES))
    box = page.get_by_label("How many times before?")
    box.fill("99")
    box.blur()
    expect(box).to_have_accessible_description(re.compile("Write a whole number from 0 to 20, like 10."))
    expect(box).to_have_value("99")
    box.fill("9")
    expect(page.locator(".fault")).to_be_empty()


def test_letters_are_counted_spoken_only_when_few_are_left_and_never_cut(show: Show) -> None:
    page = show(spec(specs.NOTE), clock=True)
    box = page.get_by_label("Anything to remember?")
    count, spoken = page.locator(".count"), page.locator(".unseen[role=status]")
    expect(count).to_be_empty()
    box.fill("a")
    expect(count).to_have_text("1 of 100 letters")
    page.clock.run_for(1500)
    expect(spoken).to_be_empty()
    box.fill("🙂" * 95)
    page.clock.run_for(1500)
    expect(spoken).to_have_text("5 letters left")
    box.fill("a" * 120)
    page.clock.run_for(1500)
    expect(spoken).to_have_text("20 letters too many")
    expect(box).to_have_value("a" * 120)


def test_after_fifteen_minutes_of_writing_a_soft_stop(show: Show) -> None:
    page = show(spec(specs.NOTE), clock=True)
    page.get_by_label("Anything to remember?").fill("a")
    expect(page.get_by_text("Fifteen minutes have passed.")).to_have_count(0)
    page.clock.fast_forward("15:01")
    expect(page.get_by_text("Fifteen minutes have passed.")).to_be_visible()


def test_a_text_box_grows_with_its_text(show: Show) -> None:
    page = show(spec(specs.NOTE))
    box = page.get_by_label("Anything to remember?")
    before = box.bounding_box()["height"]
    box.fill("line\n" * 20)
    assert box.bounding_box()["height"] > before + 100


def test_a_date_is_read_back_in_words_and_half_a_date_is_no_answer(show: Show) -> None:
    page = show(spec(specs.WISH, specs.UNTIL))
    page.get_by_label("asked for space").check()
    day = page.get_by_label("Until when?")
    day.fill("2026-11-22")
    expect(day).to_have_accessible_description("Sunday 22 November 2026")
    day.fill("")
    day.press("1")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".summary")).to_be_focused()
    expect(page.locator(".summary")).to_contain_text("Write the whole date")
    assert page.evaluate("kernel.sent('save').length") == 0


def test_a_moment_is_read_back_in_words_and_half_a_moment_is_no_answer(show: Show) -> None:
    page = show(spec(item("when", "moment", "When was it?", max_date="2026-11-22T23:59")))
    when = page.get_by_label("When was it?")
    when.fill("2026-11-22T08:05")
    expect(when).to_have_accessible_description(re.compile(r"^Sunday 22 November 2026, 0?8:05"))
    assert saved(page) == {"when": "2026-11-22T08:05"}
    when.fill("2026-11-23T08:05")
    when.blur()
    expect(when).to_have_accessible_description(re.compile("This day has not come yet"))
    when.fill("")
    when.press("1")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".summary")).to_contain_text("Write all of it, the day and the time")


def test_a_day_that_has_not_come_yet_says_so_on_leaving_and_on_saving(show: Show) -> None:
    met = item("met", "date", "When did you meet?", max_date="2026-11-22")
    page = show(spec(met, item("things", "rows", "What was it?", items=[met])))
    day, row_day = page.get_by_label("When did you meet?").all()
    not_yet = re.compile("This day has not come yet. Choose today or earlier.")
    expect(day).to_have_attribute("max", "2026-11-22")
    day.fill("2026-11-23")
    day.blur()
    expect(day).to_have_accessible_description(not_yet)
    row_day.fill("2026-11-23")
    page.get_by_role("button", name="Add").click()
    expect(row_day).to_have_accessible_description(not_yet)
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".summary a")).to_have_text([not_yet, not_yet])
    assert page.evaluate("kernel.sent('save').length") == 0
    for box in (day, row_day):
        box.fill("2026-11-22")
    assert saved(page) == {"met": "2026-11-22", "things": [{"met": "2026-11-22"}]}


@pytest.mark.parametrize(
    ("kind", "at", "written", "says"),
    [
        ("date", "", "0026-11-22", "Choose 1 January 1900 or a later day, with the year in full."),
        ("moment", "T08:05", "0026-11-22", "Choose 1 January 1900 or a later day, with the year in full."),
        ("date", "", "2031-11-22", "Choose 26 November 2030 or an earlier day."),
    ],
)
def test_a_day_that_is_a_slip_is_told_with_the_day_that_would_do(
    show: Show, kind: str, at: str, written: str, says: str
) -> None:
    """The year in two digits, or too far ahead: said on leaving, and nothing is saved."""
    first, last = ("1900-01-01T00:00", "2030-11-26T23:59") if kind == "moment" else ("1900-01-01", "2030-11-26")
    page = show(spec(item("until", kind, "Until when?", min_date=first, max_date=last, ahead=True)))
    until = page.get_by_label("Until when?")
    until.fill(written + at)
    until.blur()
    expect(until).to_have_accessible_description(re.compile(says))
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".summary a")).to_have_text(re.compile(says))
    assert page.evaluate("kernel.sent('save').length") == 0
    until.fill("1900-01-01" + at)
    assert saved(page) == {"until": "1900-01-01" + at}


def test_a_hidden_answer_is_kept_as_draft_and_not_saved(show: Show) -> None:
    page = show(spec(specs.WISH, specs.UNTIL))
    until = page.get_by_label("Until when?")
    expect(until).to_be_hidden()
    page.get_by_label("asked for space").check()
    until.fill("2026-12-24")
    page.get_by_label("nothing so far").check()
    expect(until).to_be_hidden()
    page.wait_for_function("kernel.state.draft?.answers.wish === 'none_said'")
    assert page.evaluate("kernel.state.draft.answers.until") == "2026-12-24"
    assert saved(page) == {"wish": "none_said", "until": None}


def test_what_an_answer_reveals_stands_right_after_it(show: Show) -> None:
    last = item("last", "text", "And last?")
    page = show(spec(specs.WISH, last, specs.UNTIL))
    page.get_by_label("asked for space").check()
    assert page.locator(".question:visible .ask").all_inner_texts()[1] == "Until when?"


def test_rank_is_no_answer_until_something_is_moved_or_confirmed(show: Show) -> None:
    page = show(spec(specs.ORDER))
    down = page.get_by_role("button", name="Move down: support")
    page.get_by_role("button", name="Move up: support").click()
    expect(page.locator(".unseen")).to_have_text("It is at the top already.")
    expect(question(page, "Not answered")).to_be_visible()
    down.press("Enter")
    expect(down).to_be_focused()
    expect(page.locator(".unseen")).to_have_text("Now place 2 of 3")
    assert saved(page) == {"order": ["help", "support", "peace"]}
    page.get_by_role("button", name="Clear this answer").click()
    confirm = page.get_by_role("button", name="This order is right")
    expect(confirm).to_be_focused()
    assert saved(page) == {"order": None}
    confirm.click()
    assert saved(page) == {"order": ["support", "help", "peace"]}


def test_rows_are_added_edited_withdrawn_and_brought_back_by_key(show: Show) -> None:
    page = show(spec(specs.THINGS))
    what = page.get_by_label("What?")
    for words in ("first", "second"):
        what.fill(words)
        what.press("Enter")
        expect(what).to_be_focused()
        expect(what).to_have_value("")
    assert page.evaluate("kernel.sent('save').length") == 0
    page.get_by_role("button", name="Edit: first").press("Enter")
    expect(what).to_be_focused()
    what.fill("the first")
    what.press("Enter")
    page.get_by_role("button", name="Withdraw: second").press("Enter")
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    assert saved(page) == {"things": [{"what": "the first", "when": None}]}
    undo.press("Enter")
    expect(page.get_by_role("button", name="Withdraw: second")).to_be_focused()
    what.fill("third, not added yet")
    assert [row["what"] for row in saved(page)["things"]] == ["the first", "second", "third, not added yet"]


@pytest.mark.parametrize("answer", ["not sure", "no"])
def test_help_opens_right_there_on_choosing(show: Show, answer: str) -> None:
    page = show(spec(specs.SAFE), frame=True)
    page.get_by_label(answer, exact=True).check()
    panel = page.get_by_role("status").filter(has_text="If you need someone now")
    expect(panel.get_by_role("link")).to_have_attribute("href", "#help")
    expect(page.get_by_label(answer, exact=True)).to_be_focused()
    page.get_by_label("yes").check()
    expect(page.get_by_text("If you need someone now")).to_have_count(0)


def test_one_help_panel_at_a_time_where_it_was_called_for_last(show: Show) -> None:
    hurt = {**specs.SAFE, "id": "hurt", "ask": "Can you stay safe?", "help_text": "The fire brigade comes too."}
    page = show(spec(specs.SAFE, hurt), frame=True)
    first, second = question(page, "Are you safe?"), question(page, "Can you stay safe?")
    panel = page.get_by_role("heading", name="If you need someone now")
    first.get_by_label("no", exact=True).check()
    second.get_by_label("no", exact=True).check()
    expect(panel).to_have_count(1)
    expect(second).to_contain_text("The fire brigade comes too.")
    second.get_by_label("yes").check()
    expect(panel).to_have_count(1)  # the first answer still calls for it
    expect(first).to_contain_text("Help: who to call, by country")
    expect(page.get_by_text("The fire brigade comes too.")).to_have_count(0)


def test_help_does_not_go_away_with_a_question_that_is_not_asked_any_more(show: Show) -> None:
    hurt = {**specs.SAFE, "id": "hurt", "ask": "Since then?", "show_if": [{"item": "wish", "is": ["asked_for_space"]}]}
    page = show(spec(specs.SAFE, specs.WISH, hurt))
    page.get_by_label("asked for space").check()
    for ask in ("Are you safe?", "Since then?"):
        question(page, ask).get_by_label("no", exact=True).check()
    page.get_by_label("nothing so far").check()
    expect(question(page, "Are you safe?")).to_contain_text("If you need someone now")


def test_more_waits_closed(show: Show) -> None:
    page = show(specs.EVERYTHING)
    expect(page.get_by_text("Any alcohol today?")).to_be_hidden()
    page.get_by_text("A little more, if you like").click()
    expect(page.get_by_text("Any alcohol today?")).to_be_visible()


def test_an_exercise_that_is_not_core_waits_closed_until_something_of_hers_is_in_it(show: Show) -> None:
    page = show({**spec(specs.NAME), "core": False})
    expect(page.get_by_label("What may we call you?")).to_be_hidden()
    page.get_by_text("If you want more").click()
    expect(page.get_by_label("What may we call you?")).to_be_visible()
    again = show({**spec(specs.NAME), "core": False}, {"entries": [entry({"name": "Ana"})]})
    expect(again.get_by_label("What may we call you?")).to_be_visible()


def test_her_words_and_ours_enter_as_text(show: Show) -> None:
    trap = "<img src=x onerror=\"document.title='broken'\"><b>x</b>"
    traps = {**specs.TIMELINE, "title": trap, "intro": trap}
    page = show(
        traps,
        {
            "entries": [entry({"what": trap})],
            "draft": {"answers": {"what": trap}, "kept": "2026-11-22T20:00:00Z", "writer": "w", "row": None},
        },
    )
    expect(page.locator(".line-text")).to_contain_text(trap)
    assert page.locator("#here img, #here b").count() == 0
    assert page.title() == "Notes"


LONG = "I decided alone, and told him only when it was decided, in the car, on the way to the sea."
ONE_LINE = item("what", "text", "What happened?", max=280)


def test_a_line_that_is_longer_than_a_phone_is_wide_can_be_read_to_its_end(show: Show) -> None:
    """A saved line was cut at the field's edge; one that fits a phone in any case stays an input."""
    page = show(spec(ONE_LINE, item("name", "text", "A name", max=40)), {"entries": [entry({"what": LONG})]})
    page.set_viewport_size({"width": 390, "height": 844})
    what = page.get_by_label("What happened?")
    assert what.evaluate("(e) => [e.scrollWidth - e.clientWidth, e.scrollHeight - e.clientHeight]") == [0, 0]
    assert what.bounding_box()["height"] > page.get_by_label("A name").bounding_box()["height"] > 43.9


def test_a_line_that_wraps_is_one_line_all_the_same(show: Show) -> None:
    """Enter saves, as in an input, and what is pasted in several lines is one."""
    page = show(spec(ONE_LINE))
    what = page.get_by_label("What happened?")
    what.focus()
    page.keyboard.insert_text("In the car,\n  on the way")
    what.press("Enter")
    expect(page.locator(".outcome")).to_have_text(re.compile(r"^Saved at \d\d:\d\d\.$"))
    assert page.evaluate("kernel.sent('save').at(-1).answers") == {"what": "In the car, on the way"}


def test_enter_in_a_row_s_wrapping_line_adds_the_row_and_saves_nothing(show: Show) -> None:
    page = show(spec(item("things", "rows", "What went wrong?", items=[ONE_LINE])))
    page.get_by_label("What happened?").fill(LONG)
    page.get_by_label("What happened?").press("Enter")
    expect(page.locator(".lines li .said")).to_have_text(LONG)
    assert page.evaluate("kernel.sent('save')") == []
