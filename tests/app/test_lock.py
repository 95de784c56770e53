"""The lock in a real browser: set, shut, opened again; what she typed is there afterwards, and nothing before."""

import os
import re
import signal
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.app.conftest import Address, end, kernels_of, wait_until
from tests.journal.conftest import reading
from widgets.catalogue import DATA
from widgets.journal import keys, open_journal

NOTEBOOKS = DATA.parent / "notebooks"
KEY = "vier kleine Wörter hier"
WORDS = "Hortensie, half a sentence"
LOOKED = 9_000  # ms after which a page has looked at its clock, and has heard of the others
SIZES = [{"width": 390, "height": 844}, {"width": 1280, "height": 900}, {"width": 320, "height": 700}]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where this test's journal, backups and records lie."""
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.fixture
def start(serve: Callable[..., Address], home: Path) -> Iterator[Callable[..., Address]]:
    """start(port): a server on the journal of `home`."""
    running: list[Address] = []

    def start(port: int = 0) -> Address:
        where = {"WORKBOOK_JOURNAL": url(home), "WORKBOOK_BACKUPS": str(home / "backups"), "TMPDIR": str(home)}
        running.append(serve(NOTEBOOKS, port, **where))
        return running[-1]

    yield start
    for address in running:
        end(address.process)


def url(home: Path) -> str:
    return f"sqlite:///{home / 'kept' / 'journal.sqlite'}"


@pytest.fixture
def locked(start: Callable[..., Address], home: Path) -> Address:
    """A server on a journal that has a passphrase, and an entry."""
    journal = open_journal(url(home), KEY)
    journal.save("reader", {"name": "Hortensie"})
    journal.close()
    return start()


def card(page: Page, title: str) -> Locator:
    return page.locator("section.card", has=page.get_by_role("heading", name=title, exact=True))


def name_field(page: Page) -> Locator:
    return page.get_by_label("What should these pages call the person you left?")


def unlock(page: Page, passphrase: str = KEY) -> None:
    page.get_by_label("Passphrase").fill(passphrase)
    page.get_by_role("button", name="Open").click()


def kernels(address: Address) -> list[psutil.Process]:
    """Those of pages and of pages made ahead, the oldest first."""
    return sorted(kernels_of(address.process), key=lambda kernel: kernel.create_time())


def nothing_of_hers(page: Page) -> None:
    """One neutral page: a title, one field, Open, Help."""
    page.wait_for_selector("main[data-state=locked]")
    assert page.title() == "Notes"
    assert page.locator("h1").all_inner_texts() == ["Notes"]
    assert page.locator("input:not([type=hidden])").count() == 1
    assert page.get_by_role("button").all_inner_texts() == ["Open"]
    expect(page.get_by_text("If you have lost it: nobody can recover it.")).to_be_visible()
    assert "Hortensie" not in page.content()
    assert "journal" not in page.content().lower()
    expect(page.locator("#help h2")).to_be_attached()


def test_set_shut_and_opened_again(
    start: Callable[[], Address], home: Path, open_page: Callable[..., Page], axe: Callable[[Page], list[str]]
) -> None:
    """She sets one, is told that nobody can recover it, closes; one field is all there is; a wrong word changes no
    byte; the right one brings back what she had saved and what she had only begun.
    """
    address = start()
    page = open_page(address, "00-begin")
    expect(page.get_by_text("There is no passphrase yet.")).to_be_visible()
    name_field(page).fill("Hortensie")
    you = card(page, "What to call people")
    you.get_by_role("button", name="Save", exact=True).click()
    expect(you.get_by_text("Saved at").first).to_be_visible()
    lock = card(page, "A passphrase")
    lock.get_by_text("Set a passphrase").click()
    expect(lock.get_by_text("Nobody can recover it")).to_be_visible()
    set_button = lock.get_by_role("button", name="Set this passphrase")
    first, again = lock.get_by_label("Passphrase", exact=True), lock.get_by_label("The same again")
    first.fill("short")
    set_button.click()
    expect(lock.get_by_text("Write at least eight letters")).to_be_visible()
    expect(first).to_be_focused()
    assert axe(page) == []
    first.fill(KEY)
    again.fill(KEY + ".")
    set_button.click()
    expect(lock.get_by_text("These two are not the same.")).to_be_visible()
    again.fill(KEY)
    set_button.click()
    expect(lock.get_by_text("The passphrase is set.")).to_be_visible()
    expect(page.get_by_text("There is no passphrase yet.")).to_have_count(0)
    expect(page.get_by_text("locked with your passphrase; without it nobody can read them")).to_be_visible()
    assert not (home / "kept" / "journal.sqlite").read_bytes().startswith(b"SQLite")
    name_field(page).fill(WORDS)
    page.get_by_role("button", name="Close now").click()
    expect(page.locator("main p")).to_contain_text("Closed.")
    wait_until(lambda: not kernels(address))

    page.goto(address)
    nothing_of_hers(page)
    assert kernels(address) == []
    for size in SIZES:
        page.set_viewport_size(size)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    before = {file: file.read_bytes() for file in (home / "kept").iterdir()}
    for wrong in ("a guess", "", KEY + " "):
        unlock(page, wrong)
        expect(page.get_by_text("That did not open it. Nothing was changed.")).to_be_visible()
        expect(page.get_by_label("Passphrase")).to_be_focused()
        nothing_of_hers(page)
    assert axe(page) == []
    assert {file: file.read_bytes() for file in (home / "kept").iterdir()} == before
    unlock(page)
    page.wait_for_selector("main[data-state=ready]")
    expect(name_field(page)).to_have_value(WORDS)
    expect(page.get_by_text("Restored: what you wrote and had not saved")).to_be_visible()
    journal = open_journal(url(home), KEY)
    assert journal.table("reader")["name"].tolist() == ["Hortensie"]
    journal.close()


def test_after_a_crash_a_wrong_word_changes_no_byte(
    locked: Address, home: Path, open_page: Callable[..., Page]
) -> None:
    """The log that a killed writer left behind is not touched by it, and its last entry is there for the right one."""
    writer = os.fork()
    if writer == 0:
        journal = open_journal(url(home), KEY)
        _reader = reading(journal)
        journal.save("timeline", {"what": "Hortensie, just before", "kind": "hard"})
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(writer, 0)
    before = {file.name: file.read_bytes() for file in (home / "kept").iterdir()}
    assert before["journal.sqlite-wal"]
    page = open_page(locked, "01-what-happened", ready=False)
    nothing_of_hers(page)
    unlock(page, "a guess")
    expect(page.get_by_text("That did not open it. Nothing was changed.")).to_be_visible()
    assert {file.name: file.read_bytes() for file in (home / "kept").iterdir()} == before
    unlock(page)
    page.wait_for_selector("main[data-state=ready]")
    expect(page.get_by_role("listitem").get_by_text("Hortensie, just before").first).to_be_visible()


def test_lock_now_shuts_every_page(locked: Address, open_page: Callable[..., Page]) -> None:
    """In the other tab too; what was begun in either is kept; the kernels end, and Back shows the locked page."""
    page = open_page(locked, "00-begin", ready=False)
    unlock(page)
    page.wait_for_selector("main[data-state=ready]")
    other = page.context.new_page()
    other.goto(locked.page("01-what-happened"))
    other.wait_for_selector("main[data-state=ready]")
    other.get_by_label("What happened?").fill(WORDS)
    name_field(page).fill("Hortensie, unsaved")
    card(page, "A passphrase").get_by_role("button", name="Lock now").click()
    for each in (page, other):
        nothing_of_hers(each)
    wait_until(lambda: not kernels(locked))
    page.go_back(wait_until="commit")
    assert "Hortensie" not in page.content()
    unlock(other)
    other.wait_for_selector("main[data-state=ready]")
    expect(other.get_by_label("What happened?")).to_have_value(WORDS)
    page.goto(locked.page("00-begin"))
    page.wait_for_selector("main[data-state=ready]")
    expect(name_field(page)).to_have_value("Hortensie, unsaved")


def test_a_killed_server_asks_for_the_passphrase_again_and_nothing_is_lost(
    locked: Address, start: Callable[..., Address], home: Path, open_page: Callable[..., Page]
) -> None:
    """The key was in its memory only. Once it is opened anew in one page, one that holds unsaved words goes on with
    them, and another one once it is loaded again: with what was saved, and what was kept as a draft.
    """
    page = open_page(locked, "01-what-happened", ready=False)
    unlock(page)
    page.wait_for_selector("main[data-state=ready]")
    other = page.context.new_page()
    other.goto(locked.page("00-begin"))  # opened by the first
    other.wait_for_selector("main[data-state=ready]")
    what = page.get_by_label("What happened?")
    what.fill("saved before")
    add = card(page, "What happened, in order").get_by_role("button", name="Add this line")
    add.click()
    expect(page.get_by_role("listitem").get_by_text("saved before").first).to_be_visible()
    name_field(other).fill("Hortensie, a draft")
    expect(other.get_by_text(re.compile("Draft kept"))).to_be_visible()
    locked.process.kill()
    locked.process.wait()
    expect(page.locator("#connection")).to_contain_text("Connection lost.")
    what.fill(WORDS)
    again = start(int(locked.site.rstrip("/").rpartition(":")[2]))
    third = page.context.new_page()
    third.goto(again)
    nothing_of_hers(third)
    unlock(third)
    third.wait_for_selector("main[data-state=ready]")
    expect(name_field(third)).to_have_value("Hortensie, a draft")
    expect(page.locator("#connection")).to_contain_text("Connected again.", timeout=30_000)
    expect(what).to_have_value(WORDS)
    add.click()
    expect(page.get_by_role("listitem").get_by_text(WORDS).first).to_be_visible()
    other.reload()  # nothing stood on it only: it may have given way to the locked page meanwhile
    other.wait_for_selector("main[data-state=ready]")
    expect(name_field(other)).to_have_value("Hortensie, a draft")
    journal = open_journal(url(home), KEY)
    assert journal.table("timeline")["what"].tolist() == ["saved before", WORDS]
    journal.close()


def test_a_beginning_of_noise_does_not_lock_her_out_without_a_word(
    start: Callable[..., Address], home: Path, open_page: Callable[..., Page]
) -> None:
    """The locked page cannot tell it from a passphrase; it says what to do if there never was one."""
    journal = open_journal(url(home))
    journal.save("timeline", {"what": "Hortensie", "kind": "hard"})
    journal.close()
    place = Path(journal.place)
    place.write_bytes(os.urandom(4096) + place.read_bytes()[4096:])
    page = open_page(start(), "01-what-happened", ready=False)
    nothing_of_hers(page)
    expect(page.get_by_text("If you never set one, the file is damaged")).to_be_visible()


def test_ten_minutes_without_a_sign_shut_it(locked: Address, open_page: Callable[..., Page]) -> None:
    """By a moved clock: at work in one tab, nothing shuts; then it does, in both, with every word kept."""
    page = open_page(locked, "00-begin", ready=False)
    unlock(page)
    page.wait_for_selector("main[data-state=ready]")
    clock = page.context.clock  # of both pages
    clock.install()
    page.goto(locked.page("00-begin"))
    page.wait_for_selector("main[data-state=ready]")
    other = page.context.new_page()
    other.goto(locked.page("01-what-happened"))
    other.wait_for_selector("main[data-state=ready]")
    other.get_by_label("What happened?").fill(WORDS)
    for _ in range(2):
        clock.fast_forward(6 * 60_000)
        other.get_by_label("What happened?").press("End")
    page.wait_for_timeout(LOOKED)
    expect(name_field(page)).to_be_visible()
    assert page.locator("main").get_attribute("data-state") == "ready"
    # set, and not run on: a page whose clock is moved later would still say that she is there
    clock.set_system_time(page.evaluate("Date.now()") / 1000 + 11 * 60)
    for each in (page, other):
        nothing_of_hers(each)
    unlock(other)
    other.wait_for_selector("main[data-state=ready]")
    expect(other.get_by_label("What happened?")).to_have_value(WORDS)


def test_words_that_could_not_be_kept_stay_on_the_page(
    locked: Address, home: Path, open_page: Callable[..., Page], axe: Callable[[Page], list[str]]
) -> None:
    """Its kernel does not answer, and another page locks: the words stay, with a field beside them; opened again, they
    are saved by a new kernel; Close now would have taken them off the screen.
    """
    page = open_page(locked, "01-what-happened", ready=False)
    unlock(page)
    page.wait_for_selector("main[data-state=ready]")
    stuck, *_ = kernels(locked)
    other = page.context.new_page()
    other.goto(locked.page("00-begin"))
    other.wait_for_selector("main[data-state=ready]")
    stuck.send_signal(signal.SIGSTOP)
    page.get_by_label("What happened?").fill(WORDS)
    card(other, "A passphrase").get_by_role("button", name="Lock now").click()
    nothing_of_hers(other)
    strip = page.locator("form.unlock")
    expect(strip.get_by_text("Locked. What you typed last could not be kept.")).to_be_visible(timeout=15_000)
    expect(page.get_by_label("What happened?")).to_have_value(WORDS)
    assert axe(page) == []
    strip.get_by_label("Passphrase").fill("a guess")
    strip.get_by_role("button", name="Open").click()
    expect(strip.get_by_text("That did not open it. Nothing was changed.")).to_be_visible()
    expect(strip.get_by_label("Passphrase")).to_be_focused()
    strip.get_by_label("Passphrase").fill(KEY)
    strip.get_by_role("button", name="Open").click()
    page.wait_for_selector("main[data-state=ready]", timeout=30_000)
    expect(strip).to_have_count(0)
    expect(page.get_by_label("What happened?")).to_have_value(WORDS)
    card(page, "What happened, in order").get_by_role("button", name="Add this line").click()
    expect(page.get_by_role("listitem").get_by_text(WORDS).first).to_be_visible()
    journal = open_journal(url(home), KEY)
    assert journal.table("timeline")["what"].tolist() == [WORDS]
    journal.close()


def test_close_now_takes_such_words_off_the_screen(locked: Address, open_page: Callable[..., Page]) -> None:
    """Until then only."""
    page = open_page(locked, "01-what-happened", ready=False)
    unlock(page)
    page.wait_for_selector("main[data-state=ready]")
    stuck, *_ = kernels(locked)
    stuck.send_signal(signal.SIGSTOP)
    page.get_by_label("What happened?").fill(WORDS)
    page.evaluate("document.dispatchEvent(new CustomEvent('second-thoughts:lock'))")
    expect(page.locator("form.unlock")).to_be_visible(timeout=15_000)
    expect(page.get_by_label("What happened?")).to_have_value(WORDS)
    page.get_by_role("button", name="Close now").click()
    expect(page.locator("main p")).to_contain_text("Closed.")
    assert "Hortensie" not in page.content()


def test_the_key_is_in_no_file_and_no_environment(locked: Address, home: Path, open_page: Callable[..., Page]) -> None:
    """While it is open: not in what any process was started with, not in any file that was written."""
    page = open_page(locked, "00-begin", ready=False)
    unlock(page)
    page.wait_for_selector("main[data-state=ready]")
    name_field(page).fill(WORDS)
    expect(page.get_by_text(re.compile("Draft kept"))).to_be_visible()
    key = keys.key_for(home / "kept" / "journal.sqlite", KEY)
    assert key
    secret = key.raw[:64]
    for process in (psutil.Process(locked.process.pid), *kernels(locked)):
        try:
            started_with = " ".join([*process.environ().values(), *process.cmdline()])
        except psutil.AccessDenied:  # other programs of this user may not look
            continue
        assert secret not in started_with
        assert KEY not in started_with
    searched = [home, Path("/dev/shm")]
    for folder in filter(Path.is_dir, searched):
        for file in folder.rglob("*"):
            if file.is_file():
                raw = file.read_bytes()
                for trace in (secret.encode(), bytes.fromhex(secret), KEY.encode()):
                    assert trace not in raw, file


def test_the_journal_is_as_plain_after_taking_it_away(
    locked: Address, home: Path, open_page: Callable[..., Page]
) -> None:
    """Changed, then taken away, from the page: a wrong word does neither; any SQLite reads the file afterwards."""
    page = open_page(locked, "00-begin", ready=False)
    unlock(page)
    page.wait_for_selector("main[data-state=ready]")
    lock = card(page, "A passphrase")
    lock.get_by_text("Change it").click()
    for now, said in (("a guess", "That did not open it. Nothing was changed."), (KEY, "The passphrase is changed.")):
        lock.get_by_label("The passphrase you have now").first.fill(now)
        lock.get_by_label("The new passphrase").fill("ganz andere Wörter")
        lock.get_by_label("The same again").fill("ganz andere Wörter")
        lock.get_by_role("button", name="Change the passphrase").click()
        expect(lock.get_by_text(said)).to_be_visible()
    lock.get_by_text("Remove it").click()
    for now, said in ((KEY, "That did not open it."), ("ganz andere Wörter", "The passphrase is removed.")):
        lock.get_by_label("The passphrase you have now").last.fill(now)
        lock.get_by_role("button", name="Remove the passphrase").click()
        expect(lock.get_by_text(said).first).to_be_visible()
    name_field(page).fill("Linden")
    card(page, "What to call people").get_by_role("button", name="Save", exact=True).click()
    expect(card(page, "What to call people").get_by_text("Saved at").first).to_be_visible()
    end(locked.process)
    with sqlite3.connect(home / "kept" / "journal.sqlite") as plain:
        assert plain.execute("SELECT name FROM v_reader").fetchall() == [("Linden",)]
    plain.close()


def test_the_browser_keeps_nothing(locked: Address, open_page: Callable[..., Page]) -> None:
    """What she types and has not sent lies in no storage of the browser, before the lock and after it."""
    page = open_page(locked, "00-begin", ready=False)
    unlock(page)
    page.wait_for_selector("main[data-state=ready]")
    name_field(page).fill(WORDS)
    asked = """async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
        (await caches.keys()).length, document.cookie]"""
    assert page.evaluate(asked) == [0, 0, 0, 0, ""]
    card(page, "A passphrase").get_by_role("button", name="Lock now").click()
    nothing_of_hers(page)
    assert page.evaluate(asked) == [0, 0, 0, 0, ""]
