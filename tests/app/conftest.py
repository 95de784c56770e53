"""A real server, a real browser, and a small workbook whose control follows the widgets' protocol."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from playwright.sync_api import Browser, Page

SERVE = """import sys
from pathlib import Path
from widgets.app.serving import serve_workbook
serve_workbook(Path(sys.argv[1]), int(sys.argv[2]) or None)
"""
WARMED = "widgets.app.kernels.warmed"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PASSAGE = """You have said two hard things. Both can be true.

> **Evidence** One diary study found guesses too dark.
>
> <details><summary>source</summary>Somebody 2008, Journal.</details>

Nobody could have told you how the quiet would sound."""
# A control as the pages' host knows them: open, save, ping, a draft on closing. It keeps what it gets in a file.
TINY = '''
import json, os, time
from pathlib import Path
import anywidget, traitlets

KEPT = Path(os.environ.get("TINY_KEPT", "kept.json"))

class Tiny(anywidget.AnyWidget):
    _esm = """
    const ask = (model, content) => new Promise((done) => {
      const id = crypto.randomUUID();
      const hear = (message) => { if (message.id === id) { model.off("msg:custom", hear); done(message); } };
      model.on("msg:custom", hear);
      try { model.send({ id, ...content }); } catch { /* asked again when the line is back */ }
    });
    export default { async render({ model, el }) {
      const [words, save, state] = ["textarea", "button", "p"].map((tag) => document.createElement(tag));
      words.setAttribute("aria-label", "Your words");
      words.style.maxWidth = "100%";
      save.textContent = "Save";
      state.className = "state";
      el.append(words, save, state);
      let waiting = false, before = "";
      const tell = (unsent) => document.dispatchEvent(
        new CustomEvent("second-thoughts:unsent", { detail: { key: "tiny", unsent } }));
      const send = async () => {
        waiting = true;
        tell(true);
        const answer = await ask(model, { do: "save", answers: { words: words.value } });
        waiting = false;
        tell(false);
        state.textContent = `kept by ${answer.pid}: ${answer.words}`;
      };
      save.addEventListener("click", send);
      document.addEventListener("second-thoughts:connected", () => { if (waiting) send(); });
      document.addEventListener("second-thoughts:closing", () => {
        const answers = { words: words.value };
        if (words.value !== before) model.send({ id: crypto.randomUUID(), do: "draft", answers });
      });
      const { pid, words: kept } = await ask(model, { do: "open" });
      words.value = before = kept;
      state.textContent = `opened by ${pid}`;
    } };
    """
    view = traitlets.Unicode("form").tag(sync=True)

    def __init__(self):
        super().__init__()
        self.on_msg(lambda _, content, buffers: self.answer(content))

    def answer(self, content):
        if content["do"] in ("save", "draft"):
            KEPT.write_text(json.dumps(content["answers"]["words"]))
        if content["do"] == "open":
            self.send({"push": "written", "pages": ["01-what-happened"]})
        words = json.loads(KEPT.read_text()) if KEPT.exists() else ""
        self.send({"id": content["id"], "ok": True, "pid": os.getpid(), "words": words})

    def __repr__(self):
        return "A tiny exercise\\\\nWhat do you say?"

class Words:
    def __init__(self, text):
        self.text = text
    def _repr_markdown_(self):
        return self.text
    def __repr__(self):
        return self.text

class Book:
    def passage(self, _):
        return Words(PASSAGE)
    def exercise(self, _):
        return Tiny()
    def next(self):
        return Words("Next: [What happened](01-what-happened.ipynb).")

page = Book()
PASSAGE = PASSAGE_TEXT
'''


class Address(str):
    """A served workbook's full address. `process`: its server. `site`: the address without the token."""

    process: subprocess.Popen[str]

    @property
    def site(self) -> str:
        return self.partition("?")[0]

    @property
    def token(self) -> str:
        return self.partition("token=")[2]

    def page(self, name: str) -> str:
        """A page's address."""
        return f"{self.site}voila/render/{name}.ipynb"


@pytest.fixture(scope="session")
def own_home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which the command's own files stay out of the user's folders."""
    home = str(tmp_path_factory.mktemp("home"))
    return {**os.environ, "HOME": home, "XDG_STATE_HOME": home, "XDG_DATA_HOME": home, "PYTHONPATH": os.getcwd()}


@pytest.fixture(scope="session")
def serve(own_home: dict[str, str]) -> Iterator[Callable[..., Address]]:
    """serve(notebooks, port, **environment): the address of a server of its own, which ends with the tests."""
    running: list[subprocess.Popen[str]] = []

    def start(notebooks: Path, port: int = 0, **environment: str) -> Address:
        process = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(notebooks), str(port)],
            text=True,
            stdout=subprocess.PIPE,
            env={**own_home, **environment},
        )
        running.append(process)
        assert process.stdout
        address = Address(process.stdout.readline().split()[-1])
        address.process = process
        return address

    yield start
    for process in running:
        end(process)


def end(process: subprocess.Popen[str]) -> None:
    """Stop a server as the system would, also one that a test has paused."""
    if process.poll() is None:
        process.send_signal(signal.SIGCONT)
        process.terminate()
        process.wait(20)


def kernels_of(server: subprocess.Popen[str]) -> list[psutil.Process]:
    """A server's kernels: forked from its warmed process, or started one by one."""
    own = psutil.Process(server.pid)
    warmed = {p.pid for p in own.children() if WARMED in _command(p)}
    return [p for p in own.children(recursive=True) if "ipykernel_launcher" in _command(p) or _parent(p) in warmed]


def _command(process: psutil.Process) -> list[str]:
    """Its command line; empty once it has ended."""
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def _parent(process: psutil.Process) -> int | None:
    """Who started it; None once it has ended."""
    try:
        return None if process.status() == psutil.STATUS_ZOMBIE else process.ppid()
    except psutil.Error:
        return None


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """open_page(url, name): a page, logged in, in a browser context of its own; further options are the context's."""
    contexts = []

    def start(url: str, name: str | None = None, *, ready: bool = True, **options: Any) -> Page:
        context = chromium.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.goto(url, wait_until="commit")
        if name:
            page.goto(Address(url).page(name), wait_until="commit")
        if ready:
            page.wait_for_selector("main[data-state=ready]")
        return page

    yield start
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """axe(page): what axe finds on it, a line each. Nothing is left out."""
    script = AXE_FILE_PATH.read_text("utf-8")

    def run(page: Page) -> list[str]:
        page.evaluate(script)
        found = page.evaluate("tags => axe.run(document, {runOnly: tags})", RULES)
        return [f"{v['id']}: {n['target']} {n['failureSummary']}" for v in found["violations"] for n in v["nodes"]]

    return run


@pytest.fixture(scope="session")
def notebooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook of four notebooks: two ordinary pages, one with a foreign widget, one with a cell that fails."""
    folder = tmp_path_factory.mktemp("notebooks")
    (folder / "tiny.py").write_text(TINY.replace("PASSAGE_TEXT", repr(PASSAGE)))
    begin, exercise = new_code_cell("from tiny import page"), _exercise()
    write(
        folder / "00-begin.ipynb",
        [
            new_markdown_cell("# Start\n\nTen minutes."),
            begin,
            _shown('page.passage("a")', PASSAGE),
            exercise,
            new_code_cell(
                "from pathlib import Path; Path('lab-cell-ran').touch(); print('for the lab')",
                metadata={"tags": ["lab-only"]},
            ),
            _shown("page.next()", "Next: [What happened](01-what-happened.ipynb)."),
        ],
    )
    write(
        folder / "01-what-happened.ipynb",
        [new_markdown_cell("# What happened"), begin, _shown('page.passage("a")', "An older wording."), exercise],
    )
    write(
        folder / "02-lonely-or-love.ipynb",
        [
            new_markdown_cell("# Lonely or love"),
            begin,
            exercise,
            new_code_cell("import ipywidgets\nipywidgets.IntSlider(3, description='stock')"),
        ],
    )
    write(
        folder / "03-say-it-once.ipynb",
        [
            new_markdown_cell("# Say it once"),
            begin,
            new_code_cell("secret = 'word' * 2\nraise ValueError(secret)"),
            exercise,
        ],
    )
    return folder


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the shared workbook's exercises keep what they get."""
    return tmp_path_factory.mktemp("kept") / "kept.json"


@pytest.fixture(scope="session")
def workbook(serve: Callable[..., Address], notebooks: Path, kept: Path) -> Address:
    """That workbook, served; shared by the tests that leave it as it is."""
    return serve(notebooks, TINY_KEPT=str(kept))


def write(path: Path, cells: list[Any]) -> None:
    """A notebook of these cells."""
    nbformat.write(new_notebook(cells=cells), path)


def _shown(source: str, markdown: str) -> Any:
    data = {"text/markdown": markdown, "text/plain": markdown}
    return new_code_cell(
        source, outputs=[new_output("execute_result", data=data, execution_count=1)], execution_count=1
    )


def _exercise() -> Any:
    data = {"text/plain": "A tiny exercise\nWhat do you say?"}
    output = new_output("execute_result", data=data, execution_count=1)
    return new_code_cell('page.exercise("tiny")', outputs=[output], execution_count=1)


def wait_until(true: Callable[[], Any], seconds: float = 15) -> Any:
    """What `true` returns once it is truthy. For states outside the browser, which Playwright cannot wait for."""
    until = time.monotonic() + seconds
    while not (value := true()):
        assert time.monotonic() < until, f"{true} did not come true within {seconds} s"
        time.sleep(0.05)
    return value
