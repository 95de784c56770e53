"""Earlier versions of what she wrote, and what an erasure leaves."""

from typing import Any

from widgets.catalogue import Exercise
from widgets.journal import Entry, Erased, Journal
from widgets.readings.words import count

GONE = "Destroyed. It is in no version and in no draft of your file."
MAYBE_KEPT = "A backup that was made while you wrote may still hold it as a draft."


def earlier(exercise: Exercise, journal: Journal, now: Entry | None) -> list[dict[str, Any]]:
    """The earlier texts of an entry that has one text, newest first, each as it was last saved."""
    if now is None:
        return []
    item = next(item.id for item in exercise.items if item.type == "long-text")
    told: dict[str, dict[str, Any]] = {}
    for entry in journal.revisions(now.entry_id):
        text = entry.answers.get(item)
        if isinstance(text, str) and text != now.answers[item]:
            told.pop(text, None)
            told[text] = {"revision": entry.revision, "saved": entry.saved_utc.isoformat(), "text": text}
    return list(told.values())[::-1]


def gone(erased: Erased, journal: Journal) -> str:
    """What is said after an erasure: that it is done, and which backups it could not reach."""
    if erased.backups:
        number = count(len(erased.backups), "backup made before still holds it", "backups made before still hold it")
        return f"{GONE} {number}, in {erased.backups[0].parent}."
    return GONE if erased.revisions or not journal.backups() else f"{GONE} {MAYBE_KEPT}"
