"""5.1 The light in words: R10, and that each state names its fact and what would change it."""

import re
from typing import Any

import pandas as pd

from tests.readings.stories import (
    CLOSING,
    DAY,
    NEUTRAL,
    NOW,
    TALK,
    UNSAFE,
    UTC_NOW,
    answer,
    checkins,
    contacts,
    drafts,
    exchanges,
    hers,
    revisions,
    safety,
    shown,
    space,
    twice_started,
)
from widgets.catalogue.wording import PRONOUNS, Wording, unknown_placeholders
from widgets.readings.pace import NOTES, sentence

ENDINGS = {
    "R1": [safety(contact_wish=wish) for wish in ("no_contact", "blocked", "legal_order")]
    + [safety(was_hurt="physical")],
    "R2": [space("2026-11-30"), space()],
}
STORIES = {
    "R3": [hers(3)],
    "R5": [answer(3, "closing")],
    "R6": TALK,
    "R7": exchanges("her", "her", "her", "her"),
    "R9": [hers(100), answer(99)],
}


def told(*rows: dict[str, Any], now: pd.Timestamp = NOW, safe: pd.DataFrame | None = None, **more: Any) -> str:
    found = shown(*rows, now=now, safe=safe, **more)
    return sentence(found, contacts(*rows), safety() if safe is None else safe, now, **more)


def all_sentences() -> list[str]:
    closed = [told(safe=safe) for frames in ENDINGS.values() for safe in frames] + [told(safe=pd.DataFrame())]
    night = told(now=pd.Timestamp("2026-11-18 22:00", tz="Europe/London"))
    others = [night, told(drafts=drafts((1, "x"))), told(checkins=checkins((1, True))), told(rules={"unanswered": 0})]
    two = told(answer(9, "neutral"), answer(8, "neutral"))
    week = told(*twice_started(answer(15), hers(5), answer(4.9), hers(2), answer(1, "neutral")))
    soft = told(*revisions((20, CLOSING), (3, NEUTRAL)))
    return [*closed, *others, two, week, soft, *(told(*rows) for rows in STORIES.values()), told(), *NOTES.values()]


def test_R10_no_count_of_contacts_or_days_no_score_no_odds() -> None:
    """Besides dates and hours of the clock a sentence holds no figure, and no word of a game."""
    for said in all_sentences():
        bare = re.sub(r"\d{1,2} (January|October|November|December|August)|\d\d:\d\d", "", said)
        assert not re.search(r"\d|%|!|streak|score|chance|odds|in a row:", bare), said


def test_each_state_is_said_with_its_fact_and_what_would_change_it() -> None:
    """Closed once, with the reason; wait with its end; nothing against says that it says no more."""
    assert told(safe=safety(contact_wish="no_contact")) == (
        "Closed. {He} asked for no contact. It stays closed unless {he} {starts|start} {himself}, with interest."
    )
    assert told(safe=space("2026-11-30")) == (
        "Closed. {He} asked for space until Monday 30 November. It stays closed until that day has come."
    )
    assert told(hers(3)).startswith("Closed. What came from you on Sunday 15 November has no answer.")
    assert told() == "Nothing in your rules speaks against it. That is all this says."
    for said in all_sentences():
        assert said[:4] in ("Clos", "Wait", "Noth", "A sm"), said


def test_R8_how_long_a_message_rests_is_her_own_number() -> None:
    """It said a day, whatever she had set."""
    changed = drafts((1, "x"))
    assert told(drafts=changed).endswith("and rests for a day.")
    assert told(drafts=changed, rules={"edit_hours": 48}).endswith("and rests for as long as you set.")


def test_every_placeholder_can_be_filled() -> None:
    """With every set of pronouns, and no brace is left."""
    for said in all_sentences():
        assert not unknown_placeholders(said)
        assert not any(sign in Wording(PRONOUNS["they"], plural=True).fill(said) for sign in "{}|")


def test_R5_names_the_day_the_sign_was_logged() -> None:
    """Which may be later than the day it came; and how long a milder word does not count."""
    late = answer(9, "closing", created_utc=UTC_NOW - 3 * DAY)
    assert "On Sunday 15 November you logged a no from {him}." in told(late)
    assert "a second message in a row" in told(answer(9, "neutral"), answer(8, "unclear"))
    milder = told(*revisions((20, CLOSING), (3, NEUTRAL)))
    assert "until Sunday 29 November, 15:00 the stricter reading counts" in milder


def test_R1_a_private_reason_stays_unsaid() -> None:
    """Which of the answers about safety it was is in no sentence."""
    said = {told(safe=safety(**{detail: answered})) for detail, answered in UNSAFE}
    assert len(said) == 1
    assert not re.search("fear|afraid|hurt|control|say no", said.pop())
