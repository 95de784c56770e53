"""Everything that is declared, looked up by name."""

from collections.abc import Mapping
from typing import Any, TypeVar

from .answers import check_exercise
from .claims import Served, served
from .exercises import Exercise
from .passages import Passage
from .tables import Table, tables_of
from .texts import Claim, PageName, TextRule, Ways

T = TypeVar("T")


class Catalogue:
    """The exercises, tables, claims, passages and pages of one `data/` folder. Read only."""

    def __init__(
        self,
        exercises: tuple[Exercise, ...],
        page_of: Mapping[str, str],
        claims: tuple[Claim, ...],
        passages: tuple[Passage, ...],
        pages: tuple[PageName, ...],
        harm: tuple[TextRule, ...],
        ways: tuple[Ways, ...],
    ) -> None:
        self.exercises: dict[str, Exercise] = {e.id: e for e in exercises}
        self.page_of = dict(page_of)
        self.claims: dict[str, Claim] = {c.id: c for c in claims}
        self.passages: dict[tuple[str, str], Passage] = {(p.page, p.id): p for p in passages}
        self.pages = pages
        self.ways: dict[str, Ways] = {w.page: w for w in ways}
        self.harm_patterns = tuple(rule.pattern for rule in harm)
        self.tables: dict[str, Table] = tables_of(exercises)
        self._served = {e.id: served(e.claims, self.page_of[e.id], self.claims, passages) for e in exercises}

    def exercise(self, exercise_id: str) -> Exercise:
        """The exercise of that id. Raises LookupError that lists the ids there are."""
        return _found(self.exercises, exercise_id, "exercise")

    def passage(self, page: str, passage_id: str) -> Passage:
        """A page's passage. Raises LookupError that lists the page's passages."""
        return _found({i: p for (q, i), p in self.passages.items() if q == page}, passage_id, "passage")

    def serves(self, exercise_id: str) -> tuple[Served, ...]:
        """The claims of the article that an exercise serves, each with where it is told. Raises LookupError."""
        return _found(self._served, exercise_id, "exercise")

    def check(self, table: str, answers: Mapping[str, Any]) -> dict[str, Any]:
        """What the journal keeps: JSON values for every item of the exercise the answers fit. Raises InvalidEntry.

        Where exercises share a table, their `fixed` values tell which one is meant.
        """
        return check_exercise(self.writer(table, answers), answers, as_form=False)

    def check_form(self, exercise_id: str, answers: Mapping[str, Any]) -> dict[str, Any]:
        """As `check`, and with what a form insists on: needed items, the length of texts. Raises InvalidEntry."""
        return check_exercise(self.exercise(exercise_id), answers, as_form=True)

    def check_draft(self, exercise_id: str, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Unfinished answers as they are, without unknown items and without those that must not be stored."""
        storable = {
            i.id for i in self.exercise(exercise_id).items if i.keep_if is None or answers.get(i.keep_if) is True
        }
        return {k: v for k, v in answers.items() if k in storable}

    def writer(self, table: str, answers: Mapping[str, Any]) -> Exercise:
        """The exercise that writes such answers to this table. Raises LookupError for an unknown or a child table."""
        found = _found(self.tables, table, "table")
        if found.parent:
            raise LookupError(f"Rows of {table} are saved with their {found.parent[0]}, in its item {found.parent[1]}.")
        writers = [self.exercises[e] for e in found.exercises]
        return next((w for w in writers if w.fixed and w.fixed.items() <= dict(answers).items()), writers[0])


def _found(things: Mapping[str, T], name: str, what: str) -> T:
    try:
        return things[name]
    except KeyError:
        raise LookupError(f"There is no {what} {name!r}. There are: {', '.join(things) or 'none'}.") from None
