"""A page of the workbook: passage, exercise, what the answers say, the way on. The room where everything meets."""

import os
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pandas as pd

from widgets.catalogue import Catalogue, Wording, load_catalogue, wording_for
from widgets.controls import Archive, Form, Handout, Reading, Tasks
from widgets.journal import Journal, JournalError, open_journal
from widgets.readings.letter import without_sealed

from . import twins
from .answering import refused
from .archive import TITLE as ARCHIVE
from .archive import ArchiveDesk
from .desk import Desk
from .following import READER, Following
from .handing_out import NOT_MADE
from .keep import CARDS
from .passages import passage_content
from .reminding import TITLE as REMINDERS
from .reminding import RemindersDesk
from .rules import is_asked
from .sharing import SharingDesk
from .shows import OF, SHOWS, TITLES, content, work_ahead
from .twins import DEFAULT, Markdown
from .way import TITLE as WAY
from .way import way
from .where_kept import TITLE as WHERE_KEPT
from .where_kept import where_kept

LETTERS = "letters"  # the table in which something may be put away
SHARE = "share"  # the exercise that makes a file


class Page:
    """One page over one journal. `journal` is None, and `problem` a sentence, where the journal could not be opened."""

    def __init__(self, name: str, catalogue: Catalogue, journal: Journal | None, problem: str = "") -> None:
        self.name = name
        self._catalogue = catalogue
        self._journal = journal
        self._problem = problem
        self.following = Following(journal, catalogue)
        self._teller: str | None = None  # the exercise under which damage is told, once a page
        self._drawn_live = True  # are all passages so far?

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
        show = self._guarded(lambda journal: passage_content(passage, journal, self._wording()))
        return self.following.reading(show, *twins.of_passage(passage, self._journal))

    def exercise(self, exercise_id: str) -> Form | Handout:
        """The form of an exercise; of 5.6 the handout."""
        exercise = self._catalogue.exercise(exercise_id)
        changed = self.following.changed
        if self._journal is None:
            kind = Handout if exercise_id == SHARE else Form
            return kind(lambda request: refused("not-saved", self._problem), twins.questions(exercise))
        if exercise_id == SHARE:
            sharing = SharingDesk(exercise, self._journal, self._wording, lambda: changed(exercise.table))
            return self.following.handout(sharing, twins.questions(exercise))
        desk = Desk(exercise, self._journal, self._catalogue, self._wording, changed, self._is_teller)
        return self.following.form(desk, twins.of_exercise(desk))

    def archive(self) -> Archive:
        """All she wrote, to be searched; each entry with its versions, of which an earlier one can stand again."""
        twin = f"{ARCHIVE}\n  Words you remember\n  Where"
        if self._journal is None:
            return Archive(lambda request: refused("not-read", self._problem), twin)
        desk = ArchiveDesk(self._journal, self._catalogue, self._wording, self.following.changed)
        return self.following.archive(desk, twin)

    def reminders(self) -> Handout:
        """A file for her own calendar."""
        if self._journal is None:
            return Handout(lambda request: refused(NOT_MADE, self._problem), REMINDERS)
        return self.following.handout(RemindersDesk(self._journal, self._wording), REMINDERS)

    def reading(self, name: str) -> Reading:
        """What the answers to an exercise say, kept up to date as she saves. name: the exercise's, or "what-ifs"."""
        if name not in SHOWS:
            raise LookupError(f"There is no reading of {name!r}. There are: {', '.join(SHOWS)}.")
        show = self._guarded(lambda journal: content(name, journal, self._wording()))
        exercise = self._catalogue.exercise(OF.get(name, name))
        twin = twins.of_reading(show, TITLES.get(name) or exercise.title, self._journal)
        if self._journal is not None and not is_asked(exercise, self._journal):
            twin = ""
        if self._journal is not None:
            with suppress(JournalError):  # the reading will say it
                work_ahead(name, self._journal)
        return self.following.reading(show, twin)

    def where_kept(self) -> Reading:
        """Where her words are kept, and who could read them: true for this installation."""
        return self.following.reading(lambda: where_kept(self._journal), f"{WHERE_KEPT}: shown on the page only.")

    def keep(self, name: str) -> Tasks:
        """A card about the journal as a whole. name: "passphrase", "backups", "copies" or "erase"."""
        if name not in CARDS:
            raise LookupError(f"There is no card {name!r}. There are: {', '.join(CARDS)}.")
        return self.following.card(CARDS[name](self._journal, lambda text: self._wording().fill(text), self._problem))

    def _is_teller(self, exercise: str) -> bool:
        """The first that has damage to tell tells it."""
        self._teller = self._teller or exercise
        return self._teller == exercise

    def way(self) -> Reading:
        """What she chose for now, what this page is for then, and the way to choose anew."""
        show = self._guarded(lambda journal: way(self.name, journal, self._wording()))
        return self.following.reading(show, twins.of_reading(show, WAY, self._journal))

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
