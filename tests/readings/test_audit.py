"""2.4 Old problems audit: order, counts, and wording that brings the safe start back."""

import pandas as pd
import pytest

from widgets.readings.audit import read_audit


def audit(*rows: tuple) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["reason", "changed", "deal_breaker"])
    return frame.assign(whose="both", evidence=None, deal_breaker=frame["deal_breaker"].astype("boolean"))


def test_deal_breakers_not_shown_often_stand_first_in_her_order() -> None:
    """Cannot know and not answered are not "shown often"; a deal-breaker of which it was shown stands with the rest."""
    rows = [("a", "no", False), ("b", "shown_often", True), ("c", "cannot_know", True), ("d", "no", None)]
    rows += [("e", None, True), ("f", "shown_once", True), ("g", "said", True)]
    found = read_audit(audit(*rows), ())
    assert [row.reason for row in found.rows] == ["c", "e", "f", "g", "a", "b", "d"]
    assert found.sentence == "7 reasons, 5 marked as ones you could not live with again."
    assert found.changes == "For one you say that a change was shown often, for 4 you do not."
    assert [row.deal_breaker for row in found.rows][-3:] == [False, True, None]


@pytest.mark.parametrize(
    ("shown", "says"),
    [
        (["shown_often"], "For it you say that a change was shown often."),
        (["no"], "For it you do not say that a change was shown often."),
        (["shown_often", "no"], "For one you say that a change was shown often, for the other you do not."),
        (["shown_often"] * 2, "For both you say that a change was shown often."),
        (["said"] * 2, "For neither do you say that a change was shown often."),
        (["shown_often"] * 3, "For all of them you say that a change was shown often."),
        ([None] * 3, "For none of them do you say that a change was shown often."),
    ],
)
def test_one_and_none_are_said_in_words(shown: list[str | None], says: str) -> None:
    """Not "for 1 of 1 you do; for 0 of 1 you do not"."""
    assert read_audit(audit(*[("a", one, True) for one in shown]), ()).changes == says


@pytest.mark.parametrize("mark", [False, None])
def test_without_deal_breakers_only_the_reasons_are_counted(mark: bool | None) -> None:
    """Not answered is no mark."""
    found = read_audit(audit(("a", "no", mark)), ())
    assert found.sentence == "1 reason, none marked as one you could not live with again."
    assert found.changes == ""


@pytest.mark.parametrize("place", ["reason", "evidence"])
def test_wording_about_harm_is_noticed_in_either_text(place: str) -> None:
    """In any case and with curly quotes, as the patterns are written for plain text."""
    patterns = (pattern for pattern in ["hit me", "didn't let me"])  # any iterable, read once
    frame = audit(("the shifts", "no", True), ("the money", "no", True)).astype(object)
    frame.loc[1, place] = "She DIDN’T  let me\nsee my sister"
    assert read_audit(frame, patterns).mentions_harm
    assert not read_audit(audit(("the shifts", "no", True)), ["hit me"]).mentions_harm


def test_objects_missing_columns_and_empty_tables_are_read() -> None:
    """Only the reason is needed."""
    frame = pd.DataFrame({"reason": ["a", None], "changed": [None, "no"]}, dtype=object)
    [row] = read_audit(frame, ["x"]).rows
    assert (row.reason, row.whose, row.changed, row.evidence, row.deal_breaker) == ("a", None, None, "", None)
    for empty in (pd.DataFrame(), audit()):
        found = read_audit(empty, ["x"])
        assert (found.rows, found.sentence, found.mentions_harm) == ((), "", False)
