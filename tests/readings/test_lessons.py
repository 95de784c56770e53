"""4.1 What I learned: what is only for him is asked about kindly, and of harm done to her nothing is asked."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.catalogue import load_catalogue
from widgets.readings.lessons import WORTH, read_lessons

HARM = load_catalogue().harm_patterns
COLUMNS = ["what_i_did", "effect_on_him", "instead", "worth_it_without_him"]
WORTHS = st.one_of(st.none(), st.integers(0, 10))


def lessons(*rows: tuple) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=COLUMNS, dtype=object)
    return frame.assign(worth_it_without_him=frame["worth_it_without_him"].astype("Int64"))


@pytest.mark.parametrize(
    ("worth", "flagged"), [(0, True), (4, True), (5, False), (10, False), (None, False), (pd.NA, False)]
)
def test_only_less_than_five_is_asked_about(worth: object, flagged: bool) -> None:
    """0 is an answer and asks; not answered asks nothing; 5 is enough."""
    found = read_lessons(lessons(("I shouted", None, "I say the sum", worth)))
    assert [line.what for line in found.for_him_only] == (["I shouted"] if flagged else [])


@given(st.lists(st.tuples(st.sampled_from(["told_me", "seen", "guess", None]), WORTHS), max_size=12))
def test_what_is_counted_is_what_was_answered(answers: list[tuple]) -> None:
    """The two numbers of the sentence are those above the line and those answered; guesses likewise."""
    found = read_lessons(lessons(*[("I left", known, None, worth) for known, worth in answers]))
    given_ = [worth for _, worth in answers if worth is not None]
    known = [code for code, _ in answers if code]
    assert len(found.for_him_only) == sum(worth < WORTH for worth in given_)
    wanted = f"You would want {sum(w >= WORTH for w in given_)} of {len(given_)} without"
    assert (wanted in found.sentence) == bool(given_)
    guesses = known.count("guess")
    assert (f"your guess in {guesses} of {len(known)}." in found.sentence) == bool(guesses)
    assert bool(found.sentence) == bool(answers)


def test_the_sentence_is_whole() -> None:
    found = read_lessons(lessons(("a", "guess", "b", 8), ("c", "seen", None, 3), ("d", None, None, None)))
    assert found.sentence == (
        "3 lines. You would want 1 of 2 without {him} too (5 or more of 10). "
        "What it did to {him} is your guess in 1 of 2."
    )


@pytest.mark.parametrize(
    "what",
    [
        "I provoked him until he hit me",
        "It was my fault that he shouted",
        "I deserved it",
        "I was late, so he locked me in",
    ],
)
def test_self_blame_for_harm_leads_to_the_safe_start_and_asks_for_no_lesson(what: str) -> None:
    """Such a line is no lesson: not counted, not flagged, nothing drawn from it; the other lines stay."""
    found = read_lessons(lessons((what, "told_me", "I keep quiet", 1), ("I shouted", "seen", "I ask", 9)), HARM)
    assert found.mentions_harm
    assert found.for_him_only == ()
    assert [line.what for line in found.drawn] == ["I shouted"]
    assert found.sentence == "1 line. You would want 1 of 1 without {him} too (5 or more of 10)."
    alone = read_lessons(lessons((what, None, None, 0)), HARM)
    assert (alone.sentence, alone.drawn) == ("", ())


def test_without_lines_nothing_is_said() -> None:
    """Empty frames and frames without the optional columns."""
    assert read_lessons(lessons()).sentence == ""
    assert read_lessons(pd.DataFrame({"what_i_did": ["a", None]})).sentence == "1 line."
    assert read_lessons(pd.DataFrame()).lines == ()
