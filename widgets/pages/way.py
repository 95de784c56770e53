"""The line on top of sections 3 to 5: what she chose for now, and what the page is for then."""

from typing import Any

import pandas as pd

from widgets.catalogue import Wording
from widgets.journal import Tables
from widgets.readings.checkins import rests_on
from widgets.readings.words import day

from .branches import decided, route, way_now
from .lately import fresh, rest_until
from .listening import choice_now, spoken_to
from .message_way import is_light_closed
from .pace import light_now
from .shows.blocks import filled, texts

TITLE = "For now"
UNANSWERED = "Some of what the article says waits for the questions of A safe start:"
START = "00-begin.ipynb#exercise-safe-start"
BOARD = "02-lonely-or-love.ipynb#exercise-decision"


def way(page: str, journal: Tables, wording: Wording) -> dict[str, Any]:
    """The panel: her choice, what it means on this page, and the one step to change it."""
    today = pd.Timestamp(journal.clock.now().date())
    found, checkins = decided(journal), fresh(journal)
    meaning = journal.catalogue.ways[page]
    listens = spoken_to(journal)
    is_undecided = way_now(journal) == "undecided"
    step = "A choice for now is made here:" if is_undecided else "Your choice can be changed at any time:"
    first = meaning.first.get(listens, "")
    place = [{"kind": "link", "text": "Straight to it:", "link": _heading(first), "href": first}] if first else []
    link = {"kind": "link", "text": step, "link": "Lonely or love", "href": BOARD}
    until = rest_until(journal)
    pause = f"Messages rest until {day(until, today)}." if until else ""
    choice = "" if found.branch == "undecided" else choice_now(journal, found, today)
    chosen = texts(choice, _why_closed(journal), meaning.words[listens], pause)
    if route(journal) == "unanswered":
        place.append({"kind": "link", "text": UNANSWERED, "link": "Start", "href": START})
    shown: dict[str, Any] = filled(
        {"level": 2, "title": TITLE, "blocks": [*chosen, *place, link], "cannot_tell": ""}, wording
    )
    return shown | {"help_first": rests_on(checkins, today.date())}


def _why_closed(journal: Tables) -> str:
    """With the light's reason; its own first sentence says only that it is closed."""
    if route(journal) == "unanswered" or not is_light_closed(journal):
        return ""
    _, said = light_now(journal)
    return f"The way to a message is closed. {said.split('. ')[1].removesuffix('.')}."


def _heading(address: str) -> str:
    """The words of the heading that an address names: "04-show-it.ipynb#Apart-from-this"."""
    return address.partition("#")[2].replace("-", " ")
