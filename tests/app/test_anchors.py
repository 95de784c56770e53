"""Links between pages lead somewhere: to a passage, an exercise or a heading that stands on the page they name."""

import re
from pathlib import Path

import pytest

from widgets.app.notebook import cells_of, read_notebook
from widgets.catalogue import DATA, Wording, load_catalogue
from widgets.pages.serves import serves

CATALOGUE = load_catalogue()
ROOT = DATA.parent


def anchors(page: str) -> set[str]:
    """What a link can name on a page, as it is served before any kernel runs."""
    cells = cells_of(read_notebook(ROOT / "notebooks" / f"{page}.ipynb"), page)
    return {c.anchor for c in cells if c.anchor} | {i for c in cells for i in re.findall(r'<h2 id="([^"]+)"', c.html)}


ANCHORS = {page.name: anchors(page.name) for page in CATALOGUE.pages}


@pytest.mark.parametrize("exercise", CATALOGUE.exercises.values(), ids=lambda e: e.id)
def test_from_every_exercise_one_step_leads_to_the_passage_of_each_claim(exercise) -> None:
    """The address names a page of the workbook, and on it the passage that tells the claim."""
    found = serves(CATALOGUE, exercise.id, Wording(), "writer")
    assert len(found) == len(exercise.claims)
    for claim in found:
        page, _, anchor = claim["href"].partition(".ipynb#")
        assert anchor in ANCHORS[page]


@pytest.mark.parametrize("page", CATALOGUE.pages, ids=lambda p: p.name)
def test_every_passage_and_exercise_can_be_linked_to(page) -> None:
    """By its own name, which stays when cells are added before it."""
    own = {f"passage-{i}" for p, i in CATALOGUE.passages if p == page.name}
    own |= {f"exercise-{e}" for e, p in CATALOGUE.page_of.items() if p == page.name}
    assert own <= ANCHORS[page.name]


def links() -> list[tuple[str, str]]:
    """Addresses of places that our code and our data name."""
    files = [*(ROOT / "widgets").rglob("*.py"), *(ROOT / "notebooks").glob("*.ipynb"), *DATA.rglob("*.yaml")]
    named = [
        match for f in files for match in re.findall(r"(\d\d-[a-z-]+)\.ipynb#([\w-]+)", Path(f).read_text("utf-8"))
    ]
    return sorted(set(named))


@pytest.mark.parametrize(("page", "anchor"), links())
def test_a_link_written_down_leads_to_something_that_is_there(page: str, anchor: str) -> None:
    """A heading that is renamed takes its links along."""
    assert anchor in ANCHORS[page]
