"""The reading panel in a real browser: figures and their tables, links, and what waits while she answers."""

import base64
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from widgets.controls import Reading
from widgets.controls.figures import dots_with_band

from .conftest import ADDRESS, KERNEL, PAGE, WINDOW
from .test_accessibility import findings

Show = Callable[..., Page]
DAYS = [(2, 5, True), (2, 5, True), (3, 4, True), (5.5, 6, False), (6, 7, False), (6, 7, False), (6, 7, False)]
EXTREMES = [*[(x, y, is_filled) for x in (0, 10) for y in (0, 10) for is_filled in (True, False)] * 120, (10, 5, False)]
BAND = [(2.0, 4.5, 3.5, 5.5), (4.0, 5.6, 5.0, 6.2), (6.0, 6.8, 5.8, 7.8)]
LONG = [["Wednesday 25 November", "Incomprehensibilities", "Counterdemonstrations", "Misunderstandings"]]
TITLE = "What your answers say"
LIGHTS = {"closed": "Closed.", "wait": "Wait until Monday.", "nothing_against": "Nothing speaks against it."}
HIDE = {"exercise": "check-in", "text": "This is shown again once you have answered."}


def figure(days: list[tuple[float, float, bool]] = DAYS, **changed: Any) -> dict[str, Any]:
    rows = [
        [f"{n} November", f"{x:g}", f"{y:g}", "yes" if is_least else "no"] for n, (x, y, is_least) in enumerate(days, 1)
    ]
    head = ["Day", "Lonely", "Missing him", "Least lonely"]
    given: dict[str, Any] = {
        "points": days,
        "band": BAND,
        "title": "Missing him against loneliness, 7 days",
        "description": "On lonelier days the dots lie higher.",
        "caption": "Filled: your least lonely days. Numbers: equal days.",
        "x_name": "Lonely",
        "y_name": "Missing him",
        "table": {"caption": "Your days", "head": head, "rows": rows},
    }
    return dots_with_band(**given | changed)


def panel(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"title": TITLE, "blocks": list(blocks), "cannot_tell": "Anything about him.", **more}


def table(rows: list[list[str]]) -> dict[str, Any]:
    return {"kind": "table", "caption": "Your choices", "head": ["Day", "Before", "After", "Why"], "rows": rows}


FULL = panel(
    {"kind": "text", "text": "Over 7 days."},
    figure(),
    {"kind": "section", "title": "Without weekends", "blocks": [figure(EXTREMES[:9], band=[])]},
    table([["Sunday 22 November", "not yet", "try", "He wrote."]]),
    *({"kind": "light", "state": state, "title": title, "texts": ["Why it is so."]} for state, title in LIGHTS.items()),
    {"kind": "link", "text": "The days come from", "link": "One minute", "href": "02-lonely-or-love.ipynb#one-minute"},
)


@pytest.fixture
def show_reading(shared_page: Page) -> Iterator[Show]:
    """show_reading(content) opens a reading; errors of its script fail the test. before: script run ahead of it."""
    errors: list[str] = []
    page = shared_page
    note = lambda error: errors.append(str(error.stack))  # noqa: E731 (one object, to be taken off again)
    page.on("pageerror", note)
    body = PAGE.replace("</h1>", "</h1><h2>My pattern</h2>").format(state="", help="")
    page.route(ADDRESS, lambda route: route.fulfill(body=body, content_type="text/html"))

    def show_reading(content: dict[str, Any], *, late: bool = False) -> Page:
        """late: the kernel's first answer comes only with `kernel.release()`."""
        reading = Reading(lambda: content, "A reading")
        page.set_viewport_size(WINDOW)
        page.emulate_media(media="screen", color_scheme="light", forced_colors="none")
        page.goto(ADDRESS)
        page.add_script_tag(content=KERNEL)
        page.evaluate(
            """({ content, late, ...what }) => {
              const start = window.startKernel;
              window.startKernel = (about) => {
                const kernel = start(about);
                return Object.assign(kernel, { mode: late ? "holds" : "answers", refuse: () => ({ content }) });
              };
              window.shown = window.showForm(what);
            }""",
            {"esm": reading._esm, "css": reading._css, "title": "", "content": content, "late": late},
        )
        page.wait_for_function("kernel?.sent('open').length")
        if not late:
            page.evaluate("() => window.shown")
        return page

    yield show_reading
    page.evaluate("() => { kernel.mode = 'answers'; kernel.release(); return window.shown }")
    page.evaluate("() => { window.stopForm() }")
    page.unroute_all()
    page.remove_listener("pageerror", note)
    assert errors == []


def push(page: Page, content: dict[str, Any]) -> None:
    page.evaluate("(content) => kernel.push({ push: 'content', content })", content)


def answering(page: Page, exercise: str, now: bool) -> None:
    script = "(detail) => { document.dispatchEvent(new CustomEvent('second-thoughts:answering', { detail })) }"
    page.evaluate(script, {"exercise": exercise, "answering": now})


# ---- figures


def test_every_dot_is_in_the_table_and_every_row_is_drawn(show_reading: Show) -> None:
    page = show_reading(panel(figure()))
    drawn = page.evaluate("""() => [...document.querySelectorAll(".dot")].map((dot) => {
        const { cx, cy } = dot.querySelector("circle"), n = Number(dot.querySelector("text")?.textContent ?? 1);
        const least = dot.matches(".filled") ? "yes" : "no";
        return [(cx.baseVal.value - 34) / 29, (270 - cy.baseVal.value) / 24, least, n]; })""")
    page.get_by_text("The same as a table").click()
    cells = "(rows) => rows.map((row) => [...row.cells].slice(1).map((cell) => cell.textContent))"
    rows = page.locator("tbody tr").evaluate_all(cells)
    told = Counter((float(x), float(y), least) for x, y, least in rows)
    assert Counter({(round(x, 2), round(y, 2), least): n for x, y, least, n in drawn}) == told
    assert sorted(page.locator(".dot text").all_text_contents()) == ["2", "3"]


def test_a_figure_is_told_in_words_each_with_its_own(show_reading: Show) -> None:
    page = show_reading(panel(figure(), figure(title="Missing him against fear, 7 days")))
    for title in ("Missing him against loneliness, 7 days", "Missing him against fear, 7 days"):
        expect(
            page.get_by_role("img", name=f"{title} On lonelier days the dots lie higher.", exact=True)
        ).to_have_count(1)


def test_nothing_leaves_the_figure(show_reading: Show) -> None:
    """The largest dots at both ends of both scales, and the words at the axes."""
    page = show_reading(panel(figure(EXTREMES, y_name="Afraid of staying single")))
    outside = page.evaluate("""() => {
        const leaves = (part) => {
            const { x, y, width, height } = part.getBBox(), { stroke, strokeWidth } = getComputedStyle(part);
            const edge = stroke === "none" ? 0 : parseFloat(strokeWidth) / 2;
            return x < edge || y < edge || x + width + edge > 340 || y + height + edge > 316;
        };
        const parts = [...document.querySelectorAll(".figure svg :not(g, title, desc)")];
        return parts.filter(leaves).map((part) => part.outerHTML); }""")
    assert outside == []
    hits = page.evaluate("""() => [...document.querySelectorAll(".dot")].map((dot) => {
        dot.scrollIntoView();
        const { x, y, width, height } = dot.querySelector("circle").getBoundingClientRect();
        return dot.contains(document.elementFromPoint(x + width / 2, y + height / 2)); })""")
    assert hits == [True] * 9


def test_a_figure_is_read_well_on_every_width(show_reading: Show) -> None:
    page = show_reading(panel(figure()))
    for width, least, most in ((320, 11, 12), (390, 14, 15), (1280, 17, 18)):
        page.set_viewport_size({"width": width, "height": 844})
        assert least <= page.evaluate("14 * document.querySelector('.figure svg').getScreenCTM().a") <= most


def test_a_figure_takes_only_shapes_and_words(show_reading: Show) -> None:
    bad = figure()
    script = {"tag": "script", "at": {}, "in": ["window.bad = true"]}
    rect = {"tag": "rect", "at": {"class": "extra", "onclick": "bad()", "width": 5}, "in": []}
    bad["svg"]["in"] += [script, {"tag": "foreignObject", "at": {}, "in": []}, rect, "<b>words</b>"]
    page = show_reading(panel(bad))
    expect(page.locator("#here :is(script, foreignObject, b)")).to_have_count(0)
    assert page.locator(".extra").evaluate("(e) => e.getAttributeNames()") == ["class", "width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_filled_and_open_are_told_apart_in_forced_colours(show_reading: Show, scheme: str) -> None:
    page = show_reading(panel(figure()))
    page.emulate_media(forced_colors="active", color_scheme=scheme)  # type: ignore[arg-type]
    look = (
        "(kind) => ['circle', 'text'].map((part) => getComputedStyle(document.querySelector(`.${kind} ${part}`)).fill)"
    )
    filled, number_in_it = page.evaluate(look, "filled")
    open_, other_number = page.evaluate(look, "open")
    canvas = page.evaluate("getComputedStyle(document.querySelector('.panel')).backgroundColor")
    assert (filled, number_in_it) == (other_number, open_)
    assert open_ == canvas != filled


# ---- tables, links


def test_a_table_is_one(show_reading: Show) -> None:
    page = show_reading(panel(table([["Sunday", "not yet", "try", "He wrote."]])))
    shown = page.get_by_role("table", name="Your choices")
    expect(shown.get_by_role("columnheader")).to_have_text(["Day", "Before", "After", "Why"])
    expect(shown.get_by_role("rowheader")).to_have_text(["Sunday"])
    expect(shown.get_by_role("cell")).to_have_text(["not yet", "try", "He wrote."])


def test_a_table_scrolls_in_its_own_box_only_where_it_must(show_reading: Show) -> None:
    page = show_reading(panel(table(LONG)))
    box = page.locator(".table")
    expect(box).not_to_have_attribute("tabindex", "0")
    page.set_viewport_size({"width": 320, "height": 844})
    expect(box).to_have_attribute("tabindex", "0")
    expect(page.get_by_role("group", name="Your choices")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.set_viewport_size(WINDOW)
    expect(box).not_to_have_attribute("tabindex", "0")


def test_a_link_leads_to_a_page_of_the_workbook_only(show_reading: Show) -> None:
    good = ["02-lonely-or-love.ipynb", "00-begin.ipynb#kept"]
    bad = ["https://example.org/02-lonely-or-love.ipynb", "javascript:alert(1)", "../02-lonely-or-love.ipynb"]
    links = [{"kind": "link", "text": "See", "link": f"page {n}", "href": href} for n, href in enumerate(good + bad)]
    page = show_reading(panel(*links))
    made = page.locator("#here a").evaluate_all("(all) => all.map((a) => a.getAttribute('href'))")
    assert made == good
    expect(page.get_by_text("See page 3")).to_be_visible()


FOLDED = {"panel": False, "title": "", "cannot_tell": "", "blocks": [{
    "kind": "folded", "title": "It speaks to someone who writes.",
    "blocks": [{"kind": "passage", "paragraphs": [{"text": "You tell him, once.", "ours": False, "notes": [
        {"label": "Evidence", "text": "Of 755 people.", "source": "Somebody 2016."}]}]}],
}]}  # fmt: skip


def test_what_is_folded_is_opened_by_its_preface_by_key_and_is_printed(show_reading: Show) -> None:
    """A step to hit, in both schemes without a finding, open and closed; on paper nothing is missing."""
    page = show_reading(FOLDED)
    preface, inside = page.locator("summary").first, page.get_by_text("You tell him, once.")
    assert preface.evaluate("(e) => e.getBoundingClientRect().height") >= 44
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        expect(inside).to_be_hidden()
        assert findings(page) == []
        preface.press("Enter")
        expect(inside).to_be_visible()
        assert findings(page) == []
        preface.press("Enter")
    page.emulate_media(media="print")
    expect(inside).to_be_visible()


# ---- all of it


def test_axe_finds_nothing(show_reading: Show) -> None:
    page = show_reading(panel(*FULL["blocks"], table(LONG)))
    page.evaluate("() => { for (const part of document.querySelectorAll('details')) part.open = true }")
    for scheme, width in (("light", 1280), ("dark", 390), ("dark", 1280), ("light", 320)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 900})
        if width == 320:
            expect(page.locator(".table").last).to_have_attribute("tabindex", "0")
        assert findings(page) == [], (scheme, width)


def test_no_sideways_scroll_and_the_table_can_be_hit(show_reading: Show) -> None:
    page = show_reading(FULL)
    page.evaluate("() => { for (const part of document.querySelectorAll('details')) part.open = true }")
    for width, size in ((320, "100%"), (390, "100%"), (390, "200%")):
        page.set_viewport_size({"width": width, "height": 844})
        page.evaluate("(size) => { document.documentElement.style.fontSize = size }", size)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (width, size)
        assert page.locator("summary").first.evaluate("(e) => e.getBoundingClientRect().height") >= 44


def test_print_shows_the_table_too(show_reading: Show) -> None:
    page = show_reading(panel(figure()))
    page.emulate_media(media="print")
    expect(page.get_by_text("1 November")).to_be_visible()


# ---- while she answers


def test_while_she_answers_the_reading_is_gone_and_comes_back_with_what_is_new(show_reading: Show) -> None:
    page = show_reading(panel({"kind": "text", "text": "Over 7 days."}, figure(), hide_while=HIDE))
    answering(page, "decision", True)
    expect(page.get_by_text("Over 7 days.")).to_be_visible()
    answering(page, "check-in", True)
    expect(page.locator(".panel > *")).to_have_text([TITLE, HIDE["text"]])
    push(page, panel({"kind": "text", "text": "Over 8 days."}, hide_while=HIDE))
    expect(page.locator(".panel > *")).to_have_text([TITLE, HIDE["text"]])
    answering(page, "check-in", False)
    expect(page.get_by_text("Over 8 days.")).to_be_visible()
    expect(page.get_by_text("Anything about him.")).to_be_visible()
    expect(page.get_by_text(HIDE["text"])).to_have_count(0)


def test_a_reading_that_comes_while_she_answers_waits(show_reading: Show) -> None:
    page = show_reading(panel({"kind": "text", "text": "Over 7 days."}, hide_while=HIDE), late=True)
    answering(page, "check-in", True)
    page.evaluate("() => { kernel.mode = 'answers'; kernel.release() }")
    expect(page.locator(".panel > *")).to_have_text([TITLE, HIDE["text"]])


def test_a_save_that_changes_nothing_here_leaves_the_open_table_open(show_reading: Show) -> None:
    page = show_reading(FULL)
    page.get_by_text("The same as a table").first.click()
    push(page, FULL)
    expect(page.locator("details").first).to_have_attribute("open", "")
    push(page, panel(figure(DAYS[1:])))
    expect(page.locator("details")).not_to_have_attribute("open", "")


# ---- the light, and the lines of the gate

WAIT = {"kind": "light", "state": "wait", "title": "Wait until Monday.", "texts": ["Three of seven hold."]}
LINES = [
    {"state": "nothing_against", "name": "Safety", "stands": "holds", "text": "It is open.", "hers": ""},
    {
        "state": "wait",
        "name": "The words",
        "stands": "not yet, set aside for today",
        "text": "Why.",
        "links": [
            {"link": "Six replies", "href": "03-say-it-once.ipynb#exercise-replies"},
            {"link": "Elsewhere", "href": "https://example.org/"},
        ],
        "hers": "My reason",
    },
    {"state": "closed", "name": "The pace", "stands": "closed", "text": "He asked for no contact.", "hers": ""},
]


def test_a_state_is_its_sentence_and_a_shape_of_its_own(show_reading: Show) -> None:
    """A bar in a filled square, half a circle, an open circle: the same ink in each, and words beside it."""
    shapes = """(svg) => [...svg.children].map((shape) =>
        shape.tagName + (getComputedStyle(shape).fill === 'none' ? '' : '+'))"""
    drawn = {}
    for state in ("closed", "wait", "nothing_against"):
        page = show_reading(panel({**WAIT, "state": state}))
        expect(page.get_by_role("heading", level=3, name="Wait until Monday.")).to_be_visible()
        expect(page.get_by_text("Three of seven hold.")).to_be_visible()
        drawn[state] = page.locator(".light svg").evaluate(shapes)
        assert page.locator(".light.care").count() == (state != "nothing_against")
    assert drawn == {"closed": ["rect+", "line"], "wait": ["circle", "path+"], "nothing_against": ["circle"]}


def test_each_line_of_the_gate_says_how_it_stands_and_what_would_change_it(show_reading: Show) -> None:
    """Three lines, three shapes; her reason in her type."""
    page = show_reading(panel(WAIT, {"kind": "gate", "items": LINES}))
    lines = page.locator(".gate > li")
    assert lines.all_inner_texts() == [
        "Safety: holds\n\nIt is open.",
        "The words: not yet, set aside for today\n\nWhy.\n\nSix replies Elsewhere\n\nMy reason",
        "The pace: closed\n\nHe asked for no contact.",
    ]
    expect(lines.nth(1).locator(".said")).to_have_text("My reason")
    leads = lines.nth(1).get_by_role("link")  # to pages of the workbook only
    assert [one.get_attribute("href") for one in leads.all()] == ["03-say-it-once.ipynb#exercise-replies"]
    assert len({svg.inner_html() for svg in lines.locator("svg").all()}) == 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_at_the_gate(show_reading: Show, scheme: str) -> None:
    page = show_reading(panel(WAIT, {"kind": "gate", "items": LINES}))
    page.emulate_media(color_scheme=scheme)
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert findings(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_goes_by_the_clock_is_asked_for_again(show_reading: Show) -> None:
    """On a page left open a light does not go on saying what was true before; other readings are not asked for."""
    asked = "kernel.sent('open').length"
    seen = "document.dispatchEvent(new Event('visibilitychange'))"
    page = show_reading(panel({"kind": "text", "text": "as it was"}, fresh_for=0.3))
    later = panel({"kind": "text", "text": "as it is"}, fresh_for=3600)
    page.evaluate("(content) => { kernel.refuse = () => ({ content }) }", later)
    expect(page.get_by_text("as it is")).to_be_visible()
    before = page.evaluate(asked)
    page.evaluate(seen)
    assert page.evaluate(asked) == before + 1
    page = show_reading(panel({"kind": "text", "text": "as ever"}))
    before = page.evaluate(asked)
    page.evaluate(seen)
    assert page.evaluate(asked) == before


def test_the_three_lights_differ_in_shape_and_the_sentence_says_the_same(show_reading: Show) -> None:
    """Ink only: no colour of their own in either scheme, and nothing said by the sign alone."""
    page = show_reading(FULL)
    lights = page.locator(".light")
    expect(lights).to_have_text([f"{title}Why it is so." for title in LIGHTS.values()])
    shapes = lights.evaluate_all("ns => ns.map(n => [...n.querySelector('svg').children].map(c => c.tagName).join())")
    assert shapes == ["rect,line", "circle,path", "circle"]
    assert lights.evaluate_all("ns => ns.every(n => n.querySelector('svg').getAttribute('aria-hidden') === 'true')")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        inks = lights.evaluate_all(
            """ns => ns.flatMap(n => [...n.querySelectorAll('svg > :not(.bar)')].map(c => getComputedStyle(c).stroke)
                .concat(getComputedStyle(n.querySelector('p')).color))"""
        )
        assert len(set(inks)) == 1


def test_the_lights_are_told_apart_in_grey_and_in_forced_colours(show_reading: Show) -> None:
    """Of the sign's area: closed is mostly ink, wait about half, nothing against an outline; the bar stays seen."""
    page = show_reading(FULL)
    for media in ({"forced_colors": "none"}, {"forced_colors": "active"}):
        page.emulate_media(**media)
        shares = [ink(page, sign.screenshot()) for sign in page.locator(".light svg").all()]
        closed, wait, nothing = shares
        assert 0.5 < closed < 0.95
        assert 0.25 < wait < 0.5
        assert 0.05 < nothing < 0.25


INK = """async (png) => {
  const image = Object.assign(new Image(), { src: `data:image/png;base64,${png}` });
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  const { data } = pen.getImageData(0, 0, image.width, image.height), greys = [];
  for (let at = 0; at < data.length; at += 4) greys.push((data[at] + data[at + 1] + data[at + 2]) / 3);
  const middle = (Math.min(...greys) + Math.max(...greys)) / 2;
  return greys.filter((grey) => grey < middle).length / greys.length;
}"""


def ink(page: Page, png: bytes) -> float:
    """The share of a screenshot's pixels that are nearer in grey to the ink than to what it is drawn on."""
    return float(page.evaluate(INK, base64.b64encode(png).decode()))


def test_on_a_day_that_begins_with_help_it_stands_before_the_panel(show_reading: Show) -> None:
    """The same words as in a form, and what her answers say after them."""
    page = show_reading(panel({"kind": "text", "text": "For now: try."}, help_first=True))
    titles = page.locator("#here h3, #here h2").all_inner_texts()
    assert titles[:2] == ["If you need someone now", TITLE]
