"""Sharing in a real browser on real pages: what she reads is the file, and the file is what she saves."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Locator, Page, expect

from tests.app.conftest import Address, end
from tests.app.test_reader import card, saved
from widgets.catalogue import DATA
from widgets.journal import Journal, open_journal

NOTEBOOKS = DATA.parent / "notebooks"
PAGE, SHARE, REMINDERS = "07-share", "A part to show", "Reminders for your calendar"
TICK = "I have read every line above."
LETTER = (
    "Dear me, JONAS’s mother Ruth rang from 0170 1234567. Jo\u00adnas wrote “come home” on 16 August 2026. "
    "<b>Not</b> bold."
)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'journal.sqlite'}"


@pytest.fixture
def journal(url: str) -> Iterator[Journal]:
    opened = open_journal(url)
    opened.save("reader", {"name": "Jonas", "pronouns": "he"})
    opened.save("letters", {"kind": "self", "text": LETTER})
    yield opened
    opened.close()


@pytest.fixture
def page(serve: Callable[..., Address], url: str, journal: Journal, open_page: Callable[..., Page]) -> Iterator[Page]:
    """Page 07 over that journal; whatever its policy stops fails the test."""
    address = serve(NOTEBOOKS, WORKBOOK_JOURNAL=url)
    opened = open_page(address, PAGE, accept_downloads=True)
    stopped: list[str] = []
    opened.on("console", lambda message: stopped.append(message.text) if "Security Policy" in message.text else None)
    yield opened
    assert stopped == []
    end(address.process)


def choose(page: Page, kind: str, *titles: str) -> Locator:
    form = card(page, SHARE)
    for title in titles:
        form.get_by_label(title).first.check()
    form.get_by_role("radio", name=kind).check()
    return form


def show(form: Locator) -> None:
    form.get_by_role("button", name="Show the file").click()
    expect(form.get_by_role("heading", name="This is the file")).to_be_visible(timeout=60000)


def save(page: Page, form: Locator) -> bytes:
    with page.expect_download() as download:
        form.get_by_role("button", name="Save the file").click()
    expect(form.get_by_text("where your browser keeps what it downloads")).to_be_visible()
    return download.value.path().read_bytes()


def test_she_hides_a_name_reads_the_file_and_saves_it(
    page: Page, journal: Journal, chromium: Browser, tmp_path: Path
) -> None:
    """5.6 from end to end: preview and file are the same bytes, the names are gone, and the share is recorded."""
    names = card(page, "Names to hide")
    names.get_by_label("What should be hidden?").fill("Ruth")
    names.get_by_label("What should take its place?").fill("my aunt")
    names.get_by_role("button", name="Hide this").click()
    saved(names)
    form = choose(page, "a page that any browser opens", "A letter to myself")
    show(form)
    preview = form.locator("iframe").get_attribute("srcdoc")
    shown = form.locator("iframe").content_frame.get_by_role("definition")
    told = "Dear me, [name 1]’s mother [my aunt] rang from [phone number]. [name 1] wrote “[words left out]” on"
    expect(shown).to_contain_text(told)
    expect(shown).to_contain_text("<b>Not</b> bold.")
    expect(form.get_by_text("[name 1], 2 times")).to_be_visible()
    expect(form.get_by_text("1 passage in quotation marks that may be his words.")).to_be_visible()
    form.get_by_label(TICK).check()
    data = save(page, form)
    assert data.decode() == preview
    for gone in ("jonas", "ruth", "0170", "come home", "16 august 2026"):
        assert gone not in data.decode().replace("\u00ad", "").lower()
    (record,) = (entry.answers for entry in journal.entries("shares"))
    assert record["sha256"] == hashlib.sha256(data).hexdigest() == form.locator(".fingerprint").inner_text()
    expect(page.get_by_text("Saved so far")).to_be_visible()
    expect(page.locator(".reading").get_by_text(record["sha256"])).to_be_visible()
    opens_quietly(chromium, tmp_path / "notes.html", data)


def opens_quietly(chromium: Browser, path: Path, data: bytes) -> None:
    """Somebody opens the file: nothing is asked for, nothing has to be stopped."""
    path.write_bytes(data)
    with chromium.new_context(offline=True) as context:
        opened = context.new_page()
        said: list[str] = []
        opened.on("console", lambda message: said.append(message.text))
        opened.goto(path.as_uri())
        expect(opened.get_by_role("heading", name="A part of my notes")).to_be_visible()
    assert said == []


def test_a_pdf_with_a_password_is_read_on_the_page_and_saved(page: Page, journal: Journal) -> None:
    """What is drawn there is drawn from the locked file itself."""
    form = choose(page, "a PDF", "A letter to myself")
    form.get_by_label("A password").fill("sesam ölf")
    show(form)
    expect(form.get_by_role("img", name="Page 1 of 1")).to_be_visible()
    form.get_by_text("Page 1 of 1, as text").click()
    expect(form.locator(".paper pre")).to_contain_text("Dear me, [name 1]’s mother")
    form.get_by_label(TICK).check()
    with pdfium.PdfDocument(save(page, form), password="sesam ölf") as opened:
        assert "[name 1]’s mother Ruth" in opened[0].get_textpage().get_text_bounded()
    assert journal.entries("shares")[0].answers["has_password"] is True


def test_a_long_file_comes_through_and_the_page_stays_connected(page: Page, journal: Journal) -> None:
    """Megabytes in one message, and a kernel that goes on answering while it makes them."""
    journal.save("sorted_thoughts", {"sentence": "on and on " * 150000 + "THE END", "sort": "fact"})
    page.reload()
    page.wait_for_selector("main[data-state=ready]")
    form = choose(page, "a page that any browser opens", "Fact, feeling, story")
    show(form)
    form.get_by_label(TICK).check()
    assert b"THE END" in save(page, form)
    expect(page.locator("main")).to_have_attribute("data-state", "ready")
    expect(page.locator("#connection")).to_be_empty()


def test_reminders_are_saved_as_a_calendar_file(page: Page) -> None:
    """A calendar reads it, and it says nothing but “Notes”."""
    form = card(page, REMINDERS)
    form.get_by_label("the check-in, every day").check()
    show(form)
    events = Calendar.from_ical(save(page, form)).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == ["Notes"]


def test_close_now_takes_the_shown_file_away_with_the_page(page: Page) -> None:
    """Blank at once, the frame in which the file stood included."""
    show(choose(page, "a page that any browser opens", "A letter to myself"))
    page.get_by_role("button", name="Close now").click()
    expect(page.locator("iframe")).to_have_count(0)
    expect(page.get_by_text("Dear me")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_a_file_shown(page: Page, axe: Callable[[Page], list[str]], scheme: str) -> None:
    """The page and the file in its frame, on a phone too."""
    page.emulate_media(color_scheme=scheme)
    form = choose(page, "a page that any browser opens", "A letter to myself")
    show(form)
    assert axe(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert axe(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_one_press_ticks_all_and_the_heading_stays_short(page: Page, journal: Journal) -> None:
    """She need not tick 27 exercises one by one, nor read all their titles again above them."""
    journal.save("boxes", {"item": "The kitchen", "box": "cannot_change"})
    journal.save("sorted_thoughts", {"sentence": "Apple", "sort": "fact"})
    journal.save("checkins", {"lonely": 3})
    journal.save("timeline", {"what": "Rain", "kind": "hard"})
    page.reload()
    form = card(page, SHARE)
    form.get_by_role("button", name="Tick all of them").click()
    expect(form.locator(".question.choices").first.get_by_role("checkbox", checked=True)).to_have_count(5)
    expect(form.locator(".question.choices").first.locator(".state")).to_contain_text("and 2 more")
