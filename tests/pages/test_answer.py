"""5.2 on the page: an answer read once more, and what the log and the light make of it."""

from types import SimpleNamespace
from typing import Any

import pandas as pd

from tests.pages.his_terms import IN, OUT, journal, log, open_way, shown
from tests.pages.test_desk import SAFE, desk, save
from tests.pages.test_lonely_or_love import days_pass, item, words
from widgets.journal import Journal
from widgets.pages.pace import light_now
from widgets.pages.shows.his_terms import _card

__all__ = ["journal", "open_way"]  # fixtures


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
