"""Which exercises a page offers, by her choice for now and by the way to a message."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.pages.test_desk import CATALOGUE, SAFE, save
from tests.pages.test_lonely_or_love import MONDAY, Movable, days_pass, words
from widgets.catalogue import Wording
from widgets.journal import Journal, open_journal
from widgets.pages.branches import is_core, way_now
from widgets.pages.desk import Desk
from widgets.pages.way import way

OPEN = {"contact_wish": "none_said", "route_closed": False}
SPACE = {"contact_wish": "asked_for_space", "route_closed": False}
BLOCKED = {"contact_wish": "blocked", "route_closed": True, "route_reason": "blocked"}
HERE = ("undecided", "try")  # an exercise about him
ANYWHERE = ("undecided", "try", "not_yet", "closed")
UNSENT = ("undecided", "not_yet", "let_go", "closed")


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = open_journal(f"sqlite:///{tmp_path / 'journal.sqlite'}")
    opened.clock = Movable(MONDAY)
    yield opened
    opened.close()


def declared(*branches: str, **more: Any) -> Desk:
    return CATALOGUE.exercise("timeline").model_copy(update={"branches": branches, **more})


def desk(journal: Journal, *branches: str) -> Desk:
    return Desk(declared(*branches), journal, CATALOGUE, Wording, lambda table: None)


def stands(journal: Journal, safety: dict[str, Any] | None, choice: str | None) -> None:
    days_pass(journal, 1)
    if safety:
        journal.save("safety", SAFE | safety)
    if choice:
        journal.save("decisions", {"choice": choice, "draft": False})


@pytest.mark.parametrize(
    ("safety", "choice", "way", "offered"),
    [
        (OPEN, None, "undecided", {"here", "anywhere", "unsent", "always"}),
        (OPEN, "try", "try", {"here", "anywhere", "always"}),
        (SPACE, "try", "try", {"here", "anywhere", "always"}),
        (OPEN, "not_yet", "not_yet", {"anywhere", "unsent", "always"}),
        (OPEN, "let_go", "let_go", {"unsent", "always"}),
        (BLOCKED, "try", "closed", {"anywhere", "unsent", "always"}),
        (BLOCKED, None, "undecided", {"anywhere", "unsent", "always"}),
        (BLOCKED, "let_go", "let_go", {"unsent", "always"}),
        (None, None, "undecided", {"anywhere", "unsent", "always"}),
        (None, "try", "closed", {"anywhere", "unsent", "always"}),
    ],
)
def test_an_exercise_is_offered_where_it_is_declared(
    journal: Journal, safety: Any, choice: Any, way: str, offered: set[str]
) -> None:
    """By the choice for now; while the way is closed, or nobody asked, only what is declared for that too."""
    stands(journal, safety, choice)
    lists = {"here": HERE, "anywhere": ANYWHERE, "unsent": UNSENT, "always": ()}
    assert way_now(journal) == way
    assert {name for name, branches in lists.items() if desk(journal, *branches).offered} == offered


def test_a_draft_of_a_choice_changes_nothing(journal: Journal) -> None:
    """What a hard evening chose is no choice until it is confirmed."""
    stands(journal, OPEN, "not_yet")
    days_pass(journal, 1)
    journal.save("decisions", {"choice": "try", "draft": True})
    assert not desk(journal, *HERE).offered


def test_choosing_anew_changes_the_page_at_once_and_loses_nothing(journal: Journal) -> None:
    """Not offered: the form hears it, with all that was written; a window that still shows it may save."""
    stands(journal, OPEN, "try")
    at = desk(journal, *HERE)
    first = save(at, {"what": "before"})["entry"]["entry_id"]
    assert at.spec()["offered"] is True
    days_pass(journal, 1)
    journal.save("decisions", {"choice": "let_go", "draft": False})
    assert at.spec()["offered"] is False
    assert [e["entry_id"] for e in at.state()["entries"]] == [first]
    assert save(at, {"what": "written meanwhile"})["entry"]["revision"] == 1


def test_all_days_of_a_series_can_be_read_once_it_is_not_asked(journal: Journal) -> None:
    """While it is asked, the form holds today's; afterwards what she wrote is all there."""
    series = CATALOGUE.exercise("check-in").model_copy(update={"branches": ("try",)})
    at = Desk(series, journal, CATALOGUE, Wording, lambda table: None)
    stands(journal, OPEN, "try")
    save(at, {"lonely": 4})
    days_pass(journal, 1)
    assert at.state()["entries"] == []
    journal.save("decisions", {"choice": "not_yet", "draft": False})
    assert len(at.state()["entries"]) == 1


def test_an_exercise_may_stand_open_in_one_branch_and_wait_in_the_others(journal: Journal) -> None:
    """core_in names where it is among the first things."""
    waits = declared(core=False, core_in=("let_go",))
    assert not is_core(waits, journal)
    stands(journal, OPEN, "let_go")
    assert is_core(waits, journal)


SENT = {"dir": "out", "kind": "message", "started_by": "her"}


@pytest.mark.parametrize("choice", [None, "try", "not_yet", "let_go"])
@pytest.mark.parametrize("safety", [None, OPEN, SPACE, BLOCKED], ids=["unanswered", "open", "space", "blocked"])
@pytest.mark.parametrize("is_light_closed", [False, True])
def test_a_page_speaks_of_the_closed_way_to_everybody_whom_a_message_would_be_for(
    journal: Journal, choice: str | None, safety: Any, is_light_closed: bool
) -> None:
    """By the safe start, by space, by the light; not to who let go, and unanswered only to who chose to try."""
    stands(journal, safety, choice)
    if is_light_closed:
        journal.save("contacts", SENT | {"when": journal.clock.now().isoformat()})
    meaning = CATALOGUE.ways["05-his-terms"].words
    shut = safety in (SPACE, BLOCKED) or (safety is not None and is_light_closed)
    expected = "closed" if (shut and choice != "let_go") or (choice == "try" and not safety) else choice or "undecided"
    panel = way("05-his-terms", journal, Wording())
    assert Wording().fill(meaning[expected]) in words(panel)
    assert sum(Wording().fill(text) in words(panel) for text in meaning.values()) == 1
    rests = choice == "try" and expected == "closed"
    told = "You chose to try, on Tuesday 6 October. That choice rests while the way is closed."
    assert (told in words(panel)) is rests
    assert ("For now: try" in words(panel)) is (choice == "try" and not rests)
    assert "For now: " in words(panel) or rests or choice is None


@pytest.mark.parametrize(
    ("choice", "page", "place"),
    [
        ("let_go", "04-show-it", "Apart-from-this"),
        ("let_go", "05-his-terms", "Letting-go"),
        ("not_yet", "05-his-terms", "Looking-again"),
        ("try", "05-his-terms", "His-to-choose"),
    ],
)
def test_each_way_is_led_to_what_is_its_own(journal: Journal, choice: str, page: str, place: str) -> None:
    """Where that is not the first thing of the page: no way has to be waded through for another."""
    stands(journal, OPEN, choice)
    links = [block["href"] for block in way(page, journal, Wording())["blocks"] if block["kind"] == "link"]
    assert f"{page}.ipynb#{place}" in links
