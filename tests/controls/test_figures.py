"""Figures as data: every answer where it lies, none hidden, nothing outside the figure."""

import json
import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.controls.figures import HEIGHT, STROKE, WIDTH, Node, dots_over_half_an_hour, dots_with_band, lines

Day = tuple[float, float, bool]
BAND = [(2.0, 4.0, 3.0, 5.0), (5.0, 5.5, 5.0, 6.0), (8.0, 7.0, 6.0, 8.0)]
ANSWERS = st.sampled_from([0, 1, 16 / 3, 5.5, 9.5, 10])


def figure(points: Sequence[Day], band: Sequence[tuple[float, float, float, float]] = ()) -> Node:
    table: dict[str, Any] = {"caption": "", "head": [], "rows": []}
    words = {"title": "", "description": "", "caption": "", "x_name": "Lonely", "y_name": "Missing him"}
    svg: Node = dots_with_band(points=points, band=band, table=table, **words)["svg"]
    return svg


def parts(svg: Node, name: str) -> list[Node]:
    return [node for node in svg["in"] if name in str(node["at"].get("class", "")).split()]


def dots(svg: Node) -> list[dict[str, float]]:
    return [dot["in"][0]["at"] | {"filled": "filled" in dot["at"]["class"]} for dot in parts(svg, "dot")]


def value(place: dict[str, float]) -> tuple[float, float]:
    """The answers at a place of the figure, to a tenth: 0 to 10 run from 34 to 324, and from 270 up to 30."""
    return round((place["cx"] - 34) / 29, 1), round((270 - place["cy"]) / 24, 1)


def number(dot: Node) -> int:
    return int(dot["in"][1]["in"][0]) if len(dot["in"]) > 1 else 1


def test_each_day_lies_at_its_answers_and_keeps_its_kind() -> None:
    days = [(0, 0, True), (10, 10, False), (0, 10, True), (16 / 3, 6.5, False)]
    drawn = {(*value(dot), bool(dot["filled"])) for dot in dots(figure(days))}
    assert drawn == {(0, 0, True), (10, 10, False), (0, 10, True), (5.3, 6.5, False)}


@given(st.lists(st.tuples(ANSWERS, ANSWERS, st.booleans()), max_size=40), st.integers(1, 400))
def test_no_day_is_lost_and_no_dot_leaves_the_figure(days: list[Day], times: int) -> None:
    """Whatever was answered, on however many days, filled and open at one place included."""
    days = days + days[:1] * times
    svg = figure(days)
    assert sum(number(dot) for dot in parts(svg, "dot")) == len(days)
    for dot in dots(svg):
        reach = dot["r"] + STROKE / 2
        assert reach <= dot["cx"] <= WIDTH - reach
        assert reach <= dot["cy"] <= HEIGHT - reach
    json.dumps(svg, allow_nan=False)


@pytest.mark.parametrize("n", [2, 3, 5])
def test_equal_days_are_one_dot_of_their_number_s_area_with_the_number_inside(n: int) -> None:
    svg = figure([(4, 6, True)] * n + [(1, 1, True)])
    large, small = dots(svg)
    assert large["r"] ** 2 / small["r"] ** 2 == pytest.approx(n, rel=0.01)
    assert [number(dot) for dot in parts(svg, "dot")] == [n, 1]


def test_smaller_dots_are_drawn_over_larger_ones() -> None:
    sizes = [dot["r"] for dot in dots(figure([(5, 5, True), *[(5.5, 5, False)] * 4, (5.3, 5, False)]))]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize("place", [(0, 0), (5, 5), (10, 10)])
@pytest.mark.parametrize(("filled", "open_"), [(1, 1), (3, 3), (40, 1), (1, 40), (40, 40)])
def test_filled_and_open_days_of_one_place_lie_side_by_side(place: tuple[int, int], filled: int, open_: int) -> None:
    drawn = {dot["filled"]: dot for dot in dots(figure([(*place, True)] * filled + [(*place, False)] * open_))}
    apart = drawn[False]["cx"] - drawn[True]["cx"]
    assert apart == pytest.approx(drawn[True]["r"] + drawn[False]["r"], abs=0.2)
    assert drawn[True]["cy"] == drawn[False]["cy"]


def test_the_band_and_its_line_cover_the_answered_range_only() -> None:
    svg = figure([(2, 4, True), (8, 7, False)], BAND)
    (band,), (line,) = parts(svg, "band"), parts(svg, "line")

    def answers(node: Node) -> Counter[tuple[float, float]]:
        corners = (tuple(map(float, corner.split(","))) for corner in node["at"]["points"].split())
        return Counter(value({"cx": x, "cy": y}) for x, y in corners)

    assert answers(band) == Counter([(2, 3), (2, 5), (5, 5), (5, 6), (8, 6), (8, 8)])
    assert answers(line) == Counter([(2, 4), (5, 5.5), (8, 7)])


def test_without_a_band_there_is_no_line() -> None:
    svg = figure([(2, 4, True)])
    assert parts(svg, "band") == parts(svg, "line") == []


@pytest.mark.parametrize("wrong", [-0.1, 10.1, math.nan, math.inf])
def test_what_is_off_the_scale_is_refused_and_named(wrong: float) -> None:
    with pytest.raises(ValueError, match=rf"points: numbers from 0 to 10, not {wrong}\."):
        figure([(5, wrong, True)])
    with pytest.raises(ValueError, match="band: "):
        figure([], [(5, 5, wrong, 6)])


# ---- lines over time

Step = tuple[float, bool] | None
STEPS = st.one_of(st.none(), st.tuples(ANSWERS, st.booleans()))


def over_time(*series: Sequence[Step], marks: Sequence[bool] | None = None) -> Node:
    table: dict[str, Any] = {"caption": "", "head": [], "rows": []}
    words = {"title": "", "description": "", "caption": "", "y_name": "Mean", "ends": ("first", "last")}
    given_marks = [False] * len(series[0]) if marks is None else marks
    svg: Node = lines(series=series, marks=given_marks, table=table, **words)["svg"]
    return svg


def shapes(svg: Node) -> list[tuple[str, float, float, bool]]:
    """What is drawn of the answers: (shape, x, answer, filled)."""
    found = []
    for node in svg["in"]:
        if node["tag"] in ("circle", "rect"):
            at = node["at"]
            half = at.get("width", 0) / 2
            x, y = at.get("cx", at.get("x", 0) + half), at.get("cy", at.get("y", 0) + half)
            found.append((node["tag"], x, round((270 - y) / 24, 1), at["class"] == "filled"))
    return found


@given(st.lists(st.tuples(STEPS, STEPS, st.booleans()), min_size=1, max_size=30))
def test_every_answer_of_both_scales_is_drawn_and_none_that_is_not_there(
    steps: list[tuple[Step, Step, bool]],
) -> None:
    """Dots for the first, squares for the second; nothing leaves the figure."""
    one, other, marks = ([step[n] for step in steps] for n in range(3))
    svg = over_time(one, other, marks=marks)  # type: ignore[arg-type]
    for shape, series in (("circle", one), ("rect", other)):
        drawn = [(value, filled) for kind, _, value, filled in shapes(svg) if kind == shape]
        assert drawn == [(pytest.approx(step[0], abs=0.06), step[1]) for step in series if step]  # type: ignore[index]
    assert all(8 <= x <= WIDTH - 8 for _, x, _, _ in shapes(svg))
    assert len(parts(svg, "mark")) == sum(map(bool, marks))
    json.dumps(svg, allow_nan=False)


def test_a_line_stops_at_a_gap() -> None:
    """What was not answered is not drawn over; a single answer is no line."""
    svg = over_time([(1, True), (2, True), None, (3, True), None, (4, True), (5, True), (6, True)])
    assert [len(line["at"]["points"].split()) for line in parts(svg, "line")] == [2, 3]


def test_the_two_scales_differ_in_shape_and_dash_and_the_dots_lie_on_top() -> None:
    """Told apart without colour, also where both say the same."""
    svg = over_time([(4, True), (4, True)], [(4, True), (4, True)])
    assert [node["tag"] for node in svg["in"] if node["tag"] in ("circle", "rect")] == [
        "rect",
        "rect",
        "circle",
        "circle",
    ]
    assert [line["at"]["class"] for line in parts(svg, "line")] == ["line dashed", "line"]
    [square, *_] = [node for node in svg["in"] if node["tag"] == "rect"]
    [dot, *_] = [node for node in svg["in"] if node["tag"] == "circle"]
    assert square["at"]["width"] / 2 > dot["at"]["r"]


def test_many_steps_leave_each_mark_its_room() -> None:
    """Half a year of weeks: neighbours do not touch, and eight weeks are drawn at full size."""
    for steps, full in ((8, True), (26, False)):
        dots = [node["at"] for node in over_time([(5, True)] * steps)["in"] if node["tag"] == "circle"]
        apart = dots[1]["cx"] - dots[0]["cx"]
        assert 2 * dots[0]["r"] < apart
        assert (dots[0]["r"] == 4.5) == full


def test_a_single_step_stands_in_the_middle() -> None:
    assert shapes(over_time([(10, False)])) == [("circle", 179.0, 10.0, False)]


@pytest.mark.parametrize("series", [[], [[(1, True)], [(1, True)], [(1, True)]], [[(1, True)], [(1, True), None]]])
def test_too_many_scales_or_scales_of_different_length_are_refused(series: list[list[Step]]) -> None:
    with pytest.raises(ValueError, match="series: one or two of as many steps as marks"):
        over_time(*series, marks=[False])


def test_a_mean_off_the_scale_is_refused_and_named() -> None:
    with pytest.raises(ValueError, match=r"series: numbers from 0 to 10, not 10\.5"):
        over_time([(10.5, True)])


# ---- looks within half an hour

LOOKS = [(0, 9), (0, 9), (10, 5), (30, 0)]


def half_an_hour(points: Sequence[tuple[float, float]], line: Sequence[tuple[float, float]] = ()) -> Node:
    table: dict[str, Any] = {"caption": "", "head": [], "rows": []}
    words = {"title": "", "description": "", "caption": "", "y_name": "How strong"}
    svg: Node = dots_over_half_an_hour(points=points, line=line, table=table, **words)["svg"]
    return svg


def test_looks_lie_at_their_minute_and_the_line_where_their_middle_is() -> None:
    """Ten minutes lie at a third of the way; equal looks are one dot with their number; the whole scale is drawn."""
    svg = half_an_hour(LOOKS, [(0, 8), (10, 6.5), (30, 2)])
    now, ten, thirty = sorted(dots(svg), key=lambda dot: dot["cx"])
    assert [value(dot)[1] for dot in (now, ten, thirty)] == [9, 5, 0]
    assert ten["cx"] - now["cx"] == pytest.approx((thirty["cx"] - now["cx"]) / 3, abs=0.2)
    assert sorted(number(dot) for dot in parts(svg, "dot")) == [1, 1, 2]
    [line] = parts(svg, "line")
    corners = [tuple(map(float, corner.split(","))) for corner in line["at"]["points"].split()]
    assert [round((270 - y) / 24, 1) for _, y in corners] == [8, 6.5, 2]
    assert [x for x, _ in corners] == [now["cx"], ten["cx"], thirty["cx"]]
    ticks = {node["in"][0] for node in parts(svg, "tick")}
    assert {"now", "10 min", "30 min", "0", "10"} <= ticks


def test_many_equal_looks_stay_inside_and_without_a_middle_there_is_no_line() -> None:
    svg = half_an_hour([(minutes, value) for minutes in (0, 10, 30) for value in (0, 10)] * 50)
    for dot in dots(svg):
        assert dot["r"] + STROKE / 2 <= dot["cx"] <= WIDTH - dot["r"] - STROKE / 2
    assert parts(svg, "line") == []
    with pytest.raises(ValueError, match="points and line: numbers from 0 to 10, not 11"):
        half_an_hour([(0, 11)])
