"""4.6 Me, apart from us: where the parts come from, and how the new ones grew."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.readings.self_parts import ORIGINS, read_self_parts

DAY = pd.Timestamp("2026-10-05")  # a Monday
ROWS = st.lists(st.tuples(st.sampled_from([*ORIGINS, None]), st.integers(0, 60)), max_size=20)


def parts(*rows: tuple) -> pd.DataFrame:
    """(origin, days after DAY, small step) of each part"""
    told = [
        (f"part {n}", row[0], row[2] if len(row) > 2 else None, DAY + pd.Timedelta(days=row[1]))
        for n, row in enumerate(rows)
    ]
    return pd.DataFrame(told, columns=["part_of_me", "origin", "feed_it", "local_date"])


@given(ROWS)
def test_the_new_ones_never_shrink_and_end_at_their_number(rows: list[tuple]) -> None:
    """A step for each week in which a part was added, oldest first; none while no part is new."""
    found = read_self_parts(parts(*rows))
    new = sum(origin == "new" for origin, _ in rows)
    assert [step.new for step in found.growth] == sorted(step.new for step in found.growth)
    assert [step.week for step in found.growth] == sorted({step.week for step in found.growth})
    assert bool(found.growth) == bool(new)
    if found.growth:
        assert (found.growth[-1].new, found.growth[-1].parts) == (new, len(rows))
        assert len(found.growth) == len({days // 7 for _, days in rows})


@given(ROWS)
def test_each_part_stands_in_one_place(rows: list[tuple]) -> None:
    found = read_self_parts(parts(*rows))
    placed = [part for of in found.parts.values() for part in of] + list(found.unsaid)
    assert sorted(placed) == sorted(f"part {n}" for n in range(len(rows)))


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], ""),
        ([("new", 0)], "1 part: 0 from before {him}, 0 that grew with {him}, 1 new."),
        (
            [("from_before", 0), ("with_him", 1), (None, 2)],
            "3 parts: 1 from before {him}, 1 that grew with {him}, 0 new. For 1 it is not said since when.",
        ),
    ],
)
def test_the_sentence_counts_by_origin(rows: list[tuple], sentence: str) -> None:
    assert read_self_parts(parts(*rows)).sentence == sentence


def test_growth_is_told_by_the_week_in_which_a_part_was_added() -> None:
    """A part that is not new counts among all; a week without a new line is no step."""
    found = read_self_parts(parts(("from_before", 0), ("new", 6), ("new", 21), ("with_him", 22)))
    assert [(str(s.week.date()), s.new, s.parts) for s in found.growth] == [("2026-10-05", 1, 2), ("2026-10-26", 2, 4)]


def test_small_steps_stand_with_their_part() -> None:
    found = read_self_parts(parts(("new", 0, "Thursday"), ("new", 0)))
    assert found.steps == (("part 0", "Thursday"),)
    assert read_self_parts(pd.DataFrame()).sentence == ""
