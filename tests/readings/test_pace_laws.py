"""5.1 The light: laws over logs that nobody thought of."""

from typing import Any

import pandas as pd
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.readings.stories import (
    DAY,
    HOUR,
    NOW,
    SEVERITY,
    UTC_NOW,
    answer,
    contacts,
    drafts,
    hers,
    logged,
    safety,
    shown,
    space,
    start,
)
from widgets.readings.pace import Light, light

TONES = ["welcoming", "neutral", "closing", "unclear", None]
HOURS = st.one_of(
    st.integers(0, 60 * 24), st.integers(0, 120).map(lambda n: n * 24), st.integers(0, 14).map(lambda n: n * 12)
)


@st.composite
def contact(draw: st.DrawFn, out: bool | None = None) -> dict[str, Any]:
    hers_ = draw(st.booleans()) if out is None else out
    who = draw(st.sampled_from(["her", "him", None] if draw(st.booleans()) else ["her" if hers_ else "him"]))
    row = logged(draw(HOURS) / 24, "out" if hers_ else "in", {"started_by": who})
    row["tone"] = None if hers_ else draw(st.sampled_from(TONES + ["welcoming"] * 4))
    return row | {
        "necessary": draw(st.sampled_from([None, False, False, True])),
        "failed": draw(st.sampled_from([None, False, True])),
    }


logs = st.lists(contact(), max_size=12)
friendly = st.lists(st.integers(1, 12), min_size=4, max_size=14).map(
    lambda gaps: [
        row | {"started_by": who}
        for i, days in enumerate(pd.Series(gaps).cumsum() / 3 + 0.1)
        for row, who in [(hers(days), "her") if i % 2 else (answer(days, "welcoming"), ("him", "her")[i % 3 > 1])]
    ]
)
stories = st.one_of(logs, friendly, friendly)
safes = st.sampled_from(
    [
        safety(),
        safety(),
        space(),
        space("2026-11-30"),
        space("2026-11-01"),
        safety(contact_wish="blocked", created_utc=UTC_NOW - 20 * DAY),
    ]
)
clocks = st.integers(0, 23).map(lambda hour: NOW.normalize() + hour * HOUR)


@settings(max_examples=100, deadline=None)
@given(stories, contact(out=True), safes, clocks)
def test_another_contact_of_hers_never_opens_the_light(
    rows: list, more: dict, safe: pd.DataFrame, now: pd.Timestamp
) -> None:
    """Whenever it was, whatever it is: no milder state."""
    before, after = (shown(*log, safe=safe, now=now) for log in (rows, [*rows, more]))
    assert SEVERITY[after.state] >= SEVERITY[before.state]


@settings(max_examples=100, deadline=None)
@given(stories, contact(out=False), safes, clocks)
def test_only_a_welcoming_message_of_his_opens(rows: list, more: dict, safe: pd.DataFrame, now: pd.Timestamp) -> None:
    """Any other leaves what stands; it may only be the answer that R3 and R4 wait for."""
    assume(more["tone"] != "welcoming" or more["necessary"])
    before, after = (shown(*log, safe=safe, now=now) for log in (rows, [*rows, more]))
    assert SEVERITY[after.state] >= SEVERITY[before.state] or before.rule in ("R3", "R4")


@settings(max_examples=70, deadline=None)
@given(stories, st.sampled_from(["closing", "neutral"]), safes)
def test_a_closing_sign_newer_than_his_last_welcoming_start_closes(rows: list, tone: str, safe: pd.DataFrame) -> None:
    """Whatever else is in the log; two polite messages in a row are such a sign."""
    signs = [answer(0, tone)] if tone == "closing" else [answer(0, tone), answer(0, tone)]
    assert shown(*rows, *signs, safe=safe).state == "closed"


@settings(max_examples=70, deadline=None)
@given(stories.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))), safes, st.booleans())
def test_any_order_and_kind_of_columns_gives_the_same_light(logs: tuple, safe: pd.DataFrame, as_objects: bool) -> None:
    """Shuffled, as objects with None, with columns that mean nothing here, without those that may be absent."""
    rows, shuffled = logs
    frame = contacts(*shuffled)
    if as_objects:
        frame = frame.astype(object).where(frame.notna(), None).assign(felt_after=3, note="x")
    assert light(frame, safe, NOW) == shown(*rows, safe=safe)
    bare = [{k: v for k, v in row.items() if k not in ("necessary", "failed", "created_utc")} for row in rows]
    plain = [row | {"necessary": None, "failed": None} for row in rows]
    assert shown(*bare, safe=safe) == shown(*plain, safe=safe)


@settings(max_examples=70, deadline=None)
@given(stories, st.lists(contact(), max_size=5), safes, clocks)
def test_necessary_contacts_never_count(rows: list, more: list, safe: pd.DataFrame, now: pd.Timestamp) -> None:
    """Of hers or his, of any tone: the light is as if they were not there."""
    necessary = [row | {"necessary": True} for row in more]
    assert shown(*rows, *necessary, safe=safe, now=now) == shown(*rows, safe=safe, now=now)


@settings(max_examples=100, deadline=None)
@given(
    stories,
    st.sampled_from([safety(contact_wish="legal_order"), safety(was_hurt="physical"), safety(route_closed=True)]),
)
def test_an_order_and_a_route_closed_for_safety_are_opened_by_nothing(rows: list, safe: pd.DataFrame) -> None:
    """No log of contacts, none of his doing, opens them."""
    assert shown(*rows, start(0.1), safe=safe) == Light("closed", "R1", None)


ZONES = st.sampled_from(
    ["Europe/London", "Asia/Tokyo", "America/New_York", "Pacific/Auckland", "America/Havana", "Asia/Kathmandu", "UTC"]
)
MOMENTS = st.integers(0, 365 * 24 * 2).map(
    lambda n: pd.Timestamp("2026-01-01", tz="UTC") + n * pd.Timedelta(minutes=30)
)


@settings(max_examples=100, deadline=None)
@given(MOMENTS, ZONES, ZONES, st.sampled_from([1, 20]), st.booleans(), st.integers(0, 3))
def test_another_time_zone_never_shortens_a_wait(
    at: pd.Timestamp, here: str, there: str, hours: int, alcohol: bool, days: int
) -> None:
    """Quiet hours, alcohol, an edit, his date: what she wrote here within a day is remembered there."""
    local = at.tz_convert(here)
    lived = pd.DataFrame(
        [{"created_utc": at - HOUR, "local_date": pd.Timestamp((local - HOUR).date()), "alcohol": alcohol, "tz": here}]
    )
    until = pd.Timestamp(local.date()) + days * DAY
    safe = safety(contact_wish="asked_for_space", space_until=until, created_utc=at - 9 * DAY) if days else safety()
    written = drafts((hours, "x"), now=at)
    stays, moves = (light(None, safe, at.tz_convert(z), checkins=lived, drafts=written) for z in (here, there))
    assert SEVERITY[moves.state] >= SEVERITY[stays.state]
    if stays.until is not None and moves.state == stays.state:
        assert moves.until is None or moves.until >= stays.until


@settings(max_examples=70, deadline=None)
@given(stories, safes, clocks, st.integers(1, 40))
def test_the_day_it_names_is_true(rows: list, safe: pd.DataFrame, now: pd.Timestamp, hours: int) -> None:
    """From then on this rule says so no more, if nothing else happens."""
    more = {"drafts": drafts((hours, "x"))}
    found = shown(*rows, safe=safe, now=now, **more)
    assume(found.until is not None)
    assert found.until > now
    then = shown(*rows, safe=safe, now=found.until.tz_convert(now.tzinfo), **more)
    assert (then.state, then.rule) != (found.state, found.rule)


@settings(max_examples=50, deadline=None)
@given(
    stories,
    safes,
    st.sampled_from(
        [{"edit_hours": 48}, {"her_share": 30}, {"opener_days": 20}, {"his_starts": 4}, {"starts_a_week": 1}]
    ),
)
def test_her_own_numbers_are_only_ever_stricter(rows: list, safe: pd.DataFrame, rules: dict) -> None:
    """No log for which a stricter number opens what the default keeps closed."""
    more = {"drafts": drafts((30, "x"))}
    own, default = (shown(*rows, safe=safe, rules=numbers, **more) for numbers in (rules, None))
    assert SEVERITY[own.state] >= SEVERITY[default.state]
