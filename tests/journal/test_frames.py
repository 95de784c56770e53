"""A table's columns: those of every entry, which no item can be called like, and those of its items."""

from widgets.catalogue import ENTRY_COLUMNS, RESERVED, Table
from widgets.journal import frame_of
from widgets.journal.sample import FRAME


def test_no_item_can_be_called_like_a_column_of_every_table() -> None:
    """It would stand in its place: in a frame, a history, the rows inside an entry, or a file of sample rows."""
    table, rows = Table("walks", ()), Table("steps", (), parent=("walks", "steps"))
    assert tuple(frame_of(table, []).columns) == ENTRY_COLUMNS
    assert {*frame_of(rows, [], history=True).columns, *FRAME} == RESERVED
