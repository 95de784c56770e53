"""What is done with a journal as a whole: passphrase, backups, bundles. `Journal` has all of it."""

from pathlib import Path

from widgets.catalogue import Catalogue

from . import agent, backups, bundle, keys, replacing, store
from .clock import Clock
from .entry import Entry
from .errors import EmptyPassphrase, WrongPassphrase
from .file import JournalFile
from .keys import Key


class Keeping:
    """The part of a journal that keeps it: under lock and key, and more than once."""

    catalogue: Catalogue
    clock: Clock
    _file: JournalFile
    _spoilt: set[store.Spoilt]

    @property
    def name(self) -> str:
        """What this journal was called when it was made, a uuid: the same for as long as it lives."""
        return self._file.read(store.notes)["journal"]

    @property
    def has_passphrase(self) -> bool:
        """True if the file is locked with one."""
        return self._file.key is not None

    def set_passphrase(self, new: str, now: str | None = None) -> tuple[Path, ...]:
        """Lock the file and its backups with a passphrase, or with another one; pages that are open go on with it.

        now: the one that is in force, where there is one. Returns the backups that could not be changed. Raises
        EmptyPassphrase, WrongPassphrase, Busy, Damaged, NotChanged, NotSaved; then the journal is as it was.
        """
        if not new:
            raise EmptyPassphrase
        return self._relock(now, keys.new_key(new))

    def remove_passphrase(self, now: str) -> tuple[Path, ...]:
        """Open the file and its backups to everybody who can read them. As `set_passphrase`."""
        return self._relock(now, None)

    def _relock(self, now: str | None, new: Key | None) -> tuple[Path, ...]:
        journal, old = self.name, self._file.key
        if (old is None) != (now is None) or (old and now is not None and not keys.belongs(now, old)):
            raise WrongPassphrase

        def work(key: Key | None) -> Key | None:
            replacing.under_another_key(self._file.path, key, new)
            return new

        self._file.replace(work)
        if new:
            agent.keep(new)
        else:
            agent.forget()
        return backups.under_another_key(journal, old, new)

    def backup(self) -> Path:
        """Copy the journal into the reader's own data folder and read the copy back; the path of the newest backup.

        Where nothing changed since the newest one, that one stands. Those beyond the newest ten are deleted. Raises
        NotBackedUp.
        """
        return self._file.read(lambda connection: backups.back_up(connection, self._file.key, self.clock.now()))

    def backups(self) -> tuple[Path, ...]:
        """This journal's backups, oldest first."""
        return backups.of_journal(self.name)

    def export_bundle(self, path: Path | str) -> None:
        """Write a zip of every revision of every table, as CSV with a schema. Drafts stay here. Raises NotExported."""
        good, bad = self._file.read(store.all_revisions)
        bundle.write(Path(path), self._whole((good, bad)), self.catalogue.tables, self.clock.now())

    def import_bundle(self, path: Path | str) -> int:
        """Merge a bundle into this journal by entry and revision; the number of entries that are new or changed here.

        Importing the same bundle twice changes nothing; two journals that import each other's say the same. Raises
        NotABundle, NewerBundle, NotSaved.
        """
        theirs = bundle.read(Path(path))
        changed = self._file.write(lambda connection: bundle.merge(connection, theirs))
        self._spoilt.clear()  # the bundle may have healed them; the next reading tells
        return changed

    def _whole(self, found: store.Found) -> list[Entry]:
        good, bad = found
        self._spoilt.update(bad)
        return good
