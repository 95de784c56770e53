"""The key agent: holds the journal's key in this process's memory, and hands it to the kernels of this process's pages.

Its other half, what kernels say to it, is `widgets.journal.agent`.
"""

import os
import secrets
import shutil
import socket
import struct
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from hmac import compare_digest
from pathlib import Path

COOKIE, SOCKET = "WORKBOOK_AGENT_COOKIE", "WORKBOOK_AGENT"
LONGEST = 1024  # letters in a question
PATIENCE = 5.0  # seconds for one
CREDENTIALS = struct.Struct("3i")  # process, user, group


class KeyAgent:
    """Answers on a socket that only this user can reach: whoever does not know the cookie gets an empty line.

    `arrived` is called when a key has come, in the thread it came in.
    """

    def __init__(self, arrived: Callable[[], None] = lambda: None) -> None:
        self._arrived = arrived
        self._cookie = secrets.token_hex(32)
        self._key = ""
        self._folder = Path(tempfile.mkdtemp(prefix="keys-", dir=_memory()))  # mode 0700
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        before = os.umask(0o177)
        try:
            self._socket.bind(str(self._folder / "agent"))  # mode 0600
        finally:
            os.umask(before)
        self._socket.listen(16)
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def environment(self) -> dict[str, str]:
        """What a kernel needs to ask. The key is not in it."""
        return {SOCKET: str(self._folder / "agent"), COOKIE: self._cookie}

    @property
    def key(self) -> str:
        """The key in hexadecimal digits, empty while there is none."""
        return self._key

    def keep(self, key: str) -> None:
        """Hold this key from now on."""
        self._arrived()
        self._key = key

    def lock(self) -> None:
        """Forget the key."""
        self._key = ""

    def close(self) -> None:
        """Forget the key, and answer no more."""
        self.lock()
        self._socket.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._socket.accept()
            except OSError:  # closed
                return
            threading.Thread(target=self._answer, args=(line,), daemon=True).start()

    def _answer(self, line: socket.socket) -> None:
        with suppress(OSError, ValueError), line:
            line.settimeout(PATIENCE)
            if peer(line) != os.getuid():
                return
            with line.makefile("rw", encoding="ascii") as words:
                words.write(self._reply(words.readline(LONGEST).split()) + "\n")

    def _reply(self, words: list[str]) -> str:
        if not words or not compare_digest(words[0], self._cookie):
            return ""
        match words[1:]:
            case ["GET"]:
                return self._key
            case ["PUT", key]:
                self.keep(key)
            case ["LOCK"]:
                self.lock()
        return ""


def peer(line: socket.socket) -> int:
    """The user at the other end. Raises OSError."""
    if hasattr(socket, "SO_PEERCRED"):  # Linux
        _, user, _ = CREDENTIALS.unpack(line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, CREDENTIALS.size))
        return int(user)
    version_and_user = struct.Struct("2I")  # macOS and BSD: struct xucred, by LOCAL_PEERCRED at level 0
    return int(version_and_user.unpack(line.getsockopt(0, 1, version_and_user.size))[1])


def _memory() -> str | None:
    """A folder of this user that is no disk, if there is one whose name is short enough for a socket's."""
    for folder in (os.environ.get("XDG_RUNTIME_DIR"), "/dev/shm", "/tmp"):  # noqa: S108 - the folder made in it is ours
        if folder and len(folder) < 60 and os.access(folder, os.W_OK | os.X_OK):
            return folder
    return None
