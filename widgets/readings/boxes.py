"""1.4 Three boxes: what is fixed, what she can repair, what she can choose; and whose choice a line is about."""

import re
from dataclasses import dataclass

import pandas as pd

from .words import count, text

BOXES = ("cannot_change", "can_repair", "can_choose")
# "he forgives me", "that she comes back", "their trust": what somebody else feels or decides
OTHERS = r"(?:he|she|they)"
HELPERS = "will|would|can|could|may|might|must|should|does|did|has|have|needs?|wants?|to|still|ever|never|again"
VERBS = (
    r"lov|forgiv|trust|miss|want|feel|felt|think|thought|believ|com(?:e|es|ing)\s+(?:back|home)|return|answer"
    r"|repl(?:y|ies)|decid|choos|hat(?:e|es)|takes?\s+me\s+back"
)
INNER = rf"(?:(?:{HELPERS})\s+)*(?:{VERBS})"
ABOUT_OTHERS = re.compile(
    rf"\b{OTHERS}(?:['’](?:ll|d))?\s+{INNER}|\b(?:his|her|their)\s+(?:feelings?|love|trust|forgiveness|decision|choice|answer|heart|mind)\b"
    r"|\b(?:win|get|make)\s+(?:him|her|them)\b",
    re.I,
)


@dataclass(frozen=True)
class Boxes:
    """Items by box (code -> her words, in her order), and the lines that may be somebody else's choice."""

    items: dict[str, tuple[str, ...]]
    unsorted: int
    sentence: str
    whose_choice: tuple[str, ...]


def about_somebody_elses_choice(text: str, name: str = "") -> bool:
    """True if the line speaks of what the other person feels, decides or does. A hint: it can be wrong both ways."""
    if name.strip():
        text = re.sub(rf"\b{re.escape(name.strip())}(['’]s)?\b", lambda m: "his" if m[1] else "he", text, flags=re.I)
    return ABOUT_OTHERS.search(text) is not None


def read_boxes(boxes: pd.DataFrame, name: str = "") -> Boxes:
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
    whose = tuple(i for i, box in rows if box in BOXES[1:] and about_somebody_elses_choice(i, name))
    return Boxes(items, unsorted, sentence, whose)
