"""Which entries of an exercise stand in its form now: the one, those of today, or the lines of a list."""

import datetime as dt
from typing import Any

from widgets.catalogue import Exercise
from widgets.journal import Entry, Journal

from .listed import Listed
from .rules import Rules


class Standing:
    """An exercise's entries, read no further than they are shown."""

    def __init__(self, exercise: Exercise, journal: Journal, rules: Rules) -> None:
        self._exercise = exercise
        self._journal = journal
        self._rules = rules
        self._listed = Listed()

    def all(self) -> list[Entry]:
        """All that count, in their order."""
        table, fixed = self._exercise.table, self._exercise.fixed
        if self._exercise.kind == "single":
            return [*filter(None, [self._journal.newest(table, says=fixed)])]
        if self._exercise.open_for and self._rules.offered:
            return self._rules.entries(self._journal.entries(table, says=fixed))
        if self._exercise.kind == "series" and self._rules.offered:
            now = self._journal.clock.now()
            midnight = dt.datetime.combine(now.date(), dt.time(), now.tzinfo)
            return self._rules.entries(self._journal.entries(table, says=fixed, since=midnight))
        return self._rules.in_order(self._journal.entries(table, says=fixed))

    def shown(self, edited: str | None = None) -> tuple[list[Entry], bool]:
        """Those the form shows, and whether there are earlier ones; of many the newest, and the one in the form."""
        if not self._is_long:
            return self.all(), False
        table, fixed = self._exercise.table, self._exercise.fixed
        lines, are_more = self._listed.shown(lambda newest: self._journal.entries(table, says=fixed, newest=newest))
        if are_more and edited and edited not in {entry.entry_id for entry in lines}:
            lines = [*filter(None, [self.one(edited)]), *lines]
        return self._rules.in_order(lines), are_more

    def one(self, entry_id: str) -> Entry | None:
        """One of all, if it stands there."""
        if not self._is_long and not self._exercise.open_for:  # a step may come after the entry's day, or its hours
            return next((entry for entry in self.all() if entry.entry_id == entry_id), None)
        newest = next(reversed(self._journal.revisions(entry_id)), None)
        if newest is None or newest.withdrawn or newest.table != self._exercise.table:
            return None
        return newest if self._exercise.fixed.items() <= newest.answers.items() else None

    def others(self, entry_id: str) -> list[dict[str, Any]]:
        """The answers of the others, where the rules look at them."""
        if type(self._rules).faults is Rules.faults:
            return []
        return [entry.answers for entry in self.all() if entry.entry_id != entry_id]

    def show_all(self) -> None:
        """From now on the form shows every line."""
        self._listed.show_all()

    def one_came(self) -> None:
        """No line goes because another came."""
        self._listed.one_came()

    @property
    def _is_long(self) -> bool:
        """Whether there may be very many: lines, not cards or a board's, and a series that stands there to be read."""
        if self._exercise.kind == "list":
            return not (self._exercise.cards or self._exercise.groups)
        return self._exercise.kind == "series" and not self._rules.offered
