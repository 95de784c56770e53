"""The journal's lock as the server sees it: shut or open, and when it shuts by itself."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from widgets.catalogue import DATA

from .agent import KeyAgent
from .kernels import free_later

if TYPE_CHECKING:
    from .heating import Heater

IDLE = 600.0  # seconds without a sign of her until the lock shuts
SALT, PAGE, PLAIN = 16, 4096, b"SQLite format 3\0"  # as widgets.journal.keys has them, which is slow to import


def journal_file() -> Path:
    """The journal's file, as `path_of` has it, which is slow to import. Ends the command where that refuses."""
    url = os.environ.get("WORKBOOK_JOURNAL")
    if not url:
        return (DATA / "journal" / "journal.sqlite").resolve()
    kind, _, rest = url.partition("://")
    file = unquote(rest.partition("?")[0].partition("/")[2])
    if kind.partition("+")[0] == "sqlite" and file not in ("", ":memory:"):
        return Path(file).resolve()
    from widgets.journal import path_of

    from .commands import told

    with told():
        found = path_of(url)
    return found


class Lock:
    """Whether the journal is shut for the pages of this server. The key itself is the agent's."""

    def __init__(self, agent: KeyAgent, file: Path, now: Callable[[], float] = time.time) -> None:
        """now: seconds that go on while the computer sleeps."""
        self.agent = agent
        self.file = file
        self._now = now
        self._heard = now()

    @property
    def is_shut(self) -> bool:
        """True if the file has a passphrase, and its key is not at hand."""
        salt = self._salt()
        return salt is not None and self.agent.key[64:] != salt.hex()

    @property
    def is_due(self) -> bool:
        """True if the lock is open and nothing has been heard of her for too long."""
        return bool(self.agent.key) and self._now() - self._heard >= IDLE

    def heard(self) -> None:
        """She is there."""
        self._heard = self._now()

    def open_with(self, passphrase: str | None) -> None:
        """Open it for all pages. Takes a while. Raises Locked, WrongPassphrase, …; it stays shut then."""
        from widgets.journal.keyring import opened_by

        key = opened_by(self.file, passphrase)
        if key:
            self.heard()
            self.agent.keep(key.raw)

    def shut(self) -> None:
        """Forget the key."""
        self.agent.lock()

    def _salt(self) -> bytes | None:
        """What a locked file begins with; None for a plain one, and for what is no whole file."""
        try:
            if self.file.stat().st_size % PAGE:
                return None
            with self.file.open("rb") as file:
                start = file.read(SALT)
        except OSError:
            return None
        return start if any(start) and start != PLAIN else None


def shut(lock: Lock, kernels: Any, heater: "Heater") -> None:
    """Forget the key, and end the kernels: what their pages sent last is still written."""
    lock.shut()
    heater.clear()
    for kernel_id in kernels.list_kernel_ids():
        free_later(kernels, kernel_id)
