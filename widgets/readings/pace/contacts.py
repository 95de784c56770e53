"""5.1 Contact log: what of it counts, in the order it happened."""

from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from ..tables import Row, by_entry, codes, flags, moments, saved

STRICT_FOR = pd.Timedelta(days=14)  # in which a reply logged again more mildly counts as its strictest revision

NEEDED = {
    "when": moments,
    "dir": codes("out", "in"),
    "started_by": codes("her", "him"),
    "tone": codes("welcoming", "neutral", "closing", "unclear"),
}
OPTIONAL = {"necessary": flags, "failed": flags}


@dataclass(frozen=True)
class Contact:
    """One contact that counts: not necessary, and if it is hers, delivered. `tone`: "" for hers, and never unclear.

    `own_start`: whoever wrote it was the one who started. `logged`: when the entry was begun. `strict_until`: while she
    logged it more mildly since, the end of the time in which that does not count.
    """

    when: pd.Timestamp
    out: bool
    tone: str
    own_start: bool
    logged: pd.Timestamp | None = None
    strict_until: pd.Timestamp | None = None

    @property
    def is_his_start(self) -> bool:
        """He starts: a message of his that answers nothing, and with interest; polite or practical is no start."""
        return not self.out and self.own_start and self.tone == "welcoming"


def counted(rows: list[Row], now: pd.Timestamp) -> tuple[Contact, ...]:
    """What counts, oldest first; at the same moment what opens stands before what closes.

    rows: every revision, or only the newest. Of hers the newest revision counts. A contact ahead of now (another
    device's clock), or without any time, counts as now if it is hers or closes, and not yet otherwise.
    """
    resolved = [_in_force(revisions, now) for revisions in by_entry(rows)]
    found = [_contact(row, now, strict_until) for row, strict_until in resolved if not _is_nothing(row)]
    return tuple(sorted((c for c in found if c is not None), key=_order))


def _in_force(revisions: list[Row], now: pd.Timestamp) -> tuple[Row, pd.Timestamp | None]:
    """The newest revision, or for a while the strictest of a reply, and until when."""
    newest = revisions[-1]
    replies = [row for row in revisions if row is newest or not is_out(row)]
    milder = [saved(after) or now for before, after in pairwise(replies) if _severity(after) < _severity(before)]
    if not milder or now >= milder[-1] + STRICT_FOR:
        return newest, None
    return max(reversed(replies), key=_severity), milder[-1] + STRICT_FOR


def is_out(row: Row) -> bool:
    """Hers. Where that is not answered, only a tone tells that it was his."""
    return bool(row["dir"] == "out" or (row["dir"] is None and row["tone"] is None))


def _is_nothing(row: Row) -> bool:
    return bool(row["necessary"] or row["withdrawn"] or (is_out(row) and row["failed"]))


def _tone(row: Row) -> str:
    return "neutral" if row["tone"] in (None, "unclear") else str(row["tone"])


def _severity(row: Row) -> int:
    if _is_nothing(row):
        return 2
    if is_out(row):
        return 4
    if _tone(row) == "welcoming":
        return 0 if row["started_by"] == "him" else 1
    return 5 if _tone(row) == "closing" else 3


def _contact(row: Row, now: pd.Timestamp, strict_until: pd.Timestamp | None) -> Contact | None:
    out, tone = is_out(row), _tone(row)
    when = row["when"] if row["when"] is not None else row["created_utc"]
    if when is None or when > now:
        if not out and tone != "closing":
            return None
        when = now
    starter = "her" if out else "him"
    own_start = row["started_by"] == starter or (out and row["started_by"] is None)
    return Contact(when, out, "" if out else tone, own_start, row["created_utc"], strict_until)


def _order(contact: Contact) -> tuple[pd.Timestamp, int, bool]:
    rank = 3 if contact.out else ("welcoming", "neutral", "closing").index(contact.tone)
    return (contact.when, rank, contact.own_start)
