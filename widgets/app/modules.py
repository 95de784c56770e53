"""The scripts and styles of widgets as files of the server: a page asks for each once, and its browser keeps them."""

import hashlib
from typing import Any


class Modules:
    """Texts by a name that says what is in them, so that what a browser kept under a name is always right."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def of_widget(self, state: dict[str, Any]) -> dict[str, str]:
        """{"module": name, "style": name} of a widget's state, each where there is one. It is served from then on."""
        texts = {"module": (state.get("_esm"), "js"), "style": (state.get("_css"), "css")}
        return {what: self._keep(text, ending) for what, (text, ending) in texts.items() if text}

    def names(self, ending: str) -> list[str]:
        """All that are known so far, with that ending: most pages need the same ones."""
        return [name for name in self._texts if name.endswith(f".{ending}")]

    def get(self, name: str) -> str | None:
        """The text of that name."""
        return self._texts.get(name)

    def _keep(self, text: str, ending: str) -> str:
        name = f"{hashlib.sha256(text.encode()).hexdigest()[:20]}.{ending}"
        self._texts.setdefault(name, text)
        return name
