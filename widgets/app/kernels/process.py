"""The warmed process and its kernels, as the server holds them."""

import asyncio
import json
import logging
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)
READY = b"ready"  # what the warmed process says once
WARM = ("widgets.pages", "widgets.readings.pattern", "sqlalchemy.dialects.sqlite", "sqlcipher3.dbapi2")
ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}
WARMING = 20.0  # seconds that importing may take; a plain kernel takes less
FORKING = 5.0  # seconds a fork may take
LATER = 60.0  # seconds before a warmed process that failed is tried again


class NotForked(Exception):
    """No kernel can be forked now; a plain one can be started."""


class Forked:
    """A forked kernel, with what LocalProvisioner uses of subprocess.Popen: it is not our child."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, line: socket.socket) -> None:
        self.pid = pid
        self._line: socket.socket | None = line

    def poll(self) -> int | None:
        """None while it lives, else 0."""
        if self._line is None:
            return 0
        try:
            self._line.recv(1, socket.MSG_DONTWAIT)  # it writes nothing after its number: whatever comes is the end
        except BlockingIOError:
            return None
        except OSError:
            pass
        self._line.close()
        self._line = None
        return 0

    def wait(self) -> int | None:
        """The same; LocalProvisioner calls it once `poll` has told the end."""
        return self.poll()

    def send_signal(self, signum: int) -> None:
        """Signal it while it lives; later its number may be another process's."""
        if self.poll() is None:
            os.kill(self.pid, signum)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)

    terminate = kill


class Warmed:
    """The one warmed process of a server: started early, replaced when it has died, given up while it only fails."""

    def __init__(self, modules: tuple[str, ...] = WARM, *, warming: float = WARMING) -> None:
        """modules: imported before the first fork. warming: seconds to wait for that."""
        self._modules = modules
        self._warming = warming
        self._server: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._is_ready = False
        self._again_at = 0.0
        self._lock = asyncio.Lock()

    @property
    def pid(self) -> int | None:
        """Its number, None while there is none."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def start(self) -> None:
        """Let it import, without waiting for it."""
        if sys.platform != "linux" or self.pid is not None:
            return
        self.close()
        self._server, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._server.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
        self._server.setblocking(False)
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - this very Python, our own module
                [sys.executable, "-Xfrozen_modules=off", "-m", "widgets.app.kernels.warmed", *self._modules],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                start_new_session=True,
                # a helper thread of numpy's or of pyarrow's memory would make it unfit to be forked
                env={**os.environ, **ONE_THREAD, **_same_package()},
            )

    async def fork(self, argv: list[str], env: dict[str, str], cwd: str, out: int, err: int) -> Forked:
        """A kernel with these arguments, environment, folder and output descriptors. Raises NotForked."""
        async with self._lock:
            await self._ready()
            return await self._fork({"argv": argv, "env": env, "cwd": cwd}, out, err)

    def close(self) -> None:
        """End it. Its kernels live on."""
        self._is_ready = False
        if self._server:
            self._server.close()
            self._server = None
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    async def _ready(self) -> None:
        """Wait until it has imported everything; a process that died is replaced once. Raises NotForked."""
        now = asyncio.get_running_loop().time()
        if sys.platform != "linux" or now < self._again_at:
            raise NotForked
        if self.pid is None:
            self.start()
        if self._is_ready:
            return
        assert self._server is not None
        try:
            async with asyncio.timeout(self._warming):
                answer = await asyncio.get_running_loop().sock_recv(self._server, len(READY))
        except (OSError, TimeoutError):
            answer = b""
        if answer != READY:
            self._give_up(now)
        self._is_ready = True

    def _give_up(self, now: float) -> None:
        log.error("The process that kernels are forked from did not get ready. They are started one by one for now.")
        self._again_at = now + LATER
        self.close()
        raise NotForked

    async def _fork(self, request: dict[str, Any], out: int, err: int) -> Forked:
        assert self._server is not None
        line, theirs = socket.socketpair()
        line.setblocking(False)
        try:
            with theirs:
                socket.send_fds(self._server, [json.dumps(request).encode()], [theirs.fileno(), out, err])
            async with asyncio.timeout(FORKING):
                number = await asyncio.get_running_loop().sock_recv(line, 20)
        except (OSError, TimeoutError):
            number = b""
        if not number:
            line.close()
            self.close()  # it has died, or hangs; the next kernel finds a new one
            raise NotForked
        return Forked(int(number), line)


def _same_package() -> dict[str, str]:
    """This very package for the warmed process, wherever the server was started."""
    root = str(Path(__file__).resolve().parents[3])
    others = os.environ.get("PYTHONPATH")
    return {"PYTHONPATH": os.pathsep.join([root, others] if others else [root])}
