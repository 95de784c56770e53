"""Figures as data: all geometry is worked out here; the page (reading.js) only draws it and reading.css colours it.

A node is `{"tag": str, "at": {attribute: str | number}, "in": [node | text, …]}`. Lengths are units of the viewBox.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from math import sqrt
from typing import Any

Node = dict[str, Any]

WIDTH, HEIGHT = 340, 316
LEFT, RIGHT, TOP, BOTTOM = 34, 324, 30, 270  # of the plot: the whole scale, whatever was answered
LOW, HIGH = 0, 10
TICKS = range(LOW, HIGH + 1, 2)
DOT = 6.0  # radius of one day
LARGEST = 14.0  # radius from 6 days on: more would cover the neighbours, or at an end of the scale leave the figure
STROKE = 2.0
MINUTES = (0, 10, 30)  # when one looks at an urge
MIDDLE = 5  # from the middle of a figure of 14 units down to its baseline
BELOW = 295  # baseline of what stands under the plot
WEEK = 4.5  # radius of a dot on a line
SIDE = 11.0  # of a square on a line: it shows around a dot at the same place
ROOM = 16.0  # between two steps, from which the marks have their full size

Points = Sequence[tuple[float, bool] | None]


def dots_with_band(
    *,
    points: Sequence[tuple[float, float, bool]],
    band: Sequence[tuple[float, float, float, float]],
    title: str,
    description: str,
    caption: str,
    x_name: str,
    y_name: str,
    table: dict[str, Any],
) -> dict[str, Any]:
    """A `figure` block for the reading panel: a dot for each day, and a line with its band.

    points: (x, y, is_filled) for each day, 0-10; equal days are one dot of their number's area (up to 6), with the
    number inside. band: (x, mean, low, high), ascending in x, 0-10; empty where nothing may be said. title: what
    against what, and how many days; description: the shape in one sentence; both for whoever hears the figure. caption:
    how to read the marks. x_name, y_name: the words at the axes. table: the same days, `{"caption": str, "head": [str,
    …], "rows": [[str, …], …]}`. ValueError if a value lies outside the scale or is no number.
    """
    _check([value for x, y, _ in points for value in (x, y)], "points")
    _check([value for corner in band for value in corner], "band")
    drawing = [_node("title", {}, title), _node("desc", {}, description)]
    drawing += [*_axes(x_name, y_name), *_band(band), *_dots(points)]
    svg = _node("svg", {"viewBox": f"0 0 {WIDTH} {HEIGHT}", "role": "img"}, *drawing)
    return {"kind": "figure", "svg": svg, "caption": caption, "table": table}


def lines(
    *,
    series: Sequence[Points],
    marks: Sequence[bool],
    ends: tuple[str, str],
    title: str,
    description: str,
    caption: str,
    y_name: str,
    table: dict[str, Any],
) -> dict[str, Any]:
    """A `figure` block: one or two scales over the same steps of time. The first is dots on a line, the other squares
    on a dashed one; nothing is drawn over a gap.

    series: for each step (value 0-10, is_filled) or None. marks: for each step, whether a triangle stands at its foot.
    ends: the words under the first and the last step. The rest as for dots_with_band. ValueError for a value outside
    the scale, for series of different lengths, and for more than two.
    """
    steps = {len(one) for one in (*series, marks)}
    if len(series) not in (1, 2) or len(steps) != 1:
        raise ValueError(f"series: one or two of as many steps as marks, not {len(series)} of {sorted(steps)}.")
    _check([point[0] for one in series for point in one if point], "series")
    first, last = ends
    drawing = [_node("title", {}, title), _node("desc", {}, description), *_grid(y_name)]
    drawing.append(_node("text", {"class": "tick", "x": LEFT, "y": BELOW}, first))
    drawing.append(_node("text", {"class": "tick", "x": RIGHT, "y": BELOW, "text-anchor": "end"}, last))
    drawing += [_triangle(_step(n, len(marks))) for n, is_marked in enumerate(marks) if is_marked]
    size = min(1.0, (RIGHT - LEFT) / max(1, len(marks) - 1) / ROOM)
    looks = list(zip(series, ("line", "line dashed"), (_dot, _square), strict=False))
    for one, line, shape in reversed(looks):  # the dots are drawn over the squares, which are larger
        drawing += [*_runs(one, line), *(shape(*place, is_filled, size) for place, is_filled in _places(one))]
    svg = _node("svg", {"viewBox": f"0 0 {WIDTH} {HEIGHT}", "role": "img"}, *drawing)
    return {"kind": "figure", "svg": svg, "caption": caption, "table": table}


def dots_over_half_an_hour(
    *,
    points: Sequence[tuple[float, float]],
    line: Sequence[tuple[float, float]],
    title: str,
    description: str,
    caption: str,
    y_name: str,
    table: dict[str, Any],
) -> dict[str, Any]:
    """A `figure` block: a dot for each look at something within half an hour, and a line through their middle.

    points: (minutes, value), minutes one of MINUTES, values 0-10; equal ones are one dot as in `dots_with_band`. line:
    the same, ascending in time; empty where no middle may be said. The rest as in `dots_with_band`.
    """
    _check([value for _, value in (*points, *line)], "points and line")
    drawing = [_node("title", {}, title), _node("desc", {}, description), *_grid(y_name)]
    for minutes in MINUTES:
        place = _x(_along(minutes))
        label = f"{minutes} min" if minutes else "now"
        drawing.append(_node("text", {"class": "tick", "x": place, "y": BELOW, "text-anchor": "middle"}, label))
    if line:
        corners = [(_along(minutes), value) for minutes, value in line]
        drawing.append(_node("polyline", {"class": "line", "points": _corners(corners)}))
    drawing += _dots([(_along(minutes), value, False) for minutes, value in points])
    svg = _node("svg", {"viewBox": f"0 0 {WIDTH} {HEIGHT}", "role": "img"}, *drawing)
    return {"kind": "figure", "svg": svg, "caption": caption, "table": table}


def _along(minutes: float) -> float:
    """Half an hour over the width of the plot, with room for the dots at both ends."""
    return 0.5 + minutes / MINUTES[-1] * (HIGH - 1)


def _check(values: Sequence[float], name: str) -> None:
    outside = sorted({str(value) for value in values if not LOW <= value <= HIGH})  # NaN lies nowhere
    if outside:
        raise ValueError(f"{name}: numbers from {LOW} to {HIGH}, not {', '.join(outside)}.")


def _node(tag: str, at: dict[str, str | float], *inside: Node | str) -> Node:
    return {"tag": tag, "at": at, "in": list(inside)}


def _x(value: float) -> float:
    return round(LEFT + (RIGHT - LEFT) * (value - LOW) / (HIGH - LOW), 1)


def _y(value: float) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * (value - LOW) / (HIGH - LOW), 1)


def _axes(x_name: str, y_name: str) -> Iterator[Node]:
    """Both scales, the numbers far enough out for the largest dot, and the words at the ends."""
    yield from _grid(y_name)
    for tick in TICKS:
        yield _node("text", {"class": "tick", "x": _x(tick), "y": BELOW, "text-anchor": "middle"}, str(tick))
    yield _node("text", {"class": "name", "x": RIGHT, "y": 311, "text-anchor": "end"}, x_name)


def _grid(y_name: str) -> Iterator[Node]:
    """Lines across with their numbers, and the words above them."""
    for tick in TICKS:
        at = {"x1": LEFT, "x2": RIGHT, "y1": _y(tick), "y2": _y(tick)}
        yield _node("line", {"class": "axis" if tick == LOW else "grid", **at})
        yield _node("text", {"class": "tick", "x": 18, "y": _y(tick) + MIDDLE, "text-anchor": "end"}, str(tick))
    yield _node("text", {"class": "name", "x": LEFT, "y": 15}, y_name)


def _band(band: Sequence[tuple[float, float, float, float]]) -> Iterator[Node]:
    if not band:
        return
    above = [(x, high) for x, _, _, high in band]
    below = [(x, low) for x, _, low, _ in reversed(band)]
    yield _node("polygon", {"class": "band", "points": _corners(above + below)})
    yield _node("polyline", {"class": "line", "points": _corners([(x, mean) for x, mean, _, _ in band])})


def _corners(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{_x(x)},{_y(y)}" for x, y in places)


def _dots(points: Sequence[tuple[float, float, bool]]) -> Iterator[Node]:
    """The dots, larger ones first so that they hide none; a filled and an open one of one place lie side by side."""
    days = Counter((_x(x), _y(y), bool(is_filled)) for x, y, is_filled in points)
    for (x, y, is_filled), n in sorted(days.items(), key=lambda dot: (-dot[1], dot[0])):
        if (x, y, not is_filled) in days:
            touching = min(x, WIDTH - STROKE - 2 * _radius(days[x, y, False]))
            x = round(touching + (-_radius(n) if is_filled else _radius(n)), 1)
        circle = _node("circle", {"cx": x, "cy": y, "r": _radius(n)})
        number = [_node("text", {"x": x, "y": y + MIDDLE, "text-anchor": "middle"}, str(n))] if n > 1 else []
        yield _node("g", {"class": "dot filled" if is_filled else "dot open"}, circle, *number)


def _step(n: int, steps: int) -> float:
    """Where the n-th of so many steps stands; a single one in the middle."""
    return round((LEFT + RIGHT) / 2 if steps == 1 else LEFT + (RIGHT - LEFT) * n / (steps - 1), 1)


def _places(points: Points) -> Iterator[tuple[tuple[float, float], bool]]:
    for n, point in enumerate(points):
        if point:
            yield (_step(n, len(points)), _y(point[0])), point[1]


def _runs(points: Points, look: str) -> Iterator[Node]:
    """A line for each run of steps without a gap."""
    for is_answered, run in groupby(enumerate(points), key=lambda step: step[1] is not None):
        places = [(_step(n, len(points)), _y(point[0])) for n, point in run if point]
        if is_answered and len(places) > 1:
            yield _node("polyline", {"class": look, "points": " ".join(f"{x},{y}" for x, y in places)})


def _dot(x: float, y: float, is_filled: bool, size: float) -> Node:
    return _node("circle", {"class": "filled" if is_filled else "open", "cx": x, "cy": y, "r": round(WEEK * size, 2)})


def _square(x: float, y: float, is_filled: bool, size: float) -> Node:
    side = round(SIDE * size, 1)
    at = {"x": round(x - side / 2, 2), "y": round(y - side / 2, 2), "width": side, "height": side}
    return _node("rect", {"class": "filled" if is_filled else "open", **at})


def _triangle(x: float) -> Node:
    corners = ((x - 5, BOTTOM + 11), (x + 5, BOTTOM + 11), (x, BOTTOM + 2))
    return _node("polygon", {"class": "mark", "points": " ".join(f"{a:g},{b:g}" for a, b in corners)})


def _radius(n: int) -> float:
    return round(min(DOT * sqrt(n), LARGEST), 2)
