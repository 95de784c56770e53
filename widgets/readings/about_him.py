"""4.5 Know or guess: how she knows what she takes to be so about him. A guess opens nothing anywhere."""

from dataclasses import dataclass

import pandas as pd

from .words import count, text

SOURCES = ("he_told_me", "i_saw", "someone_said", "my_guess")


@dataclass(frozen=True)
class AboutHim:
    """Her lines by source (code -> her words, in her order), those without one apart; `sentence` counts the guesses."""

    lines: dict[str, tuple[str, ...]]
    unsaid: tuple[str, ...]
    sentence: str


def read_about_him(about_him: pd.DataFrame) -> AboutHim:
    """Sort and count.

    about_him: `statement` (string; rows without one are left out), `source` (codes of SOURCES; NA: not said), in the
    order written.
    """
    rows = about_him.reindex(columns=["statement", "source"]).dropna(subset=["statement"])
    told = [(text(said), text(source)) for said, source in zip(rows["statement"], rows["source"], strict=True)]
    lines = {code: tuple(said for said, source in told if source == code) for code in SOURCES}
    unsaid = tuple(said for said, source in told if source not in SOURCES)
    return AboutHim(lines, unsaid, _sentence(lines, unsaid))


def _sentence(lines: dict[str, tuple[str, ...]], unsaid: tuple[str, ...]) -> str:
    known = sum(len(said) for said in lines.values())
    if not known:
        return f"{count(len(unsaid), 'line', 'lines')}; how you know is not said yet." if unsaid else ""
    guesses = len(lines["my_guess"])
    said = f"{guesses or 'None'} of {count(known, 'line', 'lines')} {'is a guess' if guesses == 1 else 'are guesses'}."
    if known == 1:
        said = "The one line is a guess." if guesses else "The one line is no guess."
    return f"{said} For {len(unsaid)} it is not said how you know." if unsaid else said
