"""The same pages without our server: plain JupyterLab, which saves what it shows, and plain Voilà."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from playwright.sync_api import Page, expect

from tests.app.conftest import wait_until
from tests.app.test_reader import card
from widgets.catalogue import DATA
from widgets.journal import Journal, open_journal

WORDS = "Zanzibar on a Tuesday aabbdd"
NAME = "Bartholomew"
SETTINGS = {
    "@jupyter-widgets/jupyterlab-manager/plugin": {"saveState": True},  # with the notebook: the worst case
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"},  # cells out of sight stay in the page
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false"},
}


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = open_journal(f"sqlite:///{tmp_path / 'journal.sqlite'}")
    opened.save("reader", {"name": NAME, "pronouns": "she"})
    yield opened
    opened.close()


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    """Copies of the notebooks, so that the tracked ones stay as they are."""
    return Path(shutil.copytree(DATA.parent / "notebooks", tmp_path / "notebooks"))


@pytest.fixture
def start(own_home: dict[str, str], journal: Journal, tmp_path: Path) -> Iterator[Callable[..., str]]:
    """start(command, …): the address such a server prints."""
    running: list[subprocess.Popen[str]] = []

    def run(*command: str) -> str:
        environment = {**own_home, "WORKBOOK_JOURNAL": f"sqlite:///{journal.place}", "JUPYTER_PREFER_ENV_PATH": "1"}
        log = tmp_path / "server.log"  # a pipe nobody reads would fill up and hold the server
        with log.open("w") as file:
            running.append(
                subprocess.Popen([sys.executable, "-m", *command], env=environment, stdout=file, stderr=file, text=True)
            )
        found = wait_until(lambda: re.search(r"http://(127\.0\.0\.1|localhost):\d+\S*", log.read_text()), seconds=60)
        return str(found[0])

    yield run
    for process in running:  # JupyterLab may take its time to end by itself, once a kernel was restarted
        for one in [*psutil.Process(process.pid).children(recursive=True), process]:
            one.kill()
        process.wait(20)


def add_a_line(page: Page) -> None:
    line = card(page, "What happened, in order")
    field = line.get_by_label("What happened?")
    field.press_sequentially(WORDS)
    expect(field).to_have_value(WORDS)
    line.get_by_role("button", name="Add this line").click()
    expect(line.get_by_role("listitem").get_by_text(WORDS)).to_be_visible()


def whole(notebook: Path) -> Any:
    """The notebook's content, None while it is being written."""
    try:
        return json.loads(notebook.read_text("utf-8"))
    except ValueError:
        return None


def menu(page: Page, name: str, entry: str) -> None:
    """Choose an entry of a JupyterLab menu, once the notebook and its kernel are there."""
    page.get_by_text("What happened, in order").first.wait_for(timeout=60_000)
    page.get_by_text(re.compile(r"\| Idle$")).first.wait_for(timeout=60_000)
    page.get_by_role("menuitem", name=name, exact=True).click(timeout=60_000)
    page.get_by_role("menuitem", name=re.compile(entry)).first.click()


def test_a_notebook_saved_in_jupyterlab_holds_none_of_her_words(
    start: Callable[..., str], copies: Path, open_page: Callable[..., Page], journal: Journal
) -> None:
    """The same exercise works; letters reach the field and no notebook command; the saved file has nothing of hers."""
    notebook = copies / "01-what-happened.ipynb"
    cells = len(json.loads(notebook.read_text())["cells"])
    for plugin, setting in SETTINGS.items():
        path = copies / f"{plugin}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(setting))
    root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    address = start(
        "jupyterlab", "--no-browser", f"--ServerApp.root_dir={copies}", f"--LabApp.user_settings_dir={copies}", *root
    )
    site, _, token = address.partition("/lab")
    page = open_page(f"{site}/lab/tree/{notebook.name}{token}", ready=False)
    menu(page, "Run", "^Run All Cells")
    expect(page.get_by_text(f"Now you miss {NAME}.").first).to_be_visible(timeout=60_000)
    add_a_line(page)
    card(page, "What happened, in order").get_by_role("radio", name="something hard").focus()
    for key in "abdd":  # cell above, cell below, delete the cell: commands of the notebook, were they to reach it
        page.keyboard.press(key)
    assert journal.table("timeline")["what"].tolist() == [WORDS]
    before = notebook.read_bytes()
    page.keyboard.press("Escape")
    menu(page, "File", "^Save Notebook(?! As)")
    saved = wait_until(lambda: notebook.read_bytes() != before and whole(notebook), seconds=30)
    assert len(saved["cells"]) == cells
    assert "widgets" in saved["metadata"]
    text = json.dumps(saved, ensure_ascii=False)
    assert WORDS not in text
    assert NAME not in text
    assert "miss her" not in text

    card(page, "What happened, in order").get_by_label("What happened?").fill("half a line")
    wait_until(lambda: journal.draft("timeline"))
    page.reload()
    menu(page, "Kernel", "^Restart Kernel and Run All Cells")
    page.locator(".jp-Dialog button.jp-mod-warn").click()
    line = card(page, "What happened, in order")
    expect(line.get_by_role("listitem").get_by_text(WORDS)).to_be_visible(timeout=60_000)
    expect(line.get_by_label("What happened?")).to_have_value("half a line")


def test_plain_voila_serves_the_same_page(
    start: Callable[..., str], copies: Path, open_page: Callable[..., Page], journal: Journal
) -> None:
    """Without our server and template: the form opens, saves, the reading follows, and the line is found again."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = start("voila", str(copies), "--no-browser", f"--port={port}", "--Voila.ip=127.0.0.1")
    page = open_page(f"{address.rstrip('/')}/voila/render/01-what-happened.ipynb", ready=False)
    add_a_line(page)
    expect(page.get_by_text("1 line: 0 good, 0 hard.")).to_be_visible()
    assert journal.table("timeline")["what"].tolist() == [WORDS]
    page.goto(page.url.replace("01-what-happened", "06-look-back"))
    page.get_by_label("Words you remember").fill("zanzibar TUESDAY")
    page.get_by_role("button", name="Find", exact=True).click()
    expect(page.locator(".hits > li > p .said")).to_have_text(WORDS)
