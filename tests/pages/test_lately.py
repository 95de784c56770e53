"""What is decided by the check-ins of late is what all of them would decide."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.pages.test_lonely_or_love import LONDON, Movable
from widgets.catalogue import load_catalogue
from widgets.journal import Entry, open_journal
from widgets.journal.store import append
from widgets.pages.branches import decided
from widgets.pages.lately import fresh, lately, newest_choices, on_days_of, rest_until
from widgets.pages.message_way import _given
from widgets.pages.pace import asked_with
from widgets.readings.checkins import PAUSE_DAYS, paused_until, rests_on
from widgets.readings.decisions import LABELS, read_decisions, state_now
from widgets.readings.pace import light
from widgets.readings.pace.facts import read_facts
from widgets.readings.readiness import gate
from widgets.readings.review_day import review_day

NOW = dt.datetime(2026, 11, 22, 21, tzinfo=LONDON)
CATALOGUE = load_catalogue()
scale = st.none() | st.integers(0, 10)
checkin = st.fixed_dictionaries(
    {
        "distress": scale,
        "longing": scale,
        "alcohol": st.sampled_from([None, True, False]),
        "safe_now": st.sampled_from(["yes", "yes", "unsure", "no"]),
        "ago": st.integers(0, 40 * 24),  # hours
        "late": st.integers(0, 3),  # days before the day of writing
        "revised": st.none() | st.integers(0, 30 * 24),  # hours after
        "then": st.sampled_from(["unchanged", "safe", "withdrawn"]),
    }
)


def entries(number: int, given: dict[str, Any]) -> list[Entry]:
    """The revisions a form would have saved: a pause is counted from the day of saving."""
    at = (NOW - dt.timedelta(hours=given["ago"])).astimezone(dt.UTC)
    saves = [at, *([at + dt.timedelta(hours=given["revised"])] if given["revised"] else [])]
    kept = {name: given[name] for name in ("distress", "longing", "alcohol", "safe_now")} | {"lonely": 1}
    found = []
    for revision, saved in enumerate((moment for moment in saves if moment <= NOW), 1):
        day = saved.astimezone(LONDON).date()
        pause = None if given["safe_now"] == "yes" else (day + dt.timedelta(days=PAUSE_DAYS)).isoformat()
        about = at.astimezone(LONDON).date() - dt.timedelta(days=given["late"])
        answers = CATALOGUE.check("checkins", kept | {"pause_until": pause})
        first = Entry(
            str(number), 1, "checkins", answers, at, at, about, "Europe/London", given["late"] > 0, "undecided", False
        )
        is_last = revision > 1
        if is_last and given["then"] == "safe":
            first = replace(first, answers=answers | {"safe_now": "yes", "pause_until": None})
        gone = is_last and given["then"] == "withdrawn"
        found.append(replace(first, revision=revision, saved_utc=saved, withdrawn=gone))
    return found


@settings(max_examples=60, deadline=None)
@given(checkins=st.lists(checkin, max_size=30), chosen=st.lists(st.integers(0, 40 * 24), max_size=3))
def test_a_part_decides_what_all_would(checkins: list[dict[str, Any]], chosen: list[int]) -> None:
    """A pause and the figures' rest, a draft and its reasons, the gate's items and its result, and what was chosen."""
    with TemporaryDirectory() as folder:
        journal = open_journal(f"sqlite:///{Path(folder) / 'journal.sqlite'}", catalogue=CATALOGUE)
        journal.clock = Movable(NOW)
        rows = [e for number, given in enumerate(checkins) for e in entries(number, given)]
        journal._file.write(lambda connection: append(connection, rows))
        for hours in sorted(chosen, reverse=True):
            journal.clock = Movable(NOW - dt.timedelta(hours=hours))
            journal.save("decisions", {"choice": "try", "draft": hours % 2 == 0})
        journal.clock = Movable(NOW)
        everything, today = journal.table("checkins"), NOW.date()
        assert rest_until(journal) == paused_until(journal.history("checkins"), today)
        assert rests_on(fresh(journal), today) == rests_on(everything, today)
        part, all_of_it = (state_now(frame, pd.Timestamp(NOW)) for frame in (lately(journal), everything))
        assert replace(part, days=0) == replace(all_of_it, days=0)
        given = _given(journal)
        whole = {"checkins": journal.history("checkins"), "steadiness": journal.table("steadiness")}
        assert gate(**given) == gate(**given | whole)
        decisions = journal.table("decisions")
        of_days, of_all = (
            read_decisions(decisions, frame, pd.Timestamp(today))
            for frame in (on_days_of(journal, decisions), everything)
        )
        assert of_days == of_all
        now = decided(journal)
        assert (now.branch, now.since, now.pending) == (of_all.branch, of_all.since, of_all.pending)
        journal.close()


decision = st.fixed_dictionaries(
    {
        "choice": st.sampled_from([None, *LABELS]),
        "draft": st.booleans(),
        "review_on": st.sampled_from([None, "2026-11-20", "2026-12-06"]),
        "ago": st.integers(-3, 60) | st.integers(0, 3_000),  # hours; a clock may have been ahead
        "restored": st.none() | st.integers(0, 90),  # hours ago: an old one may be brought back, and keeps its zone
        "tz": st.sampled_from(["Europe/London", "Europe/London", "Asia/Tokyo"]),
    }
)


def choice(number: int, given: dict[str, Any]) -> list[Entry]:
    at = (NOW - dt.timedelta(hours=given["ago"])).astimezone(dt.UTC)
    answers = CATALOGUE.check("decisions", {name: given[name] for name in ("choice", "draft", "review_on")})
    about = at.astimezone(LONDON).date()
    first = Entry(str(number), 1, "decisions", answers, at, at, about, given["tz"], False, "undecided", False)
    again = [] if given["restored"] is None else [(NOW - dt.timedelta(hours=given["restored"])).astimezone(dt.UTC)]
    return [first, *(replace(first, revision=2, saved_utc=saved) for saved in again)]


def chosen(what: str, *ago: int, **more: Any) -> list[dict[str, Any]]:
    """The same choice so many hours ago each."""
    given = {"choice": what, "draft": False, "review_on": None, "restored": None, "tz": "Europe/London"} | more
    return [given | {"ago": hours} for hours in ago]


@settings(max_examples=60, deadline=None)
@example(made=[*chosen("undecided", 500), *chosen("not_yet", 500), *chosen("undecided", *range(300, 307))], same=None)
@example(made=[*chosen("let_go", *range(300, 312)), *chosen("not_yet", -2)], same=None)
@example(
    made=chosen("try", 2_000, restored=1, tz="Asia/Tokyo") + 5 * (chosen("try", 9) + chosen("let_go", 9)), same=None
)
@given(made=st.lists(decision, max_size=45), same=st.none() | st.sampled_from(sorted(LABELS)))
def test_choices_of_now_decide_what_all_would(made: list[dict[str, Any]], same: str | None) -> None:
    """What holds and since when, a draft that waits, the light, the gate, the day for looking again; and the newest
    dozen as the board lists it. same: a choice that she made again and again.
    """
    with TemporaryDirectory() as folder:
        journal = open_journal(f"sqlite:///{Path(folder) / 'journal.sqlite'}", catalogue=CATALOGUE)
        journal.clock = Movable(NOW)
        rows = [e for n, given in enumerate(made) for e in choice(n, given | ({"choice": same} if same else {}))]
        journal._file.write(lambda connection: append(connection, rows))
        everything, today = journal.table("decisions"), pd.Timestamp(NOW.date())
        whole = {"decisions": everything}
        all_of_it, now = read_decisions(everything, pd.DataFrame(), today), decided(journal)
        assert replace(now, history=()) == replace(all_of_it, history=())
        assert gate(**_given(journal)) == gate(**_given(journal) | whole)
        tables = asked_with(journal)
        assert light(**tables) == light(**tables | whole)
        assert read_facts(**tables).zones == read_facts(**tables | whole).zones
        asked = {name: tables[name] for name in ("contacts", "safety", "now", "rules")}
        reviews = journal.table("reviews")
        of_now = review_day(**asked, decisions=tables["decisions"], reviews=reviews)
        assert of_now == review_day(**asked, decisions=everything, reviews=reviews)
        listed = read_decisions(newest_choices(journal, 12), pd.DataFrame(), today).history
        assert listed[-12:] == all_of_it.history[-12:]
        assert (len(listed) > 12) == (len(everything) > 12)
        journal.close()
