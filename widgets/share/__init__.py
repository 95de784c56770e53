"""Choose, hide, render: what she shows to somebody else, as a file."""

from .choose import REAL_DATES, Choice, SharedTables, offered
from .errors import ShareError
from .make import Share, make_share
from .names import Names, names_of

__all__ = ["REAL_DATES", "Choice", "Names", "Share", "ShareError", "SharedTables", "make_share", "names_of", "offered"]
