"""One visit to a page: its text at once, then a kernel, then each cell's output as it is ready."""

import asyncio
import logging
import os
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any
from uuid import uuid4

from nbclient import NotebookClient
from voila.utils import get_page_config

from .frame import Frame
from .kernels import free
from .modules import Modules
from .notebook import VIEW, cells_of, prose, read_notebook

log = logging.getLogger(__name__)
CELL_TIMEOUT = 30  # seconds; a cell of ours takes far less than one
START_TIMEOUT = 60
ANSWER = 2  # seconds a kernel at rest has to say whether its page is current
END = "<workbook-end></workbook-end>\n"
FAILED_END = '<workbook-end data-failed="yes"></workbook-end>\n'


def text_of(path: Path, frame: Frame, base_url: str, modules: Modules) -> str:
    """The page of the notebook at `path` as it can be read at once, without any kernel. It stays open at its end."""
    cells = cells_of(read_notebook(path), path.stem)
    return frame.render("page.html", name=path.stem, cells=cells, base_url=base_url, modules=modules)


class PageRun:
    """What a kernel adds to the page of the notebook at `path`, for one reader."""

    def __init__(self, path: Path, frame: Frame, kernels: Any, base_url: str, server: Any) -> None:
        self.path, self.frame, self.kernels, self.base_url, self.server = path, frame, kernels, base_url, server
        self.kernel_id = str(uuid4())
        self._notebook = read_notebook(path)
        self._kept: list[str] = []  # what the kernel has made so far
        self._more = asyncio.Event()
        self._channels: Any = None
        self._work: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Start the kernel and let it make its part of the page, whether somebody reads it yet or not."""
        if self._work is None:
            self._work = asyncio.create_task(self._make())

    async def pieces(self) -> AsyncGenerator[str, None]:
        """It in pieces of HTML. The last one says whether everything ran; no piece holds a traceback."""
        self.begin()
        sent = 0
        while sent < len(self._kept) or not self._ended:
            if sent == len(self._kept):
                await self._more.wait()
            self._more.clear()
            while sent < len(self._kept):
                yield self._kept[sent]
                sent += 1

    async def made(self) -> bool:
        """Wait until the kernel has made its part; whether all of it ran."""
        assert self._work is not None
        await asyncio.wait([self._work])
        return self._kept[-1:] == [END]

    async def is_current(self) -> bool:
        """Whether this page, made some time ago, would be made the same way now. What is in its widgets is asked anew
        by every page that opens them.
        """
        if not await self.made():
            return False
        asked = self._channels.execute("", silent=True, user_expressions={"current": "page.is_current()"})
        try:
            async with asyncio.timeout(ANSWER):
                while (reply := await self._channels.get_shell_msg())["parent_header"].get("msg_id") != asked:
                    pass
        except TimeoutError:
            return False
        answer = reply["content"].get("user_expressions", {}).get("current", {})
        return bool(answer.get("data", {}).get("text/plain") == "True")

    async def end(self) -> None:
        """Nobody reads it: end the kernel, also one that is only starting."""
        if self._work is not None:
            await asyncio.wait([self._work], timeout=START_TIMEOUT)
        self.leave()
        await free(self.kernels, self.kernel_id)

    def leave(self) -> None:
        """The page has the kernel to itself from now on."""
        if self._channels is not None:
            self._channels.stop_channels()
            self._channels = None

    @property
    def _ended(self) -> bool:
        return self._kept[-1:] in ([END], [FAILED_END])

    async def _make(self) -> None:
        try:
            async for piece in self._outputs():
                self._keep(piece)
        except Exception as error:  # whatever it is, the page says that it did not open
            log.error("The page %s stopped: %s", self.path.stem, type(error).__name__)
            self._keep(FAILED_END)
        else:
            self._keep(END)

    def _keep(self, piece: str) -> None:
        self._kept.append(piece)
        self._more.set()

    async def _outputs(self) -> AsyncGenerator[str, None]:
        environment = {**os.environ, **self.server.agent.environment}
        await self.kernels.start_kernel(kernel_id=self.kernel_id, kernel_name="python3", path="", env=environment)
        client = NotebookClient(
            self._notebook,
            km=self.kernels.get_kernel(self.kernel_id),
            timeout=CELL_TIMEOUT,
            startup_timeout=START_TIMEOUT,
            allow_errors=True,
        )
        self._channels = await client.async_start_new_kernel_client()
        yield f'<workbook-kernel data-id="{self.kernel_id}"></workbook-kernel>\n'
        for index, cell in enumerate(self._notebook.cells):
            if cell.cell_type != "code":
                continue
            await client.async_execute_cell(cell, index, store_history=False)
            yield self._cell(index, cell.outputs, client.widget_state)

    def _cell(self, index: int, outputs: list[Any], widgets: dict[str, Any]) -> str:
        shown = [s for s in (self._shown(o, widgets) for o in outputs) if s]
        front_end = None
        if any(s.get("foreign") for s in shown) and self.kernel_id not in self.server.full_pages:
            self.server.full_pages.add(self.kernel_id)
            front_end = {
                **get_page_config(
                    self.base_url, self.server.app.settings, self.server.log, self.server.voila_configuration
                ),
                "kernelId": self.kernel_id,
            }
        return self.frame.render("cell.html", index=index, outputs=shown, front_end=front_end)

    def _shown(self, output: Any, widgets: dict[str, Any]) -> dict[str, Any] | None:
        """What the page shows of an output: {view, foreign, mime, files} | {html} | {text} | {failed}; or None."""
        if output.output_type == "error":
            log.error("A cell failed: %s", output.ename)
            return {"failed": True}
        if output.output_type == "stream":
            return {"text": output.text} if output.name == "stdout" else None
        data = output.data
        if VIEW in data:
            model = data[VIEW]["model_id"]
            state = widgets.get(model, {})
            foreign = state.get("_model_module", "anywidget") != "anywidget"
            mime = {"output_type": "display_data", "metadata": {}, "data": data}
            return {"view": model, "foreign": foreign, "mime": mime, "files": self.server.modules.of_widget(state)}
        if "text/markdown" in data:
            return {"html": prose(data["text/markdown"])}
        return {"text": data["text/plain"]} if "text/plain" in data else None
