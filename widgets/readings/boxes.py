"""1.4 Three boxes: what is fixed, what she can repair, what she can choose; and whose choice a line is about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from .words import count, text

BOXES = ("cannot_change", "can_repair", "can_choose")
# "he forgives me", "I want him to come back", "their trust": what somebody else feels or decides
HELPERS = (
    "will|would|can|could|may|might|must|should|does|did|do|has|have|needs?|wants?|to|not|never|ever|still|again"
    "|don'?t|doesn'?t|didn'?t|won'?t|wouldn'?t|can'?t|couldn'?t"
)
VERBS = (
    r"lov|forgiv|trust|miss|want|feel|felt|think|thought|believ|com(?:e|es|ing)\s+(?:back|home)|return|answer"
    r"|repl(?:y|ies)|decid|choos|hat(?:e|es)|takes?\s+me\s+back"
)
THEIRS = "feelings?|love|trust|forgiveness|decision|choice|answer|heart|mind"
PRONOUNS = (("he", "him", "his"), ("she", "her", "her"), ("they", "them", "their"))


def _pattern(forms: Sequence[str]) -> re.Pattern[str]:
    """The pattern for every pronoun: hers may be none of the usual ones."""
    subjects, objects, possessives = (
        "|".join(sorted({re.escape(p[case]) for p in (*PRONOUNS, tuple(forms))})) for case in range(3)
    )
    acts = rf"(?:(?:{HELPERS})\s+)*(?:{VERBS})"
    return re.compile(
        rf"\b(?:{subjects})(?:'(?:ll|d))?\s+{acts}|\b(?:{objects})\s+to\s+{acts}|\b(?:{possessives})\s+(?:{THEIRS})\b"
        rf"|\b(?:win|get|make)\s+(?:{objects})\b",
        re.I,
    )


@dataclass(frozen=True)
class Boxes:
    """Items by box (code -> her words, in her order), and the lines that may be somebody else's choice."""

    items: dict[str, tuple[str, ...]]
    unsorted: int
    sentence: str
    whose_choice: tuple[str, ...]


def about_somebody_elses_choice(text: str, name: str = "", forms: Sequence[str] = PRONOUNS[0]) -> bool:
    """True if the line speaks of what the other person feels, decides or does. A hint: it can be wrong both ways.

    forms: the pronouns she chose, as subject, object and possessive (further ones are ignored).
    """
    text = text.replace("’", "'")
    if name.strip():
        pattern = rf"\b{re.escape(name.strip())}('s)?\b"
        text = re.sub(pattern, lambda m: "his" if m[1] else "he", text, flags=re.I)
    return _pattern(forms[:3]).search(text) is not None


def read_boxes(boxes: pd.DataFrame, name: str = "", forms: Sequence[str] = PRONOUNS[0]) -> Boxes:
    """Count what lies in each box, and find lines in the second and third that may be his to choose.

    boxes: `item` (string), `box` (codes cannot_change, can_repair, can_choose; NA: not sorted), in the order written.
    """
    rows = [
        (text(item), None if pd.isna(box) else str(box)) for item, box in zip(boxes["item"], boxes["box"], strict=True)
    ]
    items = {code: tuple(item for item, box in rows if box == code) for code in BOXES}
    unsorted = sum(box is None for _, box in rows)
    sentence = ""
    if rows:
        fixed, repair, choose = (len(items[code]) for code in BOXES)
        sentence = (
            f"{count(fixed, 'thing', 'things')} that cannot be changed, {repair} where you can repair your part, "
            f"{choose} where you can choose what comes next."
        )
    whose = tuple(i for i, box in rows if box in BOXES[1:] and about_somebody_elses_choice(i, name, forms))
    return Boxes(items, unsorted, sentence, whose)
