"""What the article says of coming back together, and of a message, is told to those to whom it may be said."""

from typing import Any

import pytest

from tests.pages.his_terms import IN, OUT, choose, journal, log, open_way
from tests.pages.test_desk import CATALOGUE, SAFE, desk, save
from tests.pages.test_lonely_or_love import days_pass
from widgets.catalogue import Passage, Wording
from widgets.journal import Journal
from widgets.pages.listening import listener
from widgets.pages.page import Page
from widgets.pages.way import way

__all__ = ["journal", "open_way"]  # fixtures

PASSAGES = list(CATALOGUE.passages.values())
TOLD_TO_SOME = [p for p in PASSAGES if not p.is_for_everyone]
CLOSED = [
    {"fear_of_him": "yes"},
    {"was_hurt": "physical"},
    {"was_hurt": "controlled"},
    {"i_hurt_or_controlled": "controlled"},
    {"can_say_no": "not_sure"},
    {"contact_wish": "no_contact"},
    {"contact_wish": "blocked"},
    {"contact_wish": "legal_order"},
]
SPACE = {"contact_wish": "asked_for_space", "route_closed": False}
A_QUESTION = "What draws you to him"  # of hers to answer, with 1.1 closed not even that
COACHING = (  # sentences that a stranger with a closed way was shown
    "owe to both of you",
    "you wish you had not ended it",
    "wait for a steadier day",
    "a real first step",
    "Be kinder and more caring",
    "want to rebuild",
    "count on",
    "open to more",
    "rule out a return",
    A_QUESTION,
)


def asked(control: Any, **request: Any) -> dict[str, Any]:
    """What a control answers its page."""
    told: list[dict[str, Any]] = []
    control.send = told.append
    control.receive({"id": "1", "do": "open"} | request)
    return told[-1]


def read(journal: Journal, passage: Passage) -> str:
    """A passage as it reaches the screen, notes and all."""
    shown = Page(passage.page, CATALOGUE, journal).passage(passage.id)
    return repr(shown) if passage.is_for_everyone else str(asked(shown)["content"])


def article(journal: Journal) -> str:
    """All passages, and beside every exercise the part of the article it serves."""
    specs = [desk(journal, exercise).spec() for exercise in CATALOGUE.exercises]
    asks = [item["ask"] for spec in specs if spec["offered"] for item in spec["items"]]
    return "\n".join([*(read(journal, p) for p in PASSAGES), *asks, *(str(spec["serves"]) for spec in specs)])


@pytest.mark.parametrize("answers", CLOSED, ids=str)
@pytest.mark.parametrize("choice", [None, "not_yet", "let_go"])
def test_violence_or_control_or_his_wish_leaves_no_reunion_content(
    journal: Journal, answers: dict[str, Any], choice: str | None
) -> None:
    """C6, whichever way she chose: absent from passages, questions, and the trace from an exercise to the article."""
    save(desk(journal, "safe-start"), SAFE | answers)
    if choice:
        choose(journal, choice)
    assert listener(journal) == "closed"
    said = article(journal)
    assert [words for words in COACHING if words in said] == []
    assert "is left out while the way to him is closed." in said
    assert "Do not push hard, and do not push early." in said


def test_an_open_reader_reads_all_of_it(open_way: Journal) -> None:
    """The same sentences, so that the test above could fail; no sentence of ours stands before or instead of them."""
    said = article(open_way)
    assert [words for words in COACHING if words not in said] == []
    assert "has chosen to write" not in said
    assert "is left out" not in said


def test_every_claim_is_told_to_an_open_reader() -> None:
    """All 38, and nothing is declared for somebody who does not exist."""
    told = [x for p in PASSAGES for x in p.told_to("writer").paragraphs]
    assert {c for x in told for c in x.claims} == set(CATALOGUE.claims)


def test_where_a_message_is_not_open_now_its_coaching_has_a_preface(open_way: Journal) -> None:
    """The article is told to everybody who is free to write, and to whom it speaks is said before it."""
    first, steady = (CATALOGUE.passage("03-say-it-once", name) for name in ("first-step", "steady"))
    assert "has chosen to write" not in read(open_way, first)
    for choice in ("not_yet", "let_go", "undecided"):
        choose(open_way, choice)
        assert listener(open_way) == "way_open"
        for passage in (first, steady):
            assert "has chosen to write" in read(open_way, passage)
            assert passage.told_to("writer").paragraphs[-1].text[:30] in read(open_way, passage)


@pytest.mark.parametrize(
    "passage", [p for p in TOLD_TO_SOME if p.paragraphs[0].stands_in == "preface"], ids=lambda p: p.id
)
def test_what_is_said_to_somebody_who_tries_waits_closed_for_who_chose_otherwise(
    open_way: Journal, passage: Passage
) -> None:
    """Under its preface; nobody who waits or lets go has to read through a script first, and nothing of it is gone."""
    for choice, is_folded in (("undecided", False), ("try", False), ("not_yet", True), ("let_go", True)):
        choose(open_way, choice)
        [block] = asked(Page(passage.page, CATALOGUE, open_way).passage(passage.id))["content"]["blocks"]
        assert (block["kind"] == "folded") is is_folded
        assert Wording().fill(passage.told_to("writer").paragraphs[-1].text) in str(block)
        if is_folded:
            assert block["title"] == Wording().fill(passage.paragraphs[0].text)
            assert block["title"] not in str(block["blocks"])


def test_while_her_message_waits_for_an_answer_no_script_and_no_hope_is_told(open_way: Journal) -> None:
    """What steadies somebody who waits is: expect nothing, and the choice is his."""
    choose(open_way, "try")
    log(open_way, **OUT)
    days_pass(open_way, 0.1)
    assert listener(open_way) == "waiting"
    said = article(open_way)
    told_still = {"Be kinder and more caring", "want to rebuild", "count on", "rule out a return", A_QUESTION}
    assert {words for words in COACHING if words in said} == told_still
    assert "expect nothing. Silence is an answer too." in said
    assert "is for him to decide" in said
    assert "has chosen to write" not in said
    open_way.withdraw(open_way.newest("contacts").entry_id)
    assert listener(open_way) == "writer"


def test_space_that_he_asked_for_and_a_no_of_his_withhold_it_too(open_way: Journal) -> None:
    """Somebody who was just told no reads no script of what to say to him; once he starts again, she does."""
    log(open_way, **IN, tone="closing")
    assert listener(open_way) == "closed"
    assert [words for words in COACHING if words in article(open_way)] == [A_QUESTION]
    days_pass(open_way, 0.1)
    log(open_way, **IN | {"started_by": "him"}, tone="welcoming")
    assert listener(open_way) == "writer"
    open_way.save("safety", SPACE)
    assert listener(open_way) == "closed"


def test_it_waits_for_the_questions_of_the_safe_start(journal: Journal) -> None:
    """No reunion content before it is known to be safe; where the questions are is said on top of the page."""
    assert listener(journal) == "closed"
    assert [words for words in COACHING if words in article(journal)] == [A_QUESTION]
    for page in ("03-say-it-once", "04-show-it", "05-his-terms"):
        links = [b["href"] for b in way(page, journal, Wording())["blocks"] if b["kind"] == "link"]
        assert "00-begin.ipynb#exercise-safe-start" in links


def test_a_passage_follows_a_choice_made_on_its_page(open_way: Journal) -> None:
    """It is a live panel; whoever chooses anew is told anew."""
    page = Page("03-say-it-once", CATALOGUE, open_way)
    shown = page.passage("first-step")
    assert "has chosen to write" not in str(asked(shown))
    choose(open_way, "let_go")
    told: list[dict[str, Any]] = []
    shown.send = told.append
    page.following.changed("decisions")
    assert "has chosen to write" in str(told)


@pytest.mark.parametrize("passage", TOLD_TO_SOME, ids=lambda p: f"{p.page} {p.id}")
def test_a_notebook_does_not_tell_how_the_way_to_him_is(journal: Journal, passage: Passage) -> None:
    """Neither text nor Markdown of a real journal's output follows her answers."""
    outputs = []
    for closed in (False, True):
        journal.save("safety", {"contact_wish": "none_said", "route_closed": closed})
        assert (listener(journal) == "closed") is closed
        data, _ = Page(passage.page, CATALOGUE, journal).passage(passage.id)._repr_mimebundle_()
        outputs.append({kind: data.get(kind) for kind in ("text/plain", "text/markdown")})
    silent = {"text/plain": "A part of the article: shown on the page only.", "text/markdown": None}
    assert outputs == [silent, silent]


def test_beside_an_exercise_a_writer_s_claim_says_to_whom_it_is_said(open_way: Journal) -> None:
    """Under the unsent letter nobody is told to write to him, unless that is what she chose."""
    stances = lambda: {s["claim"]: s["stance"] for s in desk(open_way, "unsent-letter").spec()["serves"]}  # noqa: E731
    [tell] = [claim for claim in stances() if claim.startswith("Tell him")]
    assert stances()[tell].startswith("We follow it.")
    choose(open_way, "let_go")
    assert stances()[tell].startswith("The article says this to someone who writes to him. That is not asked here.")
    assert "We follow it." not in stances()[tell]


def test_what_her_answers_cannot_show_is_not_said_to_be_checked_on_them(open_way: Journal) -> None:
    """Q34 is about what he sees."""
    [seen] = [s for s in desk(open_way, "lessons").spec()["serves"] if s["claim"].startswith("He may see")]
    assert seen["stance"] == "We say: Your own answers cannot show what he sees."
