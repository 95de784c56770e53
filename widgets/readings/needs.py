"""2.3 Needs map: which needs hang on him alone, as she sees it, and what draws her to him besides."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from .words import count, text

STRONG = 7  # points from which a need counts as strong
FEWEST = 3  # with fewer answers, nobody's absence says nothing
NOBODY_NAMED = "No line names other people so far."
PLACES = (
    "Some begin with a place: a class, a library, a club, a helpline, a doctor. What is offered there does not depend "
    "on anybody you know."
)


@dataclass(frozen=True)
class Needs:
    """`only_him` and `unmet` (nobody now) in her words and order; `steps`: (need, small step); texts are "" if none.

    `to_begin`: strong needs that nobody meets and for which she wrote no small step. `places`: where some begin, told
    where there are such needs, or no line names other people.
    """

    sentence: str
    only_him: tuple[str, ...]
    unmet: tuple[str, ...]
    steps: tuple[tuple[str, str], ...]
    to_begin: tuple[str, ...]
    places: str


@dataclass(frozen=True)
class _Need:
    need: str
    is_strong: bool
    met_by: frozenset[str] | None
    next_try: str

    @property
    def is_answered(self) -> bool:
        return self.met_by is not None

    @property
    def is_only_his(self) -> bool:
        return self.met_by is not None and self.met_by & {"him_only", "others", "myself"} == {"him_only"}

    @property
    def is_unmet(self) -> bool:
        return self.met_by is not None and not self.met_by & {"him_only", "others", "myself"}

    @property
    def is_for_others(self) -> bool:
        return self.met_by is not None and "others" in self.met_by


def read_needs(needs: pd.DataFrame) -> Needs:
    """Count the strong needs that only he could meet, and list the small steps she wrote down.

    needs: `need` (string; rows without one are left out), `strength` (Int64, 0-10), `met_by` (lists of the codes
    him_only, others, myself, nobody; empty: nobody; NA: not answered), `next_try` (string), in the order written.
    """
    columns = needs.reindex(columns=["need", "strength", "met_by", "next_try"]).dropna(subset=["need"])
    rows = [_need(*values) for values in columns.itertuples(index=False)]
    answered = [row for row in rows if row.is_answered]
    alone = len(answered) >= FEWEST and not any(row.is_for_others for row in rows)
    to_begin = tuple(row.need for row in rows if row.is_strong and row.is_unmet and not row.next_try)
    return Needs(
        _sentence(rows),
        tuple(row.need for row in rows if row.is_only_his),
        tuple(row.need for row in rows if row.is_unmet),
        tuple((row.need, row.next_try) for row in rows if row.next_try),
        to_begin,
        " ".join([NOBODY_NAMED] * alone + [PLACES] * (alone or bool(to_begin))),
    )


def _need(need: Any, strength: Any, met_by: Any, next_try: Any) -> _Need:
    codes = frozenset(map(str, met_by)) if pd.api.types.is_list_like(met_by) else None
    return _Need(text(need), not pd.isna(strength) and bool(strength >= STRONG), codes, text(next_try))


def _sentence(rows: list[_Need]) -> str:
    if not rows:
        return ""
    strong = [row for row in rows if row.is_strong]
    if not strong:
        return f"{count(len(rows), 'need', 'needs')}, none marked as strong ({STRONG} or more of 10)."
    his, open_ones = sum(row.is_only_his for row in strong), sum(not row.is_answered for row in strong)
    if len(strong) == 1:
        return _the_one(is_his=bool(his), is_open=bool(open_ones))
    some = {0: "none", len(strong): "both" if len(strong) == 2 else f"all {len(strong)}"}.get(his, his)
    said = (
        f"Of your {len(strong)} strong needs ({STRONG} or more of 10), {some} could be met only by {{him}}, as you see "
        "it now."
    )
    return f"{said} For {'one' if open_ones == 1 else open_ones} it is not said who could." if open_ones else said


def _the_one(*, is_his: bool, is_open: bool) -> str:
    one = f"Your one strong need ({STRONG} or more of 10)"
    if is_open:
        return f"{one} has no answer yet to who could meet it."
    only = "could be met only by {him}" if is_his else "is not one that only {he} could meet"
    return f"{one} {only}, as you see it now."


@dataclass(frozen=True)
class LoveNote:
    """`text`: what draws her to him, "" if unsaid; `memory`: 0-10 points or None; `sentence` tells it, "" if None."""

    text: str
    memory: int | None
    sentence: str


def read_love_note(love_notes: pd.DataFrame, pattern_speaks: bool) -> LoveNote | None:
    """The newest note, None if there is none or nothing stands in it.

    love_notes: `love_in_him` (string), `memory` (Int64, 0-10), `created_utc` (datetime64). pattern_speaks: whether the
    check-ins have a figure for the least lonely days, which is better than one remembered number.
    """
    columns = love_notes.reindex(columns=["love_in_him", "memory", "created_utc"])
    moments = pd.to_datetime(columns["created_utc"], utc=True)
    rows = columns.assign(created_utc=moments).sort_values("created_utc", kind="stable")
    if rows.empty:
        return None
    row = rows.iloc[-1]
    said, memory = text(row["love_in_him"]), None if pd.isna(row["memory"]) else int(row["memory"])
    if not said and memory is None:
        return None
    return LoveNote(said, memory, "" if memory is None else _remembered(memory, pattern_speaks))


def _remembered(memory: int, pattern_speaks: bool) -> str:
    if pattern_speaks:
        return f"From memory you said {memory} of 10. Your least lonely days so far stand under “My pattern”."
    return (
        f"From memory, and memory may be off: the last time you did not feel lonely, you missed {{him}} {memory} of 10."
    )
