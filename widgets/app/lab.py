"""JupyterLab on working copies of the notebooks, whose saved files never hold an output."""

import hashlib
import json
import logging
import os
import secrets
import signal
import warnings
from pathlib import Path
from typing import Any

import nbformat

from widgets.journal import path_of

from .agent import KeyAgent
from .commands import told, with_passphrase
from .locking import Lock
from .serving import NOTEBOOKS, announce, bound, quicken

ORIGINS = ".origins.json"


def open_lab(port: int | None, *, browser: bool) -> None:
    """Serve JupyterLab on the working copies until interrupted."""
    with bound(port) as sock:
        number = sock.getsockname()[1]
    with told():
        journal = path_of(None)
        agent = _agent(journal)
    folder = journal.parent / "notebooks"
    copy_notebooks(NOTEBOOKS, folder)
    os.environ["WORKBOOK_LAB"] = "1"
    try:
        _serve_lab(folder, number, agent, browser=browser)
    finally:
        agent.close()


def _agent(journal: Path) -> KeyAgent:
    """Holds the key for the notebooks' kernels, from the passphrase she is asked for where the journal is locked."""
    agent = KeyAgent()
    lock = Lock(agent, journal)
    if lock.is_shut:
        with_passphrase(lock.open_with)
    return agent


def copy_notebooks(source: Path, folder: Path) -> None:
    """Copy what is new. A copy that she has changed is left alone; one that she has not follows its original."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    known = folder / ORIGINS
    origins = json.loads(known.read_text("utf-8")) if known.exists() else {}
    for path in sorted(source.glob("*.ipynb")):
        copy = folder / path.name
        if copy.exists() and _fingerprint(_read(copy)) != origins.get(path.name):
            continue
        notebook = _read(path)
        origins[path.name] = _fingerprint(notebook)
        clear(notebook)
        nbformat.write(notebook, copy)  # type: ignore[no-untyped-call]
    known.write_text(json.dumps(origins, indent=1), "utf-8")


def _read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]


def _fingerprint(notebook: Any) -> str:
    """Of what somebody wrote in it; outputs do not count."""
    written = json.dumps([(c["cell_type"], c["source"]) for c in notebook["cells"]])
    return hashlib.sha256(written.encode()).hexdigest()


def clear(notebook: Any) -> None:
    """Take out, in place, what cells have shown and what widgets hold."""
    notebook["metadata"].pop("widgets", None)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None


def clear_before_saving(model: dict[str, Any], **_: Any) -> None:
    """JupyterLab's pre-save hook: her words are on the screen, never in the file."""
    if model["type"] == "notebook":
        clear(model["content"])


def _serve_lab(folder: Path, port: int, agent: KeyAgent, *, browser: bool) -> None:
    quicken()
    from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
    from jupyterlab.labapp import LabApp
    from traitlets.config import Config

    from .server import OwnKernel

    class Kernels(AsyncMappingKernelManager):
        """Tells its kernels where to ask for the key; what a kernel's specification says, any page could read."""

        async def start_kernel(self, **options: Any) -> str:  # type: ignore[override]
            options["env"] = {**os.environ, **(options.get("env") or {}), **agent.environment}
            return await super().start_kernel(**options)

    token = secrets.token_urlsafe(24)
    config = Config(
        {
            "ServerApp": {
                "ip": "127.0.0.1",
                "port": port,
                "port_retries": 0,
                "open_browser": False,
                "allow_root": True,
                "root_dir": str(folder),
                "log_level": logging.ERROR,
                "kernel_spec_manager_class": OwnKernel,
                "kernel_manager_class": Kernels,
            },
            "LabApp": {
                "log_level": logging.ERROR,
                "news_url": None,
                "extension_manager": "readonly",
                "check_for_updates_class": "jupyterlab.handlers.announcements.NeverCheckForUpdate",
            },
            "IdentityProvider": {"token": token, "cookie_options": {"samesite": "Strict", "expires_days": None}},
            "FileContentsManager": {"pre_save_hook": clear_before_saving},
            "ZMQChannelsWebsocketConnection": {"limit_rate": False},  # a file she saves comes as one message
            "KernelManager": {"transport": "ipc"},
        }
    )
    warnings.simplefilter("ignore")  # Jupyter's own, about Jupyter's own
    lab = LabApp.initialize_server(argv=[], config=config)
    for ending in (signal.SIGINT, signal.SIGTERM):  # Jupyter's own handlers would ask first
        signal.signal(ending, lambda *_: lab.io_loop.add_callback_from_signal(lab.io_loop.stop))
    address = f"http://127.0.0.1:{port}/lab?token={token}"
    lab.io_loop.add_callback(announce, address, browser=browser)
    lab.start()
