"""How soon a page is there, in the product and in its peers: `python -m benchmarks.page [rounds]` (or `make bench`).

All hosts are visited in turn, round by round, in one Chromium; the first round warms up and does not count. A visit is
a new browser profile: the page, an answer stored, the figure drawn anew, then the page again, cached.
"""

import argparse
import asyncio
import re
import statistics
import time
from collections.abc import Awaitable
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page, async_playwright
from playwright.async_api import Error as PlaywrightError

from benchmarks import report
from benchmarks.hosts import served, store
from benchmarks.report import BESIDE, STOCK
from benchmarks.servers import OURS, PEERS, Host, Server, install
from tests import chromium

ARGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
LIMIT = 120_000  # ms for anything; ten readers of the slowest host need about one minute
TOGETHER = 10
OPEN_PAGES = 3  # whose memory is measured
HEATED = f"{OURS.name}, made ahead"


class Traffic:
    """What a page has received: requests and bytes, web sockets too."""

    def __init__(self) -> None:
        self.requests = self.bytes = 0

    async def watch(self, page: Page) -> None:
        """Count from now on."""
        session = await page.context.new_cdp_session(page)
        await session.send("Network.enable")
        session.on("Network.requestWillBeSent", lambda _: self._add(1, 0))
        session.on("Network.loadingFinished", lambda event: self._add(0, event["encodedDataLength"]))
        session.on("Network.webSocketFrameReceived", lambda event: self._add(0, len(event["response"]["payloadData"])))

    def _add(self, requests: int, size: float) -> None:
        self.requests += requests
        self.bytes += int(size)


async def profile(browser: Browser, server: Server) -> BrowserContext:
    """A new browser profile, logged in where there is a login."""
    context = await browser.new_context()
    context.set_default_timeout(LIMIT)
    if server.login:
        await context.request.get(server.login)
    return context


async def load(page: Page, server: Server) -> dict[str, float]:
    """Open the page: seconds to its first text, and to six forms with a figure of all rows; rows that it lacks."""
    rows, began = server.stored(), time.perf_counter()
    await page.goto(server.url, wait_until="commit")
    await page.get_by_text("A passage of the reading").first.wait_for()
    text = time.perf_counter() - began
    await page.get_by_role("button", name="Save", exact=True).nth(store.EXERCISES - 1).wait_for()
    count = page.get_by_text(re.compile(r"^\d+ rows$")).first
    await count.wait_for()
    ready = time.perf_counter() - began
    shown = int((await count.text_content() or "0").split()[0])
    return {"text": text, "ready": ready, "stale": abs(rows - shown)}


async def answer(page: Page, server: Server) -> dict[str, float]:
    """Save one answer: seconds until it is on the disk, and until the figure has it."""
    rows = server.stored()
    if server.host.package is None:
        card = page.locator("section.card").first
        await card.get_by_role("radio", name=str(rows % 11), exact=True).first.check(force=True)
    button = page.get_by_role("button", name="Save", exact=True).first
    began = time.perf_counter()
    await button.click()
    stored = asyncio.create_task(_until(lambda: server.stored() > rows))
    await page.get_by_text(re.compile(rf"^{rows + 1} rows$")).first.wait_for()
    drawn = time.perf_counter() - began
    await stored
    return {"stored": stored.result() - began, "drawn": drawn}


async def _until(holds: Any) -> float:
    end = time.perf_counter() + LIMIT / 1000
    while not holds():
        if time.perf_counter() > end:
            raise TimeoutError
        await asyncio.sleep(0.005)
    return time.perf_counter()


async def visit(browser: Browser, server: Server, *, ahead: bool) -> dict[str, float]:
    """One visit, cold and then with the browser's cache. ahead: come from the page before, as a reader does."""
    await asyncio.to_thread(server.rest)
    context = await profile(browser, server)
    page, traffic = await context.new_page(), Traffic()
    if ahead:
        await page.goto(f"{server.site}/voila/render/{served.BEFORE}.ipynb")
        await asyncio.sleep(1.5)  # the next page is begun a second after this one
        await asyncio.to_thread(server.rest)
    await traffic.watch(page)
    before = server.cpu()
    found = await load(page, server)
    found |= await answer(page, server)
    await asyncio.to_thread(server.rest)
    found |= {"cpu": server.cpu() - before, "requests": traffic.requests, "kB": traffic.bytes / 1000}
    if not ahead:
        again = await load(page, server)
        found |= {"text again": again["text"], "ready again": again["ready"]}
        found["stale"] = max(found["stale"], again["stale"])
    await context.close()
    return found


async def memory(browser: Browser, server: Server) -> float:
    """MB of private memory an open page takes."""
    await asyncio.to_thread(server.rest)
    await asyncio.sleep(4)  # those closed before are let go
    before = server.private_memory()
    contexts = [await profile(browser, server) for _ in range(OPEN_PAGES)]
    for context in contexts:
        await load(await context.new_page(), server)
    await asyncio.to_thread(server.rest)
    taken = (server.private_memory() - before) / OPEN_PAGES
    for context in contexts:
        await context.close()
    return taken


async def at_once(browser: Browser, server: Server) -> dict[str, float]:
    """What several open pages take, and ten readers wait; without the latter where not all ten pages come."""
    found = {"MB a page": await memory(browser, server)}
    with suppress(PlaywrightError):
        found |= await together(browser, server)
    return found


async def together(browser: Browser, server: Server) -> dict[str, float]:
    """Ten readers at once: median and slowest of their first texts and of all ready."""
    await asyncio.to_thread(server.rest)
    contexts = [await profile(browser, server) for _ in range(TOGETHER)]
    pages = [await context.new_page() for context in contexts]
    try:
        found = await asyncio.gather(*(load(page, server) for page in pages))
    finally:
        for context in contexts:
            await context.close()
    ready = [one["ready"] for one in found]
    return {
        "ten: text": statistics.median(one["text"] for one in found),
        "ten: ready": statistics.median(ready),
        "ten: slowest": max(ready),
        "stale": max(one["stale"] for one in found),
    }


class Measured:
    """host -> its visits; and why the hosts are missing whose page could not be measured here."""

    def __init__(self) -> None:
        self.visits: dict[str, list[dict[str, float]]] = {}
        self.left_out: dict[str, str] = {}

    async def take(self, name: str, visit: Awaitable[dict[str, float]], *, counts: bool = True) -> None:
        """Await one visit of this host. A peer whose page does not come is left out from then on."""
        try:
            found = await visit
        except PlaywrightError as error:
            if name in (OURS.name, HEATED, BESIDE, STOCK):
                raise
            self.left_out[name] = str(error).splitlines()[0]
            self.visits.pop(name, None)
            print(name, "left out:", self.left_out[name], flush=True)
            return
        if counts:
            self.visits.setdefault(name, []).append(found)
        print(name, {k: round(v, 3) for k, v in found.items()}, flush=True)


async def measure(rounds: int, hosts: tuple[Host, ...]) -> Measured:
    """All visits. The product is there twice: with the page made ahead and without."""
    servers = [Server(host) for host in hosts]
    measured = Measured()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium.path(), args=ARGS)
        try:
            for number in range(rounds + 1):
                for server in servers:
                    for ahead in (False, True) if server.host is OURS else (False,):
                        name = HEATED if ahead else server.host.name
                        if name not in measured.left_out:
                            await measured.take(name, visit(browser, server, ahead=ahead), counts=number > 0)
            for server in servers:
                if server.host.name not in measured.left_out:
                    await measured.take(server.host.name, at_once(browser, server))
            await browser.close()
        finally:
            for server in servers:
                server.stop()
    return measured


def main() -> None:
    """Measure; write results/page.md, results/page.svg and the summary in the README."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("rounds", type=int, nargs="?", default=7)
    options.add_argument("--only", help="hosts whose name holds this, beside the product and Dash")
    chosen = options.parse_args()
    peers = tuple(h for h in PEERS if not chosen.only or h.name == "Dash" or chosen.only in h.name)
    versions = install(peers)
    measured = asyncio.run(measure(chosen.rounds, (OURS, *peers)))
    root = Path(__file__).parents[1]
    report.into_readme(root / "README.md", measured.visits)
    report.write(root / "benchmarks" / "results", measured.visits, versions, measured.left_out, rounds=chosen.rounds)


if __name__ == "__main__":
    main()
