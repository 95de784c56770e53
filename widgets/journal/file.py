"""The open file: transactions on it, and what they do when the file or its log is not where it was."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection

from . import keys, sqlite, store, turns
from .errors import Gone, told_without_a_save
from .keyring import Keyring
from .keys import Key

T = TypeVar("T")
TRIES = 3  # a log cleared away under a transaction costs one, a file put in this one's place another


class JournalFile:
    """One journal's file, open. Its methods raise the journal's own errors, none of which holds an answer."""

    def __init__(self, path: Path, keyring: Keyring) -> None:
        """Raises Locked, WrongPassphrase, Damaged; then no byte was changed."""
        self.path = path
        self.place = str(path)
        self.journal: str | None = None  # its id; None until it has been read
        self._keyring = keyring
        self.writes = 0  # how often something was written through this object
        self._which = sqlite.identity(path)
        self._engine = sqlite.engine_for(path, keyring.find(path))

    @property
    def key(self) -> Key | None:
        """The key it was last opened with."""
        return self._keyring.key

    def write(self, work: Callable[[Connection], T]) -> T:
        """Do the work in one transaction, alone among writers; it is on the disk before this returns.

        The work may be done more than once, each time on the file as it then is. Raises NotSaved, Damaged, Gone,
        Locked.
        """
        self.writes += 1
        return self._transact(work, reading=False)

    def read(self, work: Callable[[Connection], T]) -> T:
        """Do the work on one unchanging view of the file. Raises NotRead, Busy, Damaged, Gone, Locked."""
        with told_without_a_save():
            return self._transact(work, reading=True)

    def empty_log(self) -> bool:
        """Cut the write-ahead log to nothing; False if another page kept reading. Raises NotSaved."""
        return self.guarded(lambda: sqlite.empty_log(self._engine), reading=False)

    def write_anew(self) -> bool:
        """Write every page of the file anew, with nothing in it but what stands there; as `empty_log`."""

        def work() -> bool:
            with turns.among_others(self.path.parent):
                return sqlite.vacuumed(self._engine)

        return self.guarded(work, reading=False)

    def replace(self, work: Callable[[Key | None], Key | None]) -> None:
        """Let the work put another file in this one's place, while no page is at it; it returns that file's key.

        The work gets the key of the file as it is. Raises what the work raises, Gone, NotSaved.
        """
        self.guarded(self._follow, reading=False)
        self.close()

        def alone() -> None:
            with turns.alone(self.path.parent):
                if sqlite.identity(self.path) != self._which:
                    raise Gone(self.place)
                self._keyring = Keyring(key=work(self.key))
                self._which, self._engine = sqlite.identity(self.path), sqlite.engine_for(self.path, self.key)

        self.guarded(alone, reading=False)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def _transact(self, work: Callable[[Connection], T], *, reading: bool) -> T:
        for _ in range(TRIES):
            self.guarded(self._follow, reading=reading)
            done = self.guarded(lambda: self._in_turn(work, reading), reading=reading)
            if done:
                return done[0]
        raise Gone(self.place)

    def _in_turn(self, work: Callable[[Connection], T], reading: bool) -> tuple[T] | None:
        with turns.among_others(self.path.parent):
            if sqlite.identity(self.path) != self._which:  # a write would go into a file nobody finds again
                return None
            return self._once(work, reading)

    def _once(self, work: Callable[[Connection], T], reading: bool) -> tuple[T] | None:
        """What the work found or did; None if that was not, or not where others will find it."""
        with self._engine.connect() as connection:
            connection.execution_options(reading=reading)
            if sqlite.log_in_place(connection, self.path):
                with connection.begin():
                    before = sqlite.changes(connection)
                    done = work(connection)
                    if sqlite.changes(connection) != before:
                        store.mark(connection)
                if sqlite.log_in_place(connection, self.path):
                    if not reading:
                        sqlite.leave_no_log(connection)
                    return (done,)
            connection.invalidate()
        return None

    def _follow(self) -> None:
        """Another page may have put a file of the same journal in this one's place: under a passphrase, or a backup.

        Raises Gone where there is none, or another journal's; Locked where its key is not at hand.
        """
        which = sqlite.identity(self.path)
        if which == self._which:
            return
        if not which or not self.journal or not keys.head(self.path):
            raise Gone(self.place)
        keyring = Keyring(key=self.key)
        key = keyring.find(self.path)
        notes = sqlite.look(self.path, key, store.notes)
        if notes is None or notes.get("journal") != self.journal:
            raise Gone(self.place)
        self.close()
        self._keyring = keyring
        self._which, self._engine = which, sqlite.engine_for(self.path, key)

    def guarded(self, work: Callable[[], T], *, reading: bool) -> T:
        """Do the work; what the database or the machine says becomes the journal's own error."""
        try:
            return work()
        except sqlite.DATABASE_ERRORS as error:
            problem = sqlite.told(error, self.place, reading=reading)
        self.close()  # the next try begins with a fresh connection
        raise problem  # outside the handler: the database's error holds her words
