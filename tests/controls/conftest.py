"""A real browser, and a form in it over a pretend kernel (kernel.js)."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from tests import chromium
from widgets.controls import Form

KERNEL = (Path(__file__).parent / "kernel.js").read_text(encoding="utf-8")
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]
ADDRESS = "http://localhost/form"  # a secure context, as 127.0.0.1 is; nothing listens there
FRAME = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Notes</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><body class="st" style="margin: 0; padding: 1rem">
<main {state}><h1>A page</h1><div id="here"></div></main>{help}</body></html>"""


@pytest.fixture(scope="session")
def chromium_path() -> str:
    return chromium.path()


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="en-GB", timezone_id="Europe/Berlin", viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture(scope="session")
def control() -> Form:
    return Form(lambda request: {}, "One minute")


@pytest.fixture
def show(context: BrowserContext, control: Form) -> Iterator[Callable[..., Page]]:
    """show(spec, state, …) opens a form in a new page; errors of its script fail the test."""

    errors: list[str] = []

    def show(
        spec: dict[str, Any],
        state: dict[str, Any] | None = None,
        *,
        frame: bool = False,
        clock: bool = False,
        prepare: str = "",
        wait: bool = True,
    ) -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error.stack)))
        html = FRAME.format(
            state='data-state="ready"' if frame else "",
            help='<section id="help" tabindex="-1"><h2>Help</h2></section>' if frame else "",
        )

        def answer(route: Route) -> None:
            route.fulfill(body=html, content_type="text/html")

        page.route(ADDRESS, answer)
        if clock:
            page.clock.install()
        page.goto(ADDRESS)
        page.add_script_tag(content=KERNEL)
        if prepare:
            bent = f"(what) => {{ const kernel = start(what); {prepare}; return kernel; }}"
            page.evaluate(f"() => {{ const start = window.startKernel; window.startKernel = {bent} }}")
        what = {"esm": control._esm, "css": control._css, "spec": spec, "state": state or {}, "title": control.title}
        page.evaluate("(what) => { window.shown = window.showForm(what) }", what)
        if wait:
            page.evaluate("() => window.shown")
        return page

    yield show
    assert errors == []
