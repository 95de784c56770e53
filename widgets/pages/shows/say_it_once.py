"""What section 3 shows: why there is no message, where a steady hour stands, and the gate."""

import pandas as pd

from widgets.catalogue import Exercise, Wording
from widgets.journal import Journal

from ..message_way import has_somebody, instead_of_message
from .blocks import Block

TWO_PEOPLE = "You know that {he} {is|are} with somebody"
TWO_PEOPLE_MORE = (
    "A message may then weigh on two people. What you could set right between the two of you has no place in it; for "
    "all the rest there is the letter below."
)

Shown = tuple[list[Block], str]


def before_message(exercise: Exercise, journal: Journal, wording: Wording, today: pd.Timestamp) -> Shown:
    """What stands where the message would be, or what is to be thought of before one is written."""
    instead = instead_of_message(journal)
    if instead:
        text, link, href = instead
        return [
            {"kind": "link", "text": text, "link": link, "href": href} if link else {"kind": "text", "text": text}
        ], ""
    if has_somebody(journal):
        return [{"kind": "caution", "title": TWO_PEOPLE, "text": TWO_PEOPLE_MORE}], ""
    return [], ""
