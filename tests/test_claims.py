"""The article's claims and the exercises, both ways: no claim without an exercise, and no claim nobody made."""

import re
import shutil
from pathlib import Path

import pytest

from widgets.catalogue import DATA, CatalogueError, Claim, Exercise, load_catalogue

CATALOGUE = load_catalogue()
EXERCISES = list(CATALOGUE.exercises.values())
OURS = ("5.6",)  # keeping and sharing serves no claim of the article; neither do exercises without a number


@pytest.mark.parametrize("claim", CATALOGUE.claims.values(), ids=lambda c: c.id)
def test_a_claim_is_worked_on_in_an_exercise(claim: Claim) -> None:
    """Q1 to Q38: nothing the article says is left at reading."""
    assert [e.id for e in EXERCISES if claim.id in e.claims]


@pytest.mark.parametrize("exercise", [e for e in EXERCISES if e.number not in (None, *OURS)], ids=lambda e: e.id)
def test_an_exercise_serves_claims_that_can_be_read(exercise: Exercise) -> None:
    """The other way round: each numbered one serves a claim, and every claim it names stands in a passage."""
    told = {c for p in CATALOGUE.passages.values() for x in p.paragraphs for c in x.claims}
    assert exercise.claims
    assert set(exercise.claims) <= set(CATALOGUE.claims) & told


def test_what_is_ours_claims_nothing() -> None:
    """An exercise of our own does not borrow the article's name."""
    assert [e.id for e in EXERCISES if e.number in (None, *OURS) and e.claims] == []


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of data/ that a test may spoil."""
    for part in ("exercises", "article", "wording"):
        shutil.copytree(DATA / part, tmp_path / part)
    return tmp_path


@pytest.mark.parametrize("exercise", [e for e in EXERCISES if e.claims], ids=lambda e: e.id)
def test_an_exercise_that_claims_what_does_not_exist_does_not_load(copy: Path, exercise: Exercise) -> None:
    """Whichever it is, it is named with its file and with the claim."""
    path = copy / "exercises" / f"{CATALOGUE.page_of[exercise.id]}.yaml"
    text = path.read_text("utf-8")
    spoilt = re.sub(
        rf"(^- id: {exercise.id}(?: .*)?\n(?:  .*\n)*?  claims: \[)", r"\1Q39, ", text, count=1, flags=re.MULTILINE
    )
    path.write_text(spoilt, "utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(copy)
    [fault] = caught.value.faults
    assert fault.startswith(f"exercises/{path.name}: exercise {exercise.id}, claims: Q39 is not in article/claims.yaml")
