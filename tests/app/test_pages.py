"""Every page as the sample reader sees it: whole, and accessible in both schemes, on a phone and on a desktop."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.app.conftest import Address, end
from widgets.catalogue import DATA, load_catalogue

CATALOGUE = load_catalogue()
PAGES = [p.name for p in CATALOGUE.pages]
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
NOTEBOOKS = DATA.parent / "notebooks"


@pytest.fixture(scope="module")
def sample(serve: Callable[..., Address], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    sys.path.insert(0, str(NOTEBOOKS))
    from conftest import sample_environment

    folder = tmp_path_factory.mktemp("journal-sample")
    address = serve(NOTEBOOKS, **sample_environment(folder))
    yield address
    end(address.process)


@pytest.fixture(scope="module")
def visitor(chromium: Browser, sample: Address) -> Iterator[Page]:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(sample, wait_until="commit")
    yield page
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_and_accessible(
    visitor: Page, sample: Address, name: str, axe: Callable[[Page], list[str]]
) -> None:
    """axe finds nothing, light and dark, phone and desktop, all parts open; nothing scrolls sideways, not at 320."""
    problems: list[str] = []
    visitor.on("pageerror", lambda error: problems.append(str(error)))
    visitor.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    visitor.goto(sample.page(name))
    visitor.wait_for_selector("main[data-state=ready]")
    title = next(p.title for p in CATALOGUE.pages if p.name == name)
    expect(visitor.get_by_role("heading", level=1)).to_have_text([title])
    assert visitor.title() == f"Notes · page {PAGES.index(name) + 1}"
    expect(visitor.get_by_role("navigation", name="Pages").locator("a")).to_have_count(8)
    visitor.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    for scheme in ("light", "dark"):
        visitor.emulate_media(color_scheme=scheme)
        for size in SIZES.values():
            visitor.set_viewport_size(size)
            problems += [f"{scheme} {size['width']}: {finding}" for finding in axe(visitor)]
    visitor.set_viewport_size({"width": 320, "height": 800})
    assert visitor.evaluate("document.documentElement.scrollWidth") <= 320
    assert problems == []


def test_the_page_says_what_the_readings_return(visitor: Page, sample: Address) -> None:
    """What stands on the page is what the functions say of the same tables."""
    import pandas as pd

    from widgets.journal import open_journal
    from widgets.readings.timeline import read_timeline

    journal = open_journal(f"sqlite:///{next(iter(_folder(sample).glob('*.sqlite')))}")
    found = read_timeline(journal.table("timeline"), pd.Timestamp("2026-11-22"))
    journal.close()
    visitor.goto(sample.page("01-what-happened"))
    visitor.wait_for_selector("main[data-state=ready]")
    expect(visitor.get_by_text(found.sentence, exact=True)).to_be_visible()
    shown = visitor.locator("ol.timeline > li .said").all_inner_texts()
    assert shown == [line.what for line in found.lines]


def _folder(address: Address) -> Path:
    import psutil

    url = psutil.Process(address.process.pid).environ()["WORKBOOK_JOURNAL"]
    return Path(url.removeprefix("sqlite:///")).parent
