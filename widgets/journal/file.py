"""The open file: transactions on it, and what they do when the file or its log is not where it was."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection

from . import sqlite
from .errors import Gone
from .keys import Key

T = TypeVar("T")
TRIES = 3  # a log cleared away under a transaction costs one


class JournalFile:
    """One journal's file, open. Its methods raise the journal's own errors, none of which holds an answer."""

    def __init__(self, path: Path, key: Key | None) -> None:
        self.path = path
        self.key = key
        self.place = str(path)
        self.writes = 0  # how often something was written through this object
        self._engine = sqlite.engine_for(path, key)
        self._which = sqlite.identity(path)

    def write(self, work: Callable[[Connection], T]) -> T:
        """Do the work in one transaction, alone among writers; it is on the disk before this returns.

        The work may be done more than once, each time on the file as it then is. Raises NotSaved, Damaged, Gone.
        """
        self.writes += 1
        return self._transact(work, reading=False)

    def read(self, work: Callable[[Connection], T]) -> T:
        """Do the work on one unchanging view of the file. Raises NotRead, Damaged, Gone."""
        return self._transact(work, reading=True)

    def empty_log(self) -> bool:
        """Cut the write-ahead log to nothing; False if another page kept reading. Raises NotSaved."""
        return self._guarded(lambda: sqlite.empty_log(self._engine), reading=False)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def _transact(self, work: Callable[[Connection], T], *, reading: bool) -> T:
        for _ in range(TRIES):
            if sqlite.identity(self.path) != self._which:  # a write would go into a file nobody finds again
                break
            done = self._guarded(lambda: self._once(work, reading), reading=reading)
            if done:
                return done[0]
        raise Gone(self.place)

    def _once(self, work: Callable[[Connection], T], reading: bool) -> tuple[T] | None:
        """What the work found or did; None if that was not, or not where others will find it."""
        with self._engine.connect() as connection:
            connection.execution_options(reading=reading)
            if sqlite.log_in_place(connection, self.path):
                with connection.begin():
                    done = work(connection)
                if sqlite.log_in_place(connection, self.path):
                    return (done,)
            connection.invalidate()
        return None

    def _guarded(self, work: Callable[[], T], *, reading: bool) -> T:
        try:
            return work()
        except sqlite.DATABASE_ERRORS as error:
            problem = sqlite.told(error, self.place, reading=reading)
        self._engine.dispose()  # the next try begins with a fresh connection
        raise problem  # outside the handler: the database's error holds her words
