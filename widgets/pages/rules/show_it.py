"""Rules of section 4."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from widgets.catalogue import Exercise
from widgets.journal import Entry, Tables
from widgets.readings.boxes import read_boxes
from widgets.readings.lessons import read_lessons
from widgets.readings.plans import MOST, read_plans
from widgets.readings.practice import monday
from widgets.readings.safety import is_closed_for_safety, was_only_hurt

from ..branches import contact_is_open
from .base import Answers, Message, Rules

ALREADY_THREE = "Three plans count already. Set one of them aside first, or keep this one as set aside."
NO_SUCH_PLAN = "Choose one of your plans."
LOGGED = "This week of this plan has a line already. Edit that one, or choose another week."
TOO_MANY = "This is more often than the moment came. Write a number up to {chances}."
CONTACT_CLOSED = "Contact is not open now. Choose somebody else, or leave it open."
NOT_YOURS = "If you were hurt or controlled: that is not yours to put right, and no line is needed here for it."


class Lessons(Rules):
    """Not asked of someone who was only hurt. Where she can repair her part, by the three boxes, a line may begin."""

    @classmethod
    def asks(cls, exercise: Exercise, tables: Tables) -> bool:
        return super().asks(exercise, tables) and not was_only_hurt(tables.table("safety"))

    def arrange(self, spec: Message) -> Message:
        found = read_boxes(self.journal.table("boxes"))
        hers = [item for item in found.items["can_repair"] if item not in found.whose_choice]
        intro = f"{spec['intro']} {NOT_YOURS}" if is_closed_for_safety(self.journal.table("safety")) else spec["intro"]
        return _suggesting(spec, "what_i_did", hers) | {"intro": intro}


class Plans(Rules):
    """Three count at a time. One with him only where contact is open, and never with him alone."""

    def arrange(self, spec: Message) -> Message:
        suggested = _suggesting(spec, "then_act", self._learned())
        if contact_is_open(self.journal):
            return suggested
        return _without_choice(suggested, "with_whom", "him")

    def _learned(self) -> list[str]:
        """What she would do instead, each once; nothing from lines that are not hers to answer for."""
        if was_only_hurt(self.journal.table("safety")):
            return []
        found = read_lessons(self.journal.table("lessons"), self.journal.catalogue.harm_patterns)
        return [*dict.fromkeys(line.instead for line in found.drawn if line.instead)]

    def to_form(self, answers: Mapping[str, Any]) -> Answers:
        shown = super().to_form(answers)
        if shown.get("with_whom") == "him" and not contact_is_open(self.journal):
            shown |= {"with_whom": shown.get("also_with"), "also_with": None}
        return shown

    def faults(self, answers: Answers, others: Sequence[Mapping[str, Any]]) -> dict[str, str]:
        found = super().faults(answers, others)
        if _counts(answers) and sum(map(_counts, others)) >= MOST:
            found["state"] = ALREADY_THREE
        if answers["with_whom"] == "him" and not contact_is_open(self.journal):
            found["with_whom"] = CONTACT_CLOSED
        return found


class Practice(Rules):
    """Asked once there is a plan; one line for each plan and week, the newest first, under the form."""

    @classmethod
    def asks(cls, exercise: Exercise, tables: Tables) -> bool:
        return super().asks(exercise, tables) and not tables.table("plans").empty

    def arrange(self, spec: Message) -> Message:
        logged = {entry.answers["plan"] for entry in self.journal.entries(self.exercise.table)}
        found = read_plans(self.journal.table("plans"), contact_is_open(self.journal))
        named = [*found.active, *(p for p in (*found.waiting, *found.set_aside) if p.entry_id in logged)]
        plan = {
            "id": "plan",
            "type": "choice",
            "ask": self.exercise.item("plan").ask,
            "needed": True,
            "choices": [[plan.entry_id, plan.if_situation] for plan in named],
        }
        return spec | {"items": [plan, *spec["items"]]}

    def prepared(self, answers: Answers, before: Mapping[str, Any] | None) -> Answers:
        week = answers["week"] or (before or {}).get("week") or self.today.isoformat()
        first = monday(pd.Timestamp(week)).date()
        return super().prepared(answers | {"week": first.isoformat()}, before)

    def faults(self, answers: Answers, others: Sequence[Mapping[str, Any]]) -> dict[str, str]:
        found = super().faults(answers, others)
        if answers["plan"] not in set(self.journal.table("plans")["entry_id"]):
            found["plan"] = NO_SUCH_PLAN
        chances, taken = answers["chances"], answers["taken"]
        if chances is not None and taken is not None and taken > chances:
            found["taken"] = TOO_MANY.format(chances=chances)
        if any((other["plan"], other["week"]) == (answers["plan"], answers["week"]) for other in others):
            found["week"] = LOGGED
        return found

    def in_order(self, entries: list[Entry]) -> list[Entry]:
        return sorted(entries, key=lambda entry: str(entry.answers["week"]), reverse=True)


def _counts(answers: Mapping[str, Any]) -> bool:
    return answers.get("state") != "set_aside"


def _suggesting(spec: Message, item_id: str, words: list[str]) -> Message:
    """The same, with words of hers to begin this text with."""
    return _changed(spec, item_id, lambda item: {"suggest": words})


def _without_choice(spec: Message, item_id: str, code: str) -> Message:
    return _changed(spec, item_id, lambda item: {"choices": [c for c in item["choices"] if c[0] != code]})


def _changed(spec: Message, item_id: str, change: Callable[[Message], Message]) -> Message:
    items = [item | change(item) if item["id"] == item_id else item for item in spec["items"]]
    return spec | {"items": items}
