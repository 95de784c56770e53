"""A share week by week as data: every week at its own place, its whole written in it, nothing outside the figure."""

import itertools
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.controls.figures import HEIGHT, STROKE, WIDTH, Node
from widgets.controls.weeks import share_by_week

WEEK = st.one_of(st.none(), st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))


def figure(*weeks: tuple[int, int] | None) -> Node:
    table: dict[str, Any] = {"caption": "", "head": [], "rows": []}
    words = {"title": "t", "description": "d", "caption": "", "x_name": "Week", "y_name": "Taken"}
    svg: Node = share_by_week(weeks=weeks, table=table, **words)["svg"]
    return svg


def dots(svg: Node) -> list[tuple[float, float, str]]:
    """(x, y, number) of each dot, from the left."""
    drawn = [node["in"] for node in svg["in"] if node["at"].get("class") == "dot open"]
    return [(circle["at"]["cx"], circle["at"]["cy"], number["in"][0]) for circle, number in drawn]


@given(st.lists(WEEK, max_size=12))
def test_each_counted_week_has_its_dot_and_the_others_none(weeks: list) -> None:
    """From none at the foot to all at the top; no dot touches its neighbour or leaves the figure."""
    svg = figure(*weeks)
    drawn = dots(svg)
    counted = [week for week in weeks if week]
    assert [number for *_, number in drawn] == [str(whole) for _, whole in counted]
    assert [round((270 - y) / 240, 3) for _, y, _ in drawn] == pytest.approx([p / w for p, w in counted], abs=0.001)
    xs = [x for x, *_ in drawn]
    assert all(right - left >= 22 for left, right in itertools.pairwise(xs))
    for x, y, _ in drawn:
        assert min(x, y) >= 11 + STROKE / 2
        assert x <= WIDTH - 11 - STROKE / 2
        assert y <= HEIGHT - 11 - STROKE / 2
    json.dumps(svg, allow_nan=False)


def test_a_week_keeps_its_place_whatever_lies_between() -> None:
    """A week without a count moves no other one."""
    with_gap, without = figure((1, 2), None, (1, 2)), figure((1, 2), (0, 1), (1, 2))
    assert dots(with_gap) == [dots(without)[0], dots(without)[2]]


def test_whoever_hears_the_figure_gets_its_title_and_its_sentence() -> None:
    svg = figure((1, 2))
    assert svg["at"]["role"] == "img"
    assert [(n["tag"], n["in"]) for n in svg["in"][:2]] == [("title", ["t"]), ("desc", ["d"])]


@pytest.mark.parametrize("wrong", [(2, 1), (-1, 3), (0, 0)])
def test_a_share_that_cannot_be_is_refused(wrong: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="a part from 0 up to a whole"):
        figure(wrong)
    with pytest.raises(ValueError, match="12 at most, not 13"):
        figure(*[(1, 1)] * 13)
