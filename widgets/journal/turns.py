"""Taking turns in a folder: any number of transactions together, or one who puts another file in a file's place.

SQLite's own locks belong to a file, and say nothing to whoever replaces it.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if os.name == "posix":
    import fcntl

PATIENCE = 30.0  # seconds; to lock a large journal with a passphrase takes a few


@contextmanager
def among_others(folder: Path) -> Iterator[None]:
    """Nobody replaces a file of ours in this folder meanwhile. Raises BlockingIOError."""
    with _turn(folder, alone=False):
        yield


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """None of our transactions is under way in this folder, and none begins. Raises BlockingIOError."""
    with _turn(folder, alone=True):
        yield


@contextmanager
def _turn(folder: Path, *, alone: bool) -> Iterator[None]:
    if os.name != "posix":
        yield
        return
    try:
        held = os.open(folder, os.O_RDONLY)
    except PermissionError:  # a folder that may be passed through only: nothing can be replaced in it either
        yield
        return
    try:
        _wait(held, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        yield
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
