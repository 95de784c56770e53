"""Looking through everything she wrote, over a pretend kernel: finding, reading versions, bringing one back."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from widgets.controls import Archive

from .conftest import ADDRESS, KERNEL, PAGE, WINDOW
from .test_accessibility import findings
from .test_serves import CLAIM

Show = Callable[..., Page]
TITLE = "Find what you wrote"
WHERE = [{"page": "What happened", "exercises": [["timeline", "What happened, in order"], ["boxes", "Three boxes"]]}]
SPEC = {"title": TITLE, "intro": "Everything you saved is looked through.", "where": WHERE}
NASTY = "<img src=x onerror=alert(1)> {he}"


def hit(n: int, **other: Any) -> dict[str, Any]:
    return {
        "entry_id": f"e{n}",
        "revision": 2,
        "exercise": "timeline",
        "title": "What happened, in order",
        "day": "Sunday 8 November",
        "page": "What happened",
        "href": "01-what-happened.ipynb#exercise-timeline",
        "is_draft": False,
        "is_newest": True,
        "is_withdrawn": False,
        "places": [
            {
                "label": "What happened?",
                "pieces": [["He said not ", False], ["now", True], [".", False]],
                "cut": [False, False],
                "more": 0,
            }
        ],
        "glance": [],
        **other,
    }


def answer(ask: str, text: str, hers: bool = True) -> dict[str, Any]:
    return {"ask": ask, "short": ask, "text": text, "hers": hers}


NOW = [answer("What happened?", "He said not now."), answer("What was it?", "something hard", hers=False)]
THEN = [answer("What happened?", "He said no."), answer("How did it feel then?", "−4", hers=False)]


def version(n: int, answers: list[dict[str, Any]], **other: Any) -> dict[str, Any]:
    saved = f"2026-10-0{n}T19:10:00+00:00"
    base = {"revision": n, "saved": saved, "is_now": False, "withdrawn": False, "says_the_same": False, "refusal": ""}
    return base | {"answers": answers} | other


TWO = {"withdrawn": False, "versions": [version(2, NOW, is_now=True, says_the_same=True), version(1, THEN)]}
GONE = {
    "withdrawn": True,
    "versions": [version(3, NOW, is_now=True, says_the_same=True, withdrawn=True), *TWO["versions"]],
}
BACK = {
    "withdrawn": False,
    "versions": [
        version(4, THEN, is_now=True, says_the_same=True),
        version(2, NOW),
        version(1, THEN, says_the_same=True),
    ],
    "at": "2026-11-22T20:14:00+00:00",
}


@pytest.fixture
def show_archive(shared_page: Page) -> Iterator[Show]:
    """show_archive(hits, entry=…, restore=…) opens the control; errors of its script fail the test."""
    errors: list[str] = []
    page, control = shared_page, Archive(lambda request: {}, TITLE)
    note = lambda error: errors.append(str(error.stack))  # noqa: E731 (one object, to be taken off again)
    page.on("pageerror", note)
    body = PAGE.format(state='data-state="ready"', help="")
    page.route(ADDRESS, lambda route: route.fulfill(body=body, content_type="text/html"))

    def show_archive(hits: list[dict[str, Any]] | None = None, **replies: dict[str, Any]) -> Page:
        page.set_viewport_size(WINDOW)
        page.emulate_media(media="screen", color_scheme="light", forced_colors="none")
        page.goto(ADDRESS)
        page.add_script_tag(content=KERNEL)
        page.evaluate(
            """({ hits, serves, replies, spec, ...what }) => {
              const start = window.startKernel;
              const answers = { open: { spec }, ...replies,
                search: ({ from }) => ({ total: hits.length, hits: hits.slice(from, from + 20), serves }) };
              const refuse = (message) => {
                const reply = answers[message.do];
                return typeof reply === "function" ? reply(message) : reply;
              };
              window.startKernel = (about) => Object.assign(start(about), { refuse });
              window.shown = window.showForm(what);
            }""",
            {
                "esm": control._esm,
                "css": control._css,
                "title": TITLE,
                "spec": SPEC,
                "hits": [hit(1)] if hits is None else hits,
                "serves": {"timeline": [CLAIM], "you": []},
                "replies": {"entry": TWO, "restore": BACK} | replies,
            },
        )
        page.evaluate("() => window.shown")
        return page

    yield show_archive
    page.evaluate("() => { window.stopForm?.() }")
    page.unroute_all()
    page.remove_listener("pageerror", note)
    assert errors == []


def find(page: Page, words: str = "now", where: str = "everywhere") -> None:
    page.get_by_label("Words you remember").fill(words)
    page.get_by_label("Where", exact=True).select_option(where)
    page.get_by_role("button", name="Find", exact=True).click()


def open_entry(page: Page) -> None:
    page.get_by_text("The whole entry, and its versions").first.click()
    expect(page.locator(".whole h4").first).to_be_visible()


# ---- finding


def test_what_is_found_tells_where_when_and_the_sentence(show_archive: Show) -> None:
    page = show_archive()
    find(page, "now", "timeline")
    expect(page.get_by_role("heading", name="What happened, in order · Sunday 8 November")).to_be_visible()
    expect(page.locator(".hits .said").first).to_have_text("He said not now.")
    expect(page.locator("mark")).to_have_text(["now"])
    expect(page.get_by_role("link", name="Where it was asked, on What happened")).to_have_attribute(
        "href", "01-what-happened.ipynb#exercise-timeline"
    )
    expect(page.get_by_role("status").filter(has_text="1 entry.")).to_be_visible()
    [asked] = page.evaluate("kernel.sent('search')")
    assert (asked["words"], asked["where"], asked["from"]) == ("now", "timeline", 0)


def test_enter_in_the_field_finds_and_the_focus_stays(show_archive: Show) -> None:
    page = show_archive()
    page.get_by_label("Words you remember").fill("now")
    page.keyboard.press("Enter")
    expect(page.locator(".hits > li")).to_have_count(1)
    expect(page.get_by_label("Words you remember")).to_be_focused()


def test_her_words_enter_as_text(show_archive: Show) -> None:
    """In the sentence, in a glance, in a version: nothing becomes markup, and nothing is filled."""
    place = {"label": "x", "pieces": [[NASTY, False], [NASTY, True]], "cut": [True, True], "more": 2}
    glance = [{"label": "x", "text": NASTY, "cut": True, "hers": True}]
    entry = {"withdrawn": False, "versions": [version(1, [answer("x", NASTY)], is_now=True, says_the_same=True)]}
    page = show_archive([hit(1, places=[place]), hit(2, places=[], glance=glance)], entry=entry)
    find(page)
    open_entry(page)
    expect(page.locator("#here img")).to_have_count(0)
    expect(page.locator(".hits > li").first.locator("> p .said")).to_have_text(f"… {NASTY}{NASTY} …")
    expect(page.get_by_text("And in 2 more sentences.")).to_be_visible()
    expect(page.locator(".hits > li").last.locator("> p .said")).to_have_text(f"{NASTY} …")
    expect(page.locator("dd")).to_have_text([NASTY])


def test_nothing_found_is_a_plain_sentence(show_archive: Show) -> None:
    page = show_archive([])
    find(page, "moon")
    expect(page.get_by_role("status").filter(has_text="Nothing you saved has all of these words.")).to_be_visible()
    find(page, "  ", "boxes")
    expect(page.get_by_role("status").filter(has_text="Nothing of yours is there yet.")).to_be_visible()


def test_further_ones_come_on_request_and_take_the_focus(show_archive: Show) -> None:
    page = show_archive([hit(n) for n in range(45)])
    find(page)
    expect(page.locator(".hits > li")).to_have_count(20)
    expect(page.get_by_text("The newest 20 of 45 entries.")).to_be_visible()
    page.get_by_role("button", name="Show 20 more").click()
    expect(page.locator(".hits > li").nth(20).locator("h3")).to_be_focused()
    page.get_by_role("button", name="Show 5 more").click()
    expect(page.locator(".hits > li")).to_have_count(45)
    expect(page.get_by_role("button", name="more")).to_be_hidden()
    assert page.evaluate("kernel.sent('search').map((m) => m.from)") == [0, 20, 40]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"is_withdrawn": True}, "Withdrawn."),
        ({"is_newest": False}, "It is in an earlier version."),
        ({"is_withdrawn": True, "is_newest": False}, "Withdrawn. It is in an earlier version."),
        ({"is_draft": True, "entry_id": None}, "Not saved: it waits there as a draft."),
    ],
)
def test_what_does_not_stand_as_found_says_so(show_archive: Show, state: dict[str, Any], words: str) -> None:
    page = show_archive([hit(1, **state)])
    find(page)
    expect(page.locator(".state-of")).to_have_text(words)
    expect(page.get_by_text("The whole entry, and its versions")).to_have_count(0 if state.get("is_draft") else 1)


def test_from_a_found_entry_one_step_leads_to_the_claim_and_its_evidence(show_archive: Show) -> None:
    page = show_archive([hit(1), hit(2, exercise="you")])
    find(page)
    expect(page.get_by_text("Which part of the article this belongs to")).to_have_count(1)
    page.get_by_text("Which part of the article this belongs to").click()
    expect(page.get_by_text(CLAIM["claim"])).to_be_visible()
    expect(page.get_by_role("link", name="Read it in its place")).to_have_attribute("href", CLAIM["href"])


def test_only_the_newest_question_is_answered(show_archive: Show) -> None:
    """An answer that comes late does not take the place of a newer one."""
    page = show_archive()
    page.evaluate("() => { kernel.mode = 'holds' }")
    find(page, "one")
    find(page, "two")
    page.evaluate("""() => {
        const [first, second] = kernel.held.splice(0);
        kernel.answer(second);
        kernel.refuse = () => ({ total: 0, hits: [], serves: {} });
        kernel.answer(first); }""")
    expect(page.locator(".hits > li")).to_have_count(1)
    expect(page.get_by_text("1 entry.")).to_be_visible()


def test_a_question_waits_for_the_connection(show_archive: Show) -> None:
    """It is asked again once the line is back; what is on the page stays."""
    page = show_archive()
    page.evaluate("""() => {
        kernel.mode = "throws";
        const told = "second-thoughts:connection";
        window.told = new Promise((done) => document.addEventListener(told, (event) => done(event.detail.state))); }""")
    find(page)
    assert page.evaluate("() => window.told") == "lost"
    page.evaluate("() => { kernel.mode = 'answers' }")
    page.evaluate("() => { document.dispatchEvent(new CustomEvent('second-thoughts:connected')) }")
    expect(page.locator(".hits > li")).to_have_count(1)


def test_what_cannot_be_read_is_said(show_archive: Show) -> None:
    page = show_archive()
    message = "Your journal is in use by another program."
    page.evaluate(
        "(message) => { kernel.refuse = () => ({ ok: false, error: { kind: 'not-read', message } }) }", message
    )
    find(page)
    expect(page.get_by_role("status").filter(has_text=message)).to_be_visible()


def test_closing_takes_everything_away(show_archive: Show) -> None:
    page = show_archive()
    find(page)
    expect(page.locator(".hits > li")).to_have_count(1)
    page.evaluate("() => { document.dispatchEvent(new CustomEvent('second-thoughts:closing')) }")
    assert page.locator("#here").inner_text() == ""


# ---- versions


def test_versions_are_read_when_they_are_opened_only(show_archive: Show) -> None:
    """Twenty entries are no twenty questions."""
    page = show_archive([hit(n) for n in range(20)])
    find(page)
    expect(page.locator(".hits > li")).to_have_count(20)
    assert page.evaluate("kernel.sent('entry').length") == 0
    open_entry(page)
    assert page.evaluate("kernel.sent('entry').map((m) => m.entry_id)") == ["e0"]


def test_a_version_shows_what_it_said_and_what_is_different_now(show_archive: Show) -> None:
    page = show_archive()
    find(page)
    open_entry(page)
    expect(page.get_by_role("heading", name="As it stands now, saved Friday 2 October")).to_be_visible()
    old = page.locator(".whole details")
    old.locator("summary").click()
    expect(old.locator("summary")).to_contain_text("An earlier version, saved Thursday 1 October")
    expect(old.locator("dt")).to_have_text(
        ["What happened? changed since", "How did it feel then? changed since", "What was it? changed since"]
    )
    expect(old.locator("dd")).to_have_text(["He said no.", "−4", "Not answered"])


def test_an_earlier_version_is_brought_back(show_archive: Show) -> None:
    """The focus goes to what happened; the sentence above says that it is from another version now."""
    page = show_archive()
    find(page)
    open_entry(page)
    page.locator(".whole details summary").click()
    page.get_by_role("button", name="Bring this version back").click()
    done = page.get_by_role("status").filter(has_text="Brought back at 21:14.")
    expect(done).to_be_focused()
    expect(page.locator(".whole dd").first).to_have_text("He said no.")
    expect(page.locator(".state-of")).to_have_text("It is in an earlier version.")
    assert page.evaluate("kernel.sent('restore').map((m) => [m.entry_id, m.revision])") == [["e1", 1]]


def test_what_was_withdrawn_is_brought_back_in_one_step(show_archive: Show) -> None:
    back = {
        "withdrawn": False,
        "versions": [version(4, NOW, is_now=True, says_the_same=True), *GONE["versions"]],
        "at": BACK["at"],
    }
    page = show_archive([hit(1, is_withdrawn=True, revision=3)], entry=GONE, restore=back)
    find(page)
    open_entry(page)
    expect(page.get_by_text("This entry is withdrawn")).to_be_visible()
    expect(page.get_by_role("heading", name="As it was, saved Friday 2 October")).to_be_visible()
    page.get_by_role("button", name="Bring it back").click()
    expect(page.locator(".state-of")).to_have_text("")
    expect(page.get_by_text("This entry is withdrawn")).to_have_count(0)
    expect(page.get_by_text("Withdrawn Saturday 3 October")).to_be_visible()
    assert page.evaluate("kernel.sent('restore')[0].revision") == 3


def test_an_only_version_says_so(show_archive: Show) -> None:
    page = show_archive(entry={"withdrawn": False, "versions": [version(1, NOW, is_now=True, says_the_same=True)]})
    find(page)
    open_entry(page)
    expect(page.get_by_text("There is no other version.")).to_be_visible()


def test_a_version_that_says_the_same_has_nothing_to_bring_back(show_archive: Show) -> None:
    versions = [version(3, NOW, is_now=True, says_the_same=True), version(2, THEN), version(1, NOW, says_the_same=True)]
    page = show_archive(entry={"withdrawn": False, "versions": versions})
    find(page)
    open_entry(page)
    page.locator(".whole details summary").last.click()
    expect(page.get_by_text("It says the same.")).to_be_visible()
    page.locator(".whole details summary").first.click()
    expect(page.get_by_role("button", name="Bring this version back")).to_have_count(1)


def test_a_version_that_may_not_stand_again_says_why_and_has_no_button(show_archive: Show) -> None:
    why = "What is open follows from these answers together."
    page = show_archive(entry={**TWO, "versions": [TWO["versions"][0], version(1, THEN, refusal=why)]})
    find(page)
    open_entry(page)
    page.locator(".whole details summary").click()
    expect(page.get_by_text(why)).to_be_visible()
    expect(page.get_by_role("button", name="Bring")).to_have_count(0)


def test_a_refusal_is_told_beside_the_entry_and_changes_nothing(show_archive: Show) -> None:
    message = "Two of yours are asked already."
    page = show_archive(restore={"ok": False, "error": {"kind": "refused", "message": message}})
    find(page)
    open_entry(page)
    page.locator(".whole details summary").click()
    page.get_by_role("button", name="Bring this version back").click()
    expect(page.get_by_role("status").filter(has_text=message)).to_be_focused()
    expect(page.locator(".whole dd").first).to_have_text("He said not now.")


# ---- for everybody


def everything(page: Page) -> None:
    find(page)
    expect(page.locator(".hits > li").first).to_be_visible()
    for part in ("The whole entry, and its versions", "Which part of the article this belongs to"):
        page.get_by_text(part).first.click()
    page.locator(".whole details summary").first.click()


STATES: dict[str, tuple[list[dict[str, Any]], dict[str, Any]]] = {
    "found": ([hit(1), hit(2, exercise="you", is_newest=False)], {}),
    "withdrawn": ([hit(1, is_withdrawn=True)], {"entry": GONE}),
    "more": ([hit(n) for n in range(21)], {}),
}


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_and_everything_fits(show_archive: Show, state: str) -> None:
    hits, replies = STATES[state]
    page = show_archive(hits, **replies)
    assert findings(page) == []
    everything(page)
    for scheme, width in (("light", 1280), ("dark", 390), ("dark", 1280), ("light", 390)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 900})
        assert findings(page) == [], (scheme, width)
    for width, size in ((320, "100%"), (390, "200%")):
        page.set_viewport_size({"width": width, "height": 844})
        page.evaluate("(size) => { document.documentElement.style.fontSize = size }", size)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (width, size)
        low = page.evaluate("""() => [...document.querySelectorAll(
            "#here :is(button, summary, select, input, .hits a)")]
            .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 43.9).map((e) => e.outerHTML)""")
        assert low == [], (width, size)


def test_by_keyboard_alone(show_archive: Show) -> None:
    """From the field to the entry, its version and back into the list, with the focus always seen."""
    page = show_archive()
    page.get_by_label("Words you remember").focus()
    page.keyboard.type("now")
    page.keyboard.press("Enter")
    expect(page.locator(".hits > li")).to_have_count(1)
    reached = []
    for _ in range(7):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent"))
        if page.evaluate("document.activeElement.matches('.whole > summary')"):
            page.keyboard.press("Enter")
            expect(page.locator(".whole h4")).to_be_visible()
        elif page.evaluate("document.activeElement.matches('.whole details > summary')"):
            page.keyboard.press("Enter")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"
    assert [words[:20] for words in reached[1:]] == [
        "Find",
        "Where it was asked, ",
        "The whole entry, and",
        "An earlier version, ",
        "Bring this version b",
        "Which part of the ar",
    ]


def test_marks_are_seen_without_colour(show_archive: Show) -> None:
    page = show_archive()
    find(page)
    look = "(e) => ['textDecorationLine', 'fontWeight'].map((name) => getComputedStyle(e)[name])"
    assert page.locator("mark").evaluate(look) == ["underline", "600"]


def test_letters_typed_here_reach_no_command_of_jupyterlab(show_archive: Show) -> None:
    page = show_archive()
    page.get_by_label("Words you remember").focus()
    expect(page.locator("#here :focus")).to_have_attribute("data-lm-suppress-shortcuts", "true")
