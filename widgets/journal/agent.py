"""Asking the serving process for the key. It holds the key in its memory and hands it to the kernels of its pages over
a socket of this user's own; no environment and no file ever has it.

One line there, one line back: `<cookie> GET`, `<cookie> PUT <key>`, `<cookie> LOCK`. A wrong cookie gets an empty line.
"""

import ctypes
import os
import socket
import sys
from contextlib import suppress

from .keys import Key

SOCKET, COOKIE = "WORKBOOK_AGENT", "WORKBOOK_AGENT_COOKIE"
PATIENCE = 5.0  # seconds
NOT_DUMPABLE = 4  # prctl's PR_SET_DUMPABLE


def ask() -> Key | None:
    """The key the serving process holds; None where it holds none, or where there is no such process."""
    raw = _say("GET")
    if not raw:
        return None
    guard_memory()
    return Key(raw)


def keep(key: Key) -> None:
    """Hand a key over: one was set or changed on a page. Where nobody holds keys, nothing happens."""
    _say(f"PUT {key.raw}")


def forget() -> None:
    """The file has no passphrase any more."""
    _say("LOCK")


def guard_memory() -> None:
    """From now on no crash writes this process's memory to the disk, and no other program of hers may look into it."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # not on every system

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(NOT_DUMPABLE, 0, 0, 0, 0)


def _say(what: str) -> str:
    address, cookie = os.environ.get(SOCKET), os.environ.get(COOKIE)
    if not address or not cookie:
        return ""
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(PATIENCE)
            line.connect(address)
            line.sendall(f"{cookie} {what}\n".encode())
            with line.makefile("r", encoding="ascii") as answer:
                return answer.readline().strip()
    except OSError:
        return ""
