"""A page of the workbook: passage, exercise, what the answers say, the way on. The room where everything meets."""

import asyncio
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import pandas as pd

from widgets.catalogue import (
    Catalogue,
    Exercise,
    InvalidEntry,
    Paragraph,
    Passage,
    Wording,
    load_catalogue,
    wording_for,
)
from widgets.controls import Archive, Control, Form, Handout, Reading, Tasks
from widgets.journal import Journal, JournalError, open_journal
from widgets.readings.letter import without_sealed

from .archive import TITLE as ARCHIVE
from .archive import ArchiveDesk
from .desk import Desk
from .keep import CARDS, Card
from .listening import chose_otherwise, listener
from .reminding import TITLE as REMINDERS
from .reminding import RemindersDesk
from .rules import is_asked
from .sharing import SharingDesk
from .shows import OF, SHOWS, TITLES, content, plain, work_ahead
from .way import TITLE as WAY
from .way import way
from .where_kept import TITLE as WHERE_KEPT
from .where_kept import where_kept

READER = "reader"  # the table that decides the wording
MOMENT = 0.5  # seconds in which the cards come to stand, before more is read for them
LETTERS = "letters"  # the table in which something may be put away
SHARE, SHARES = "share", "shares"  # the exercise that makes a file, and its table
DEFAULT = Wording()
PASSAGE = "A part of the article"


class Markdown:
    """Our own words as a notebook output: Markdown for viewers, plain text for comparing."""

    def __init__(self, markdown: str, text: str) -> None:
        self._bundle = {"text/markdown": markdown, "text/plain": text}

    def __repr__(self) -> str:
        return self._bundle["text/plain"]

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return dict(self._bundle)


class Page:
    """One page over one journal. `journal` is None, and `problem` a sentence, where the journal could not be opened."""

    def __init__(self, name: str, catalogue: Catalogue, journal: Journal | None, problem: str = "") -> None:
        self.name = name
        self._catalogue = catalogue
        self._journal = journal
        self._problem = problem
        self._forms: list[tuple[Exercise, Desk, Form]] = []
        self._drawn: dict[str, dict[str, Any]] = {}  # exercise -> the spec its form was last given
        self._readings: list[Reading] = []
        self._cards: list[Tasks] = []
        self._looked_at: list[Card] = []
        self._teller: str | None = None  # the exercise under which damage is told, once a page
        self._drawn_live = True  # are all passages so far?
        self._to_frame: Control | None = None  # the control that tells the frame what is written where
        self._handouts: list[tuple[SharingDesk | RemindersDesk, Handout]] = []

    def __repr__(self) -> str:
        return f"Page {self.name}"

    def is_current(self) -> bool:
        """Whether a page opened now would have the same cells: forms and readings ask anew whenever they are shown, yet
        a passage is no widget while she has chosen neither a name nor pronouns.
        """
        return self._journal is not None and (self._wording() == DEFAULT or self._drawn_live)

    def passage(self, passage_id: str) -> Any:
        """A passage of the article. With a name or chosen pronouns it is drawn live: no file ever holds them. So it is
        where not all read the same.
        """
        passage = self._catalogue.passage(self.name, passage_id)
        if passage.is_for_everyone and self._wording() == DEFAULT:
            self._drawn_live = False
            return Markdown(passage.markdown(DEFAULT), passage.plain(DEFAULT))
        show = self._guarded(
            lambda journal: _passage_content(
                passage.told_to(listener(journal)), self._wording(), is_folded=chose_otherwise(journal)
            )
        )
        reading = Reading(show, *self._passage_twin(passage))
        self._readings.append(reading)
        return reading

    def _passage_twin(self, passage: Passage) -> tuple[str, str | None]:
        """As text and as Markdown; without what would tell how the way to him is."""
        if not passage.is_for_everyone:
            if self._journal is None or not self._journal.is_sample:
                return f"{PASSAGE}: shown on the page only.", None
            passage = passage.told_to(listener(self._journal))
        return passage.plain(DEFAULT), passage.markdown(DEFAULT)

    def exercise(self, exercise_id: str) -> Form | Handout:
        """The form of an exercise; of 5.6 the handout."""
        exercise = self._catalogue.exercise(exercise_id)
        kind = Handout if exercise_id == SHARE else Form
        if self._journal is None:
            refusal = {"ok": False, "error": {"kind": "not-saved", "message": self._problem}}
            return kind(lambda request: refusal, _questions(exercise, []))
        if exercise_id == SHARE:
            return self._share(exercise, self._journal)
        desk = Desk(exercise, self._journal, self._catalogue, self._wording, self._changed, self._is_teller)
        form = Form(self._answering(desk), self._exercise_twin(desk))
        self._forms.append((exercise, desk, form))
        self._to_frame = self._to_frame or form
        return form

    def archive(self) -> Archive:
        """All she wrote, to be searched; each entry with its versions, of which an earlier one can stand again."""
        twin = f"{ARCHIVE}\n  Words you remember\n  Where"
        if self._journal is None:
            refusal = {"ok": False, "error": {"kind": "not-read", "message": self._problem}}
            return Archive(lambda request: refusal, twin)
        desk = ArchiveDesk(self._journal, self._catalogue, self._wording, self._changed)
        control = Archive(self._telling(desk.handle), twin)
        self._to_frame = self._to_frame or control
        return control

    def _share(self, exercise: Exercise, journal: Journal) -> Handout:
        desk = SharingDesk(exercise, journal, self._wording, lambda: self._changed(exercise.table))
        handout = Handout(desk.handle, _questions(exercise, []))
        self._handouts.append((desk, handout))
        return handout

    def reminders(self) -> Handout:
        """A file for her own calendar."""
        if self._journal is None:
            refusal = {"ok": False, "error": {"kind": "not-made", "message": self._problem}}
            return Handout(lambda request: refusal, REMINDERS)
        desk = RemindersDesk(self._journal, self._wording)
        handout = Handout(desk.handle, REMINDERS)
        self._handouts.append((desk, handout))
        return handout

    def reading(self, name: str) -> Reading:
        """What the answers to an exercise say, kept up to date as she saves. name: the exercise's, or "what-ifs"."""
        if name not in SHOWS:
            raise LookupError(f"There is no reading of {name!r}. There are: {', '.join(SHOWS)}.")
        show = self._guarded(lambda journal: content(name, journal, self._wording()))
        is_sample = self._journal is not None and self._journal.is_sample
        exercise = self._catalogue.exercise(OF.get(name, name))
        twin = plain(show()) if is_sample else f"{TITLES.get(name) or exercise.title}: shown on the page only."
        if self._journal is not None and not is_asked(exercise, self._journal):
            twin = ""
        if self._journal is not None:
            with suppress(JournalError):  # the reading will say it
                work_ahead(name, self._journal)
        reading = Reading(show, twin)
        self._readings.append(reading)
        return reading

    def where_kept(self) -> Reading:
        """Where her words are kept, and who could read them: true for this installation."""
        reading = Reading(lambda: where_kept(self._journal), f"{WHERE_KEPT}: shown on the page only.")
        self._readings.append(reading)
        return reading

    def keep(self, name: str) -> Tasks:
        """A card about the journal as a whole. name: "passphrase", "backups", "copies" or "erase"."""
        if name not in CARDS:
            raise LookupError(f"There is no card {name!r}. There are: {', '.join(CARDS)}.")
        card = CARDS[name](self._journal, lambda text: self._wording().fill(text), self._problem)

        def content() -> dict[str, Any]:
            self._look_later(card)
            return card.content()

        tasks = Tasks(content, lambda request: self._of_card(card, request), card.title)
        self._cards.append(tasks)
        return tasks

    def _look_later(self, card: Card) -> None:
        """Whether all is whole takes a reading of all: it follows once the cards stand there."""
        if self._journal is not None and card not in self._looked_at:
            self._looked_at.append(card)
            with suppress(RuntimeError):  # without a loop there is nobody to tell
                asyncio.get_running_loop().call_later(MOMENT, self._look, card)

    def _look(self, card: Card) -> None:
        with suppress(JournalError):
            if card.look():
                for shown in self._cards:
                    shown.refresh()

    def _of_card(self, card: Card, request: dict[str, Any]) -> dict[str, Any]:
        try:
            if request["do"] == "earlier":
                return card.earlier()
            reply = card.run(request["task"], request["fields"])
        except InvalidEntry as invalid:
            faults = [{"item": item, "message": words} for item, words in invalid.faults.items()]
            return {"ok": False, "error": {"kind": "invalid", "faults": faults}}
        except JournalError as error:
            return {"ok": False, "error": {"kind": "not-done", "message": error.without_a_save}}
        if "content" in reply:  # the card has ended what the page is about
            return reply
        if self._journal is not None:
            self._all_anew()
        return {"content": card.content()} | reply

    def _is_teller(self, exercise: str) -> bool:
        """The first that has damage to tell tells it."""
        self._teller = self._teller or exercise
        return self._teller == exercise

    def _all_anew(self) -> None:
        """After something was done with the journal as a whole, everything on the page follows."""
        with suppress(JournalError):  # what was done is done; a page that cannot follow says so when it is used
            for _, desk, form in self._forms:
                form.push({"push": "state", "state": desk.state()})
            for shown in (*self._readings, *self._cards):
                shown.refresh()
            self._tell_written()

    def way(self) -> Reading:
        """What she chose for now, what this page is for then, and the way to choose anew."""
        show = self._guarded(lambda journal: way(self.name, journal, self._wording()))
        is_sample = self._journal is not None and self._journal.is_sample
        reading = Reading(show, plain(show()) if is_sample else f"{WAY}: shown on the page only.")
        self._readings.append(reading)
        return reading

    def next(self) -> Markdown:
        """The way to the next page; on the last one, back to the first."""
        names = [p.name for p in self._catalogue.pages]
        after = self._catalogue.pages[(names.index(self.name) + 1) % len(names)]
        words = "Next" if after.name != names[0] else "Back to the beginning"
        return Markdown(
            f"{words}: [{after.title}]({after.name}.ipynb). It is fine to stop here.",
            f"{words}: {after.title}. It is fine to stop here.",
        )

    def table(self, name: str) -> pd.DataFrame:
        """A table of hers. Of a real journal the rows are shown only in `second-thoughts lab`, which saves no output;
        elsewhere one row a column: its name, dtype and number of answers. `open_journal().table(…)` gives the rows.
        """
        if self._journal is None:
            raise LookupError(self._problem)
        rows = self._journal.table(name)
        if name == LETTERS:
            rows = without_sealed(rows, self._journal.clock.now().date())
        if self._journal.is_sample or os.environ.get("WORKBOOK_LAB") == "1":
            return rows
        return pd.DataFrame(
            {"column": rows.columns, "dtype": [str(d) for d in rows.dtypes], "answers": rows.count().to_list()}
        )

    def _wording(self) -> Wording:
        if self._journal is None:
            return DEFAULT
        said = self._journal.newest(READER)
        return wording_for(said.answers) if said else DEFAULT

    def _guarded(self, show: Callable[[Journal], dict[str, Any]]) -> Callable[[], dict[str, Any]]:
        """The same, with what is wrong in its place where the journal cannot be read."""

        def shown() -> dict[str, Any]:
            if self._journal is None:
                return _trouble("Your journal could not be opened", self._problem)
            try:
                return show(self._journal)
            except JournalError as error:
                return _trouble("This cannot be shown", error.without_a_save)

        return shown

    def _answering(self, desk: Desk) -> Callable[[dict[str, Any]], dict[str, Any]]:
        def answer(request: dict[str, Any]) -> dict[str, Any]:
            reply = desk.handle(request)
            if request["do"] == "open":
                self._drawn[desk.exercise.id] = reply["spec"]
            return reply

        return self._telling(answer)

    def _telling(
        self, handle: Callable[[dict[str, Any]], dict[str, Any]]
    ) -> Callable[[dict[str, Any]], dict[str, Any]]:
        """The same; when a control opens, the frame hears what is written where."""

        def answer(request: dict[str, Any]) -> dict[str, Any]:
            reply = handle(request)
            if request["do"] == "open":
                self._tell_written()
            return reply

        return answer

    def _changed(self, table: str) -> None:
        """After a change: what the readings say, which she waits for; then every form it alters."""
        for reading in self._readings:
            reading.refresh()
        for exercise, desk, form in self._forms:
            drawn, spec = self._drawn.get(exercise.id), desk.spec()
            if table == READER or drawn not in (None, spec):
                self._drawn[exercise.id] = spec
                form.push({"push": "spec", "spec": spec, "state": desk.state()})
            elif desk.follows(table):
                form.push({"push": "state", "state": desk.state()})
        for desk_of_file, handout in self._handouts:
            if table != SHARES:
                handout.push({"push": "spec", "spec": desk_of_file.spec()})
        self._tell_written()

    def _tell_written(self) -> None:
        """Tell the frame on which pages something of hers stands."""
        if self._journal is None or self._to_frame is None:
            return
        journal, written = self._journal, self._journal.written_tables()
        exercises = [e for e in self._catalogue.exercises.values() if e.table in written]
        stands = [e for e in exercises if not e.fixed or journal.newest(e.table, says=e.fixed)]  # tables may be shared
        self._to_frame.push({"push": "written", "pages": sorted({self._catalogue.page_of[e.id] for e in stands})})

    def _exercise_twin(self, desk: Desk) -> str:
        assert self._journal is not None
        state = desk.state()
        entries, number = state["entries"], f"{'more than ' if state['earlier'] else ''}{len(state['entries'])}"
        if not desk.offered:
            return _kept(desk.exercise, number) if entries else ""
        if self._journal.is_sample:
            said = [] if desk.exercise.shown_after_saving else entries
            return _questions(desk.exercise, said)
        counted = f"({number} saved; shown on the page only)" if entries else ""
        return "\n".join(filter(None, (_questions(desk.exercise, []), counted)))


def open_page(name: str) -> Page:
    """The page of that name (for example "01-what-happened") over the reader's journal. Raises LookupError.

    A journal that cannot be opened does not hide the page: its passages stand, and the exercises say what is wrong.
    """
    catalogue = load_catalogue()
    names = [p.name for p in catalogue.pages]
    if name not in names:
        raise LookupError(f"There is no page {name!r}. There are: {', '.join(names)}.")
    try:
        return Page(name, catalogue, open_journal())
    except JournalError as error:
        return Page(name, catalogue, None, error.without_a_save)


def _trouble(title: str, text: str) -> dict[str, Any]:
    return {"title": title, "blocks": [{"kind": "text", "text": text}], "cannot_tell": ""}


def _questions(exercise: Exercise, saved: list[dict[str, Any]]) -> str:
    """An exercise as text: its title, its questions, and the answers given, or what stands for them."""
    fill = DEFAULT.fill
    lines = [fill(exercise.title)]
    lines += [f"  {fill(i.ask)}" for i in exercise.items if not i.derived]
    asked = {i.id: i for i in exercise.items if not i.derived}
    for entry in saved:
        given = [
            _said(asked[k].choices, v) for k, v in entry["answers"].items() if v not in (None, [], "") and k in asked
        ]
        lines.append("  - " + " · ".join(given or [entry["closed"]]))
    return "\n".join(lines)


def _kept(exercise: Exercise, entries: str) -> str:
    """An exercise that is not asked now, as text: that something of hers is in it."""
    return f"What you wrote under “{DEFAULT.fill(exercise.title)}”\n  ({entries} kept; shown on the page only)"


def _said(choices: dict[str, str], value: Any) -> str:
    if isinstance(value, dict):
        return " · ".join(str(v) for v in value.values() if v is not None)
    if isinstance(value, list):
        return ", ".join(_said(choices, v) for v in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return DEFAULT.fill(choices[value]) if value in choices else str(value)


def _passage_content(passage: Passage, wording: Wording, *, is_folded: bool) -> dict[str, Any]:
    """is_folded: under a preface the rest waits, closed."""
    told = passage.paragraphs
    blocks = [_paragraphs(told, wording)] if told else []
    if is_folded and told and told[0].stands_in == "preface":
        blocks = [{"kind": "folded", "title": wording.fill(told[0].text), "blocks": [_paragraphs(told[1:], wording)]}]
    return {"panel": False, "title": "", "blocks": blocks, "cannot_tell": ""}


def _paragraphs(told: Sequence[Paragraph], wording: Wording) -> dict[str, Any]:
    paragraphs = [
        {
            "text": wording.fill(p.text),
            "ours": bool(p.stands_in),
            "notes": [{"label": n.label, "text": wording.fill(n.text), "source": n.source} for n in p.notes],
        }
        for p in told
    ]
    return {"kind": "passage", "paragraphs": paragraphs}
