"""Rules of an exercise that is answered in steps over time: its newest entry is gone on with while it is open."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from widgets.catalogue import Exercise, Item
from widgets.journal import Entry

from .base import Answers, Message, Rules


@dataclass(frozen=True)
class Open:
    """An entry that waits for a later step. `step` is asked now, `saved` once she has answered it; `next` follows."""

    entry: Entry
    step: int
    saved: bool
    next: int | None
    closes: dt.datetime

    def at(self, step: int) -> dt.datetime:
        """The moment from which that step is asked."""
        return self.entry.created_utc + dt.timedelta(minutes=step)


class Steps(Rules):
    """Each step asks its own items. The page may be closed in between; the times are those of the saves."""

    def entries(self, entries: list[Entry]) -> list[Entry]:
        found = gone_on_with(self.exercise, entries, self.journal.clock.now())
        return [found.entry] if found else []

    def whole(self, answers: Answers, before: Mapping[str, Any] | None) -> Answers:
        asked_before = {k: v for k, v in (before or {}).items() if k not in answers}
        return asked_before | answers

    def arrange(self, spec: Message) -> Message:
        found = self._open()
        step = found.step if found else 0
        items = [item for item in spec["items"] if _step(self.exercise.item(item["id"])) == step]
        return spec | {"kind": "single", "items": items, "stage": _told(found) if found else []}

    def again_in(self) -> float | None:
        found = self._open()
        if found is None:
            return None
        then = found.closes if found.next is None else found.at(found.next)
        return (then - self.journal.clock.now()).total_seconds()

    def _open(self) -> Open | None:
        return gone_on_with(self.exercise, self.journal.entries(self.exercise.table), self.journal.clock.now())


def gone_on_with(exercise: Exercise, entries: Sequence[Entry], now: dt.datetime) -> Open | None:
    """The newest of its entries, unless its time is over or its last step is answered. entries: oldest first."""
    if not entries:
        return None
    entry = entries[-1]
    closes = entry.created_utc + dt.timedelta(minutes=exercise.open_for or 0)
    steps = sorted({_step(item) for item in exercise.items})
    passed = [step for step in steps if entry.created_utc + dt.timedelta(minutes=step) <= now] or steps[:1]
    step, ahead = passed[-1], steps[len(passed) :]
    saved = any(entry.answers.get(item.id) is not None for item in exercise.items if _step(item) == step)
    if now >= closes or (saved and not ahead):
        return None
    return Open(entry, step, saved, ahead[0] if ahead else None, closes)


def _step(item: Item) -> int:
    return item.after or 0


def _told(found: Open) -> list[Any]:
    """Where it stands, for the head of the form: words, and moments for her system's clock."""
    begun = ["Begun at ", {"at": found.entry.created_utc.isoformat()}]
    if found.saved and found.next is not None:
        return [
            *begun,
            ". From ",
            {"at": found.at(found.next).isoformat()},
            " on it asks once more. You can close the page.",
        ]
    return [*begun, ". This is the next look at it."]
