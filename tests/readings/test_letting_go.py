"""5.5 Letting go: what is done, what is ahead, what is put away and until when."""

from typing import Any

import pandas as pd
import pytest

from widgets.readings.letting_go import read_letting_go

TODAY = pd.Timestamp("2026-11-22")
BLANK = {"mute": None, "archive": None, "things": None, "photos": None, "put_away_until": None, "stays_good": None}
NOBODY = pd.DataFrame({"entry_id": [], "who": [], "for_what": []})


def row(**answers: Any) -> pd.DataFrame:
    return pd.DataFrame([{"entry_id": "a"} | BLANK | answers])


def test_what_is_done_and_what_is_ahead_are_told_apart_and_what_is_not_for_her_is_left_out() -> None:
    found = read_letting_go(row(mute="done", archive="not_for_me", things="want_to"), NOBODY, TODAY)
    assert (found.done, found.ahead) == (("mute",), ("things",))


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, ""),
        ({"photos": "as_they_are"}, "Photos and letters stay as they are."),
        (
            {"photos": "put_away", "put_away_until": pd.Timestamp("2027-02-19")},
            "Photos and letters are put away until Friday 19 February 2027. Then it can be looked at again.",
        ),
        (
            {"photos": "put_away", "put_away_until": TODAY},
            "The 90 days for photos and letters were over on Sunday 22 November. What happens to them is open.",
        ),
        (
            {"photos": "delete"},
            "You want to delete photos and letters. What is deleted does not come back, and there is no rush here.",
        ),
    ],
)
def test_photos_have_one_sentence(answers: dict[str, Any], said: str) -> None:
    """Put away first, they are told with their day, whatever she wants to do then."""
    assert read_letting_go(row(**answers), NOBODY, TODAY).photos == said
    if "put_away_until" in answers:
        assert read_letting_go(row(**answers | {"photos": "delete"}), NOBODY, TODAY).photos == said


def test_whom_she_can_lean_on_is_in_her_words_and_of_the_newest_row_only() -> None:
    people = pd.DataFrame(
        {"entry_id": ["a", "a", "b"], "who": ["Jo", "my sister", "x"], "for_what": ["suppers", None, None]}
    )
    assert read_letting_go(row(stays_good="the cards"), people, TODAY).lean_on == ("Jo: suppers", "my sister")
    assert read_letting_go(row(stays_good="the cards"), people, TODAY).good == "the cards"


def test_nothing_written_is_nothing_to_read() -> None:
    assert read_letting_go(pd.DataFrame(), NOBODY, TODAY) is None
