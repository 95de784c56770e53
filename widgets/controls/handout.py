"""A file made of what she chose: shown on the page as it is, and saved once she has read it."""

import threading
from typing import Any

from .control import HERE, Control, module, stylesheet


class Handout(Control):
    """Asks what shall be in a file, shows the file, and saves it in her browser's folder.

    handle answers `open` with `{"spec"}` (`title`, `intro`, `items` as a form's, `more`, `make`, `tick`); `make`
    (`{"answers"}`) with `{"file": {"name", "type", "bytes" (base64), "sha256", "size"}, "parts", "notes"}`; `record`
    (`{"sha256"}`) once the file is to leave, with `{"saved"}`; `entries` and `earlier` (`{"exercise", "ticked"}`),
    asked for by items of the type entries, with `{"choices", "earlier"}`: the newest, or all. Its push is
    `{"push": "spec", "spec"}`.
    """

    _esm = module(HERE / "form" / "handout.js")
    _css = stylesheet("form.css")

    def receive(self, content: Any) -> None:
        """A file may take seconds to make: meanwhile the page's signs of life are answered."""
        if isinstance(content, dict) and content.get("do") == "make":
            threading.Thread(target=super().receive, args=(content,)).start()
        else:
            super().receive(content)
