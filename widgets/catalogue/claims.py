"""From an exercise to the part of the article it serves: its claims, where each is told, and the notes beside it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .passages import Note, Passage
from .texts import Claim


@dataclass(frozen=True)
class Served:
    """A claim that an exercise serves; the page and the passage that tell it; what the evidence says of it there."""

    claim: Claim
    page: str
    passage: str
    notes: tuple[Note, ...]


def served(
    claims: Iterable[str], page: str, known: Mapping[str, Claim], passages: Iterable[Passage]
) -> tuple[Served, ...]:
    """The claims an exercise on this page names, in their order; those that no passage tells are left out.

    A claim that several passages tell is shown where the exercise stands, if it is told there, with the notes of all.
    """
    told = [(p, x) for p in passages for x in p.paragraphs]
    found = []
    for claim in claims:
        telling = [(passage, paragraph) for passage, paragraph in told if claim in paragraph.claims]
        here = [passage for passage, _ in telling if passage.page == page]
        notes = dict.fromkeys(note for _, paragraph in telling for note in paragraph.notes)
        for place in (here or [passage for passage, _ in telling])[:1]:
            found.append(Served(known[claim], place.page, place.id, tuple(notes)))
    return tuple(found)
