"""The workbook's server: Voilà, configured in code, with only the routes a page needs."""

import logging
import os
import secrets
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipykernel
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel
from jupyter_core.utils import run_sync
from jupyter_server.utils import url_path_join
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop, PeriodicCallback
from traitlets.config import Config
from voila.app import Voila

from widgets.controls.control import HERE as CONTROLS

from . import kernels
from .agent import KeyAgent
from .files import Download, Upload
from .frame import Frame
from .handlers import (
    ClosedPage,
    Files,
    FreeKernel,
    HeatPage,
    KernelStatus,
    LoginPage,
    NextDay,
    NotFound,
    PageChannels,
    PageConnection,
    StartPage,
    WidgetFile,
    WorkbookPage,
)
from .heating import Heater
from .locked import Awake, Shut, Unlock
from .locking import Lock, journal_file, shut
from .modules import Modules
from .streaming import PageRun, text_of

STATIC = Path(__file__).parent / "template" / "static"
KERNEL_ID = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"
FIRST_PAGE = "00-begin"
LOOK_EVERY = 5000  # ms between two looks whether the lock is due to shut
# Module texts of widgets are imported from blob: addresses; colours and sizes of figures are style attributes.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class OwnKernel(KernelSpecManager):
    """Every page runs on this Python, whatever kernel its notebook names and whatever else is installed."""

    def find_kernel_specs(self) -> dict[str, str]:
        """Its name and the folder with its icons."""
        return {"python3": str(Path(ipykernel.__file__).parent / "resources")}

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """The one kernel there is. Raises NoSuchKernel for a name other than python3."""
        if kernel_name != "python3":
            raise NoSuchKernel(kernel_name)
        argv = [
            sys.executable,
            "-Xfrozen_modules=off",
            "-m",
            "ipykernel_launcher",
            "-f",
            "{connection_file}",
            "--IPKernelApp.log_level=ERROR",
            "--IPKernelApp.exec_PYTHONSTARTUP=False",
            "--HistoryManager.enabled=False",
        ]
        return KernelSpec(
            argv=argv,
            display_name="Python 3",
            language="python",
            env={"PYDEVD_DISABLE_FILE_VALIDATION": "1"},
            resource_dir=self.find_kernel_specs()[kernel_name],
            metadata={"kernel_provisioner": {"provisioner_name": kernels.NAME}},
        )


def configuration() -> Config:
    """The settings of the parts that take theirs from a configuration. Nothing is read from the reader's own files."""
    return Config(
        {
            "VoilaConfiguration": {
                "file_allowlist": [],
                "file_denylist": [".*"],
                "show_tracebacks": False,
                "strip_sources": True,
                "allow_template_override": "NO",
                "allow_theme_override": "NO",
                "kernel_spec_manager_class": OwnKernel,
            },
            "IdentityProvider": {"cookie_options": {"samesite": "Strict", "expires_days": None}},
            "MappingKernelManager": {"cull_idle_timeout": 300, "cull_interval": 60, "cull_connected": False},
            "ServerKernelManager": {"client_class": "widgets.app.kernels.PromptClient"},
            "ZMQChannelsWebsocketConnection": {"limit_rate": False},  # a file she saves comes as one message
            "KernelManager": {"transport": "ipc"},
        }
    )


class WorkbookServer(Voila):  # type: ignore[misc]
    """Serves the notebooks of one folder to one reader."""

    def __init__(self, notebooks: Path, frame: Frame, sock: socket.socket, *, base_url: str = "/") -> None:
        """`sock` is bound and listening; `frame` is what surrounds every page."""
        journal = journal_file()
        self.agent = KeyAgent(_guard_memory)
        self.lock = Lock(self.agent, journal)
        super().__init__(
            config=configuration(),
            config_file_paths=[],
            root_dir=str(notebooks),
            base_url=base_url,
            token=secrets.token_urlsafe(24),
            ip="127.0.0.1",
            port=sock.getsockname()[1],
            open_browser=False,
            log_level=logging.ERROR,
            kernel_websocket_connection_class=PageConnection,
            connection_dir_root=_short_folder(),
            tornado_settings={
                "allow_remote_access": False,
                "local_hostnames": ["localhost", "127.0.0.1"],
                "disable_check_xsrf": True,
                "headers": HEADERS,
                "frame": frame,
                "lock": self.lock,
            },
        )
        self.sock = sock
        self.full_pages: set[str] = set()  # kernels whose page needs Voilà's complete front end
        self.ready: Callable[[], None] = lambda: None
        self.warmed = kernels.Warmed()
        self.modules = Modules()

    @property
    def address(self) -> str:
        """The full address, token included."""
        return f"http://127.0.0.1:{self.port}{self.base_url}?token={self.token}"

    def init_settings(self) -> dict[str, Any]:
        """Voilà's settings, with our answers to what is not there or not allowed."""
        settings: dict[str, Any] = super().init_settings()
        settings.update(
            default_handler_class=NotFound,
            login_url=url_path_join(self.base_url, "login"),
            log_function=lambda handler: None,
        )
        return settings

    def init_handlers(self) -> list[Any]:
        """The routes a page needs. Whatever is not here is not there."""
        first = url_path_join(self.base_url, "voila", "render", f"{FIRST_PAGE}.ipynb")
        kernels.allow_gone(self.kernel_manager)
        self.heater = Heater(self.kernel_manager, Path(self.root_dir), self._text, self._run, lambda: self.lock.is_shut)
        self.app.settings["heater"] = self.heater
        routes: list[Any] = [
            (r"/", StartPage, {"first": first}),
            (r"/login", LoginPage),
            (r"/closed", ClosedPage),
            (r"/unlock", Unlock),
            (r"/lock", Shut),
            (r"/awake", Awake),
            (r"/keep/bundle\.(?P<kind>zip)", Download),
            (r"/keep/tables/(?P<table>\w+)\.(?P<kind>csv|xlsx|parquet|json)", Download),
            (r"/keep/import", Upload),
            (r"/module/(?P<name>[0-9a-f]{20}\.(?:js|css))", WidgetFile, {"modules": self.modules}),
            (r"/static/(base\.css)", Files, {"paths": [str(CONTROLS)]}),
            (r"/static/(.*)", Files, {"paths": [str(STATIC)]}),
            (r"/voila/render/(?P<name>[\w-]+)\.ipynb", WorkbookPage),
            (r"/heat/(?P<name>[\w-]+)", HeatPage),
            (r"/voila/api/shutdown/" + KERNEL_ID, FreeKernel),
            (r"/api/kernels/" + KERNEL_ID, KernelStatus),
            (r"/api/kernels/" + KERNEL_ID + "/channels", PageChannels),
            (r"/voila/static/(.*)", Files, {"paths": self.static_paths}),
            (r"/voila/labextensions/(.*)", Files, {"paths": self.labextensions_path}),
        ]
        if self.tornado_settings["frame"].sample:
            routes.append((r"/sample/next-day", NextDay))
        return [(url_path_join(self.base_url, path), *rest) for path, *rest in routes]

    def _text(self, path: Path) -> str:
        """The notebook at `path` as it can be read at once."""
        return text_of(path, self.tornado_settings["frame"], self.base_url, self.modules)

    def _run(self, path: Path) -> PageRun:
        """A visit to the notebook at `path`."""
        return PageRun(path, self.tornado_settings["frame"], self.kernel_manager, self.base_url, self)

    def listen(self) -> None:
        """Serve until a signal ends it, then end every kernel."""
        HTTPServer(self.app).add_sockets([self.sock])
        self.ioloop = IOLoop.current()
        signal.signal(signal.SIGHUP, self._handle_signal_stop)  # the terminal was closed
        kernels.register(self, self.warmed)
        self.warmed.start()
        self.ioloop.add_callback(self.ready)
        PeriodicCallback(self._shut_if_due, LOOK_EVERY).start()
        try:
            self.ioloop.start()
        except KeyboardInterrupt:
            pass
        finally:
            self.stop()

    def _shut_if_due(self) -> None:
        if self.lock.is_due:
            shut(self.lock, self.kernel_manager, self.heater)

    def stop(self) -> None:
        """End the kernels while their sockets are still there, then remove these.

        At once: what a page was told is saved is on the disk, and one that is only being made would not listen.
        """
        self.agent.close()
        run_sync(self.kernel_manager.shutdown_all)(now=True)
        self.warmed.close()
        shutil.rmtree(self.connection_dir, ignore_errors=True)


def _guard_memory() -> None:
    from widgets.journal.agent import guard_memory  # slow to import, and needed only where there is a passphrase

    guard_memory()


def _short_folder() -> str:
    """Where sockets may lie: their paths hold 104 characters at most, which macOS's own temporary folder exhausts."""
    folder = tempfile.gettempdir()
    shorter = "/tmp"  # noqa: S108 - the folder made in it is ours alone
    return shorter if len(folder) > 36 and os.access(shorter, os.W_OK) else folder


def run(notebooks: Path, sock: socket.socket, *, sample: bool, ready: Callable[[str], None]) -> None:
    """Serve `notebooks` on `sock` until interrupted. `ready` gets the full address once a page can be loaded."""
    logging.getLogger("tornado").setLevel(logging.ERROR)
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # a page that left while something was sent to it
    server = WorkbookServer.instance(notebooks, Frame.load(sample=sample), sock)  # handlers log through the instance
    server.initialize([])
    server.ready = lambda: ready(server.address)
    server.start()
