"""Files that leave the workbook and come into it, by the page: behind the login, and kept nowhere on the way."""

import os
import tempfile
import threading
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from tornado import web
from tornado.ioloop import IOLoop

from .handlers import Guard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from widgets.journal import Journal

T = TypeVar("T")
KINDS = {
    "zip": "application/zip",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
}
_one_at_a_time = threading.Lock()


class WithJournal(Guard):
    """What both directions share: the journal, opened for one request in a thread of its own."""

    async def with_journal(self, work: "Callable[[Journal], T]") -> T:
        """What the work finds or does. Raises JournalError."""

        def opened() -> T:
            with _one_at_a_time, _journal(self.lock.agent.key) as journal:
                return work(journal)

        return await IOLoop.current().run_in_executor(None, opened)


class Download(WithJournal):
    """One file: the bundle, or one table. Its name says nothing of what it is about."""

    async def get(self, kind: str, table: str | None = None) -> None:
        """The file, for the browser to save. Where it cannot be made, a page with one sentence."""
        from widgets.journal import JournalError, UnknownTable

        try:
            content = await self.with_journal(
                lambda journal: journal.table_as(table, kind) if table else journal.bundle()
            )
        except UnknownTable:
            raise web.HTTPError(404) from None
        except JournalError as error:
            self.set_status(409)
            return self.notice(error.without_a_save)
        self.set_header("Content-Type", KINDS[kind])
        self.set_header("Content-Disposition", f'attachment; filename="notes{f"-{table}" if table else ""}.{kind}"')
        self.finish(content)


class Upload(WithJournal):
    """A bundle or another copy of a journal, to be merged into this one."""

    async def post(self) -> None:
        """`{"ok", "said"}`; or `{"ok": false, "error"}` in the words of the journal."""
        from widgets.journal import JournalError

        sent = self.request.files.get("file")
        if not sent:
            raise web.HTTPError(400)
        passphrase = self.get_body_argument("passphrase", "", strip=False) or None
        content = sent[-1]["body"]
        try:
            changed = await self.with_journal(lambda journal: _merged(journal, content, passphrase))
        except JournalError as error:
            self.finish({"ok": False, "error": {"kind": "not-done", "message": error.without_a_save}})
            return
        said = "Everything in it was here already." if not changed else f"New or changed here: {changed}."
        self.finish({"ok": True, "said": said})


def _merged(journal: "Journal", content: bytes, passphrase: str | None) -> int:
    """The journal reads files: it lies in one of this user's only, as short as that takes."""
    from widgets.journal import JournalError, NotTaken

    with tempfile.TemporaryDirectory(prefix="in-") as folder:
        path = Path(folder) / "the file you chose"
        try:
            path.write_bytes(content)
        except OSError:
            raise NotTaken(tempfile.gettempdir()) from None
        try:
            return journal.import_bundle(path, passphrase)
        except JournalError as error:
            said = error.without_a_save.replace(f"{folder}{os.sep}", "")
    raise JournalError(said[0].upper() + said[1:])


@contextmanager
def _journal(key: str) -> "Iterator[Any]":
    from widgets.journal import open_journal
    from widgets.journal.keys import Key

    journal = open_journal(key=Key(key) if key else None)
    try:
        yield journal
    finally:
        journal.close()
