"""5.3 Urge pause: what her looks at the pull say together, and when a person is of more use than a page."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from widgets.readings.urges import Look, read_urges

TODAY = pd.Timestamp("2026-11-22")


def urge(name: str, *looks: tuple[int, dict[str, Any]], day: str = "2026-11-20", at: str = "20:00", **more: Any) -> Any:
    """The revisions of one urge: each the minutes after its beginning, and what was answered by then."""
    begun = pd.Timestamp(f"{day} {at}", tz="Europe/London").tz_convert("UTC")
    blank = {"urge_now": None, "urge_10": None, "urge_30": None, "excuse_i_hear": None}
    said: dict[str, Any] = {}
    rows = []
    for revision, (minutes, answers) in enumerate(looks, 1):
        said = said | answers
        saved = begun + pd.Timedelta(minutes=minutes)
        frame = {
            "entry_id": name,
            "revision": revision,
            "created_utc": begun,
            "saved_utc": saved,
            "tz": "Europe/London",
        }
        rows.append(frame | {"local_date": pd.Timestamp(day)} | blank | said | more)
    return pd.DataFrame(rows)


def looked(name: str, now: int, ten: int | None, thirty: int | None, **more: Any) -> pd.DataFrame:
    steps = [(0, {"urge_now": now}), (11, {"urge_10": ten}), (34, {"urge_30": thirty})]
    return urge(name, *((m, a) for m, a in steps if set(a.values()) != {None}), **more)


FOUR = [looked("a", 8, 7, 4), looked("b", 9, None, 8), looked("c", 5, 5, 0), looked("d", 7, 6, None)]


def test_the_fall_is_the_middle_of_those_looked_at_to_the_end() -> None:
    """4, 1 and 5 points; an urge without a look after half an hour is counted and not judged."""
    found = read_urges(pd.concat(FOUR), TODAY)
    assert (found.fall, found.n, len(found.urges)) == (4.0, 3, 4)
    assert found.sentence == (
        "4 urges so far, 3 with a look after half an hour. At the middle of these 3, the pull was 4 points lower then, "
        "between 1 and 5 points lower."
    )


def test_the_line_goes_through_the_same_urges_where_three_have_a_look() -> None:
    """Ten minutes have two looks only, so the line goes past them."""
    assert read_urges(pd.concat(FOUR), TODAY).middle == ((0, 8.0), (30, 4.0))
    more = [*FOUR, looked("e", 6, 4, 2)]
    assert read_urges(pd.concat(more), TODAY).middle == ((0, 7.0), (10, 5.0), (30, 3.0))


def test_a_pull_that_grew_or_stayed_is_said_as_plainly() -> None:
    """Nothing here promises that it falls."""
    same = [looked(n, 5, None, 5) for n in "abc"]
    assert "the pull was as strong as before then, each time alike." in read_urges(pd.concat(same), TODAY).sentence
    grew = [looked(n, 5, None, v) for n, v in zip("abc", (6, 7, 4), strict=True)]
    assert "1 point higher then, from 2 points higher to 1 point lower." in read_urges(pd.concat(grew), TODAY).sentence


@pytest.mark.parametrize("n", [0, 1, 2])
def test_under_three_looks_no_middle_is_said(n: int) -> None:
    found = read_urges(pd.concat([pd.DataFrame(), *FOUR[:n], FOUR[3]]), TODAY)
    assert (found.fall, found.middle) == (None, ())
    assert found.sentence.endswith("Once there are three such looks, their middle is shown here.")


def test_nothing_yet_says_nothing() -> None:
    assert read_urges(pd.DataFrame(), TODAY).sentence == ""


def test_the_time_of_a_look_is_that_of_its_save_and_not_of_a_later_correction() -> None:
    """Also over midnight, and by the clock of her zone."""
    steps = [(0, {"urge_now": 8}), (12, {"urge_10": 6}), (14, {"urge_10": 5}), (47, {"urge_30": 1})]
    [found] = read_urges(urge("a", *steps, at="23:55"), TODAY).urges
    assert found.looks == {"urge_now": Look(8, 0), "urge_10": Look(5, 12), "urge_30": Look(1, 47)}
    assert (found.day, found.hour) == ("Friday 20 November", "23:55")


def test_zero_is_a_look() -> None:
    [found] = read_urges(looked("a", 3, 0, 0), TODAY).urges
    assert (found.looks["urge_10"].value, found.looks["urge_30"].value) == (0, 0)


def test_what_is_withdrawn_or_still_open_is_not_shown() -> None:
    frames = [*FOUR[:2], urge("x", (0, {"urge_now": 9}), withdrawn=True)]
    shown = read_urges(pd.concat(frames), TODAY, still_open=["b"])
    assert [u.looks["urge_now"].value for u in shown.urges] == [8]


def test_the_reason_that_came_most_often_is_named_in_her_words_once_it_came_twice() -> None:
    frames = [
        urge(n, (0, {"urge_now": 5, "excuse_i_hear": why}))
        for n, why in zip("abcd", ("x", "y ", "y", None), strict=True)
    ]
    assert read_urges(pd.concat(frames), TODAY).reason == "y"
    assert read_urges(pd.concat(frames[:2]), TODAY).reason == ""


def many(*counts: int) -> pd.DataFrame:
    """So many urges a day, the last number being today's."""
    frames = [
        urge(f"{n}-{k}", (0, {"urge_now": 5}), day=str((TODAY - pd.Timedelta(days=n)).date()))
        for n, count in enumerate(reversed(counts))
        for k in range(count)
    ]
    return pd.concat(frames)


@pytest.mark.parametrize(
    ("counts", "is_often"),
    [
        ((5, 5, 5), True),
        ((5, 5, 5, 0), True),
        ((5, 5, 5, 1), True),
        ((5, 5, 5, 0, 1), False),
        ((5, 4, 5), False),
        ((5, 5), False),
        ((9, 5, 0, 5), False),
        ((1, 6, 7, 5), True),
    ],
)
def test_five_a_day_on_three_days_running_up_to_today_or_yesterday(counts: tuple[int, ...], is_often: bool) -> None:
    """C6: from then on a person is named. An urge that is still open counts too."""
    frame = many(*counts)
    assert read_urges(frame, TODAY).is_often is is_often
    assert read_urges(frame, TODAY, still_open=set(frame["entry_id"])).is_often is is_often


@settings(deadline=None, max_examples=25)
@given(st.permutations(range(10)))
def test_neither_row_order_nor_column_types_matter(order: list[int]) -> None:
    frame = pd.concat(FOUR, ignore_index=True)
    assert len(frame) == 10
    mixed = frame.astype(object).where(frame.notna(), None).iloc[order]
    assert read_urges(mixed, TODAY) == read_urges(frame, TODAY)
