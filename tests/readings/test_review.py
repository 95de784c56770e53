"""5.4 Review day: when it has come and when it is used up; then and now side by side."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from widgets.readings.review_day import ReviewDay, review_day
from widgets.readings.then_and_now import Side, then_and_now

LONDON = ZoneInfo("Europe/London")
NOW = dt.datetime(2026, 11, 22, 20, tzinfo=LONDON)
OPEN = pd.DataFrame({"contact_wish": ["none_said"], "route_closed": [False]})
NONE = pd.DataFrame()


def days_ago(days: float) -> pd.Timestamp:
    return pd.Timestamp(NOW).tz_convert("UTC") - pd.Timedelta(days=days)


def decided(*rows: dict[str, Any]) -> pd.DataFrame:
    """Each row: `days` ago, and what was chosen."""
    made = []
    for n, row in enumerate(rows):
        at = days_ago(row["days"])
        day = pd.Timestamp(at.tz_convert(LONDON).date())
        made.append({"entry_id": f"d{n}", "created_utc": at, "local_date": day, "choice": "try", "draft": False} | row)
    return pd.DataFrame(made, columns=["entry_id", "created_utc", "local_date", "choice", "draft", "review_on"])


def contact(days: float, direction: str, by: str, tone: str | None = None) -> dict[str, Any]:
    return {"when": days_ago(days), "dir": direction, "started_by": by, "tone": tone}


SENT = pd.DataFrame([contact(20, "out", "her")])


def found(
    contacts: pd.DataFrame = NONE, decisions: pd.DataFrame = NONE, reviews: pd.DataFrame = NONE, now: dt.datetime = NOW
) -> ReviewDay | None:
    return review_day(contacts, OPEN, now, decisions=decisions, reviews=reviews)


def looked(days: float) -> pd.DataFrame:
    return pd.DataFrame({"created_utc": [days_ago(days)]})


@pytest.mark.parametrize(("on", "is_due"), [("2026-11-21", True), ("2026-11-22", True), ("2026-11-23", False)])
def test_her_own_day_is_due_from_its_morning_on(on: str, is_due: bool) -> None:
    day = found(decisions=decided({"days": 20, "review_on": pd.Timestamp(on)}))
    assert day is not None
    assert (day.date, day.why, day.is_due) == (dt.date.fromisoformat(on), "own", is_due)
    assert day.sentence.startswith("The day you set for looking again has come:" if is_due else "The day you set for")


def test_the_day_of_the_newest_choice_counts_and_a_draft_is_no_choice() -> None:
    on = pd.Timestamp("2026-12-01")
    newer = decided({"days": 20, "review_on": pd.Timestamp("2026-11-01")}, {"days": 2, "review_on": on})
    assert found(decisions=newer).date == on.date()
    draft = decided({"days": 20, "review_on": on}, {"days": 2, "draft": True, "review_on": pd.Timestamp("2026-12-24")})
    assert found(decisions=draft).date == on.date()


def test_her_own_day_is_used_up_by_looking_on_it_or_later() -> None:
    """Looking the evening before does not count for it."""
    due = decided({"days": 20, "review_on": pd.Timestamp("2026-11-21")})
    assert found(decisions=due, reviews=looked(0.5)) is None
    assert found(decisions=due, reviews=looked(2)).is_due


def test_r4_two_weeks_after_a_message_without_an_answer() -> None:
    """A day for her own choice, and the sentence says that it is none for a second try."""
    day = found(SENT)
    assert (day.why, day.is_due, day.date) == ("R4", True, dt.date(2026, 11, 16))
    assert day.sentence == (
        "What came from you on Monday 2 November has no answer. By your rules the day for looking again has come: "
        "Monday 16 November. It is a day for your own choice, not for a second try."
    )
    ahead = found(pd.DataFrame([contact(3, "out", "her")]))
    assert (ahead.why, ahead.is_due, ahead.date) == ("R4", False, dt.date(2026, 12, 3))


@pytest.mark.parametrize("used_by", ["decision", "review"])
def test_r4_is_used_up_by_deciding_or_looking_since(used_by: str) -> None:
    """Then the next day is that of R9."""
    by = {"decisions": decided({"days": 5})} if used_by == "decision" else {"reviews": looked(5)}
    assert found(SENT, **by).why == "R9"
    early = {"decisions": decided({"days": 7})} if used_by == "decision" else {"reviews": looked(7)}
    assert found(SENT, **early).why == "R4"


def test_an_answer_ends_the_wait_of_r4() -> None:
    """Whatever its tone. Without a start of his, R9 still comes."""
    answered = pd.DataFrame([contact(20, "out", "her"), contact(18, "in", "her", "neutral")])
    assert found(answered).why == "R9"
    started = pd.DataFrame([contact(20, "out", "her"), contact(18, "in", "him", "welcoming")])
    assert found(started) is None


def test_r9_asks_for_a_decision_and_a_look_is_not_enough() -> None:
    """Ninety days after the first message without a start of his: closed until she decides again."""
    long_ago = pd.DataFrame([contact(91, "out", "her"), contact(90.5, "in", "her", "neutral")])
    assert (found(long_ago).why, found(long_ago).is_due) == ("R9", True)
    assert found(long_ago, reviews=looked(0.5)).is_due
    assert found(long_ago, decisions=decided({"days": 0.5})) is None


def test_of_several_days_the_earliest_that_has_come_is_told() -> None:
    mine = decided({"days": 30, "review_on": pd.Timestamp("2026-11-10")})
    assert found(SENT, mine).why == "own"
    assert found(SENT, decided({"days": 30, "review_on": pd.Timestamp("2026-12-10")})).why == "R4"


def test_without_a_day_and_without_a_message_there_is_none() -> None:
    assert found() is None
    assert found(decisions=decided({"days": 3})) is None


def checkins(*rows: tuple[str, int | None, int | None, int | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["local_date", "lonely", "longing", "distress"])
    made = pd.to_datetime(frame["local_date"]).dt.tz_localize("UTC")
    scales = dict.fromkeys(("lonely", "longing", "distress"), "Int64")
    return frame.astype(scales).assign(local_date=pd.to_datetime(frame["local_date"]), created_utc=made)


def sides(decisions: pd.DataFrame, lived: pd.DataFrame, **more: Any) -> dict[str, tuple[str, str]]:
    both = then_and_now(decisions, lived, more.pop("contacts", NONE), NOW, **more)
    assert both is not None
    return {side.about: (side.then, side.now) for side in both.sides}


CHOSEN = decided({"days": 20, "choice": "not_yet"})  # Monday 2 November


def test_the_week_up_to_the_choice_stands_beside_the_week_up_to_now() -> None:
    """Means over days, with their number; the eighth day back is outside, several check-ins of a day are one."""
    lived = checkins(
        ("2026-10-26", 10, 10, 10),
        ("2026-10-27", 8, 6, None),
        ("2026-11-02", 4, 8, 7),
        ("2026-11-02", 6, None, 5),
        ("2026-11-16", 0, 0, 0),
        ("2026-11-22", 1, 2, 3),
    )
    assert sides(CHOSEN, lived) == {
        "lonely": ("6.5 (2 days)", "0.5 (2 days)"),
        "missing {him}": ("7.0 (2 days)", "1.0 (2 days)"),
        "how hard": ("6.0 (1 day)", "1.5 (2 days)"),
        "missing {him} on the least lonely days so far": ("not said yet", "not said yet"),
    }


def test_what_was_not_answered_is_said_to_be_so() -> None:
    assert set(sides(CHOSEN, checkins()).values()) == {("no check-in", "no check-in"), ("not said yet", "not said yet")}


def test_the_least_lonely_days_are_those_of_the_pattern_up_to_each_day() -> None:
    """The same function as on “Lonely or love”, over the check-ins up to then and up to now."""
    first = [(f"2026-10-{day}", day % 8, day % 5, 3) for day in range(14, 32)]
    later = [(f"2026-11-{day:02}", day % 7, 0, 3) for day in range(3, 23)]
    from widgets.readings.pattern import read_pattern

    then, now = sides(CHOSEN, checkins(*first, *later))["missing {him} on the least lonely days so far"]
    for said, lived in ((then, checkins(*first)), (now, checkins(*first, *later))):
        least = read_pattern(lived).least_lonely
        assert said == f"{least.mean:.1f} ({least.n} days)"


def test_contact_and_practice_stand_there_where_there_is_any() -> None:
    contacts = pd.DataFrame([contact(30, "in", "him", "neutral"), contact(1, "out", "her")])
    weeks = pd.to_datetime(["2026-10-20", "2026-11-20", "2026-11-13", "2026-09-01"])
    practice = pd.DataFrame({"week": weeks, "chances": [4, 3, 5, 9], "taken": [0, 2, 2, None]})
    found = sides(CHOSEN, checkins(), contacts=contacts, practice=practice)
    assert found["contact in 28 days"] == (
        "none from what you started, 1 from what {he} started",
        "1 from what you started, none from what {he} started",
    )
    assert found["chances taken, in 28 days"] == ("0 of 4", "4 of 8")


def test_the_choice_of_then_is_told_and_none_for_now() -> None:
    """No arrow, no verdict: nothing but two sides, and the newest choice that is no draft."""
    both = then_and_now(pd.concat([CHOSEN, decided({"days": 1, "draft": True})]), checkins(), NONE, NOW)
    assert (both.choice, both.chosen_on, both.then, both.now) == (
        "not_yet",
        "Monday 2 November",
        "Monday 2 November",
        "Sunday 22 November",
    )
    assert [field for field in Side.__dataclass_fields__] == ["about", "then", "now"]


def test_where_nothing_was_chosen_there_is_no_then() -> None:
    assert then_and_now(NONE, checkins(), NONE, NOW) is None
    assert then_and_now(decided({"days": 1, "draft": True}), checkins(), NONE, NOW) is None
