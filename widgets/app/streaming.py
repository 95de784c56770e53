"""One visit to a page: its text at once, then a kernel, then each cell's output as it is ready."""

import asyncio
import logging
import os
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any
from uuid import uuid4

import nbformat
from nbclient import NotebookClient
from voila.utils import get_page_config

from .frame import Frame
from .notebook import VIEW, cells_of, prose, read_notebook

log = logging.getLogger(__name__)
CELL_TIMEOUT = 30  # seconds; a cell of ours takes far less than one
START_TIMEOUT = 60


class PageRun:
    """Renders the notebook at `path` for one reader. The kernel's id is known before the kernel starts."""

    def __init__(self, path: Path, frame: Frame, kernels: Any, base_url: str, server: Any) -> None:
        self.path, self.frame, self.kernels, self.base_url, self.server = path, frame, kernels, base_url, server
        self.kernel_id = str(uuid4())
        self._start: asyncio.Task[str] | None = None

    async def pieces(self) -> AsyncGenerator[str, None]:
        """The page in pieces of HTML. The last one says whether everything ran; no piece holds a traceback."""
        notebook = read_notebook(self.path)
        environment = {**os.environ, **self.server.agent.environment}
        start = self.kernels.start_kernel(kernel_id=self.kernel_id, kernel_name="python3", path="", env=environment)
        self._start = asyncio.create_task(start)
        name = self.path.stem
        config = {"baseUrl": self.base_url, "kernelId": self.kernel_id}
        yield self.frame.render("page.html", name=name, cells=cells_of(notebook), config=config, base_url=self.base_url)
        try:
            async for piece in self._outputs(notebook):
                yield piece
        except Exception as error:  # whatever it is, the page says that it did not open
            log.error("The page %s stopped: %s", name, type(error).__name__)
            yield '<workbook-end data-failed="yes"></workbook-end>\n'
        else:
            yield "<workbook-end></workbook-end>\n"

    async def started(self) -> None:
        """Wait until the kernel is there, or has failed."""
        if self._start is not None:
            await asyncio.wait([self._start])

    async def _outputs(self, notebook: nbformat.NotebookNode) -> AsyncGenerator[str, None]:
        assert self._start is not None
        await self._start
        client = NotebookClient(
            notebook,
            km=self.kernels.get_kernel(self.kernel_id),
            timeout=CELL_TIMEOUT,
            startup_timeout=START_TIMEOUT,
            allow_errors=True,
        )
        channels = await client.async_start_new_kernel_client()
        yield "<workbook-kernel></workbook-kernel>\n"
        try:
            for index, cell in enumerate(notebook.cells):
                if cell.cell_type != "code":
                    continue
                await client.async_execute_cell(cell, index, store_history=False)
                yield self._cell(index, cell.outputs, client.widget_state)
        finally:
            channels.stop_channels()

    def _cell(self, index: int, outputs: list[Any], widgets: dict[str, Any]) -> str:
        shown = [s for s in (_shown(o, widgets) for o in outputs) if s]
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


def _shown(output: Any, widgets: dict[str, Any]) -> dict[str, Any] | None:
    """What the page shows of an output: {view, foreign, mime} | {html} | {text} | {failed}; None for a warning."""
    if output.output_type == "error":
        log.error("A cell failed: %s", output.ename)
        return {"failed": True}
    if output.output_type == "stream":
        return {"text": output.text} if output.name == "stdout" else None
    data = output.data
    if VIEW in data:
        model = data[VIEW]["model_id"]
        foreign = widgets.get(model, {}).get("_model_module", "anywidget") != "anywidget"
        mime = {"output_type": "display_data", "metadata": {}, "data": data}
        return {"view": model, "foreign": foreign, "mime": mime}
    if "text/markdown" in data:
        return {"html": prose(data["text/markdown"])}
    return {"text": data["text/plain"]} if "text/plain" in data else None
