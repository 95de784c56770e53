"""Taking turns in a folder: any number of transactions together, or one who puts another file in a file's place.

SQLite's own locks belong to a file, and say nothing to whoever replaces it.
"""

import errno
import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

PATIENCE = 30.0  # seconds; to lock a large journal with a passphrase takes a few
QUEUE = ".next"  # while somebody waits to be alone, whoever comes later waits behind this file


class _Mine(threading.local):
    folders: frozenset[Path] | set[Path] = frozenset()  # in which this thread is alone


_mine = _Mine()


@contextmanager
def among_others(folder: Path) -> Iterator[None]:
    """Nobody replaces a file of ours in this folder meanwhile. Raises BlockingIOError."""
    if _needs_no_turn(folder):
        yield
        return
    with suppress(OSError), _opened(folder / QUEUE, os.O_RDONLY) as queue:
        _wait(queue, fcntl.LOCK_SH)
    with _opened(folder, os.O_RDONLY) as held:
        _wait(held, fcntl.LOCK_SH)
        yield


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """None of our transactions is under way in this folder, and none begins. Raises BlockingIOError."""
    if _needs_no_turn(folder):
        yield
        return
    with _first_in(folder), _opened(folder, os.O_RDONLY) as held:
        _wait(held, fcntl.LOCK_EX)
        with _alone_in(folder):
            yield


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """This thread would wait for itself there."""
    _mine.folders = {*_mine.folders, folder}
    try:
        yield
    finally:
        _mine.folders = _mine.folders - {folder}


@contextmanager
def first_come(mark: Path) -> Iterator[bool]:
    """Whether nobody else is at what this file stands for; it is there meanwhile only. Others need not wait for it."""
    mark.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _opened(mark, os.O_RDWR | os.O_CREAT) as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        if not _lies_at(mark, held):  # whoever had it has just deleted it
            yield False
            return
        try:
            yield True
        finally:
            mark.unlink(missing_ok=True)


@contextmanager
def after_others(mark: Path) -> Iterator[None]:
    """The same for whoever cannot leave it to others. Raises BlockingIOError."""
    until = time.monotonic() + PATIENCE
    while True:
        with first_come(mark) as is_first:
            if is_first:
                yield
                return
        if time.monotonic() > until:
            raise BlockingIOError(errno.EAGAIN, "somebody else is at it")
        time.sleep(0.01)


@contextmanager
def claimed(folder: Path) -> Iterator[bool]:
    """Whether a folder is nobody else's; it is ours meanwhile, and nobody's once this process has ended in any way."""
    with _opened(folder, os.O_RDONLY) as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        with _alone_in(folder):
            yield folder.exists()


def _lies_at(path: Path, held: int) -> bool:
    with suppress(OSError):
        return os.path.samestat(path.stat(), os.fstat(held))
    return False


def _needs_no_turn(folder: Path) -> bool:
    """Where it would wait for itself; where a folder may be passed through only, and nothing in it be replaced."""
    return folder in _mine.folders or not os.access(folder, os.R_OK)


@contextmanager
def _first_in(folder: Path) -> Iterator[None]:
    with ExitStack() as stack:
        try:
            queue = stack.enter_context(_opened(folder / QUEUE, os.O_RDWR | os.O_CREAT))
        except OSError:  # no leave to write there, or no room: nobody waits behind a file, then
            yield
            return
        _wait(queue, fcntl.LOCK_EX)
        try:
            yield
        finally:
            (folder / QUEUE).unlink(missing_ok=True)


@contextmanager
def _opened(path: Path, how: int) -> Iterator[int]:
    held = os.open(path, how, 0o600)
    try:
        yield held
    finally:
        os.close(held)


def _wait(held: int, kind: int) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return fcntl.flock(held, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise
        time.sleep(0.01)
