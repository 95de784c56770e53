"""What a page asks of the journal many times over, once."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from widgets.journal import Tables

T = TypeVar("T")


def remembered(ask: Callable[[Tables], T]) -> Callable[[Tables], T]:
    """The same, asked once within a second, as long as nothing is written from here.

    A save looks at every form and reading of its page, and most of them ask what she chose and whether a message may be
    written. What another page writes is seen a second later.
    """
    known: WeakKeyDictionary[Tables, tuple[Any, T]] = WeakKeyDictionary()

    @wraps(ask)
    def answer(journal: Tables) -> T:
        at = (journal.writes, journal.clock.now().replace(microsecond=0))
        if journal not in known or known[journal][0] != at:
            known[journal] = (at, ask(journal))
        return known[journal][1]

    return answer
