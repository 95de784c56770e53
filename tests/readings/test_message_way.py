"""3.1 to 3.6 as pure functions: what is kept of a message, how the gate is said, what is put away."""

import datetime as dt
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.readings.test_message import LABELLED
from widgets.readings.at_the_gate import NAMES, can_be_set_aside, read_gate, standing_reasons
from widgets.readings.letter import is_sealed, without_sealed
from widgets.readings.message import review
from widgets.readings.message_kept import NEVER_MEANT, is_rewritten, phrases, read_draft, sha256
from widgets.readings.readiness import Gate, Item
from widgets.readings.steadiness import read_steadiness

LONDON = ZoneInfo("Europe/London")
NOW = dt.datetime(2026, 11, 22, 19, tzinfo=LONDON)
TODAY = dt.date(2026, 11, 22)
REASON = "I have thought about this for three weeks, and I know why."
UNHURRIED = settings(deadline=None, max_examples=60)
TEXTS = st.lists(st.sampled_from([case["text"] for case in LABELLED]), max_size=4).map(" ".join)


# ---- 3.3 what is kept of a message


@given(TEXTS, st.data())
@UNHURRIED
def test_a_kind_is_confirmed_once_every_phrase_of_it_is_meant(text: str, data: Any) -> None:
    """Never a limit; a phrase that is not in the text says nothing; of a crisis nothing is noted at all."""
    found = [one for one in phrases(text, review(text)) if one[0] != "crisis"]
    meant = data.draw(st.lists(st.sampled_from(found or [("blame", "gone")]), max_size=6))
    kept = read_draft(text, [{"kind": kind, "phrase": phrase} for kind, phrase in [*meant, ("guilt", "not there")]])
    assert set(kept.meant) == set(meant) & set(found)
    for kind in kept.flags:
        every = {one for one in found if one[0] == kind}
        assert (kind in kept.confirmed) == (every <= set(meant) and kind not in NEVER_MEANT)
    assert set(kept.flags) == {kind for kind, _ in found}
    assert set(kept.confirmed) <= set(kept.flags)


@given(TEXTS)
@UNHURRIED
def test_a_phrase_is_what_stands_in_the_text_between_the_places_the_review_names(text: str) -> None:
    """Quotes are hers to the letter."""
    assert [phrase for _, phrase in phrases(text, review(text))] == [
        text[c.start : c.end] for c in review(text).cautions
    ]


def test_words_and_fingerprint_are_of_the_text_as_it_is() -> None:
    """One letter more is another message; words are what white space parts."""
    assert read_draft("one  two\nthree", ()).word_count == 3
    assert sha256("one") != sha256("one ")
    assert read_draft("🙂 é", ()).sha256 == sha256("🙂 é")


@pytest.mark.parametrize(
    ("before", "text", "rewritten"),
    [
        ("one two three four", "one two", False),
        ("one two three four", "one", True),
        ("One, two; three four.", "two ONE and then much more that is new", False),
        ("one one two two", "one two", False),
        ("", "Hi.", False),
        ("one two three", "", True),
    ],
)
def test_a_text_is_rewritten_once_less_than_half_of_its_words_are_left(before: str, text: str, rewritten: bool) -> None:
    """In any order, each as often as it stood there; what was added does not count."""
    assert is_rewritten(before, text) is rewritten


# ---- 3.5 the gate in words


def gate(*unmet: str, result: str = "wait", hard: str = "G1 G6 G7", until: dict[str, Any] | None = None) -> Gate:
    items = tuple(
        Item(name, name not in unmet, name in hard.split(), f"Why {name}.", (until or {}).get(name), ("e",))
        for name in NAMES
    )
    return Gate(result if unmet else "nothing_against", items)


def runs(*rows: dict[str, Any]) -> pd.DataFrame:
    full = [
        {"local_date": pd.Timestamp(TODAY), "sha256": "a", "overrides": None, "override_reason": None} | r for r in rows
    ]
    return pd.DataFrame(full, columns=["local_date", "sha256", "overrides", "override_reason"])


def test_nothing_against_says_that_this_is_all_it_says() -> None:
    """Always, and never more."""
    found = read_gate(gate(), {}, NOW)
    assert (found.result, found.title, found.texts) == (
        "nothing_against",
        "Nothing speaks against it.",
        ("That is all this says.",),
    )
    assert {line.stands for line in found.lines} == {"holds"}


def test_wait_names_the_earliest_moment_that_is_known() -> None:
    """The latest of the items' own; without one it only says wait, and the count is words."""
    at = pd.Timestamp("2026-11-23T19:00", tz=LONDON).tz_convert("UTC")
    found = read_gate(gate("G3", "G6", until={"G3": at - pd.Timedelta(hours=3), "G6": at}), {}, NOW)
    assert found.title == "Wait until Monday 23 November, 19:00 at the earliest."
    assert found.texts == ("Five of seven hold. The message stays here.",)
    assert found.until == at
    assert read_gate(gate("G3"), {}, NOW).title == "Wait."


def test_closed_is_closed_where_it_closes_and_not_yet_elsewhere() -> None:
    """With its day, if there is one."""
    at = pd.Timestamp("2026-11-29T00:00", tz=LONDON)
    found = read_gate(gate("G1", "G4", result="closed", until={"G1": at}), {}, NOW, frozenset(["G1"]))
    assert found.title == "Closed until Sunday 29 November."
    assert {line.id: (line.state, line.stands) for line in found.lines if line.stands != "holds"} == {
        "G1": ("closed", "closed"),
        "G4": ("wait", "not yet"),
    }


def test_every_line_says_why() -> None:
    """Each item with its own sentence, in the order G1 to G7."""
    found = read_gate(gate("G2", "G5"), {}, NOW)
    assert [(line.id, line.why) for line in found.lines] == [(name, f"Why {name}.") for name in NAMES]


def test_a_reason_of_hers_opens_what_is_soft() -> None:
    """And is said with its line; what else does not hold still holds back."""
    found = read_gate(gate("G2"), {"G2": REASON}, NOW)
    assert (found.result, found.texts) == (
        "nothing_against",
        ("That is all this says.", "One line is set aside for today, with your reason."),
    )
    assert [(line.reason, line.stands) for line in found.lines if line.id == "G2"] == [
        (REASON, "not yet, set aside for today")
    ]
    assert read_gate(gate("G2", "G3"), {"G2": REASON}, NOW).result == "wait"


def test_only_soft_lines_that_do_not_hold_can_be_set_aside() -> None:
    """Nothing of a closed gate, nothing hard, nothing that holds."""
    assert [item.id for item in can_be_set_aside(gate("G2", "G6"))] == ["G2"]
    assert can_be_set_aside(gate("G1", "G2", result="closed")) == []


@pytest.mark.parametrize(
    ("run", "stands"),
    [
        ({}, True),
        ({"local_date": pd.Timestamp("2026-11-21")}, False),
        ({"sha256": "b"}, False),
        ({"sha256": pd.NA}, False),
        ({"overrides": ["g3"]}, False),
        ({"overrides": None}, False),
        ({"override_reason": "x" * 39}, False),
        ({"override_reason": "x" * 40}, True),
        ({"override_reason": pd.NA}, False),
        ({"overrides": ["g2", "g6"]}, True),
    ],
)
def test_a_reason_stands_on_its_day_for_its_message(run: dict[str, Any], stands: bool) -> None:
    """Forty letters at least; an edit, midnight and a hard line end it."""
    found = standing_reasons(gate("G2", "G6"), runs({"overrides": ["g2"], "override_reason": REASON} | run), "a", TODAY)
    assert set(found) == ({"G2"} if stands else set())


def test_without_a_message_or_a_run_nothing_is_set_aside() -> None:
    """An empty table has no columns to speak of."""
    assert standing_reasons(gate("G2"), pd.DataFrame(), "a", TODAY) == {}
    assert standing_reasons(gate("G2"), runs({"overrides": ["g2"], "override_reason": REASON}), None, TODAY) == {}


@UNHURRIED
@given(st.sets(st.sampled_from(list(NAMES))), st.sets(st.sampled_from(list(NAMES))))
def test_the_words_never_say_more_than_the_gate(unmet: set[str], aside: set[str]) -> None:
    """Whatever is unmet and whatever she sets aside: a hard line that does not hold keeps it back."""
    found = gate(*unmet)
    reasons = standing_reasons(
        found, runs({"overrides": sorted(n.lower() for n in aside), "override_reason": REASON}), "a", TODAY
    )
    stand = read_gate(found, reasons, NOW)
    left = {name for name in unmet if name not in aside or name in ("G1", "G6", "G7")}
    assert (stand.result == "nothing_against") == (not left)
    assert ("That is all this says." in stand.texts) == (not left)


def test_a_gate_that_closed_since_is_not_opened_by_a_reason() -> None:
    """The reason of this morning does not outlive what closes."""
    closed = replace(gate("G1", "G2"), result="closed")
    assert standing_reasons(closed, runs({"overrides": ["g2"], "override_reason": REASON}), "a", TODAY) == {}


# ---- 3.6 letters


@pytest.mark.parametrize(
    ("until", "sealed"),
    [("2026-11-23", True), ("2026-11-22", False), ("2026-11-21", False), (None, False)],
)
def test_a_letter_is_put_away_up_to_the_day_before(until: str | None, sealed: bool) -> None:
    """On its day it is there; the table says the same as the page."""
    assert is_sealed(until, TODAY) is sealed
    rows = pd.DataFrame({"text": pd.array(["Hello"], "string"), "sealed_until": pd.to_datetime([until])})
    assert without_sealed(rows, TODAY)["text"].isna().tolist() == [sealed]


# ---- 3.1 steadiness


def steadiness(**answers: Any) -> pd.DataFrame:
    row = {"local_date": pd.Timestamp(TODAY), "steady_now": pd.NA, "sober": pd.NA, "rested": pd.NA} | answers
    return pd.DataFrame([row])


@pytest.mark.parametrize(
    ("answers", "parts", "has_no"),
    [
        ({"steady_now": 6, "sober": True, "rested": True}, ("steady 6 of 10", "sober", "rested"), False),
        ({"steady_now": 0}, ("steady 0 of 10",), True),
        ({"steady_now": 3}, ("steady 3 of 10",), True),
        ({"steady_now": 4}, ("steady 4 of 10",), False),
        ({"sober": False}, ("not sober",), True),
        ({"rested": False, "sober": True}, ("sober", "not rested"), True),
        ({}, (), False),
    ],
)
def test_steadiness_says_her_answers_and_whether_one_is_a_no(answers: dict, parts: tuple, has_no: bool) -> None:
    """Zero is an answer; what is not answered is left out."""
    found = read_steadiness(steadiness(**answers), pd.Timestamp(TODAY))
    assert found is not None
    assert (found.parts, found.has_no) == (parts, has_no)


def test_steadiness_is_about_today() -> None:
    """Yesterday's hour says nothing."""
    assert read_steadiness(steadiness(local_date=pd.Timestamp("2026-11-21"), sober=True), pd.Timestamp(TODAY)) is None
