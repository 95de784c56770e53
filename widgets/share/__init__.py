"""Choose, hide, render: what she shows to somebody else, as a file."""

from .choose import Choice, offered
from .errors import ShareError
from .hiding import REAL_DATES
from .make import Share, make_share
from .names import Names, names_of
from .shared_tables import SharedTables

__all__ = ["REAL_DATES", "Choice", "Names", "Share", "ShareError", "SharedTables", "make_share", "names_of", "offered"]
