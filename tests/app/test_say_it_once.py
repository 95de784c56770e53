"""Section 3 in a real browser: from a first draft, held back, to a message she stands by; and who has none."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.app.conftest import Address, end
from tests.app.test_lonely_or_love import PHONE, answer
from tests.app.test_reader import card, saved
from tests.pages.test_lonely_or_love import Movable
from tests.pages.test_say_it_once import EVENING, GOOD, found, ready, steady
from widgets.catalogue import DATA, Wording
from widgets.journal import Journal, open_journal
from widgets.readings.message import review

NOTEBOOKS = DATA.parent / "notebooks"
PAGE = "03-say-it-once"
MESSAGE, LETTER, GATE = "A message, not sent from here", "A letter that is not sent", "Before it leaves your hands"
FIRST = f"{GOOD} You made me do it 🙂. Answer by Sunday."
COPY = "Copy the message"


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'journal.sqlite'}"


@pytest.fixture
def journal(url: str) -> Iterator[Journal]:
    opened = open_journal(url)
    opened.clock = Movable(EVENING - dt.timedelta(days=20))
    yield opened
    opened.close()


@pytest.fixture
def open_at(
    serve: Callable[..., Address], open_page: Callable[..., Page], url: str, journal: Journal
) -> Iterator[Callable[..., Page]]:
    """open_at(moment): the page as if it were then, on a server of its own; the journal's clock shows the same."""
    started: list[Address] = []

    def open_at(moment: dt.datetime, **options: Any) -> Page:
        journal.clock.at = moment
        now = {"WORKBOOK_NOW": moment.isoformat(), "WORKBOOK_TZ": "Europe/London"}
        started.append(serve(NOTEBOOKS, WORKBOOK_JOURNAL=url, **now))
        rights = {"permissions": ["clipboard-read", "clipboard-write"]}
        return open_page(started[-1], PAGE, **rights, **options)

    yield open_at
    for address in started:
        end(address.process)


def save(form: Locator) -> None:
    form.get_by_role("button", name="Save", exact=True).click()
    saved(form)


def gate(page: Page) -> Locator:
    """The panel that says how it stands."""
    return page.locator(".cell.reading", has=page.get_by_role("heading", name="How things stand"))


def shows_what_the_gate_returns(page: Page, journal: Journal) -> str:
    """Each line of the panel is an item of the function's result over the same tables; the result."""
    expected = found(journal)
    lines = gate(page).locator(".gate > li")
    for line, item in zip(lines.all(), expected.items, strict=True):
        expect(line.locator(".hint")).to_have_text(Wording().fill(item.why))
        expect(line.get_by_text(": holds")).to_have_count(int(item.holds))
    passes = expected.result == "nothing_against"
    expect(gate(page).get_by_text("Nothing speaks against it.")).to_have_count(int(passes))
    expect(page.get_by_role("button", name=COPY)).to_have_count(int(passes))
    return expected.result


def test_from_a_first_draft_held_back_for_good_reasons_to_a_message_she_stands_by(
    open_at: Callable[..., Page], journal: Journal, axe: Callable[[Page], list[str]]
) -> None:
    """An evening, a night, the next evening; at each step the page says what the functions say, and never sends."""
    ready(journal)
    page = open_at(EVENING)
    form = card(page, MESSAGE)
    words = form.get_by_label("Your words")
    words.press_sequentially(FIRST)
    cautions = review(FIRST).cautions
    places = {(caution.start, caution.end) for caution in cautions}
    expect(form.get_by_text(f"Places to read once more: {len(places)}")).to_be_visible()
    assert form.locator(".matter").count() == len(cautions)
    quoted = form.locator(".places > li > .said").all_inner_texts()
    assert sorted(quoted) == sorted(f"“{FIRST[start:end]}”" for start, end in places)
    form.get_by_role("button", name="Show in the text: “Answer by Sunday”").first.click()
    selected = "(field) => field.value.slice(field.selectionStart, field.selectionEnd)"
    assert words.evaluate(selected) == "Answer by Sunday"
    expect(gate(page).get_by_text("You are changing the message.")).to_be_visible()
    save(form)
    assert shows_what_the_gate_returns(page, journal) == "wait"
    assert axe(page) == []

    words.fill(GOOD)
    expect(form.get_by_text("Places to read once more: 0")).to_be_visible()
    save(form)
    expect(gate(page).get_by_role("heading", name="Wait until Saturday 21 November, 18:3")).to_be_visible()
    assert shows_what_the_gate_returns(page, journal) == "wait"
    expect(page.get_by_role("button", name="Send")).to_have_count(0)

    next_day = EVENING + dt.timedelta(days=1, minutes=20)
    journal.clock.at = next_day - dt.timedelta(minutes=5)
    steady(journal)
    page = open_at(next_day)
    form = card(page, MESSAGE)
    assert shows_what_the_gate_returns(page, journal) == "wait"
    form.get_by_role("button", name="I have read it again, and it still holds").click()
    expect(gate(page).get_by_text("Nothing speaks against it.")).to_be_visible()
    journal.clock.at = next_day + dt.timedelta(minutes=1)
    assert shows_what_the_gate_returns(page, journal) == "nothing_against"
    expect(gate(page).get_by_text("That is all this says.").first).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name=COPY).click()
    expect(page.get_by_text("Nothing was sent.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == GOOD
    [run] = journal.entries("gate_runs")
    assert (run.answers["copied"], run.answers["result"]) == (True, "nothing_against")
    expect(gate(page).get_by_text("nothing speaks against it, copied")).to_be_visible()

    card(page, MESSAGE).get_by_label("Your words").press_sequentially(" Truly.")
    expect(page.get_by_role("button", name=COPY)).to_have_count(0)
    save(form)
    expect(gate(page).get_by_role("heading", name="Wait until Sunday 22 November")).to_be_visible()
    expect(page.get_by_role("button", name=COPY)).to_have_count(0)


def test_by_keyboard_alone_a_message_is_written_and_looked_at_again(
    open_at: Callable[..., Page], journal: Journal
) -> None:
    """C9: text, a hint answered, the phrase in the text, a part ticked, saved, an earlier version brought back."""
    ready(journal)
    page = open_at(EVENING)
    form = card(page, MESSAGE)
    words = form.get_by_label("Your words")
    words.focus()
    page.keyboard.type("You made me do it.")
    expect(form.get_by_text("Places to read once more: 1")).to_be_visible()
    page.keyboard.press("Tab")
    expect(form.get_by_role("button", name="Show in the text")).to_be_focused()
    page.keyboard.press("Enter")
    expect(words).to_be_focused()
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(form.get_by_role("button", name="Take that back")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(form.get_by_label("that I regret ending it")).to_be_checked()
    page.keyboard.press("Enter")  # in a form, Enter saves
    saved(form)
    row = journal.table("drafts").iloc[0]
    assert (row["confirmed"], row["parts"]) == (["blame"], ["regret"])
    words.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(GOOD)
    form.get_by_role("button", name="Save", exact=True).press("Enter")
    saved(form)
    form.get_by_text("Earlier versions").press("Enter")
    form.get_by_role("button", name="Bring this back").press("Enter")
    expect(words).to_have_value("You made me do it.")


@pytest.mark.parametrize("size", [{}, PHONE], ids=["desktop", "phone"])
def test_where_the_way_is_closed_there_is_no_composer_and_the_letter_stands_in_its_place(
    open_at: Callable[..., Page], journal: Journal, axe: Callable[[Page], list[str]], size: dict[str, Any]
) -> None:
    """One sentence says why; nothing to write a message with is in the page or in what its kernel sends."""
    ready(journal)
    journal.save("drafts", {"text": "Once written."})
    journal.save("safety", {"contact_wish": "blocked", "route_closed": True, "route_reason": "blocked"})
    page = open_at(EVENING, **size)
    heard: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: heard.append(str(frame))))
    page.reload()
    page.wait_for_selector("main[data-state=ready]")
    expect(page.get_by_text("There is no message here: he blocked you.", exact=True)).to_be_visible()
    assert heard
    for trace in ("Beside your text", "How would it reach", "Could you bear", "How steady", "Before it leaves", COPY):
        assert trace not in page.content()
        assert [frame[max(0, frame.find(trace) - 200) :][:400] for frame in heard if trace in frame] == []
    assert page.locator("section.card h2").all_inner_texts() == ["A minute about what matters", LETTER]
    assert page.locator("textarea:not(.one-line)").count() == 1
    page.get_by_text("What you wrote under “A message, not sent from here”").click()
    expect(page.get_by_text("Once written.")).to_be_visible()
    assert page.get_by_role("button", name="Send").count() == 0
    assert axe(page) == []

    form = card(page, LETTER)
    form.get_by_label("The letter").fill("What I could not say.")
    form.get_by_role("button", name="Save this letter").click()
    saved(form)
    expect(form.get_by_role("listitem").get_by_text("What I could not say.")).to_be_visible()
    form.get_by_label("The letter").fill("Quagga.")
    form.get_by_label("destroy it").check()
    expect(form.get_by_text("Draft kept")).to_be_visible()
    form.get_by_role("button", name="Save this letter").click()
    form.get_by_role("button", name="Destroy it", exact=True).click()
    expect(form.get_by_text("Destroyed. It is in no version and in no draft of your file.")).to_be_visible()
    journal.clock.at = EVENING
    assert [e.answers["text"] for e in journal.entries("letters")] == ["What I could not say."]
    folder = Path(journal.place).parent
    assert not any(b"Quagga" in path.read_bytes() for path in folder.iterdir() if "shm" not in path.name)


def test_what_is_soft_is_set_aside_with_a_reason_and_what_is_unsafe_closes(
    open_at: Callable[..., Page], journal: Journal
) -> None:
    """Forty letters, kept with the day; a check-in that is unsure of being safe closes it all the same."""
    ready(journal)
    journal.save("drafts", {"text": GOOD, "sha256": "a"})
    journal.clock.at = EVENING + dt.timedelta(days=1)
    journal.save("checkins", {"distress": 5})
    journal.save("steadiness", {"sober": True})
    page = open_at(EVENING + dt.timedelta(days=1, minutes=5))
    card(page, MESSAGE).get_by_role("button", name="I have read it again").click()
    form = card(page, GATE)
    form.get_by_label("a steady hour").check()
    reason = form.get_by_label("Why may it be set aside?")
    reason.fill("Because.")
    form.get_by_role("button", name="Keep how things stand").click()
    expect(form.get_by_role("link", name="Write a reason of at least 40 letters.")).to_be_visible()
    reason.fill("It is the film that made me cry, and not the message.")
    form.get_by_role("button", name="Keep how things stand").click()
    expect(gate(page).get_by_text("One line is set aside for today, with your reason.")).to_be_visible()
    expect(page.get_by_role("button", name=COPY)).to_be_visible()
    page.goto(page.url.replace(PAGE, "02-lonely-or-love"))
    page.wait_for_selector("main[data-state=ready]")
    today = card(page, "How is it right now?")
    answer(today, "How hard is it now", 5)
    today.get_by_role("radio", name="I am not sure").check()
    save(today)
    page.goto(page.url.replace("02-lonely-or-love", PAGE))
    page.wait_for_selector("main[data-state=ready]")
    expect(gate(page).get_by_role("heading", name="Closed until Saturday 28 November")).to_be_visible()
    expect(page.get_by_role("button", name=COPY)).to_have_count(0)
    expect(card(page, MESSAGE).get_by_label("Your words")).to_have_value(GOOD)
