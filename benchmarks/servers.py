"""Each host of the page as a running server: how it starts, what it costs, what it has stored."""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.hosts import served, store

HERE = Path(__file__).parent
ROOT = HERE.parent
HOSTS = HERE / "hosts"
BUILD = ROOT / "build" / "bench"
STARTING = 60  # seconds
QUIET_CPU = 0.02  # seconds of processor time in QUIET_FOR, under which a server is at rest
QUIET_FOR = 0.4


@dataclass(frozen=True)
class Host:
    """command(python, port) in the host's folder; path of the page; distribution to install, None for our own."""

    name: str
    command: Callable[[Path, int], list[str]]
    path: str = "/"
    package: str | None = None
    also: tuple[str, ...] = ()

    @property
    def python(self) -> Path:
        """The interpreter of the environment it runs in."""
        return Path(sys.executable) if self.package is None else BUILD / "peers" / self.package / "bin" / "python"


def _script(name: str) -> Callable[[Path, int], list[str]]:
    return lambda python, port: [str(python), str(HOSTS / f"{name}_page.py"), str(port)]


def _tool(*words: str) -> Callable[[Path, int], list[str]]:
    def command(python: Path, port: int) -> list[str]:
        return [str(python.parent / words[0]), *(word.format(port=port, hosts=HOSTS) for word in words[1:])]

    return command


# The newest whose own files can be installed beside it: without them its pages fetch them while they are shown.
_SOLARA = tuple(f"{part}==1.58.2" for part in ("solara", "solara-server", "solara-ui", "solara-assets"))
OURS = Host(
    "Second Thoughts",
    lambda python, port: [str(python), "-m", "benchmarks.hosts.served", ".", str(port)],
    f"/voila/render/{served.NAME}.ipynb",
)
PEERS = (
    Host("Dash", _script("dash"), package="dash"),
    Host(
        "Panel",
        _tool("panel", "serve", "{hosts}/panel_page.py", "--port={port}", "--address=127.0.0.1"),
        "/panel_page",
        "panel",
    ),
    Host(
        "Streamlit",
        _tool(
            "streamlit",
            "run",
            "{hosts}/streamlit_page.py",
            "--server.port={port}",
            "--server.address=127.0.0.1",
            "--server.headless=true",
            "--browser.gatherUsageStats=false",
            "--server.fileWatcherType=none",
        ),
        package="streamlit",
    ),
    Host(
        "marimo",
        _tool("marimo", "run", "{hosts}/marimo_page.py", "--headless", "--port={port}", "--no-token"),
        package="marimo",
    ),
    Host(
        "Solara",
        _tool("solara", "run", "{hosts}/solara_page.py", "--port={port}", "--host=127.0.0.1", "--no-open"),
        package="solara",
        also=_SOLARA,
    ),
    Host("NiceGUI", _script("nicegui"), package="nicegui"),
    Host(
        "Voilà, as it comes",
        _tool("voila", f"{served.NAME}.ipynb", "--no-browser", "--port={port}"),
    ),
)


class Server:
    """One host, running in a folder of its own with fresh rows."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.folder = BUILD / "run" / host.name.replace(" ", "-").replace(",", "")
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self._rows = self.folder / "rows.sqlite"
        if host.package is None:
            served.make(self.folder)
        else:
            store.make(self._rows)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self._spent: dict[psutil.Process, float] = {}  # the last that was seen of each, also of those that have ended
        self._log = (self.folder / "log").open("w+", encoding="utf-8")
        self._process = psutil.Popen(
            host.command(host.python, port),
            cwd=self.folder,
            env={**os.environ, "BENCH_ROWS": str(self._rows), **self._environment()},
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.login: str | None = None
        self.site = f"http://127.0.0.1:{port}"
        self.url = self.site + host.path
        self._wait()

    def _environment(self) -> dict[str, str]:
        path = str(ROOT) if self.host.package is None else str(HOSTS)
        home = str(self.folder)
        return {"PYTHONPATH": path, "HOME": home, "XDG_STATE_HOME": home, "MARIMO_MANAGE_SCRIPT_METADATA": "false"}

    def _wait(self) -> None:
        end = time.monotonic() + STARTING
        while time.monotonic() < end:
            if self.host is OURS:
                said = (self.folder / "log").read_text("utf-8")
                if "token=" in said:
                    self.login = said.split()[-1]
                    return
            else:
                try:
                    urllib.request.urlopen(self.site, timeout=20).read(1)
                    return
                except OSError:
                    if self._process.poll() is not None:
                        break
            time.sleep(0.1)
        raise RuntimeError(f"{self.host.name} did not start: {(self.folder / 'log').read_text('utf-8')[-2000:]}")

    def tree(self) -> list[psutil.Process]:
        """The server and everything it has started."""
        return [self._process, *self._process.children(recursive=True)]

    def cpu(self) -> float:
        """Seconds of processor time spent so far, as far as it was seen by those that have ended."""
        self._spent |= self._of_each(lambda p: sum(p.cpu_times()[:2]))
        return sum(self._spent.values())

    def private_memory(self) -> float:
        """MB that only these processes hold."""
        return sum(self._of_each(lambda p: p.memory_full_info().uss / 1e6).values())

    def _of_each(self, figure: Callable[[psutil.Process], float]) -> dict[psutil.Process, float]:
        found = {}
        for process in self.tree():
            with suppress(psutil.Error):  # it has ended
                found[process] = figure(process)
        return found

    def stored(self) -> int:
        """How many rows are on the disk."""
        table = "entries" if self.host.package is None else "moods"
        with sqlite3.connect(f"file:{self._rows}?mode=ro", uri=True, timeout=10) as connection:
            return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def rest(self, limit: float = 20.0) -> None:
        """Wait until it does nothing any more, `limit` seconds at most."""
        end = time.monotonic() + limit
        while time.monotonic() < end:
            before = self.cpu()
            time.sleep(QUIET_FOR)
            if self.cpu() - before <= QUIET_CPU:
                return

    def stop(self) -> None:
        """End it with everything it has started."""
        tree = self.tree()
        self._process.terminate()
        for process in psutil.wait_procs(tree, 5)[1]:
            process.kill()
        self._log.close()


def install(hosts: tuple[Host, ...] = PEERS) -> dict[str, str]:
    """Give each peer an environment of its own, once; their versions."""
    versions = {}
    for host in hosts:
        if host.package is None:
            continue
        if not host.python.exists():
            subprocess.run([sys.executable, "-m", "venv", str(host.python.parents[1])], check=True)
            pip = [str(host.python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            subprocess.run([*pip, host.package, *host.also], check=True)
        asked = f"import importlib.metadata as m; print(m.version({host.package!r}))"
        versions[host.name] = subprocess.run(
            [str(host.python), "-c", asked], check=True, capture_output=True, text=True
        ).stdout.strip()
    return versions
