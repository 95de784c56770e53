"""What her answers say, on the page: a panel of sentences, lists and figures that follows what she saves."""

from collections.abc import Callable
from typing import Any

from .control import HERE, Control, module, stylesheet


class Reading(Control):
    """Shows content the page layer hands over on `open` and pushes after each save: `{"title": …, "blocks": […]}`.

    With `help_first` the panel that says who helps now stands before it.
    With `hide_while` (`{"exercise", "text"}`) the text stands in their place while that exercise is being answered.
    With `fresh_for` (seconds) the page asks for it again after that time, and when she comes back to the page.
    """

    _esm = module(HERE / "reading.js")
    _css = stylesheet("reading.css")

    def __init__(self, content: Callable[[], dict[str, Any]], twin: str, markdown: str | None = None) -> None:
        self._content = content
        super().__init__(lambda request: {"content": content()}, twin, markdown)

    def refresh(self) -> None:
        """Show what the answers say now."""
        self.push({"push": "content", "content": self._content()})
