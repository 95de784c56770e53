"""The controls of a page, which follow what is written: in a form, and with the journal as a whole."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from widgets.catalogue import Catalogue
from widgets.controls import Archive, Control, Form, Handout, Reading, Tasks
from widgets.journal import Journal, JournalError

from .answering import Message, reply
from .archive import ArchiveDesk
from .desk import Desk
from .handing_out import HandoutDesk
from .keep import Card

READER, SHARES = "reader", "shares"  # the tables that decide the wording, and that say what has left
MOMENT = 0.5  # seconds in which the cards come to stand, before more is read for them


class Following:
    """Makes the controls of one page over a journal, and tells each what a change alters on it."""

    def __init__(self, journal: Journal | None, catalogue: Catalogue) -> None:
        self.journal = journal
        self._catalogue = catalogue
        self.forms: list[tuple[Desk, Form]] = []
        self.handouts: list[tuple[HandoutDesk, Handout]] = []
        self.readings: list[Reading] = []
        self.cards: list[Tasks] = []
        self._drawn: dict[str, Message] = {}  # exercise -> the spec its form was last given
        self._looked_at: list[Card] = []
        self._to_frame: Control | None = None  # the control that tells the frame what is written where

    # ---- the controls

    def form(self, desk: Desk, twin: str) -> Form:
        """The form of an exercise."""

        def answer(request: Message) -> Message:
            answered = desk.handle(request)
            if request["do"] == "open":
                self._drawn[desk.exercise.id] = answered["spec"]
            return answered

        form = Form(self._telling(answer), twin)
        self.forms.append((desk, form))
        self._to_frame = self._to_frame or form
        return form

    def archive(self, desk: ArchiveDesk, twin: str) -> Archive:
        """The search of all she wrote."""
        archive = Archive(self._telling(desk.handle), twin)
        self._to_frame = self._to_frame or archive
        return archive

    def handout(self, desk: HandoutDesk, twin: str) -> Handout:
        """A file to take out."""
        handout = Handout(desk.handle, twin)
        self.handouts.append((desk, handout))
        return handout

    def reading(self, show: Callable[[], Message], twin: str, markdown: str | None = None) -> Reading:
        """A panel. show: its content as it is now."""
        reading = Reading(show, twin, markdown)
        self.readings.append(reading)
        return reading

    def card(self, card: Card) -> Tasks:
        """Things to do with the journal as a whole."""

        def content() -> Message:
            self._look_later(card)
            return card.content()

        tasks = Tasks(content, lambda request: self._of_card(card, request), card.title)
        self.cards.append(tasks)
        return tasks

    # ---- after a change

    def changed(self, table: str) -> None:
        """What the readings say, which she waits for; then every form that the change of a table alters."""
        for reading in self.readings:
            reading.refresh()
        for desk, form in self.forms:
            exercise = desk.exercise.id
            drawn, spec = self._drawn.get(exercise), desk.spec()
            if table == READER or drawn not in (None, spec):
                self._drawn[exercise] = spec
                form.push({"push": "spec", "spec": spec, "state": desk.state()})
            elif desk.follows(table):
                form.push({"push": "state", "state": desk.state()})
        for desk_of_file, handout in self.handouts:
            if table != SHARES:
                handout.push({"push": "spec", "spec": desk_of_file.spec()})
        self._tell_written()

    def _all_anew(self) -> None:
        """After something was done with the journal as a whole, everything on the page follows."""
        with suppress(JournalError):  # what was done is done; a page that cannot follow says so when it is used
            for desk, form in self.forms:
                form.push({"push": "state", "state": desk.state()})
            for shown in (*self.readings, *self.cards):
                shown.refresh()
            self._tell_written()

    def _telling(self, handle: Callable[[Message], Message]) -> Callable[[Message], Message]:
        """The same; when a control opens, the frame hears what is written where."""

        def answer(request: Message) -> Message:
            answered = handle(request)
            if request["do"] == "open":
                self._tell_written()
            return answered

        return answer

    def _tell_written(self) -> None:
        """Tell the frame on which pages something of hers stands."""
        if self.journal is None or self._to_frame is None:
            return
        journal, written = self.journal, self.journal.written_tables()
        exercises = [e for e in self._catalogue.exercises.values() if e.table in written]
        stands = [e for e in exercises if not e.fixed or journal.newest(e.table, says=e.fixed)]  # tables may be shared
        self._to_frame.push({"push": "written", "pages": sorted({self._catalogue.page_of[e.id] for e in stands})})

    # ---- cards

    def _look_later(self, card: Card) -> None:
        """Whether all is whole takes a reading of all: it follows once the cards stand there."""
        if self.journal is not None and card not in self._looked_at:
            self._looked_at.append(card)
            with suppress(RuntimeError):  # without a loop there is nobody to tell
                asyncio.get_running_loop().call_later(MOMENT, self._look, card)

    def _look(self, card: Card) -> None:
        with suppress(JournalError):
            if card.look():
                for shown in self.cards:
                    shown.refresh()

    def _of_card(self, card: Card, request: Message) -> Message:
        if request["do"] == "earlier":
            return reply(card.earlier, "not-done")
        done = reply(lambda: card.run(request["task"], request["fields"]), "not-done")
        if done.keys() & {"error", "content"}:  # nothing was done, or the card has ended what the page is about
            return done
        if self.journal is not None:
            self._all_anew()
        return {"content": card.content()} | done
