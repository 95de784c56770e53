"""5.3, 5.4 and 5.5 on the page: the pull to write, a day for looking again, letting go."""

import pandas as pd
import pytest

from tests.pages.his_terms import choose, journal, open_way, shown
from tests.pages.test_desk import SAFE, desk, save
from tests.pages.test_lonely_or_love import days_pass, item, words
from widgets.journal import Journal
from widgets.pages.shows import plain

__all__ = ["journal", "open_way"]  # fixtures


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
    assert link["href"] == "02-lonely-or-love.ipynb#exercise-decision"
    assert not any(mark in plain(panel) for mark in "→↑↓%")


def test_a_look_uses_the_day_up_and_what_she_wrote_stays(open_way: Journal) -> None:
    choose(open_way, "not_yet", review_on="2026-10-12")
    days_pass(open_way, 8)
    assert [i["id"] for i in desk(open_way, "review").spec()["items"]] == ["seen_now"]
    save(desk(open_way, "review"), {"seen_now": "It is quieter."})
    at = desk(open_way, "review")
    assert at.offered is False
    assert [e["answers"]["seen_now"] for e in at.state()["entries"]] == ["It is quieter."]


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
