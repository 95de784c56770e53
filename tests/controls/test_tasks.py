"""Things to do with the journal as a whole, in a real browser: fields, faults, what is asked once, only the app's."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from widgets.controls import Tasks

from .conftest import ADDRESS, KERNEL, PAGE, WINDOW
from .test_accessibility import LOOKS, RULES, findings

Show = Callable[..., Page]
HERS = "<img src=x onerror=alert(1)> שלום"
TASKS: list[dict[str, Any]] = [
    {"id": "now", "button": "Do it now"},
    {
        "id": "set",
        "title": "Set it",
        "text": ["Nobody can recover it."],
        "fields": [
            {"id": "new", "kind": "secret", "ask": "A word", "hint": "Four are better."},
            {"id": "again", "kind": "secret", "ask": "Once more"},
        ],
        "button": "Set",
    },
    {
        "id": "erase",
        "title": "Erase some",
        "fields": [
            {
                "id": "entries",
                "kind": "ticks",
                "ask": "Which?",
                "options": [{"value": "a", "text": "Sunday", "hers": HERS}, {"value": "b", "text": "Monday"}],
            },
            {"id": "one", "kind": "choice", "ask": "Which one?", "options": [{"value": "x", "text": "This one"}]},
            {"id": "too", "kind": "tick", "ask": "In backups too", "ticked": True},
        ],
        "button": "Erase",
        "confirm": {"ask": "Erase for good?", "yes": "Erase them", "no": "Keep them"},
    },
    {"id": "link", "links": [{"text": "Save all", "href": "keep/x.zip"}], "frame": True},
    {"id": "evil", "title": "Elsewhere", "links": [{"text": "Go", "href": "https://evil.example/"}]},
]


@pytest.fixture
def show_tasks(shared_page: Page) -> Iterator[Show]:
    """show_tasks(reply): the card; `reply` is what the kernel answers to `run`. app: with the app's page around it."""
    errors: list[str] = []
    page = shared_page
    note = lambda error: errors.append(str(error.stack))  # noqa: E731 (one object, to be taken off again)
    page.on("pageerror", note)

    def show_tasks(reply: dict[str, Any] | None = None, *, app: bool = False) -> Page:
        control = Tasks(lambda: {}, lambda request: {}, "A card")
        config = '<script type="application/json" id="page-config">{"baseUrl": "/"}</script>' if app else ""
        page.route(
            ADDRESS, lambda route: route.fulfill(body=PAGE.format(state="", help=config), content_type="text/html")
        )
        page.set_viewport_size(WINDOW)
        page.goto(ADDRESS)
        page.add_script_tag(content=KERNEL)
        content = {"title": "A card", "blocks": ["How things stand."], "tasks": TASKS}
        page.evaluate(
            """({ content, reply, ...what }) => {
              const start = window.startKernel;
              window.startKernel = (about) => Object.assign(start(about), {
                reply,
                refuse: (message) => (message.do === "run" ? kernel.reply : message.do === "open" ? { content } : {}),
              });
              window.shown = window.showForm(what);
            }""",
            {"esm": control._esm, "css": control._css, "title": "A card", "content": content, "reply": reply or {}},
        )
        page.evaluate("() => window.shown")
        return page

    yield show_tasks
    page.evaluate("() => { window.stopForm() }")
    page.unroute_all()
    page.remove_listener("pageerror", note)
    assert errors == []


def runs(page: Page) -> list[dict[str, Any]]:
    return [{k: v for k, v in sent.items() if k != "id"} for sent in page.evaluate("kernel.sent('run')")]


def test_axe_finds_nothing(show_tasks: Show) -> None:
    """All open, with faults and a question; both themes, desktop and phone; nothing scrolls sideways."""
    faults = [{"item": "new", "message": "Write eight letters."}, {"item": "again", "message": "Not alike."}]
    page = show_tasks({"ok": False, "error": {"kind": "invalid", "faults": faults}}, app=True)
    page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    page.get_by_role("button", name="Set", exact=True).click()
    expect(page.get_by_text("Not alike.")).to_be_visible()
    page.get_by_role("button", name="Erase", exact=True).click()
    for scheme, width, rules in (
        ("light", 1280, RULES),
        ("dark", 390, RULES),
        ("dark", 1280, LOOKS),
        ("light", 320, LOOKS),
    ):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        assert findings(page, rules) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.emulate_media(color_scheme="light")


def test_a_fault_stands_at_its_field_and_takes_the_focus(show_tasks: Show) -> None:
    """What was typed stays; the next try takes the fault away."""
    page = show_tasks(
        {"ok": False, "error": {"kind": "invalid", "faults": [{"item": "again", "message": "Not alike."}]}}
    )
    page.get_by_text("Set it").click()
    page.get_by_label("A word").fill("one")
    page.get_by_label("Once more").fill("two")
    page.get_by_label("Once more").press("Enter")
    again = page.get_by_label("Once more")
    expect(page.get_by_text("Not alike.")).to_be_visible()
    expect(again).to_be_focused()
    expect(again).to_have_attribute("aria-invalid", "true")
    expect(again).to_have_value("two")
    assert runs(page) == [{"do": "run", "task": "set", "fields": {"new": "one", "again": "two"}}]
    page.evaluate("() => { kernel.reply = { content: { title: 'A card', tasks: [] }, said: 'It is set.' } }")
    again.press("Enter")
    expect(page.get_by_text("It is set.")).to_be_focused()
    expect(page.get_by_text("Not alike.")).to_have_count(0)


def test_a_refusal_is_said_beside_the_button(show_tasks: Show) -> None:
    """In the journal's words; the card stays as it is."""
    page = show_tasks({"ok": False, "error": {"kind": "not-done", "message": "No new backup was made."}})
    page.get_by_role("button", name="Do it now").click()
    expect(page.get_by_text("No new backup was made.")).to_be_visible()
    expect(page.get_by_text("How things stand.")).to_be_visible()


def test_what_cannot_be_undone_is_asked_once(show_tasks: Show) -> None:
    """The question takes the focus; “Keep them” sends nothing and gives it back; “Erase them” sends it, once."""
    page = show_tasks()
    page.get_by_text("Erase some").click()
    page.get_by_label("Sunday").check()
    page.get_by_label("This one").check()
    page.get_by_role("button", name="Erase", exact=True).click()
    expect(page.get_by_role("group", name="Erase for good?")).to_be_focused()
    page.get_by_role("button", name="Keep them").click()
    expect(page.get_by_role("button", name="Erase", exact=True)).to_be_focused()
    assert runs(page) == []
    page.get_by_role("button", name="Erase", exact=True).click()
    page.get_by_role("button", name="Erase them").dblclick()
    page.wait_for_function("kernel.sent('run').length")
    assert runs(page) == [{"do": "run", "task": "erase", "fields": {"entries": ["a"], "one": "x", "too": True}}]


def test_the_earlier_ones_come_when_she_asks(show_tasks: Show) -> None:
    """What is ticked stays ticked, the focus goes to the first that came, and all of them are sent."""
    newest = [{"value": "b", "text": "Monday"}, {"value": "a", "text": "Sunday"}]
    everything = [*newest, {"value": "0", "text": "Saturday", "hers": HERS}]
    field = {"id": "entries", "kind": "ticks", "ask": "Which?", "options": newest, "earlier": True}
    content = {"title": "A card", "tasks": [{"id": "erase", "fields": [field], "button": "Erase"}]}
    page = show_tasks()
    page.evaluate("(content) => kernel.push({ push: 'content', content })", content)
    page.evaluate("(all) => { kernel.refuse = ({ do: what }) => what === 'earlier' && { options: all } }", everything)
    page.get_by_label("Sunday").check()
    expect(page.get_by_text("The newest 2 are shown here.")).to_be_visible()
    page.get_by_role("button", name="Show the earlier ones too").click()
    expect(page.get_by_label("Saturday")).to_be_focused()
    expect(page.get_by_role("button", name="Show the earlier ones too")).to_be_hidden()
    page.get_by_label("Saturday").check()
    page.evaluate("() => { kernel.refuse = () => ({}) }")
    page.get_by_role("button", name="Erase").click()
    page.wait_for_function("kernel.sent('run').length")
    assert runs(page) == [{"do": "run", "task": "erase", "fields": {"entries": ["a", "0"]}}]


def test_her_words_are_text(show_tasks: Show) -> None:
    """And no address but the workbook's own becomes a link."""
    page = show_tasks(app=True)
    page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    assert page.locator(".said").all_inner_texts() == [HERS]
    assert page.locator("img").count() == 0
    assert page.get_by_role("link").all_inner_texts() == ["Save all"]


def test_files_are_the_app_s(show_tasks: Show) -> None:
    """In JupyterLab there are no addresses to fetch them from, so none is offered."""
    page = show_tasks()
    expect(page.get_by_role("link", name="Save all")).to_have_count(0)
    expect(page.get_by_role("button", name="Do it now")).to_be_visible()


def test_what_she_is_at_is_not_taken_away(show_tasks: Show) -> None:
    """News from another card waits while the focus is in this one."""
    page = show_tasks()
    page.get_by_text("Set it").click()
    page.get_by_label("A word").fill("half a word")
    news = {"push": "content", "content": {"title": "A card", "blocks": ["News."], "tasks": TASKS}}
    page.evaluate("(news) => kernel.push(news)", news)
    expect(page.get_by_label("A word")).to_have_value("half a word")
    page.get_by_label("A word").blur()
    page.evaluate("(news) => kernel.push(news)", news)
    expect(page.get_by_text("News.")).to_be_visible()


def test_close_now_leaves_nothing(show_tasks: Show) -> None:
    """Not what was typed, and nothing of hers."""
    page = show_tasks()
    page.get_by_text("Set it").click()
    page.get_by_label("A word").fill("secret")
    page.evaluate("document.dispatchEvent(new Event('second-thoughts:closing'))")
    assert page.locator("#here").inner_text() == ""
