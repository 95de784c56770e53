"""What is done with a journal as a whole: passphrase, backups, bundles, an end to it. `Journal` has all of it."""

import zipfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from . import agent, backups, beside, bundle, copying, keys, replacing, restoring, salvage, store, turns
from .backups import State
from .entry import Entry
from .errors import (
    EmptyPassphrase,
    JournalError,
    NewerJournal,
    NoSuchFile,
    NotABundle,
    NotBackedUp,
    NotOver,
    WrongPassphrase,
    told_without_a_save,
)
from .keys import Key
from .looking import Looking


class Keeping(Looking):
    """The part of a journal that keeps it: under lock and key, and more than once."""

    backup_problem: str | None = None  # why the day's backup could not be made

    # ---- passphrase

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

    @told_without_a_save()
    def _relock(self, now: str | None, new: Key | None) -> tuple[Path, ...]:
        journal, old = self.name, self._file.key
        if (old is None) != (now is None) or (old and now is not None and not keys.belongs(now, old)):
            raise WrongPassphrase

        def work(key: Key | None) -> Key | None:
            replacing.under_another_key(self._file.path, key, new)
            return new

        def relock() -> tuple[Path, ...]:
            with backups.alone():
                backups.under_another_key(journal, (old,), new)
                try:
                    self._file.replace(work)
                finally:  # goes by the key that the journal has now
                    left = backups.settle(journal, self._file.key, old)
                return left

        left = self._file.guarded(relock, reading=False)
        copying.clear(self._file.path)
        if new:
            agent.keep(new)
        else:
            agent.forget()
        return left

    def unlocked_copies(self) -> tuple[Path, ...]:
        """Other files of hers, in the journal's folder and among its backups, that open without the passphrase."""
        return (*beside.unlocked(self._file.path), *backups.unlocked([self.name], self._file.key))

    # ---- backups

    @told_without_a_save()
    def backup(self) -> Path:
        """Copy the journal into the reader's own data folder and read the copy back; the path of the newest backup.

        Where nothing changed since the newest one, that one stands. Those beyond the newest ten are deleted. Raises
        NotBackedUp, Busy.
        """

        def work() -> Path:
            with backups.alone():
                return self._back_up()

        return self._file.guarded(work, reading=False)

    def _back_up(self) -> Path:
        backups.settle(self.name, self._file.key)
        return self._file.read(lambda connection: backups.back_up(connection, self._file.key, self.clock.now()))

    def backup_of_the_day(self) -> None:
        """Make the day's backup, unless there is one or nothing to keep; finish a change of passphrase that was killed.

        If it fails, `backup_problem` says so: no backup keeps the journal from opening.
        """
        try:
            if self._is_backup_due() or backups.is_unsettled(self.name, self._file.key):
                with turns.first_come(backups.folder() / backups.BEGUN) as is_first:  # pages open together
                    if is_first and self._is_backup_due():
                        self._back_up()
                    elif is_first:
                        backups.settle(self.name, self._file.key)
        except JournalError as error:
            self.backup_problem = str(error)
        except OSError:
            self.backup_problem = str(NotBackedUp(backups.folder()))

    def _is_backup_due(self) -> bool:
        return backups.is_due(self.name, self.clock.now()) and self._file.read(store.is_worth_keeping)

    def backups(self) -> tuple[Path, ...]:
        """This journal's backups, oldest first."""
        return backups.of_journal(self.name)

    def backups_of_others(self) -> tuple[Path, ...]:
        """Other journals’ backups, oldest first: what is left of one whose file is gone, too."""
        return backups.of_others(self.backups())

    def state_of(self, backup: Path) -> State:
        """How a backup is, as far as this journal's own key lets one look."""
        return backups.state_of(backup, self._file.key)

    @told_without_a_save()
    def restore_backup(
        self, backup: Path, passphrase: str | None = None, *, may_be_another: bool = False
    ) -> restoring.Restored:
        """Put a backup in this journal's place. As `restore`, which does the same for a journal that does not open."""
        done = restoring.restore(
            self._file.path,
            backup,
            self.clock.now(),
            passphrase=passphrase,
            key=self._file.key,
            may_be_another=may_be_another,
        )
        self._spoilt.clear()
        self._is_sound = True
        return done

    def _other_copies(self, entry_id: str, exercises: Sequence[str], *, erase: bool) -> tuple[Path, ...]:
        """The copies that hold an entry or may, once it is erased from the backups, if so wanted."""
        if erase:
            with suppress(BlockingIOError):  # then all that hold it are named
                backups.without(self.name, entry_id, exercises, self._file.key)
        holding = (b for b in self.backups() if backups.holds(b, entry_id, exercises, self._file.key))
        return (*holding, *restoring.put_aside(self._file.path))

    # ---- out and in

    def export_bundle(self, path: Path | str) -> None:
        """Write a zip of every revision of every table, as CSV with a schema. Drafts stay here.

        Raises NotExported, NotOver.
        """
        self._write_out(Path(path), self.bundle())

    def _write_out(self, path: Path, content: bytes) -> None:
        if beside.is_kept(path, self._file.path):
            raise NotOver(path)
        bundle.write(path, content)

    def bundle(self) -> bytes:
        """The zip that `export_bundle` writes."""
        entries = self._whole(self._file.read(store.all_revisions))
        return bundle.packed(entries, self.catalogue.tables, self.clock.now())

    @told_without_a_save()
    def import_bundle(self, path: Path | str, passphrase: str | None = None) -> int:
        """Merge a bundle, or another copy of a journal, into this one by entry and revision.

        Returns how many entries are new or changed here. Importing the same twice changes nothing; two journals that
        import each other's say the same. passphrase: of a copy that is locked with another one. Raises
        NotABundle, NewerBundle, NewerJournal, Locked, WrongPassphrase, NotSaved.
        """
        theirs = self._entries_in(Path(path), passphrase)
        changed = self._file.write(lambda connection: bundle.merge(connection, theirs))
        self._spoilt.clear()  # the bundle may have healed them; the next reading tells
        return changed

    def _entries_in(self, path: Path, passphrase: str | None) -> list[Entry]:
        if not path.is_file():
            raise NoSuchFile(path)
        start = keys.head(path)
        if start != keys.PLAIN and not (start and keys.looks_locked(path) and not zipfile.is_zipfile(path)):
            return bundle.read(path)
        known = [key for key in (self._file.key, agent.ask()) if key and key.salt == start and keys.fits(key, path)]
        key = known[0] if known else keys.key_for(path, passphrase)
        found = salvage.found_in(path, key)
        if found.schema is None and not found.entries:
            raise NotABundle(path)
        if salvage.is_newer(found):
            raise NewerJournal(str(path))
        return found.entries

    # ---- the end

    @told_without_a_save()
    def delete_everything(self) -> tuple[Path, ...]:
        """Delete the journal, its drafts, its backups, what restorings have put aside, and copies of it beside these.

        What was in them is overwritten first, as far as a disk lets one. Returns what is left: files that could not be
        deleted; those in both folders that may be a journal and cannot be told to be this one, or hold a piece of it;
        copies in folders within them; packed files, and what the system does not let be read.
        Raises Busy while a page goes on reading; then all is as it was.
        """
        journal, path, key = self.name, self._file.path, self._file.key
        names = {journal, *self._file.read(store.names)}
        lying = (*beside.copies(path, key), *beside.among_backups(path, key))
        copies = [copy for copy in lying if beside.is_of_this_journal(copy, journal, key)]
        self.close()

        def work() -> list[Path]:
            with turns.alone(path.parent):  # before anything is deleted: Busy leaves all as it is
                left = list(backups.remove_all(journal))
                copying.clear(path)
                copying.clear(backups.folder() / path.name)
                beside_them = (file for copy in copies for file in (*beside.companions(copy), copy))
                for file in (*beside_them, *beside.of_file(path), path):
                    try:
                        replacing.wipe(file)
                    except OSError:
                        left.append(file)
                return left

        left = self._file.guarded(work, reading=False)
        agent.forget()
        lying = (*beside.copies(path, key), *beside.among_backups(path, key), *beside.torn(path, names))
        lying = (*lying, *beside.deeper(path, key), *beside.packed(path), *beside.closed(path))
        return tuple(dict.fromkeys((*left, *lying)))

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
