"""A share week by week as a figure: a dot for each week that has one, at the place kept for that week."""

from collections.abc import Iterator, Sequence
from typing import Any

from .figures import BOTTOM, HEIGHT, MIDDLE, RIGHT, TOP, WIDTH, Node, _node

MOST = 12  # weeks that fit
LEFT = 46  # of the plot: words stand before it, not numbers
FEWEST = 8  # places drawn at least: the first weeks do not look like all there is
RADIUS = 11.0  # so that two figures fit in a dot, and twelve dots beside each other
LEVELS = ((0.0, "none"), (0.5, "half"), (1.0, "all"))


def share_by_week(
    *,
    weeks: Sequence[tuple[int, int] | None],
    title: str,
    description: str,
    caption: str,
    x_name: str,
    y_name: str,
    table: dict[str, Any],
) -> dict[str, Any]:
    """A `figure` block for the reading panel: how many of how many, for each of up to 12 weeks, oldest first.

    weeks: (part, whole) for each week, None where there is nothing to show; the dot stands at part/whole and has the
    whole written in it. The rest as in `figures.dots_with_band`. ValueError for more weeks, or a share that cannot be.
    """
    if len(weeks) > MOST:
        raise ValueError(f"weeks: {MOST} at most, not {len(weeks)}.")
    wrong = [week for week in weeks if week is not None and not 0 <= week[0] <= week[1] >= 1]
    if wrong:
        raise ValueError(f"weeks: a part from 0 up to a whole of 1 or more, not {wrong[0]}.")
    places = max(len(weeks), FEWEST)
    drawing = [_node("title", {}, title), _node("desc", {}, description), *_axes(x_name, y_name, places)]
    drawing += [_dot(_x(number, places), *week) for number, week in enumerate(weeks, 1) if week is not None]
    svg = _node("svg", {"viewBox": f"0 0 {WIDTH} {HEIGHT}", "role": "img"}, *drawing)
    return {"kind": "figure", "svg": svg, "caption": caption, "table": table}


def _x(number: int, places: int) -> float:
    return round(LEFT + (RIGHT - LEFT) * (number - 0.5) / places, 1)


def _y(share: float) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * share, 1)


def _axes(x_name: str, y_name: str, places: int) -> Iterator[Node]:
    for share, word in LEVELS:
        at = {"x1": LEFT, "x2": RIGHT, "y1": _y(share), "y2": _y(share)}
        yield _node("line", {"class": "axis" if share == 0 else "grid", **at})
        yield _node("text", {"class": "tick", "x": LEFT - 4, "y": _y(share) + MIDDLE, "text-anchor": "end"}, word)
    for number in range(1, places + 1):
        yield _node("text", {"class": "tick", "x": _x(number, places), "y": 295, "text-anchor": "middle"}, str(number))
    yield _node("text", {"class": "name", "x": LEFT, "y": 13}, y_name)
    yield _node("text", {"class": "name", "x": RIGHT, "y": 312, "text-anchor": "end"}, x_name)


def _dot(x: float, part: int, whole: int) -> Node:
    y = _y(part / whole)
    circle = _node("circle", {"cx": x, "cy": y, "r": RADIUS})
    number = _node("text", {"x": x, "y": y + MIDDLE, "text-anchor": "middle"}, str(whole))
    return _node("g", {"class": "dot open"}, circle, number)
