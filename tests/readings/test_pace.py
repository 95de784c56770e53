"""5.1 The light: R1 to R9 on both sides of their boundaries, and what the function takes."""

import re
from pathlib import Path

import pandas as pd
import pytest

from tests.readings.stories import (
    CLOSING,
    DAY,
    FREE,
    HOUR,
    NEUTRAL,
    NOW,
    SECOND,
    SEVERITY,
    TALK,
    UNSAFE,
    UTC_NOW,
    WELCOMING,
    answer,
    checkins,
    contacts,
    drafts,
    exchanges,
    hers,
    revisions,
    ruled,
    safety,
    shown,
    space,
    start,
    twice_started,
)
from widgets.readings.pace import Light, light, limits, review_days


def test_without_a_contact_nothing_speaks_against_the_first() -> None:
    """An open route and an empty log, in any of the forms an empty log has."""
    assert [light(empty, safety(), NOW) for empty in (pd.DataFrame(), contacts(), None)] == [FREE] * 3


# R1


@pytest.mark.parametrize("wish", ["no_contact", "blocked", "legal_order"])
def test_R1_a_standing_wish_closes(wish: str) -> None:
    """However it was logged: by the wish alone, or with the verdict the safe start keeps."""
    kept = dict.fromkeys(("fear_of_him", "was_hurt", "can_say_no", "i_hurt_or_controlled"))
    for row in (
        {},
        {"route_closed": False},
        {"route_closed": True},
        kept | {"route_closed": True, "route_reason": wish},
    ):
        assert shown(safe=safety(contact_wish=wish, **row)) == Light("closed", "R1", None)


@pytest.mark.parametrize("wish", ["no_contact", "blocked"])
@pytest.mark.parametrize(
    ("row", "state"),
    [
        (start(3), ("nothing_against", None)),
        (start(3, "neutral"), ("closed", "R1")),
        (start(3, "unclear"), ("closed", "R1")),
        (start(3, None), ("closed", "R1")),
        (answer(3), ("closed", "R1")),
        (start(3, started_by=None), ("closed", "R1")),
        (start(3, necessary=True), ("closed", "R1")),
        (start(31), ("closed", "R1")),
        (start(30), ("closed", "R1")),
    ],
)
def test_R1_no_contact_and_blocked_open_only_when_he_starts_welcoming(wish: str, row: dict, state: tuple) -> None:
    """After the day on which she said so (30 days ago), in whatever form the safe start keeps it."""
    said = {"contact_wish": wish, "created_utc": UTC_NOW - 30 * DAY}
    stored = dict.fromkeys(("fear_of_him", "was_hurt", "can_say_no", "i_hurt_or_controlled"))
    stored |= {"route_closed": True, "route_reason": wish}
    assert ruled(row, safe=safety(**said)) == ruled(row, safe=safety(**said, **stored)) == state


def test_R1_saying_it_again_makes_it_stand_again() -> None:
    """His start before the newest revision of the safe start does not undo what that revision says."""
    again = safety(contact_wish="blocked", saved_utc=UTC_NOW - 2 * DAY)
    assert ruled(start(3), safe=again) == ("closed", "R1")
    assert ruled(start(1), safe=again) == ("nothing_against", None)


@pytest.mark.parametrize(("detail", "answered"), UNSAFE)
@pytest.mark.parametrize("wish", ["none_said", "blocked"])
def test_R1_closed_for_safety_is_opened_by_nothing_he_does(detail: str, answered: str | None, wish: str) -> None:
    """Fear, harm either way, no safe no, rather not say, unanswered: not by his writing, warmly and twice, either."""
    safe = safety(**{"contact_wish": wish, detail: answered})
    assert ruled(start(9), start(3), safe=safe) == ("closed", "R1")


@pytest.mark.parametrize(
    ("row", "state"),
    [
        ({"fear_of_him": "a_bit", "was_hurt": "verbal", "i_hurt_or_controlled": "verbal"}, "nothing_against"),
        ({"under_18": True, "he_is_adult": "no"}, "nothing_against"),
        ({"under_18": True, "he_is_adult": "yes"}, "closed"),
        ({"under_18": True}, "closed"),
        ({"route_closed": True}, "closed"),
        ({"route_closed": False, "fear_of_him": None, "was_hurt": None, "can_say_no": None}, "nothing_against"),
        ({"route_closed": False, "fear_of_him": "yes"}, "closed"),
    ],
)
def test_R1_reads_the_safe_start_as_1_1_does(row: dict, state: str) -> None:
    """A stored verdict stands for details that were not kept; true closes whatever the details say."""
    assert shown(start(3), safe=safety(**row)).state == state


def test_R1_a_safe_start_without_rows_closes() -> None:
    """No row is no yes; nothing he does answers for her."""
    for empty in (pd.DataFrame(), safety().iloc[:0], None):
        assert light(contacts(start(3)), empty, NOW) == Light("closed", "R1", None)


def test_R1_the_newest_row_of_the_safe_start_counts() -> None:
    """By the time it was saved, in whatever order; of rows that no time tells apart, the strictest."""
    rows = pd.concat([safety(contact_wish="blocked"), safety(saved_utc=UTC_NOW - DAY)])
    assert shown(safe=rows) == shown(safe=rows.iloc[::-1]) == FREE
    timeless = pd.concat([safety(contact_wish="blocked"), safety()]).drop(columns="created_utc")
    assert shown(safe=timeless).rule == shown(safe=timeless.iloc[::-1]).rule == "R1"


# R2


def test_R2_space_lasts_until_his_date_begins_where_she_is() -> None:
    """Closed to the last second of the day before, in her zone; open from the first of the day."""
    midnight = pd.Timestamp("2026-11-30", tz="America/New_York")
    assert shown(now=midnight - SECOND, safe=space("2026-11-30")) == Light(
        "closed", "R2", pd.Timestamp("2026-11-30 05:00", tz="UTC")
    )
    assert ruled(now=midnight + 9 * HOUR, safe=space("2026-11-30")) == ("nothing_against", None)
    assert shown(now=midnight, safe=space("2026-11-30")).rule != "R2"


def test_R2_his_date_stands_even_if_he_starts_before() -> None:
    """With a date only the date opens."""
    assert ruled(start(3), safe=space("2026-11-30")) == ("closed", "R2")


@pytest.mark.parametrize(
    ("row", "state"),
    [
        (start(3), ("nothing_against", None)),
        (answer(3), ("closed", "R2")),
        (start(3, "neutral"), ("closed", "R2")),
        (start(31), ("closed", "R2")),
    ],
)
def test_R2_without_a_date_it_lasts_until_he_starts(row: dict, state: tuple) -> None:
    """An answer is no start, and a polite line about his post is none; what came before he asked does not count."""
    assert ruled(row, safe=space()) == state


# R3


@pytest.mark.parametrize(
    ("rows", "state"),
    [
        ([hers(3)], ("closed", "R3")),
        ([hers(3, failed=True)], ("nothing_against", None)),
        ([hers(3, necessary=True)], ("nothing_against", None)),
        ([hers(3), hers(2, failed=True)], ("closed", "R3")),
        ([hers(3), answer(2)], ("nothing_against", None)),
        ([hers(3), answer(2, necessary=True)], ("closed", "R3")),
        ([hers(3), answer(2), hers(1, started_by="him")], ("closed", "R3")),
        ([answer(3), hers(2), hers(1)], ("closed", "R3")),
        ([hers(3), answer(3)], ("closed", "R3")),
    ],
)
def test_R3_one_unanswered_contact_closes_until_he_answers(rows: list, state: tuple) -> None:
    """Of any kind, a reply too; a failed or necessary one is none, and a necessary message of his is no answer."""
    assert ruled(*rows) == state


@pytest.mark.parametrize("kind", ["like", "gift", "letter", "via_friend", "turned_up", "voice_note", "call", "other"])
def test_R3_whatever_reaches_him_on_purpose_is_a_contact(kind: str) -> None:
    """A like and a friend as courier count as a message does."""
    assert ruled(hers(3, kind=kind)) == ("closed", "R3")


def test_R3_her_own_number_may_be_none() -> None:
    """Then only a reply is left; more than one is not to be had."""
    none = {"unanswered": 0}
    assert ruled(rules=none) == ("closed", "R3")
    assert ruled(start(1), rules=none) == ("nothing_against", None)
    assert ruled(hers(3), rules={"unanswered": 5}) == ("closed", "R3")


# R4


def test_R4_no_day_opens_an_unanswered_opener() -> None:
    """Day 14 brings the review, no second try: neither on that day nor ten years later."""
    for days in (13, 14, 15, 89, 3650):
        assert shown(hers(days)) == Light("closed", "R3", None)


@pytest.mark.parametrize(
    ("rows", "days"),
    [([hers(20)], 14), ([hers(20), answer(19, "neutral")], None), ([hers(20), answer(19, necessary=True)], 14)],
)
def test_R4_the_review_comes_14_days_after_an_unanswered_opener(rows: list, days: int | None) -> None:
    """To the second, and until she has decided again since."""
    due = review_days(contacts(*rows), safety(), NOW).get("R4")
    assert due == (None if days is None else UTC_NOW - 20 * DAY + days * DAY)
    for after, answered in ((13.9, False), (14, True)):
        decided = pd.DataFrame({"created_utc": [UTC_NOW - 20 * DAY + after * DAY], "choice": ["not_yet"]})
        found = review_days(contacts(*rows), safety(), NOW, decisions=decided)
        assert ("R4" in found) == (days is not None and not answered)


def test_R4_the_opener_is_the_first_since_the_route_last_opened() -> None:
    """A closing sign that he undid, or his date of space, makes the next contact a first one again."""
    first, undone = [hers(60), answer(59), answer(50, "closing")], [start(40), hers(30)]
    assert review_days(contacts(*first, *undone), safety(), NOW)["R4"] == UTC_NOW - 16 * DAY
    spaced = space("2026-10-01", created_utc=UTC_NOW - 80 * DAY)
    found = review_days(contacts(hers(60), answer(59), hers(30)), spaced, NOW)
    assert found["R4"] == UTC_NOW - 16 * DAY


# R5


@pytest.mark.parametrize(
    ("rows", "state"),
    [
        ([hers(9), answer(8, "closing")], ("closed", "R5")),
        ([start(8, "closing")], ("closed", "R5")),
        ([answer(8, "closing", necessary=True)], ("nothing_against", None)),
        ([answer(8, "closing"), answer(7)], ("closed", "R5")),
        ([answer(8, "closing"), start(7, "neutral")], ("closed", "R5")),
        ([answer(8, "closing"), start(7)], ("nothing_against", None)),
        ([start(8), answer(7, "closing")], ("closed", "R5")),
        ([start(8), answer(8, "closing")], ("closed", "R5")),
        ([answer(8, "closing"), start(7), answer(6, "closing")], ("closed", "R5")),
        ([answer(8, "closing"), start(7, necessary=True)], ("closed", "R5")),
    ],
)
def test_R5_a_closing_sign_is_undone_only_by_him_welcoming(rows: list, state: tuple) -> None:
    """He has to start, after it, with interest; at the same moment the sign counts."""
    assert ruled(*rows) == state


@pytest.mark.parametrize(
    ("tones", "state"),
    [
        (["neutral"], "nothing_against"),
        (["unclear"], "nothing_against"),
        ([None], "nothing_against"),
        (["neutral", "neutral"], "closed"),
        (["unclear", "neutral"], "closed"),
        (["neutral", "unclear"], "closed"),
        ([None, None], "closed"),
        (["neutral", "welcoming", "neutral"], "nothing_against"),
        (["neutral", "neutral", "welcoming"], "closed"),
    ],
)
def test_R5_unclear_is_neutral_and_neutral_twice_running_closes(tones: list, state: str) -> None:
    """A welcoming answer between two breaks the run; after them it does not undo it."""
    rows = [answer(20 - i, tone) for i, tone in enumerate(tones)]
    assert shown(*rows).state == state
    necessary = [answer(20.5 - i, tone, necessary=True) for i, tone in enumerate(tones)]
    assert shown(*rows, *necessary).state == state


def test_R5_what_she_sends_between_two_neutral_answers_does_not_part_them() -> None:
    """Nor does a necessary message of his."""
    rows = [hers(9), answer(8, "neutral"), hers(7), start(6.5, necessary=True), answer(6, "neutral")]
    assert ruled(*rows) == ("closed", "R5")


@pytest.mark.parametrize(
    ("told", "rule"),
    [
        ([(20, CLOSING), (14 - 1e-4, NEUTRAL)], "R5"),
        ([(20, CLOSING), (14, NEUTRAL)], None),
        ([(20, CLOSING), (19, NEUTRAL), (3, WELCOMING)], "R5"),
        ([(20, CLOSING), (16, NEUTRAL), (15, WELCOMING)], None),
        ([(20, CLOSING), (15, NEUTRAL), (1, NEUTRAL | {"felt_after": 3})], None),
        ([(20, CLOSING), (3, NEUTRAL | {"necessary": True})], "R5"),
        ([(20, CLOSING), (3, CLOSING | {"withdrawn": True})], "R5"),
        ([(20, CLOSING), (15, CLOSING | {"withdrawn": True})], None),
        ([(20, CLOSING), (3, {"dir": "out", "tone": None})], "R5"),
        ([(20, WELCOMING), (3, CLOSING)], "R5"),
        ([(20, NEUTRAL)], None),
    ],
)
def test_R5_a_reply_logged_again_more_mildly_counts_as_its_strictest_for_14_days(told: list, rule: str | None) -> None:
    """5.2: from the last time it was made milder; being made necessary, hers, or withdrawn is milder too."""
    rows = revisions(*told)
    assert shown(*rows).rule == shown(*reversed(rows)).rule == rule


def test_R5_a_start_made_out_of_an_answer_does_not_open_at_once() -> None:
    """Who started is part of how mild a reply is."""
    no = answer(25, "closing")
    assert shown(no, *revisions((20, WELCOMING), (3, {"started_by": "him"}))).rule == "R5"
    assert shown(no, *revisions((20, WELCOMING), (15, {"started_by": "him"}))).rule is None


def test_of_her_own_contacts_the_newest_revision_counts() -> None:
    """That it failed after all, or was withdrawn, is true at once; the rule of 14 days is about replies."""
    sent = hers(9) | {"entry_id": "x", "revision": 1, "saved_utc": UTC_NOW - 9 * DAY}
    for change in ({"failed": True}, {"withdrawn": True}, {"necessary": True}):
        changed = sent | {"revision": 2, "saved_utc": UTC_NOW - DAY} | change
        assert shown(changed, sent) == FREE


# R6


@pytest.mark.parametrize(
    ("rows", "state"),
    [
        ([hers(9), answer(8)], ("nothing_against", None)),
        ([hers(9), answer(8, "neutral")], ("wait", "R6")),
        ([hers(9), answer(8, "unclear")], ("wait", "R6")),
        ([hers(9), answer(8), hers(7)], ("closed", "R3")),
        ([hers(9), answer(8), hers(7), answer(6, "neutral")], ("wait", "R6")),
        ([hers(9), answer(8), answer(7.9), hers(7), answer(6, "neutral")], ("wait", "R6")),
        ([hers(9), answer(8), answer(7, "neutral")], ("nothing_against", None)),
        ([start(8)], ("nothing_against", None)),
    ],
)
def test_R6_once_he_answers_one_reply_for_each_welcoming_message(rows: list, state: tuple) -> None:
    """A polite answer asks for none; one of hers answers all that came before it."""
    found = shown(*rows)
    assert (found.state, found.rule) == state
    assert found.until is None


@pytest.mark.parametrize(
    ("starts", "state"),
    [
        ([], "wait"),
        ([start(20)], "wait"),
        ([start(20), start(18 + 1e-4)], "wait"),
        ([start(20), start(18)], "nothing_against"),
        ([start(30, "neutral"), start(20)], "wait"),
        ([start(20), answer(10)], "wait"),
        ([start(20), start(10, necessary=True)], "wait"),
    ],
)
def test_R6_nothing_new_before_he_has_started_twice_himself(starts: list, state: str) -> None:
    """Two welcoming starts, not two messages of one exchange; no answer, nothing necessary, nothing polite."""
    replied = [hers(5, started_by="him"), answer(4, "neutral")] if starts else []
    assert shown(*TALK, *starts, *replied).state == state


def test_R6_starts_count_anew_once_the_route_has_opened_anew() -> None:
    """The one that opened it is the first."""
    before = [hers(80), start(75), hers(74, started_by="him"), start(70), answer(60, "closing")]
    after = [start(50), hers(49, started_by="him"), answer(48, "neutral")]
    assert ruled(*before, *after) == ("wait", "R6")
    again = [start(30), hers(29, started_by="him"), answer(28, "neutral")]
    assert ruled(*before, *after, *again) == ("nothing_against", None)


@pytest.mark.parametrize(
    ("first", "state"),
    [(7 - 1e-4, ("wait", "R6")), (7, ("nothing_against", None))],
)
def test_R6_then_at_most_two_started_in_seven_days(first: float, state: tuple) -> None:
    """The third waits until the first of the two is seven days old."""
    rows = twice_started(answer(15), hers(first), answer(first - 0.1), hers(2), answer(1, "neutral"))
    found = shown(*rows)
    assert (found.state, found.rule) == state
    if found.rule:
        assert found.until == UTC_NOW - pd.Timedelta(days=first) + 7 * DAY


def test_R6_a_reply_is_not_something_started() -> None:
    """Within the exchange; by her own word, or two days after his message, it is a start."""
    once = [answer(15), hers(5), answer(4.9)]
    assert ruled(*twice_started(*once, hers(4.8), answer(4.7, "neutral"))) == ("nothing_against", None)
    assert ruled(*twice_started(*once, hers(2.9), answer(2.8, "neutral"))) == ("wait", "R6")
    assert ruled(*twice_started(*once, hers(2.9, started_by="him"), answer(2.8, "neutral"))) == (
        "nothing_against",
        None,
    )


# R7


@pytest.mark.parametrize(
    ("starters", "state"),
    [
        (["her", "her", "her", "her"], ("wait", "R7")),
        (["her", "her", "her"], ("nothing_against", None)),
        (["him", "her", "her", "her"], ("wait", "R7")),
        (["him", "him", "her", "her"], ("nothing_against", None)),
        (["him", "him", "her", "her", "her"], ("nothing_against", None)),  # 3 of 5 is 60 %, not more
        (["him", "him", "her", "her", "her", "her"], ("wait", "R7")),
        (["him", "him", "him", "him"], ("nothing_against", None)),
    ],
)
def test_R7_more_than_60_per_cent_started_by_her_waits(starters: list, state: tuple) -> None:
    """From four exchanges on; a reply waits too, for R7 names no exception."""
    assert ruled(*exchanges(*starters)) == state


def test_R7_looks_at_28_days_and_waits_until_enough_of_hers_are_past() -> None:
    """An exchange counts for 28 days from its start, to the second."""
    for first, state in ((28.0, "nothing_against"), (28 - 1e-4, "wait")):
        found = shown(*exchanges("her", "her", "her", "her", first=first))
        assert found.state == state
        if state == "wait":
            assert found.until == UTC_NOW - pd.Timedelta(days=first) + 28 * DAY


def test_R7_an_exchange_is_a_run_without_a_gap_of_48_hours() -> None:
    """A little less than 48 hours apart all is one exchange, 48 hours apart each is one."""
    for gap, rule in ((2 - 1e-4, None), (2, "R7")):
        rows = [row for i in range(4) for row in (hers(20 - i * (gap + 1)), answer(19 - i * (gap + 1)))]
        assert shown(*rows).rule == rule


# R8


@pytest.mark.parametrize(
    ("clock", "until"),
    [
        ("07:59:59", "2026-11-18 08:00"),
        ("08:00", None),
        ("20:59:59", None),
        ("21:00", "2026-11-19 08:00"),
        ("23:30", "2026-11-19 08:00"),
        ("00:30", "2026-11-18 08:00"),
    ],
)
@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Asia/Kolkata"])
def test_R8_quiet_hours_are_hers_from_21_to_8(clock: str, until: str | None, zone: str) -> None:
    """By the clock where she is."""
    found = shown(now=pd.Timestamp(f"2026-11-18 {clock}", tz=zone))
    assert found == (Light("wait", "R8", pd.Timestamp(until, tz=zone).tz_convert("UTC")) if until else FREE)


def test_R8_a_reply_is_free_at_night_and_after_an_edit() -> None:
    """What he welcomed may be answered at once, if she likes."""
    night = pd.Timestamp("2026-11-18 23:30", tz="Europe/London")
    assert ruled(hers(3), answer(2), now=night, drafts=drafts((1, "x"))) == ("nothing_against", None)


@pytest.mark.parametrize(
    ("night", "until"),
    [
        ("2026-03-28 22:00", "2026-03-29 07:00"),  # the clock goes forward at 1
        ("2026-10-24 22:00", "2026-10-25 08:00"),  # and back at 2
    ],
)
def test_R8_the_morning_is_at_8_on_the_clock_through_a_change(night: str, until: str) -> None:
    """In UTC one hour earlier in spring."""
    found = shown(now=pd.Timestamp(night, tz="Europe/London"))
    assert found == Light("wait", "R8", pd.Timestamp(until, tz="UTC"))


@pytest.mark.parametrize(
    ("told", "rests"),
    [
        ([(24, "a")], None),
        ([(23.99, "a")], 23.99),
        ([(50, "a"), (1, "a")], None),
        ([(50, "a"), (20, "b")], 20),
        ([(50, "a"), (40, "b"), (20, "a")], 20),
        ([(50, "a"), (40, "b"), (20, "b")], None),
    ],
)
def test_R8_nothing_within_24_hours_of_an_edit(told: list, rests: float | None) -> None:
    """Of words: a revision with the same words is none, and going back to earlier words is one."""
    found = shown(drafts=drafts(*told))
    assert found == (FREE if rests is None else Light("wait", "R8", UTC_NOW + pd.Timedelta(hours=24 - rests)))


def test_R8_24_hours_are_24_hours_when_the_clock_changes() -> None:
    """In Berlin on the long and the short Sunday, and in whatever zone she opens the page."""
    for edited in ("2026-10-24 12:00", "2026-03-28 12:00"):
        at = pd.Timestamp(edited, tz="Europe/Berlin")
        written = pd.DataFrame({"saved_utc": [at], "text": ["x"]})
        for zone in ("Europe/Berlin", "Asia/Kolkata"):
            before, after = ((at + d).tz_convert(zone) for d in (DAY - SECOND, DAY))
            assert shown(now=before, drafts=written) == Light("wait", "R8", (at + DAY).tz_convert("UTC"))
            assert shown(now=after, drafts=written) == FREE


def test_R8_the_day_it_names_is_one_on_which_it_is_over() -> None:
    """24 hours that end at night go on until the morning."""
    found = shown(drafts=drafts((17.5, "x")))  # 21:30
    assert found.until == pd.Timestamp("2026-11-19 08:00", tz="UTC")


@pytest.mark.parametrize(
    ("told", "now", "until"),
    [
        ([(1, True)], NOW, "2026-11-19 08:00"),
        ([(1, False)], NOW, None),
        ([(1, None)], NOW, None),
        ([(5, True), (1, False)], NOW, "2026-11-19 08:00"),
        ([(24, True)], NOW, None),
        ([(16.5, True)], pd.Timestamp("2026-11-18 10:29", tz="Europe/London"), "2026-11-18 10:30"),
        ([(16.5, True)], pd.Timestamp("2026-11-18 10:30", tz="Europe/London"), None),
    ],
)
def test_R8_not_after_alcohol(told: list, now: pd.Timestamp, until: str | None) -> None:
    """Until the morning after the day, and for 12 hours; a later sober answer of the day does not undo it."""
    for rows in ([], [hers(3), answer(2)]):  # a reply is not free of this
        found = shown(*rows, now=now, checkins=checkins(*told))
        assert found == (Light("wait", "R8", pd.Timestamp(until, tz="UTC")) if until else FREE)


def test_R8_a_late_check_in_is_about_its_own_day() -> None:
    """Yesterday's drink, told today, is over this morning."""
    told = checkins((1, True), late=True).assign(local_date=pd.Timestamp("2026-11-17"))
    assert shown(checkins=told) == FREE


# R9


@pytest.mark.parametrize(
    ("rows", "state"),
    [
        ([hers(90), answer(89)], ("closed", "R9")),
        ([hers(90 - 1e-4), answer(89)], ("nothing_against", None)),
        ([hers(90), answer(89), hers(88), answer(87, "neutral")], ("closed", "R9")),
        ([hers(90), answer(89), start(50)], ("nothing_against", None)),
        ([hers(90), answer(89), start(50, "neutral")], ("closed", "R9")),
        ([hers(90), answer(89), start(50, necessary=True)], ("closed", "R9")),
        ([hers(90, failed=True), hers(89), answer(88)], ("nothing_against", None)),
    ],
)
def test_R9_90_days_without_his_starting_close(rows: list, state: tuple) -> None:
    """Counted from the opener; his answers do not change it."""
    assert ruled(*rows) == state


@pytest.mark.parametrize(
    ("decided", "draft", "rule"),
    [(10, None, None), (10 + 1e-4, None, "R9"), (5, False, None), (5, True, "R9"), (-1, None, "R9")],
)
def test_R9_until_she_decides_again(decided: float, draft: bool | None, rule: str | None) -> None:
    """After those 90 days, in whatever way, and not as a draft; who gives no decisions has none."""
    rows = [hers(100), answer(99)]
    made = pd.DataFrame(
        {"created_utc": [UTC_NOW - pd.Timedelta(days=decided)], "draft": [draft], "choice": ["not_yet"]}
    )
    assert shown(*rows, decisions=made).rule == rule
    assert shown(*rows).rule == "R9"


# Several at once


def test_the_strictest_state_wins_then_the_lowest_rule_then_the_latest_day() -> None:
    """Closed over wait over nothing against; a wait without a day is the longest."""
    night = pd.Timestamp("2026-11-18 22:00", tz="Europe/London")
    assert ruled(hers(3), now=night) == ("closed", "R3")
    assert ruled(hers(100), safe=safety(contact_wish="blocked")) == ("closed", "R1")
    assert ruled(answer(9, "closing"), hers(3)) == ("closed", "R3")
    assert shown(*TALK, now=night) == Light("wait", "R6", None)
    asked = shown(hers(3), safe=space("2026-11-30"))
    assert asked == Light("closed", "R2", None)
    both = twice_started(answer(15), hers(5), answer(4.9), hers(2), answer(1, "neutral"))
    assert shown(*both, drafts=drafts((1, "x"))) == Light("wait", "R6", UTC_NOW + 2 * DAY)
    assert shown(*both, drafts=drafts((1, "x")), rules={"edit_hours": 72}).until == pd.Timestamp(
        "2026-11-21 14:00", tz="UTC"
    )


# Her own numbers


@pytest.mark.parametrize(
    ("number", "looser", "stricter", "rows", "state"),
    [
        ("his_starts", 1, 3, twice_started(answer(15, "neutral")), None),
        ("opener_days", 120, 60, [hers(80), answer(79)], "closed"),
        ("her_share", 90, 50, exchanges("him", "him", "her", "her", "her"), "wait"),
        ("least_exchanges", 9, 3, exchanges("her", "her", "her"), "wait"),
        ("starts_a_week", 5, 1, twice_started(answer(15), hers(5), answer(4, "neutral")), "wait"),
        ("unanswered", 3, 0, [], "closed"),
        ("quiet_from", 23, 14, [], "wait"),
        ("quiet_to", 5, 16, [], "wait"),
        ("edit_hours", 1, 48, [], "wait"),
    ],
)
def test_a_number_of_hers_is_stricter_or_does_not_count(
    number: str, looser: float, stricter: float, rows: list, state: str | None
) -> None:
    """A looser one counts as the default; a stricter one does what it says."""
    more = {"drafts": drafts((30, "x"))}
    default = shown(*rows, **more)
    assert shown(*rows, rules={number: looser}, **more) == shown(*rows, rules={number: None}, **more) == default
    found = shown(*rows, rules={number: stricter}, **more)
    assert SEVERITY[found.state] >= SEVERITY[default.state]
    assert state is None or found.state == state
    assert shown(*rows, rules=pd.DataFrame([{number: stricter, "entry_id": "r", "tz": "UTC"}]), **more) == found


def test_the_pacing_table_counts_by_its_newest_row() -> None:
    """In any order; no rows are no numbers."""
    table = pd.DataFrame({"edit_hours": [72, 48], "saved_utc": [UTC_NOW - DAY, UTC_NOW]})
    assert limits(table) == limits(table.iloc[::-1]) == limits({"edit_hours": 48})
    assert limits(pd.DataFrame()) == limits(None) == limits({})


def test_a_number_that_cannot_be_is_told_with_all_others() -> None:
    """Unknown names, text, less than nothing, hours that leave no day."""
    with pytest.raises(
        ValueError, match=r"named patience; her_share, edit_hours cannot be that.*unanswered, review_days"
    ):
        limits({"patience": 1, "edit_hours": "long", "her_share": -1})
    with pytest.raises(ValueError, match="leave no hour"):
        limits({"quiet_to": 20, "quiet_from": 20})


# What it takes


def test_what_is_missing_or_absurd_is_told_all_at_once_and_quotes_nothing() -> None:
    """Table and column of each fault; none of her words."""
    bad = contacts(hers(1, dir="sideways", tone="lovely Jo")).drop(columns="when")
    wrong = {"decisions": pd.DataFrame({"choice": ["try"]}), "checkins": pd.DataFrame({"local_date": ["soon"]})}
    with pytest.raises(ValueError, match="contacts: no column when") as error:
        light(
            bad,
            safety(contact_wish="maybe").drop(columns="route_closed"),
            NOW,
            drafts=pd.DataFrame({"text": [3]}),
            **wrong,
        )
    said = str(error.value)
    for part in (
        "dir",
        "tone",
        "safety: contact_wish",
        "decisions: no column created_utc",
        "drafts: no column saved_utc",
        "text",
        "local_date",
    ):
        assert part in said
    assert not any(word in said for word in ("sideways", "Jo", "maybe", "soon"))


def test_a_time_without_a_zone_is_refused() -> None:
    """Nobody could tell whether it is night."""
    with pytest.raises(ValueError, match="now"):
        light(pd.DataFrame(), safety(), pd.Timestamp("2026-11-18 15:00"))


def test_what_lies_ahead_of_now_counts_only_if_it_closes() -> None:
    """Another device's clock: her contact and a no count, a welcome does not yet; so does what has no time."""
    for ahead in ({"when": UTC_NOW + HOUR}, {"when": None, "created_utc": None}):
        assert ruled(hers(0) | ahead) == ("closed", "R3")
        assert ruled(answer(0, "closing") | ahead) == ("closed", "R5")
        assert ruled(hers(2), start(0) | ahead) == ("closed", "R3")
    assert ruled(hers(2, when=None)) == ("closed", "R3")


def test_every_rule_has_a_test() -> None:
    """R1 to R10 each stand in the name of one."""
    files = Path(__file__).parent.glob("test_pace*.py")
    named = re.findall(r"def test_(R\d+)_", "".join(file.read_text("utf-8") for file in files))
    assert set(named) == {f"R{n}" for n in range(1, 11)}
