"""The warmed process: imports what every page needs, then forks a kernel for each request.

Started as `python -m widgets.app.kernels.warmed MODULE…` with a socket as its standard input. It answers b"ready", or
ends. A request is JSON {argv, env, cwd} with three descriptors: the kernel's line, its standard output and error. The
line is the sign of life between a kernel and its server: each sees the other's end close, however the other ended.

What is imported here is shared by all kernels, so nothing in it may hold a thread, a lock that one could hold, an open
journal or a key; a second thread makes this process end, and kernels are plain then.
"""

import gc
import importlib
import json
import os
import signal
import socket
import sys
import threading
from typing import Any, NoReturn

from .process import READY

MOST = 1 << 20  # bytes of a request; an environment is far smaller
# what ipykernel itself would import after the fork, its debugger above all
KERNEL = (
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "debugpy.server.api",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.extensions.storemagic",
    "tornado.platform.asyncio",
)


def main(modules: list[str]) -> None:
    """Serve until the server closes its end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system takes ended kernels away
    server = socket.socket(fileno=os.dup(0))
    for name in (*KERNEL, *modules):
        importlib.import_module(name)
    prepare()
    if len(os.listdir("/proc/self/task")) > 1:
        sys.exit("A module that the workbook imports starts a thread. Kernels are started one by one instead.")
    gc.collect()
    gc.freeze()  # the collector then leaves alone the pages of memory that kernels share
    server.sendall(READY)
    while True:
        request, descriptors, _, _ = socket.recv_fds(server, MOST, 3)
        if not request:
            return
        if os.fork() == 0:
            server.close()
            become_kernel(json.loads(request), descriptors)
        for descriptor in descriptors:
            os.close(descriptor)


def prepare() -> None:
    """Read once what every page reads: the declarations."""
    from widgets.catalogue import load_catalogue

    load_catalogue()


def become_kernel(request: dict[str, Any], descriptors: list[int]) -> NoReturn:
    """Turn this fork into the kernel that was asked for."""
    try:
        line = _settle(request, descriptors)
        line.sendall(b"%d" % os.getpid())
        threading.Thread(target=_end_with, args=(line,), daemon=True).start()

        from ipykernel.kernelapp import IPKernelApp

        # a handle of 1: ipykernel does not watch its parent, which is the warmed process; the line does that
        IPKernelApp.launch_instance(argv=[*request["argv"], "--IPKernelApp.parent_handle=1"])
    finally:
        os._exit(0)  # never back into the loop that forks


def _settle(request: dict[str, Any], descriptors: list[int]) -> socket.socket:
    """A session, streams, signals, environment, folder and chance of its own. Returns the line to the server."""
    line = socket.socket(fileno=descriptors[0])
    line.set_inheritable(False)  # a subprocess of the kernel must not hold it open
    os.setsid()
    nowhere = os.open(os.devnull, os.O_RDONLY)
    for opened, standard in ((nowhere, 0), (descriptors[1], 1), (descriptors[2], 2)):
        os.dup2(opened, standard)
        os.close(opened)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(request["env"])
    os.chdir(request["cwd"])
    if "numpy" in sys.modules:  # the standard library's generator is seeded anew by the fork itself
        sys.modules["numpy"].random.seed()
    return line


def _end_with(line: socket.socket) -> None:
    """End this process when the server's end of the line closes; the server never writes."""
    line.recv(1)
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
