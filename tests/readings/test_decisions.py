"""2.5 Decision: when a choice is a draft or early, what holds now, and the state she chose in."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.readings.decisions import LABELS, NO_DAY, State, read_decisions, state_now

NOW = pd.Timestamp("2026-11-22 20:00", tz="Europe/London")
TODAY = pd.Timestamp("2026-11-22")


def checkins(*rows: tuple) -> pd.DataFrame:
    """Each row: hours before NOW, distress, and what differs; the local date is that of the hour in London."""
    return pd.DataFrame([_checkin(*row) for row in rows], columns=list(_checkin(0, None))).astype(
        {"alcohol": "boolean", "late": "boolean"} | dict.fromkeys(("lonely", "longing", "distress"), "Int64")
    )


def _checkin(hours: float, distress: int | None, **other: Any) -> dict[str, Any]:
    at = NOW - pd.Timedelta(hours=hours)
    blank = {"lonely": None, "longing": None, "alcohol": None, "late": False}
    row = {"created_utc": at.tz_convert("UTC"), "local_date": pd.Timestamp(at.date()), "distress": distress}
    return row | blank | other


def with_(hours: float, distress: int | None, **other: Any) -> pd.DataFrame:
    row = _checkin(hours, distress, **other)
    return pd.DataFrame([row])


def drafts_because(*frames: pd.DataFrame, now: pd.Timestamp = NOW) -> tuple[str, ...]:
    found = state_now(pd.concat(frames), now)
    assert found.is_draft == bool(found.because)
    return found.because


@pytest.mark.parametrize(
    ("frames", "because"),
    [
        ([with_(1, 7)], ("distress",)),
        ([with_(1, 6)], ()),
        ([with_(1, 0, alcohol=True)], ("alcohol",)),
        ([with_(1, 9, alcohol=True)], ("distress", "alcohol")),
        ([with_(5, 9), with_(1, 3)], ()),
        ([with_(5, 3), with_(1, 9)], ("distress",)),
        ([with_(5, 9), with_(1, None)], ("distress",)),
        ([with_(5, 3, alcohol=True), with_(1, 3, alcohol=False)], ("alcohol",)),
        ([with_(24, 9, alcohol=True)], ()),
    ],
)
def test_the_newest_distress_and_any_alcohol_make_a_draft(frames: list, because: tuple) -> None:
    """7 is hard and 6 is not; a later calmer answer counts, one left out does not; yesterday's do not."""
    assert drafts_because(*frames) == because


@pytest.mark.parametrize(("hours", "hard"), [(12, True), (12.1, False)])
def test_an_evening_lasts_beyond_midnight(hours: float, hard: bool) -> None:
    """Twelve hours, also across the change of the date; the boundary is in."""
    morning = pd.Timestamp("2026-11-22 09:00", tz="Europe/London")
    frame = with_((NOW - morning) / pd.Timedelta(hours=1) + hours, 8)
    assert frame["local_date"].iloc[0] == TODAY - pd.Timedelta(days=1)
    assert drafts_because(frame, now=morning) == (("distress",) if hard else ())


def test_the_whole_local_day_counts_however_long_ago() -> None:
    """Her date, not that of UTC: 00:30 in Auckland is the day before there."""
    night, now = (pd.Timestamp(f"2026-11-22 {at}", tz="Pacific/Auckland") for at in ("00:30", "22:00"))
    frame = with_(1, 8, created_utc=night.tz_convert("UTC"), local_date=TODAY)
    assert drafts_because(frame, now=now) == ("distress",)


def test_a_back_dated_check_in_is_about_its_own_day() -> None:
    """Written an hour ago about yesterday, it says nothing of now; nor is it the newest of today."""
    late = with_(1, 9, local_date=TODAY - pd.Timedelta(days=1), late=True, alcohol=True)
    assert drafts_because(late) == ()
    assert drafts_because(with_(3, 8), late.assign(distress=2)) == ("distress",)


@pytest.mark.parametrize(("dates", "early"), [(0, True), (6, True), (7, False)])
def test_early_counts_local_dates(dates: int, early: bool) -> None:
    """Two check-ins of a day are one day."""
    found = state_now(checkins(*[(24 * (n // 2), 3) for n in range(2 * dates)]), NOW)
    assert (found.early, found.days) == (early, dates)


def test_no_check_ins_at_all_make_no_draft() -> None:
    """An empty frame, with or without columns, and one in which nothing is known."""
    assert state_now(pd.DataFrame(), NOW) == state_now(checkins(), NOW) == State(False, (), True, 0)
    assert state_now(pd.DataFrame({"local_date": [TODAY, None], "distress": [None, 9]}), NOW).because == ()


def decisions(*rows: tuple) -> pd.DataFrame:
    """Each row: days before TODAY, choice, and what differs; made at 20:00 in London."""
    columns = [*_decision(0, 0, ""), "because"]
    return pd.DataFrame([_decision(n, *row) for n, row in enumerate(rows)], columns=columns).astype(
        {"draft": "boolean", "early": "boolean", "review_on": "datetime64[us]"}
    )


def _decision(number: int, days: int, choice: str, other: dict | None = None) -> dict[str, Any]:
    at = NOW - pd.Timedelta(days=days)
    row = {"entry_id": f"d{number}", "created_utc": at.tz_convert("UTC"), "local_date": pd.Timestamp(at.date())}
    return row | {"choice": choice, "draft": False, "early": False, "review_on": pd.NaT} | (other or {})


DRAFT = {"draft": True}


def test_three_ways_and_none_are_told_in_one_tone() -> None:
    """Only the name of the way differs."""
    said = {c: read_decisions(decisions((7, c)), checkins(), TODAY).sentence for c in LABELS}
    assert said["not_yet"] == "For now: not yet, since Sunday 15 November."
    assert {sentence.replace(LABELS[c], "…") for c, sentence in said.items()} == {
        "For now: …, since Sunday 15 November."
    }


@pytest.mark.parametrize(
    ("rows", "branch", "since"),
    [
        ([(9, "try"), (5, "not_yet"), (3, "not_yet")], "not_yet", 5),
        ([(9, "not_yet"), (5, "try"), (3, "not_yet")], "not_yet", 3),
        ([(9, "not_yet"), (5, "try", DRAFT), (3, "not_yet")], "not_yet", 9),
        ([(9, "let_go"), (5, "try", DRAFT)], "let_go", 9),
        ([(9, "try"), (5, "undecided")], "undecided", 5),
        ([(9, "try", {"draft": None})], "try", 9),
    ],
)
def test_what_holds_is_the_newest_choice_that_is_no_draft(rows: list, branch: str, since: int) -> None:
    """Since it was last changed: choosing the same again does not restart it, and a draft does not break it."""
    found = read_decisions(decisions(*rows), checkins(), TODAY)
    assert (found.branch, found.since) == (branch, TODAY - pd.Timedelta(days=since))


def test_a_draft_alone_decides_nothing() -> None:
    """It stands in the history and waits."""
    found = read_decisions(decisions((1, "try", DRAFT)), checkins(), TODAY)
    assert (found.branch, found.since, found.sentence) == ("undecided", None, "For now: not decided.")
    assert [(change.choice, change.draft) for change in found.history] == [("try", True)]


@pytest.mark.parametrize(
    ("rows", "waiting"),
    [
        ([(2, "try", DRAFT), (1, "let_go", DRAFT)], ("d1", "let_go")),
        ([(2, "try", DRAFT), (1, "not_yet")], None),
        ([(2, "not_yet"), (1, "try", DRAFT)], ("d1", "try")),
        ([(2, "not_yet")], None),
    ],
)
def test_a_draft_waits_until_a_choice_overtakes_it(rows: list, waiting: tuple | None) -> None:
    """Of several the newest one waits, with its own day."""
    pending = read_decisions(decisions(*rows), checkins(), TODAY).pending
    assert (pending and (pending.entry_id, pending.choice)) == waiting
    if pending:
        assert pending.local_date == (TODAY - pd.Timedelta(days=1)).date()


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2026-11-23", "You want to look at it again on Monday 23 November."),
        ("2026-11-22", "The day you set for looking again has come: Sunday 22 November."),
        ("2027-01-03", "You want to look at it again on Sunday 3 January 2027."),
        (None, NO_DAY),
    ],
)
def test_the_day_to_look_again_is_that_of_the_choice_that_holds(on: str | None, said: str) -> None:
    """On the day itself it has come; without one, one can be set. A day of an earlier choice or a draft is not told."""
    elsewhere = {"review_on": pd.Timestamp("2026-11-10")}
    rows = [(9, "try", elsewhere), (5, "let_go", {"review_on": pd.Timestamp(on)}), (2, "try", DRAFT | elsewhere)]
    assert read_decisions(decisions(*rows), checkins(), TODAY).review == said


@pytest.mark.parametrize(
    ("frames", "state"),
    [
        ([], "no check-in before it that day"),
        ([with_(25, 6)], "no check-in before it that day"),
        ([with_(5, 9), with_(1, 6, lonely=7, longing=8), with_(-1, 2)], "lonely 7, missing {him} 8, how hard 6"),
        ([with_(-1, 2), with_(-2, 3)], "no check-in before it that day"),
        ([with_(1, None), with_(-1, 2)], "not answered before it that day"),
        ([with_(3, 0, lonely=0), with_(1, None)], "lonely 0, how hard 0"),
        ([with_(1, None)], "not answered before it that day"),
    ],
)
def test_the_state_is_that_nearest_before_the_choice(frames: list, state: str) -> None:
    """At 20:00 of that day; an evening that came after it was not chosen in. 0 is told, NA is left out."""
    frame = pd.concat(frames) if frames else checkins()
    [change] = read_decisions(decisions((0, "not_yet")), frame, TODAY).history
    assert change.state == state


@given(st.permutations(range(5)), st.permutations(range(4)), st.booleans())
def test_neither_row_order_nor_column_types_matter(rows: list[int], answers: list[int], as_objects: bool) -> None:
    """History is by time; the same holds, waits and is told."""
    choices = decisions((9, "try"), (5, "not_yet", DRAFT), (3, "not_yet"), (2, "not_yet"), (0, "let_go", DRAFT))
    asked = checkins((1, 7), (4, 3), (26, None), (49, 2))
    shuffled = [choices.iloc[rows], asked.iloc[answers]]
    if as_objects:
        shuffled = [frame.astype(object).where(frame.notna(), None) for frame in shuffled]
    assert read_decisions(*shuffled, TODAY) == read_decisions(choices, asked, TODAY)
    assert state_now(shuffled[1], NOW) == state_now(asked, NOW)


def test_where_nothing_is_chosen_no_day_is_offered() -> None:
    assert read_decisions(decisions((3, "undecided")), checkins(), TODAY).review == ""


def test_two_choices_of_a_day_are_told_apart_by_their_time() -> None:
    """On the clock where she was; a day with one choice has no time."""
    hours = [NOW - pd.Timedelta(hours=n) for n in (48, 9, 1)]
    rows = decisions((2, "try"), (0, "not_yet"), (0, "let_go")).assign(
        created_utc=[at.tz_convert("UTC") for at in hours], tz="Europe/Berlin"
    )
    history = read_decisions(rows, checkins(), TODAY).history
    assert [change.when for change in history] == [
        "Friday 20 November",
        "Sunday 22 November, 12:00",
        "Sunday 22 November, 20:00",
    ]


def test_no_decisions_say_nothing() -> None:
    """Not even that nothing is decided; a choice that cannot be read is none."""
    for empty in (pd.DataFrame(), decisions()):
        found = read_decisions(empty, pd.DataFrame(), TODAY)
        assert (found.branch, found.sentence, found.review, found.pending, found.history) == (
            "undecided",
            "",
            "",
            None,
            (),
        )
    bare = pd.DataFrame({"local_date": [TODAY, None], "choice": [None, "try"]})
    assert read_decisions(bare, pd.DataFrame(), TODAY).branch == "undecided"


def test_each_choice_keeps_its_reason_and_the_answers_it_was_made_with() -> None:
    """For setting two of them side by side; what she left out is nowhere, and 0 is an answer."""
    rows = decisions((3, "try", {"because": "I want to."}), (0, "let_go", {"because": pd.NA}))
    frame = pd.DataFrame([_checkin(1, 0, lonely=4)])
    then, now = read_decisions(rows, frame, TODAY).history
    assert (then.because, then.answers) == ("I want to.", ())
    assert (now.because, now.answers, now.state) == ("", (("lonely", 4.0), ("distress", 0.0)), "lonely 4, how hard 0")
