"""1.6 A friend's letter, with how harsh she was before and after it. 3.6: what is put away until a day."""

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from .words import text


@dataclass(frozen=True)
class Letter:
    """`text` and `own` as she wrote them, empty if not; `sentence` says both harshness answers, never a judgement."""

    text: str
    own: str
    sentence: str


def read_letter(letters: pd.DataFrame) -> Letter | None:
    """The newest letter to herself, None if there is none.

    letters: `kind` (code), `text`, `own` (string), `before`, `after` (Int64, 0-10), newest row last.
    """
    own_letters = letters[(letters["kind"] == "self").fillna(False)]
    if own_letters.empty:
        return None
    row = own_letters.iloc[-1]
    before, after = row["before"], row["after"]
    sentence = ""
    if not pd.isna(before) and not pd.isna(after):
        sentence = f"Harshness with yourself: {before} of 10 before writing, {after} of 10 after."
    return Letter(text(row["text"]), text(row["own"]), sentence)


def is_sealed(until: str | None, today: dt.date) -> bool:
    """True while a letter is put away: up to the day before `until` (ISO). One without a day was never put away."""
    return until is not None and dt.date.fromisoformat(until) > today


def without_sealed(letters: pd.DataFrame, today: dt.date) -> pd.DataFrame:
    """The same rows, with NA for the text of those that are put away.

    letters: `text` (string), `sealed_until` (datetime64), NA anywhere.
    """
    sealed = letters["sealed_until"] > pd.Timestamp(today)
    return letters.assign(text=letters["text"].mask(sealed))
