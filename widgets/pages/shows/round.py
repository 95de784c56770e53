"""C6: what a page offers where it goes round and round: facts to write down, a pause, a person."""

import pandas as pd

from widgets.journal import Tables
from widgets.readings.going_round import going_round

from ..lately import fresh
from .blocks import Block

TITLE = "It went round a good deal this week"
FACTS = "What happened, as facts and in order, may give more rest than asking why once more:"
PAUSE = "For an hour when the pull is strong, there is a pause to take:"
PERSON = "A person may do more than a page. Someone to talk to is one step away:"


def round_again(journal: Tables, today: pd.Timestamp, *, pause: bool) -> list[Block]:
    """The signs, and ways out of it; nothing where there is no sign. pause: name the pause too, on its own page."""
    signs = going_round(fresh(journal), journal.table("sorted_thoughts"), today, journal.history("drafts"))
    if not signs:
        return []
    blocks: list[Block] = [
        {"kind": "caution", "title": TITLE, "text": " ".join(signs)},
        {"kind": "link", "text": FACTS, "link": "What happened", "href": "01-what-happened.ipynb"},
    ]
    if pause:
        blocks.append({"kind": "link", "text": PAUSE, "link": "His terms", "href": "05-his-terms.ipynb"})
    return [*blocks, {"kind": "help", "text": PERSON, "link": "Help"}]
