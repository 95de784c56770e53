"""Rules of the gate: which lines may be set aside, what a kept run rests on, and when a message may be copied."""

from collections.abc import Mapping, Sequence
from typing import Any

from widgets.readings.at_the_gate import can_be_set_aside, is_long_enough, read_gate

from ..message_way import TERMS, gate_now, message_hash, stand_now
from .base import Answers, Message
from .say_it_once import ForAMessage

ASIDE = ("overrides", "override_reason")
A_MINUTE = 60
TOO_SHORT = "Write a reason of at least 40 letters. It is for you, on another day."
NOT_THESE = "This line cannot be set aside as it stands now: {}. Take it out."
NOT_NOW = "Not copied. It has changed; look above."
NOT_SAVED = "The message has words that are not saved. Once they are, this is looked at again."
COPY = {
    "button": "Copy the message",
    "of": "message",
    "unsaved": NOT_SAVED,
    "done": "Nothing was sent. If you send it, write that down, so that one message stays one:",
    "link": "His terms",
    "href": TERMS,
}


class GateRun(ForAMessage):
    """One look at the gate, kept with what it rests on."""

    holds_words = False

    def arrange(self, spec: Message) -> Message:
        """Whether a line shall be set aside is asked once nothing else is in the way."""
        if not spec["offered"]:
            return super().arrange(spec)
        found, reasons, stand = stand_now(self.journal)
        unmet = [item for item in found.items if not item.holds and item.id not in reasons]
        codes = [item.id.lower() for item in unmet]
        if stand.result != "wait" or any(item.hard for item in unmet):
            return spec | {"items": [item for item in spec["items"] if item["id"] not in ASIDE]}
        items = [item | {"choices": [c for c in item["choices"] if c[0] in codes]} for item in spec["items"][:1]]
        return spec | {"items": [*items, *spec["items"][1:]]}

    def further(self) -> Message:
        if not self.offered:
            return {}
        return {"copy": COPY if self._passes() else None, "again": A_MINUTE}

    def follows(self, table: str) -> bool:
        return True

    def prepared(self, answers: Answers, before: Mapping[str, Any] | None) -> Answers:
        return super().prepared(answers | self._run(answers), before)

    def faults(self, answers: Answers, others: Sequence[Mapping[str, Any]]) -> dict[str, str]:
        found = super().faults(answers, others)
        known = {item.id.lower() for item in can_be_set_aside(gate_now(self.journal))}
        labels = self.exercise.item("overrides").choices
        wrong = [labels[code] for code in answers["overrides"] or () if code not in known]
        if wrong:
            found["overrides"] = NOT_THESE.format(", ".join(wrong))
        if answers["overrides"] and not is_long_enough(answers["override_reason"] or ""):
            found["override_reason"] = TOO_SHORT
        return found

    def act(self, request: Message) -> Message:
        return self._copy() if request["do"] == "copy" else super().act(request)

    def _copy(self) -> Message:
        """The saved text, if nothing speaks against it at this moment; a run says that it was copied."""
        message = self.journal.entries("drafts")
        draft = self.journal.draft("message")
        if message and draft is not None and draft.answers.get("text") not in (None, message[-1].answers["text"]):
            return {"text": None, "told": NOT_SAVED}
        if not message or not self.offered or not self._passes():
            return {"text": None, "told": NOT_NOW, "changed": True}
        self.journal.save(self.exercise.table, self.prepared({"copied": True}, None))
        at = self.journal.clock.now().isoformat()
        return {"text": message[-1].answers["text"], "at": at, "changed": True}

    def _passes(self) -> bool:
        _, _, stand = stand_now(self.journal)
        return stand.result == "nothing_against"

    def _run(self, answers: Mapping[str, Any]) -> Answers:
        """How it stands as the columns of a run, with the reasons it is kept with."""
        found, reasons, _ = stand_now(self.journal)
        reason = answers.get("override_reason") or ""
        may = {item.id for item in can_be_set_aside(found)} if is_long_enough(reason) else set()
        new = {code.upper(): reason for code in answers.get("overrides") or () if code.upper() in may}
        stand = read_gate(found, {**reasons, **new}, self.journal.clock.now())
        return {
            "result": stand.result,
            "until": None if stand.until is None else stand.until.isoformat(),
            **{item.id.lower(): item.holds for item in found.items},
            "sha256": message_hash(self.journal),
            "relied_on": [{"item": item.id.lower(), "entry": entry} for item in found.items for entry in item.entries]
            or None,
        }
