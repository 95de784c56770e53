"""Section 1 read back: timeline, boxes, thoughts, letter."""

import pandas as pd
import pytest

from widgets.readings.boxes import about_somebody_elses_choice, read_boxes
from widgets.readings.letter import read_letter
from widgets.readings.thoughts import read_thoughts
from widgets.readings.timeline import read_timeline

TODAY = pd.Timestamp("2026-11-22")


def timeline(*rows: tuple) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["what", "kind", "when", "when_is", "felt"])
    return frame.assign(when=pd.to_datetime(frame["when"]), felt=frame["felt"].astype("Int64"))


def test_lines_stand_in_order_of_time_and_undated_ones_last() -> None:
    """The order she typed them in only decides among equals."""
    found = read_timeline(
        timeline(
            ("c", None, None, None, None),
            ("b", None, "2026-03-02", "around", None),
            ("a", None, "2025-12-31", None, None),
        ),
        TODAY,
    )
    assert [(line.what, line.when) for line in found.lines] == [
        ("a", "Wednesday 31 December 2025"),
        ("b", "around Monday 2 March"),
        ("c", "no date"),
    ]


def test_before_stands_before_its_day_and_after_behind_it() -> None:
    """Among lines of one date, what was before comes first."""
    rows = [(what, None, "2026-11-01", what, None) for what in ("after", "on", "before", "around")]
    assert [line.what for line in read_timeline(timeline(*rows), TODAY).lines] == ["before", "on", "around", "after"]


@pytest.mark.parametrize(
    ("kind", "felt", "side"),
    [
        ("good", None, "good"),
        ("good", -5, "good"),
        ("hard", 5, "hard"),
        ("break_up", -1, "hard"),
        ("contact", 1, "good"),
        ("break_up", 0, "neither"),
        (None, None, "neither"),
        (None, 3, "good"),
    ],
)
def test_good_and_hard_are_both_counted(kind: str | None, felt: int | None, side: str) -> None:
    """Her kind decides; where it does not say, how it felt; 0 is neither."""
    found = read_timeline(timeline(("x", kind, None, None, felt)), TODAY)
    assert (found.lines[0].side, found.good, found.hard) == (side, side == "good", side == "hard")


@pytest.mark.parametrize(
    ("kinds", "note"),
    [
        (["good", "good"], ""),
        (["good"] * 3, "What was hard, then?"),
        (["hard"] * 3, "something good as well?"),
        (["good", "good", "hard"], ""),
        ([None] * 3, ""),
    ],
)
def test_a_one_sided_timeline_gets_one_gentle_line_from_three_lines_on(kinds: list, note: str) -> None:
    """Two lines are too few to be one-sided."""
    found = read_timeline(timeline(*[("x", k, None, None, None) for k in kinds]), TODAY)
    assert (note in found.note) if note else found.note == ""


def test_no_lines_say_nothing() -> None:
    """An empty table is no error."""
    assert read_timeline(timeline(), TODAY).sentence == ""


@pytest.mark.parametrize(
    "line",
    [
        "That he forgives me",
        "he will come back",
        "She has to trust me again",
        "their decision",
        "Whether he’ll answer",
        "Win her back",
        "His feelings for me",
        "he still loves me",
        "I want him to forgive me",
        "They do not love me any more",
        "she doesn't want me",
    ],
)
def test_a_line_about_his_choice_is_noticed(line: str) -> None:
    """What another person feels or decides is not hers to repair."""
    assert about_somebody_elses_choice(line)


@pytest.mark.parametrize(
    "line",
    [
        "I never listened",
        "How I left",
        "My drinking",
        "The flat we share",
        "I hurt him",
        "I still love him",
        "I said it by text",
        "The helmet is at home",
        "I want to call him",
        "I don't love him enough",
    ],
)
def test_a_line_about_herself_is_left_alone(line: str) -> None:
    """A hint at every line would be noise."""
    assert not about_somebody_elses_choice(line)


def test_pronouns_of_her_own_count_too() -> None:
    """A person called ze decides as freely as one called he."""
    assert about_somebody_elses_choice("That ze forgives me", forms=("ze", "zir", "zir"))
    assert not about_somebody_elses_choice("That ze forgives me")


def test_a_name_counts_as_he() -> None:
    """She may write his name; the name is data, also when it looks like a pattern."""
    assert about_somebody_elses_choice("That Tom forgives me", "Tom")
    assert about_somebody_elses_choice("T.(om’s love", "T.(om")
    assert not about_somebody_elses_choice("Tomorrow I forgive myself", "Tom")


def test_boxes_are_counted_and_only_the_open_ones_are_asked_about() -> None:
    """In “cannot be changed” his choice stands right."""
    frame = pd.DataFrame(
        {
            "item": ["he forgives me", "he forgives me", "my tone", "unsorted"],
            "box": ["cannot_change", "can_repair", "can_choose", None],
        }
    )
    found = read_boxes(frame)
    assert (
        found.sentence
        == "1 thing that cannot be changed, 1 where you can repair your part, 1 where you can choose what comes next."
    )
    assert (found.unsorted, found.whose_choice) == (1, ("he forgives me",))


def thoughts(*rows: tuple) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["sentence", "sort", "other_reading", "loop", "local_date"])
    return frame.assign(loop=frame["loop"].astype("boolean"), local_date=pd.to_datetime(frame["local_date"]))


def test_sentences_stand_in_three_columns_and_a_story_keeps_its_other_reading() -> None:
    """Not sorted is in none of them."""
    found = read_thoughts(
        thoughts(
            ("I left", "fact", None, None, "2026-11-01"),
            ("It hurts", "feeling", None, None, "2026-11-01"),
            ("He hates me", "story", "He is hurt", None, "2026-11-01"),
            ("?", None, None, None, "2026-11-01"),
        ),
        TODAY,
    )
    assert (found.facts, found.feelings, found.stories) == (
        ("I left",),
        ("It hurts",),
        (("He hates me", "He is hurt"),),
    )


@pytest.mark.parametrize(
    ("days", "round_again"),
    [
        (["2026-11-22", "2026-11-20", "2026-11-16"], True),
        (["2026-11-22", "2026-11-20", "2026-11-15"], False),
        (["2026-11-22"] * 2, False),
    ],
)
def test_three_rounds_within_seven_days_are_noticed(days: list[str], round_again: bool) -> None:
    """On the boundary: the eighth day back does not count."""
    assert read_thoughts(thoughts(*[("x", None, None, True, d) for d in days]), TODAY).going_round is round_again


def test_only_letters_to_herself_are_read_here() -> None:
    """A letter that is not to be sent belongs to another page."""
    frame = pd.DataFrame(
        {
            "kind": ["self", "unsent"],
            "text": ["dear me", "dear you"],
            "own": [None, None],
            "before": pd.array([0, 1], "Int64"),
            "after": pd.array([0, 1], "Int64"),
        }
    )
    found = read_letter(frame)
    assert found is not None
    assert (found.text, found.sentence) == (
        "dear me",
        "Harshness with yourself: 0 of 10 before writing, 0 of 10 after.",
    )
    assert read_letter(frame.iloc[1:]) is None
