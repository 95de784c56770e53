"""3.5 The gate: G1 to G7 on both sides of their boundaries, and the entries they rest on."""

import re
from pathlib import Path

import pandas as pd
import pytest

from tests.readings.gates import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    PASSING,
    SAFE,
    STEADY,
    TEXT,
    Tables,
    card,
    checkin,
    decision,
    judged,
    message,
    sha,
    the,
)
from widgets.readings.message import name_of
from widgets.readings.message.rules import CAUTIONS
from widgets.readings.pace import light, sentence
from widgets.readings.readiness import REMINDERS
from widgets.readings.readiness.worded import NEVER_PASSES


def test_the_seven_items_stand_in_order() -> None:
    """G1 to G7; all hold where all is as it should be, and each says so in a sentence and names its entries."""
    passed = judged()
    assert passed.result == "nothing_against", [item for item in passed.items if not item.holds]
    assert [item.id for item in passed.items] == ["G1", "G2", "G3", "G4", "G5", "G6", "G7"]
    assert all(item.holds and item.until is None and item.why.endswith(".") for item in passed.items)
    assert [item.id for item in passed.items if item.hard] == ["G1", "G6", "G7"]


def test_what_each_item_rests_on_is_named() -> None:
    """The saved gate can name the entries: check-ins, decision, message and the rest."""
    answered = {"entry_id": "k", "when": NOW - 3 * DAY, "dir": "in", "started_by": "him", "tone": "welcoming"}
    entries = {item.id: set(item.entries) for item in judged(contacts=[answered]).items}
    assert entries["G1"] == {"s"}
    assert entries["G2"] == {"d10"} | {f"c{days}" for days in range(7)}
    assert entries["G3"] == {"c0", "c1", "c2", "st"}
    assert entries["G4"] == entries["G6"] == {"m"}
    assert entries["G5"] == {"silence", "clear_no"}
    assert entries["G7"] == {"k", "s"}


# G1


@pytest.mark.parametrize(
    ("row", "holds"),
    [
        ({}, True),
        ({"contact_wish": "asked_for_space", "space_until": pd.Timestamp("2026-11-01")}, True),
        ({"contact_wish": "no_contact"}, False),
        ({"contact_wish": "blocked", "route_closed": True, "route_reason": "blocked"}, False),
        ({"contact_wish": "legal_order"}, False),
        ({"route_closed": True}, False),
        ({"route_closed": None}, False),
        ({"fear_of_him": "yes"}, False),
        ({"can_say_no": "not_sure"}, False),
        ({"was_hurt": "rather_not_say"}, False),
        ({"contact_wish": None}, False),
    ],
)
def test_G1_the_safe_start_is_open(row: Tables, holds: bool) -> None:
    """Otherwise closed, hard, with the way forward or the plain fact."""
    found = the("G1", safety=[SAFE | row])
    assert (found.holds, found.hard, found.until) == (holds, True, None)
    assert judged(safety=[SAFE | row]).result == ("nothing_against" if holds else "closed")


def test_G1_no_safe_start_is_closed() -> None:
    """And the sentence says that it waits for an answer."""
    found = the("G1", safety=[])
    assert not found.holds
    assert "Not answered yet" in found.why


@pytest.mark.parametrize(
    ("row", "until"),
    [
        ({"pause_until": pd.Timestamp("2026-11-19")}, "2026-11-19"),
        ({"pause_until": pd.Timestamp("2026-11-18")}, None),
        ({"safe_now": "no"}, "2026-11-25"),
        ({"safe_now": "unsure", "pause_until": pd.Timestamp("2026-11-25")}, "2026-11-25"),
        ({"safe_now": "yes"}, None),
    ],
)
def test_G1_a_pause_holds_messages_back_and_says_no_more(row: Tables, until: str | None) -> None:
    """Until its day begins; nothing tells why."""
    given = {"checkins": [*PASSING["checkins"], checkin(0.01, 3, **row)]}
    found = the("G1", **given)
    assert found.holds == (until is None)
    assert judged(**given).result == ("nothing_against" if until is None else "closed")
    if until:
        assert found.until == pd.Timestamp(until, tz="UTC")
        assert "No message goes ahead until" in found.why
        assert "safe" not in found.why.replace("The safe start", "")


@pytest.mark.parametrize("since", [{"withdrawn": True}, {"safe_now": "yes", "pause_until": None}])
def test_G1_a_pause_outlives_its_check_in(since: Tables) -> None:
    """Withdrawn, or changed to yes: messages rest all the same, and nothing else of what stood there counts."""
    first = checkin(0.01, 9, revision=1, pause_until=pd.Timestamp("2026-11-25"))
    then = first | {"revision": 2, "distress": 3} | since
    found = the("G1", checkins=[*PASSING["checkins"], first, then])
    assert (found.holds, found.until) == (False, pd.Timestamp("2026-11-25", tz="UTC"))
    assert the("G3", checkins=[*PASSING["checkins"], first, then]).holds


# G2


@pytest.mark.parametrize(
    ("rows", "holds", "result"),
    [
        ([decision(7)], True, "nothing_against"),
        ([decision(7 - 1e-3)], False, "wait"),
        ([decision(9), decision(2)], True, "nothing_against"),
        ([decision(20), decision(9, "not_yet"), decision(6)], False, "wait"),
        ([decision(20), decision(9, "not_yet", draft=True)], True, "nothing_against"),
        ([decision(20, draft=True)], False, "closed"),
        ([decision(20), decision(1, "not_yet")], False, "closed"),
        ([decision(20), decision(1, "let_go")], False, "closed"),
        ([decision(20, None)], False, "closed"),
        ([], False, "closed"),
        ([decision(20, draft=None)], True, "nothing_against"),
        ([decision(20, saved_utc=(NOW - DAY).tz_convert("UTC"))], False, "wait"),
        ([decision(20), decision(-1, "let_go")], True, "nothing_against"),
    ],
)
def test_G2_try_unchanged_for_seven_days(rows: list, holds: bool, result: str) -> None:
    """Choosing it again does not restart them, a draft is no choice, changing the entry does; without *try*: closed."""
    found = the("G2", decisions=rows)
    assert (found.holds, found.hard) == (holds, False)
    assert judged(decisions=rows).result == result


def test_G2_seven_days_are_seven_times_24_hours_when_the_clock_changes() -> None:
    """A week on the calendar is an hour longer over the long Sunday and an hour shorter over the short one."""
    for chosen, zone in (("2026-10-20 15:00", "Europe/London"), ("2026-03-25 15:00", "Europe/London")):
        at = pd.Timestamp(chosen, tz=zone)
        rows = [decision(0, created_utc=at.tz_convert("UTC"))]
        before, after = (the("G2", now=at + 7 * DAY + d, decisions=rows).why for d in (-MINUTE, MINUTE))
        assert "It will have stood for a week on" in before
        assert "have stood" not in after


@pytest.mark.parametrize(
    ("days", "holds", "advice"), [(6, False, False), (7, True, True), (13, True, True), (14, True, False)]
)
def test_G2_check_ins_on_seven_days(days: int, holds: bool, advice: bool) -> None:
    """Several a day are one day; under 14 the sentence says that two weeks would tell more."""
    rows = [checkin(n) for n in range(days)] + [checkin(0.1), checkin(1.1)]
    found = the("G2", checkins=rows)
    assert found.holds == holds
    assert ("Two weeks" in found.why) == advice


# G3


@pytest.mark.parametrize(
    ("rows", "holds"),
    [
        ([checkin(2, 5), checkin(1, 5), checkin(0, 4)], True),
        ([checkin(2, 6), checkin(1, 5), checkin(0, 4)], False),
        ([checkin(2, 5), checkin(1, 5), checkin(0, 5)], False),
        ([checkin(3, 10), checkin(2, 0), checkin(1, 0), checkin(0, 0)], True),
        ([checkin(0.2, 0), checkin(0.1, 0), checkin(0, 0)], False),
        ([checkin(1, 0), checkin(0.1, 0), checkin(0, 0)], True),
        ([checkin(1, 0), checkin(0, 0)], False),
        ([checkin(3, 0), checkin(2, 0), checkin(1, 0)], False),
        ([checkin(2, 0), checkin(1, None), checkin(0, 0)], False),
        ([checkin(2, 0), checkin(1, 0), checkin(0, None)], False),
        ([checkin(1, 0), checkin(0.3, 5), checkin(0.2, 0), checkin(0.1, 0), checkin(0, 0)], False),
        ([], False),
    ],
)
def test_G3_the_last_three_check_ins(rows: list, holds: bool) -> None:
    """On two dates or more, each up to 5, every one of today up to 4; what is not answered is not calm."""
    found = the("G3", checkins=rows)
    assert (found.holds, found.hard) == (holds, False)


def test_G3_a_late_check_in_is_about_its_own_day() -> None:
    """Written today about the day before yesterday: no check-in of today, and older than yesterday's."""
    late = checkin(0, 0, late=True, local_date=pd.Timestamp("2026-11-16"))
    assert "no check-in of today" in the("G3", checkins=[checkin(3, 0), checkin(1, 0), late]).why
    assert the("G3", checkins=[checkin(1, 0), checkin(1.1, 0), checkin(0.1, 0), late | {"distress": 9}]).holds


@pytest.mark.parametrize(
    ("clock", "holds"), [("07:59:59", False), ("08:00", True), ("20:59:59", True), ("21:00", False), ("02:00", False)]
)
def test_G3_by_day_where_she_is(clock: str, holds: bool) -> None:
    """From 8 to 21, soft; it names the morning."""
    now = pd.Timestamp(f"2026-11-18 {clock}", tz="America/New_York")
    today = checkin(0, 1, created_utc=now.tz_convert("UTC") - MINUTE, local_date=pd.Timestamp("2026-11-18"))
    rows = [checkin(2, 1), checkin(1, 1), today]
    steady = [STEADY | {"created_utc": now.tz_convert("UTC") - MINUTE}]
    found = the("G3", now=now, checkins=rows, steadiness=steady)
    assert (found.holds, found.hard) == (holds, False)
    assert holds or (found.until.tz_convert(now.tzinfo).hour == 8 and found.until > now)


@pytest.mark.parametrize(
    ("clock", "said"),
    [("07:59", "It is early. The next morning"), ("21:00", "It is late. The"), ("02:00", "It is late. The")],
)
def test_G3_says_which_of_the_quiet_hours_it_is(clock: str, said: str) -> None:
    """And leads to a reminder for the morning."""
    found = the("G3", now=pd.Timestamp(f"2026-11-18 {clock}", tz="Europe/London"))
    assert said in found.why
    assert REMINDERS in found.see


def test_G3_says_once_that_calmer_days_change_it() -> None:
    """Where both a day before and today were hard; each fact is there."""
    found = the("G3", checkins=[checkin(2, 7), checkin(1, 2), checkin(0, 6)])
    assert found.why == (
        "One of the last three check-ins says more than 5 for how hard it was and today a check-in says more than 4. "
        "Calmer days change that."
    )
    assert found.see == ("check-in",)
    assert the("G3", checkins=[checkin(2, 1), checkin(1, 2), checkin(0, 5)]).why.startswith("Today a check-in says")


@pytest.mark.parametrize(
    ("row", "see"),
    [({"sober": None}, "steadiness"), ({"sober": False}, REMINDERS)],
)
def test_G3_leads_to_what_is_asked_or_to_a_reminder(row: Tables, see: str) -> None:
    """An answer that is missing can be given; a day with alcohol is waited out."""
    assert the("G3", steadiness=[STEADY | row]).see == (see,)


@pytest.mark.parametrize(
    ("rows", "holds"),
    [
        ([STEADY], True),
        ([STEADY | {"sober": False}], False),
        ([STEADY | {"sober": None}], False),
        ([], False),
        ([STEADY | {"created_utc": NOW - DAY}], False),
        ([STEADY | {"sober": False, "created_utc": NOW - 2 * HOUR}, STEADY], True),
        ([STEADY | {"created_utc": NOW - 2 * HOUR}, STEADY | {"sober": False}], False),
        ([STEADY | {"steady_now": 0, "rested": False}], True),
    ],
)
def test_G3_sober_is_said_today_and_hard(rows: list, holds: bool) -> None:
    """By her newest word of today; yesterday's says nothing of today."""
    found = the("G3", steadiness=rows)
    assert found.holds == holds
    assert found.hard != holds


def test_G3_a_check_in_that_told_of_alcohol_is_not_sober_either() -> None:
    """Whatever she says since; until the next morning."""
    found = the("G3", checkins=[*PASSING["checkins"], checkin(0.1, 1, alcohol=True)])
    assert (found.holds, found.hard) == (False, True)
    assert found.until == pd.Timestamp("2026-11-19 08:00", tz="UTC")


# G4


@pytest.mark.parametrize(
    ("text", "parts", "holds"),
    [
        (TEXT, None, True),
        ("I am sorry that I hurt you. It was my mistake.", None, False),
        ("I am sorry that I hurt you. It was my mistake.", ["regret"], True),
        ("Hello.", ["regret", "mistake"], False),
        ("Hello.", ["regret", "mistake", "hurt"], True),
        ("", ["regret", "mistake", "hurt"], False),
        (None, None, False),
    ],
)
def test_G4_says_regret_mistake_and_hurt(text: str | None, parts: list | None, holds: bool) -> None:
    """By its words or by her tick; soft. An empty text is no message."""
    found = the("G4", drafts=[message(30, text or "", parts=parts) | {"text": text}])
    assert (found.holds, found.hard) == (holds, False)


@pytest.mark.parametrize(("words", "holds"), [(200, True), (201, False)])
def test_G4_up_to_200_words(words: int, holds: bool) -> None:
    """Words are what stands between spaces."""
    text = f"{TEXT} {' '.join(['so'] * (words - len(TEXT.split())))}"
    assert the("G4", drafts=[message(30, text)]).holds == holds


SOFT = {"pressure": "Please come back to me.", "blame": "You made me leave."}


@pytest.mark.parametrize(("kind", "phrase"), SOFT.items())
def test_G4_a_caution_holds_it_back_until_she_stands_by_it(kind: str, phrase: str) -> None:
    """Each kind by itself; the sentence names the kind and not her words."""
    text = f"{TEXT} {phrase}"
    found = the("G4", drafts=[message(30, text)])
    assert (found.holds, found.hard) == (False, False)
    assert phrase not in found.why
    assert name_of(kind) in found.why
    assert found.see == ("message",)
    others = [other for other in SOFT if other != kind]
    assert not the("G4", drafts=[message(30, text, confirmed=others)]).holds
    assert the("G4", drafts=[message(30, text, confirmed=[kind])]).holds


@pytest.mark.parametrize(
    ("kind", "phrase"),
    [("ultimatum", "If you do not answer by Friday I will tell everyone."), ("crisis", "I want to die.")],
)
def test_G4_an_ultimatum_and_a_crisis_are_hard(kind: str, phrase: str) -> None:
    """She may say that she means it: it stays closed."""
    every = list(CAUTIONS)
    found = the("G4", drafts=[message(30, f"{TEXT} {phrase}", confirmed=every)])
    assert (found.holds, found.hard) == (False, True)
    assert NEVER_PASSES[kind].format(name_of(kind)) in found.why


def test_G4_what_was_found_and_what_she_ticked_are_told_apart() -> None:
    """Her tick counts, and is said to be hers; what she means so is named."""
    assert the("G4").why == (
        "It says that you regret ending it, that it was your mistake, your part in it and that you are sorry for the "
        "hurt. Nothing to read once more was found in it."
    )
    ticked = the("G4", drafts=[message(30, "I regret leaving.", parts=["regret", "mistake", "hurt"])])
    assert ticked.why.startswith("It says that you regret ending it. You ticked that it says that it was your mistake,")
    nothing_found = the("G4", drafts=[message(30, "Hi.", parts=["regret", "mistake", "hurt"])])
    assert nothing_found.why.startswith("You ticked that it says that you regret ending it,")
    meant = the("G4", drafts=[message(30, f"{TEXT} You made me leave.", confirmed=["blame"])])
    assert meant.why.endswith("Found to read once more, and you stand by it: blame.")


def test_G4_a_text_of_anger_does_not_hold_by_its_ticks() -> None:
    """What a stranger wrote, with the ticks of an earlier text."""
    text = (
        "I hate you. Everyone says you are making a huge mistake. I am sending you flowers and I know you still love "
        "me. Your mother thinks we should talk."
    )
    found = the("G4", drafts=[message(30, text, parts=["regret", "mistake", "hurt"])])
    assert not found.holds
    assert name_of("blame") in found.why
    assert name_of("pressure") in found.why


def test_G4_what_lies_in_wording_about_living_is_no_matter_of_its_own() -> None:
    """There is nothing to confirm in it, so nothing is asked to be confirmed."""
    found = the("G4", drafts=[message(30, f"{TEXT} I want to die without you.")])
    assert "Help comes first" in found.why
    assert name_of("despair") not in found.why


# G5


@pytest.mark.parametrize(
    ("cards", "said"),
    [
        ([], "The cards for silence and a clear no are not filled yet, under “Six replies”."),
        ([card("silence")], "The card for a clear no is not filled yet, under “Six replies”."),
    ],
)
def test_G5_names_the_empty_cards_and_leads_to_them(cards: list[Tables], said: str) -> None:
    """One or two."""
    found = the("G5", replies=cards)
    assert said in found.why
    assert found.see == ("replies",)


@pytest.mark.parametrize(
    ("cards", "holds", "hard"),
    [
        ([card("silence", can_bear=7), card("clear_no")], True, False),
        ([card("silence", can_bear=6), card("clear_no")], False, False),
        ([card("silence", can_bear=None), card("clear_no")], False, False),
        ([card("silence"), card("clear_no", can_bear=0)], True, False),
        ([card("silence")], False, True),
        ([card("clear_no")], False, True),
        ([card("silence"), card("clear_no", "  ")], False, True),
        ([card("silence", None), card("clear_no")], False, True),
        ([card("silence"), card("angry"), card("kind_no")], False, True),
        ([], False, True),
    ],
)
def test_G5_silence_and_a_clear_no(cards: list, holds: bool, hard: bool) -> None:
    """Both cards are filled, hard; silence can be borne at 7, soft."""
    found = the("G5", replies=cards)
    assert (found.holds, found.hard) == (holds, hard)


def test_G5_the_newest_card_counts() -> None:
    """In any order of rows."""
    old = card("silence", can_bear=9) | {"entry_id": "1", "created_utc": NOW - 2 * DAY}
    new = card("silence", can_bear=2) | {"entry_id": "2", "created_utc": NOW - DAY}
    for rows in ([old, new, card("clear_no")], [new, card("clear_no"), old]):
        assert "at 2 of 10" in the("G5", replies=rows).why


# G6


@pytest.mark.parametrize(
    ("edited", "reread", "holds"),
    [
        (24, 1, True),
        (24 - 1e-3, 1, False),
        (30, None, False),
        (30, 29, False),
        (30, 0, True),
        (30, 31, False),
        (30, -0.1, False),
        (40, 16, True),
    ],
)
def test_G6_rested_for_24_hours_and_read_again_after_a_night(edited: float, reread: float | None, holds: bool) -> None:
    """Hard. Read again on the day of the edit, before it, or in the future does not count."""
    at = None if reread is None else NOW - pd.Timedelta(hours=reread)
    found = the("G6", drafts=[message(edited, reread_utc=at)])
    assert (found.holds, found.hard) == (holds, True)


@pytest.mark.parametrize(
    ("edited", "reread", "holds"),
    [
        ("2026-11-16 23:50", "2026-11-17 00:10", False),
        ("2026-11-16 23:50", "2026-11-17 04:59", False),
        ("2026-11-16 23:50", "2026-11-17 05:00", True),
        ("2026-11-17 00:10", "2026-11-17 09:00", False),
        ("2026-11-17 00:10", "2026-11-18 09:00", True),
        ("2026-11-17 09:00", "2026-11-17 20:00", False),
    ],
)
def test_G6_a_night_is_a_night(edited: str, reread: str, holds: bool) -> None:
    """From before midnight to five in the morning at least, where she is."""
    at, read = (pd.Timestamp(t, tz="Europe/London") for t in (edited, reread))
    assert the("G6", drafts=[message(0, saved_utc=at, reread_utc=read)]).holds == holds


@pytest.mark.parametrize("edited", ["2026-10-24 12:00", "2026-03-28 12:00"])
@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Pacific/Auckland"])
def test_G6_24_hours_across_a_clock_change_and_zones(edited: str, zone: str) -> None:
    """A long Sunday and a short one: 24 hours, to the minute, wherever she opens the page."""
    at = pd.Timestamp(edited, tz="Europe/Berlin")
    due = at + DAY
    for now, rests in ((due - MINUTE, True), (due, False)):
        found = the("G6", now=now.tz_convert(zone), drafts=[message(0, saved_utc=at, reread_utc=now)])
        assert ("rests until" in found.why) == rests
        assert not rests or found.until == due.tz_convert("UTC") or found.until is None


def test_G6_an_edit_after_passing_closes_it_again() -> None:
    """And a change back to the earlier words is an edit; ticking a part, or reading it again, is none."""
    first = message(60, revision=1)
    assert the("G6", drafts=[first]).holds
    edited = message(1, TEXT + " So.", revision=2, reread_sha256=sha(TEXT))
    found = the("G6", drafts=[first, edited])
    assert not found.holds
    assert found.until == (NOW + 23 * HOUR).tz_convert("UTC") or found.until is None
    back = message(0.5, revision=3)
    assert not the("G6", drafts=[first, edited, back]).holds
    ticked = message(0.5, revision=2, parts=["freedom"], confirmed=["pressure"])
    assert the("G6", drafts=[ticked, first]).holds


@pytest.mark.parametrize(
    "row", [{"reread_sha256": "other"}, {"reread_sha256": None}, {"sha256": None, "reread_sha256": None}]
)
def test_G6_it_was_these_words_that_were_read_again(row: Tables) -> None:
    """A hash that differs, or is not there, is not unchanged."""
    assert not the("G6", drafts=[message(30, **row)]).holds


# G7


@pytest.mark.parametrize(
    ("row", "state"),
    [
        ({"dir": "out", "tone": None}, "closed"),
        ({"tone": "neutral"}, "wait"),
        ({"tone": "welcoming"}, "nothing_against"),
    ],
)
def test_G7_the_light_passes_on(row: Tables, state: str) -> None:
    """Its state becomes the gate's, hard; its sentence and its day the item's."""
    contacts = [
        {"entry_id": "a", "when": NOW - 5 * DAY, "dir": "out", "started_by": "her", "tone": None},
        {"entry_id": "b", "when": NOW - 4 * DAY, "dir": "in", "started_by": "her", "tone": "welcoming"} | row,
    ]
    found, item = judged(contacts=contacts), the("G7", contacts=contacts)
    assert (found.result, item.holds, item.hard) == (state, state == "nothing_against", True)
    frames = (pd.DataFrame(contacts), pd.DataFrame([SAFE]), NOW)
    assert item.why == sentence(light(*frames), *frames)


def test_G7_quiet_hours_and_a_fresh_edit_wait_with_their_day() -> None:
    """What the light knows of the message and the check-ins is asked too."""
    found = the("G7", drafts=[message(1)])
    assert (found.holds, found.until) == (False, (NOW + 23 * HOUR).tz_convert("UTC"))
    night = judged(now=NOW + 7 * HOUR)
    assert night.result == "wait"
    assert night.items[6].until == pd.Timestamp("2026-11-19 08:00", tz="UTC")


def test_G7_her_own_numbers_reach_the_light() -> None:
    """And the rest of a message."""
    assert judged(rules={"edit_hours": 48}).result == "wait"
    assert not the("G6", rules={"edit_hours": 48}).holds


def test_every_item_has_a_test() -> None:
    """G1 to G7 each stand in the name of one."""
    named = re.findall(r"def test_(G\d)_", Path(__file__).read_text("utf-8"))
    assert set(named) == {f"G{n}" for n in range(1, 8)}
