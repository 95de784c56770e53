"""5.1 on the page: the log, and the light, which says what the pure function returns."""

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from tests.pages.his_terms import IN, NOON, OUT, choose, journal, lamp, log, open_way, shown
from tests.pages.test_desk import SAFE, desk, save
from tests.pages.test_lonely_or_love import check_in, days_pass, words
from widgets.catalogue import Wording
from widgets.journal import Journal
from widgets.pages.pace import asked_with, light_now
from widgets.pages.shows import plain
from widgets.pages.shows.his_terms import RULE_NAMES
from widgets.readings.pace import light, sentence
from widgets.readings.pace.rules import RULES

__all__ = ["journal", "open_way"]  # fixtures


def test_a_line_without_a_time_is_about_now_and_its_time_stays(open_way: Journal) -> None:
    """Editing something else does not move it; a time she writes is by her own clock."""
    entry = log(open_way, **OUT)
    assert entry["answers"]["when"] == "2026-10-05T12:00"
    days_pass(open_way, 1)
    save(desk(open_way, "contact-log"), entry["answers"] | {"felt_after": -2}, entry["entry_id"], 1)
    assert open_way.table("contacts")["when"].tolist() == [pd.Timestamp("2026-10-05T11:00", tz="UTC")]
    log(open_way, **OUT, when="2026-10-06T08:30")
    assert open_way.table("contacts")["when"].iloc[1] == pd.Timestamp("2026-10-06T07:30", tz="UTC")


def test_two_lines_of_one_minute_keep_their_order(open_way: Journal) -> None:
    """The form shows minutes. His answer, logged right after her message, answers it, also once that was edited."""
    entry = log(open_way, **OUT)
    days_pass(open_way, 20 / 86400)
    log(open_way, **IN, tone="welcoming")
    assert lamp(open_way)["state"] == "nothing_against"
    save(desk(open_way, "contact-log"), entry["answers"] | {"felt_after": 2}, entry["entry_id"], 1)
    assert lamp(open_way)["state"] == "nothing_against"


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


def told(lamp: dict[str, Any]) -> str:
    """The sentences of the light as one, without the name of its rule and the note beside it."""
    return f"{lamp['title']} {lamp['texts'][0]}"


@pytest.mark.parametrize("situation", SITUATIONS)
def test_the_page_says_what_the_light_returns(journal: Journal, situation: str) -> None:
    """State, sentence and rule; the plain text beside it says the same."""
    safe_start, lines, hour = SITUATIONS[situation]
    if safe_start:
        save(desk(journal, "safe-start"), safe_start)
    choose(journal, "try")
    for line in lines:
        log(journal, **line)
    journal.clock.at = NOON.replace(hour=hour)
    tables = asked_with(journal)
    found = light(**tables)
    panel = shown(journal, "light")
    first = panel["blocks"][0]
    said = Wording().fill(sentence(found, **tables))
    assert (first["kind"], first["state"], told(first)) == ("light", found.state, said)
    rules = [text for text in first["texts"] if text.startswith("Rule ")]
    assert rules == ([f"Rule {found.rule}: {Wording().fill(RULE_NAMES[found.rule])}."] if found.rule else [])
    assert first["title"] in plain(panel)


def test_every_rule_has_a_name_to_be_told_by() -> None:
    """R10 is no rule about a state: it is that nothing here counts."""
    assert set(RULE_NAMES) == set(RULES)


@pytest.mark.parametrize(
    ("situation", "state", "title"),
    [("open", "nothing_against", "Nothing in"), ("night", "wait", "Wait."), ("he said no", "closed", "Closed.")],
)
def test_the_three_states_begin_with_their_own_word(journal: Journal, situation: str, state: str, title: str) -> None:
    """Told apart by ear: the first word is the state."""
    test_the_page_says_what_the_light_returns(journal, situation)
    assert lamp(journal)["state"] == state
    assert lamp(journal)["title"].startswith(title)


def test_at_night_an_hour_is_named_only_where_something_waits_for_it(open_way: Journal) -> None:
    """With nothing written it would read as an appointment; the gate has said so of itself all along."""
    open_way.clock.at = NOON.replace(hour=22)
    assert lamp(open_way)["title"] == "Wait."
    assert lamp(open_way)["texts"][0] == "Nothing new starts at night."
    check_in(open_way, alcohol=True)
    assert "08:00" not in plain(shown(open_way, "light"))
    log(open_way, **IN, tone="welcoming")
    assert lamp(open_way)["title"] == "Wait until Tuesday 6 October, 10:00."  # his message has an answer to come


def test_at_night_a_message_that_is_written_has_its_hour(open_way: Journal) -> None:
    save(desk(open_way, "message"), {"text": "I wish I had not ended it."})
    days_pass(open_way, 1.5)
    assert lamp(open_way)["title"] == "Wait until Wednesday 7 October, 08:00."


def test_nothing_against_is_all_it_says(open_way: Journal) -> None:
    assert lamp(open_way)["texts"] == ["That is all this says."]


def test_with_one_message_waiting_the_honest_note_stands_beside_the_rule(open_way: Journal) -> None:
    """R3: that pushing sometimes works is not hidden; the rule rests on his consent."""
    log(open_way, **OUT)
    days_pass(open_way, 1)
    assert lamp(open_way)["state"] == "closed"
    assert lamp(open_way)["texts"][-1].startswith("A small push is sometimes followed by a reunion.")


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


@pytest.mark.parametrize("choice", ["not_yet", "let_go", "undecided"])
@pytest.mark.parametrize("hour", [12, 23])
def test_a_light_that_is_not_closed_asks_nothing_of_who_did_not_choose_to_try(
    open_way: Journal, choice: str, hour: int
) -> None:
    """No lamp: by day it would read as leave, and at night “Wait until 08:00” as an hour to write at. A no is told."""
    choose(open_way, choice)
    open_way.clock.at = NOON.replace(hour=hour)
    panel = shown(open_way, "light")
    assert lamp(open_way)["state"] is None
    assert "speaks against" not in plain(panel)
    assert "Rule R" not in plain(panel)
    assert plain(panel).count("The light asks nothing of you.") == 1
    assert "Wait until" not in plain(panel)
    assert "08:00" not in plain(panel)
    log(open_way, **IN, tone="closing")
    assert lamp(open_way)["state"] == "closed"
    assert "asks nothing of you" not in plain(shown(open_way, "light"))


@pytest.mark.parametrize("choice", ["try", "let_go"])
@pytest.mark.parametrize("hour", [12, 23])
def test_while_messages_rest_that_is_what_the_light_says(open_way: Journal, choice: str, hour: int) -> None:
    """Neither the panel nor the gate's line of pace says that nothing speaks against a message; a no stays a no."""
    choose(open_way, choice)
    check_in(open_way, safe_now="no")
    open_way.clock.at = NOON.replace(hour=hour)
    panel = shown(open_way, "light")
    assert lamp(open_way)["title"] == "Messages rest until Monday 12 October."
    assert "08:00" not in plain(panel)
    assert ("The light asks nothing of you." in plain(panel)) is (choice == "let_go")
    assert "Help" in [block["link"] for block in panel["blocks"] if block["kind"] == "help"]
    assert "Nothing in your rules speaks against it." not in plain(panel) + plain(shown(open_way, "gate"))
    assert light_now(open_way)[0].state == ("nothing_against" if hour == 12 else "wait")
    log(open_way, **IN, tone="closing")
    assert lamp(open_way)["title"] == "Closed."
    assert "Messages rest until Monday 12 October, whatever the light says." in words(shown(open_way, "light"))


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
    assert "7.0 on average on the 3 days with a check-in that were days of contact or the day after" in words(panel)
    assert panel["cannot_tell"].startswith("Whether contact is why.")
