"""Ending a kernel."""

import logging
from contextlib import suppress
from typing import Any

from tornado import web
from tornado.ioloop import IOLoop

log = logging.getLogger(__name__)
GRACE = 4.0  # seconds a kernel lives on after its page has left: what the page sent last is still written


def allow_gone(kernels: Any) -> None:
    """Let Jupyter, which ends idle kernels, take one that has gone meanwhile for ended, not for a fault to print."""
    end_if_idle = kernels.cull_kernel_if_idle

    async def end_if_there(kernel_id: str) -> None:
        with suppress(KeyError):
            await end_if_idle(kernel_id)

    kernels.cull_kernel_if_idle = end_if_there


async def free(kernels: Any, kernel_id: str) -> None:
    """End a kernel that may have ended already."""
    if kernel_id in kernels:
        try:
            await kernels.shutdown_kernel(kernel_id)
        except (KeyError, RuntimeError, web.HTTPError) as error:
            log.debug("A kernel had gone already: %s", type(error).__name__)


def free_later(kernels: Any, kernel_id: str) -> None:
    """End a kernel after a moment of grace."""
    IOLoop.current().call_later(GRACE, free, kernels, kernel_id)
