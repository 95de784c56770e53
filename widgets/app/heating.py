"""Pages made ahead: the next one in order, and any whose link the reader is about to follow."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tornado.ioloop import PeriodicCallback

from .streaming import PageRun

MOST = 2  # pages kept ready; each is a kernel of about 25 MB
AFTER = 1.0  # seconds a page has to itself before the next one is made
LOOK = 20.0  # seconds between two looks whether anybody is still there
ALONE = 3  # such looks without a connected page, after which nothing is kept ready


class Heater:
    """The pages of a folder of notebooks, a few of them kept ready: none while the journal is shut.

    text, visit: of a notebook's path.
    """

    def __init__(
        self,
        kernels: Any,
        folder: Path,
        text: Callable[[Path], str],
        visit: Callable[[Path], PageRun],
        is_shut: Callable[[], bool] = lambda: False,
    ) -> None:
        self._is_shut = is_shut
        self._kernels = kernels
        self._folder = folder
        self._text = text
        self._visit = visit
        self._ready: dict[str, PageRun] = {}  # the one asked for last comes last
        self._ending: set[asyncio.Task[None]] = set()
        self._lonely_looks = 0
        self._look = PeriodicCallback(self._keep_or_end, LOOK * 1000)

    def has(self, name: str) -> bool:
        """Whether there is such a page."""
        return self._path(name).is_file()

    def text(self, name: str) -> str:
        """That page as it can be read at once."""
        return self._text(self._path(name))

    def run(self, name: str) -> PageRun:
        """A new visit to that page."""
        return self._visit(self._path(name))

    def heat(self, name: str) -> None:
        """Make that page ahead, unless it is being made; the one asked for longest ago gives way."""
        if self._is_shut():
            return
        if not self._look.is_running():
            self._look.start()
        self._lonely_looks = 0
        if name in self._ready:
            self._ready[name] = self._ready.pop(name)
            return
        while len(self._ready) >= MOST:
            self._end(self._ready.pop(next(iter(self._ready))))
        run = self._ready[name] = self.run(name)
        run.begin()

    def heat_after(self, name: str) -> None:
        """Make the page after this one, once this one has come to rest."""
        names = sorted(path.stem for path in self._folder.glob("*.ipynb"))
        following = next((other for other in names if other > name), None)
        if following:
            asyncio.get_running_loop().call_later(AFTER, self.heat, following)

    async def take(self, name: str) -> PageRun | None:
        """The page made ahead, if there is one and it would be made the same way now."""
        run = self._ready.pop(name, None)
        if run is None:
            return None
        if await run.is_current():
            self._stay(run)
            return run
        self._end(run)
        return None

    def clear(self) -> None:
        """End everything that was made ahead."""
        while self._ready:
            self._end(self._ready.popitem()[1])

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.ipynb"

    def _end(self, run: PageRun) -> None:
        task = asyncio.create_task(run.end())
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)

    def _keep_or_end(self) -> None:
        """While a page is open, what is ready stays so; once all are closed it ends."""
        is_anybody_there = any(self._kernels._kernel_connections.values())
        self._lonely_looks = 0 if is_anybody_there else self._lonely_looks + 1
        if self._lonely_looks >= ALONE:
            self.clear()
            self._look.stop()
        for run in self._ready.values():
            self._stay(run)

    def _stay(self, run: PageRun) -> None:
        """It is no idle kernel: the culler counts from now."""
        if run.kernel_id in self._kernels:
            self._kernels.get_kernel(run.kernel_id).last_activity = datetime.now(UTC)
