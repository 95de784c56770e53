"""Section 2 between its forms and the journal: what is kept, what is not, and what follows from it."""

import datetime as dt
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from tests.pages.test_desk import SAFE, desk, save
from widgets.catalogue import Wording
from widgets.journal import Journal, open_journal
from widgets.journal.clock import Clock
from widgets.pages.lately import rest_until
from widgets.pages.message_way import gate_now
from widgets.pages.shows import content
from widgets.pages.way import way
from widgets.readings.pattern import read_pattern

LONDON = ZoneInfo("Europe/London")
MONDAY = dt.datetime(2026, 10, 5, 20, tzinfo=LONDON)
SCALES = {"lonely": 6, "longing": 7}


class Movable(Clock):
    """A clock that a test puts where it likes."""

    def __init__(self, at: dt.datetime) -> None:
        super().__init__(LONDON)
        self.at = at

    def now(self) -> dt.datetime:
        return self.at


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = open_journal(f"sqlite:///{tmp_path / 'journal.sqlite'}")
    opened.clock = Movable(MONDAY)
    yield opened
    opened.close()


def days_pass(journal: Journal, days: float) -> None:
    journal.clock.at += dt.timedelta(days=days)


def check_in(journal: Journal, **answers: Any) -> dict[str, Any]:
    reply = save(desk(journal, "check-in"), SCALES | answers)
    assert reply.get("ok", True), reply
    return reply


def check_in_for(journal: Journal, days: int) -> None:
    """A check-in a day, loneliness and longing moving together, and not only with the calendar."""
    moves = itertools.cycle([5, 7, 3, 8, 4, 9, 2, 6, 3])
    for _ in range(days):
        lonely = next(moves)
        journal.save("checkins", {"lonely": lonely, "longing": 2 + lonely // 2, "distress": 4})
        days_pass(journal, 1)


def item(spec: dict[str, Any], item_id: str) -> dict[str, Any]:
    return next(i for i in spec["items"] if i["id"] == item_id)


def words(shown: dict[str, Any]) -> str:
    return " ".join(block.get("text", "") for block in shown["blocks"])


def test_not_being_safe_leaves_only_a_date(journal: Journal) -> None:
    """The answer itself is not in the file, in no revision, unless she wants it there."""
    check_in(journal, safe_now="no", keep_safe=False)
    row = journal.history("checkins").iloc[0]
    assert pd.isna(row["safe_now"])
    assert row["pause_until"] == pd.Timestamp("2026-10-12")
    check_in(journal, safe_now="unsure", keep_safe=True)
    assert journal.table("checkins")["safe_now"].tolist()[-1] == "unsure"


def test_help_can_be_asked_for_without_any_scale(journal: Journal) -> None:
    """An unsafe hour with nothing else is a check-in; being safe alone is none."""
    assert save(desk(journal, "check-in"), {"safe_now": "unsure"})["entry"]["revision"] == 1
    [fault] = save(desk(journal, "check-in"), {"safe_now": "yes"})["error"]["faults"]
    assert fault == {"item": "lonely", "message": "Answer at least one of the four scales."}


@pytest.mark.parametrize("is_kept", [False, True])
@pytest.mark.parametrize("end", ["yes", "nothing", "withdraw", "restore", "erase"])
def test_a_pause_holds_until_its_day_whatever_becomes_of_its_check_in(
    journal: Journal, end: str, is_kept: bool
) -> None:
    """Changed to yes, changed otherwise, withdrawn, brought back to a version before: messages rest, and the page
    says that this stays so. Only what is erased leaves nothing behind.
    """
    at = desk(journal, "check-in")
    first = save(at, SCALES)["entry"]
    unsafe = save(at, SCALES | {"safe_now": "no", "keep_safe": is_kept}, first["entry_id"], 1)["entry"]
    if end in ("yes", "nothing"):
        answers = SCALES | ({"safe_now": "yes"} if end == "yes" else {"distress": 3})
        assert save(at, answers, unsafe["entry_id"], unsafe["revision"]).get("ok", True)
    elif end == "withdraw":
        at.handle({"do": "withdraw", "entry_id": unsafe["entry_id"]})
    elif end == "restore":
        at.handle({"do": "restore", "entry_id": unsafe["entry_id"], "revision": 1})
    else:
        journal.erase(unsafe["entry_id"])
    for days, rests in ((0, True), (6, True), (1, False)):
        days_pass(journal, days)
        is_resting = rests and end != "erase"
        assert rest_until(journal) == (pd.Timestamp("2026-10-12") if is_resting else None)
        g1 = gate_now(journal).items[0]
        assert ("No message goes ahead until Monday 12 October" in g1.why) == is_resting
        shown = words(content("check-in", journal, Wording()))
        assert ("stays so even if the check-in it comes from is changed or withdrawn" in shown) == is_resting


def test_a_check_in_may_be_about_one_of_the_last_two_days(journal: Journal) -> None:
    """It is flagged late; three days back, or tomorrow, is refused with a sentence."""
    days = [code for code, _ in item(desk(journal, "check-in").spec(), "_day")["choices"]]
    assert days == ["2026-10-05", "2026-10-04", "2026-10-03"]
    check_in(journal, _day="2026-10-03")
    check_in(journal, _day="2026-10-05")
    table = journal.table("checkins")
    assert table["local_date"].dt.day.tolist() == [3, 5]
    assert table["late"].tolist() == [True, False]
    for day in ("2026-10-02", "2026-10-06"):
        [fault] = save(desk(journal, "check-in"), SCALES | {"_day": day})["error"]["faults"]
        assert fault["item"] == "_day"


def test_a_saved_check_in_stays_with_its_day(journal: Journal) -> None:
    """Editing its answers is one thing, moving it to another day would be another."""
    entry = check_in(journal, _day="2026-10-04")["entry"]
    assert entry["answers"]["_day"] == "2026-10-04"
    at = desk(journal, "check-in")
    assert save(at, entry["answers"] | {"lonely": 1}, entry["entry_id"], 1)["entry"]["revision"] == 2
    moved = save(at, entry["answers"] | {"_day": "2026-10-03"}, entry["entry_id"], 2)
    assert moved["error"]["faults"][0]["item"] == "_day"


def test_a_draft_keeps_its_day_and_her_own_scales(journal: Journal) -> None:
    """After a crash it is not silently about today."""
    tired = save(desk(journal, "own-scales"), {"label": "How tired am I?"})["entry"]["entry_id"]
    at = desk(journal, "check-in")
    answers = {"lonely": 3, f"own-{tired}": 9, "_day": "2026-10-04"}
    at.handle({"do": "draft", "answers": answers, "writer": "one"})
    assert answers.items() <= at.state()["draft"]["answers"].items()


@pytest.mark.parametrize(
    ("begun_about", "days", "here", "says"),
    [
        (None, 0, {"lonely": 3, "note": "Rain."}, ""),
        (None, 1, {"lonely": 3, "note": "Rain.", "_day": "2026-10-05"}, "It is about Monday 5 October, and is saved"),
        ("2026-10-04", 1, {"lonely": 3, "note": "Rain.", "_day": "2026-10-04"}, "It is about Sunday 4 October"),
        (None, 3, {"note": "Rain."}, "It was about Monday 5 October, too long ago"),
        ("2026-10-03", 1, {"note": "Rain."}, "It was about Saturday 3 October, too long ago"),
    ],
)
def test_a_draft_of_an_earlier_day_is_not_put_in_as_today_s(
    journal: Journal, begun_about: str | None, days: int, here: dict[str, Any], says: str
) -> None:
    """It goes on for its own day while that can be; after that only her words do. Saved, it is filed under that day."""
    tired = save(desk(journal, "own-scales"), {"label": "How tired am I?"})["entry"]["entry_id"]
    answers = {"lonely": 3, f"own-{tired}": 9, "note": "Rain.", "_day": begun_about}
    desk(journal, "check-in").handle({"do": "draft", "answers": answers, "writer": "one"})
    days_pass(journal, days)
    at = desk(journal, "check-in")
    draft = at.state()["draft"]
    given = {item: answer for item, answer in draft["answers"].items() if answer is not None}
    assert given == here | ({f"own-{tired}": 9} if "lonely" in here else {})
    assert draft["remark"].startswith(says)
    assert bool(draft["remark"]) == bool(says)
    if "lonely" in here:
        save(at, draft["answers"])
        [day] = journal.table("checkins")["local_date"]
        assert day == pd.Timestamp(begun_about or "2026-10-05")


def test_own_scales_are_asked_renamed_and_retired_without_losing_a_value(journal: Journal) -> None:
    """Values belong to the scale, whatever it is called and whether it is asked or not."""
    scales = desk(journal, "own-scales")
    tired, calm = (save(scales, {"label": label})["entry"]["entry_id"] for label in ("How tired?", "How calm?"))
    first = check_in(journal, **{f"own-{tired}": 8, f"own-{calm}": 2})["entry"]
    save(scales, {"label": "How worn out?"}, tired, 1)
    save(scales, {"label": "How calm?", "state": "retired"}, calm, 1)
    asked = [i for i in desk(journal, "check-in").spec()["items"] if i["id"].startswith("own-")]
    assert [(i["id"], i["ask"]) for i in asked] == [(f"own-{tired}", "How worn out?")]
    check_in(journal, **{f"own-{tired}": 5})
    at = desk(journal, "check-in")
    save(at, SCALES | {f"own-{tired}": 7}, first["entry_id"], 1)
    values = journal.table("own_answers")
    assert sorted(zip(values["scale"], values["asked"], values["value"], strict=True)) == sorted(
        [(tired, "How worn out?", 7), (calm, "How calm?", 2), (tired, "How worn out?", 5)]
    )


def test_a_third_scale_waits_until_one_is_set_aside(journal: Journal) -> None:
    """Two are a minute; a third one would not be."""
    at = desk(journal, "own-scales")
    first = save(at, {"label": "one"})["entry"]["entry_id"]
    save(at, {"label": "two"})
    assert save(at, {"label": "three"})["error"]["faults"][0]["item"] == "state"
    save(at, {"label": "one", "state": "retired"}, first, 1)
    assert save(at, {"label": "three"})["entry"]["revision"] == 1
    assert save(at, {"label": "one", "state": "asked"}, first, 2)["error"]["faults"][0]["item"] == "state"


def test_each_new_finding_is_kept_once_with_its_version(journal: Journal) -> None:
    """From eight days on a check-in that changes the figures leaves a run; one that does not leaves none."""
    check_in_for(journal, 7)
    check_in(journal)
    runs = journal.table("pattern_runs")
    assert (runs["n_days"].tolist(), runs["stage"].tolist()) == ([8], ["summary"])
    check_in(journal, lonely=None, longing=None, distress=2)
    assert len(journal.table("pattern_runs")) == 1
    days_pass(journal, 1)
    check_in_for(journal, 10)
    check_in(journal)
    newest, found = journal.table("pattern_runs").iloc[-1], read_pattern(journal.table("checkins"))
    assert (newest["slope"], newest["lo"], newest["hi"]) == (found.slope.mean, found.slope.low, found.slope.high)
    assert (newest["code_version"], newest["claim"]) == (found.version, found.claim)


def test_a_what_if_is_kept_with_its_options_and_read_beside_the_whole(journal: Journal) -> None:
    """The main sentence stays that of all days."""
    check_in_for(journal, 20)
    whole = content("pattern", journal, Wording())
    assert save(desk(journal, "pattern"), {"options": ["weekends"]})["entry"]["revision"] == 1
    checkins = journal.table("checkins")
    weekdays = checkins.loc[checkins["local_date"].dt.day_of_week < 5]
    run = journal.table("pattern_runs").iloc[-1]
    assert run["options"] == ["weekends"]
    assert run["n_days"] == len(weekdays)
    assert content("pattern", journal, Wording()) == whole
    [section] = content("what-ifs", journal, Wording())["blocks"]
    assert [b["text"] for b in section["blocks"]] == [
        t.format(him="him") for t in (read_pattern(weekdays).least_sentence, read_pattern(weekdays).sentence)
    ]
    days_pass(journal, 1)
    assert content("what-ifs", journal, Wording())["blocks"] == []


def test_no_what_if_is_offered_before_there_is_a_pattern(journal: Journal) -> None:
    """Where a summary has too few days, there is nothing to leave out; the panel of the pattern stands either way."""
    check_in_for(journal, 7)
    assert not desk(journal, "pattern").offered
    assert content("pattern", journal, Wording())["blocks"]
    check_in_for(journal, 1)
    assert desk(journal, "pattern").offered


def test_no_figures_on_the_day_help_comes_first(journal: Journal) -> None:
    """Neither the pattern nor a what-if; the day after, both."""
    check_in_for(journal, 20)
    check_in(journal, safe_now="no")
    assert words(content("pattern", journal, Wording())).startswith("The figures rest today.")
    assert save(desk(journal, "pattern"), {"options": ["weekends"]})["error"]["faults"][0]["item"] == "options"
    days_pass(journal, 1)
    assert "least lonely days" in words(content("pattern", journal, Wording()))


@pytest.mark.parametrize("days", [0, 5, 10, 20, 30, 50])
def test_the_pattern_page_says_what_the_function_returns(journal: Journal, days: int) -> None:
    """At every stage: the sentences, every day of the figure, and the same days as a table."""
    check_in_for(journal, days)
    shown, found = content("pattern", journal, Wording()), read_pattern(journal.table("checkins"))
    for sentence in filter(None, (found.least_sentence, found.sentence)):
        assert Wording().fill(sentence) in words(shown)
    figures = [block for block in shown["blocks"] if block["kind"] == "figure"]
    assert len(figures) == (found.stage != "entries")
    for figure in figures:
        rows = [row[1:3] for row in figure["table"]["rows"] if row[1] != "no answer"]
        assert rows == [[f"{p.driver:g}", f"{p.longing:g}"] for p in found.points]


def test_a_hard_hour_makes_a_draft_that_another_day_confirms(journal: Journal) -> None:
    """It is a caution and no refusal: saved, not the branch yet, and one step from it tomorrow."""
    save(desk(journal, "safe-start"), SAFE)
    check_in(journal, distress=8)
    at = desk(journal, "decision")
    save(at, {"choice": "try", "because": "the sea"})
    assert journal.table("decisions")["draft"].tolist() == [True]
    assert at.state()["offer"] is None
    assert "Saved as a draft" in str(content("decision", journal, Wording())["blocks"])
    journal.save("boxes", {"item": "x"})
    assert journal.table("boxes")["branch_then"].tolist() == ["undecided"]
    days_pass(journal, 1)
    offer = at.state()["offer"]
    assert "Monday 5 October" in offer["text"]
    assert at.handle({"do": offer["do"], "entry_id": offer["entry_id"]})["entry"]["answers"]["choice"] == "try"
    assert journal.table("decisions")["draft"].tolist() == [True, False]
    assert journal.table("decisions")["because"].tolist() == ["the sea", "the sea"]
    assert at.state()["offer"] is None
    assert at.handle({"do": "confirm", "entry_id": offer["entry_id"]})["ok"] is False


def test_early_is_said_and_not_refused(journal: Journal) -> None:
    """Fewer than seven days of check-ins."""
    at = desk(journal, "decision")
    save(at, {"choice": "let_go"})
    check_in_for(journal, 7)
    save(at, {"choice": "not_yet"})
    assert journal.table("decisions")["early"].tolist() == [True, False]


def test_switching_is_one_save_and_stays_as_history(journal: Journal) -> None:
    """Each change is a row; what is written next carries the new branch."""
    at = desk(journal, "decision")
    for choice in ("let_go", "not_yet", "undecided", "not_yet"):
        save(at, {"choice": choice})
        days_pass(journal, 1)
    assert journal.table("decisions")["choice"].tolist() == ["let_go", "not_yet", "undecided", "not_yet"]
    journal.save("boxes", {"item": "x"})
    assert journal.table("boxes")["branch_then"].tolist() == ["not_yet"]


@pytest.mark.parametrize("closed", [True, False, None])
def test_try_is_offered_only_where_the_way_is_open(journal: Journal, closed: bool | None) -> None:
    """Closed, or not asked yet: the choice, its part of the board, its question are absent; one sentence says why."""
    if closed is not None:
        save(desk(journal, "safe-start"), SAFE | ({"was_hurt": "physical"} if closed else {}))
    board, decision = desk(journal, "board").spec(), desk(journal, "decision").spec()
    there = [code for code, _ in item(decision, "choice")["choices"]]
    assert ("try" in there) == (closed is False)
    assert there[-1] == "undecided"
    assert [code for code, _ in item(board, "way")["choices"]] == there[:-1]
    wants = [i["id"].removeprefix("wants_") for i in decision["items"] if i["id"].startswith("wants_")]
    assert wants == there[:-1]
    assert ("Try is" in board["intro"]) == (closed is True)
    before = board["beforehand"] or {}
    assert ("try is" in before.get("text", "")) == (closed is None)
    assert before.get("href", "").startswith("00-begin.ipynb#") == (closed is None)


def test_a_day_to_look_again_is_offered_and_not_filled_in(journal: Journal) -> None:
    """As an example in the hint; once a choice holds without one, its reading says how to set one."""
    asked = item(desk(journal, "decision").spec(), "review_on")
    assert asked["hint"].endswith("For example Wednesday 4 November.")
    save(desk(journal, "decision"), {"choice": "not_yet"})
    assert journal.table("decisions")["review_on"].isna().all()
    assert "No day is set for looking at it again." in words(content("decision", journal, Wording()))


def test_not_deciding_is_not_said_to_count(journal: Journal) -> None:
    """“It counts all the same” is for a choice."""
    for choice, is_told in (("undecided", False), ("let_go", True)):
        save(desk(journal, "decision"), {"choice": choice})
        assert ("This is early" in words(content("decision", journal, Wording()))) == is_told
        journal.clock.at += dt.timedelta(minutes=1)


def test_the_order_is_drawn_once_for_each_reader(tmp_path: Path) -> None:
    """The same for one journal for ever; not the same for all."""
    orders = set()
    for n in range(12):
        url = f"sqlite:///{tmp_path / f'{n}.sqlite'}"
        drawn = []
        for _ in range(2):
            journal = open_journal(url)
            if not drawn:
                save(desk(journal, "safe-start"), SAFE)
            drawn.append(tuple(code for code, _ in item(desk(journal, "board").spec(), "way")["choices"]))
            journal.close()
        assert drawn[0] == drawn[1]
        orders.add(drawn[0])
    assert len(orders) > 1


@pytest.mark.parametrize(("days", "kept"), [(6, False), (7, True), (90, True), (91, False)])
def test_the_day_to_look_again_is_one_week_to_three_months_away(journal: Journal, days: int, kept: bool) -> None:
    """Otherwise a sentence names the days there are."""
    on = (MONDAY.date() + dt.timedelta(days=days)).isoformat()
    reply = save(desk(journal, "decision"), {"choice": "not_yet", "review_on": on})
    assert len(journal.table("decisions")) == kept
    if not kept:
        message = "Choose a day from Monday 12 October to Sunday 3 January."
        assert reply["error"]["faults"] == [{"item": "review_on", "message": message}]


def test_a_reason_about_harm_brings_the_safe_start_back(journal: Journal) -> None:
    """It is offered again, and nothing about it is stored."""
    save(desk(journal, "audit"), {"reason": "The night shifts"})
    assert not [b for b in content("audit", journal, Wording())["blocks"] if b["kind"] == "link"]
    save(desk(journal, "audit"), {"reason": "He hit me once"})
    [link] = [b for b in content("audit", journal, Wording())["blocks"] if b["kind"] == "link"]
    assert link["href"] == "00-begin.ipynb"


def test_on_a_hard_day_the_friend_s_letter_is_offered(journal: Journal) -> None:
    """Only where there is one, and only that day."""
    check_in(journal, distress=7)
    assert content("check-in", journal, Wording())["blocks"] == []
    journal.save("letters", {"kind": "self", "text": "Dear you"})
    assert content("check-in", journal, Wording())["blocks"][0]["href"] == "01-what-happened.ipynb"
    days_pass(journal, 1)
    assert content("check-in", journal, Wording())["blocks"] == []


def test_memory_speaks_only_until_the_check_ins_can(journal: Journal) -> None:
    """A single remembered number gives way to eight days."""
    save(desk(journal, "love-note"), {"memory": 6})
    before = words(content("love-note", journal, Wording()))
    check_in_for(journal, 8)
    after = words(content("love-note", journal, Wording()))
    assert "may be off" in before
    assert before != after


def test_the_same_answers_saved_twice_within_a_moment_are_one_check_in(journal: Journal) -> None:
    """Here or in another window that had restored the draft: it says that they are saved, and no draft is left.
    Later, or about another day, the same answers are a new check-in.
    """
    first = check_in(journal)["entry"]
    for at in (desk(journal, "check-in"), desk(journal, "check-in")):
        at.handle({"do": "draft", "answers": SCALES, "writer": "one"})
        again = save(at, SCALES)
        assert again["already"]
        assert again["entry"] == first
        assert again["state"]["draft"] is None
        assert [entry["entry_id"] for entry in again["state"]["entries"]] == [first["entry_id"]]
    check_in(journal, _day="2026-10-04")
    journal.clock.at += dt.timedelta(minutes=11)
    check_in(journal)
    assert len(journal.table("checkins")) == 3


def test_messages_rest_for_a_week_on_every_page_that_is_about_them(journal: Journal) -> None:
    """Said with its day, on the check-in's page and on top of the later ones; a week later no more."""
    check_in(journal, safe_now="no")
    days_pass(journal, 6)
    for shown in (content("check-in", journal, Wording()), way("03-say-it-once", journal, Wording())):
        assert "Messages rest until Monday 12 October." in words(shown)
    days_pass(journal, 1)
    for shown in (content("check-in", journal, Wording()), way("03-say-it-once", journal, Wording())):
        assert "Messages rest" not in words(shown)


def test_a_draft_of_yesterday_does_not_speak_of_today(journal: Journal) -> None:
    """It names its day, and says what it waits for."""
    check_in(journal, distress=8)
    save(desk(journal, "decision"), {"choice": "not_yet"})
    assert "From tomorrow you can confirm it" in str(content("decision", journal, Wording())["blocks"])
    days_pass(journal, 1)
    later = str(content("decision", journal, Wording())["blocks"])
    assert "Saved as a draft on Monday 5 October" in later
    assert "Today" not in later


def test_resending_a_check_in_is_one_check_in(journal: Journal) -> None:
    """Its acknowledgement may be lost, also for a day back and with her own scales."""
    tired = save(desk(journal, "own-scales"), {"label": "How tired?"})["entry"]["entry_id"]
    entry, answers = str(uuid4()), SCALES | {f"own-{tired}": 4, "_day": "2026-10-04", "safe_now": "no"}
    at = desk(journal, "check-in")
    first, second = (save(at, answers, entry) for _ in range(2))
    assert first["entry"] == second["entry"]
    assert len(journal.history("checkins")) == 1
