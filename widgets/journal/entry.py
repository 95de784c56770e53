"""One revision of one entry, as the journal keeps it, and the checksum that tells whether the disk kept it too."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from json.encoder import encode_basestring_ascii as _text
from typing import Any

BRANCHES = ("undecided", "try", "not_yet", "let_go")
TOLD = {False: "false", True: "true"}
SEALED = (
    "entry_id",
    "revision",
    "table",
    "answers",
    "created_utc",
    "saved_utc",
    "local_date",
    "tz",
    "late",
    "branch_then",
    "withdrawn",
)


@dataclass(frozen=True)
class Entry:
    """One revision. `answers`: item id -> JSON value; times are aware and in UTC; `tz` is the IANA zone of the writing.

    `local_date` is the day it is about, and `late` is true where that is before the day of writing. `branch_then` is
    the decision that stood when this revision was saved. The repr shows no answers.
    """

    entry_id: str
    revision: int
    table: str
    answers: dict[str, Any] = field(repr=False)
    created_utc: dt.datetime
    saved_utc: dt.datetime
    local_date: dt.date
    tz: str
    late: bool
    branch_then: str
    withdrawn: bool


@dataclass(frozen=True)
class Draft:
    """What is on a screen and not yet saved. `writer` tells which view of the page kept it; `kept_utc` is aware."""

    exercise: str
    answers: dict[str, Any] = field(repr=False)
    kept_utc: dt.datetime
    writer: str = ""


def to_row(entry: Entry) -> dict[str, Any]:
    """The columns of `entries`, checksum included."""
    row = {name: getattr(entry, name) for name in SEALED}
    row |= {
        "answers": to_json(entry.answers),
        "created_utc": to_text(entry.created_utc),
        "saved_utc": to_text(entry.saved_utc),
        "local_date": entry.local_date.isoformat(),
    }
    return row | {"checksum": checksum(row)}


def from_row(row: Mapping[str, Any]) -> Entry | None:
    """The entry in a row of `entries`; None if the row is not what was written."""
    return from_values([row[name] for name in (*SEALED, "checksum")])


def from_values(values: Sequence[Any]) -> Entry | None:
    """The same of a row's values, in the order of SEALED, the checksum last."""
    if not is_whole(values):
        return None
    entry_id, revision, table, answers, created, saved, date, tz, late, branch, withdrawn, _ = values
    try:
        return Entry(
            entry_id,
            revision,
            table,
            json.loads(answers),
            to_moment(created),
            to_moment(saved),
            dt.date.fromisoformat(date),
            tz,
            bool(late),
            branch,
            bool(withdrawn),
        )
    except (TypeError, ValueError):
        return None


def is_whole(values: Sequence[Any]) -> bool:
    """Whether a row's values, ordered like this, are what was written."""
    *kept, told = values
    try:
        return bool(told == _sum(*kept))
    except (TypeError, KeyError):  # bytes that are no text, no number, no flag
        return False


def to_draft(row: Mapping[str, Any]) -> Draft | None:
    """The draft in a row of `drafts`; None if the row cannot be read."""
    try:
        answers, kept = json.loads(row["answers"]), to_moment(row["kept_utc"])
    except (TypeError, ValueError):
        return None
    exercise, writer = row["exercise"], row["writer"]
    is_whole = isinstance(exercise, str) and isinstance(writer, str) and isinstance(answers, dict)
    return Draft(exercise, answers, kept, writer) if is_whole else None


def checksum(row: Mapping[str, Any]) -> str:
    """Over everything that is kept of a revision. It finds accidents; it is no signature."""
    return _sum(*(row[name] for name in SEALED))


def _sum(entry_id: str, revision: int, table: str, answers: str, *rest: Any) -> str:
    """Of a revision's values in the order of SEALED, as a JSON list in ASCII. What never was is a TypeError, KeyError.

    The list is put together by hand: for a journal of years, this is most of the time that reading it takes.
    """
    created, saved, date, tz, late, branch, withdrawn = rest
    sealed = (
        f"[{_text(entry_id)}, {revision!r}, {_text(table)}, {_text(answers)}, {_text(created)}, {_text(saved)}, "
        f"{_text(date)}, {_text(tz)}, {TOLD[late]}, {_text(branch)}, {TOLD[withdrawn]}]"
    )
    return hashlib.blake2b(sealed.encode("ascii"), digest_size=16).hexdigest()


def same_answers(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """True if both say the same; an item left out and one that is NA are the same. True and 1 are not."""
    return _said(one) == _said(other)


def to_json(answers: Mapping[str, Any]) -> str:
    """Answers as they are kept. Raises ValueError for NaN, TypeError for what JSON does not know."""
    text = json.dumps(answers, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", "replace").decode()  # half a sign, as a cut emoji leaves one, is in no file


def to_text(moment: dt.datetime) -> str:
    """An aware moment as UTC text; text order is time order."""
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds")


def to_moment(text: str) -> dt.datetime:
    """The aware moment, in UTC, of such a text."""
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC)


def _said(answers: Mapping[str, Any]) -> str:
    return to_json({name: answers[name] for name in sorted(answers) if answers[name] is not None})
