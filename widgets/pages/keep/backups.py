"""Backups: what there is, one more, and going back to one. It works over a journal that cannot be opened too."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from widgets.journal import JournalError, Locked, WrongPassphrase, backups, path_of, restore, restoring
from widgets.readings.words import count

from .base import Card, Fields, Message, refused, secret

ABOUT = (
    "A backup is made the first time you open this each day, read back, and kept in {folder}. The newest ten are kept."
)
NONE = "There is no backup yet."
NEWEST = "The newest is from {when}."
CONFIRM = {
    "ask": "Put this backup in your journal’s place?",
    "yes": "Restore it",
    "no": "Leave everything as it is",
}
KEPT = (
    "What is there now is kept. If it is whole, it becomes a backup itself; if it is damaged, it stays beside the "
    "journal, and whatever can still be read of it is added."
)


COPIED = "The journal is copied as it is, damaged; older backups are kept."
ANOTHER = " · another journal"
MARKS = {
    backups.State.DAMAGED: " · damaged",
    backups.State.CLOSED: " · you may not read it",
    backups.State.NEWER: " · from a newer version of the workbook",
}
OTHERS = (
    "A backup of another journal brings what that one held, under its own passphrase if it has one. This is the way "
    "back if the file was lost and a new, empty one was begun."
)


class Backups(Card):
    """The list, “Make a backup now”, “Go back to a backup”."""

    title = "Backups"
    _marked: Mapping[Path, str] = {}  # backups that are known to be of no use as they are, and what is said of them

    def open(self) -> tuple[list[str], list[Message]]:
        """Where they are, of when the newest is, and what can be done."""
        known = self.journal.backups()
        newest = NEWEST.format(when=self._of(known[-1])) if known else NONE
        said = [ABOUT.format(folder=backups.folder()), newest, *filter(None, [self.journal.backup_problem])]
        going_back = self._going_back(known, self.journal.backups_of_others())
        return [*said, *self.damage], [{"id": "make", "button": "Make a backup now"}, *going_back]

    def look(self) -> bool:
        """All of the journal and of its backups is read for it."""
        with suppress(JournalError):
            self.journal.check()
        known = (*self.journal.backups(), *self.journal.backups_of_others())
        self._marked = _marks({backup: self.journal.state_of(backup) for backup in known})
        return bool(self._marked or self.journal.problem)

    def closed(self) -> list[Message]:
        """Going back is what helps then."""
        own, others = restoring.backups_for(path_of(None)), restoring.of_others(path_of(None))
        self._marked = _marks({backup: backups.state_of(backup) for backup in (*own, *others)})
        return self._going_back(own, others, is_open=True)

    def does(self) -> dict[str, Callable[[Fields], Message]]:
        """Make one, go back to one, see what came back."""
        return {"make": self._make, "restore": self._restore, "anew": lambda fields: {"next": "reload"}}

    def _going_back(self, own: Sequence[Path], others: Sequence[Path], *, is_open: bool = False) -> list[Message]:
        if not (own or others):
            return []
        options = [
            {"value": str(backup), "text": f"{self._of(backup)}{kind}{self._marked.get(backup, '')}"}
            for some, kind in ((own, ""), (others, ANOTHER))
            for backup in reversed(some)
        ]
        fields: list[Message] = [{"id": "backup", "kind": "choice", "ask": "Which one?", "options": options}]
        if self._journal is None or others:
            fields.append(secret("passphrase", "The passphrase, if the backup has one of its own"))
        text = [KEPT, *([OTHERS] if others else [])]
        task = {"id": "restore", "title": "Go back to a backup", "text": text, "fields": fields, "open": is_open}
        return [task | {"button": "Restore this backup", "confirm": CONFIRM}]

    def _of(self, backup: Path) -> str:
        moment = backups.made(backup)
        return self.when(moment) if moment else backup.name

    def _make(self, fields: Fields) -> Message:
        self.journal.backup()
        self.journal.backup_problem = None
        self.look()
        return {"said": COPIED if self.journal.problem else "The backup is made, and reads back as it should."}

    def _restore(self, fields: Fields) -> Message:
        if not fields["backup"]:
            raise refused("backup", "Choose a backup first.")
        backup, passphrase = Path(fields["backup"]), fields.get("passphrase") or None
        is_another = backup in restoring.of_others(path_of(None))
        if not is_another and backup not in restoring.backups_for(path_of(None)):
            raise refused("backup", "This backup is not there any more. Choose another one.")
        try:
            if self._journal is None:
                now = self.clock.now()
                done = restore(
                    path_of(None), backup, now, passphrase=passphrase, may_be_another=is_another, is_no_lock=True
                )
            else:
                done = self.journal.restore_backup(backup, passphrase, may_be_another=is_another)
        except (Locked, WrongPassphrase):
            if "passphrase" in fields:
                raise refused("passphrase", "That did not open it. Nothing was changed.") from None
            raise
        said = [f"The backup from {self._of(backup)} is now in its place: {count(done.entries, 'entry', 'entries')}."]
        if done.rescued:
            said.append(f"{count(done.rescued, 'entry', 'entries')} of the damaged file could be added.")
        if done.aside:
            said.append(f"The damaged file is kept: {done.aside}")
        if self._journal is None or is_another:
            anew: Message = {"id": "anew", "button": "Reload this page", "frame": True}
            return {"said": " ".join(said), "content": {"title": self.title, "blocks": [], "tasks": [anew]}}
        return {"said": " ".join(said)}


def _marks(states: Mapping[Path, backups.State]) -> dict[Path, str]:
    return {backup: MARKS[state] for backup, state in states.items() if state in MARKS}
