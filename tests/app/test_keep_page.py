"""“Keep” in a real browser: a copy, a file out and in, an entry erased, a damaged journal back, the end of all."""

import json
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.app.conftest import Address, end, wait_until
from widgets.catalogue import DATA
from widgets.journal import Journal, backups, open_journal, restoring

NOTEBOOKS = DATA.parent / "notebooks"
SECRET = "Hortensienstrasse"
KEY = "vier kleine Wörter hier"
PAGE = "07-share"


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Journal]:
    monkeypatch.setenv("WORKBOOK_BACKUPS", str(tmp_path / "backups"))
    opened = open_journal(f"sqlite:///{tmp_path / 'kept' / 'journal.sqlite'}")
    for number in range(3):
        opened.save("timeline", {"what": f"{SECRET} {number}", "kind": "hard"}, f"e{number}")
    opened.withdraw("e0")
    yield opened
    opened.close()


@pytest.fixture
def address(serve: Callable[..., Address], journal: Journal, tmp_path: Path) -> Iterator[Address]:
    started = serve(
        NOTEBOOKS, WORKBOOK_JOURNAL=f"sqlite:///{journal.place}", WORKBOOK_BACKUPS=str(tmp_path / "backups")
    )
    yield started
    end(started.process)


def card(page: Page, title: str) -> Locator:
    return page.locator("section.card", has=page.get_by_role("heading", name=title, exact=True))


def test_a_copy_a_file_out_and_a_file_in(
    address: Address, journal: Journal, open_page: Callable[..., Page], axe: Callable[[Page], list[str]], tmp_path: Path
) -> None:
    """What is saved is what the journal says, under a name that says nothing; what comes in is there at once."""
    page = open_page(address, PAGE)
    keep = card(page, "Backups")
    keep.get_by_role("button", name="Make a backup now").click()
    expect(keep.get_by_text("The backup is made, and reads back as it should.")).to_be_focused()
    assert len(journal.backups()) == 1
    files = card(page, "Take out, bring in")
    expect(files.get_by_text("anyone who has it can read it")).to_be_visible()
    with page.expect_download() as saved:
        files.get_by_role("link", name="Save everything as one bundle").click()
    assert saved.value.suggested_filename == "notes.zip"
    bundle = tmp_path / "notes.zip"
    saved.value.save_as(bundle)
    with zipfile.ZipFile(bundle) as archive:
        assert archive.read("entries.csv").decode().count(SECRET) == 4
    files.get_by_text("One table for another program").click()
    files.get_by_role("button", name="Save this table").click()
    expect(files.get_by_text("Choose one first.")).to_have_count(2)
    assert axe(page) == []
    files.get_by_label("What happened, in order").check()
    files.get_by_label("JSON").check()
    with page.expect_download() as saved:
        files.get_by_role("button", name="Save this table").click()
    assert saved.value.suggested_filename == "notes-timeline.json"
    assert len(pd.DataFrame(json.loads(saved.value.path().read_text("utf-8"))["rows"])) == 2

    other = open_journal(f"sqlite:///{tmp_path / 'other' / 'journal.sqlite'}")
    other.save("timeline", {"what": "from another computer", "kind": "good"})
    other.export_bundle(tmp_path / "other.zip")
    other.close()
    files.get_by_text("Bring a file in").click()
    files.get_by_role("button", name="Bring it in").click()
    expect(files.get_by_text("Choose a file first.")).to_be_visible()
    for file, said in (
        (tmp_path / "other.zip", "New or changed here: 1."),
        (tmp_path / "other.zip", "Everything in it was here already."),
        (tmp_path / "kept" / "journal.sqlite-wal", "is not a whole bundle of this workbook"),
    ):
        if not files.get_by_label("The file", exact=True).is_visible():
            files.get_by_text("Bring a file in").click()
        files.get_by_label("The file", exact=True).set_input_files(file)
        files.get_by_role("button", name="Bring it in").click()
        expect(files.get_by_text(said)).to_be_visible()
    assert "from another computer" in journal.table("timeline")["what"].tolist()


def test_an_entry_is_erased_in_the_backups_too_and_it_is_asked_once(
    address: Address, journal: Journal, open_page: Callable[..., Page], axe: Callable[[Page], list[str]], tmp_path: Path
) -> None:
    """Nothing of hers stands there before she asks for it; “Keep it” keeps it; a withdrawn one can be erased too."""
    journal.backup()
    page = open_page(address, PAGE)
    erase = card(page, "Erase")
    assert SECRET not in page.content()
    erase.get_by_text("Choose an entry to erase").click()
    erase.get_by_label("What happened, in order (3)").check()
    erase.get_by_role("button", name="Show its entries").click()
    expect(erase.get_by_role("checkbox")).to_have_count(4)  # three entries, and “In my backups too”
    expect(erase.get_by_label(f"{SECRET} 0")).to_be_visible()
    erase.get_by_label(f"{SECRET} 0").check()
    erase.get_by_label(f"{SECRET} 1").check()
    erase.get_by_role("button", name="Erase what is ticked").click()
    asked = erase.get_by_role("group", name="Erase for good? This cannot be undone.")
    expect(asked).to_be_focused()
    assert axe(page) == []
    asked.get_by_role("button", name="Keep it").click()
    expect(erase.get_by_role("button", name="Erase what is ticked")).to_be_focused()
    assert len(journal.history("timeline")) == 4
    erase.get_by_role("button", name="Erase what is ticked").click()
    asked.get_by_role("button", name="Erase", exact=True).click()
    expect(erase.get_by_text("2 entries are erased. No backup holds it.")).to_be_visible()
    assert journal.history("timeline")["what"].tolist() == [f"{SECRET} 2"]
    for file in (tmp_path / "backups").iterdir():
        assert f"{SECRET} 1".encode() not in file.read_bytes()


def test_a_damaged_journal_is_brought_back_from_the_page(
    address: Address, journal: Journal, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    """It says what is wrong; the backups are there to choose from; afterwards all that was whole is there."""
    journal.backup()
    journal.close()
    place = Path(journal.place)
    place.write_bytes(b"a bad disk" * 1000)
    page = open_page(address, PAGE)
    keep = card(page, "Backups")
    expect(keep.get_by_text("is damaged, or is not a journal")).to_be_visible()
    keep.get_by_role("button", name="Restore this backup").click()
    keep.get_by_role("button", name="Restore it").click()
    expect(keep.get_by_text("Choose a backup first.")).to_be_visible()
    keep.get_by_role("radio").first.check()
    keep.get_by_role("button", name="Restore this backup").click()
    keep.get_by_role("button", name="Restore it").click()
    expect(keep.get_by_text("is now in its place: 3 entries.")).to_be_visible()
    [aside] = restoring.put_aside(place)
    expect(keep.get_by_text(str(aside))).to_be_visible()
    keep.get_by_role("button", name="Reload this page").click()
    expect(card(page, "Backups").get_by_role("button", name="Make a backup now")).to_be_visible()
    page.wait_for_selector("main[data-state=ready]")
    page.goto(address.page("01-what-happened"))
    page.wait_for_selector("main[data-state=ready]")
    expect(page.get_by_role("listitem").get_by_text(f"{SECRET} 2").first).to_be_visible()
    assert aside.read_bytes() == b"a bad disk" * 1000


def test_a_locked_journal_that_is_damaged_opens_with_its_passphrase_and_is_brought_back(
    address: Address, journal: Journal, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    """The right word is not called wrong; the backup needs none of its own, and the lock stays in force."""
    journal.set_passphrase(KEY)
    journal.backup()
    journal.close()
    place = Path(journal.place)
    raw = bytearray(place.read_bytes())
    raw[4096:] = os.urandom(len(raw) - 4096)
    place.write_bytes(raw)
    page = open_page(address, PAGE, ready=False)
    page.get_by_label("Passphrase").fill(KEY)
    page.get_by_role("button", name="Open").click()
    page.wait_for_selector("main[data-state=ready]")
    keep = card(page, "Backups")
    expect(keep.get_by_text("is damaged, or is not a journal")).to_be_visible()
    keep.get_by_role("radio").first.check()
    keep.get_by_role("button", name="Restore this backup").click()
    keep.get_by_role("button", name="Restore it").click()
    expect(keep.get_by_text("is now in its place: 3 entries.")).to_be_visible()
    back = open_journal(f"sqlite:///{place}", KEY)
    assert len(back.history("timeline")) == 4
    back.close()


def test_going_back_and_forward_with_the_page_open(
    address: Address, journal: Journal, open_page: Callable[..., Page]
) -> None:
    """A whole journal: what stood there is a backup now; the other page that is open writes on in the new file."""
    journal.backup()
    journal.save("timeline", {"what": f"{SECRET} later", "kind": "good"})
    page = open_page(address, PAGE)
    other = page.context.new_page()
    other.goto(address.page("01-what-happened"))
    other.wait_for_selector("main[data-state=ready]")
    keep = card(page, "Backups")
    keep.get_by_text("Go back to a backup").click()
    keep.get_by_role("radio").last.check()
    keep.get_by_role("button", name="Restore this backup").click()
    keep.get_by_role("button", name="Restore it").click()
    expect(keep.get_by_text("is now in its place: 3 entries.")).to_be_visible()
    assert len(journal.table("timeline")) == 2
    other.get_by_label("What happened?").fill("written on")
    card(other, "What happened, in order").get_by_role("button", name="Add this line").click()
    expect(other.get_by_role("listitem").get_by_text("written on").first).to_be_visible()
    assert journal.table("timeline")["what"].tolist()[-1] == "written on"
    assert len(journal.backups()) == 2


def test_everything_is_deleted_in_one_step_asked_once(
    address: Address, journal: Journal, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    """Journal, drafts, backups, a copy beside it; every page goes blank, and a new beginning is empty."""
    journal.keep_draft("timeline", {"what": SECRET})
    journal.backup()
    journal.close()
    copy = Path(journal.place).with_name("journal (copy).sqlite")
    copy.write_bytes(Path(journal.place).read_bytes())
    page = open_page(address, PAGE)
    other = page.context.new_page()
    other.goto(address.page("01-what-happened"))
    other.wait_for_selector("main[data-state=ready]")
    erase = card(page, "Erase")
    erase.get_by_text("Delete everything").first.click()
    erase.get_by_role("button", name="Delete everything").click()
    asked = erase.get_by_role("group", name="Delete everything for good? This cannot be undone.")
    asked.get_by_role("button", name="Keep everything").click()
    assert Path(journal.place).exists()
    erase.get_by_role("button", name="Delete everything").click()
    asked.get_by_role("button", name="Delete everything").click()
    expect(page.get_by_text("Closed. Everything is deleted.")).to_be_visible()
    other.wait_for_url("**/closed**")
    assert SECRET not in other.content()
    assert list((tmp_path / "kept").iterdir()) == []
    assert list(backups.folder().iterdir()) == []
    wait_until(lambda: not list((tmp_path / "kept").iterdir()))
    page.goto(address)
    page.goto(address.page("01-what-happened"))
    page.wait_for_selector("main[data-state=ready]")
    assert SECRET not in page.content()


def flip(place: Path, words: str) -> None:
    """One letter of one row: SQLite sees nothing."""
    raw = place.read_bytes()
    spot = raw.index(words.encode())
    place.write_bytes(raw[:spot] + b"X" + raw[spot + 1 :])


def test_damage_is_told_where_the_ways_out_of_it_are_and_once_on_a_page(
    address: Address, journal: Journal, open_page: Callable[..., Page], axe: Callable[[Page], list[str]]
) -> None:
    """Beside the backups, of which the damaged one is marked, and where files go out; elsewhere once, with a link."""
    whole = journal.backup()
    journal.close()
    flip(Path(journal.place), f"{SECRET} 2")
    page = open_page(address, PAGE)
    for title in ("Backups", "Take out, bring in"):
        expect(card(page, title).get_by_text("1 in timeline")).to_be_visible()
    keep = card(page, "Backups")
    keep.get_by_role("button", name="Make a backup now").click()
    expect(keep.get_by_text("copied as it is, damaged")).to_be_visible()
    keep.locator("summary", has_text="Go back to a backup").click()
    expect(keep.get_by_role("radio")).to_have_count(2)
    expect(keep.get_by_label("· damaged")).to_have_count(1)
    assert axe(page) == []
    keep.get_by_label("· damaged").check()
    keep.get_by_role("button", name="Restore this backup").click()
    keep.get_by_role("button", name="Restore it").click()
    expect(keep.get_by_text(f"The newest whole backup is {whole}")).to_be_visible()
    page.goto(address.page("01-what-happened"))
    page.wait_for_selector("main[data-state=ready]")
    expect(page.get_by_text("1 in timeline")).to_have_count(1)
    page.get_by_text("1 in timeline").get_by_role("link", name="Keep & share").click()
    page.wait_for_url(f"**/{PAGE}.ipynb")


def test_a_lost_journal_comes_back_over_the_new_one(
    address: Address, journal: Journal, open_page: Callable[..., Page]
) -> None:
    """Its backups are listed with their days although another journal stands there."""
    journal.backup()
    journal.close()
    Path(journal.place).unlink()
    page = open_page(address, PAGE)
    keep = card(page, "Backups")
    keep.get_by_text("Go back to a backup").first.click()
    keep.get_by_label("· another journal").check()
    keep.get_by_role("button", name="Restore this backup").click()
    keep.get_by_role("button", name="Restore it").click()
    expect(keep.get_by_text("is now in its place: 3 entries.")).to_be_visible()
    back = open_journal(f"sqlite:///{journal.place}")
    assert len(back.history("timeline")) == 4
    back.close()


def test_copies_that_a_passphrase_does_not_lock_are_named_and_what_stays_is_too(
    address: Address, journal: Journal, open_page: Callable[..., Page], axe: Callable[[Page], list[str]], tmp_path: Path
) -> None:
    """On the card of the passphrase; and “Delete everything” does not say that all is gone. Every open page goes blank
    all the same, this one but for what is left; a page in another browser shows nothing of hers any more.
    """
    journal.close()
    copy, stray = Path(journal.place).with_name("journal (cut).sqlite"), tmp_path / "backups" / "half a copy"
    stray.parent.mkdir(exist_ok=True)
    for file in (copy, stray):
        file.write_bytes(Path(journal.place).read_bytes()[:3000])
    page = open_page(address, PAGE)
    other, elsewhere = page.context.new_page(), open_page(address, "01-what-happened")
    other.goto(address.page("01-what-happened"))
    other.wait_for_selector("main[data-state=ready]")
    expect(elsewhere.get_by_text(f"{SECRET} 2").first).to_be_visible()
    for file in (copy, stray):
        expect(card(page, "A passphrase").get_by_text(str(file))).to_be_visible()
    erase = card(page, "Erase")
    erase.get_by_text("Delete everything").first.click()
    erase.get_by_role("button", name="Delete everything").click()
    erase.get_by_role("button", name="Delete everything").click()
    told = page.get_by_role("main")
    expect(told).to_contain_text("not everything is gone")
    expect(told).to_be_focused()
    for file in (copy, stray):
        expect(told).to_contain_text(str(file))
        assert file.exists()
    assert SECRET not in page.content()
    assert page.locator("section").count() == 0
    assert axe(page) == []
    other.wait_for_url("**/closed**")
    assert SECRET not in other.content()
    expect(elsewhere.get_by_text(SECRET)).to_have_count(0, timeout=30_000)
    page.reload()
    expect(page.locator("main p")).to_contain_text("Closed.")
    assert not Path(journal.place).exists() or SECRET.encode() not in Path(journal.place).read_bytes()
