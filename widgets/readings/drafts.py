"""3.3 The message and its revisions: what it is now, when it was last edited, and whether it was read again since."""

from dataclasses import dataclass
from itertools import takewhile

import pandas as pd

from .tables import NEVER, Reader, Row, ids, lists, moments, saved, texts

NEEDED = {"saved_utc": moments, "text": texts}
OPTIONAL = {
    "sha256": texts,
    "parts": lists,
    "confirmed": lists,
    "reread_utc": moments,
    "reread_sha256": texts,
}


@dataclass(frozen=True)
class Message:
    """The newest revision. `edited`: when its text was first saved as it is now; `reread`: after that, and of it."""

    text: str
    parts: frozenset[str]
    confirmed: frozenset[str]
    edited: pd.Timestamp | None
    reread: pd.Timestamp | None
    entries: tuple[str, ...]


def read_message(reader: Reader, drafts: pd.DataFrame | None) -> tuple[Message | None, list[Row]]:
    """The message, and all rows of `drafts`.

    Only where earlier revisions are given too can a revision that changed no word (she read it again, or ticked a
    part) be told from an edit; alone it counts as one.
    """
    rows = reader.rows("drafts", drafts, NEEDED, OPTIONAL)
    if not rows or rows[-1]["withdrawn"]:
        return None, rows
    newest = rows[-1]
    edited = _edited([row for row in rows if row["entry_id"] == newest["entry_id"]])
    return (
        Message(
            newest["text"] or "",
            frozenset(newest["parts"] or ()),
            frozenset(newest["confirmed"] or ()),
            edited,
            _reread(newest, edited),
            ids([newest]),
        ),
        rows,
    )


def _edited(revisions: list[Row]) -> pd.Timestamp | None:
    """When the run of revisions with the words of the newest one began."""
    run = list(takewhile(lambda row: _words(row) == _words(revisions[-1]), reversed(revisions)))
    return saved(run[-1])


def _words(row: Row) -> tuple[str | None, str | None]:
    return row["text"], row["sha256"]


def _reread(row: Row, edited: pd.Timestamp | None) -> pd.Timestamp | None:
    at: pd.Timestamp | None = row["reread_utc"]
    same = row["sha256"] is not None and row["reread_sha256"] == row["sha256"]
    return at if at is not None and same and at > (edited or NEVER) else None
