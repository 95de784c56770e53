"""The handout in a browser over a pretend kernel: what is shown is what is saved, and nothing else can be."""

import base64
import hashlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Locator, Page, expect

from tests.controls.conftest import ADDRESS, PAGE
from widgets.controls import Handout

KERNEL = (Path(__file__).parent / "handout.js").read_text(encoding="utf-8")
HTML = (
    "<!doctype html><html lang=en><h1>My notes</h1><script>parent.ran = 1</script><p style='height:900px'>end</p>"
    "<details><summary>More</summary><p style='height:500px'>of it</p></details>"
)
BASE = {
    "short": "",
    "suggest": [],
    "hint": "",
    "low": "",
    "high": "",
    "range": None,
    "step": None,
    "choices": [],
    "none": None,
}
BASE |= {
    "max": None,
    "min_date": None,
    "max_date": None,
    "ahead": False,
    "needed": False,
    "show_if": None,
    "more": False,
    "private": False,
}
BASE |= {"keep_if": None, "help_on": [], "help_text": "", "items": []}
CHOICES = [["boxes", "Three boxes"], ["letter", "A letter"]]
ITEMS = [
    BASE | {"id": "exercises", "type": "choices", "ask": "What should be in it?", "choices": CHOICES},
    BASE | {"id": "password", "type": "text", "ask": "A password"},
    BASE
    | {
        "id": "entries-boxes",
        "type": "entries",
        "ask": "Only these?",
        "exercise": "boxes",
        "more": True,
        "show_if": [{"item": "exercises", "is": ["boxes"]}],
    },
]
SPEC = {
    "title": "A part to show",
    "intro": "Choose.",
    "items": ITEMS,
    "more": "Single entries",
    "make": "Show the file",
}
NOTES = [
    {"title": "Left out", "text": "", "lines": [{"text": "3 notes."}], "empty": ""},
    {"title": "Pronouns", "text": "", "lines": [{"text": "“he”, 1 time", "behind": ["He <b>left</b>."]}], "empty": ""},
    {"title": "Capitals", "text": "", "lines": [], "empty": "There is none."},
]
PARTS = [
    {"kind": "page", "html": HTML},
    {"kind": "text", "name": "table.csv", "text": "<i>a</i>,b\n1,2"},
    {"kind": "picture", "name": "Page 1 of 1", "src": "data:image/gif;base64,R0lGODlhAQABAAAAACw=", "text": "words"},
]
DATA = "a file, ü".encode()
TICK = "I have read every line above."

Show = Callable[..., Page]


@pytest.fixture
def show(new_page: Callable[[], Page]) -> Iterator[Show]:
    errors: list[str] = []
    pages: list[Page] = []

    def show(*, parts: list[dict[str, Any]] = PARTS, aside: str = "", tick: str = TICK) -> Page:
        page = new_page()
        pages.append(page)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.route(ADDRESS, lambda route: route.fulfill(body=PAGE.format(state="", help=""), content_type="text/html"))
        page.goto(ADDRESS)
        control = Handout(lambda request: {}, "A part to show")
        file = {"name": "notes.html", "type": "text/html", "bytes": base64.b64encode(DATA).decode(), "size": len(DATA)}
        what = {"esm": control._esm, "css": control._css, "spec": SPEC | {"tick": tick}, "parts": parts, "notes": NOTES}
        page.add_script_tag(content=KERNEL)
        page.evaluate(
            "(what) => window.showHandout(what)",
            what | {"aside": aside, "file": file | {"sha256": hashlib.sha256(DATA).hexdigest()}},
        )
        return page

    yield show
    for page in pages:
        page.context.close()
    assert errors == []


def make(page: Page) -> Locator:
    page.get_by_label("Three boxes").check()
    page.get_by_role("button", name="Show the file").click()
    expect(page.get_by_role("heading", name="This is the file")).to_be_focused()
    return page.locator(".made")


def sent(page: Page, what: str) -> list[dict[str, Any]]:
    return page.evaluate("(what) => kernel.log.filter((message) => message.do === what)", what)


def test_the_file_is_shown_as_it_is(show: Show) -> None:
    """A page in a frame as high as it is, in which no script runs; text as text; a picture with its words."""
    page = show()
    made = make(page)
    frame = made.locator("iframe")
    assert frame.get_attribute("srcdoc") == HTML
    expect(frame.content_frame.get_by_role("heading", name="My notes")).to_be_visible()
    expect(frame).to_have_js_property(
        "offsetHeight", frame.evaluate("f => f.contentDocument.documentElement.scrollHeight")
    )
    assert frame.evaluate("f => f.offsetHeight") > 900
    assert page.evaluate("() => window.ran") is None
    assert made.locator("pre").first.text_content() == "<i>a</i>,b\n1,2"
    assert made.get_by_role("img").get_attribute("alt") == "Page 1 of 1"


def test_the_frame_grows_with_what_is_opened_in_it(show: Show) -> None:
    """Nothing of the file is ever behind a scroll bar of its own."""
    frame = make(show()).locator("iframe")
    before = frame.evaluate("f => f.offsetHeight")
    frame.content_frame.get_by_text("More").click()
    expect(frame).not_to_have_js_property("offsetHeight", before)
    assert frame.evaluate("f => f.offsetHeight") >= before + 500


def test_what_is_to_be_known_of_it_stands_below(show: Show) -> None:
    """What is left out, what could tell too much with its sentences, the fingerprint, and anything amiss."""
    made = make(show(aside="No font has one of the signs."))
    expect(made).to_contain_text("No font has one of the signs.")
    expect(made).to_contain_text(hashlib.sha256(DATA).hexdigest())
    expect(made.get_by_role("listitem").filter(has_text="3 notes.")).to_be_visible()
    made.get_by_text("“he”, 1 time").click()
    expect(made.get_by_text("He <b>left</b>.")).to_be_visible()
    expect(made.get_by_text("There is none.")).to_be_visible()


def test_it_is_saved_once_it_has_been_read_and_recorded(show: Show) -> None:
    """Without the tick it stays; the record comes first, and the bytes that are saved are those that were shown."""
    page = show()
    made = make(page)
    made.get_by_role("button", name="Save the file").click()
    expect(made.get_by_text("Tick this once you have read it.")).to_be_visible()
    expect(made.get_by_label(TICK)).to_be_focused()
    assert sent(page, "record") == []
    made.get_by_label(TICK).check()
    with page.expect_download() as download:
        made.get_by_role("button", name="Save the file").click()
    assert download.value.path().read_bytes() == DATA
    assert download.value.suggested_filename == "notes.html"
    expect(made.get_by_role("status").filter(has_text="Saved at 21:14 as notes.html")).to_be_visible()
    assert [message["sha256"] for message in sent(page, "record")] == [hashlib.sha256(DATA).hexdigest()]


def test_a_share_that_cannot_be_recorded_does_not_leave(show: Show) -> None:
    """The disk is full, say: the sentence stands there, and no file is saved."""
    page = show()
    made = make(page)
    refusal = {"ok": False, "error": {"kind": "not-saved", "message": "Not saved: the disk is full."}}
    page.evaluate("(refusal) => { kernel.refuse.record = refusal }", refusal)
    downloads: list[Any] = []
    page.on("download", lambda download: downloads.append(download))
    made.get_by_label(TICK).check()
    made.get_by_role("button", name="Save the file").click()
    expect(made.get_by_text("Not saved: the disk is full.")).to_be_visible()
    assert downloads == []


@pytest.mark.parametrize("change", ["another choice", "another list of names"])
def test_a_file_that_would_be_another_now_cannot_be_saved(show: Show, change: str) -> None:
    """Whatever is changed after it was shown takes it away; what she chose stays."""
    page = show()
    made = make(page)
    if change == "another choice":
        page.get_by_label("A letter").check()
    else:
        anew = "() => { kernel.spec.intro = 'Anew.'; kernel.push({ push: 'spec', spec: kernel.spec }) }"
        page.evaluate("() => document.activeElement.blur()")
        page.evaluate(anew)
        expect(page.get_by_text("Anew.")).to_be_visible()
    expect(page.get_by_text("You have changed something since.")).to_be_visible()
    expect(made.get_by_role("button", name="Save the file")).to_have_count(0)
    expect(page.get_by_label("Three boxes")).to_be_checked()


def test_single_entries_come_when_that_part_is_opened(show: Show) -> None:
    """Of the exercises that are ticked; before, none of them is on the page, nor asked for."""
    page = show()
    page.get_by_text("Single entries").click()
    page.get_by_text("Single entries").click()
    page.get_by_label("Three boxes").check()
    expect(page.get_by_label("The third")).to_have_count(0)
    assert sent(page, "entries") == []
    page.get_by_text("Single entries").click()
    expect(page.get_by_label("The third")).to_be_visible()
    expect(page.get_by_text("The newest 2 are shown here.")).to_be_visible()
    expect(page.get_by_label("The first")).to_have_count(0)
    page.get_by_text("Single entries").click()
    page.get_by_text("Single entries").click()
    assert len(sent(page, "entries")) == 1


def test_ticks_stay_while_more_entries_come_and_when_the_questions_are_drawn_anew(show: Show) -> None:
    """They are what the file is made of."""
    page = show()
    page.get_by_text("Single entries").click()
    page.get_by_label("Three boxes").check()
    page.get_by_label("The second").check()
    page.get_by_role("button", name="Show the earlier ones too").click()
    expect(page.get_by_label("The first")).to_be_focused()
    expect(page.get_by_role("button", name="Show the earlier ones too")).to_be_hidden()
    expect(page.get_by_label("The second")).to_be_checked()
    page.get_by_label("The first").check()
    page.evaluate("() => document.activeElement.blur()")
    page.evaluate(
        "() => { kernel.isWhole = false; kernel.push({ push: 'spec', spec: { ...kernel.spec, intro: 'Anew.' } }) }"
    )
    expect(page.get_by_text("Anew.")).to_be_visible()
    for ticked, label in ((True, "The first"), (True, "The second"), (False, "The third")):
        expect(page.get_by_label(label)).to_be_checked(checked=ticked)
        expect(page.get_by_label(label)).to_be_visible()
    make(page)
    assert sent(page, "make")[0]["answers"]["entries-boxes"] == ["a", "b"]


def test_an_entry_that_is_gone_is_ticked_no_more(show: Show) -> None:
    """Withdrawn in another part of the page: what stands there follows."""
    page = show()
    page.get_by_text("Single entries").click()
    page.get_by_label("Three boxes").check()
    for label in ("The second", "The third"):
        page.get_by_label(label).check()
    page.evaluate("() => document.activeElement.blur()")
    page.evaluate("() => { kernel.entries.pop(); kernel.push({ push: 'spec', spec: kernel.spec }) }")
    expect(page.get_by_label("The third")).to_have_count(0)
    make(page)
    assert sent(page, "make")[0]["answers"]["entries-boxes"] == ["b"]


def test_entries_that_cannot_be_read_are_asked_for_again(show: Show) -> None:
    """The sentence stands at their question."""
    page = show()
    page.evaluate("() => { kernel.refuse.entries = { ok: false, error: { kind: 'not-made', message: 'Not read.' } } }")
    page.get_by_label("Three boxes").check()
    page.get_by_text("Single entries").click()
    expect(page.get_by_text("Not read.")).to_be_visible()
    page.evaluate("() => { kernel.refuse = {} }")
    page.get_by_text("Single entries").click()
    page.get_by_text("Single entries").click()
    expect(page.get_by_label("The third")).to_be_visible()
    expect(page.get_by_text("Not read.")).to_have_count(0)


def test_what_is_missing_is_said_beside_the_question_and_in_a_summary(show: Show) -> None:
    """With a link to it; the focus goes there."""
    page = show()
    faults = [{"item": "exercises", "message": "Tick what to show."}]
    page.evaluate("(error) => { kernel.refuse.make = { ok: false, error } }", {"kind": "invalid", "faults": faults})
    page.get_by_role("button", name="Show the file").click()
    expect(page.get_by_role("heading", name="Not made yet: one place needs a look")).to_be_visible()
    page.get_by_role("link", name="Tick what to show.").click()
    expect(page.get_by_label("Three boxes")).to_be_focused()


def test_while_a_file_is_made_the_page_says_so_and_makes_no_second_one(show: Show) -> None:
    """A second press waits for the first."""
    page = show()
    page.evaluate("() => { kernel.hold = true }")
    page.get_by_label("Three boxes").check()
    page.get_by_role("button", name="Show the file").click()
    expect(page.get_by_text("Making the file…")).to_be_visible()
    page.get_by_role("button", name="Show the file").click()
    assert len(sent(page, "make")) == 1
    page.evaluate("() => { kernel.hold = false; kernel.answer(kernel.log.find((message) => message.do === 'make')) }")
    expect(page.get_by_role("heading", name="This is the file")).to_be_visible()
    expect(page.get_by_text("Making the file…")).to_have_count(0)


def test_closing_takes_everything_off_the_page(show: Show) -> None:
    """Close now: the file that was shown too."""
    page = show()
    make(page)
    page.evaluate("() => document.dispatchEvent(new Event('second-thoughts:closing'))")
    expect(page.locator("#here")).to_have_text("")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing(show: Show, scheme: str, width: int) -> None:
    """With a file shown and something amiss, in both colours, and no sideways scroll."""
    page = show(parts=PARTS[1:], aside="No font has one of the signs.")
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    page.get_by_text("Single entries").click()
    made = make(page)
    expect(page.get_by_label("The third")).to_be_visible()
    made.get_by_text("“he”, 1 time").click()
    made.get_by_role("button", name="Save the file").click()
    page.add_script_tag(path=AXE_FILE_PATH)
    found = page.evaluate("() => axe.run('#here')")["violations"]
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_signs_of_life_are_answered_while_a_file_is_made() -> None:
    """A page that hears nothing for seconds would give its kernel up, and the file with it."""
    go_on, sent_by, before = threading.Event(), [], set(threading.enumerate())
    control = Handout(lambda request: {"waited": go_on.wait(20)}, "A part")
    control.send = sent_by.append
    control.receive({"id": "1", "do": "make"})
    control.receive({"id": "2", "do": "ping"})
    assert [answer["id"] for answer in sent_by] == ["2"]
    go_on.set()
    for thread in set(threading.enumerate()) - before:
        thread.join(20)
    assert sent_by[1:] == [{"id": "1", "ok": True, "waited": True}]
