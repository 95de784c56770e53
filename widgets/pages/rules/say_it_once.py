"""Rules of section 3: the message with its hints and versions, the cards of replies, the letter that is not sent."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from widgets.catalogue import Exercise, InvalidEntry
from widgets.journal import Entry, Journal, Tables
from widgets.readings.letter import is_sealed
from widgets.readings.message import name_of, review
from widgets.readings.message.rules import PRESENT
from widgets.readings.message_kept import NEVER_MEANT, is_rewritten, read_draft
from widgets.readings.words import day

from ..answering import refused
from ..message_way import has_somebody, may_read_again, may_write
from .base import Answers, Message, Rules

WITH_US = "set_right"  # what can be set right between the two: not where there is somebody else
NOTHING_FOUND = "Nothing to read once more was found. That is all this says."
SAYS = {
    "regret": "that you regret ending it",
    "mistake": "that it was your mistake",
    "hurt": "that you are sorry for the hurt",
    "freedom": "that nothing is asked",
}
READ_AGAIN = (
    "A night lies between this and the last change. Read it once more, slowly, from the first word to the last. If it "
    "still holds, say so here; if not, change it."
)
IT_STANDS = "I have read it again, and it still holds"
CHANGED_SINCE = "Not noted: the message was changed in the meantime. Reload the page, and read what it says now."
ASKED_AGAIN = "Most of these words are new, so this is asked once more. Your ticks belonged to the earlier text."
STILL_SEALED = "This letter is put away. It can be read and changed from its day, or destroyed unread."


class ForAMessage(Rules):
    """What is asked only while a message may be written."""

    @classmethod
    def asks(cls, exercise: Exercise, tables: Tables) -> bool:
        return super().asks(exercise, tables) and may_write(tables)

    def arrange(self, spec: Message) -> Message:
        """While it is not offered nothing of its questions is sent, only what is needed to read what she wrote."""
        if spec["offered"]:
            return spec
        bare = [_bare(item) for item in spec["items"] if item["type"] != "hints"]
        return spec | {
            "title": spec["title"] if self.holds_words else "",
            "intro": "",
            "items": bare if self.holds_words else [],
        }


class Steadiness(ForAMessage):
    """An hour that is over; of it there is nothing to be read again."""

    holds_words = False


class MessageRules(ForAMessage):
    """Reads the text as she writes; keeps what is counted and found in it beside it."""

    def arrange(self, spec: Message) -> Message:
        if not spec["offered"]:
            return super().arrange(spec | {"versions": False, "items": spec["items"][:1]})
        items = [self._as_it_is_now(item) for item in spec["items"]]
        return spec | {"said": what_matters(self.journal), "items": items}

    def to_form(self, answers: Mapping[str, Any]) -> Answers:
        return super().to_form(answers if self.offered else {"text": answers.get("text")})

    def prepared(self, answers: Answers, before: Mapping[str, Any] | None) -> Answers:
        kept = read_draft(answers["text"] or "", answers["meant"] or ())
        same = before is not None and before.get("sha256") == kept.sha256
        read_again = {name: before.get(name) if before and same else None for name in ("reread_utc", "reread_sha256")}
        derived = {
            "parts": None if self._are_of_another_text(answers) else answers.get("parts"),
            "word_count": kept.word_count,
            "sha256": kept.sha256,
            "flags": list(kept.flags),
            "confirmed": list(kept.confirmed),
            "meant": [{"kind": kind, "phrase": phrase} for kind, phrase in kept.meant] or None,
        }
        return super().prepared(answers | derived | read_again, before)

    def _are_of_another_text(self, answers: Mapping[str, Any]) -> bool:
        """Whether the ticks are those of a text of which less than half is left: they are asked again, and not kept."""
        parts, ticked_at = set(answers.get("parts") or ()), None
        for said in reversed(self._revisions()):
            if set(said.get("parts") or ()) != parts:
                break
            ticked_at = said["text"]
        return bool(parts) and ticked_at is not None and is_rewritten(ticked_at, answers["text"] or "")

    def asked_again(self, entry: Entry) -> dict[str, str]:
        """The ticks, while none is kept of a text that was written over one with ticks."""
        ticked = [said for said in self._revisions() if said.get("parts")]
        if entry.answers.get("parts") is not None or not ticked:
            return {}
        return {"parts": ASKED_AGAIN} if is_rewritten(ticked[-1]["text"], entry.answers["text"]) else {}

    def _revisions(self) -> list[Mapping[str, Any]]:
        """Every version of the message, oldest first."""
        written = self.journal.newest(self.exercise.table)
        return [one.answers for one in self.journal.revisions(written.entry_id)] if written else []

    def follows(self, table: str) -> bool:
        return table in (self.exercise.table, "gate_runs")

    def offer(self) -> Message | None:
        """To read it once more, from the morning after the last change on."""
        if not self.offered or not may_read_again(self.journal):
            return None
        entry = self.journal.entries(self.exercise.table)[-1]
        return {"text": READ_AGAIN, "button": IT_STANDS, "do": "reread", "entry_id": entry.entry_id, "saved_only": True}

    def act(self, request: Message) -> Message:
        does = {"review": lambda: self._hints(request["text"]), "reread": lambda: self._read_again(request["entry_id"])}
        return does[request["do"]]() if request["do"] in does else super().act(request)

    def _read_again(self, entry_id: str) -> Message:
        entry = next((e for e in self.journal.entries(self.exercise.table) if e.entry_id == entry_id), None)
        if entry is None or not may_read_again(self.journal):
            return refused("not-saved", CHANGED_SINCE)
        read = {"reread_utc": self.journal.clock.now().isoformat(), "reread_sha256": entry.answers["sha256"]}
        self.journal.revise(entry_id, entry.answers | read, seen=entry.revision)
        return {"changed": True, "entry_id": entry_id}

    def _hints(self, text: str) -> Message:
        """The places to read once more, that about not wanting to live first, and what the text says already."""
        found = review(text)
        places: dict[tuple[int, int], Message] = {}
        for caution in sorted(found.shown, key=lambda caution: caution.kind != "crisis"):
            start, end = caution.start, caution.end
            new = {"phrase": text[start:end], "start": _units(text[:start]), "end": _units(text[:end]), "matters": []}
            places.setdefault((start, end), new)["matters"].append(
                {
                    "kind": caution.kind,
                    "name": name_of(caution.kind).capitalize(),
                    "asks": caution.why,
                    "can_mean": caution.kind not in NEVER_MEANT,
                }
            )
        says = [SAYS[part] for part in PRESENT if part in found.present]
        return {
            "places": list(places.values()),
            "says": f"Read so far: {'; '.join(says)}." if says else "",
            "nothing": "" if places or not text.strip() else NOTHING_FOUND,
            "help": any(caution.kind == "crisis" for caution in found.cautions),
        }

    def _as_it_is_now(self, item: Message) -> Message:
        if item["id"] != "parts" or not has_somebody(self.journal):
            return item
        return item | {"choices": [choice for choice in item["choices"] if choice[0] != WITH_US]}


class UnsentLetter(Rules):
    """Kept, put away until a day, or destroyed; of one that is put away nothing leaves the journal before its day."""

    def arrange(self, spec: Message) -> Message:
        return spec if may_write(self.journal) else spec | {"said": what_matters(self.journal)}

    def to_form(self, answers: Mapping[str, Any]) -> Answers:
        has_opened = bool(self.note(answers))
        return super().to_form(dict(answers) | ({"fate": None, "sealed_until": None} if has_opened else {}))

    def note(self, answers: Mapping[str, Any]) -> str:
        until = answers.get("sealed_until")
        if until is None or is_sealed(until, self.today):
            return ""
        return f"Put away until {day(pd.Timestamp(until), pd.Timestamp(self.today))}; open now."

    def closed(self, answers: Mapping[str, Any]) -> str:
        until = answers.get("sealed_until")
        if until is None or not is_sealed(until, self.today):
            return ""
        return f"Put away until {day(pd.Timestamp(until), pd.Timestamp(self.today))}."

    def prepared(self, answers: Answers, before: Mapping[str, Any] | None) -> Answers:
        if before is not None and self.closed(before):
            raise InvalidEntry({"text": STILL_SEALED})
        return super().prepared(answers, before)


def what_matters(journal: Journal) -> Message | None:
    """The line above what she writes, the message or, where there is none, the letter: what she picked as 3.2."""
    picked = journal.entries("values")
    if not picked:
        return None
    chosen, why = (picked[-1].answers.get(name) for name in ("value", "why"))
    label = journal.catalogue.exercise("values").item("value").choices.get(str(chosen), "")
    return {"label": f"What matters to you: {label}.", "text": why or ""}


def _bare(item: Message) -> Message:
    names = ("id", "type", "short", "choices", "range")
    return {"ask": "" if item["short"] else item["ask"], **{name: item[name] for name in names}}


def _units(text: str) -> int:
    """Its length as a browser counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
