"""What all controls share: requests of the page answered from Python, and a plain-text twin for readers without one."""

import logging
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets

HERE = Path(__file__).parent
LOG = logging.getLogger(__name__)
UNEXPECTED = (
    "Not saved: the workbook met something it did not expect. Your words are still here. "
    "Try again; if it stays like this, copy your words and reload the page."
)
IMPORT = re.compile(r'^import \{[^}]*\} from "(\.\.?/(?:[\w-]+/)?[\w-]+\.js)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=const|let|class|function|async)", re.MULTILINE)

Message = dict[str, Any]


def stylesheet(*names: str) -> str:
    """The shared style and a control's own, as one text: a notebook has no page around it that brings the first."""
    return "\n".join((HERE / part).read_text(encoding="utf-8") for part in ("base.css", *names))


def module(main: Path) -> str:
    """An ES module and all it imports as one text: so a widget's script reaches the browser.

    Each module stands behind those it imports (of two that import each other, behind one of them). The imports, and the
    word `export` before declarations, are taken out; the default export of `main` stays. Each name must be unique in
    all of them.
    """
    begun, texts = set[Path](), list[str]()

    def take(path: Path) -> None:
        begun.add(path)
        text = path.read_text(encoding="utf-8")
        for name in IMPORT.findall(text):
            imported = (path.parent / name).resolve()
            if imported not in begun:
                take(imported)
        texts.append(EXPORT.sub("", IMPORT.sub("", text)))

    take(main.resolve())
    return "\n".join(texts)


class Control(anywidget.AnyWidget):
    """Answers the page's messages `{id, do, …}` with `{id, ok, …}`.

    handle: the answer to a message; `ping` is answered here. twin: what stands in a notebook where no widget can be
    drawn, its first line the title. markdown: the same for viewers that can draw it.

    A notebook stores a widget's traits, so nothing of hers is one; and what the page sends as state is refused, because
    whoever could write `_esm` would run in every page of this kernel.
    """

    view = traitlets.Unicode(read_only=True).tag(sync=True)
    title = traitlets.Unicode(read_only=True).tag(sync=True)

    def __init__(self, handle: Callable[[Message], Message], twin: str, markdown: str | None = None) -> None:
        super().__init__()
        self._handle = handle
        self._twin = twin
        self._markdown = markdown
        self.set_trait("view", type(self).__name__.lower())
        self.set_trait("title", twin.partition("\n")[0])
        self.on_msg(lambda _widget, content, _buffers: self.receive(content))

    def receive(self, content: Any) -> None:
        """A message of a page: answered, if it is a request."""
        if isinstance(content, dict) and isinstance(content.get("id"), str):
            self.send({"id": content["id"]} | self.answer(content))

    def answer(self, request: Message) -> Message:
        """What a page that asks this is told: `{ok, …}`; after a fault that nobody expected, that it is not saved."""
        if request.get("do") == "ping":
            return {"ok": True}
        try:
            return {"ok": True} | self._handle(request)
        except Exception as error:  # whatever it is, she must hear that it is not saved
            LOG.error("A control could not answer: %s", type(error).__name__)  # its text may quote her
            return {"ok": False, "error": {"kind": "not-saved", "message": UNEXPECTED}}

    def push(self, content: Message) -> None:
        """Tell every page that shows this control something it did not ask for: `{"push": what, …}`."""
        self.send(content)

    def send_state(self, key: Any = None) -> None:
        """Answer a page that asks for the state. Script and style it has from the server; they would be most of it."""
        super().send_state([k for k in self.keys if k not in ("_esm", "_css")] if key is None else key)

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take no state from a page."""

    def __repr__(self) -> str:
        return self._twin

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        bundle = super()._repr_mimebundle_(**kwargs)
        assert bundle is not None  # only for a widget without a view
        data, metadata = bundle
        return data | ({"text/markdown": self._markdown} if self._markdown is not None else {}), metadata
