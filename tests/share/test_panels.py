"""What the pages say of her answers in a file: each list with what leads to it, and nothing twice."""

from typing import Any

from widgets.share.panels import said
from widgets.share.pieces import Lines, Section, Sheet, Words

ABOVE = frozenset({"apple", "banana"})


def told(*blocks: dict[str, Any]) -> tuple:
    panels = said({"blocks": blocks, "cannot_tell": ""}, ABOVE)
    return tuple(piece for section in panels for piece in section.parts)


def block(kind: str, text: str = "", **more: Any) -> dict[str, Any]:
    return {"kind": kind, "text": text} | more


def test_a_list_that_says_something_new_keeps_its_heading() -> None:
    """One line that does not stand above is enough."""
    parts = told(block("heading", "Fruit"), block("list", items=["Apple", "Cherry"]))
    assert parts == (Section("Fruit", (Lines(("Apple", "Cherry")),)),)


def test_a_heading_goes_with_the_list_under_it() -> None:
    """And does not come to stand over the next block."""
    parts = told(block("heading", "Fruit"), block("list", items=["Apple", "Banana"]), block("text", "2 fruits."))
    assert parts == (Words("2 fruits."),)


def test_a_sentence_before_a_table_stays_without_it() -> None:
    """It counts; only before a list does it lead to what follows."""
    sheet = {"caption": "", "head": [], "rows": [["Apple", "no answer"]]}
    assert told(block("text", "1 fruit."), block("table", **sheet)) == (Words("1 fruit."),)


def test_a_panel_of_which_nothing_is_left_is_no_section() -> None:
    """Nothing empty stands in a file."""
    parts = told(block("text", "Your fruit:"), block("list", items=["Banana"]), block("text", "Eat.", to_her=True))
    assert parts == ()


def test_a_day_without_an_answer_has_no_row() -> None:
    """Weeks without a check-in would make the table long, and it says nothing of them."""
    rows = [["Monday", "3", "no answer"], ["Tuesday", "no answer", ""]]
    assert told(block("table", caption="Days", head=["Day", "A", "B"], rows=rows)) == (
        Sheet("Days", ("Day", "A", "B"), (("Monday", "3", "no answer"),)),
    )
