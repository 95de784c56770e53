"""Section 3 between its forms and the journal: who may write a message, what holds it back, what is kept of it."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from tests.pages.test_desk import CATALOGUE, desk, save
from tests.pages.test_lonely_or_love import Movable, days_pass
from widgets.catalogue import Wording
from widgets.journal import Journal, open_journal
from widgets.pages.desk import Desk
from widgets.pages.page import Page
from widgets.pages.shows import content
from widgets.readings.message import review
from widgets.readings.message.rules import rules
from widgets.readings.readiness import gate

EVENING = dt.datetime(2026, 11, 20, 18, 30, tzinfo=ZoneInfo("Europe/London"))
GOOD = "I wish I had not ended it. It was my mistake, and I am sorry that I hurt you. You need not answer."
HARD = f"{GOOD} You made me do it 🙂. Answer by Sunday."
REASON = "I have thought about this for three weeks, and I know why."
OPEN = {"contact_wish": "none_said", "route_closed": False}


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = open_journal(f"sqlite:///{tmp_path / 'journal.sqlite'}")
    opened.clock = Movable(EVENING - dt.timedelta(days=20))
    yield opened
    opened.close()


def ready(journal: Journal, **calm: Any) -> None:
    """Twenty days of calm check-ins and a choice to try, up to EVENING, and two cards filled."""
    journal.save("safety", OPEN)
    for _ in range(20):
        journal.save("checkins", {"lonely": 4, "longing": 5, "distress": 3})
        if len(journal.entries("checkins")) == 6:
            journal.save("decisions", {"choice": "try", "draft": False})
        days_pass(journal, 1)
    for reply in ("silence", "clear_no"):
        journal.save("replies", {"reply": reply, "if_then": "ring Jo", "can_bear": 8})
    steady(journal)


def steady(journal: Journal) -> None:
    journal.save("checkins", {"lonely": 3, "longing": 4, "distress": 3})
    journal.save("steadiness", {"steady_now": 7, "sober": True, "rested": True})


def write(journal: Journal, text: str = GOOD, **answers: Any) -> dict[str, Any]:
    at = desk(journal, "message")
    before = at.state()["entries"]
    reply = save(
        at, {"text": text} | answers, before[0]["entry_id"] if before else None, before[0]["revision"] if before else 0
    )
    assert reply.get("ok", True), reply
    return reply


def read_again(journal: Journal) -> dict[str, Any]:
    at = desk(journal, "message")
    return at.handle({"do": "reread", "entry_id": at.state()["entries"][0]["entry_id"]})


def passed(journal: Journal) -> None:
    """Written, left for a day, read again, on a steady evening."""
    ready(journal)
    write(journal)
    days_pass(journal, 1)
    journal.clock.at += dt.timedelta(minutes=5)
    steady(journal)
    assert read_again(journal).get("ok", True)


def found(journal: Journal) -> Any:
    """What the function says of the journal's tables."""
    return gate(
        **{name: journal.table(name) for name in ("safety", "decisions", "checkins", "steadiness", "replies")},
        drafts=journal.history("drafts"),
        contacts=None,
        now=journal.clock.now(),
    )


def panel(journal: Journal) -> dict[str, Any]:
    return content("gate", journal, Wording())


def lines(journal: Journal) -> list[dict[str, Any]]:
    return next(block["items"] for block in panel(journal)["blocks"] if block["kind"] == "gate")


def title(journal: Journal) -> str:
    return next(block["title"] for block in panel(journal)["blocks"] if block["kind"] == "light")


def copying(journal: Journal) -> Any:
    return desk(journal, "gate").state()["copy"]


# ---- for whom there is a message


def stands(journal: Journal, safety: dict[str, Any] | None, choice: str | None) -> None:
    if safety is not None:
        journal.save("safety", OPEN | safety)
    if choice:
        journal.save("decisions", {"choice": choice, "draft": False})


SAFE_START = "questions of A safe start"
ABSENT = [
    (None, "try", SAFE_START),
    ({"route_closed": True}, "try", "answered, or left open, on A safe start"),
    ({"contact_wish": "blocked", "route_closed": True, "route_reason": "blocked"}, "try", "he blocked you"),
    ({"contact_wish": "no_contact", "route_closed": True, "route_reason": "no_contact"}, "try", "no contact"),
    ({"contact_wish": "legal_order", "route_closed": True, "route_reason": "legal_order"}, "try", "an order"),
    ({"contact_wish": "asked_for_space"}, "try", "he asked for space, and named no day"),
    ({"contact_wish": "asked_for_space", "space_until": "2027-01-03"}, "try", "until Sunday 3 January 2027"),
    ({}, None, "nothing is chosen"),
    ({}, "not_yet", "not yet"),
    ({}, "let_go", "let go"),
    ({"contact_wish": "blocked", "route_closed": True, "route_reason": "blocked"}, "let_go", "he blocked you"),
]
FOR_A_MESSAGE = ("message", "replies", "steadiness", "gate")


@pytest.mark.parametrize(("safety", "choice", "why"), ABSENT)
def test_where_there_is_no_message_the_page_holds_nothing_of_it_but_one_sentence(
    journal: Journal, safety: dict[str, Any] | None, choice: str | None, why: str
) -> None:
    """Neither the spec nor the state nor the notebook's text names a thing to write; the unsent letter stands."""
    stands(journal, safety, choice)
    spec = desk(journal, "message").spec()
    assert not spec["offered"]
    assert [item["id"] for item in spec["items"]] == ["text"]
    assert not {"max_words", "about", "hint"} & set(spec["items"][0])
    page = Page("03-say-it-once", CATALOGUE, journal)
    for exercise in FOR_A_MESSAGE:
        assert not desk(journal, exercise).spec()["offered"]
        assert repr(page.exercise(exercise)) == ""
    assert content("gate", journal, Wording())["blocks"] == []
    assert content("steadiness", journal, Wording())["blocks"] == []
    shown = content("before-message", journal, Wording())
    [block] = shown["blocks"]
    assert why in block["text"]
    assert block["text"].count(".") + block["text"].endswith(":") == 1
    assert not shown["panel"]
    assert desk(journal, "unsent-letter").spec()["offered"]
    assert desk(journal, "values").spec()["offered"]


def test_where_a_message_may_be_written_nothing_stands_in_its_place(journal: Journal) -> None:
    """The whole section is there, and no sentence speaks for or against it."""
    stands(journal, {}, "try")
    assert all(desk(journal, exercise).spec()["offered"] for exercise in FOR_A_MESSAGE)
    assert content("before-message", journal, Wording())["blocks"] == []


def test_space_that_is_over_opens_the_page_again(journal: Journal) -> None:
    """On the day he named, and not before."""
    stands(journal, {"contact_wish": "asked_for_space", "space_until": "2026-11-05"}, "try")
    assert not desk(journal, "message").spec()["offered"]
    days_pass(journal, 5)
    assert desk(journal, "message").spec()["offered"]


def logged(journal: Journal, dir: str, **more: Any) -> None:
    days_pass(journal, 1)
    row = {"dir": dir, "kind": "message", "when": journal.clock.now(), "started_by": "her" if dir == "out" else "him"}
    journal.save("contacts", row | more)


def test_a_message_that_was_sent_takes_the_place_away_until_he_answers(journal: Journal) -> None:
    """R3: one message; while it has no answer there is none to write, and the light says why."""
    stands(journal, {}, "try")
    logged(journal, "out")
    assert not desk(journal, "message").spec()["offered"]
    [block] = content("before-message", journal, Wording())["blocks"]
    assert (block["link"], block["href"]) == ("The light", "05-his-terms.ipynb#reading-light")
    logged(journal, "in", tone="welcoming", started_by="her")
    assert desk(journal, "message").spec()["offered"]
    logged(journal, "in", tone="closing")
    assert not desk(journal, "message").spec()["offered"]


def test_a_log_of_contact_says_too_that_he_is_with_somebody(journal: Journal) -> None:
    """What she said last counts, wherever she said it."""
    stands(journal, {"new_partner": False}, "try")
    logged(journal, "in", tone="welcoming", new_partner=True)
    assert content("before-message", journal, Wording())["blocks"][0]["kind"] == "caution"


def test_what_she_wrote_before_the_way_closed_can_still_be_read(journal: Journal) -> None:
    """Her words are hers; nothing to write with comes with them."""
    ready(journal)
    write(journal, meant=[{"kind": "blame", "phrase": "You"}], parts=["regret"])
    stands(journal, {"contact_wish": "blocked", "route_closed": True, "route_reason": "blocked"}, None)
    state = desk(journal, "message").state()
    assert [entry["answers"] for entry in state["entries"]] == [{"text": GOOD}]
    assert (state["offer"], state["versions"]) == (None, 0)


def test_where_he_is_with_somebody_the_page_says_so_and_leaves_one_part_out(journal: Journal) -> None:
    """C6: a message may burden two people; what could be set right between them is not among the parts."""
    stands(journal, {"new_partner": True}, "try")
    parts = next(item for item in desk(journal, "message").spec()["items"] if item["id"] == "parts")
    assert "set_right" not in [code for code, _ in parts["choices"]]
    [block] = content("before-message", journal, Wording())["blocks"]
    assert block["kind"] == "caution"
    assert "two people" in block["text"]
    stands(journal, {"new_partner": False}, None)
    assert content("before-message", journal, Wording())["blocks"] == []


# ---- the message


def test_the_hints_are_what_the_review_finds(journal: Journal) -> None:
    """Every caution, no other, with its phrase; places as a browser counts them."""
    stands(journal, {}, "try")
    hints = desk(journal, "message").handle({"do": "review", "text": HARD})
    said = [(m["kind"], p["phrase"], m["asks"]) for p in hints["places"] for m in p["matters"]]
    assert sorted(said) == sorted((c.kind, HARD[c.start : c.end], c.why) for c in review(HARD).cautions)
    as_browser = HARD.encode("utf-16-le")
    for place in hints["places"]:
        assert as_browser[2 * place["start"] : 2 * place["end"]].decode("utf-16-le") == place["phrase"]
    assert {m["kind"] for p in hints["places"] for m in p["matters"] if not m["can_mean"]} == {"ultimatum"}
    assert hints["says"].count(";") + 1 == len(review(HARD).present)
    assert desk(journal, "message").handle({"do": "review", "text": ""})["places"] == []
    assert desk(journal, "message").handle({"do": "review", "text": "half \ud83d of a sign"})["places"] == []


def test_wording_about_not_living_calls_for_help_and_leaves_no_trace(journal: Journal) -> None:
    """While she writes and when she saves; no column says what it was."""
    ready(journal)
    text = f"{GOOD} I do not want to live any more."
    hints = desk(journal, "message").handle({"do": "review", "text": text})
    assert hints["help"]
    assert hints["places"][0]["matters"][0]["kind"] == "crisis"
    assert write(journal, text)["help"]
    row = journal.table("drafts").iloc[0]
    assert row["flags"] == []
    assert not any("crisis" in str(value) for value in row)
    assert "Something in it sounds as if living itself is hard now." in next(
        line["text"] for line in lines(journal) if line["name"] == "The words"
    )


def test_in_a_phrase_about_not_living_nothing_else_is_asked(journal: Journal) -> None:
    """No button stands under it, whatever else the phrase could be."""
    stands(journal, {}, "try")
    [place] = desk(journal, "message").handle({"do": "review", "text": "I want to die without you."})["places"]
    assert [(m["kind"], m["can_mean"]) for m in place["matters"]] == [("crisis", False)]


def test_beside_the_text_and_in_the_gate_a_matter_has_one_name(journal: Journal) -> None:
    """The names of data/wording; the labels of the columns are the same."""
    labels = CATALOGUE.exercise("message").item("meant").items[0].choices
    assert {kind: label.lower() for kind, label in labels.items()} == rules().names
    ready(journal)
    write(journal, f"{GOOD} You made me do it.")
    hints = desk(journal, "message").handle({"do": "review", "text": f"{GOOD} You made me do it."})
    [name] = [m["name"] for p in hints["places"] for m in p["matters"]]
    line = next(line for line in lines(journal) if line["name"] == "The words")
    assert f"To read once more: {name.lower()}." in line["text"]


def test_every_line_that_she_can_change_leads_to_where(journal: Journal) -> None:
    """The exercise by its title, on this page or another."""
    stands(journal, {}, "try")
    leads = {line["name"]: [(one["link"], one["href"]) for one in line["links"]] for line in lines(journal)}
    assert ("Six replies", "03-say-it-once.ipynb#exercise-replies") in leads["What may come back"]
    assert ("Steadiness", "03-say-it-once.ipynb#exercise-steadiness") in leads["A steady hour"]
    assert "02-lonely-or-love.ipynb#exercise-check-in" in [href for _, href in leads["A steady hour"]]
    assert leads["Safety"] == []
    journal.clock.at = journal.clock.at.replace(hour=22)
    night = next(line["links"] for line in lines(journal) if line["name"] == "A steady hour")
    assert "07-share.ipynb#reminders" in [one["href"] for one in night]


def test_beside_the_text_its_count_its_fingerprint_and_what_she_means_are_kept(journal: Journal) -> None:
    """A kind counts as confirmed once all its phrases are meant; a phrase that is gone is meant no more."""
    ready(journal)
    blame = {"kind": "blame", "phrase": "You made me do it"}
    write(journal, HARD, meant=[blame, {"kind": "ultimatum", "phrase": "Answer by Sunday"}])
    row = journal.table("drafts").iloc[0]
    assert (row["word_count"], len(row["sha256"])) == (len(HARD.split()), 64)
    assert set(row["flags"]) == {c.kind for c in review(HARD).cautions}
    assert row["confirmed"] == ["blame"]
    write(journal, meant=[blame])
    row = journal.table("drafts").iloc[0]
    assert (row["flags"], row["confirmed"]) == ([], [])
    assert journal.table("meant_phrases").empty


def test_more_than_two_hundred_words_are_kept_and_the_gate_says_so(journal: Journal) -> None:
    """Two hundred are advice; the letters that fit are not."""
    passed(journal)
    write(journal, f"{GOOD} {'word ' * 200}")
    days_pass(journal, 1.01)
    steady(journal)
    read_again(journal)
    line = next(line for line in lines(journal) if line["name"] == "The words")
    assert "It has 223 words; up to 200 are easy to read." in line["text"]
    assert save(desk(journal, "gate"), {"overrides": ["g4"], "override_reason": REASON}).get("ok", True)
    assert copying(journal) is not None
    [fault] = save(desk(journal, "message"), {"text": "word " * 601}, *_seen(journal))["error"]["faults"]
    assert "3000 fit here" in fault["message"]


def test_ticks_belong_to_the_text_they_were_set_at(journal: Journal) -> None:
    """Of a rewrite nothing is ticked, the form says why, and the earlier version keeps its ticks."""
    stands(journal, {}, "try")
    write(journal, GOOD, parts=["regret", "mistake", "hurt"])
    write(journal, f"{GOOD} Truly.", parts=["regret", "mistake", "hurt"])
    assert journal.table("drafts").iloc[0]["parts"] == ["regret", "mistake", "hurt"]
    assert _asked_again(journal) == {}
    write(journal, "Hi.", parts=["regret", "mistake", "hurt"])
    assert desk(journal, "message").state()["entries"][0]["answers"]["parts"] is None
    assert list(_asked_again(journal)) == ["parts"]
    assert [row for row in journal.history("drafts")["parts"] if isinstance(row, list)] != []
    write(journal, "Hi.", parts=["regret", "mistake", "hurt"])
    assert journal.table("drafts").iloc[0]["parts"] == ["regret", "mistake", "hurt"]
    assert _asked_again(journal) == {}


def _asked_again(journal: Journal) -> dict[str, str]:
    asked: dict[str, str] = desk(journal, "message").state()["entries"][0]["asked_again"]
    return asked


def test_a_text_changed_little_by_little_is_a_rewrite_in_the_end(journal: Journal) -> None:
    """Measured at the text that was ticked, not at the one before."""
    stands(journal, {}, "try")
    for text in ("one two three four", "one two three new", "one two newer new"):
        write(journal, text, parts=["regret"])
        assert journal.table("drafts").iloc[0]["parts"] == ["regret"]
    write(journal, "one newest newer new", parts=["regret"])
    assert pd.isna(journal.table("drafts").iloc[0]["parts"])


def _seen(journal: Journal) -> tuple[str, int]:
    entry = desk(journal, "message").state()["entries"][0]
    return entry["entry_id"], entry["revision"]


def test_every_earlier_version_can_be_looked_at_and_brought_back(journal: Journal) -> None:
    """Newest first, each text once, ticks are no version; bringing one back keeps what stood there."""
    ready(journal)
    for text in ("One.", "Two.", "One.", "Three."):
        write(journal, text)
    write(journal, "Three.", parts=["regret"])
    at = desk(journal, "message")
    versions = at.handle({"do": "versions"})["versions"]
    assert [v["text"] for v in versions] == ["One.", "Two."]
    assert at.state()["versions"] == 2
    reply = at.handle({"do": "restore", "entry_id": _seen(journal)[0], "revision": versions[1]["revision"]})
    assert reply["state"]["entries"][0]["answers"]["text"] == "Two."
    assert [v["text"] for v in at.handle({"do": "versions"})["versions"]] == ["Three.", "One."]


def test_what_matters_to_her_stands_above_the_draft(journal: Journal) -> None:
    """In her words, never filled."""
    stands(journal, {}, "try")
    assert desk(journal, "message").spec()["said"] is None
    save(desk(journal, "values"), {"value": "listening", "why": "With {him} on Tuesday."})
    said = desk(journal, "message").spec()["said"]
    assert said == {"label": "What matters to you: listening to the end.", "text": "With {him} on Tuesday."}
    assert "said" not in desk(journal, "unsent-letter").spec()


@pytest.mark.parametrize(("safety", "choice"), [({}, "let_go"), ({}, "not_yet"), ({"route_closed": True}, None)])
def test_where_there_is_no_message_it_stands_above_the_letter(journal: Journal, safety: Any, choice: Any) -> None:
    """3.2 says that it will stand above what she writes: in every way."""
    stands(journal, safety, choice)
    assert desk(journal, "unsent-letter").spec()["said"] is None
    save(desk(journal, "values"), {"value": "listening"})
    assert desk(journal, "unsent-letter").spec()["said"]["label"] == "What matters to you: listening to the end."


def test_where_no_message_may_be_written_its_hour_is_that_of_the_pull(journal: Journal) -> None:
    """Under “When, and what then” something stands for every reader."""
    for safety, choice in ((None, None), (OPEN, "let_go"), ({"route_closed": True}, "not_yet")):
        days_pass(journal, 1)
        stands(journal, safety, choice)
        [block] = content("the-pull", journal, Wording())["blocks"]
        assert block["href"] == "05-his-terms.ipynb#exercise-urge-pause"
    days_pass(journal, 1)
    stands(journal, OPEN, "try")
    assert content("the-pull", journal, Wording())["blocks"] == []


# ---- a night between


def test_reading_again_is_offered_the_morning_after_and_recorded_with_the_fingerprint(journal: Journal) -> None:
    """Not at midnight; once it is read the offer is gone, and a new edit asks for it anew."""
    ready(journal)
    write(journal)
    at = desk(journal, "message")
    for hour, offered in ((23, False), (24 + 4, False), (24 + 5, True), (24 + 9, True)):
        journal.clock.at = EVENING.replace(hour=0, minute=0) + dt.timedelta(hours=hour)
        assert (at.state()["offer"] is not None) == offered, hour
    reply = read_again(journal)
    assert reply["entry"]["revision"] == 2
    assert reply["state"]["offer"] is None
    row = journal.table("drafts").iloc[0]
    assert row["reread_sha256"] == row["sha256"]
    assert row["reread_utc"] == pd.Timestamp(journal.clock.now()).tz_convert("UTC").floor("us")
    assert not read_again(journal)["ok"]
    write(journal, GOOD + " Truly.")
    assert pd.isna(journal.table("drafts").iloc[0]["reread_utc"])
    assert at.state()["offer"] is None


def test_a_tick_after_reading_again_is_no_edit(journal: Journal) -> None:
    """Only words close it again."""
    passed(journal)
    assert title(journal) == "Nothing speaks against it."
    write(journal, parts=["regret", "mistake", "hurt"])
    assert title(journal) == "Nothing speaks against it."


def test_a_version_that_is_brought_back_counts_as_written_now(journal: Journal) -> None:
    """Although it had been read again once, on its own day."""
    passed(journal)
    write(journal, GOOD + " Truly.")
    [first, *_] = desk(journal, "message").handle({"do": "versions"})["versions"]
    desk(journal, "message").handle({"do": "restore", "entry_id": _seen(journal)[0], "revision": first["revision"]})
    assert journal.table("drafts").iloc[0]["text"] == GOOD
    assert title(journal).startswith("Wait until")
    assert copying(journal) is None


# ---- the gate


def test_the_page_shows_what_the_gate_returns(journal: Journal) -> None:
    """On every step of a message's way: each line, each reason, the result, G1 to G7."""
    steps: list[Any] = [
        lambda: None,
        lambda: write(journal, HARD),
        lambda: write(journal),
        lambda: days_pass(journal, 1.01),
        lambda: read_again(journal),
        lambda: steady(journal),
        lambda: journal.save("checkins", {"distress": 9}),
    ]
    ready(journal)
    results = []
    for step in steps:
        step()
        expected = found(journal)
        assert [line["text"] for line in lines(journal)] == [Wording().fill(item.why) for item in expected.items]
        assert [line["stands"] == "holds" for line in lines(journal)] == [item.holds for item in expected.items]
        assert (title(journal) == "Nothing speaks against it.") == (expected.result == "nothing_against")
        assert (copying(journal) is not None) == (expected.result == "nothing_against")
        results.append(expected.result)
    assert results == ["wait"] * 5 + ["nothing_against", "wait"]


def test_passing_says_what_it_means_and_what_it_does_not(journal: Journal) -> None:
    """That is all this says; no advice, nothing about him, and it ends with the next word."""
    passed(journal)
    assert "That is all this says." in panel(journal)["blocks"][0]["texts"]
    assert "no advice to send it" in panel(journal)["cannot_tell"]
    write(journal, GOOD + " Truly.")
    assert title(journal) == "Wait until Sunday 22 November, 18:35 at the earliest."
    assert copying(journal) is None


def test_copying_hands_over_the_saved_text_and_keeps_what_it_rested_on(journal: Journal) -> None:
    """The run names every entry of every item; each of them is in the journal."""
    passed(journal)
    reply = desk(journal, "gate").handle({"do": "copy"})
    assert reply["text"] == GOOD
    run = journal.table("gate_runs").iloc[-1]
    assert (run["result"], run["copied"]) == ("nothing_against", True)
    assert run[[f"g{n}" for n in range(1, 8)]].all()
    assert run["sha256"] == journal.table("drafts").iloc[0]["sha256"]
    relied = journal.table("gate_run_entries")
    assert set(relied["entry_id"]) == {run["entry_id"]}
    named = {(item.id.lower(), entry) for item in found(journal).items for entry in item.entries}
    assert set(zip(relied["item"], relied["entry"], strict=True)) == named
    tables = ("safety", "decisions", "checkins", "steadiness", "drafts", "replies")
    known = {entry.entry_id for table in tables for entry in journal.entries(table)}
    assert {entry for _, entry in named} <= known


def test_after_a_copy_both_pages_ask_once_until_the_log_says_that_it_left(journal: Journal) -> None:
    """In the gate and above the log; the light does not depend on it."""
    asked = "You copied the message on Saturday 21 November. If it reached him, it belongs in the log:"

    def says(name: str) -> list[bool]:
        blocks = content(name, journal, Wording())["blocks"]
        hrefs = [block["href"] for block in blocks if block.get("text") == asked]
        return [href.endswith("#exercise-contact-log") for href in hrefs]

    passed(journal)
    assert (says("gate"), says("contact-log")) == ([], [])
    desk(journal, "gate").handle({"do": "copy"})
    days_pass(journal, 10)
    assert (says("gate"), says("contact-log")) == ([True], [True])
    logged(journal, "out")
    assert says("contact-log") == []


def test_nothing_is_copied_once_the_hour_has_gone_or_words_are_unsaved(journal: Journal) -> None:
    """The page may have stood open; the gate is asked at the press."""
    passed(journal)
    at = desk(journal, "gate")
    desk(journal, "message").handle({"do": "draft", "answers": {"text": GOOD + " Please"}, "writer": "w"})
    refused = at.handle({"do": "copy"})
    assert (refused["text"], refused["told"]) == (
        None,
        "The message has words that are not saved. Once they are, this is looked at again.",
    )
    desk(journal, "message").handle({"do": "drop-draft"})
    journal.clock.at = journal.clock.at.replace(hour=21, minute=0)
    assert at.handle({"do": "copy"})["text"] is None
    assert at.state()["copy"] is None
    assert journal.table("gate_runs").empty


def test_a_look_is_kept_at_any_state_and_shown_with_its_day(journal: Journal) -> None:
    """What did not hold is named; the day and the hour are hers."""
    ready(journal)
    write(journal, HARD)
    save(desk(journal, "gate"), {})
    run = journal.table("gate_runs").iloc[0]
    assert (run["result"], run["g4"], run["g6"]) == ("wait", False, False)
    assert run["until"] == pd.Timestamp(EVENING + dt.timedelta(days=1))
    table = panel(journal)["blocks"][-1]
    assert table["rows"] == [["Friday 20 November, 18:30", "wait", "the words; a night between; the pace"]]


def test_what_is_soft_can_be_set_aside_with_a_reason_that_is_kept(journal: Journal) -> None:
    """Asked only where nothing hard is in the way; forty letters; until midnight, or the next word."""
    passed(journal)
    journal.save("checkins", {"distress": 5})  # G3, soft: today more than 4
    at = desk(journal, "gate")
    asked = {item["id"]: item for item in at.spec()["items"]}
    assert [code for code, _ in asked["overrides"]["choices"]] == ["g3"]
    [fault] = save(at, {"overrides": ["g3"], "override_reason": "x" * 39})["error"]["faults"]
    assert fault["item"] == "override_reason"
    assert copying(journal) is None
    assert save(at, {"overrides": ["g3"], "override_reason": REASON})["entry"]["answers"]["result"] == "nothing_against"
    assert title(journal) == "Nothing speaks against it."
    line = next(line for line in lines(journal) if line["name"] == "A steady hour")
    assert (line["stands"], line["hers"]) == ("not yet, set aside for today", REASON)
    assert [item["id"] for item in at.spec()["items"]] == []
    assert copying(journal) is not None
    kept = journal.table("gate_runs").iloc[-1]
    assert (kept["overrides"], kept["override_reason"], kept["g3"]) == (["g3"], REASON, False)
    journal.clock.at += dt.timedelta(minutes=1)
    journal.save("steadiness", {"sober": False})  # hard
    assert copying(journal) is None


def test_no_reason_opens_what_is_hard(journal: Journal) -> None:
    """Neither asked for nor taken."""
    ready(journal)
    write(journal)
    at = desk(journal, "gate")
    assert at.spec()["items"] == []
    faults = save(at, {"overrides": ["g6"], "override_reason": REASON})["error"]["faults"]
    assert "a night between" in next(fault["message"] for fault in faults if fault["item"] == "overrides")
    assert journal.table("gate_runs").empty


def test_after_not_being_safe_messages_rest_and_the_gate_is_closed(journal: Journal) -> None:
    """G1: seven days, with the day named; the draft stays, nothing can be copied."""
    passed(journal)
    save(desk(journal, "check-in"), {"distress": 3, "safe_now": "unsure", "keep_safe": False})
    assert title(journal).startswith("Closed until Saturday 28 November")
    assert lines(journal)[0]["state"] == "closed"
    assert copying(journal) is None
    assert desk(journal, "message").state()["entries"][0]["answers"]["text"] == GOOD


def test_the_gate_is_out_of_sight_while_the_message_is_being_changed(journal: Journal) -> None:
    """It is about what is saved."""
    ready(journal)
    assert panel(journal)["hide_while"]["exercise"] == "message"


# ---- steadiness and replies


def test_a_no_is_a_good_answer_and_shows_what_else_there_is(journal: Journal) -> None:
    """3.1: the parts as she said them, then the letter to herself."""
    ready(journal)
    shown = content("steadiness", journal, Wording())
    assert shown["blocks"][0]["text"] == "You said, today: steady 7 of 10, sober, rested."
    assert [block["kind"] for block in shown["blocks"]] == ["text", "text"]
    save(desk(journal, "steadiness"), {"rested": False})
    shown = content("steadiness", journal, Wording())
    assert shown["blocks"][0]["text"] == "You said, today: not rested."
    assert ("link", "01-what-happened.ipynb") in [(b["kind"], b.get("href")) for b in shown["blocks"]]


def test_a_card_that_another_window_has_filled_is_not_written_twice(journal: Journal) -> None:
    """Both versions are kept; each reply has one card."""
    stands(journal, {}, "try")
    first = save(desk(journal, "replies"), {"reply": "silence", "if_then": "ring Jo"})
    refused = save(desk(journal, "replies"), {"reply": "silence", "if_then": "walk"})["error"]
    assert (refused["kind"], refused["entry"]["entry_id"]) == ("elsewhere", first["entry"]["entry_id"])
    assert "entry" in save(desk(journal, "replies"), {"reply": "clear_no", "if_then": "walk"})
    assert len(journal.table("replies")) == 2


# ---- the letter that is not sent


def letter(journal: Journal, text: str = "Dear you.", **answers: Any) -> Any:
    return save(desk(journal, "unsent-letter"), {"text": text} | answers)["entry"]


def in_file(journal: Journal, words: bytes) -> bool:
    folder = Path(journal.place).parent
    return any(words in path.read_bytes() for path in folder.iterdir() if "shm" not in path.name)


def test_of_a_letter_that_is_put_away_nothing_is_shown_before_its_day(journal: Journal) -> None:
    """Not in the form, the reply to the save, the notebook's text or its table; on its day it is there."""
    sent = letter(journal, "Zanzibar.", fate="seal", sealed_until="2026-11-10")
    assert (sent["answers"], sent["closed"]) == ({}, "Put away until Tuesday 10 November.")
    page = Page("03-say-it-once", CATALOGUE, journal)
    journal.mark_as_sample()
    assert "Zanzibar" not in str(desk(journal, "unsent-letter").state())
    assert "Zanzibar" not in repr(page.exercise("unsent-letter"))
    assert "Put away until Tuesday 10 November." in repr(page.exercise("unsent-letter"))
    assert page.table("letters")["text"].isna().all()
    refused = save(desk(journal, "unsent-letter"), {"text": "other"}, sent["entry_id"], 1)
    assert refused["error"]["faults"][0]["item"] == "text"
    days_pass(journal, 10)
    [entry] = desk(journal, "unsent-letter").state()["entries"]
    assert (entry["closed"], entry["answers"]["text"], entry["answers"]["fate"]) == ("", "Zanzibar.", None)
    assert entry["note"] == "Put away until Tuesday 10 November; open now."
    assert page.table("letters")["text"].tolist() == ["Zanzibar."]
    assert "entry" in save(desk(journal, "unsent-letter"), entry["answers"], entry["entry_id"], 1)


def test_a_day_is_needed_to_put_a_letter_away(journal: Journal) -> None:
    """From tomorrow on."""
    for until in (None, "2026-10-31", "2026-10-30"):
        reply = save(desk(journal, "unsent-letter"), {"text": "x", "fate": "seal", "sealed_until": until})
        assert [fault["item"] for fault in reply["error"]["faults"]] == ["sealed_until"]


def test_destroying_really_erases(journal: Journal) -> None:
    """A draft that was never saved, a kept letter with its versions, one unread: gone from the bytes of the file."""
    at = desk(journal, "unsent-letter")
    at.handle({"do": "draft", "answers": {"text": "Quagga draft", "fate": "destroy"}, "writer": "w"})
    assert in_file(journal, b"Quagga")
    reply = at.handle({"do": "erase", "entry_id": "new", "answers": {"text": "Quagga draft", "fate": "destroy"}})
    assert reply["told"] == "Destroyed. It is in no version and in no draft of your file."
    assert not in_file(journal, b"Quagga")
    kept = letter(journal, "Okapi one")
    save(at, {"text": "Okapi two", "fate": "seal", "sealed_until": "2026-12-24"}, kept["entry_id"], 1)
    assert at.handle({"do": "erase", "entry_id": kept["entry_id"], "answers": {}})["state"]["entries"] == []
    assert not in_file(journal, b"Okapi")
    assert journal.history("letters").empty


def test_destroying_one_letter_leaves_the_others_and_their_drafts(journal: Journal) -> None:
    """The letter to herself is kept in the same table."""
    friend = desk(journal, "friend-letter")
    friend.handle({"do": "draft", "answers": {"text": "Dear me"}, "writer": "w"})
    first, second = letter(journal, "One"), letter(journal, "Two")
    desk(journal, "unsent-letter").handle({"do": "erase", "entry_id": first["entry_id"], "answers": {}})
    assert friend.state()["draft"]["answers"]["text"] == "Dear me"
    assert [entry.entry_id for entry in journal.entries("letters")] == [second["entry_id"]]


def test_backups_that_still_hold_a_letter_are_named(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not said to be gone where it is not; of a draft nobody can tell, and that is said."""
    monkeypatch.setenv("WORKBOOK_BACKUPS", str(tmp_path / "backups"))
    kept = letter(journal, "Okapi")
    journal.backup()
    at = desk(journal, "unsent-letter")
    told = at.handle({"do": "erase", "entry_id": kept["entry_id"], "answers": {}})["told"]
    assert told.endswith(f"1 backup made before still holds it, in {tmp_path / 'backups'}.")
    told = at.handle({"do": "erase", "entry_id": "never saved", "answers": {}})["told"]
    assert told.endswith("A backup that was made while you wrote may still hold it as a draft.")


def test_a_letter_about_not_living_calls_for_help_also_when_it_is_destroyed(journal: Journal) -> None:
    """Nothing is stored about it."""
    at: Desk = desk(journal, "unsent-letter")
    reply = at.handle({"do": "erase", "entry_id": "new", "answers": {"text": "I want to die"}})
    assert reply["help"]
    assert not in_file(journal, b"want to die")
