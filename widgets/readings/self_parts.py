"""4.6 Me, apart from us: the parts of her by where they come from, and how the new ones grew."""

from dataclasses import dataclass

import pandas as pd

from .practice import monday
from .words import count, text

ORIGINS = ("from_before", "with_him", "new")


@dataclass(frozen=True)
class Step:
    """How many parts there were at the end of a week in which some were added, and how many of them new."""

    week: pd.Timestamp
    new: int
    parts: int


@dataclass(frozen=True)
class SelfParts:
    """Parts by origin (code -> her words, in her order), those without one apart; (part, small step) pairs.

    `growth`: a step for each week in which a part was added, oldest first; empty while no part is new.
    """

    parts: dict[str, tuple[str, ...]]
    unsaid: tuple[str, ...]
    steps: tuple[tuple[str, str], ...]
    growth: tuple[Step, ...]
    sentence: str


def read_self_parts(self_parts: pd.DataFrame) -> SelfParts:
    """Sort the parts, and count the new ones week by week.

    self_parts: `part_of_me` (string; rows without one are left out), `origin` (codes of ORIGINS; NA: not said),
    `feed_it` (string), `local_date` (datetime64, when it was written), in the order written; NA anywhere.
    """
    columns = ["part_of_me", "origin", "feed_it", "local_date"]
    rows = self_parts.reindex(columns=columns).dropna(subset=["part_of_me"])
    told = [(text(part), text(origin)) for part, origin in zip(rows["part_of_me"], rows["origin"], strict=True)]
    parts = {code: tuple(part for part, origin in told if origin == code) for code in ORIGINS}
    unsaid = tuple(part for part, origin in told if origin not in ORIGINS)
    fed = zip(rows["part_of_me"], rows["feed_it"], strict=True)
    steps = tuple((text(part), text(step)) for part, step in fed if text(step))
    growth = _growth(rows) if parts["new"] else ()
    return SelfParts(parts, unsaid, steps, growth, _sentence(parts, unsaid))


def _growth(rows: pd.DataFrame) -> tuple[Step, ...]:
    dated = rows.dropna(subset=["local_date"])
    weeks = [monday(date) for date in pd.to_datetime(dated["local_date"])]
    is_new = [text(origin) == "new" for origin in dated["origin"]]
    steps = []
    for week in sorted(set(weeks)):
        so_far = [new for new, at in zip(is_new, weeks, strict=True) if at <= week]
        steps.append(Step(week, sum(so_far), len(so_far)))
    return tuple(steps)


def _sentence(parts: dict[str, tuple[str, ...]], unsaid: tuple[str, ...]) -> str:
    whole = sum(len(of) for of in parts.values()) + len(unsaid)
    if not whole:
        return ""
    before, grew, new = (len(parts[code]) for code in ORIGINS)
    said = f"{count(whole, 'part', 'parts')}: {before} from before {{him}}, {grew} that grew with {{him}}, {new} new."
    return f"{said} For {len(unsaid)} it is not said since when." if unsaid else said
