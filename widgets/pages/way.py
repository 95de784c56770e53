"""The line on top of sections 3 to 5: what she chose for now, and what the page is for then."""

from typing import Any

import pandas as pd

from widgets.catalogue import Wording
from widgets.journal import Journal
from widgets.readings.checkins import rests_on
from widgets.readings.decisions import Decisions
from widgets.readings.words import day

from .branches import decided, route, way_now
from .lately import fresh, rest_until
from .message_way import is_light_closed
from .shows.blocks import filled, texts

TITLE = "For now"
RESTS = "You chose to try, on {}. That choice rests while the way is closed."
BOARD = "02-lonely-or-love.ipynb#exercise-decision"


def way(page: str, journal: Journal, wording: Wording) -> dict[str, Any]:
    """The panel: her choice, what it means on this page, and the one step to change it."""
    today = pd.Timestamp(journal.clock.now().date())
    found, checkins = decided(journal), fresh(journal)
    meaning = journal.catalogue.ways[page]
    branch = way_now(journal)
    step = "A choice for now is made here:" if branch == "undecided" else "It can be changed at any time:"
    first = meaning.first.get(branch, "")
    place = [{"kind": "link", "text": "It stands under", "link": _heading(first), "href": first}] if first else []
    link = {"kind": "link", "text": step, "link": "Lonely or love", "href": BOARD}
    until = rest_until(journal)
    pause = f"Messages rest until {day(until, today)}." if until else ""
    spoken_to = _spoken_to(journal)
    chosen = texts(_choice(found, spoken_to, today), meaning.words[spoken_to], pause)
    shown: dict[str, Any] = filled(
        {"level": 2, "title": TITLE, "blocks": [*chosen, *place, link], "cannot_tell": ""}, wording
    )
    return shown | {"help_first": rests_on(checkins, today.date())}


def _spoken_to(journal: Journal) -> str:
    """As whom the page speaks to her: `closed` too where no message is for her now, unless she chose to let go."""
    branch = way_now(journal)
    asked = route(journal)
    if branch == "let_go" or asked == "unanswered":
        return branch
    return "closed" if asked in ("closed", "space") or is_light_closed(journal) else branch


def _choice(found: Decisions, spoken_to: str, today: pd.Timestamp) -> str:
    if found.branch == "undecided":
        return ""
    if found.branch == "try" and spoken_to == "closed" and found.since is not None:
        return RESTS.format(day(found.since, today))
    return found.sentence


def _heading(address: str) -> str:
    """The words of the heading that an address names: "04-show-it.ipynb#Apart-from-this"."""
    return address.partition("#")[2].replace("-", " ")
