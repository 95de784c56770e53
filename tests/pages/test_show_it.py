"""Section 4 between its forms and the journal: what is offered to whom, what is refused, what the page then says."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.pages.test_desk import CATALOGUE, SAFE, desk, save
from tests.pages.test_lonely_or_love import MONDAY, Movable, days_pass, item
from widgets.catalogue import Wording
from widgets.journal import Journal, open_journal
from widgets.pages.branches import is_core
from widgets.pages.shows import content
from widgets.pages.way import way
from widgets.readings.friend_motive import read_friend_motive
from widgets.readings.practice import read_practice

HERE = [e.id for e in CATALOGUE.exercises.values() if CATALOGUE.page_of[e.id] == "04-show-it"]
OPEN = {"contact_wish": "none_said", "route_closed": False}
BLOCKED = {"contact_wish": "blocked", "route_closed": True, "route_reason": "blocked"}
HURT = {"keep_details": True, "was_hurt": "physical", "i_hurt_or_controlled": "no", "route_closed": True}
PLAN = {"if_situation": "I go quiet for a day", "then_act": "One sentence the same evening"}


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = open_journal(f"sqlite:///{tmp_path / 'journal.sqlite'}")
    opened.clock = Movable(MONDAY)
    yield opened
    opened.close()


def stands(journal: Journal, safety: dict[str, Any] | None, choice: str | None = None) -> None:
    days_pass(journal, 1)
    if safety:
        journal.save("safety", safety)
    if choice:
        journal.save("decisions", {"choice": choice, "draft": False})


def faults(reply: dict[str, Any]) -> dict[str, str]:
    return {f["item"]: f["message"] for f in reply.get("error", {}).get("faults", [])}


def shown(journal: Journal, name: str) -> str:
    return json.dumps(content(name, journal, Wording()), ensure_ascii=False)


WHOLE = {"lessons", "plans", "practice", "friend-motive", "about-him", "self-parts"}


@pytest.mark.parametrize(
    ("safety", "choice", "offered"),
    [
        (OPEN, None, WHOLE),
        (OPEN, "try", WHOLE),
        (OPEN, "not_yet", {"lessons", "plans", "practice", "self-parts"}),
        (OPEN, "let_go", {"self-parts"}),
        (BLOCKED, "try", {"lessons", "plans", "practice", "self-parts"}),
        (BLOCKED, None, {"lessons", "plans", "practice", "self-parts"}),
        (BLOCKED, "not_yet", {"lessons", "plans", "practice", "self-parts"}),
        (BLOCKED, "let_go", {"self-parts"}),
        (None, None, {"lessons", "plans", "practice", "self-parts"}),
        (HURT, None, {"plans", "practice", "self-parts"}),
    ],
)
def test_each_branch_offers_its_own(journal: Journal, safety: Any, choice: Any, offered: set[str]) -> None:
    """What is closed closes nothing that is for her alone; someone who was only hurt is asked for no lesson."""
    journal.save("plans", PLAN)
    stands(journal, safety, choice)
    assert {name for name in HERE if desk(journal, name).offered} == offered
    assert all(content(name, journal, Wording())["blocks"] == [] for name in set(HERE) - offered)


def test_in_let_go_me_apart_from_us_is_what_the_page_is_about(journal: Journal) -> None:
    """It stands open there, the top of the page leads to it, and its empty place is told; elsewhere it waits closed."""
    parts = CATALOGUE.exercise("self-parts")
    assert not is_core(parts, journal)
    assert content("self-parts", journal, Wording())["blocks"] == []
    stands(journal, OPEN, "let_go")
    assert is_core(parts, journal)
    assert content("self-parts", journal, Wording())["blocks"][0]["kind"] == "quiet"
    links = [b["href"] for b in way("04-show-it", journal, Wording())["blocks"] if b["kind"] == "link"]
    assert links[0] == "04-show-it.ipynb#Apart-from-this"
    notebook = (Path(__file__).parents[2] / "notebooks" / "04-show-it.ipynb").read_text("utf-8")
    assert "## Apart from this" in notebook


def test_core_is_what_a_tired_reader_meets_first(journal: Journal) -> None:
    assert {name for name in HERE if is_core(CATALOGUE.exercise(name), journal)} == {"lessons", "plans"}


def test_a_change_only_for_him_is_asked_about_kindly(journal: Journal) -> None:
    """Her words stand unchanged, braces too; the question names no fault, and 5 of 10 is not asked about."""
    lesson = {"what_i_did": "I laughed at {him}", "instead": "I listen to {him}", "worth_it_without_him": 4}
    save(desk(journal, "lessons"), lesson)
    said = shown(journal, "lessons")
    assert "For him only?" in said
    assert "I listen to {him}" in said
    assert "for him depends on whether he sees it" in said
    [entry] = journal.entries("lessons")
    save(desk(journal, "lessons"), lesson | {"worth_it_without_him": 5}, entry.entry_id, entry.revision)
    assert "For him only?" not in shown(journal, "lessons")


def test_self_blame_offers_the_safe_start_and_help_and_nothing_is_drawn_from_it(journal: Journal) -> None:
    """Neither as a lesson nor as words for a plan."""
    save(desk(journal, "lessons"), {"what_i_did": "I provoked him until he hit me", "instead": "I stay quiet"})
    panel = content("lessons", journal, Wording())
    blocks = panel["blocks"]
    assert [b["kind"] for b in blocks] == ["link", "help"]
    assert panel["cannot_tell"] == ""
    assert blocks[0]["href"] == "00-begin.ipynb"
    assert item(desk(journal, "plans").spec(), "then_act")["suggest"] == []


def test_where_the_reason_stays_unsaid_the_lesson_says_what_is_not_hers(journal: Journal) -> None:
    """Closed by the questions about safety: nobody knows which, so it is said to all; blocked is another matter."""
    asked = "If you were hurt or controlled: that is not yours to put right"
    save(desk(journal, "safe-start"), SAFE | {"can_say_no": "no"})
    assert asked in desk(journal, "lessons").spec()["intro"]
    stands(journal, BLOCKED)
    assert asked not in desk(journal, "lessons").spec()["intro"]


def test_what_she_can_repair_and_learned_are_words_to_begin_with(journal: Journal) -> None:
    """From the three boxes into a line, without what is his to choose; from a line into a plan."""
    for text, box in (
        ("The shouting", "can_repair"),
        ("That he trusts me again", "can_repair"),
        ("Rain", "cannot_change"),
    ):
        journal.save("boxes", {"item": text, "box": box})
    assert item(desk(journal, "lessons").spec(), "what_i_did")["suggest"] == ["The shouting"]
    save(desk(journal, "lessons"), {"what_i_did": "The shouting", "instead": "I say the sum"})
    assert item(desk(journal, "plans").spec(), "then_act")["suggest"] == ["I say the sum"]
    stands(journal, HURT)
    assert item(desk(journal, "plans").spec(), "then_act")["suggest"] == []


@pytest.mark.parametrize(
    ("safety", "is_open"),
    [
        (OPEN, True),
        (None, False),
        (BLOCKED, False),
        (HURT, False),
        ({"contact_wish": "asked_for_space", "route_closed": False}, False),
        ({"contact_wish": "asked_for_space", "space_until": "2026-10-06", "route_closed": False}, True),
        ({"contact_wish": "asked_for_space", "space_until": "2026-10-07", "route_closed": False}, False),
    ],
)
def test_a_plan_with_him_is_offered_only_where_contact_is_open(journal: Journal, safety: Any, is_open: bool) -> None:
    """Not greyed: it is not there; a window that still shows it is told. Space asked for is not open, until its day."""
    stands(journal, safety)
    at = desk(journal, "plans")
    assert ("him" in dict(item(at.spec(), "with_whom")["choices"])) == is_open
    reply = save(at, PLAN | {"with_whom": "him", "also_with": "friends"})
    assert set(faults(reply)) == (set() if is_open else {"with_whom"})


def test_a_plan_with_him_works_with_somebody_else_too(journal: Journal) -> None:
    """It names them to be saved; when contact closes it stands with them, and the page says so once."""
    stands(journal, OPEN)
    at = desk(journal, "plans")
    assert set(faults(save(at, PLAN | {"with_whom": "him"}))) == {"also_with"}
    entry = save(at, PLAN | {"with_whom": "him", "also_with": "friends"})["entry"]
    assert entry["answers"]["with_whom"] == "him"
    stands(journal, BLOCKED)
    [sent] = at.state()["entries"]
    assert (sent["answers"]["with_whom"], sent["answers"]["also_with"]) == ("friends", None)
    assert "so it is for the other people you named" in shown(journal, "plans")
    assert save(at, sent["answers"], sent["entry_id"], sent["revision"])["entry"]["revision"] == 2


def test_three_plans_count_and_a_fourth_waits_for_a_place(journal: Journal) -> None:
    """Set aside is always possible, and makes room; a withdrawn one brought back waits."""
    at = desk(journal, "plans")
    first, *_ = (save(at, PLAN)["entry"]["entry_id"] for _ in range(3))
    assert set(faults(save(at, PLAN))) == {"state"}
    assert save(at, PLAN | {"state": "set_aside"})["entry"]["revision"] == 1
    at.handle({"do": "withdraw", "entry_id": first})
    save(at, PLAN)
    at.handle({"do": "restore", "entry_id": first, "revision": 1})
    assert "3 plans count now, of at most 3. 1 more waits until one of these is set aside." in shown(journal, "plans")


def test_there_is_a_week_to_log_once_there_is_a_plan(journal: Journal) -> None:
    """Before, nothing of it stands on the page; the plans are asked about in her words, set aside ones no more."""
    at = desk(journal, "practice")
    assert at.spec()["offered"] is False
    going = journal.save("plans", PLAN | {"if_situation": "If {he} calls"})
    aside = journal.save("plans", PLAN | {"state": "set_aside"})
    assert at.spec()["offered"] is True
    assert item(at.spec(), "plan")["choices"] == [[going, "If {he} calls"]]
    journal.save("practice", {"plan": aside, "week": "2026-09-28", "chances": 1, "taken": 1})
    assert [code for code, _ in item(at.spec(), "plan")["choices"]] == [going, aside]


def logged(journal: Journal, plan: str, **answers: Any) -> dict[str, Any]:
    return save(desk(journal, "practice"), {"plan": plan} | answers)


def test_a_line_is_for_one_plan_and_one_week(journal: Journal) -> None:
    """Any day says which week; without one it is this week, and an edited line stays where it was."""
    plan = journal.save("plans", PLAN)
    entry = logged(journal, plan, week="2026-10-01", chances=3, taken=0)["entry"]
    assert entry["answers"]["week"] == "2026-09-28"
    now = logged(journal, plan, chances=2)["entry"]
    assert now["answers"]["week"] == "2026-10-05"
    assert [e["answers"]["week"] for e in desk(journal, "practice").state()["entries"]] == ["2026-10-05", "2026-09-28"]
    days_pass(journal, 14)
    again = save(desk(journal, "practice"), now["answers"] | {"week": None, "taken": 1}, now["entry_id"], 1)
    assert again["entry"]["answers"]["week"] == "2026-10-05"


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        ({"chances": 3, "taken": 4}, "taken"),
        ({"chances": 21}, "chances"),
        ({"week": "2026-10-12", "chances": 1}, "week"),
        ({"week": "2026-09-29", "chances": 1}, "week"),
        ({"plan": "somebody else's", "chances": 1}, "plan"),
        ({"plan": None, "chances": 1}, "plan"),
        ({}, "chances"),
    ],
)
def test_what_cannot_be_is_told_beside_its_question(journal: Journal, answers: dict, fault: str) -> None:
    """More taken than came, a week to come, a week that has its line, a plan that is none, nothing at all."""
    plan = journal.save("plans", PLAN)
    logged(journal, plan, week="2026-09-29", chances=1)
    reply = logged(journal, **{"plan": plan} | answers)
    assert set(faults(reply)) == {fault}


def test_the_page_says_of_practice_what_the_function_returns(journal: Journal) -> None:
    """Sentences, dots and table; a missed week is an empty place and the words “no line”; it is proof for nobody."""
    plan = journal.save("plans", PLAN)
    for week, chances, taken in (("2026-09-07", 4, 1), ("2026-09-21", 9, 4), ("2026-09-28", 0, 0)):
        journal.save("practice", {"plan": plan, "week": week, "chances": chances, "taken": taken})
    journal.save("practice", {"plan": plan, "week": "2026-10-05", "note": "a bad week"})
    found = read_practice(journal.table("practice"), pd.Timestamp(MONDAY.date()))
    shown = content("practice", journal, Wording())
    assert [b["text"] for b in shown["blocks"] if b["kind"] == "text"] == [found.sentence, found.slow]
    [figure] = [b for b in shown["blocks"] if b["kind"] == "figure"]
    assert [row[2] for row in figure["table"]["rows"]] == ["1 of 4", "no line", "4 of 9", "no chances", "no count"]
    dots = [n for n in figure["svg"]["in"] if n["at"].get("class") == "dot open"]
    assert [dot["in"][1]["in"] for dot in dots] == [["4"], ["9"]]
    assert "proves nothing to anybody" in shown["cannot_tell"]


def test_several_plans_are_told_apart_too(journal: Journal) -> None:
    """In the order of the plans; one that was withdrawn keeps its numbers, not its words."""
    plans = [journal.save("plans", PLAN | {"if_situation": words}) for words in ("one", "two")]
    for plan in reversed(plans):
        logged(journal, plan, chances=3, taken=2)
    pairs = [b["pairs"] for b in content("practice", journal, Wording())["blocks"] if b["kind"] == "pairs"]
    assert pairs == [[{"term": "one", "text": "2 of 3, in 1 week"}, {"term": "two", "text": "2 of 3, in 1 week"}]]
    journal.withdraw(plans[0])
    assert "a plan that was withdrawn" in shown(journal, "practice")


def test_friendship_waits_in_her_pronouns(journal: Journal) -> None:
    """A caution with its reason, the mirror, and the one question, which is hers and no reason to write."""
    order = ["hoping", "support", "practical", "peace"]
    answers = {"motives": order, "he_said_he_wants": "not_asked", "fine_if_he_dates": 2}
    stands(journal, OPEN)
    save(desk(journal, "friend-motive"), answers)
    they = Wording(("they", "them", "their", "themselves"), True)
    blocks = content("friend-motive", journal, they)["blocks"]
    assert blocks[0]["kind"] == "caution"
    assert blocks[0]["title"] == "The way to friendship waits until they say in words that they want it"
    assert [block["text"] for block in blocks[-3:-1]] == [
        "One question, to yourself",
        "Do they know that I still hope?",
    ]
    assert "no reason to write to them" in blocks[-1]["text"]
    assert "Does he know that I still hope?" in shown(journal, "friend-motive")
    [entry] = journal.entries("friend_motive")
    yes = {"motives": ["peace", *order[:3]], "he_said_he_wants": "yes_in_words", "fine_if_he_dates": 8}
    save(desk(journal, "friend-motive"), yes, entry.entry_id, entry.revision)
    assert [b["kind"] for b in content("friend-motive", journal, they)["blocks"]] == ["text"] * 3


def test_no_guess_opens_anything(journal: Journal) -> None:
    """Whatever she takes to be so about him, every verdict of these pages stays what it was."""
    stands(journal, {"contact_wish": "asked_for_space", "route_closed": False}, "try")
    save(desk(journal, "friend-motive"), {"he_said_he_wants": "not_asked"})

    def verdicts() -> list[Any]:
        friend = read_friend_motive(journal.table("friend_motive"))
        specs = [(desk(journal, name).spec()) for name in CATALOGUE.exercises]
        return [friend, specs, way("04-show-it", journal, Wording()), shown(journal, "safe-start")]

    before = verdicts()
    for source in ("my_guess", "someone_said", "i_saw", "he_told_me"):
        save(desk(journal, "about-him"), {"statement": "He wants to hear from me", "source": source})
    assert verdicts() == before


def test_the_new_parts_are_told_by_week(journal: Journal) -> None:
    """The table says what the function returns; the steps stand with their parts."""
    save(desk(journal, "self-parts"), {"part_of_me": "I sing", "origin": "from_before", "feed_it": "Thursday"})
    days_pass(journal, 7)
    save(desk(journal, "self-parts"), {"part_of_me": "An alto", "origin": "new"})
    blocks = content("self-parts", journal, Wording())["blocks"]
    [table] = [b for b in blocks if b["kind"] == "table"]
    assert table["rows"] == [["Monday 5 October", "0", "1"], ["Monday 12 October", "1", "2"]]
    assert {"term": "I sing", "text": "Thursday"} in next(b for b in blocks if b["kind"] == "pairs")["pairs"]
