"""What every card of “Keep” shares."""

from typing import Any

from widgets.catalogue import InvalidEntry
from widgets.journal import Journal

Message = dict[str, Any]
Fields = dict[str, Any]


class Card:
    """One card: what it says and offers, and what its tasks do."""

    title = ""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal

    def content(self) -> Message:
        """`{"title", "blocks", "tasks"}` as things stand now."""
        raise NotImplementedError

    def run(self, task: str, fields: Fields) -> Message:
        """Do it; `{"said", "next"}` for the page. Raises InvalidEntry, JournalError."""
        return getattr(self, f"_{task.replace('-', '_')}")(fields)  # type: ignore[no-any-return]


def refused(item: str, message: str) -> InvalidEntry:
    """One field is not as it should be."""
    return InvalidEntry({item: message})


def secret(name: str, ask: str, hint: str = "") -> Message:
    """A field for a passphrase."""
    return {"id": name, "kind": "secret", "ask": ask, "hint": hint}
