"""4.4 Friends, and what for: her own reasons told back, and whether he said in words that he wants it."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

MOTIVES = ("support", "practical", "peace", "hoping")
FINE = 5  # points from which it would be all right if he were with somebody else
SAID = {"yes_in_words": "You wrote that {he} said so in words.", "no": "You wrote that {he} said no."}
NOT_SAID = "You did not write that {he} said so in words."
FIRST = {
    "support": "First in your order: being there for each other, and trust.",
    "practical": "First in your order: practical things that you share.",
    "peace": "First in your order: keeping the peace around you.",
    "hoping": "First in your order: you still hope for more.",
}
QUESTION = "{Does|Do} {he} know that I still hope?"


@dataclass(frozen=True)
class FriendMotive:
    """`route` of a friendship: "wait" unless he said yes in words, then "open". `mirror`: what she answered, plainly.

    `question`: the one question, where hope is first in her order or she could not bear him with somebody else; or "".
    """

    route: str
    said: str
    mirror: tuple[str, ...]
    question: str


def read_friend_motive(friend_motive: pd.DataFrame) -> FriendMotive | None:
    """Tell her answers back; None if there are none.

    friend_motive: `motives` (a list of MOTIVES in her order), `he_said_he_wants` (codes yes_in_words, no, not_asked),
    `fine_if_he_dates` (Int64, 0-10); NA anywhere, newest row last. Anything but a yes in words waits, unanswered too.
    """
    columns = friend_motive.reindex(columns=["motives", "he_said_he_wants", "fine_if_he_dates"])
    if columns.empty:
        return None
    motives, said, fine = columns.iloc[-1]
    code, first, points = None if pd.isna(said) else str(said), _first(motives), None if pd.isna(fine) else int(fine)
    if code is None and first is None and points is None:
        return None
    mirror = [FIRST[first]] if first else []
    if points is not None:
        mirror.append(f"If {{he}} were with somebody else: {points} of 10, where 10 is fine.")
    asks = first == "hoping" or (points is not None and points < FINE)
    route = "open" if code == "yes_in_words" else "wait"
    return FriendMotive(route, SAID.get(code or "", NOT_SAID), tuple(mirror), QUESTION if asks else "")


def _first(motives: Any) -> str | None:
    """The reason at the top of her order; None while she has not ordered them."""
    order = [str(code) for code in motives] if pd.api.types.is_list_like(motives) else []
    return order[0] if order and order[0] in MOTIVES else None
