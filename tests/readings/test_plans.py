"""4.2 If-then plans: three at most count, and none waits for him."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.readings.plans import MOST, read_plans

COLUMNS = ["entry_id", "if_situation", "then_act", "with_whom", "also_with", "state"]
STATES = st.sampled_from([None, "active", "set_aside"])
WHOM = st.sampled_from([None, "anyone", "friends", "family", "him"])


def plans(*rows: tuple) -> pd.DataFrame:
    """(with_whom, also_with, state) of each plan, called p0, p1, …"""
    told = [(f"p{n}", f"if {n}", f"then {n}", *row) for n, row in enumerate(rows)]
    return pd.DataFrame(told, columns=COLUMNS, dtype=object)


@given(st.lists(st.tuples(WHOM, WHOM, STATES), max_size=9), st.booleans())
def test_at_most_three_count_and_none_is_lost(rows: list[tuple], contact_open: bool) -> None:
    """Whatever was restored or merged: the first three that go on count, the others wait or are set aside."""
    found = read_plans(plans(*rows), contact_open)
    going = [f"p{n}" for n, (*_, state) in enumerate(rows) if state != "set_aside"]
    assert [p.entry_id for p in (*found.active, *found.waiting)] == going
    assert len(found.active) == min(MOST, len(going))
    assert [p.entry_id for p in found.set_aside] == [f"p{n}" for n, row in enumerate(rows) if row[2] == "set_aside"]


@given(st.lists(st.tuples(WHOM, st.sampled_from([None, "friends"]), STATES), max_size=9))
def test_no_plan_is_with_him_while_contact_is_not_open(rows: list[tuple]) -> None:
    """It is with those she named besides; how many is said, and only then."""
    found = read_plans(plans(*rows), contact_open=False)
    everyone = (*found.active, *found.waiting, *found.set_aside)
    assert "him" not in {plan.with_whom for plan in everyone}
    going = [row for row in rows if row[2] != "set_aside"][:MOST]
    assert bool(found.without_him) == any(row[0] == "him" for row in going)
    assert read_plans(plans(*rows), contact_open=True).without_him == ""


@pytest.mark.parametrize(
    ("states", "sentence"),
    [
        ([], ""),
        ([None], "1 plan counts now, of at most 3."),
        (["active", None, "set_aside"], "2 plans count now, of at most 3. 1 is set aside."),
        (["set_aside", "set_aside"], "0 plans count now, of at most 3. 2 are set aside."),
        ([None] * 4, "3 plans count now, of at most 3. 1 more waits until one of these is set aside."),
        ([None] * 5, "3 plans count now, of at most 3. 2 more wait until one of these is set aside."),
    ],
)
def test_the_sentence_counts_them(states: list, sentence: str) -> None:
    """NA counts as going on."""
    assert read_plans(plans(*[(None, None, state) for state in states]), True).sentence == sentence


def test_a_plan_with_one_half_is_none_yet() -> None:
    """A row from elsewhere may lack one; it is left out, not shown half."""
    frame = plans((None, None, None)).assign(then_act=None)
    assert read_plans(frame, True).active == ()
    assert read_plans(pd.DataFrame(), True).sentence == ""


def test_one_and_several_are_told_in_their_number() -> None:
    one = read_plans(plans(("him", "family", None)), False)
    assert one.without_him.startswith("1 was meant for {him}. Contact is not open now, so it is for")
    assert one.active[0].with_whom == "family"
    two = read_plans(plans(("him", "family", None), ("him", None, None)), False)
    assert two.without_him.startswith("2 were meant for {him}. Contact is not open now, so they are for")
    assert two.active[1].with_whom is None
