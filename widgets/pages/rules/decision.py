"""Rules of the decision: its three ways in one tone, *try* where it is open, drafts on hard days."""

import datetime as dt
import random
from collections.abc import Mapping
from typing import Any

import pandas as pd

from widgets.journal import Journal
from widgets.readings.decisions import LABELS, state_now
from widgets.readings.words import day

from ..branches import decided, is_closed, route
from ..lately import lately
from .base import Answers, Message, Rules, in_words

WAYS = ("try", "not_yet", "let_go")
CLOSED = "Try is not offered while the way to a message is closed. What you wrote under it before is kept."
NOT_OFFERED = "Try is not offered now, so this version can be read, but not brought back."
UNANSWERED = {
    "text": "Whether try is offered depends on the questions of A safe start:",
    "link": "Start",
    "href": "00-begin.ipynb#exercise-safe-start",
}
DAYS_AHEAD = 30  # of the day that is named as an example for looking at it again


class Board(Rules):
    """The three ways, in this reader's order."""

    def arrange(self, spec: Message) -> Message:
        found = route(self.journal)
        intro = f"{spec['intro']} {CLOSED}" if found == "closed" else spec["intro"]
        return _in_her_order(spec, self.journal) | {
            "intro": intro,
            "beforehand": UNANSWERED if found == "unanswered" else None,
        }


class Decision(Rules):
    """A choice for now. On a hard day it is a draft, which a later day may confirm."""

    def arrange(self, spec: Message) -> Message:
        example = f"For example {in_words(self.today + dt.timedelta(days=DAYS_AHEAD))}."
        items = [i | {"hint": f"{i['hint']} {example}"} if i["id"] == "review_on" else i for i in spec["items"]]
        return _in_her_order(spec | {"items": items}, self.journal)

    def prepared(self, answers: Answers, before: Mapping[str, Any] | None) -> Answers:
        state = state_now(lately(self.journal), pd.Timestamp(self.journal.clock.now()))
        return super().prepared(answers | {"draft": state.is_draft, "early": state.early}, before)

    def refusal(self, then: Mapping[str, Any], now: Mapping[str, Any]) -> str:
        return "" if then.get("choice") not in WAYS or then["choice"] in ways(self.journal) else NOT_OFFERED

    def offer(self) -> Message | None:
        pending = self._pending()
        if pending is None:
            return None
        on = day(pd.Timestamp(pending.local_date), pd.Timestamp(self.today))
        return {
            "text": f"On {on} you saved “{LABELS[pending.choice]}” as a draft. If you still mean it, confirm it; if "
            "not, choose again below, or leave it.",
            "button": "Confirm it",
            "do": "confirm",
            "entry_id": pending.entry_id,
        }

    def confirmed(self, entry_id: str) -> Answers | None:
        pending = self._pending()
        if pending is None or pending.entry_id != entry_id:
            return None
        draft = self.journal.revisions(entry_id)[-1]
        return self.prepared(dict(draft.answers), None) | {"draft": False}

    def _pending(self) -> Any:
        """The draft that a later day may confirm, None if there is none."""
        found = decided(self.journal).pending
        if found is None or found.local_date >= self.today:
            return None
        return None if found.choice not in ways(self.journal) and found.choice in WAYS else found


def ways(journal: Journal) -> list[str]:
    """The ways that are open to her, in the order drawn for her once: by the name of her journal."""
    drawn = list(WAYS)
    random.Random(journal.name).shuffle(drawn)  # noqa: S311 - an order, not a secret
    return [way for way in drawn if way != "try"] if is_closed(journal) else drawn


def _in_her_order(spec: Message, journal: Journal) -> Message:
    """Choices among the ways, and questions about each, in her order; a way that is not open is not among them."""
    order = ways(journal)
    place = {way: n for n, way in enumerate(order)} | {f"wants_{way}": n for n, way in enumerate(order)}
    items = [item | {"choices": _sorted(item["choices"], lambda c: c[0], place)} for item in spec["items"]]
    return spec | {"items": _sorted(items, lambda item: item["id"], place)}


def _sorted(things: list[Any], name: Any, place: Mapping[str, int]) -> list[Any]:
    """Those about an open way, in her order, in the places where such stood; the rest as it was."""
    about = {*WAYS, *(f"wants_{way}" for way in WAYS)}
    in_order = iter(sorted((t for t in things if name(t) in place), key=lambda t: place[name(t)]))
    return [next(in_order) if name(t) in place else t for t in things if name(t) in place or name(t) not in about]
