"""Rules of the check-in, and of the two scales a reader may add to it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from widgets.journal import Entry, JournalError
from widgets.readings.checkins import PAUSE_DAYS, rests_on

from ..lately import fresh
from .base import DAY, Answers, Message, Rules, in_words
from .pattern import record_run

OWN = "own"  # the item whose rows hold the answers to her own scales
MOST = 2
OF_ITS_DAY = "It is about {day}, and is saved for that day."
TOO_LONG_AGO = "It was about {day}, too long ago to be saved for that day. Your words from it are here, but no scale."
ONE_TOO_MANY = "Two of yours are asked already. Set one of them to “not asked any more” first; its old answers stay."


class CheckIn(Rules):
    """Asks her own scales too; may be about an earlier day; of not being safe it keeps no more than a date."""

    def arrange(self, spec: Message) -> Message:
        scales = [_own_item(entry) for entry in asked(self.journal.entries("own_scales"))]
        return spec | {"items": [*spec["items"], *scales, self._day_item()]}

    def from_form(self, answers: Mapping[str, Any]) -> Answers:
        rows = []
        for entry in asked(self.journal.entries("own_scales")):
            if (value := answers.get(_own_id(entry))) is not None:
                rows.append({"scale": entry.entry_id, "asked": entry.answers["label"], "value": value})
        return {k: v for k, v in answers.items() if not k.startswith(f"{OWN}-")} | {OWN: rows or None}

    def to_form(self, answers: Mapping[str, Any]) -> Answers:
        own = {f"{OWN}-{row['scale']}": row["value"] for row in answers.get(OWN) or ()}
        return {k: v for k, v in answers.items() if k != OWN} | own

    def taken_up(self, draft: Answers, begun: dt.date) -> tuple[Answers, str]:
        """How it was on one day is no answer for another: it goes on for its own day, or only her words do."""
        about = dt.date.fromisoformat(draft.get(DAY) or begun.isoformat())
        if about >= self.today:
            return draft, ""
        if (self.today - about).days <= self.exercise.back:
            return draft | {DAY: about.isoformat()}, OF_ITS_DAY.format(day=in_words(about))
        words = [item.id for item in self.exercise.items if item.type == "long-text"]
        return {name: draft.get(name) for name in words}, TOO_LONG_AGO.format(day=in_words(about))

    def prepared(self, answers: Answers, before: Mapping[str, Any] | None) -> Answers:
        pause = (before or {}).get("pause_until")  # kept whatever she says now: details may be erased by this save
        if answers["safe_now"] in ("unsure", "no"):
            pause = (self.today + dt.timedelta(days=PAUSE_DAYS)).isoformat()
        on_the_form = {entry.entry_id for entry in asked(self.journal.entries("own_scales"))}
        kept = [row for row in (before or {}).get(OWN) or () if row["scale"] not in on_the_form]
        own = [*kept, *(answers[OWN] or ())]
        return super().prepared(answers | {"pause_until": pause, OWN: own or None}, before)

    def not_kept(self, answers: Mapping[str, Any]) -> list[str]:
        return super().not_kept(answers) if answers.get("pause_until") else []

    def further(self) -> Message:
        return {"help_first": rests_on(fresh(self.journal), self.today)}

    def after_save(self) -> tuple[str, ...]:
        with suppress(JournalError):  # the check-in is saved; the run is made up for by the next one
            record_run(self.journal)
        return ()

    def _day_item(self) -> Message:
        days = [self.today - dt.timedelta(days=back) for back in range(self.exercise.back + 1)]
        names = ["today", *(in_words(date) for date in days[1:])]
        return {
            "id": DAY,
            "type": "choice",
            "ask": "Which day is this about?",
            "hint": "Left empty, it is about today. For another day, “now” and “today” above mean that day.",
            "choices": [[date.isoformat(), name] for date, name in zip(days, names, strict=True)],
            "more": True,
        }


class OwnScales(Rules):
    """Two are asked at a time; those set aside keep their answers."""

    def faults(self, answers: Answers, others: Sequence[Mapping[str, Any]]) -> dict[str, str]:
        found = super().faults(answers, others)
        if _is_asked(answers) and sum(map(_is_asked, others)) >= MOST:
            found["state"] = ONE_TOO_MANY
        return found


def asked(scales: Sequence[Entry]) -> list[Entry]:
    """Of the entries in `own_scales` those the check-in asks now."""
    return [entry for entry in scales if _is_asked(entry.answers)][:MOST]


def _is_asked(answers: Mapping[str, Any]) -> bool:
    return answers.get("state") != "retired"


def _own_id(entry: Entry) -> str:
    return f"{OWN}-{entry.entry_id}"


def _own_item(entry: Entry) -> Message:
    label, low, high = (entry.answers.get(k) or "" for k in ("label", "low", "high"))
    return {
        "id": _own_id(entry),
        "type": "scale",
        "ask": label,
        "short": label,
        "low": low,
        "high": high,
        "range": [0, 10],
        "step": 1,
        "more": True,
    }
