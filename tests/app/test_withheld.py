"""A part of the article that is not for every reader waits for the kernel: nothing of it is on a screen before."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.app.conftest import Address, end
from tests.pages.test_desk import SAFE
from widgets.app.frame import Frame
from widgets.app.modules import Modules
from widgets.app.notebook import prose
from widgets.app.streaming import text_of
from widgets.catalogue import DATA, Wording, load_catalogue
from widgets.journal import open_journal

NOTEBOOKS = DATA.parent / "notebooks"
PASSAGES = list(load_catalogue().passages.values())
TOLD_TO_SOME = [p for p in PASSAGES if not p.is_for_everyone]
CLOSED = SAFE | {"route_closed": True}
OPEN = SAFE | {"route_closed": False}
LINES = 2  # of the article, by which its place may be wrong: its letters are made the same
OPENING = "A part of the article is opening. Read on meanwhile."


def first_text(page: str) -> str:
    return text_of(NOTEBOOKS / f"{page}.ipynb", Frame.load(sample=False), "/", Modules())


@pytest.mark.parametrize("page", sorted({p.page for p in PASSAGES}))
def test_before_the_kernel_answers_only_what_is_for_everyone_is_there(page: str) -> None:
    """Whole passages: those for all readers come at once, each of the others has one line in its place."""
    text, told = first_text(page), [p for p in PASSAGES if p.page == page]
    for passage in told:
        for paragraph in passage.paragraphs:
            words = str(prose(Wording().fill(paragraph.text))).strip()
            assert (words in text) is passage.is_for_everyone
    assert text.count(OPENING) == sum(not p.is_for_everyone for p in told)


@pytest.fixture
def reader(serve: Callable[..., Address], tmp_path: Path) -> Iterator[Callable[..., Address]]:
    """reader(safety): the workbook of somebody with this row of 1.1."""
    started: list[Address] = []

    def start(safety: dict[str, object]) -> Address:
        url = f"sqlite:///{tmp_path / 'journal.sqlite'}"
        journal = open_journal(url)
        journal.save("safety", safety)
        journal.close()
        started.append(serve(NOTEBOOKS, WORKBOOK_JOURNAL=url))
        return started[-1]

    yield start
    for address in started:
        end(address.process)


# Everything that ever stood in the page, from its first bytes on.
WATCH = """() => {
  window.seen = "";
  new MutationObserver(() => { window.seen += document.body?.textContent ?? ""; })
    .observe(document, { childList: true, subtree: true, characterData: true });
}"""


@pytest.mark.parametrize("page", sorted({p.page for p in TOLD_TO_SOME}))
def test_a_withheld_passage_never_flashes(
    reader: Callable[..., Address], open_page: Callable[..., Page], axe: Callable[[Page], list[str]], page: str
) -> None:
    """From the first byte to the last, with the page made ahead or not; what stands in its place is accessible."""
    shown = open_page(reader(CLOSED), ready=False)
    shown.add_init_script(f"({WATCH})()")
    for _ in range(2):
        shown.goto(f"{shown.url.partition('/voila')[0]}/voila/render/{page}.ipynb", wait_until="commit")
        shown.wait_for_selector("main[data-state=ready]")
        expect(shown.get_by_text(OPENING)).to_have_count(0)
        seen = shown.evaluate("window.seen")
        assert OPENING in seen
        told = [x for p in TOLD_TO_SOME if p.page == page for x in p.paragraphs if not x.is_told_to("closed")]
        assert [x.text for x in told if Wording().fill(x.text) in seen] == []
    assert axe(shown) == []


@pytest.mark.parametrize("width", [390, 1280])
def test_the_place_kept_for_it_is_about_as_high_as_an_open_reader_s_passage(
    reader: Callable[..., Address], open_page: Callable[..., Page], width: int
) -> None:
    """Notes and all, in whatever type the browser has, so that little on the page moves when it comes."""
    size = {"viewport": {"width": width, "height": 900}}
    address = reader(OPEN)
    for name in sorted({p.page for p in TOLD_TO_SOME}):
        places = [f"#passage-{p.id}" for p in TOLD_TO_SOME if p.page == name]
        heights = []
        for script in (False, True):
            page = open_page(address, name, ready=script, java_script_enabled=script, **size)
            page.locator("footer").wait_for()
            heights.append([page.locator(place).bounding_box()["height"] for place in places])
        kept, came = heights
        assert max(abs(a - b) for a, b in zip(kept, came, strict=True)) <= LINES * 30.4, (name, kept, came)
