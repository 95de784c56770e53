"""Erasing an entry for good, in the backups too; and everything, in one step."""

from collections.abc import Callable

from widgets.journal import Entry, Journal, backups
from widgets.readings.words import count

from ..listed import Listed
from .base import Card, Fields, Message, refused

ABOUT = (
    "Withdraw hides an entry and keeps it among its earlier versions. Erase removes it for good, with every version "
    "and the draft of its exercise."
)
ALL = (
    "The journal with its drafts, all its backups in {folder}, and copies of it that lie beside it or among them: gone "
    "in one step. It does not find files that you saved from here or shared."
)
OTHERS = "Backups of other journals lie in that folder too, and stay: {number}. Delete them by hand if they are to go."
NOT_ALL = (
    "Your journal is deleted, but not everything is gone. These files are still there: they could not be deleted, or "
    "they lie in its folder or among the backups and hold a piece of it, may be a journal that nothing tells to be "
    "this one, lie in a folder within these, or are packed and cannot be looked into. Delete by hand what you do not "
    "want to keep:"
)
LONGEST = 60  # letters of her own words, to know an entry by


class Erase(Card):
    """One exercise's entries to choose from, once she has asked for them; and the end of all."""

    title = "Erase"

    def __init__(self, journal: Journal | None, fill: Callable[[str], str], problem: str = "") -> None:
        super().__init__(journal, fill, problem)
        self._shown: str | None = None  # the table whose entries stand here
        self._listed = Listed()

    def open(self) -> tuple[list[str], list[Message]]:
        """Nothing of hers stands here before she asks for it."""
        counted = self.journal.counts(withdrawn=True)
        numbers = {name: counted[name] for name in self.journal.catalogue.tables if name in counted}
        tasks = [self._which(numbers)] if numbers else []
        tasks += [self._these(self._shown)] if self._shown in numbers else []
        return [ABOUT], [*tasks, self._everything()]

    def does(self) -> dict[str, Callable[[Fields], Message]]:
        """Show the entries of an exercise, erase some, delete everything."""
        return {"show": self._show, "erase": self._erase, "delete": self._delete}

    def earlier(self) -> Message:
        """All entries of the exercise whose newest stand here; none in a kernel that has shown none."""
        self._listed.show_all()
        return self._options(self._shown) if self._shown else {"options": []}

    def _which(self, numbers: dict[str, int]) -> Message:
        options = [{"value": name, "text": f"{self.name_of(name)} ({number})"} for name, number in numbers.items()]
        return {
            "id": "show",
            "title": "Choose an entry to erase",
            "fields": [{"id": "table", "kind": "choice", "ask": "From which exercise?", "options": options}],
            "button": "Show its entries",
        }

    def _these(self, table: str) -> Message:
        fields = [
            {"id": "entries", "kind": "ticks", "ask": "Which entries?"} | self._options(table),
            {"id": "in_backups", "kind": "tick", "ask": "In my backups too", "ticked": True},
        ]
        return {
            "id": "erase",
            "title": f"Entries: {self.name_of(table)}",
            "fields": fields,
            "button": "Erase what is ticked",
            "confirm": {"ask": "Erase for good? This cannot be undone.", "yes": "Erase", "no": "Keep it"},
            "open": True,
        }

    def _everything(self) -> Message:
        others = len(self.journal.backups_of_others())
        return {
            "id": "delete",
            "title": "Delete everything",
            "text": [ALL.format(folder=backups.folder()), *([OTHERS.format(number=others)] if others else [])],
            "button": "Delete everything",
            "confirm": {
                "ask": "Delete everything for good? This cannot be undone.",
                "yes": "Delete everything",
                "no": "Keep everything",
            },
        }

    def _show(self, fields: Fields) -> Message:
        if not fields["table"]:
            raise refused("table", "Choose an exercise first.")
        self._shown, self._listed = fields["table"], Listed()
        return {}

    def _erase(self, fields: Fields) -> Message:
        if not fields["entries"]:
            raise refused("entries", "Tick at least one entry.")
        holding: set[str] = set()
        for entry_id in fields["entries"]:
            holding |= {str(path) for path in self.journal.erase(entry_id, in_backups=fields["in_backups"]).backups}
        said = f"{count(len(fields['entries']), 'entry is', 'entries are')} erased."
        if holding:
            return {"said": f"{said} These copies still hold it, or may: {', '.join(sorted(holding))}"}
        return {"said": f"{said} No backup holds it."}

    def _delete(self, fields: Fields) -> Message:
        left = self.journal.delete_everything()
        said = f"{NOT_ALL} {', '.join(map(str, left))}" if left else ""
        return {"content": self._ended(), "said": said, "next": "deleted"}

    def _ended(self) -> Message:
        return {"title": self.title, "blocks": [], "tasks": []}

    def _options(self, table: str) -> Message:
        """The entries to choose from, the newest first, and whether there are earlier ones."""
        entries, are_more = self._listed.shown(
            lambda newest: self.journal.entries(table, newest=newest, withdrawn=True)
        )
        return {"options": [self._option(entry) for entry in reversed(entries)], "earlier": are_more}

    def _option(self, entry: Entry) -> Message:
        words = f"{self.when(entry.created_utc)}{' · withdrawn' if entry.withdrawn else ''}"
        return {"value": entry.entry_id, "text": words, "hers": self._excerpt(entry)}

    def _excerpt(self, entry: Entry) -> str:
        """The beginning of the first text she wrote in it."""
        texts = [i.id for e in self.exercises_of(entry.table) for i in e.items if i.is_text]
        said = next((str(entry.answers[name]) for name in texts if entry.answers.get(name)), "")
        return said[:LONGEST] + ("…" if len(said) > LONGEST else "")
