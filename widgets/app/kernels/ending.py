"""Ending a kernel."""

import logging
from typing import Any

from tornado import web

log = logging.getLogger(__name__)


async def free(kernels: Any, kernel_id: str) -> None:
    """End a kernel that may have ended already."""
    if kernel_id in kernels:
        try:
            await kernels.shutdown_kernel(kernel_id)
        except (KeyError, RuntimeError, web.HTTPError) as error:
            log.debug("A kernel had gone already: %s", type(error).__name__)
