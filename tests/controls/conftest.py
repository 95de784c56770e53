"""A real browser, and a form in it over a pretend kernel (kernel.js)."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from widgets.controls import Form

KERNEL = (Path(__file__).parent / "kernel.js").read_text(encoding="utf-8")
ADDRESS = "http://localhost/form"  # a secure context, as 127.0.0.1 is; nothing listens there
WINDOW: ViewportSize = {"width": 1280, "height": 900}
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Notes</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><body class="st" style="margin: 0; padding: 1rem">
<main {state}><h1>A page</h1><div id="here"></div></main>{help}</body></html>"""


@pytest.fixture(scope="session")
def new_page(chromium: Browser) -> Iterator[Callable[[], Page]]:
    contexts: list[BrowserContext] = []

    def new_page() -> Page:
        context = chromium.new_context(locale="en-GB", timezone_id="Europe/Berlin", viewport=WINDOW)
        contexts.append(context)
        return context.new_page()

    yield new_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def shared_page(new_page: Callable[[], Page]) -> Page:
    """One page for all tests that leave it as it was: a new one takes longer than most tests."""
    return new_page()


@pytest.fixture(scope="session")
def control() -> Form:
    return Form(lambda request: {}, "One minute")


@pytest.fixture
def show(shared_page: Page, new_page: Callable[[], Page], control: Form) -> Iterator[Callable[..., Page]]:
    """show(spec, state, …) opens a form; errors of its script fail the test. prepare: script that bends `kernel`."""
    errors: list[str] = []
    opened: list[Page] = []

    def show(
        spec: dict[str, Any],
        state: dict[str, Any] | None = None,
        *,
        frame: bool = False,
        clock: bool = False,
        prepare: str = "",
        wait: bool = True,
    ) -> Page:
        page = new_page() if clock or opened else shared_page
        opened.append(page)
        page.on("pageerror", lambda error: errors.append(str(error.stack)))
        page.set_viewport_size(WINDOW)
        page.emulate_media(media="screen", color_scheme="light", forced_colors="none")
        if clock:
            page.clock.install()
        page.route(ADDRESS, lambda route: route.fulfill(body=_html(frame), content_type="text/html"))
        page.goto(ADDRESS)
        page.add_script_tag(content=KERNEL)
        if prepare:
            bent = f"(what) => {{ const kernel = start(what); {prepare}; return kernel; }}"
            page.evaluate(f"() => {{ const start = window.startKernel; window.startKernel = {bent} }}")
        what = {"esm": control._esm, "css": control._css, "spec": spec, "state": state or {}, "title": control.title}
        page.evaluate("(what) => { window.shown = window.showForm(what) }", what)
        page.wait_for_selector("#here .st", state="attached")  # the script runs
        if wait:
            page.evaluate("() => window.shown")
        return page

    yield show
    for page in opened:
        page.unroute_all()
        page.evaluate("() => { window.stopForm?.() }")
        if page is not shared_page:
            page.context.close()
    assert errors == []


def _html(frame: bool) -> str:
    help_panel = '<section id="help" tabindex="-1"><h2>Help</h2></section>'
    return PAGE.format(state='data-state="ready"' if frame else "", help=help_panel if frame else "")
