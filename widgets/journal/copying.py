"""A file as it is, to look at: itself while nobody has it open, else a copy, which goes as soon as it has been read.

Whoever is killed while reading leaves the copy; the next one to open, check or delete the journal clears it away.
"""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from . import turns
from .wal import log_of

MARK = ".reading-"  # how the folder of a copy is called beside the journal
ELSEWHERE = f"{MARK}journal-"  # and where other programs keep theirs
MEMORY = Path("/dev/shm")  # noqa: S108 - holds nothing beyond the next start of the machine


@contextmanager
def untouched(path: Path, *, to_mend: bool = False) -> Iterator[Path]:
    """The file and its log, so that looking changes neither: SQLite may empty a log by reading it.

    to_mend: a copy in any case, which may be written to. It is readable by this user only, and locked as the file is.
    Raises OSError.
    """
    if not to_mend and not log_of(path).exists():
        with turns.alone(path.parent):
            yield path
        return
    with _copied(path) as copy:
        yield copy


def clear(path: Path) -> None:
    """Delete the copies of whoever was killed while reading. Those that somebody is reading stay."""
    for place in _places(path):
        for left in place.glob(f"{MARK if place == path.parent else ELSEWHERE}*"):
            with suppress(OSError), turns.claimed(left) as is_ours:
                if is_ours and left.stat().st_uid == os.getuid():
                    shutil.rmtree(left)


@contextmanager
def _copied(path: Path) -> Iterator[Path]:
    with ExitStack() as stack:
        yield _first_that_takes(path, stack)


def _first_that_takes(path: Path, stack: ExitStack) -> Path:
    """The copy in the first place that has room for it and gives leave. Raises OSError where none does."""
    problem: OSError = FileNotFoundError(errno.ENOENT, "no place")
    for place in _places(path):
        try:
            with ExitStack() as tried:
                folder = Path(tried.enter_context(tempfile.TemporaryDirectory(dir=place, prefix=ELSEWHERE)))  # 0700
                tried.enter_context(turns.claimed(folder))
                with turns.alone(path.parent):
                    for file in filter(Path.exists, (path, log_of(path))):
                        _copy(file, folder / file.name)
                stack.enter_context(tried.pop_all())
                return folder / path.name
        except OSError as error:
            problem = error
    raise problem


def _places(path: Path) -> list[Path]:
    """Beside the file, so that no other disk gets to hold her words; where that cannot be, in memory; at last any."""
    places = (path.parent, MEMORY, Path(tempfile.gettempdir()))
    return [place for place in places if os.access(place, os.W_OK)]


def _copy(file: Path, copy: Path) -> None:
    with file.open("rb") as source, open(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as target:
        shutil.copyfileobj(source, target)
