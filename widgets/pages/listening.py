"""To whom the article is told: what it says of coming back together, and of a message, is not for every reader."""

from widgets.catalogue import Listener
from widgets.journal import Journal

from .branches import route
from .message_way import may_write


def listener(journal: Journal) -> Listener:
    """Who reads, by 1.1 and by whether a message may be written now."""
    if route(journal) == "closed":
        return "closed"
    return "writer" if may_write(journal) else "way_open"
