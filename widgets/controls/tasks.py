"""Things to do with the journal as a whole, on the page: each with its words, a few fields and one button."""

from collections.abc import Callable
from typing import Any

from .control import HERE, Control, Message, module, stylesheet


class Tasks(Control):
    """Shows the content the page layer hands over on `open` and with every answer: `{"title", "blocks", "tasks"}`.

    A task is `{"id", "title", "text", "fields", "button"}`, shown closed where it has a title; further `confirm`
    (`{"ask", "yes", "no"}`: asked once), `links` (`[{"text", "href"}]`: files to save), `save` (the address of a file,
    with `{field}` in it), `upload` and `file` (where the file of that field goes), `frame` (true: in the app only). A
    field is `{"id", "kind", "ask", "hint"}` of the kinds secret, file, tick, choice and ticks, the last two with
    `options` (`[{"value", "text", "hers"}]`); `earlier` says that there are more. handle answers `run` (`{"task",
    "fields"}`) with `{"content", "said", "next"}`; `next` names an event for the page around it (`lock`, `deleted`,
    `reload`), which hears `said` too; and `earlier` with that field's `{"options", "earlier"}`, all of them in it.
    """

    _esm = module(HERE / "form" / "tasks.js")
    _css = stylesheet("form.css")

    def __init__(self, content: Callable[[], dict[str, Any]], handle: Callable[[Message], Message], twin: str) -> None:
        self._content = content
        super().__init__(lambda request: {"content": content()} if request["do"] == "open" else handle(request), twin)

    def refresh(self) -> None:
        """Show how things stand now."""
        self.push({"push": "content", "content": self._content()})
