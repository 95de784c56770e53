"""One exercise at work: answers the form's requests from the journal."""

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from widgets.catalogue import Catalogue, Exercise, InvalidEntry, Wording
from widgets.journal import ChangedElsewhere, Entry, Journal, JournalError, NotErased
from widgets.readings.crisis import mentions_crisis

from .prepare import ORDERS, not_now, prepared
from .specs import spec

Message = dict[str, Any]
ROW = "_row"  # in a draft: the entry that was being edited


class Desk:
    """Opens, saves, withdraws, restores and drafts one exercise. `changed(table)` is called after each change."""

    def __init__(
        self,
        exercise: Exercise,
        journal: Journal,
        catalogue: Catalogue,
        wording: Callable[[], Wording],
        changed: Callable[[str], None],
    ) -> None:
        self.exercise = exercise
        self._journal = journal
        self._catalogue = catalogue
        self._wording = wording
        self._changed = changed
        self._does: dict[str, Callable[[Message], Message]] = {
            "open": self._open,
            "save": self._save,
            "withdraw": self._withdraw,
            "restore": self._restore,
            "draft": self._draft,
            "drop-draft": self._drop_draft,
        }

    def handle(self, request: Message) -> Message:
        """The answer to one request of the form; refusals come as `{"ok": False, "error": …}`."""
        try:
            return self._does[request["do"]](request)
        except InvalidEntry as invalid:
            faults = [{"item": item, "message": self._wording().fill(words)} for item, words in invalid.faults.items()]
            return {"ok": False, "error": {"kind": "invalid", "faults": faults}}
        except ChangedElsewhere as elsewhere:
            return {"ok": False, "error": {"kind": "elsewhere", "entry": self._sent(elsewhere.entry)}}
        except JournalError as error:
            return {"ok": False, "error": {"kind": "not-saved", "message": str(error)}}

    def spec(self) -> Message:
        """What the form draws."""
        return spec(self.exercise, self._wording(), self._journal.clock.now().date())

    def state(self) -> Message:
        """The exercise's entries and draft as they are in the journal now."""
        draft = self._journal.draft(self.exercise.id)
        kept = None
        if draft is not None:
            answers = {k: v for k, v in draft.answers.items() if k != ROW}
            kept = {
                "answers": answers,
                "kept": draft.kept_utc.isoformat(),
                "writer": draft.writer,
                "row": draft.answers.get(ROW),
            }
        return {
            "entries": [self._sent(e) for e in self._entries()],
            "draft": kept,
            "problem": self._journal.problem,
            "sample": self._journal.is_sample,
        }

    def _entries(self) -> list[Entry]:
        entries = [
            e for e in self._journal.entries(self.exercise.table) if self.exercise.fixed.items() <= e.answers.items()
        ]
        if self.exercise.kind == "single":
            return entries[-1:]
        if self.exercise.kind == "series":
            now = self._journal.clock.now()
            return [e for e in entries if e.created_utc.astimezone(now.tzinfo).date() == now.date()]
        return sorted(entries, key=in_order) if (in_order := ORDERS.get(self.exercise.id)) else entries

    def _open(self, request: Message) -> Message:
        return {"spec": self.spec(), "state": self.state()}

    def _save(self, request: Message) -> Message:
        entry_id, seen = request["entry_id"], request["seen"]
        before = next((e for e in self._entries() if e.entry_id == entry_id), None)
        if before is None and self.exercise.kind == "single":
            for other in self._entries():  # written first in another window
                raise ChangedElsewhere(other)
        answers = self._catalogue.check_form(self.exercise.id, request["answers"])
        today = self._journal.clock.now().date()
        answers = prepared(self.exercise, answers, before.answers if before else None, today)
        others = [e.answers for e in self._entries() if e.entry_id != entry_id]
        if faults := not_now(self.exercise, answers, others, today):
            raise InvalidEntry(faults)
        self._store(entry_id, seen, answers, before)
        self._journal.drop_draft(self.exercise.id)
        self._changed(self.exercise.table)
        saved = next((e for e in self._entries() if e.entry_id == entry_id), None)
        shown = self._sent(saved) if saved else _since_withdrawn(entry_id, answers, self._journal.clock.now())
        return {"entry": shown, "state": self.state(), "help": self._help_first(answers)}

    def _store(self, entry_id: str, seen: int, answers: Message, before: Entry | None) -> None:
        if before is not None and self._keeps_details(before.answers) and not self._keeps_details(answers):
            if seen != before.revision:
                raise ChangedElsewhere(before)
            with suppress(NotErased):  # the rows are gone; a page that still reads holds up emptying the log
                self._journal.erase(entry_id)  # she no longer wants the details kept: not in earlier versions either
            seen = 0
        if seen:
            self._journal.revise(entry_id, answers, seen=seen)
        else:
            self._journal.save(self.exercise.table, answers, entry_id)

    def _keeps_details(self, answers: Message) -> bool:
        return any(item.keep_if and answers.get(item.id) is not None for item in self.exercise.items)

    def _sent(self, entry: Entry) -> Message:
        not_kept = [i.id for i in self.exercise.items if i.keep_if and entry.answers.get(i.keep_if) is not True]
        return {
            "entry_id": entry.entry_id,
            "revision": entry.revision,
            "saved": entry.saved_utc.isoformat(),
            "answers": entry.answers,
            "not_kept": not_kept,
        }

    def _help_first(self, answers: Message) -> bool:
        """True if a long text holds wording about not wanting to live. Nothing is stored about it."""
        texts = [answers[i.id] for i in self.exercise.items if i.type == "long-text" and answers.get(i.id)]
        return any(mentions_crisis(text, self._catalogue.crisis_patterns) for text in texts)

    def _withdraw(self, request: Message) -> Message:
        self._journal.withdraw(request["entry_id"])
        self._changed(self.exercise.table)
        return {"state": self.state()}

    def _restore(self, request: Message) -> Message:
        self._journal.restore(request["entry_id"], request["revision"])
        self._changed(self.exercise.table)
        return {"state": self.state()}

    def _draft(self, request: Message) -> Message:
        before = self._journal.draft(self.exercise.id)
        answers = self._catalogue.check_draft(self.exercise.id, request["answers"])
        if request.get("row"):
            answers[ROW] = request["row"]
        self._journal.keep_draft(self.exercise.id, answers, writer=request["writer"])
        elsewhere = before is not None and before.writer not in ("", request["writer"])
        return {"kept": self._journal.clock.now().isoformat(), "elsewhere": elsewhere}

    def _drop_draft(self, request: Message) -> Message:
        self._journal.drop_draft(self.exercise.id)
        return {}


def _since_withdrawn(entry_id: str, answers: Message, now: dt.datetime) -> Message:
    """The answer to a late repetition of a save whose entry was withdrawn since, in another window."""
    return {"entry_id": entry_id, "revision": 0, "saved": now.isoformat(), "answers": answers}
