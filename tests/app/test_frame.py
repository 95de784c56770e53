"""The page's frame in a real browser (UX 2 and 3): what stands, what closes, what comes back."""

import os
import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import WARMED, Address, wait_until

PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1280, "height": 900}
LOST = "Connection lost. Keep this page open and go on writing; it is saved once the connection is back."
GONE = (
    "Connection lost. Keep this page open: your words are on it. Start the workbook again with its command and open "
    "the address it prints in another tab of this browser; then this page connects again."
)


@pytest.fixture(scope="module")
def own(serve: Callable[..., Address], notebooks: Path, tmp_path_factory: pytest.TempPathFactory) -> Address:
    """A server that the tests below treat roughly, and the last of them ends."""
    return serve(notebooks, TINY_KEPT=str(tmp_path_factory.mktemp("kept") / "kept.json"))


@pytest.fixture(scope="module")
def still(workbook: Address, chromium: Browser) -> Iterator[Page]:
    """One opened page for the tests that only look; `at` puts it back to its top."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(workbook)
    page.wait_for_selector("main[data-state=ready]")
    yield page
    context.close()


@pytest.fixture
def at(still: Page) -> Callable[[dict[str, int]], Page]:
    """at(size): that page in a window of that size, with nothing in focus."""

    def show(size: dict[str, int]) -> Page:
        still.set_viewport_size(size)
        still.emulate_media(color_scheme="light", media="screen")
        still.evaluate("document.activeElement.blur(); getSelection().collapse(document.body, 0); scrollTo(0, 0)")
        return still

    return show


def kernel(page: Page) -> int:
    """The process that opened the page's first exercise."""
    return int(page.locator(".state").first.inner_text().split(":")[0].split()[-1])


def test_what_stands_on_a_page(workbook: Address, open_page: Callable[..., Page]) -> None:
    """One h1, a neutral title, eight pages, help and footer; text and exercise; no error in the console."""
    errors: list[str] = []
    page = open_page(workbook, viewport=WIDE, ready=False)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: message.type == "error" and errors.append(message.text))
    page.reload()
    page.wait_for_selector("main[data-state=ready]")
    assert page.title() == "Notes · page 1"
    assert page.locator("h1").all_inner_texts() == ["Start"]
    assert page.locator("nav a").count() == 8
    assert page.locator("nav a[aria-current=page]").all_inner_texts() == ["Start"]
    expect(page.locator("nav a", has_text="What happened").locator("small")).to_be_visible()  # "written in"
    expect(page.locator("#pages summary")).to_be_hidden()
    expect(page.get_by_label("Your words")).to_be_visible()
    assert "token" not in page.url
    note, text = page.locator(".note").bounding_box(), page.locator(".passage > p").first.bounding_box()
    assert note["x"] > text["x"] + text["width"]  # beside its paragraph
    assert abs(note["y"] - text["y"]) < 8
    assert not errors


def test_axe_finds_nothing(at: Callable[..., Page], axe: Callable[[Page], list[str]]) -> None:
    """Page, then open details and lost connection: in both schemes and sizes."""
    page = at(WIDE)
    for state in ("as it opens", "all open"):
        for size in (PHONE, WIDE):
            page.set_viewport_size(size)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                assert axe(page) == [], f"{state}, {size}, {scheme}"
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        page.evaluate("document.getElementById('connection').textContent = 'Connection lost.'")
    page.evaluate("document.getElementById('connection').textContent = ''")
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = false; })")


@pytest.mark.parametrize("path", ["closed", "nowhere", "voila/render/00-begin.ipynb"])
def test_axe_finds_nothing_on_the_plain_pages(
    workbook: Address, chromium, axe: Callable[[Page], list[str]], path: str
) -> None:
    """Closed, not there, not logged in."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(workbook.site + path)
    assert axe(page) == []
    assert page.title() == "Notes"
    context.close()


def test_nothing_scrolls_sideways(at: Callable[..., Page]) -> None:
    """From 320 px on, also with text of twice the size."""
    page = at(WIDE)
    browser = page.context.new_cdp_session(page)
    for text in (16, 32):
        browser.send("Page.setFontSizes", {"fontSizes": {"standard": text}})
        for width in (320, 390, 760, 1024, 1280, 2048):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{width} px, text {text} px"
    browser.send("Page.setFontSizes", {"fontSizes": {"standard": 16}})


def test_phone_bar(at: Callable[..., Page]) -> None:
    """Three ways out at the bottom; focus never goes under them; with little height they stand still."""
    page = at(PHONE)
    bar = page.locator(".ways")
    box = bar.bounding_box()
    assert box["y"] + box["height"] == pytest.approx(PHONE["height"], abs=1)
    for button in bar.locator("a, button").all():
        assert button.bounding_box()["height"] >= 44
    for _ in range(40):
        page.keyboard.press("Tab")
        spot = page.evaluate("""() => { const e = document.activeElement, r = e.getBoundingClientRect();
            return e === document.body || e.closest(".ways") ? null : [r.top, r.bottom]; }""")
        assert spot is None or spot[1] <= box["y"] + 1
    bar.get_by_role("link", name="Pages").click()
    expect(page.locator("nav a", has_text="Show it")).to_be_in_viewport()
    page.set_viewport_size({"width": 390, "height": 380})
    assert bar.evaluate("bar => getComputedStyle(bar).position") == "static"


def test_large_text_breaks_no_word_in_the_bar(at: Callable[..., Page]) -> None:
    """Text of twice the size: each word of the three buttons stands on one line, inside the window."""
    page = at(PHONE)
    browser = page.context.new_cdp_session(page)
    for text in (16, 32):
        browser.send("Page.setFontSizes", {"fontSizes": {"standard": text}})
        for width in (320, 390):
            page.set_viewport_size({"width": width, "height": 844})
            broken = page.locator(".ways").evaluate("""bar => [...bar.querySelectorAll("a, button")].filter(button => {
                const text = button.firstChild, box = button.getBoundingClientRect();
                return box.left < 0 || box.right > innerWidth || [...text.data.matchAll(/\\S+/g)].some(word => {
                    const range = new Range();
                    range.setStart(text, word.index);
                    range.setEnd(text, word.index + word[0].length);
                    const drawn = range.getBoundingClientRect();
                    return range.getClientRects().length > 1 || drawn.left < box.left || drawn.right > box.right;
                });
            }).map(button => button.textContent)""")
            assert broken == [], f"{width} px, text {text} px"
    browser.send("Page.setFontSizes", {"fontSizes": {"standard": 16}})


def test_keyboard_reaches_page_and_help(workbook: Address, open_page: Callable[..., Page]) -> None:
    """The skip link comes first; Help opens, and 'Back to the page' returns."""
    page = open_page(workbook, viewport=WIDE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the page"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.get_by_role("link", name="Help", exact=True).click()
    assert page.evaluate("document.activeElement.id") == "help"
    expect(page.locator("#help a[href^='tel:']").first).to_be_attached()
    page.get_by_role("link", name="Back to the page").click()
    assert page.evaluate("document.activeElement.id") == "main"


def watch_blank(page: Page) -> None:
    """Note in the page how long after the next click or Escape it is blank."""
    page.evaluate("""() => {
        let from; const take = (e) => { from = performance.now(); };
        addEventListener("click", take, true);
        addEventListener("keydown", take, true);
        new MutationObserver(() => {
            if (!document.body.children.length) window.name = String(performance.now() - from);
        }).observe(document.body, { childList: true });
    }""")


@pytest.mark.parametrize("way", ["button", "keys"])
def test_close_now(workbook: Address, kept: Path, open_page: Callable[..., Page], way: str) -> None:
    """Blank within 100 ms, in every tab; what was typed is kept; Back, over any page, brings no word back."""
    page = open_page(workbook)
    other = page.context.new_page()
    other.goto(workbook.page("01-what-happened"))
    other.wait_for_selector("main[data-state=ready]")
    page.goto(workbook.page("01-what-happened"))
    page.wait_for_selector("main[data-state=ready]")
    page.get_by_label("Your words").fill(f"half a sentence by {way}")
    watch_blank(page)
    if way == "button":
        page.get_by_role("button", name="Close now").click()
    else:
        for _ in range(3):
            page.keyboard.press("Escape")
    expect(page.locator("main p")).to_contain_text("Closed.")
    assert float(page.evaluate("window.name")) < 100
    assert page.title() == "Notes"
    other.wait_for_url("**/closed")
    wait_until(lambda: kept.exists() and f"half a sentence by {way}" in kept.read_text())
    page.go_back()
    expect(page.locator("body")).to_contain_text("This page is closed, or its address is not complete.")
    assert page.title() == "Notes"
    assert "words" not in page.content()


def test_two_escapes_close_nothing(at: Callable[..., Page]) -> None:
    """Nor do three with another key between them."""
    page = at(WIDE)
    for key in ("Escape", "Escape", "a", "Escape"):
        page.keyboard.press(key)
    assert page.locator("h1").count() == 1


def test_leaving_asks_only_while_something_is_unsent(workbook: Address, open_page: Callable[..., Page]) -> None:
    """And only then."""
    page = open_page(workbook)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_label("Your words").click()  # a browser asks nobody who has touched nothing
    page.reload()
    page.wait_for_selector("main[data-state=ready]")
    assert asked == []
    page.get_by_label("Your words").click()
    page.evaluate("""() => {
        const detail = { key: "x", unsent: true };
        document.dispatchEvent(new CustomEvent("second-thoughts:unsent", { detail }));
    }""")
    page.reload()
    assert asked == ["beforeunload"]


def test_a_killed_kernel_is_replaced_under_the_page(own: Address, open_page: Callable[..., Page]) -> None:
    """The strip says so, nothing typed is lost, the same form goes on with a new kernel; no reload."""
    page = open_page(own)
    page.evaluate("""() => {
        window.same = true;
        const ask = window.fetch, allowed = new Promise((go) => { window.letItComeBack = go; });
        window.fetch = async (what, ...rest) => {   // a new kernel can be there before the strip is read
            if (what === location.pathname) await allowed;
            return ask(what, ...rest);
        };
    }""")
    first = kernel(page)
    page.get_by_label("Your words").fill("before")
    os.kill(first, signal.SIGKILL)
    expect(page.locator("#connection")).to_have_text(LOST, timeout=10_000)
    assert page.locator("main").get_attribute("data-state") == "lost"
    page.get_by_label("Your words").fill("written meanwhile")
    page.get_by_role("button", name="Save").click()
    page.evaluate("letItComeBack()")
    page.wait_for_selector("main[data-state=ready]")
    expect(page.locator(".state")).to_contain_text("written meanwhile")
    assert page.evaluate("window.same")
    assert kernel(page) != first
    expect(page.locator("#connection")).to_contain_text("Connected again. Everything is saved, ")
    page.get_by_label("Your words").fill("and after")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".state")).to_contain_text("and after")


def test_a_silent_server_is_noticed_and_forgiven(own: Address, open_page: Callable[..., Page]) -> None:
    """Paused, as by a sleeping laptop: the strip within 10 s and a bit; afterwards the words arrive."""
    page = open_page(own)
    own.process.send_signal(signal.SIGSTOP)
    expect(page.locator("#connection")).to_have_text(LOST, timeout=11_000)
    page.get_by_label("Your words").fill("said to nobody")
    page.get_by_role("button", name="Save").click()
    own.process.send_signal(signal.SIGCONT)
    page.wait_for_selector("main[data-state=ready]")
    expect(page.locator(".state")).to_contain_text("said to nobody")
    expect(page.locator("#connection")).to_contain_text("Everything is saved")


def test_a_stopped_server_leaves_the_page_readable(own: Address, open_page: Callable[..., Page]) -> None:  # the last
    """The strip stays, the words stay, Help works, Close now still blanks."""
    page = open_page(own)
    page.get_by_label("Your words").fill("still here")
    own.process.kill()
    expect(page.locator("#connection")).to_have_text(LOST)
    assert page.get_by_label("Your words").input_value() == "still here"
    page.get_by_role("link", name="Help", exact=True).click()
    expect(page.locator("#help h2")).to_be_in_viewport()
    page.get_by_role("button", name="Close now").click()
    assert page.inner_text("body") == ""
    assert page.title() == "Notes"


def test_a_broken_line_is_mended(workbook: Address, open_page: Callable[..., Page]) -> None:
    """The same kernel goes on."""
    page = open_page(workbook, ready=False)
    page.add_init_script("""{ const Socket = WebSocket; window.sockets = [];
        window.WebSocket = class extends Socket { constructor(...a) { super(...a); sockets.push(this); } }; }""")
    page.reload()
    page.wait_for_selector("main[data-state=ready]")
    first = kernel(page)
    page.evaluate("sockets.at(-1).close()")
    expect(page.locator("#connection")).to_contain_text("Connected again")
    page.get_by_label("Your words").fill("over the new line")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".state")).to_have_text(f"kept by {first}: over the new line")


def test_everything_is_saved_only_where_there_is_no_draft(workbook: Address, open_page: Callable[..., Page]) -> None:
    """What is unsent is waited for, then the kernel is asked; what is written later takes the line away."""
    page = open_page(workbook)
    page.evaluate("""async () => {
        const { setUpFrame } = await import("/static/frame.js");
        const lifeline = Object.assign(new EventTarget(), { lost: false, arrived: true, lose() {}, leave() {} });
        const models = Object.assign(new EventTarget(), { forms: () => [{ ask: async () => window.answer }] });
        setUpFrame({ lifeline, models, connection: {}, config: {} });
        window.tell = (unsent) => document.dispatchEvent(
            new CustomEvent("second-thoughts:unsent", { detail: { key: "x", unsent } }));
        window.comeBack = () => lifeline.dispatchEvent(new CustomEvent("back", { detail: { told: true } }));
    }""")
    strip = page.locator("#connection")
    for answer, said in (
        ({"ok": True, "state": {"draft": None}}, r"Connected again\. Everything is saved, .+\."),
        ({"ok": True, "state": {"draft": {}}}, r"Connected again\. What you have not saved is kept as a draft\."),
        ({"ok": False}, r"Connected again\."),
    ):
        page.evaluate("answer => { window.answer = answer; tell(true); comeBack(); }", answer)
        expect(strip).to_have_text("Connected again. Saving what waited.")
        page.evaluate("tell(false)")
        expect(strip).to_have_text(re.compile(f"^{said}$"))
        page.evaluate("tell(true)")
        expect(strip).to_have_text("")


def test_a_line_that_fails_while_the_page_opens_is_not_called_lost(
    workbook: Address, open_page: Callable[..., Page]
) -> None:
    """Before anything has opened there is nothing to lose: the line is made anew without a word."""
    page = open_page(workbook, ready=False)
    page.add_init_script("""{ const Socket = WebSocket; window.sockets = 0; window.said = [];
        window.WebSocket = class extends Socket { constructor(...a) { super(...a); if (!sockets++) this.close(); } };
        new MutationObserver(() => said.push(document.getElementById("connection")?.textContent))
            .observe(document, { childList: true, subtree: true, characterData: true }); }""")
    page.reload()
    page.wait_for_selector("main[data-state=ready]")
    expect(page.locator(".state")).to_contain_text("opened by")
    assert page.evaluate("sockets") > 1
    assert page.evaluate("said.filter(Boolean)") == []


def test_a_server_started_again_is_found(
    serve: Callable[..., Address], notebooks: Path, tmp_path: Path, open_page: Callable[..., Page]
) -> None:
    """It refuses the old login: the strip says what to do; the new address in another tab brings the page back."""
    first = serve(notebooks, TINY_KEPT=str(tmp_path / "kept.json"))
    page = open_page(first)
    port = first.site.rstrip("/").rpartition(":")[2]
    first.process.kill()
    first.process.wait()
    expect(page.locator("#connection")).to_have_text(LOST)
    page.get_by_label("Your words").fill("written meanwhile")
    page.get_by_role("button", name="Save").click()
    second = serve(notebooks, port=int(port), TINY_KEPT=str(tmp_path / "kept.json"))
    expect(page.locator("#connection")).to_have_text(GONE, timeout=12_000)
    page.context.new_page().goto(second)
    expect(page.locator(".state")).to_contain_text("written meanwhile", timeout=20_000)
    expect(page.locator("#connection")).to_contain_text("Connected again.")


def test_a_server_that_stays_away_is_called_gone(
    serve: Callable[..., Address], notebooks: Path, tmp_path: Path, open_page: Callable[..., Page]
) -> None:
    """After some twenty seconds waiting is no advice any more."""
    server = serve(notebooks, TINY_KEPT=str(tmp_path / "kept.json"))
    page = open_page(server)
    page.clock.install()
    page.reload()
    page.wait_for_selector("main[data-state=ready]")
    server.process.kill()
    expect(page.locator("#connection")).to_have_text(LOST)
    for _ in range(2):  # what the first try to come back led to is said when the second is made
        with page.expect_event("requestfailed"):
            page.clock.fast_forward(5_000)
    assert page.locator("#connection").inner_text() == LOST
    page.clock.fast_forward(10_000)
    expect(page.locator("#connection")).to_have_text(GONE)


def test_a_stored_passage_gives_way_to_the_live_one(workbook: Address, open_page: Callable[..., Page]) -> None:
    """What she reads first may be older; what was equal is not touched."""
    page = open_page(workbook, "01-what-happened")
    expect(page.locator(".passage")).to_contain_text("Both can be true.")
    assert "An older wording." not in page.content()


def test_a_page_with_a_foreign_widget_works(workbook: Address, open_page: Callable[..., Page]) -> None:
    """Voilà's front end draws it and hears it; our own control beside it goes on."""
    page = open_page(workbook, "02-lonely-or-love")
    page.wait_for_selector(".widget-slider")
    page.get_by_role("slider").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".widget-readout")).to_have_text("4")
    page.get_by_label("Your words").fill("beside it")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".state")).to_contain_text("beside it")


@pytest.fixture
def kernelless(serve: Callable[..., Address], notebooks: Path, tmp_path: Path) -> Address:
    """A server whose kernels never come up: they wait for something that does not happen."""
    wait = f"import sys, time\nif {{'ipykernel_launcher', {WARMED!r}}} & set(sys.orig_argv): time.sleep(600)\n"
    (tmp_path / "sitecustomize.py").write_text(wait)
    return serve(notebooks, PYTHONPATH=f"{tmp_path}{os.pathsep}{os.getcwd()}")


def test_without_a_kernel_there_is_everything_to_read(kernelless: Address, open_page: Callable[..., Page]) -> None:
    """Passage, pages and help at once; the exercise says that it is coming, that it is slow, that it failed."""
    page = open_page(kernelless, ready=False)
    page.clock.install()
    page.reload(wait_until="commit")
    expect(page.locator(".passage")).to_contain_text("Both can be true.")
    expect(page.locator("#help h2")).to_be_attached()
    place = page.locator(".exercise")
    expect(place).to_have_text("A tiny exercise is opening. Read on meanwhile.")
    expect(page.locator("#pages details")).to_have_attribute("open", "")  # the modules run
    page.clock.fast_forward(8_100)
    expect(place).to_contain_text("This takes longer than usual.")
    page.clock.fast_forward(22_000)
    expect(place).to_contain_text("It did not open. What you saved is safe.")
    expect(place.get_by_role("button", name="Try again")).to_be_visible()
    assert page.locator("main").get_attribute("data-state") == "loading"


def test_try_again_opens_what_failed(workbook: Address, open_page: Callable[..., Page]) -> None:
    """A cell that fails says so in its place; asking again fetches the page anew, and the form on screen lives on."""
    page = open_page(workbook, "03-say-it-once")
    page.get_by_label("Your words").fill("kept on screen")
    first = kernel(page)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#connection")).to_contain_text("Connected again")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".state")).to_contain_text("kept on screen")
    assert kernel(page) != first


def test_print_leaves_the_frame_out(at: Callable[..., Page]) -> None:
    """On paper: the words, the notes, the help; no header, no list of pages."""
    page = at(WIDE)
    page.emulate_media(media="print")
    for gone in ("header", "nav", "footer"):
        expect(page.locator(gone)).to_be_hidden()
    for there in (".passage", ".note >> nth=0", "#help"):
        expect(page.locator(there)).to_be_visible()
