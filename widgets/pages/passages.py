"""A passage as it is drawn: to whom the page speaks, and by her words for him."""

from collections.abc import Sequence
from typing import Any

from widgets.catalogue import Paragraph, Passage, Wording
from widgets.journal import Journal

from .listening import chose_otherwise, listener


def passage_content(passage: Passage, journal: Journal, wording: Wording) -> dict[str, Any]:
    """What a reading shows. Under a preface the rest waits, closed, for whoever chose otherwise."""
    told = passage.told_to(listener(journal)).paragraphs
    blocks = [_paragraphs(told, wording)] if told else []
    if chose_otherwise(journal) and told and told[0].stands_in == "preface":
        blocks = [{"kind": "folded", "title": wording.fill(told[0].text), "blocks": [_paragraphs(told[1:], wording)]}]
    return {"panel": False, "title": "", "blocks": blocks, "cannot_tell": ""}


def _paragraphs(told: Sequence[Paragraph], wording: Wording) -> dict[str, Any]:
    paragraphs = [
        {
            "text": wording.fill(p.text),
            "ours": bool(p.stands_in),
            "notes": [{"label": n.label, "text": wording.fill(n.text), "source": n.source} for n in p.notes],
        }
        for p in told
    ]
    return {"kind": "passage", "paragraphs": paragraphs}
