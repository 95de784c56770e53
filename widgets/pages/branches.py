"""What her choice for now, and the way to a message, let a page offer."""

import pandas as pd

from widgets.catalogue import Exercise
from widgets.journal import Tables
from widgets.readings.decisions import Decisions, read_decisions
from widgets.readings.safety import routes

from .lately import DECISIONS, choices_of_now
from .memory import remembered

NO_CHECKINS = pd.DataFrame()


@remembered
def route(journal: Tables) -> str:
    """How the way to a message is by 1.1: unanswered, closed, space or open."""
    return routes(journal.table("safety"), pd.Timestamp(journal.clock.now().date())).state


def is_closed(journal: Tables) -> bool:
    """True while no message is for her; unanswered closes it too."""
    return route(journal) not in ("open", "space")


def contact_is_open(journal: Tables) -> bool:
    """True where nothing in 1.1 stands against contact with him; asking for space does, until its day."""
    return route(journal) == "open"


def is_unsafe(journal: Tables) -> bool:
    """True where 1.1 closes the way for safety, or is not answered: nothing he says or does opens it then."""
    safety = journal.table("safety")
    if route(journal) == "unanswered":
        return True
    return route(journal) == "closed" and bool(pd.isna(safety.iloc[-1]["route_reason"]))


@remembered
def way_now(journal: Tables) -> str:
    """Her choice for now, a code of the catalogue's WAYS: `closed` where she chose to try and the way is closed."""
    branch = decided(journal).branch
    return "closed" if branch == "try" and is_closed(journal) else branch


def decided(journal: Tables) -> Decisions:
    """What she decided, without how it was on those days. It is asked for by every part of a page, and read once.

    Its history goes no further back than what holds now.
    """
    today = journal.clock.now().date()
    return journal.while_unchanged(
        ("decided", today),
        [DECISIONS],
        lambda: read_decisions(choices_of_now(journal), NO_CHECKINS, pd.Timestamp(today)),
    )


def is_offered(exercise: Exercise, journal: Tables) -> bool:
    """Whether it is declared for where she is now; while the way is closed, it must be declared for that too."""
    branches = exercise.branches
    return not branches or (way_now(journal) in branches and ("closed" in branches or not is_closed(journal)))


def is_core(exercise: Exercise, journal: Tables) -> bool:
    """Whether it stands open on its page, now."""
    return exercise.core or (bool(exercise.core_in) and way_now(journal) in exercise.core_in)
