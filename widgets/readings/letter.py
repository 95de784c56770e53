"""1.6 A friend's letter: the letter, what she still wants to own, and how harsh she was before and after."""

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
