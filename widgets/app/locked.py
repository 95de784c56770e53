"""Answers to requests about the lock: the one page there is while it is shut, opening, shutting, and signs of life."""

from jupyter_server.utils import url_path_join
from tornado import web
from tornado.ioloop import IOLoop

from .handlers import Guard
from .locking import shut


class Unlock(Guard):
    """The passphrase, sent by the locked page's one form, or by a page that was locked while it was open."""

    async def post(self) -> None:
        """Go on to the page that was asked for; or say that it did not open, in the same words for every reason to."""
        from widgets.journal import JournalError

        page, passphrase = self.get_body_argument("page"), self.get_body_argument("passphrase", "", strip=False)
        if page not in {known["name"] for known in self.settings["frame"].pages}:
            raise web.HTTPError(404)
        said = ""
        try:
            await IOLoop.current().run_in_executor(None, self.lock.open_with, passphrase)
        except JournalError as error:
            said = error.without_a_save
        if self.request.headers.get("Accept") == "application/json":
            self.finish({"opened": not said, "said": said})
        elif said:
            self.set_status(403)
            self.finish(self.settings["frame"].render("locked.html", name=page, base_url=self.base_url, said=said))
        else:
            self.redirect(url_path_join(self.base_url, "voila", "render", f"{page}.ipynb"), status=303)


class Shut(Guard):
    """“Lock now”, or a page on which nothing has happened for a while."""

    async def post(self) -> None:
        """`{"locked"}`: false where there is no passphrase, or where she was heard of on another page."""
        if self.lock.agent.key and (self.get_body_argument("idle", "") != "yes" or self.lock.is_due):
            shut(self.lock, self.kernel_manager, self.heater)
        self.finish({"locked": self.lock.is_shut})


class Awake(Guard):
    """A page on which she is at work says so."""

    async def post(self) -> None:
        """204."""
        self.lock.heard()
        self.set_status(204)
        self.finish()
