"""C6: the signs that it goes round and round, on both sides of their thresholds."""

from typing import Any

import pandas as pd
import pytest

from widgets.readings.going_round import going_round

TODAY = pd.Timestamp("2026-11-22")
NONE = pd.DataFrame()


def days(*counts: int, looked: Any = None) -> pd.DataFrame:
    """So many check-ins on each of the last days, the last number being today's."""
    dates = [TODAY - pd.Timedelta(days=n) for n, count in enumerate(reversed(counts)) for _ in range(count)]
    return pd.DataFrame({"local_date": dates, "looked_at_profile": [looked] * len(dates)})


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((4, 4, 4, 4, 4, 0, 0), "On 5 of the last 7 days there were more than three check-ins."),
        ((9, 4, 5, 0, 4, 4, 4), "On 6 of the last 7 days there were more than three check-ins."),
        ((4, 4, 4, 4, 3, 3, 3), ""),
        ((4, 4, 4, 4, 4, 0, 0, 0), ""),
    ],
)
def test_more_than_three_check_ins_on_five_of_seven_days(counts: tuple[int, ...], said: str) -> None:
    """Three a day are what the check-in asks for at most; the eighth day back is over."""
    assert going_round(days(*counts), NONE, TODAY) == ((said,) if said else ())


@pytest.mark.parametrize(("counts", "n"), [((1, 1, 1, 1, 1, 0, 0), 5), ((2, 1, 1, 1, 0, 0, 0), None), ((1,) * 7, 7)])
def test_the_profile_looked_at_on_five_of_seven_days(counts: tuple[int, ...], n: int | None) -> None:
    """Days, not looks; an answer left out is no look."""
    said = (f"On {n} of the last 7 days you looked at {{his}} profile.",) if n else ()
    assert going_round(days(*counts, looked=True), NONE, TODAY) == said
    assert going_round(days(*counts, looked=None), NONE, TODAY) == ()


@pytest.mark.parametrize(("ticks", "is_sign"), [([True, True, True], True), ([True, True, None], False)])
def test_the_same_round_three_times_in_a_week(ticks: list[bool | None], is_sign: bool) -> None:
    thoughts = pd.DataFrame({"local_date": [TODAY] * 3, "loop": ticks})
    assert bool(going_round(NONE, thoughts, TODAY)) is is_sign
    assert going_round(NONE, thoughts.assign(local_date=TODAY - pd.Timedelta(days=7)), TODAY) == ()


@pytest.mark.parametrize(("edits", "is_sign"), [(21, True), (20, False)])
def test_more_than_twenty_edits_of_one_message(edits: int, is_sign: bool) -> None:
    """Of one: the first writing is none, a revision that changed no word is none, and two messages do not add up."""
    revisions = [{"entry_id": "a", "revision": n, "text": f"words {n}"} for n in range(1, edits + 2)]
    same = [{"entry_id": "a", "revision": edits + 2, "text": f"words {edits + 1}"}]
    other = [{"entry_id": "b", "revision": n, "text": f"other {n}"} for n in range(1, 20)]
    found = going_round(NONE, NONE, TODAY, pd.DataFrame([*same, *other, *revisions]))
    assert found == ((f"You changed the same message {edits} times.",) if is_sign else ())


def test_where_there_is_nothing_there_is_no_sign() -> None:
    assert going_round(NONE, NONE, TODAY, NONE) == ()
