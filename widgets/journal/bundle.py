"""A bundle: a zip with every revision, to read in any spreadsheet and to bring back without loss.

`entries.csv` is what an import reads: one line a revision, the answers as JSON, each line with its checksum.
`tables/<name>.csv` shows the same to people and programs, `schema.json` says what the columns are.
"""

import csv
import datetime as dt
import io
import json
import lzma
import os
import struct
import tempfile
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from widgets.catalogue import Table

from . import store
from .entry import SEALED, Entry, from_row, to_row
from .errors import NewerBundle, NotABundle, NotExported, NotRead
from .exports import as_csv
from .frames import frame_of

FORMAT = 1
COLUMNS = (*SEALED, "checksum")
LONGEST = 1 << 30  # letters in a cell; the csv module stops at 131,072 by itself
MOST = 1 << 28  # bytes of a file in it: forty million words
HIGHEST = 1 << 63  # numbers from here on are in no database
NO_BUNDLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    RuntimeError,
    LookupError,
    TypeError,
    ValueError,
    ArithmeticError,
    csv.Error,
)  # what a file that is none, or a damaged one, ends in


def packed(entries: list[Entry], tables: Mapping[str, Table], made: dt.datetime) -> bytes:
    """The zip."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in files(entries, tables, made):
            member = zipfile.ZipInfo(name, made.timetuple()[:6])
            archive.writestr(member, text, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def write(path: Path, content: bytes) -> None:
    """Write a file, readable by its owner only; an earlier one of that name stays until this one is whole."""
    part = None
    try:
        held, part = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.part-")  # 0600, and nobody else's
        with open(held, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
        return
    except OSError:
        pass
    if part:
        with suppress(OSError):
            os.unlink(part)
    raise NotExported(path)


def read(path: Path) -> list[Entry]:
    """All revisions of a bundle. Raises NewerBundle, or NotABundle where a single line is not what was exported."""
    try:
        with zipfile.ZipFile(path) as archive:
            made_as = json.loads(_unpacked(archive, "schema.json"))["format"]
            if made_as == FORMAT:
                return _entries(_unpacked(archive, "entries.csv").decode())
        newer = int(made_as) > FORMAT
    except OSError as error:
        if error.errno:  # else bz2's word for what is no bz2
            raise NotRead(str(path)) from None
        newer = False
    except NO_BUNDLE:
        newer = False
    raise NewerBundle(path) if newer else NotABundle(path)


def _unpacked(archive: zipfile.ZipFile, name: str) -> bytes:
    """One file in it. Raises ValueError where a few bytes are to become more than any journal holds."""
    if archive.getinfo(name).file_size > MOST:  # no more than that is unpacked, whatever is in it
        raise ValueError("too long")
    return archive.read(name)


def merge(connection: Connection, theirs: Iterable[Entry]) -> int:
    """Add what is missing here; the number of entries that are new or changed.

    Where both sides revised the same entry, both revisions stay, numbered by the time they were saved: the later one is
    current, on both sides once each has the other's bundle.
    """
    by_entry: dict[str, list[Entry]] = defaultdict(list)
    for entry in theirs:
        by_entry[entry.entry_id].append(entry)
    return sum(_merge_entry(connection, entry_id, group) for entry_id, group in by_entry.items())


def _merge_entry(connection: Connection, entry_id: str, theirs: list[Entry]) -> bool:
    ours = store.revisions(connection, entry_id)
    if {_said(entry) for entry in ours}.issuperset(map(_said, theirs)):
        return False
    whole = {entry.revision for entry in ours}
    spoilt = store.numbers(connection, entry_id) - whole
    together = _united(ours, theirs)
    if spoilt <= {entry.revision for entry in theirs}:  # whole ones replace them, nothing else may
        store.remove(connection, entry_id)
        store.append(connection, together)
    else:
        store.remove(connection, entry_id, whole)
        store.append(connection, _around(spoilt, together))
    return True


def _around(kept: Set[int], together: list[Entry]) -> list[Entry]:
    """The same, with other numbers where these are taken."""
    if kept.isdisjoint(entry.revision for entry in together):
        return together
    free = (number for number in count(1) if number not in kept)
    return [replace(entry, revision=next(free)) for entry in together]


def _united(ours: list[Entry], theirs: list[Entry]) -> list[Entry]:
    together = list({_said(entry): entry for entry in (*theirs, *ours)}.values())
    if len({entry.revision for entry in together}) == len(together):
        return sorted(together, key=lambda entry: entry.revision)
    in_time = sorted(together, key=lambda entry: (entry.saved_utc, entry.revision, _said(entry)))
    return [replace(entry, revision=number) for number, entry in enumerate(in_time, 1)]


def _said(entry: Entry) -> str:
    """Everything about a revision but its number."""
    return str(to_row(replace(entry, revision=0))["checksum"])


def files(entries: list[Entry], tables: Mapping[str, Table], made: dt.datetime) -> Iterable[tuple[str, str]]:
    """Name and text of each file that is in a bundle."""
    yield "schema.json", json.dumps(_schema(tables, made), ensure_ascii=False, indent=1)
    yield "entries.csv", _csv(entries)
    for name, table in tables.items():
        owner = table.parent[0] if table.parent else name
        frame = frame_of(table, (e for e in entries if e.table == owner), history=True)
        yield f"tables/{name}.csv", as_csv(frame, table)


def _schema(tables: Mapping[str, Table], made: dt.datetime) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "made": made.isoformat(timespec="seconds"),
        "tables": {
            name: {
                "parent": table.parent,
                "columns": [
                    {"name": c.name, "dtype": c.dtype, "codes": c.codes, "label": c.label} for c in table.columns
                ],
            }
            for name, table in tables.items()
        },
    }


def _csv(entries: Iterable[Entry]) -> str:
    text = io.StringIO(newline="")
    lines = csv.DictWriter(text, COLUMNS)
    lines.writeheader()
    lines.writerows(to_row(entry) | {"late": int(entry.late), "withdrawn": int(entry.withdrawn)} for entry in entries)
    return text.getvalue()


def _entries(text: str) -> list[Entry]:
    """Each line is judged before the next is read: of a file that is none, no more than its beginning is."""
    before = csv.field_size_limit(LONGEST)
    try:
        return [_entry(line) for line in csv.DictReader(io.StringIO(text, newline=""))]
    finally:
        csv.field_size_limit(before)


def _entry(line: Mapping[str, Any]) -> Entry:
    numbers = {name: int(line[name]) for name in ("revision", "late", "withdrawn")}
    entry = from_row({**line, **numbers})
    if entry is None or not 0 < entry.revision < HIGHEST:
        raise ValueError("a line that is not what was written")
    return entry
