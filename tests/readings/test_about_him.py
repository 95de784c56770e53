"""4.5 Know or guess: every line has its place, and guesses are told as counts."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.readings.about_him import SOURCES, read_about_him


def about(*sources) -> pd.DataFrame:
    return pd.DataFrame(
        {"statement": [f"line {n}" for n in range(len(sources))], "source": list(sources)}, dtype=object
    )


@given(st.lists(st.sampled_from([*SOURCES, None]), max_size=30))
def test_each_line_stands_in_one_place_and_the_counts_are_theirs(sources: list) -> None:
    found = read_about_him(about(*sources))
    placed = [line for lines in found.lines.values() for line in lines] + list(found.unsaid)
    assert sorted(placed) == sorted(f"line {n}" for n in range(len(sources)))
    assert len(found.unsaid) == sources.count(None)
    assert "%" not in found.sentence
    known = len(sources) - sources.count(None)
    if known > 1:
        assert found.sentence.startswith(f"{sources.count('my_guess') or 'None'} of {known} lines")


@pytest.mark.parametrize(
    ("sources", "sentence"),
    [
        ([], ""),
        ([None], "1 line; how you know is not said yet."),
        (["my_guess"], "The one line is a guess."),
        (["i_saw"], "The one line is no guess."),
        (["my_guess", "i_saw", None], "1 of 2 lines is a guess. For 1 it is not said how you know."),
        (["my_guess", "my_guess", "he_told_me"], "2 of 3 lines are guesses."),
        (["someone_said", "i_saw"], "None of 2 lines are guesses."),
    ],
)
def test_the_share_of_guesses_is_a_count(sources: list, sentence: str) -> None:
    """What somebody said is hearsay: no guess of hers, and not what he told her."""
    assert read_about_him(about(*sources)).sentence == sentence


def test_empty_frames_are_accepted() -> None:
    assert read_about_him(pd.DataFrame()).sentence == ""
