"""How Jupyter starts our kernels: forked from the warmed process where that is possible, as usual elsewhere."""

import asyncio
import os
from contextlib import suppress
from importlib.metadata import EntryPoint
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from .process import NotForked, Warmed

NAME = "second-thoughts-fork"
LAUNCHER = "ipykernel_launcher"
PROMPTLY = 0.2  # seconds to an answer that the other channel has carried already


def register(server: Any, warmed: Warmed) -> None:
    """Let kernel specs of this server name NAME. An entry point of the distribution would need a new installation."""
    factory = KernelProvisionerFactory.instance(parent=server)
    factory.provisioners[NAME] = EntryPoint(NAME, f"{__name__}:ForkProvisioner", KernelProvisionerFactory.GROUP_NAME)
    ForkProvisioner.warmed = warmed


class ForkProvisioner(LocalProvisioner):
    """Forks kernels. Whatever speaks against that, now or for good, a plain kernel is started."""

    warmed: Warmed | None = None
    process: Any  # a subprocess.Popen, or a Forked that passes for one

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """The connection info, as LocalProvisioner gives it."""
        if self.warmed is not None and LAUNCHER in cmd:
            try:
                argv = cmd[cmd.index(LAUNCHER) + 1 :]
                cwd = str(kwargs.get("cwd") or os.getcwd())
                self.process = await self.warmed.fork(argv, kwargs["env"], cwd, 1, 2)
            except NotForked:
                pass
            else:
                self.pid = self.pgid = self.process.pid
                return self.connection_info
        return await super().launch_kernel(cmd, **kwargs)

    async def send_signal(self, signum: int) -> None:
        """Not to a process that is gone: its number, and its group's, may be another one's by now."""
        if self.process and self.process.poll() is None:
            await super().send_signal(signum)


class PromptClient(AsyncKernelClient):
    """Ready with the kernel's first answers. The usual client then listens on, to throw away what nbclient ignores."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel answers on both channels. RuntimeError: it died; TimeoutError: `timeout` s passed."""
        async with asyncio.timeout(timeout):
            while not await self._answers():
                if not await self.is_alive():
                    raise RuntimeError("The kernel ended before it answered.")

    async def _answers(self) -> bool:
        """Whether a question comes back on both channels; what is published before one has subscribed is lost."""
        asked = self.kernel_info()
        with suppress(Empty):
            while (await self.get_shell_msg(timeout=1))["parent_header"].get("msg_id") != asked:
                pass
            while (await self.get_iopub_msg(timeout=PROMPTLY))["parent_header"].get("msg_id") != asked:
                pass
            return True
        return False
