"""3.5 The gate: what follows from its items, what an override can do, and what the function takes."""

import re
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.readings.gates import (
    DAY,
    HARD_GAPS,
    NOW,
    PASSING,
    REASON,
    SOFT_GAPS,
    Tables,
    card,
    decision,
    judged,
)
from widgets.catalogue.wording import PRONOUNS, Wording, unknown_placeholders
from widgets.readings.readiness import Gate, Item, gate, with_overrides


@pytest.mark.parametrize("name", SOFT_GAPS)
def test_a_soft_item_waits_until_her_written_reason_stands(name: str) -> None:
    """40 characters or more; the item itself still says that it does not hold."""
    before = judged(**SOFT_GAPS[name])
    assert before.result == "wait"
    assert [item.id for item in before.items if not item.holds] == [name]
    after = with_overrides(before, {name: REASON})
    assert (after.result, after.items) == ("nothing_against", before.items)
    assert with_overrides(before, {}).result == with_overrides(before, {name: None}).result == "wait"


@pytest.mark.parametrize(("letters", "accepted"), [(39, False), (40, True)])
def test_a_reason_has_40_characters(letters: int, accepted: bool) -> None:
    """Spaces around it are none."""
    before = judged(**SOFT_GAPS["G2"])
    reason = f"  {'x' * letters} "
    if accepted:
        assert with_overrides(before, {"G2": reason}).result == "nothing_against"
    else:
        with pytest.raises(ValueError, match="G2: write a reason of at least 40"):
            with_overrides(before, {"G2": reason})


@pytest.mark.parametrize("name", HARD_GAPS)
def test_a_hard_item_cannot_be_overridden(name: str) -> None:
    """Refused, whatever the reason; without it the gate stays as it was."""
    before = judged(**HARD_GAPS[name])
    with pytest.raises(ValueError, match=f"{name} cannot be overridden"):
        with_overrides(before, {name: REASON})
    assert with_overrides(before, {}).result == before.result != "nothing_against"


def test_all_that_is_wrong_with_overrides_is_told_at_once() -> None:
    """An unknown item, a hard one, a short reason."""
    before = judged(**SOFT_GAPS["G2"], steadiness=[])
    with pytest.raises(ValueError, match=r"G9 is no item of the gate. G3 cannot be overridden. G2: write a reason"):
        with_overrides(before, {"G9": REASON, "G3": REASON, "G2": "because"})


def test_no_reason_opens_what_is_closed() -> None:
    """Another choice than *try* belongs to no message, however it is explained."""
    before = judged(decisions=[decision(20, "not_yet")])
    assert with_overrides(before, {"G2": REASON}) == before
    assert before.result == "closed"


items = st.builds(
    Item,
    id=st.sampled_from(["G1", "G2", "G3"]),
    holds=st.booleans(),
    hard=st.booleans(),
    why=st.just(""),
    until=st.none(),
    entries=st.just(()),
)


@given(st.lists(items, min_size=1, max_size=3, unique_by=lambda item: item.id), st.sampled_from(["closed", "wait"]))
def test_overriding_hard_items_is_impossible(found: list[Item], result: str) -> None:
    """Over all combinations: while a hard item does not hold, nothing leads to nothing against."""
    before = Gate(result, tuple(found))
    try:
        after = with_overrides(before, {item.id: REASON for item in found})
    except ValueError:
        after = with_overrides(before, {item.id: REASON for item in found if not item.hard})
    assert after.result != "nothing_against" or not any(item.hard and not item.holds for item in found)
    assert result != "closed" or after.result == "closed"


@settings(deadline=None, max_examples=60)
@given(st.sets(st.sampled_from(["G1", "G2", "G3", "G4", "G5", "G6", "G7"])))
def test_the_result_follows_from_the_items(unmet: set[str]) -> None:
    """Closed for the safe start, the light or the choice; wait for any other; nothing against only if all hold."""
    gaps = {**{k: v for k, v in HARD_GAPS.items() if k in unmet}, **{k: v for k, v in SOFT_GAPS.items() if k in unmet}}
    tables: dict[str, Any] = {}
    for gap in gaps.values():
        tables |= gap
    found = judged(**tables)
    open_items = {item.id for item in found.items if not item.holds}
    expected = "closed" if unmet & {"G1", "G7"} else "wait" if open_items else "nothing_against"
    assert found.result == expected


# What it takes


def test_empty_tables_of_any_kind_are_closed_and_every_line_shows_its_way() -> None:
    """Nothing there at all: seven unmet items, each with whole sentences."""
    empty = dict.fromkeys(PASSING, pd.DataFrame())
    for tables in (
        empty,
        dict.fromkeys(PASSING),
        {name: pd.DataFrame(rows).iloc[:0] for name, rows in PASSING.items()},
    ):
        found = gate(**tables, now=NOW)
        assert found.result == "closed"
        assert [item.holds for item in found.items] == [False] * 6 + [False]
        assert all(re.fullmatch(r"[A-Z{“].*\.", item.why) for item in found.items)


@pytest.mark.parametrize("gap", [{}, *SOFT_GAPS.values(), *HARD_GAPS.values()])
def test_every_line_can_be_read_with_any_pronouns(gap: dict[str, Any]) -> None:
    """No brace is left; no exclamation mark, no per cent, no praise."""
    for item in judged(**gap).items:
        assert not unknown_placeholders(item.why)
        said = Wording(PRONOUNS["they"], plural=True).fill(item.why)
        assert not re.search(r"[{}|!%]|well done|great|sorry, ", said)


DTYPES = {
    "string": ("entry_id", "contact_wish", "choice", "text", "sha256", "reread_sha256", "reply", "if_then", "tone"),
    "category": ("contact_wish", "choice", "reply", "dir", "started_by", "tone", "safe_now"),
    "boolean": ("route_closed", "draft", "alcohol", "late", "sober", "rested"),
    "Int64": ("distress", "can_bear", "steady_now"),
    "datetime64[us, UTC]": ("created_utc", "saved_utc", "reread_utc", "when"),
    "datetime64[us]": ("local_date", "pause_until", "review_on"),
}


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("gap", [{}, HARD_GAPS["G7"], SOFT_GAPS["G3"]])
def test_columns_as_the_journal_types_them(dtype: str, gap: dict[str, Any]) -> None:
    """Strings, ordered categories, nullable numbers and flags, moments: the same gate."""
    frames = {name: pd.DataFrame(rows) for name, rows in (PASSING | gap).items()}
    typed = {
        name: frame.astype({column: dtype for column in DTYPES[dtype] if column in frame.columns})
        for name, frame in frames.items()
    }
    assert gate(**typed, now=NOW) == gate(**frames, now=NOW)


@pytest.mark.parametrize(
    "text", [str, lambda at: at.isoformat(), lambda at: at.to_pydatetime(), lambda at: at.tz_convert("Asia/Tokyo")]
)
def test_moments_may_come_as_text_or_in_any_zone(text: Callable[[pd.Timestamp], Any]) -> None:
    """As a CSV file has them."""
    frames = {name: pd.DataFrame(rows) for name, rows in PASSING.items()}
    other = {
        name: frame.assign(
            **{c: [text(at) for at in frame[c]] for c in ("created_utc", "saved_utc") if c in frame.columns}
        )
        for name, frame in frames.items()
    }
    assert gate(**other, now=NOW) == gate(**frames, now=NOW)


@settings(deadline=None, max_examples=40)
@given(st.randoms(use_true_random=False), st.sampled_from(list(SOFT_GAPS.values()) + list(HARD_GAPS.values()) + [{}]))
def test_order_and_kind_of_columns_do_not_matter(random: Any, gap: dict[str, Any]) -> None:
    """Shuffled, as objects with None, with columns that mean nothing, without those that may be absent."""

    def disturbed(frame: pd.DataFrame) -> pd.DataFrame:
        if frame.empty:
            return frame
        rows = frame.iloc[random.sample(range(len(frame)), len(frame))].astype(object)
        return (
            rows.where(rows.notna(), None)
            .assign(mood="x")
            .drop(columns=["review_on", "rested", "late"], errors="ignore")
        )

    tables = {name: pd.DataFrame(rows) for name, rows in (PASSING | gap).items()}
    one, two = (gate(**{n: how(f) for n, f in tables.items()}, now=NOW) for how in (lambda f: f, disturbed))
    assert two.result == one.result
    assert [(i.holds, i.hard, i.why, i.until, set(i.entries)) for i in two.items] == [
        (i.holds, i.hard, i.why, i.until, set(i.entries)) for i in one.items
    ]


def test_what_is_missing_or_absurd_is_told_of_all_tables_at_once() -> None:
    """Table and column; never a word of hers."""
    frames = {name: pd.DataFrame(rows) for name, rows in PASSING.items()}
    frames["checkins"] = frames["checkins"].assign(distress=11).drop(columns="local_date")
    frames["replies"] = pd.DataFrame([card("silence", "I ring Jo.", 70) | {"reply": "Jo"}])
    frames["drafts"] = frames["drafts"].drop(columns="text")
    frames["steadiness"] = frames["steadiness"].drop(columns="sober")
    frames["decisions"] = frames["decisions"].assign(choice="win Jo back")
    with pytest.raises(ValueError, match="checkins: no column local_date") as error:
        gate(**frames, now=NOW)
    for part in (
        "distress",
        "replies: reply",
        "can_bear",
        "drafts: no column text",
        "steadiness: no column sober",
        "decisions: choice",
    ):
        assert part in str(error.value)
    assert "Jo" not in str(error.value)


MOVES: list[Callable[[Tables], Tables]] = [
    lambda row: row | {"tone": "closing"},
    lambda row: row | {"dir": "out", "tone": None, "started_by": "her"},
    lambda row: row | {"tone": "unclear"},
]


@pytest.mark.parametrize("move", MOVES)
def test_a_passed_gate_closes_or_waits_when_the_log_changes(move: Callable[[Tables], Tables]) -> None:
    """After a no, a message of hers, or a polite answer to one, it does not stay passed."""
    sent = {"when": NOW - 3 * DAY, "dir": "out", "started_by": "her", "tone": None}
    row = {"when": NOW - 2 * DAY, "dir": "in", "started_by": "her", "tone": "welcoming"}
    assert judged(contacts=[sent, row]).result == "nothing_against"
    assert judged(contacts=[sent, move(row)]).result != "nothing_against"
