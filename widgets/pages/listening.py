"""To whom a page speaks: what the article says of coming back together, and of a message, is not for every reader."""

import pandas as pd

from widgets.catalogue import Listener
from widgets.journal import Tables
from widgets.readings.decisions import Decisions
from widgets.readings.words import day

from .branches import route, way_now
from .message_way import he_said_no, is_light_closed, may_write

RESTS = "You chose to try, on {}. That choice rests while the way is closed."


def listener(journal: Tables) -> Listener:
    """Who reads. The way to him is closed by 1.1, also while it is unanswered, by space, and by a no of his."""
    if route(journal) in ("unanswered", "closed", "space") or he_said_no(journal):
        return "closed"
    if is_light_closed(journal):
        return "waiting"
    return "writer" if may_write(journal) else "way_open"


def chose_otherwise(journal: Tables) -> bool:
    """Whether what is said to somebody who tries waits, closed, until she opens it: she chose to wait or to let go."""
    return way_now(journal) in ("not_yet", "let_go")


def spoken_to(journal: Tables) -> str:
    """As whom a page speaks to her: `closed` too where no message is for her now, unless she chose to let go."""
    branch, asked = way_now(journal), route(journal)
    if branch == "let_go" or asked == "unanswered":
        return branch
    return "closed" if asked in ("closed", "space") or is_light_closed(journal) else branch


def choice_now(journal: Tables, found: Decisions, today: pd.Timestamp) -> str:
    """What holds for now, as `found` has it; where she chose to try and the way is closed, that it rests."""
    if found.branch == "try" and spoken_to(journal) == "closed" and found.since is not None:
        return RESTS.format(day(found.since, today))
    return found.sentence
