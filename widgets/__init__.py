"""Second Thoughts: what a notebook may call. The rooms are imported when called, so that the command starts at once."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .journal import Journal
    from .pages import Page

__all__ = ["open_journal", "open_page"]


def open_page(name: str) -> "Page":
    """The page of that name, for example "01-what-happened". Raises LookupError that lists the pages there are."""
    from .pages import open_page

    return open_page(name)


def open_journal() -> "Journal":
    """The reader's journal: `open_journal().table("timeline")` is a DataFrame. Raises JournalError."""
    from .journal import open_journal

    return open_journal()
