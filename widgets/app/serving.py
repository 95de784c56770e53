"""Serving from the command line: a port, one line with the address, a browser; one workbook at a time per journal."""

import hashlib
import json
import os
import socket
import sys
import threading
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer
from platformdirs import user_state_path

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
USUAL_PORT = 8866


def open_workbook(notebooks: Path, port: int | None, *, browser: bool) -> None:
    """Serve `notebooks` until interrupted, or show the one that is being served already."""
    record = Record(notebooks)
    address = record.running()
    if address:
        announce(address, browser=browser)
    else:
        _serve(notebooks, port, record, sample=False, browser=browser)


def serve_workbook(notebooks: Path, port: int | None) -> None:
    """Serve `notebooks` until interrupted; no browser is opened."""
    _serve(notebooks, port, Record(notebooks), sample=False, browser=False)


def serve_sample(notebooks: Path, port: int | None, *, browser: bool) -> None:
    """Serve `notebooks` on a journal that is only shown, which no other command finds."""
    _serve(notebooks, port, None, sample=True, browser=browser)


def announce(address: str, *, browser: bool) -> None:
    """Print the one line, and open the browser there."""
    typer.echo(f"The workbook is at {address}")
    if browser:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _serve(notebooks: Path, port: int | None, record: "Record | None", *, sample: bool, browser: bool) -> None:
    with bound(port) as sock:
        quicken()
        from .server import run

        def ready(address: str) -> None:
            if record:
                record.write(address)
            announce(address, browser=browser)

        try:
            run(notebooks, sock, sample=sample, ready=ready)
        finally:
            if record:
                record.remove()


def quicken() -> None:
    """Spare the start a second: a grammar for international addresses, which jsonschema loads and nothing here uses."""
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type] # "there is no such module"


@contextmanager
def bound(port: int | None) -> Iterator[socket.socket]:
    """A listening socket on this computer only: the given port, or the usual one, or any. Exits if it is taken."""
    for number in [port] if port else [USUAL_PORT, 0]:
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind(("127.0.0.1", number))
        except OSError:
            sock.close()
            continue
        sock.listen(128)
        sock.setblocking(False)
        with sock:
            yield sock
        return
    typer.echo(
        f"Port {port} cannot be used: another program has it, or it is reserved. Choose another one, like "
        f"--port {USUAL_PORT + 1}, or leave --port out.",
        err=True,
    )
    raise typer.Exit(1)


class Record:
    """Where a running workbook leaves its address, readable by this user only, for a second `open` to find."""

    def __init__(self, notebooks: Path) -> None:
        """One record for each pair of notebooks and journal."""
        what = f"{notebooks.resolve()}\n{os.environ.get('WORKBOOK_JOURNAL', '')}"
        name = hashlib.sha256(what.encode()).hexdigest()[:12]
        self.path = user_state_path("second-thoughts") / f"running-{name}.json"

    def running(self) -> str | None:
        """The address, if something answers there as our server does; what is stale is removed."""
        try:
            address: str = json.loads(self.path.read_text("utf-8"))["address"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if answers(address):
            return address
        self.path.unlink(missing_ok=True)
        return None

    def write(self, address: str) -> None:
        """Leave the address (mode 0600, in a folder of mode 0700)."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path.unlink(missing_ok=True)
        with os.fdopen(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump({"address": address, "pid": os.getpid()}, file)

    def remove(self) -> None:
        """Take it away, unless another server has left its own meanwhile."""
        try:
            if json.loads(self.path.read_text("utf-8"))["pid"] == os.getpid():
                self.path.unlink()
        except (OSError, ValueError, KeyError, TypeError):
            pass


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        return None


def answers(address: str) -> bool:
    """Whether a server there accepts the token in `address`: it sends us on to the first page."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect)
    try:
        opener.open(address, timeout=3).close()
    except urllib.error.HTTPError as error:
        return error.code == 302
    except (OSError, ValueError):
        return False
    return False
