"""The key agent (FACTS 2): who gets the key, who does not, and when the lock shuts by itself."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from widgets.app import agent as served
from widgets.app.agent import KeyAgent
from widgets.app.locking import IDLE, Lock, journal_file
from widgets.journal import Journal, WrongPassphrase, WrongSetting, open_journal, path_of

KEY = "ab" * 32 + "cd" * 16
ASK = "from widgets.journal import agent; key = agent.ask(); print(key.raw if key else 'nothing')"
PUT = f"from widgets.journal import agent, keys; agent.keep(keys.Key('{KEY}'))"
LOCK = "from widgets.journal import agent; agent.forget()"
NOBODY = 65534


@pytest.fixture
def agent() -> Iterator[KeyAgent]:
    started = KeyAgent()
    yield started
    started.close()


def kernel(agent: KeyAgent, code: str, **environment: str) -> str:
    """What a process with the agent's address says."""
    told = {**os.environ, **agent.environment, **environment}
    return subprocess.run(
        [sys.executable, "-c", code], env=told, text=True, capture_output=True, check=True
    ).stdout.strip()


def say(agent: KeyAgent, line: bytes) -> bytes:
    """What the agent answers to these bytes."""
    with socket.socket(socket.AF_UNIX) as to:
        to.settimeout(10)
        to.connect(agent.environment[served.SOCKET])
        try:
            to.sendall(line)
            to.shutdown(socket.SHUT_WR)
            return to.recv(1024)
        except ConnectionError:  # hung up on
            return b""


def test_one_page_opens_it_for_all_and_one_locks_it_for_all(agent: KeyAgent) -> None:
    """Nothing before; then the same key for the next page; nothing again after the lock."""
    assert kernel(agent, ASK) == "nothing"
    kernel(agent, PUT)
    assert kernel(agent, ASK) == KEY
    kernel(agent, LOCK)
    assert kernel(agent, ASK) == "nothing"
    assert agent.key == ""


def test_whoever_does_not_know_the_cookie_gets_and_changes_nothing(agent: KeyAgent) -> None:
    """Not by asking, not by handing over another key, not by locking."""
    agent.keep(KEY)
    wrong = {served.COOKIE: "00" * 32}
    assert kernel(agent, ASK, **wrong) == "nothing"
    kernel(agent, PUT.replace(KEY, "ee" * 48), **wrong)
    kernel(agent, LOCK, **wrong)
    for line in (b"GET\n", b"\n", b"", b" GET", b"\xff\xfe\n", b"x" * 5000 + b"\n", f"{KEY} GET\n".encode()):
        assert say(agent, line) in (b"", b"\n")
    assert agent.key == KEY
    assert kernel(agent, ASK) == KEY


def test_only_this_user_reaches_the_socket(agent: KeyAgent) -> None:
    """Socket 0600 in a folder 0700, in memory where the system has such a folder; gone when the agent ends."""
    path = Path(agent.environment[served.SOCKET])
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert path.stat().st_uid == os.getuid()
    agent.close()
    assert not path.parent.exists()


def test_another_user_is_refused_even_with_the_cookie(agent: KeyAgent, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system says who is at the other end; where that is not this user, nothing is answered."""
    agent.keep(KEY)
    cookie = agent.environment[served.COOKIE]
    assert say(agent, f"{cookie} GET\n".encode()) == KEY.encode() + b"\n"
    monkeypatch.setattr(served.os, "getuid", lambda: 4242)
    assert say(agent, f"{cookie} GET\n".encode()) == b""
    monkeypatch.undo()
    if os.getuid() == 0:
        path = Path(agent.environment[served.SOCKET])
        assert as_nobody(path) == "PermissionError"
        path.parent.chmod(0o755)
        path.chmod(0o666)
        assert as_nobody(path, f"{cookie} GET\n") == ""


def as_nobody(path: Path, line: str = "") -> str:
    """What another user hears on the socket, or why not."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.setuid(NOBODY)
        try:
            with socket.socket(socket.AF_UNIX) as to:
                to.connect(str(path))
                to.sendall(line.encode())
                heard = to.recv(1024)
        except OSError as error:
            heard = type(error).__name__.replace("ConnectionResetError", "").replace("BrokenPipeError", "").encode()
        os.write(writing, heard)
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as told:
        return told.read()


def test_a_process_that_has_the_key_leaves_no_memory_behind(agent: KeyAgent) -> None:
    """No core dump, and no look into it for other programs of the same user."""
    agent.keep(KEY)
    core, dumpable = "resource.getrlimit(resource.RLIMIT_CORE)[0]", "ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)"
    looked = f"import resource, ctypes; print({core}, {dumpable})"
    if sys.platform == "linux":
        assert kernel(agent, f"{ASK}; {looked}").splitlines() == [KEY, "0 0"]
        serving = f"import ctypes; from widgets.app.agent import KeyAgent; held = KeyAgent(); held.keep({KEY!r})"
        assert kernel(agent, f"{serving}; print({dumpable}); held.close()") == "1"  # who serves is as it was


@pytest.fixture
def locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Journal:
    """A journal with a passphrase, where the environment says it is."""
    url = f"sqlite:///{tmp_path / 'journal.sqlite'}"
    monkeypatch.setenv("WORKBOOK_JOURNAL", url)
    journal = open_journal(url, "vier kleine Wörter")
    journal.close()
    return journal


def test_the_lock_is_shut_until_the_passphrase_opens_it(
    agent: KeyAgent, locked: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong one leaves it shut; the right one opens it for the kernels; a file put in its place shuts it again."""
    lock = Lock(agent, journal_file())
    assert lock.is_shut
    for wrong in ("", "vier kleine", "vier kleine Wörter "):
        with pytest.raises(WrongPassphrase):
            lock.open_with(wrong)
        assert lock.is_shut
        assert agent.key == ""
    lock.open_with("vier kleine Wörter")
    assert not lock.is_shut
    for name, value in agent.environment.items():
        monkeypatch.setenv(name, value)
    open_journal().close()
    Path(locked.place).unlink()
    open_journal(passphrase="another one").close()
    assert lock.is_shut
    lock.shut()
    assert lock.is_shut


def test_it_shuts_after_ten_minutes_without_a_sign(agent: KeyAgent, locked: Journal) -> None:
    """By a clock that goes on while the computer sleeps; a sign begins them anew."""
    now = [1000.0]
    lock = Lock(agent, journal_file(), lambda: now[0])
    now[0] += 10 * IDLE
    assert not lock.is_due  # it is shut
    lock.open_with("vier kleine Wörter")
    now[0] += IDLE - 1
    assert not lock.is_due
    lock.heard()
    now[0] += IDLE - 1
    assert not lock.is_due
    now[0] += 1
    assert lock.is_due


def test_without_a_passphrase_there_is_no_lock(
    agent: KeyAgent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plain journal, none yet, and what is no journal: nothing is asked."""
    for content in (None, b"", b"SQLite format 3\0" + bytes(4080), b"torn" * 1000):
        monkeypatch.setenv("WORKBOOK_JOURNAL", f"sqlite:///{tmp_path / 'plain.sqlite'}")
        if content is not None:
            (tmp_path / "plain.sqlite").write_bytes(content)
        lock = Lock(agent, journal_file(), lambda: 1e12)
        assert not lock.is_shut
        assert not lock.is_due


@pytest.mark.parametrize(
    "url",
    [
        "",
        "sqlite:////home/her/a#b/journal.sqlite",
        "sqlite:////home/her/50%25 off/journal.sqlite?timeout=3",
        "sqlite+pysqlite:///here.sqlite",
        "sqlite:///:memory:",
        "sqlite://",
        "postgresql+psycopg://her@/hub",
        "/home/her/journal.sqlite",
    ],
)
def test_the_lock_is_of_the_file_that_pages_open(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever signs its address has; where they refuse an address, the command ends."""
    monkeypatch.setenv("WORKBOOK_JOURNAL", url)
    try:
        opened = path_of(None)
    except WrongSetting:
        with pytest.raises(typer.Exit):
            journal_file()
    else:
        assert journal_file() == opened
