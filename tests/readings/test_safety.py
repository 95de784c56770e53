"""1.1 Safe start: what closes the way to a message, and what may be said about why."""

import re
from itertools import product

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.catalogue import load_catalogue
from widgets.readings.pace.words import WISHES
from widgets.readings.safety import ASKED_OF_ALL, REASONS, Verdict, routes, verdict

SAFE = {
    "contact_wish": "none_said",
    "fear_of_him": "no",
    "was_hurt": "no",
    "can_say_no": "yes",
    "i_hurt_or_controlled": "no",
}
TODAY = pd.Timestamp("2026-11-22")
EXERCISE = load_catalogue().exercise("safe-start")
CODES = {i: [*EXERCISE.item(i).choices, None] for i in ("contact_wish", *ASKED_OF_ALL, "he_is_adult")}


def test_nothing_against_it_is_open() -> None:
    """Only a complete set of safe answers opens the way."""
    assert verdict(SAFE) == Verdict(False, None)


CLOSING = [
    ("fear_of_him", "yes"),
    ("was_hurt", "controlled"),
    ("was_hurt", "physical"),
    ("was_hurt", "rather_not_say"),
    ("can_say_no", "not_sure"),
    ("can_say_no", "no"),
    ("i_hurt_or_controlled", "controlled"),
    ("i_hurt_or_controlled", "physical"),
    ("i_hurt_or_controlled", "rather_not_say"),
    *((d, None) for d in ASKED_OF_ALL),
]


@pytest.mark.parametrize(("detail", "answer"), CLOSING)
def test_each_detail_closes_by_itself_and_its_reason_stays_unsaid(detail: str, answer: str | None) -> None:
    """Fear, harm either way, no safe no, rather not say, unanswered: closed, and nothing tells which."""
    assert verdict(SAFE | {detail: answer}) == Verdict(True, None)


@pytest.mark.parametrize(
    ("detail", "answer"), [("fear_of_him", "a_bit"), ("was_hurt", "verbal"), ("i_hurt_or_controlled", "verbal")]
)
def test_what_the_rules_do_not_name_does_not_close(detail: str, answer: str) -> None:
    """A little fear and hard words leave the way open."""
    assert not verdict(SAFE | {detail: answer}).closed


@pytest.mark.parametrize("wish", ["no_contact", "blocked", "legal_order"])
def test_his_wish_closes_and_is_named(wish: str) -> None:
    """What he said or did may be said."""
    assert verdict(SAFE | {"contact_wish": wish}) == Verdict(True, wish)


def test_a_private_reason_silences_the_public_one() -> None:
    """Where both close, a wish of his could one day open again; what is unsafe must not."""
    assert verdict(SAFE | {"contact_wish": "blocked", "fear_of_him": "yes"}) == Verdict(True, None)


@pytest.mark.parametrize(("adult", "closed"), [("yes", True), ("no", False), ("rather_not_say", True), (None, True)])
def test_under_18_is_closed_unless_he_is_under_18_too(adult: str | None, closed: bool) -> None:
    """An adult, or nothing said about it, closes."""
    assert verdict(SAFE | {"under_18": True, "he_is_adult": adult}).closed is closed


def test_details_that_were_not_kept_still_stand() -> None:
    """Changing what he asked for does not ask her for everything again, and never opens what was closed."""
    only_wish = {"contact_wish": "blocked"}
    assert verdict(only_wish, before=Verdict(False, None)) == Verdict(True, "blocked")
    assert verdict({"contact_wish": "none_said"}, before=Verdict(True, "blocked")) == Verdict(False, None)
    assert verdict({"contact_wish": "none_said"}, before=Verdict(True, None)) == Verdict(True, None)


def test_one_detail_answered_again_leaves_the_others_as_they_were() -> None:
    """A harmless answer closes nothing that was open, an unsafe one closes, and neither opens what was closed."""
    harmless, unsafe = (
        {"contact_wish": "none_said", "fear_of_him": "no"},
        {"contact_wish": "none_said", "fear_of_him": "yes"},
    )
    assert verdict(harmless, before=Verdict(False, None)) == Verdict(False, None)
    assert verdict(unsafe, before=Verdict(False, None)) == Verdict(True, None)
    assert verdict(harmless, before=Verdict(True, None)) == Verdict(True, None)


@given(st.fixed_dictionaries({k: st.sampled_from(v) for k, v in CODES.items()}), st.booleans())
def test_open_means_that_every_single_answer_is_safe(answers: dict, young: bool) -> None:
    """Over all combinations: nothing opens by accident."""
    if not verdict(answers | {"under_18": young}).closed:
        assert answers["contact_wish"] in ("none_said", "asked_for_space")
        assert answers["fear_of_him"] in ("no", "a_bit")
        assert answers["can_say_no"] == "yes"
        assert {answers["was_hurt"], answers["i_hurt_or_controlled"]} <= {"no", "verbal"}
        assert not young or answers["he_is_adult"] == "no"


def table(**row: object) -> pd.DataFrame:
    base = {
        "contact_wish": "none_said",
        "space_until": pd.NaT,
        "under_18": pd.NA,
        "route_closed": False,
        "route_reason": None,
    }
    return pd.DataFrame([base | row])


def said(frame: pd.DataFrame) -> str:
    return " ".join(routes(frame, TODAY).sentences)


def test_before_any_answer_the_way_is_closed_and_the_page_says_so() -> None:
    """No row is not a yes."""
    found = routes(table().iloc[:0], TODAY)
    assert found.state == "unanswered"
    assert "stays closed" in found.sentences[0]


def test_an_unknown_verdict_is_closed() -> None:
    """NA is never read as open."""
    assert routes(table(route_closed=pd.NA), TODAY).state == "closed"


def test_a_public_reason_is_told_and_a_private_one_is_not() -> None:
    """He blocked you may stand on the page; fear and harm may not."""
    assert "{He} blocked you." in said(table(route_closed=True, route_reason="blocked"))
    private = said(table(route_closed=True))
    assert "which of them it was is not said here, and is written down only if you asked for that." in private
    assert "If you were defending yourself, this part is not about you." in private


@pytest.mark.parametrize(
    ("until", "state"), [("2026-11-23", "space"), ("2026-11-22", "open"), ("2026-11-21", "open"), (None, "space")]
)
def test_space_lasts_until_its_day_and_without_a_day_until_he_writes(until: str | None, state: str) -> None:
    """On the boundary: the day itself has come."""
    assert (
        routes(table(contact_wish="asked_for_space", space_until=pd.Timestamp(until) if until else pd.NaT), TODAY).state
        == state
    )


def test_what_is_said_to_stay_open_does() -> None:
    """4.1, what she learned, is not asked of everybody: it is not promised."""
    assert "learned" not in routes(table(route_closed=True), TODAY).stays_open


@pytest.mark.parametrize("wish", ["no_contact", "blocked", "legal_order"])
def test_his_wish_is_told_in_the_same_words_here_and_by_the_light(wish: str) -> None:
    """What would open the way is one fact."""
    [last] = re.findall(r"(It stays closed[^.]*\.)", REASONS[wish])
    assert last in WISHES[wish]


def test_the_newest_row_counts() -> None:
    """A later answer replaces an earlier one."""
    both = pd.concat([table(route_closed=True), table()])
    assert routes(both, TODAY).state == "open"


def test_a_reader_under_18_hears_of_an_adult_in_every_state() -> None:
    """Whether closed, waiting or open."""
    rows = product([True, False], ["none_said", "asked_for_space"])
    assert all("An adult you trust" in said(table(under_18=True, route_closed=c, contact_wish=w)) for c, w in rows)
