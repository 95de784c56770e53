"""Keeping what she wrote: the cards that are about the journal as a whole."""

from .base import Card, Fields, Message
from .passphrase import Passphrase

CARDS: dict[str, type[Card]] = {"passphrase": Passphrase}

__all__ = ["CARDS", "Card", "Fields", "Message"]
