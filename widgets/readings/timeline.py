"""1.2 Timeline: her lines in order of time, the good and the hard both counted."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .words import count, day, text

ONLY_GOOD = (
    "So far the lines are on the good side. What was hard, then? One line is enough; it belongs to the same story."
)
ONLY_HARD = "So far the lines are on the hard side. Was there something good as well? One line is enough, if there was."
FEWEST = 3  # with fewer lines, one-sidedness says nothing


@dataclass(frozen=True)
class Line:
    """One line. `side`: good, hard or neither; `when` in words, "no date" where none was given."""

    when: str
    what: str
    kind: str | None
    side: str
    felt: int | None


@dataclass(frozen=True)
class Timeline:
    """The lines in order of time, undated ones last; `note` asks for the side that is missing, or is empty."""

    lines: tuple[Line, ...]
    good: int
    hard: int
    sentence: str
    note: str


SURENESS = {"around": "around ", "before": "before ", "after": "after "}


def read_timeline(timeline: pd.DataFrame, today: pd.Timestamp) -> Timeline:
    """Order and count the lines.

    timeline: `what` (string), `kind` (codes good, hard, turning_point, break_up, contact), `when` (datetime64),
    `when_is` (codes on, around, before, after), `felt` (Int64, -5 to 5); NA anywhere but in `what`. A line is good or
    hard by its kind; where the kind does not say, by the sign of `felt`.
    """
    places = timeline.assign(_place=[place_on_its_day(sure) for sure in timeline["when_is"]])
    ordered = places.sort_values(["when", "_place"], kind="stable", na_position="last")
    lines = tuple(_line(row, today) for row in ordered.to_dict("records"))
    good, hard = (sum(line.side == side for line in lines) for side in ("good", "hard"))
    sentence = f"{count(len(lines), 'line', 'lines')}: {good} good, {hard} hard." if lines else ""
    return Timeline(lines, good, hard, sentence, _note(len(lines), good, hard))


def place_on_its_day(sure: Any) -> int:
    """Where a line stands among those of one date: "before" first, "after" last. sure: a code of `when_is`, or NA."""
    return {"before": 0, "after": 2}.get("" if pd.isna(sure) else str(sure), 1)


def _line(row: dict[Hashable, Any], today: pd.Timestamp) -> Line:
    when, kind, felt = row["when"], row["kind"], row["felt"]
    words = "no date"
    if isinstance(when, pd.Timestamp) and not pd.isna(when):
        words = SURENESS.get(str(row["when_is"]), "") + day(when, today)
    points = None if pd.isna(felt) else int(felt)
    code = None if pd.isna(kind) else str(kind)
    return Line(words, text(row["what"]), code, _side(code, points), points)


def _side(kind: str | None, felt: int | None) -> str:
    if kind in ("good", "hard"):
        return kind
    if not felt:
        return "neither"
    return "good" if felt > 0 else "hard"


def _note(lines: int, good: int, hard: int) -> str:
    if lines < FEWEST or (good and hard) or not (good or hard):
        return ""
    if good:
        return ONLY_GOOD
    return ONLY_HARD
