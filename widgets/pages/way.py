"""The line on top of sections 3 to 5: what she chose for now, and what the page is for then."""

from typing import Any

import pandas as pd

from widgets.catalogue import Wording
from widgets.journal import Journal
from widgets.readings.words import day

from .branches import decided, way_now
from .lately import rest_until
from .shows.blocks import filled, texts

TITLE = "For now"
BOARD = "02-lonely-or-love.ipynb#exercise-decision"


def way(page: str, journal: Journal, wording: Wording) -> dict[str, Any]:
    """The panel: her choice, what it means on this page, and the one step to change it."""
    today = pd.Timestamp(journal.clock.now().date())
    found = decided(journal)
    meaning = journal.catalogue.ways[page]
    branch = way_now(journal)
    step = "A choice for now is made here:" if branch == "undecided" else "It can be changed at any time:"
    first = meaning.first.get(branch, "")
    place = [{"kind": "link", "text": "It stands under", "link": _heading(first), "href": first}] if first else []
    link = {"kind": "link", "text": step, "link": "Lonely or love", "href": BOARD}
    until = rest_until(journal)
    pause = f"Messages rest until {day(until, today)}." if until else ""
    chosen = texts(found.sentence if found.branch != "undecided" else "", meaning.words[branch], pause)
    shown: dict[str, Any] = filled(
        {"level": 2, "title": TITLE, "blocks": [*chosen, *place, link], "cannot_tell": ""}, wording
    )
    return shown


def _heading(address: str) -> str:
    """The words of the heading that an address names: "04-show-it.ipynb#Apart-from-this"."""
    return address.partition("#")[2].replace("-", " ")
