"""From an exercise one step leads to the claims it serves, to the place where each is told, and to the evidence."""

import pytest

from widgets.catalogue import Catalogue, Claim, Note, Paragraph, Passage, load_catalogue
from widgets.catalogue.claims import served

CATALOGUE = load_catalogue()
KNOWN = {f"Q{n}": Claim(id=f"Q{n}", section=1, status="keep", text=f"claim {n}") for n in (1, 2, 3)}
OLD, NEW = Note("Evidence", "old", "Somebody 1990"), Note("Not known", "new")
TOLD = (
    Passage("00-begin", "welcome", (Paragraph("a", ("Q1",)), Paragraph("b", ("Q2",), (OLD,)))),
    Passage("01-what-happened", "then", (Paragraph("c", ("Q2",), (OLD, NEW)), Paragraph("d", (), (NEW,)))),
)


def places(claims: list[str], page: str) -> list[tuple[str, str, str, tuple[Note, ...]]]:
    return [(s.claim.id, s.page, s.passage, s.notes) for s in served(claims, page, KNOWN, TOLD)]


def test_a_claim_is_shown_where_the_exercise_stands_with_all_that_is_said_of_it() -> None:
    """Told twice, it is found on the exercise's own page; the notes of both passages come along, each once."""
    assert places(["Q2", "Q1"], "01-what-happened") == [
        ("Q2", "01-what-happened", "then", (OLD, NEW)),
        ("Q1", "00-begin", "welcome", ()),
    ]
    assert places(["Q2"], "04-show-it")[0][1:3] == ("00-begin", "welcome")


def test_a_claim_that_no_passage_tells_has_no_place_to_go_to() -> None:
    """The test of coverage names it; a page shows the others."""
    assert places(["Q3"], "01-what-happened") == []


@pytest.mark.parametrize("exercise", CATALOGUE.exercises.values(), ids=lambda e: e.id)
def test_every_claim_of_every_exercise_leads_somewhere(exercise) -> None:
    """None is lost on the way, and each place is a passage of the article."""
    found = CATALOGUE.serves(exercise.id)
    assert [s.claim.id for s in found] == list(exercise.claims)
    assert all((s.page, s.passage) in CATALOGUE.passages for s in found)


def test_the_catalogue_knows_no_other_exercise() -> None:
    """A wrong name is answered with the right ones."""
    with pytest.raises(LookupError, match="safe-start"):
        Catalogue.serves(CATALOGUE, "x")
