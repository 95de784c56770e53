"""One exercise at work: answers the form's requests from the journal."""

import datetime as dt
from collections.abc import Callable
from contextlib import suppress

from widgets.catalogue import Catalogue, Exercise, InvalidEntry, Wording
from widgets.journal import ChangedElsewhere, Entry, Journal, JournalError, NotErased, NotSaved, same_answers
from widgets.readings.message import speaks_of_dying

from .answering import Message, not_valid, refused
from .answers import own_words
from .branches import is_core
from .listening import listener
from .rules import DAY, rules_of
from .serves import serves
from .specs import spec
from .standing import Standing
from .versions import earlier, gone

ROW = "_row"  # in a draft: the entry that was being edited
NO_OFFER = "This was confirmed, or chosen again, in the meantime. Nothing was changed."
MOMENT = dt.timedelta(minutes=10)
OTHER_DAY = "What is saved stays with its day. Withdraw it, and write it again for the other day."


class Desk:
    """Opens, saves, withdraws, restores and drafts one exercise. `changed(table)` is called after each change."""

    def __init__(
        self,
        exercise: Exercise,
        journal: Journal,
        catalogue: Catalogue,
        wording: Callable[[], Wording],
        changed: Callable[[str], None],
        tells_damage: Callable[[str], bool] = lambda exercise: True,
    ) -> None:
        self.exercise = exercise
        self._journal = journal
        self._catalogue = catalogue
        self._wording = wording
        self._changed = changed
        self._tells_damage = tells_damage
        self._rules = rules_of(exercise, journal)
        self._standing = Standing(exercise, journal, self._rules)
        self._does: dict[str, Callable[[Message], Message]] = {
            "open": self._open,
            "save": self._save,
            "withdraw": self._withdraw,
            "restore": self._restore,
            "draft": self._draft,
            "drop-draft": self._drop_draft,
            "confirm": self._confirm,
            "versions": self._versions,
            "erase": self._erase,
            "earlier": self._show_earlier,
        }

    def handle(self, request: Message) -> Message:
        """The answer to one request of the form."""
        try:
            return self._does.get(request["do"], self._act)(request)
        except InvalidEntry as invalid:
            return not_valid(invalid, self._wording().fill)
        except ChangedElsewhere as elsewhere:
            return {"ok": False, "error": {"kind": "elsewhere", "entry": self._sent(elsewhere.entry)}}
        except JournalError as error:
            return refused("not-saved", _told(error, request["do"]))

    def spec(self) -> Message:
        """What the form draws."""
        wording, today = self._wording(), self._journal.clock.now().date()
        now = {"offered": self.offered, "core": is_core(self.exercise, self._journal)}
        drawn = self._rules.arrange(spec(self.exercise, wording, today) | now)
        return drawn | {"serves": serves(self._catalogue, self.exercise.id, wording, listener(self._journal))}

    def follows(self, table: str) -> bool:
        """Whether the form is to be told how things stand after a change of this table."""
        return self._rules.follows(table)

    @property
    def offered(self) -> bool:
        """Whether it is asked of this reader, now."""
        return self._rules.offered

    def state(self) -> Message:
        """The exercise's entries and draft as they are in the journal now."""
        draft = self._journal.draft(self.exercise.id)
        shown, are_more = self._standing.shown(draft.answers.get(ROW) if draft else None)
        kept = None
        if draft is not None:
            answers = {k: v for k, v in draft.answers.items() if k != ROW}
            begun = draft.kept_utc.astimezone(self._journal.clock.now().tzinfo).date()
            here, remark = self._rules.taken_up(answers, begun)
            kept = {
                "answers": self._rules.to_form(here),
                "kept": draft.kept_utc.isoformat(),
                "remark": remark,
                "writer": draft.writer,
                "row": draft.answers.get(ROW),
            }
        return {
            "entries": [self._sent(e) for e in shown] if self.offered or self._rules.holds_words else [],
            "earlier": are_more,
            "draft": kept,
            "offer": self._rules.offer(),
            "versions": len(self._earlier()),
            "again_in": self._rules.again_in(),
            "problem": self._damage(),
            "sample": self._journal.is_sample,
            **self._rules.further(),
        }

    def _damage(self) -> str | None:
        problem = self._journal.problem
        return problem if problem and self._tells_damage(self.exercise.id) else None

    def _show_earlier(self, request: Message) -> Message:
        self._standing.show_all()
        return {"state": self.state()}

    def _open(self, request: Message) -> Message:
        return {"spec": self.spec(), "state": self.state()}

    def _save(self, request: Message) -> Message:
        entry_id, seen = request["entry_id"], request["seen"]
        before = self._standing.one(entry_id)
        if before is None and (first := self._written_first(request["answers"])):
            raise ChangedElsewhere(first)
        answers = self._rules.whole(self._rules.from_form(request["answers"]), before.answers if before else None)
        on = self._day(answers, before)
        answers = self._catalogue.check_form(self.exercise.id, answers)
        answers = self._rules.prepared(answers, before.answers if before else None)
        if faults := self._rules.faults(answers, self._standing.others(entry_id)):
            raise InvalidEntry(faults)
        if before is None and (twin := self._twin(answers, on)):
            return self._saved(twin.entry_id, answers) | {"already": True}
        self._store(entry_id, seen, answers, before, on)
        return self._saved(entry_id, answers)

    def _written_first(self, answers: Message) -> Entry | None:
        """What another window has written in the place where there is only one."""
        if self.exercise.kind == "single" or self.exercise.open_for:
            return next(iter(self._standing.all()), None)
        card = self.exercise.cards
        if not card:
            return None
        return next((e for e in self._standing.all() if e.answers.get(card) == answers.get(card)), None)

    def _twin(self, answers: Message, on: dt.date | None) -> Entry | None:
        """The same check-in, saved a moment ago: here, or in another window that had restored the same draft."""
        if not self.exercise.shown_after_saving:
            return None
        now, kept = self._journal.clock.now(), self._catalogue.check(self.exercise.table, answers)
        near = (e for e in self._standing.all() if e.created_utc > now - MOMENT and e.local_date == (on or now.date()))
        return next((e for e in near if same_answers(e.answers, kept)), None)

    def _day(self, answers: Message, before: Entry | None) -> dt.date | None:
        """The day a new entry is about, None for today."""
        try:
            on = self._rules.day_of(answers)
        except ValueError as fault:
            raise InvalidEntry({DAY: str(fault)}) from None
        if before is not None:
            written = before.created_utc.astimezone(self._journal.clock.now().tzinfo).date()
            if (on or written) != before.local_date and self.exercise.back:
                raise InvalidEntry({DAY: OTHER_DAY})
        return on

    def _saved(self, entry_id: str, answers: Message) -> Message:
        self._journal.drop_draft(self.exercise.id)
        for table in (*self._rules.after_save(), self.exercise.table):
            self._changed(table)
        saved = self._standing.one(entry_id)
        shown = self._sent(saved) if saved else _since_withdrawn(entry_id, answers, self._journal.clock.now())
        return {"entry": shown, "state": self.state(), "help": self._help_first(answers)}

    def _store(self, entry_id: str, seen: int, answers: Message, before: Entry | None, on: dt.date | None) -> None:
        if before is not None and self._keeps_details(before.answers) and not self._keeps_details(answers):
            if seen != before.revision:
                raise ChangedElsewhere(before)
            with suppress(NotErased):  # earlier versions are gone; a page that still reads holds up emptying the log
                self._journal.rewrite(entry_id, answers, on=on)  # she wants no details kept
            self._standing.one_came()
        elif seen:
            self._journal.revise(entry_id, answers, seen=seen)
        else:
            self._journal.save(self.exercise.table, answers, entry_id, on=on)
            self._standing.one_came()

    def _keeps_details(self, answers: Message) -> bool:
        return any(item.keep_if and answers.get(item.id) is not None for item in self.exercise.items)

    def _sent(self, entry: Entry) -> Message:
        day = {DAY: entry.local_date.isoformat()} if entry.late and self.exercise.back else {}
        closed, note = self._rules.closed(entry.answers), self._rules.note(entry.answers)
        return {
            "entry_id": entry.entry_id,
            "revision": entry.revision,
            "saved": entry.saved_utc.isoformat(),
            "closed": self._wording().fill(closed) if closed else "",
            "note": self._wording().fill(note) if note else "",
            "answers": {} if closed else self._rules.to_form(entry.answers) | day,
            "not_kept": self._rules.not_kept(entry.answers),
            "asked_again": self._rules.asked_again(entry),
        }

    def _help_first(self, answers: Message) -> bool:
        """True if she writes about not wanting to live, in a line as in a letter. Nothing is stored about it."""
        return any(map(speaks_of_dying, own_words(self.exercise, answers)))

    def _withdraw(self, request: Message) -> Message:
        self._journal.withdraw(request["entry_id"])
        self._changed(self.exercise.table)
        return {"state": self.state()}

    def _restore(self, request: Message) -> Message:
        self._journal.restore(request["entry_id"], request["revision"])
        self._changed(self.exercise.table)
        return {"state": self.state()}

    def _versions(self, request: Message) -> Message:
        return {"versions": self._earlier()}

    def _earlier(self) -> list[Message]:
        if not self.exercise.versions:
            return []
        return earlier(self.exercise, self._journal, next(reversed(self._standing.all()), None))

    def _erase(self, request: Message) -> Message:
        """Out of the file, the draft too. Her words come along only so that help may come first."""
        self._journal.drop_draft(self.exercise.id)
        help_first = self._help_first(request["answers"])
        try:
            erased = self._journal.erase(request["entry_id"])
        finally:
            self._changed(self.exercise.table)
        return {"told": gone(erased, self._journal), "state": self.state(), "help": help_first}

    def _act(self, request: Message) -> Message:
        reply = self._rules.act(request)
        saved = reply.pop("entry_id", None)
        if reply.pop("changed", False):
            self._changed(self.exercise.table)
            reply["state"] = self.state()
        if saved:
            entry = self._standing.one(saved)
            assert entry is not None  # the rules have just saved it
            reply["entry"] = self._sent(entry)
        return reply

    def _draft(self, request: Message) -> Message:
        before = self._journal.draft(self.exercise.id)
        from_form = self._rules.from_form(request["answers"])
        answers = self._catalogue.check_draft(self.exercise.id, from_form)
        if from_form.get(DAY):
            answers[DAY] = from_form[DAY]
        if request.get("row"):
            answers[ROW] = request["row"]
        self._journal.keep_draft(self.exercise.id, answers, writer=request["writer"])
        elsewhere = before is not None and before.writer not in ("", request["writer"])
        return {"kept": self._journal.clock.now().isoformat(), "elsewhere": elsewhere}

    def _confirm(self, request: Message) -> Message:
        answers = self._rules.confirmed(request["entry_id"])
        if answers is None:
            return refused("not-saved", NO_OFFER)
        return self._saved(self._journal.save(self.exercise.table, answers), answers)

    def _drop_draft(self, request: Message) -> Message:
        self._journal.drop_draft(self.exercise.id)
        return {}


def _told(error: JournalError, done: str) -> str:
    """The sentence that fits what she did."""
    if done == "save":
        return str(error)
    return error.of_a_draft if done == "draft" and isinstance(error, NotSaved) else error.without_a_save


def _since_withdrawn(entry_id: str, answers: Message, now: dt.datetime) -> Message:
    """The answer to a late repetition of a save whose entry was withdrawn since, in another window."""
    return {"entry_id": entry_id, "revision": 0, "saved": now.isoformat(), "answers": answers}
