"""Keeping what she wrote: the cards that are about the journal as a whole."""

from .backups import Backups
from .base import Card, Fields, Message
from .copies import Copies
from .erase import Erase
from .passphrase import Passphrase

CARDS: dict[str, type[Card]] = {"passphrase": Passphrase, "backups": Backups, "copies": Copies, "erase": Erase}

__all__ = ["CARDS", "Card", "Fields", "Message"]
