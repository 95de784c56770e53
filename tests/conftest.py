"""One browser for all tests: Playwright allows one of itself in a process."""

import os
import tempfile
from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, expect, sync_playwright

from tests import chromium as found

# A machine that does other work too is no fault of ours: how fast it is, benchmarks/ says.
settings.register_profile("busy", deadline=None)
settings.load_profile("busy")
expect.set_options(timeout=20_000)  # ms; a test that promises a time names its own

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_configure(config: pytest.Config) -> None:
    """Journals that tests open keep their backups out of the user's own folders."""
    folder = tempfile.TemporaryDirectory(prefix="backups-")
    os.environ["WORKBOOK_BACKUPS"] = folder.name
    config.add_cleanup(folder.cleanup)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests; each test opens its own contexts in it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found.path(), args=QUIET)
        yield browser
        browser.close()
