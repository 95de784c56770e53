"""4.1 What I learned: which changes she would want without him too, and where wording of harm asks for another page."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .text_rules import mentions
from .words import count, text

WORTH = 5  # points from which a change is worth having without him


@dataclass(frozen=True)
class Lesson:
    """One line in her words, `instead` "" if unsaid. `known`: told_me, seen, guess or None; `worth` 0-10 or None.

    `mentions_harm`: wording about being hurt, controlled or blamed for it; of such a line nothing is asked.
    """

    what: str
    instead: str
    known: str | None
    worth: int | None
    mentions_harm: bool

    @property
    def is_for_him_only(self) -> bool:
        """She gave it less than WORTH without him. 0 is an answer, NA is none."""
        return not self.mentions_harm and self.worth is not None and self.worth < WORTH


@dataclass(frozen=True)
class Lessons:
    """The lines in her order; `sentence` counts those that are lessons, "" if there are none."""

    lines: tuple[Lesson, ...]
    sentence: str

    @property
    def drawn(self) -> tuple[Lesson, ...]:
        """The lines that are lessons: what somebody did to her is none."""
        return tuple(line for line in self.lines if not line.mentions_harm)

    @property
    def for_him_only(self) -> tuple[Lesson, ...]:
        """The lines to ask about, kindly."""
        return tuple(line for line in self.lines if line.is_for_him_only)

    @property
    def mentions_harm(self) -> bool:
        """Whether the safe start is to be offered again. No finding about anybody."""
        return any(line.mentions_harm for line in self.lines)


def read_lessons(lessons: pd.DataFrame, harm_patterns: Iterable[str] = ()) -> Lessons:
    """Count the lines, and look for wording that belongs to the safe start rather than here.

    lessons: `what_i_did` (string; rows without it are left out), `effect_on_him` (codes told_me, seen, guess),
    `instead` (string), `worth_it_without_him` (Int64, 0-10), in the order written; NA anywhere. harm_patterns: regular
    expressions over plain lower-case text.
    """
    columns = lessons.reindex(columns=["what_i_did", "instead", "effect_on_him", "worth_it_without_him"])
    patterns = tuple(harm_patterns)
    rows = columns.dropna(subset=["what_i_did"]).to_dict("records")
    lines = tuple(_lesson(row, patterns) for row in rows)
    return Lessons(lines, _sentence([line for line in lines if not line.mentions_harm]))


def _lesson(row: dict[Hashable, Any], patterns: tuple[str, ...]) -> Lesson:
    what, instead = text(row["what_i_did"]), text(row["instead"])
    worth = row["worth_it_without_him"]
    harm = any(mentions(said, patterns) for said in (what, instead))
    return Lesson(what, instead, text(row["effect_on_him"]) or None, None if pd.isna(worth) else int(worth), harm)


def _sentence(lines: list[Lesson]) -> str:
    if not lines:
        return ""
    said = [f"{count(len(lines), 'line', 'lines')}."]
    answered = [line.worth for line in lines if line.worth is not None]
    if answered:
        wanted = sum(worth >= WORTH for worth in answered)
        said.append(f"You would want {wanted} of {len(answered)} without {{him}} too ({WORTH} or more of 10).")
    if guesses := sum(line.known == "guess" for line in lines):
        known = sum(line.known is not None for line in lines)
        said.append(f"What it did to {{him}} is your guess in {guesses} of {known}.")
    return " ".join(said)
