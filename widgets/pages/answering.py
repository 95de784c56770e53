"""What a control is answered where something is refused: `{"ok": False, "error": {"kind", …}}`."""

from collections.abc import Callable
from typing import Any

from widgets.catalogue import InvalidEntry
from widgets.journal import JournalError

Message = dict[str, Any]


def refused(kind: str, message: str) -> Message:
    """Why, in a sentence. kind: what it means for what she did, as `not-saved`."""
    return {"ok": False, "error": {"kind": kind, "message": message}}


def not_valid(invalid: InvalidEntry, fill: Callable[[str], str] = str) -> Message:
    """What is wrong with her answers, item by item. fill: puts his name and pronouns in."""
    faults = [{"item": item, "message": fill(words)} for item, words in invalid.faults.items()]
    return {"ok": False, "error": {"kind": "invalid", "faults": faults}}


def reply(work: Callable[[], Message], kind: str) -> Message:
    """What the work answers; a refusal of this kind where the journal cannot do it."""
    try:
        return work()
    except InvalidEntry as invalid:
        return not_valid(invalid)
    except JournalError as error:
        return refused(kind, error.without_a_save)
