"""2.3 Needs map and love note: whom the strong needs hang on, and until when memory speaks."""

import pandas as pd
import pytest

from widgets.readings.needs import read_love_note, read_needs


def needs(*rows: tuple) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["need", "strength", "met_by", "next_try"])
    return frame.assign(strength=frame["strength"].astype("Int64"), met_by=frame["met_by"].astype(object))


@pytest.mark.parametrize(
    ("met_by", "only_him", "unmet"),
    [
        (["him_only"], True, False),
        (["him_only", "others"], False, False),
        (["myself", "him_only"], False, False),
        (["others"], False, False),
        (["nobody"], False, True),
        ([], False, True),
        (None, False, False),
        (pd.NA, False, False),
        (float("nan"), False, False),
    ],
)
def test_only_he_means_nobody_else_and_not_answered_means_neither(met_by: object, only_him: bool, unmet: bool) -> None:
    """A need that he and others could meet hangs on nobody alone; an empty list is an answer, NA is none."""
    found = read_needs(needs(("a", 8, met_by, None)))
    assert (bool(found.only_him), bool(found.unmet)) == (only_him, unmet)


def test_strong_needs_are_counted_and_the_unanswered_ones_told() -> None:
    """7 is strong and 6 is not; a strong need without an answer stays in the number and is named."""
    rows = [("a", 7, ["him_only"], None), ("b", 10, ["others"], None), ("c", 9, None, None)]
    found = read_needs(needs(*rows, ("d", 6, ["him_only"], None), ("e", None, ["him_only"], None)))
    assert found.sentence == (
        "Of your 3 strong needs (7 or more of 10), 1 could be met only by {him}, as you see it now. "
        "For one it is not said who could."
    )
    assert found.only_him == ("a", "d", "e")
    both = read_needs(needs(*rows[:1] * 2)).sentence
    assert both == "Of your 2 strong needs (7 or more of 10), both could be met only by {him}, as you see it now."
    assert read_needs(needs(("d", 6, [], None))).sentence == "1 need, none marked as strong (7 or more of 10)."


@pytest.mark.parametrize(
    ("met_by", "says"),
    [
        (["him_only"], "could be met only by {him}, as you see it now."),
        (["others"], "is not one that only {he} could meet, as you see it now."),
        ([], "is not one that only {he} could meet, as you see it now."),
        (None, "has no answer yet to who could meet it."),
    ],
)
def test_one_strong_need_is_told_as_one(met_by: list[str] | None, says: str) -> None:
    assert read_needs(needs(("a", 9, met_by, None))).sentence == f"Your one strong need (7 or more of 10) {says}"


def test_each_strong_need_that_nobody_meets_is_begun_somewhere() -> None:
    """Whatever other lines name; not one that is not strong, nor one with a small step beside it."""
    met = ("laughing", 8, ["others"], None)
    found = read_needs(needs(met, ("be held", 8, [], None), ("Sunday", 3, [], None), ("advice", 9, [], "Ask Jo")))
    assert found.to_begin == ("be held",)
    assert found.places.startswith("Some begin with a place")
    assert read_needs(needs(met, met, met)).places == ""


def test_small_steps_stand_in_her_order() -> None:
    """Whoever could meet the need; one without a step has none."""
    found = read_needs(
        needs(
            ("tell my day", 8, ["others"], "Call my sister"),
            ("be held", 8, ["him_only"], "Wait"),
            ("Sunday", None, [], "Ask Jo"),
            ("advice", 3, ["others"], None),
        )
    )
    assert found.steps == (("tell my day", "Call my sister"), ("be held", "Wait"), ("Sunday", "Ask Jo"))


@pytest.mark.parametrize(
    ("met_by", "told"),
    [
        ([["him_only"], ["myself"], []], True),
        ([["him_only"], ["myself"], None], False),
        ([["him_only"], ["myself"], ["nobody", "others"]], False),
        ([["him_only"]], False),
    ],
)
def test_where_no_line_names_others_places_are_named(met_by: list, told: bool) -> None:
    """From three answers on; a class or a helpline, and not the advice to find friends."""
    said = read_needs(needs(*[("x", 5, who, None) for who in met_by])).places
    assert bool(said) == told
    if told:
        assert all(place in said for place in ("class", "helpline", "doctor"))
        assert "friend" not in said


def test_no_needs_say_nothing() -> None:
    """Empty, with or without columns; a row with a need alone is a need."""
    assert read_needs(pd.DataFrame()) == read_needs(needs())
    assert read_needs(needs()).sentence == ""
    assert read_needs(pd.DataFrame({"need": ["x", None]})).sentence.startswith("1 need,")


def love_notes(*rows: tuple) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["created_utc", "love_in_him", "memory"])
    moments = pd.to_datetime(frame["created_utc"], utc=True)
    return frame.assign(created_utc=moments, memory=frame["memory"].astype("Int64"))


def test_memory_is_hedged_until_the_check_ins_speak_and_its_number_stays() -> None:
    """0 is a memory."""
    note = love_notes(("2026-10-05", "He laughs at himself", 0))
    before, after = read_love_note(note, False), read_love_note(note, True)
    assert before is not None
    assert after is not None
    assert before.text == "He laughs at himself"
    assert before.sentence == (
        "From memory, and memory may be off: the last time you did not feel lonely, you missed {him} 0 of 10."
    )
    assert after.sentence == ("From memory you said 0 of 10. Your least lonely days so far stand under “My pattern”.")


def test_the_newest_note_counts_whatever_the_row_order() -> None:
    """Parts that are not answered are not told."""
    rows = [("2026-10-05", "old", 9), ("2026-10-20", "new", None)]
    for order in (rows, rows[::-1]):
        found = read_love_note(love_notes(*order), False)
        assert found is not None
        assert (found.text, found.memory, found.sentence) == ("new", None, "")


def test_no_note_and_an_emptied_one_are_none() -> None:
    """Nothing is made up where nothing was written."""
    for frame in (pd.DataFrame(), love_notes(), love_notes(("2026-10-05", None, None))):
        assert read_love_note(frame, True) is None
