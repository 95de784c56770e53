"""Answers to requests. Each checks the Host header and, unless it says otherwise, the login; none shows a traceback."""

import logging
from contextlib import aclosing, suppress
from typing import Any
from urllib.parse import urlencode

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import APIHandler, JupyterHandler
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.handlers import KernelHandler
from jupyter_server.utils import url_path_join
from tornado import web
from tornado.escape import json_decode
from tornado.iostream import StreamClosedError
from voila.static_file_handler import MultiStaticFileHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from .heating import Heater
from .kernels import free, free_later
from .locking import Lock, shut
from .modules import Modules
from .sample_day import go_on

log = logging.getLogger(__name__)
LEAN = {"comm_msg"}
HEARD = {"comm_msg", "status"}
FULL = LEAN | {"comm_open", "comm_close", "comm_info_request", "kernel_info_request"}
MOST_PARTS = 1000  # of one message; more is no message of ours
NOTICES = {
    403: "This page is closed, or its address is not complete. Use the whole address that the command printed, or "
    "start it again.",
    404: "There is no such page. Go back, or open the workbook again with the command that starts it.",
    500: "This page could not be made. What you saved is safe. Load it again, or start the workbook again.",
}


class Guard(JupyterHandler):
    """Refuses a foreign Host, a reader who is not logged in, and what a foreign page sends, in our own words."""

    async def prepare(self) -> None:  # type: ignore[override]
        """Answer 403 at once; a detour over a login form would help nobody, the token comes with the address."""
        await super().prepare(_redirect_to_login=False)
        if self.request.method not in ("GET", "HEAD") and not self._is_from_here:
            raise web.HTTPError(403)

    @property
    def lock(self) -> Lock:
        """The one lock of this server."""
        lock: Lock = self.settings["lock"]
        return lock

    @property
    def heater(self) -> Heater:
        """What makes the pages, some of them ahead."""
        heater: Heater = self.settings["heater"]
        return heater

    @property
    def _is_from_here(self) -> bool:
        """Whether a page of ours asks. To a cookie another port of this machine is the same site."""
        site = self.request.headers.get("Sec-Fetch-Site")
        return site == "same-origin" if site else self.check_origin()

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """One sentence in a neutral page."""
        self.notice(NOTICES.get(status_code, NOTICES[500 if status_code >= 500 else 404]))

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """The kind of error only: its text may quote an address with a token, or worse, her words."""
        if not isinstance(value, web.HTTPError):
            log.error("%s answered nothing: %s", type(self).__name__, typ.__name__)
            log.debug("In full", exc_info=(typ, value, tb))

    def notice(self, text: str) -> None:
        """Finish with a page that names neither the workbook nor anything in it, and has the help lines."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(self.settings["frame"].render("notice.html", text=text))


class NotFound(Guard):
    """Every other address."""

    async def prepare(self) -> None:  # type: ignore[override]
        """404, logged in or not; a foreign Host is 403."""
        raise web.HTTPError(404 if self.check_host() else 403)


class LoginPage(Guard):
    """Where requests end that carry no login."""

    @allow_unauthenticated
    def get(self) -> None:
        """The one thing that helps: the whole address."""
        self.set_status(403)
        self.notice(NOTICES[403])


class ClosedPage(Guard):
    """Where 'Close now' leads: nothing of hers, and no way back in without the whole address."""

    @allow_unauthenticated
    def get(self) -> None:
        """Forget the login; whoever had one closes every page with it: their kernels go too, and the lock shuts."""
        if self.current_user:
            shut(self.lock, self.kernel_manager, self.heater)
        self.identity_provider.clear_login_cookie(self)
        deleted = "Everything is deleted. " if self.get_query_argument("everything", "") == "deleted" else ""
        self.notice(f"Closed. {deleted}To open it again, use the command you started it with.")


class Entrance(Guard):
    """A page that a full address may lead to. The token does not stay in the address."""

    def enter(self, address: str) -> None:
        """Go on to `address` without the token; the login cookie is in the answer."""
        if self.request.headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin"):
            self.redirect(address)
        else:  # reached from elsewhere (a file, a chat): a redirect would not carry a SameSite=Strict cookie
            self.finish(self.settings["frame"].render("onward.html", address=address))


class StartPage(Entrance):
    """The bare address, token or not: on to the first page."""

    def initialize(self, first: str) -> None:
        """`first`: the address of the first page."""
        self.first = first

    async def get(self) -> None:
        """The first page's address."""
        self.enter(self.first)


class WorkbookPage(Entrance):
    """A notebook as a page: text at once, then each cell's output when it is ready."""

    async def get(self, name: str) -> None:
        """Stream the page; a reader who leaves halfway frees the kernel."""
        if not self.heater.has(name):
            raise web.HTTPError(404)
        if self.get_query_argument("token", None) is not None:
            rest = {k: self.get_query_arguments(k) for k in self.request.query_arguments if k != "token"}
            return self.enter(self.request.path + ("?" + urlencode(rest, doseq=True) if rest else ""))
        if self.lock.is_shut:  # before there is a kernel, or anything that could be written
            self.set_header("Content-Type", "text/html; charset=utf-8")
            self.finish(self.settings["frame"].render("locked.html", name=name, base_url=self.base_url, said=""))
            return None
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.write(self.heater.text(name))
        with suppress(StreamClosedError):
            await self.flush()
        run = await self.heater.take(name) or self.heater.run(name)
        async with aclosing(run.pieces()) as pieces:
            try:
                async for piece in pieces:
                    self.write(piece)
                    await self.flush()
            except StreamClosedError:
                await run.end()
            else:
                run.leave()
                self.heater.heat_after(name)


class HeatPage(Guard):
    """A page that the reader may be about to open is made ahead."""

    def post(self, name: str) -> None:
        """204 at once."""
        if not self.heater.has(name):
            raise web.HTTPError(404)
        self.heater.heat(name)
        self.set_status(204)
        self.finish()


class NextDay(Guard):
    """The sample's own clock goes on; pages opened from now on stand on the next day."""

    async def post(self) -> None:
        """End the kernels that still live in the day before, and go back to the page this was asked on."""
        page = self.get_body_argument("page")
        if page not in {known["name"] for known in self.settings["frame"].pages}:
            raise web.HTTPError(404)
        go_on()
        self.heater.clear()
        for kernel_id in self.kernel_manager.list_kernel_ids():
            await free(self.kernel_manager, kernel_id)
        self.redirect(url_path_join(self.base_url, "voila", "render", f"{page}.ipynb"))


class FreeKernel(APIHandler):
    """A page that is being left frees its kernel."""

    async def post(self, kernel_id: str) -> None:
        """204 at once; the kernel goes after a moment of grace."""
        free_later(self.kernel_manager, kernel_id)
        self.set_status(204)
        self.finish()


class KernelStatus(KernelHandler):
    """Whether a kernel is there. A page may ask, and nothing else."""

    async def delete(self, kernel_id: str) -> None:
        """Pages end their kernel by `FreeKernel`."""
        raise web.HTTPError(404)


class PageChannels(VoilaKernelWebsocketHandler):  # type: ignore[misc]
    """The line between a page and its kernel."""

    def select_subprotocol(self, subprotocols: list[str]) -> str | None:
        """None where the page gave up while its kernel was still busy."""
        chosen: str | None = super().select_subprotocol(subprotocols) if self.connection else None
        return chosen


class PageConnection(ZMQChannelsWebsocketConnection):
    """Takes from a page only what a page has to say: messages to widgets."""

    @property
    def is_full(self) -> bool:
        """Whether the page has Voilà's complete front end, for foreign widgets."""
        return self.kernel_id in self.multi_kernel_manager.parent.full_pages

    def handle_incoming_message(self, incoming_msg: Any) -> None:
        """Drop anything else: code to run above all. A page with foreign widgets may say what their front end needs."""
        if message_type(incoming_msg) in (FULL if self.is_full else LEAN):
            super().handle_incoming_message(incoming_msg)

    def handle_outgoing_message(self, stream: Any, outgoing_msg: list[Any]) -> None:
        """Nor is a page told what it does not listen to: the whole state of each widget as it is made above all."""
        _, parts = self.session.feed_identities(outgoing_msg)
        if self.is_full or self.session.unpack(parts[1])["msg_type"] in HEARD:
            super().handle_outgoing_message(stream, outgoing_msg)


def message_type(frame: Any) -> str | None:
    """The type of a message on the shell channel; None for any other and for what cannot be read."""
    if not isinstance(frame, bytes) or int.from_bytes(frame[:8], "little") > MOST_PARTS:
        return None
    try:
        channel, parts = deserialize_msg_from_ws_v1(frame)  # type: ignore[no-untyped-call]
        header = json_decode(bytes(parts[0]))
        return header["msg_type"] if channel == "shell" else None
    except (ValueError, IndexError, KeyError, TypeError, OverflowError):
        return None


class WidgetFile(Guard):
    """A widget's script or style. Its name tells what is in it, so the browser need never ask again."""

    def initialize(self, modules: Modules) -> None:
        """`modules`: those known so far."""
        self.modules = modules

    def get(self, name: str) -> None:
        """The text."""
        text = self.modules.get(name)
        if text is None:
            raise web.HTTPError(404)
        self.set_header("Content-Type", "text/css" if name.endswith(".css") else "text/javascript")
        self.set_header("Cache-Control", "private, max-age=31536000, immutable")
        self.finish(text)


class Files(Guard, MultiStaticFileHandler):  # type: ignore[misc]
    """Style sheets and modules: public files, yet behind the login like all else."""

    def set_extra_headers(self, path: str) -> None:
        """The browser may keep them, and asks each time whether they are still true."""
        self.set_header("Cache-Control", "no-cache")
