"""The command line (DESIGN 'Serving'): one line, everything ended, kind refusals."""

import json
import re
import signal
import socket
import subprocess
import sys
import tomllib
import urllib.request
from collections.abc import Callable, Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from types import SimpleNamespace

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_output
from typer.testing import CliRunner

from widgets.app import main
from widgets.app.lab import clear_before_saving, copy_notebooks
from widgets.app.serving import Record
from widgets.catalogue import DATA

from .conftest import end, write

COMMAND = [sys.executable, "-m", "widgets.app.main"]


@pytest.fixture
def run(own_home: dict[str, str]) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """run(*arguments): the command, started; ended with the test."""
    running: list[subprocess.Popen[str]] = []

    def start(*arguments: str, **environment: str) -> subprocess.Popen[str]:
        running.append(
            subprocess.Popen(
                [*COMMAND, *arguments],
                text=True,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env={**own_home, **environment},
            )
        )
        return running[-1]

    yield start
    for process in running:
        end(process)


def visit(address: str) -> str:
    """Load the first page to its end, as a browser would with its cookie."""
    opener = urllib.request.build_opener(
        urllib.request.HTTPCookieProcessor(CookieJar()), urllib.request.ProxyHandler({})
    )
    return opener.open(address, timeout=60).read().decode()


def test_one_line_then_a_page_then_nothing_left(
    run: Callable[..., subprocess.Popen[str]], notebooks: Path, serve, tmp_path: Path
) -> None:
    """Once the line is printed a page loads; Ctrl-C ends the server and its kernels, without a word."""
    address = serve(notebooks, TINY_KEPT=str(tmp_path / "kept"))
    assert "<workbook-end>" in visit(address)
    kernels = psutil.Process(address.process.pid).children(recursive=True)
    assert kernels
    address.process.send_signal(signal.SIGINT)
    assert address.process.wait(15) == 0
    assert address.process.stdout.read() == ""
    assert not [k for k in kernels if k.is_running() and k.status() != psutil.STATUS_ZOMBIE]


def test_a_second_open_shows_the_running_workbook(run: Callable[..., subprocess.Popen[str]], tmp_path: Path) -> None:
    """It prints the same address and ends; a record that nobody answers for is no hindrance."""
    journal = {"WORKBOOK_JOURNAL": f"sqlite:///{tmp_path / 'one.sqlite'}"}
    first = run("open", "--no-browser", **journal)
    line = first.stdout.readline()
    again = run("open", "--no-browser", **journal)
    assert again.communicate(timeout=20) == (line, "")
    assert again.returncode == 0
    first.kill()  # leaves its record behind
    first.wait()
    third = run("--no-browser", **journal)
    assert third.stdout.readline() not in ("", line)


def test_a_record_is_for_its_owner_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It holds the token."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    record = Record(tmp_path)
    record.write("http://127.0.0.1:1/?token=x")
    assert record.path.stat().st_mode & 0o777 == 0o600
    assert record.running() is None
    assert not record.path.exists()


def test_a_taken_port_names_the_option(run: Callable[..., subprocess.Popen[str]]) -> None:
    """One sentence, no traceback, nothing on the standard output."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        process = run("serve", "--port", port)
        out, err = process.communicate(timeout=20)
    assert process.returncode == 1
    assert out == ""
    assert err.startswith(f"Port {port} cannot be used")
    assert "--port" in err
    assert "Traceback" not in err


def test_a_wrong_option_is_told_before_anything_heavy_loads(run: Callable[..., subprocess.Popen[str]]) -> None:
    """And a command that there is not, or that lacks what it needs."""
    for arguments in (["serve", "--port", "notaport"], ["demo", "--on", "yesterday"], ["unlock"], ["forget"]):
        process = run(*arguments)
        assert process.wait(20) == 2
    loaded = "import sys, widgets.app.main; print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True).stdout.split()
    assert not {"voila", "pandas", "tornado", "sqlalchemy"} & set(modules)


def test_demo_leaves_nothing(run: Callable[..., subprocess.Popen[str]], tmp_path: Path) -> None:
    """The sample reader's journal lies in a folder of its own, which goes with the command."""
    process = run("demo", "--no-browser", "--on", "2026-11-01", TMPDIR=str(tmp_path))
    address = process.stdout.readline().split()[-1]
    assert list(tmp_path.glob("journal-*/journal.sqlite"))
    page = visit(address)
    assert "Sample: an invented reader. Nothing you type is kept." in page
    process.send_signal(signal.SIGINT)
    process.wait(20)
    assert not list(tmp_path.glob("journal-*"))


def test_lab_serves_working_copies(run: Callable[..., subprocess.Popen[str]], tmp_path: Path) -> None:
    """One line; the copies lie beside the journal, whatever its folder is called, and hold no output."""
    process = run("lab", "--no-browser", WORKBOOK_JOURNAL=f"sqlite:///{tmp_path / 'a#b' / 'journal.sqlite'}")
    line = process.stdout.readline()
    assert "/lab?token=" in line
    with urllib.request.urlopen(line.split()[-1], timeout=20) as page:
        assert page.status == 200
    for path in (tmp_path / "a#b" / "notebooks").glob("*.ipynb"):
        assert not any(c.get("outputs") for c in nbformat.read(path, as_version=4).cells)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert (out, err) == ("", "")


def book(path: Path, source: str) -> None:
    shown = new_output("execute_result", data={"text/plain": "her words"}, execution_count=1)
    write(path, [new_code_cell(source, outputs=[shown], execution_count=1)])


def test_copies_follow_their_originals_until_she_changes_them(tmp_path: Path) -> None:
    """New text arrives; her own work is never written over; no copy ever holds an output."""
    source, folder = tmp_path / "source", tmp_path / "copies"
    source.mkdir()
    book(source / "a.ipynb", "1")
    book(source / "b.ipynb", "1")
    copy_notebooks(source, folder)
    book(folder / "b.ipynb", "her own")
    book(source / "a.ipynb", "2")
    book(source / "b.ipynb", "2")
    copy_notebooks(source, folder)
    cells = {name: nbformat.read(folder / f"{name}.ipynb", as_version=4).cells[0] for name in "ab"}
    assert [cells["a"].source, cells["b"].source] == ["2", "her own"]
    assert cells["a"].outputs == []


def test_saving_in_the_lab_forgets_what_cells_showed() -> None:
    """Outputs, counts and widget states go; what she wrote in cells stays."""
    content = {
        "metadata": {"widgets": {"state": "her words"}, "kernelspec": {}},
        "cells": [
            {
                "cell_type": "code",
                "source": "x",
                "outputs": [{"text": "her words"}],
                "execution_count": 4,
                "metadata": {},
            },
            {"cell_type": "markdown", "source": "y", "metadata": {}},
        ],
    }
    clear_before_saving({"type": "notebook", "content": content})
    assert "her words" not in json.dumps(content)
    assert [c["source"] for c in content["cells"]] == ["x", "y"]
    clear_before_saving({"type": "file", "content": "untouched"})


@pytest.mark.parametrize("command", ["serve", "lab"])
def test_an_address_that_no_page_could_open_is_told_at_once(
    run: Callable[..., subprocess.Popen[str]], command: str, tmp_path: Path
) -> None:
    """One sentence with an address that works; no folder of the key agent stays behind."""
    process = run(command, "--no-browser", WORKBOOK_JOURNAL="postgresql://her@/hub", XDG_RUNTIME_DIR=str(tmp_path))
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (1, "")
    assert err.endswith("Write one like sqlite:////home/you/journal.sqlite.\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments", [["--port", "8899", "serve"], ["--no-browser", "demo"], ["--no-browser", "backup"]]
)
def test_an_option_before_its_command_is_not_dropped(
    run: Callable[..., subprocess.Popen[str]], arguments: list[str]
) -> None:
    """It is refused, with the place where it belongs."""
    process = run(*arguments)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (2, "")
    assert "after the command that takes them" in err


def test_it_says_which_version_it_is(run: Callable[..., subprocess.Popen[str]]) -> None:
    """The one that pyproject.toml declares and docs/changes.md begins with."""
    declared = tomllib.loads((DATA.parent / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert run("--version").communicate(timeout=20) == (f"Second Thoughts {declared}\n", "")
    headings = re.findall(r"^## (\S+)", (DATA.parent / "docs" / "changes.md").read_text("utf-8"), re.M)
    assert headings[0] == declared


@pytest.mark.parametrize(
    ("missing", "way"),
    [({"os": SimpleNamespace(name="nt")}, "wsl --install"), ({"ROOT": Path("/nowhere")}, "make app")],
)
def test_where_it_cannot_run_it_says_so_before_anything_else(
    missing: dict[str, object], way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On another system, and away from its own folder (a wheel has neither pages nor exercises): what to do instead."""
    for name, value in missing.items():
        monkeypatch.setattr(main, name, value)
    for command in ([], ["backup"]):
        done = CliRunner().invoke(main.app, command)
        assert (done.exit_code, done.stdout) == (1, "")
        assert way in done.stderr
