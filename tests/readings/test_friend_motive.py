"""4.4 Friends, and what for: only his word opens that way, and hope is mirrored with one question."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.readings.friend_motive import MOTIVES, QUESTION, read_friend_motive

ORDERS = st.one_of(st.none(), st.permutations(MOTIVES))
SAID = st.sampled_from([None, "yes_in_words", "no", "not_asked"])
FINE = st.one_of(st.none(), st.integers(0, 10))


def answered(motives=None, said=None, fine=None) -> pd.DataFrame:
    frame = pd.DataFrame({"motives": [motives], "he_said_he_wants": [said], "fine_if_he_dates": [fine]}, dtype=object)
    return frame.astype({"he_said_he_wants": "string", "fine_if_he_dates": "Int64"})


@given(ORDERS, SAID, FINE)
def test_friendship_waits_unless_he_said_yes_in_words(motives, said, fine) -> None:
    """Neither her order nor how well she could bear it opens anything; no answer waits too."""
    found = read_friend_motive(answered(motives, said, fine))
    if found is None:
        assert (motives, said, fine) == (None, None, None)
        return
    assert (found.route == "open") == (said == "yes_in_words")
    hopes = motives is not None and motives[0] == "hoping"
    assert (found.question == QUESTION) == (hopes or (fine is not None and fine < 5))


@pytest.mark.parametrize(
    ("motives", "fine", "mirror", "asks"),
    [
        (["hoping", "support", "practical", "peace"], 8, ["you still hope for more", "8 of 10"], True),
        (["peace", "hoping", "support", "practical"], 4, ["keeping the peace", "4 of 10"], True),
        (["peace", "hoping", "support", "practical"], 5, ["keeping the peace", "5 of 10"], False),
        (None, 0, ["0 of 10"], True),
        (None, None, [], False),
    ],
)
def test_the_mirror_says_what_she_answered_and_no_more(motives, fine, mirror: list[str], asks: bool) -> None:
    """What she did not put in order is not told back, and hope in second place is nobody's business."""
    found = read_friend_motive(answered(motives, "no", fine))
    assert found is not None
    assert len(found.mirror) == len(mirror)
    assert all(part in line for part, line in zip(mirror, found.mirror, strict=True))
    assert bool(found.question) == asks
    assert found.said == "You wrote that {he} said no."


def test_the_newest_answers_count_and_none_is_nothing() -> None:
    older, newer = answered(["hoping"], "no", 1), answered(None, "yes_in_words", 9)
    found = read_friend_motive(pd.concat([older, newer]))
    assert (found.route, found.question) == ("open", "")
    assert read_friend_motive(answered()) is None
    assert read_friend_motive(pd.DataFrame()) is None
