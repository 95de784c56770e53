"""Section 5 between its forms and the journal: the log and its light, an answer read once more, a day to look again."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from tests.pages.test_desk import SAFE, desk, save
from tests.pages.test_lonely_or_love import LONDON, Movable, days_pass, item, words
from widgets.catalogue import Wording
from widgets.journal import Journal, open_journal
from widgets.pages.pace import asked_with, light_now
from widgets.pages.shows import content, plain
from widgets.pages.shows.his_terms import RULE_NAMES, _card
from widgets.pages.way import way
from widgets.readings.pace import light, sentence
from widgets.readings.pace.rules import RULES

NOON = dt.datetime(2026, 10, 5, 12, tzinfo=LONDON)  # a Monday
OUT = {"dir": "out", "kind": "message", "started_by": "her"}
IN = {"dir": "in", "kind": "message", "started_by": "her"}


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = open_journal(f"sqlite:///{tmp_path / 'journal.sqlite'}")
    opened.clock = Movable(NOON)
    yield opened
    opened.close()


@pytest.fixture
def open_way(journal: Journal) -> Journal:
    """A journal in which nothing closes the way to a message."""
    journal.clock.at = NOON - dt.timedelta(minutes=1)
    save(desk(journal, "safe-start"), SAFE)
    choose(journal, "try")
    return journal


def log(journal: Journal, **answers: Any) -> dict[str, Any]:
    reply = save(desk(journal, "contact-log"), answers)
    assert reply.get("ok", True), reply
    return reply["entry"]


def shown(journal: Journal, name: str) -> dict[str, Any]:
    return content(name, journal, Wording())


def choose(journal: Journal, choice: str, **more: Any) -> None:
    """A choice, a minute after whatever stood before it."""
    days_pass(journal, 1 / 1440)
    journal.save("decisions", {"choice": choice, **more})


def lamp(journal: Journal) -> dict[str, Any]:
    return shown(journal, "light")["blocks"][0]


# ---- the log


def test_a_line_without_a_time_is_about_now_and_its_time_stays(open_way: Journal) -> None:
    """Editing something else does not move it; a time she writes is by her own clock."""
    entry = log(open_way, **OUT)
    assert entry["answers"]["when"] == "2026-10-05T12:00"
    days_pass(open_way, 1)
    save(desk(open_way, "contact-log"), entry["answers"] | {"felt_after": -2}, entry["entry_id"], 1)
    assert open_way.table("contacts")["when"].tolist() == [pd.Timestamp("2026-10-05T11:00", tz="UTC")]
    log(open_way, **OUT, when="2026-10-06T08:30")
    assert open_way.table("contacts")["when"].iloc[1] == pd.Timestamp("2026-10-06T07:30", tz="UTC")


def test_lines_stand_in_order_of_time_and_none_is_ahead(open_way: Journal) -> None:
    log(open_way, **OUT, when="2026-10-04T10:00")
    log(open_way, **OUT, when="2026-10-01T10:00")
    when = [entry["answers"]["when"] for entry in desk(open_way, "contact-log").state()["entries"]]
    assert when == ["2026-10-01T10:00", "2026-10-04T10:00"]
    [fault] = save(desk(open_way, "contact-log"), OUT | {"when": "2026-10-05T13:00"})["error"]["faults"]
    assert fault == {"item": "when", "message": "This has not come yet. Choose now or earlier."}


def test_only_his_lines_have_a_tone_and_only_hers_may_have_failed(open_way: Journal) -> None:
    log(open_way, **OUT, tone="closing", failed=True)
    log(open_way, **IN, tone="closing", failed=True)
    mine, his = open_way.table("contacts").to_dict("records")
    assert pd.isna(mine["tone"])
    assert pd.isna(his["failed"])
    assert (mine["failed"], his["tone"]) == (True, "closing")


def test_nothing_asks_what_he_wrote() -> None:
    """His words are his: the log has no field for them."""
    from widgets.catalogue import load_catalogue

    types = {i.id: i.type for i in load_catalogue().exercise("contact-log").items}
    assert not {"text", "long-text", "rows"} & set(types.values())


# ---- the light


SITUATIONS: dict[str, tuple[dict[str, Any] | None, list[dict[str, Any]], int]] = {
    "never answered": (None, [], 12),
    "open": (SAFE, [], 12),
    "night": (SAFE, [], 22),
    "he asked for no contact": (SAFE | {"contact_wish": "no_contact"}, [], 12),
    "he asked for space": (SAFE | {"contact_wish": "asked_for_space", "space_until": "2026-12-01"}, [], 12),
    "she fears him": (SAFE | {"fear_of_him": "yes"}, [], 12),
    "a message waits": (SAFE, [OUT | {"when": "2026-10-04T10:00"}], 12),
    "he said no": (
        SAFE,
        [OUT | {"when": "2026-10-03T10:00"}, IN | {"tone": "closing", "when": "2026-10-04T10:00"}],
        12,
    ),
    "he was polite": (
        SAFE,
        [OUT | {"when": "2026-10-03T10:00"}, IN | {"tone": "neutral", "when": "2026-10-04T10:00"}],
        12,
    ),
    "only keys": (SAFE, [OUT | {"necessary": True, "when": "2026-10-04T10:00"}], 12),
    "it never arrived": (SAFE, [OUT | {"failed": True, "when": "2026-10-04T10:00"}], 12),
}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_the_page_says_what_the_light_returns(journal: Journal, situation: str) -> None:
    """State, sentence and rule; the plain text beside it says the same."""
    safe_start, lines, hour = SITUATIONS[situation]
    if safe_start:
        save(desk(journal, "safe-start"), safe_start)
    for line in lines:
        log(journal, **line)
    journal.clock.at = NOON.replace(hour=hour)
    tables = asked_with(journal)
    found = light(**tables)
    panel = shown(journal, "light")
    first = panel["blocks"][0]
    said = Wording().fill(sentence(found, **tables))
    assert (first["kind"], first["state"], f"{first['title']} {first['text']}") == ("light", found.state, said)
    rules = [block["text"] for block in panel["blocks"] if block["kind"] == "hint"]
    assert rules == ([f"Rule {found.rule}: {Wording().fill(RULE_NAMES[found.rule])}."] if found.rule else [])
    assert said in plain(panel)


def test_every_rule_has_a_name_to_be_told_by() -> None:
    """R10 is no rule about a state: it is that nothing here counts."""
    assert set(RULE_NAMES) == set(RULES)


@pytest.mark.parametrize(
    ("situation", "state", "title"),
    [("open", "nothing_against", "Nothing in"), ("night", "wait", "Wait until"), ("he said no", "closed", "Closed.")],
)
def test_the_three_states_begin_with_their_own_word(journal: Journal, situation: str, state: str, title: str) -> None:
    """Told apart by ear: the first word is the state."""
    test_the_page_says_what_the_light_returns(journal, situation)
    assert lamp(journal)["state"] == state
    assert lamp(journal)["title"].startswith(title)


def test_nothing_against_is_all_it_says(open_way: Journal) -> None:
    assert lamp(open_way)["text"] == "That is all this says."


def test_with_one_message_waiting_the_honest_note_stands_beside_the_rule(open_way: Journal) -> None:
    """R3: that pushing sometimes works is not hidden; the rule rests on his consent."""
    log(open_way, **OUT)
    days_pass(open_way, 1)
    assert lamp(open_way)["state"] == "closed"
    assert "A small push is sometimes followed by a reunion." in words(shown(open_way, "light"))


def test_where_it_is_closed_what_stays_open_is_named_once(open_way: Journal) -> None:
    """Bad news stands alone, with what can be done; no help line for a plain no."""
    log(open_way, **IN, tone="closing")
    kinds = [block["kind"] for block in shown(open_way, "light")["blocks"]]
    assert kinds.count("link") == 1
    assert "help" not in kinds


def test_what_must_be_settled_has_its_line_only_where_something_is_shared(journal: Journal) -> None:
    """Not where an order forbids even that."""
    for shared, wish, is_told in (
        (["children"], "none_said", True),
        ([], "none_said", False),
        (["children"], "legal_order", False),
    ):
        journal.save("safety", {"contact_wish": wish, "shared_life": shared, "route_closed": wish != "none_said"})
        assert ("What has to be settled" in words(shown(journal, "light"))) is is_told


@pytest.mark.parametrize("choice", ["not_yet", "let_go"])
def test_a_light_with_nothing_against_asks_nothing_of_who_did_not_choose_to_try(open_way: Journal, choice: str) -> None:
    choose(open_way, choice)
    assert lamp(open_way)["state"] == "nothing_against"
    assert "The light asks nothing of you." in words(shown(open_way, "light"))


def test_her_own_numbers_are_stricter_or_refused(open_way: Journal) -> None:
    """The form takes none that is looser, with a sentence that says what fits; the light follows."""
    at = desk(open_way, "pacing-rules")
    faults = save(at, {"quiet_from": 23, "starts_a_week": 3, "edit_hours": 1, "opener_days": 91})["error"]["faults"]
    assert {f["item"] for f in faults} == {"quiet_from", "starts_a_week", "edit_hours", "opener_days"}
    assert faults[0]["message"] == "Write a whole number from 13 to 21, like 17."
    open_way.clock.at = NOON.replace(hour=19)
    assert lamp(open_way)["state"] == "nothing_against"
    save(at, {"quiet_from": 18})
    assert (light_now(open_way)[0].state, light_now(open_way)[0].rule) == ("wait", "R8")
    assert lamp(open_way)["state"] == "wait"


def test_there_is_nothing_to_pace_while_the_way_is_closed(journal: Journal) -> None:
    assert desk(journal, "pacing-rules").offered is False
    save(desk(journal, "safe-start"), SAFE)
    assert desk(journal, "pacing-rules").offered is True


def test_her_days_after_contact_stand_with_their_number(open_way: Journal) -> None:
    for back, distress in ((0, 8), (1, 6), (2, 7), (4, 2), (5, 2), (6, 2)):
        day = (NOON - dt.timedelta(days=back)).date()
        open_way.save("checkins", {"distress": distress}, on=day)
    log(open_way, **OUT, when="2026-10-03T10:00", necessary=True)
    log(open_way, **OUT, when="2026-10-05T10:00", necessary=True)
    panel = shown(open_way, "contact-log")
    assert "7.0 on average on the 3 days of contact or right after" in words(panel)
    assert panel["cannot_tell"].startswith("Whether contact is why.")


# ---- an answer, read once more


def read_answer(journal: Journal, line: dict[str, Any], tone: str | None, **more: Any) -> dict[str, Any]:
    answers = {"in_my_words": "Two lines", "_line": line["entry_id"], "most_cautious_reading": tone}
    return save(desk(journal, "answer"), answers | more)


def test_the_cautious_reading_is_what_the_log_says_from_then_on(open_way: Journal) -> None:
    """Both stay in the line's history; the light goes by it, and the page says so."""
    log(open_way, **OUT, when="2026-10-04T10:00")
    line = log(open_way, **IN, tone="welcoming")
    assert light_now(open_way)[0].state == "nothing_against"
    told: list[str] = []
    at = desk(open_way, "answer", told)
    save(at, {"in_my_words": "Kind, and far away", "_line": line["entry_id"], "most_cautious_reading": "closing"})
    assert set(told) == {"contacts", "readings"}
    assert open_way.table("contacts")["tone"].tolist()[-1] == "closing"
    assert open_way.history("contacts")["tone"].dropna().tolist() == ["welcoming", "closing"]
    assert (light_now(open_way)[0].state, light_now(open_way)[0].rule) == ("closed", "R5")
    assert "Read with caution: closing." in words(shown(open_way, "answer"))


def test_a_no_logged_again_as_polite_is_allowed_and_counts_as_a_no_for_two_weeks(open_way: Journal) -> None:
    """5.2: both are kept, and the page says which one counts."""
    log(open_way, **OUT, when="2026-10-04T10:00")
    line = log(open_way, **IN, tone="closing")
    read_answer(open_way, line, "neutral")
    assert open_way.table("contacts")["tone"].tolist()[-1] == "neutral"
    assert "for 14 days the stricter reading counts" in words(shown(open_way, "answer"))
    days_pass(open_way, 13.9)
    assert light_now(open_way)[0].rule == "R5"
    days_pass(open_way, 0.2)
    assert light_now(open_way)[0].rule != "R5"


def test_a_cautious_reading_is_about_a_line_of_the_log(open_way: Journal) -> None:
    """Else it would say something that no rule hears. Without such a line the question is not asked."""
    assert "most_cautious_reading" not in [i["id"] for i in desk(open_way, "answer").spec()["items"]]
    save(desk(open_way, "answer"), {"in_my_words": "Nothing came", "comes_near": "silence"})
    line = log(open_way, **IN, tone="neutral")
    refused = save(desk(open_way, "answer"), {"in_my_words": "x", "most_cautious_reading": "closing"})
    assert [f["item"] for f in refused["error"]["faults"]] == ["_line"]
    choices = item(desk(open_way, "answer").spec(), "_line")["choices"]
    assert choices == [[line["entry_id"], "Monday 5 October, 12:00: a message"]]
    assert read_answer(open_way, line, "closing")["entry"]["answers"]["_line"] == line["entry_id"]


def test_only_lines_from_him_can_be_read_and_one_read_before_stays_to_be_chosen(open_way: Journal) -> None:
    log(open_way, **OUT)
    first = log(open_way, **IN, when="2026-09-01T10:00")
    read_answer(open_way, first, "neutral")
    for day in range(20, 27):
        log(open_way, **IN, when=f"2026-09-{day}T10:00")
    chosen = [code for code, _ in item(desk(open_way, "answer").spec(), "_line")["choices"]]
    assert len(chosen) == 6
    assert first["entry_id"] in chosen


def test_what_had_to_be_settled_stays_out_of_the_light_however_it_is_read(open_way: Journal) -> None:
    line = log(open_way, **IN, tone="neutral", necessary=True)
    read_answer(open_way, line, "closing")
    assert light_now(open_way)[0].state == "nothing_against"
    assert "the light leaves it out" in words(shown(open_way, "answer"))


def test_what_he_said_he_wants_is_told_in_her_words_for_it(open_way: Journal) -> None:
    line = log(open_way, **IN, tone="neutral")
    read_answer(open_way, line, None, his_terms="“Not before {spring}.”")
    [block] = [b for b in shown(open_way, "answer")["blocks"] if b["kind"] == "said"]
    assert (block["label"], block["text"]) == ("What he said he wants:", "“Not before {spring}.”")


def test_the_card_she_wrote_for_such_a_reply_lies_open_again() -> None:
    """3.4's card, where the workbook has that page; the newest for that reply."""
    cards = pd.DataFrame({"reply": ["kind_no", "silence", "kind_no"], "if_then": ["first", "other", "I ring Jo."]})
    has_cards = SimpleNamespace(catalogue=SimpleNamespace(tables={"replies": None}), table=lambda name: cards)
    assert [block["text"] for block in _card(has_cards, "kind_no")] == ["I ring Jo."]
    assert _card(has_cards, "angry") == []
    assert _card(SimpleNamespace(catalogue=SimpleNamespace(tables={})), "kind_no") == []


def test_no_answer_is_read_where_nothing_he_does_opens_the_way(journal: Journal) -> None:
    """Closed for safety, or not answered; a plain wish of his leaves it, for he may write."""
    assert desk(journal, "answer").offered is False
    save(desk(journal, "safe-start"), SAFE | {"contact_wish": "no_contact"})
    assert desk(journal, "answer").offered is True
    journal.save("safety", {"contact_wish": "no_contact", "route_closed": True})
    assert desk(journal, "answer").offered is False


# ---- the pull to write


def test_a_pull_that_is_still_looked_at_is_not_on_the_page(journal: Journal) -> None:
    """What she answered ten minutes ago would lead her; the panel hides while she answers."""
    at = desk(journal, "urge-pause")
    entry = save(at, {"urge_now": 8})["entry"]
    assert [b["kind"] for b in shown(journal, "urge-pause")["blocks"]] == ["quiet"]
    assert shown(journal, "urge-pause")["hide_while"]["exercise"] == "urge-pause"
    days_pass(journal, 31 / 1440)
    save(desk(journal, "urge-pause"), {"urge_30": 5}, entry["entry_id"], 1)
    [figure] = [b for b in shown(journal, "urge-pause")["blocks"] if b["kind"] == "figure"]
    assert figure["table"]["rows"] == [["Monday 5 October, 12:00", "8", "no look", "5 (at 31 min)"]]


def test_five_a_day_for_three_days_name_the_people_she_can_lean_on(journal: Journal) -> None:
    """Hers first, then Help."""
    save(desk(journal, "letting-go"), {"lean_on": [{"who": "Jo", "for_what": "suppers"}]})
    for _ in range(3):
        for _ in range(5):
            journal.save("urges", {"urge_now": 7})
        days_pass(journal, 1)
    blocks = shown(journal, "urge-pause")["blocks"]
    kinds = [block["kind"] for block in blocks]
    assert kinds[:4] == ["caution", "text", "list", "help"]
    assert blocks[2]["items"] == ["Jo: suppers"]


# ---- looking again


def test_before_its_day_the_review_is_a_date_and_nothing_more(open_way: Journal) -> None:
    choose(open_way, "not_yet", review_on="2026-11-02")
    assert desk(open_way, "review").offered is False
    panel = shown(open_way, "review-day")
    assert [b["kind"] for b in panel["blocks"]] == ["quiet"]
    assert words(panel) == "The day you set for looking again is Monday 2 November."


def test_on_its_day_then_and_now_stand_side_by_side_without_a_verdict(open_way: Journal) -> None:
    """With the guesses, the signs she named, and the way to the board; nothing is chosen for her."""
    open_way.save("checkins", {"lonely": 8, "longing": 6, "distress": 7})
    choose(open_way, "not_yet", review_on="2026-11-02")
    open_way.save("premortem", {"early_sign": "{I} wait", "why": [{"reason": "I told nobody"}]})
    days_pass(open_way, 28)
    open_way.save("checkins", {"lonely": 2, "longing": 6, "distress": 0})
    panel = shown(open_way, "review-day")
    [table] = [b for b in panel["blocks"] if b["kind"] == "table"]
    assert table["head"] == ["What", "Then, Monday 5 October", "Now, Monday 2 November"]
    assert table["rows"][:3] == [
        ["Lonely", "8.0 (1 day)", "2.0 (1 day)"],
        ["Missing him", "6.0 (1 day)", "6.0 (1 day)"],
        ["How hard", "7.0 (1 day)", "0.0 (1 day)"],
    ]
    assert [b["text"] for b in panel["blocks"] if b["kind"] == "said"] == ["{I} wait"]
    [link] = [b for b in panel["blocks"] if b["kind"] == "link"]
    assert link["href"] == "02-lonely-or-love.ipynb#Decide"
    assert not any(mark in plain(panel) for mark in "→↑↓%")


def test_a_look_uses_the_day_up_and_what_she_wrote_stays(open_way: Journal) -> None:
    choose(open_way, "not_yet", review_on="2026-10-12")
    days_pass(open_way, 8)
    assert [i["id"] for i in desk(open_way, "review").spec()["items"]] == ["seen_now"]
    save(desk(open_way, "review"), {"seen_now": "It is quieter."})
    at = desk(open_way, "review")
    assert at.offered is False
    assert [e["answers"]["seen_now"] for e in at.state()["entries"]] == ["It is quieter."]


# ---- letting go


def test_putting_away_is_offered_before_deleting_and_its_day_does_not_move(journal: Journal) -> None:
    """Ninety days from the day she said so; deleting straight away is hers to say."""
    at = desk(journal, "letting-go")
    assert item(at.spec(), "put_away_first")["show_if"] == [{"item": "photos", "is": ["delete"]}]
    entry = save(at, {"photos": "delete", "put_away_first": True})["entry"]
    assert journal.table("letting_go")["put_away_until"].tolist() == [pd.Timestamp("2027-01-03")]
    days_pass(journal, 30)
    entry = save(at, {"photos": "put_away", "mute": "done"}, entry["entry_id"], 1)["entry"]
    assert journal.table("letting_go")["put_away_until"].tolist() == [pd.Timestamp("2027-01-03")]
    save(at, {"photos": "delete", "put_away_first": False}, entry["entry_id"], 2)
    assert journal.table("letting_go")["put_away_until"].isna().all()


def test_letting_go_stands_open_for_who_chose_it_and_waits_for_the_others(open_way: Journal) -> None:
    assert desk(open_way, "letting-go").spec()["core"] is False
    choose(open_way, "let_go")
    assert desk(open_way, "letting-go").spec()["core"] is True


@pytest.mark.parametrize("closed", [False, True])
def test_his_bad_sides_are_for_letting_go_only_and_have_their_price_on_them(journal: Journal, closed: bool) -> None:
    """B2: before deciding they would tilt the scale."""
    save(desk(journal, "safe-start"), SAFE | ({"contact_wish": "no_contact"} if closed else {}))
    for choice, is_offered in (("undecided", False), ("try", False), ("not_yet", False), ("let_go", True)):
        choose(journal, choice)
        assert desk(journal, "flaws").offered is is_offered
    intro = desk(journal, "flaws").spec()["intro"]
    assert "felt bad" in intro
    assert "found no difference" in intro


def test_somebody_new_in_his_life_is_said_where_a_message_is_thought_of(open_way: Journal) -> None:
    """C6: on *try*, before anything is written; not to who does not want to write."""
    log(open_way, **IN, tone="neutral", new_partner=True)
    for page in ("03-say-it-once", "05-his-terms"):
        assert "A message may burden two people" in words(way(page, open_way, Wording()))
    assert "A message may burden two people" in words(shown(open_way, "light"))
    choose(open_way, "not_yet")
    assert "burden two people" not in words(way("03-say-it-once", open_way, Wording()))
