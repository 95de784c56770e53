"""Chromium for the browser tests: found on PATH, else Debian's package, else Playwright's own download.

Run as a script it installs what is missing; `path()` is what the tests use.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def path() -> str:
    """The browser's executable. Raises FileNotFoundError that says how to get one."""
    found = next(filter(None, map(shutil.which, NAMES)), None) or _own_download()
    if found is None:
        raise FileNotFoundError("The browser tests need Chromium, and none was found. Run: make install-test")
    return found


def _own_download() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        executable = playwright.chromium.executable_path
    return executable if Path(executable).exists() else None


def install() -> None:
    """Install Chromium unless it is there."""
    try:
        path()
    except FileNotFoundError:
        if not _from_debian():
            subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)
        path()


def _from_debian() -> bool:
    apt = shutil.which("apt-get")
    if apt is None:
        return False
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if root and shutil.which("sudo") is None:
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*root, apt, "update", "-qq"], env=quiet, check=False)
    done = subprocess.run(
        [*root, apt, "install", "-y", "-qq", "chromium", "fonts-noto-core", "fonts-noto-color-emoji"],
        env=quiet,
        check=False,
    )
    return done.returncode == 0 and shutil.which("chromium") is not None


if __name__ == "__main__":
    install()
