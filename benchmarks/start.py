"""How soon the workbook can be read after `make app`: `python -m benchmarks.start [rounds]` writes results/start.md.

From the command to its address, to the first page's text and until every form of it is there; beside it Voilà as it
comes, on the same notebooks. In turn, each with a journal and a browser profile of its own; everything is installed,
and the first round warms up and does not count.
"""

import argparse
import datetime as dt
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.page import ARGS, LIMIT
from benchmarks.report import machine
from tests import chromium

ROOT = Path(__file__).parent.parent
FIRST, TEXT = "00-begin", "You ended it"
OURS, VOILA = "make app", "Voilà, as it comes"
FORMS = "section.card button[type=submit]"  # each form ends in one
COLUMNS = {"address": "its address", "text": "first text", "ready": "all ready"}


def main() -> None:
    """Measure, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rounds", nargs="?", type=int, default=7)
    rounds = parser.parse_args().rounds
    seen: dict[str, list[dict[str, float]]] = {OURS: [], VOILA: []}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.path(), args=ARGS)
        for number in range(rounds + 1):
            for name, found in seen.items():
                one = _start(name, browser)
                found += [one] * bool(number)
                print(number, name, {k: round(v, 2) for k, v in one.items()}, flush=True)
        browser.close()
    results = Path(__file__).parent / "results"
    (results / "start.md").write_text(_report(seen, rounds), "utf-8")


def _start(name: str, browser: Browser) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as home, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        own = {"HOME": home, "XDG_STATE_HOME": home, "WORKBOOK_JOURNAL": f"sqlite:///{home}/journal.sqlite"}
        environment = {**os.environ, **own, "WORKBOOK_BACKUPS": f"{home}/backups"}
        began = time.perf_counter()
        process = subprocess.Popen(
            _command(name, port),
            cwd=ROOT,
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            return _read(browser, _address(process, port), began)
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(20)


def _command(name: str, port: int) -> list[str]:
    if name == OURS:
        return ["make", "app", f"ARGS=--no-browser --port {port}"]
    return [str(Path(sys.executable).with_name("voila")), "notebooks", "--no-browser", f"--port={port}"]


def _address(process: "subprocess.Popen[str]", port: int) -> str:
    """What it says once it serves."""
    assert process.stdout
    for line in process.stdout:
        if found := re.search(rf"http://\S+:{port}/\S*", line):
            return found.group()
    raise RuntimeError("It did not start.")


def _read(browser: Browser, address: str, began: float) -> dict[str, float]:
    """Seconds since the command: its address, the first page's text, its last form."""
    found = {"address": time.perf_counter() - began}
    context = browser.new_context()
    context.set_default_timeout(LIMIT)
    page = context.new_page()
    if "token=" in address:
        page.goto(address, wait_until="commit")
    else:
        page.goto(f"{address.partition('?')[0].rstrip('/')}/voila/render/{FIRST}.ipynb", wait_until="commit")
    page.get_by_text(TEXT).first.wait_for()
    found["text"] = time.perf_counter() - began
    page.locator(FORMS).nth(1).wait_for()
    found["ready"] = time.perf_counter() - began
    context.close()
    return found


def _report(seen: dict[str, list[dict[str, float]]], rounds: int) -> str:
    lines = [
        "# From the command to a page that can be read",
        "",
        f"`python -m benchmarks.start` on {dt.datetime.now().astimezone():%d %B %Y}: {machine()}. {rounds} starts of "
        "each, in turn; seconds since the command, medians, smallest and largest in brackets.",
        "",
        "| | " + " | ".join(COLUMNS.values()) + " |",
        "|---|---|---|---|",
    ]
    for name, found in seen.items():
        cells = []
        for column in COLUMNS:
            some = [one[column] for one in found]
            ratio = statistics.median(some) / statistics.median(one[column] for one in seen[VOILA])
            beside = f" ×{ratio:.2f}" if name != VOILA else ""
            cells.append(f"{statistics.median(some):.2f} ({min(some):.2f}–{max(some):.2f}){beside}")
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
