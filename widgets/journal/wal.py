"""The write-ahead log beside a file. SQLite reads it up to its first damaged frame, and drops the rest without a word.

Its form is SQLite's own (sqlite.org/fileformat2.html, "The Write-Ahead Log"): a header, then frames of a page each.
Every sum of a frame goes on from the one before, as it is written there: so a frame behind a damaged one can be judged.
"""

import struct
import sys
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from . import turns

END = "-wal"  # of its name
PAGE = 4096  # bytes, of SQLite and of SQLCipher
HEADER, FRAME = struct.Struct(">8I"), struct.Struct(">6I")
SUMMED = 8  # bytes of a frame's own head that its sum covers; the header's covers all but itself
ORDERS = {0x377F0682: "<", 0x377F0683: ">"}  # how a log begins -> the byte order its sums are made in
OF_THIS_MACHINE = {"little": "<", "big": ">"}[sys.byteorder]

Sums = tuple[int, ...]


@dataclass(frozen=True)
class Frame:
    """A page as a transaction left it. `pages`: of the file, where the transaction ends with it; else 0.

    is_sealed: its own sum fits, too, without which SQLite reads neither it nor what is behind it.
    """

    page: int
    pages: int
    content: bytes = field(repr=False)
    is_whole: bool
    is_sealed: bool


def log_of(path: Path) -> Path:
    """Where the log of a file lies."""
    return path.with_name(path.name + END)


def is_log(path: Path) -> bool:
    """True of what is called like one."""
    return path.name.endswith(END)


def has_log(path: Path) -> bool:
    """True if something is in it."""
    log = log_of(path)
    return log.exists() and log.stat().st_size > 0


def is_broken(path: Path) -> bool:
    """True if SQLite would drop what lies behind a damaged place of the log. Raises BlockingIOError."""
    if not has_log(path):
        return False
    with turns.alone(path.parent):
        return has_log(path) and not all(frame.is_sealed for frame in _frames(path))


def ends(path: Path) -> list[int]:
    """After how many bytes of a log that is whole each of its transactions ends."""
    frames = _frames(path)
    sizes = [FRAME.size + len(frame.content) for frame in frames]
    return [HEADER.size + sum(sizes[:place]) for place, frame in enumerate(frames, 1) if frame.pages]


def carry_over(path: Path) -> bool:
    """Put every page of the log that is whole into the file, in place of SQLite, and delete the log. Only on a copy.

    True if nothing is missing: each damaged page was written once more later.
    """
    frames = _frames(path)
    last = {frame.page: place for place, frame in enumerate(frames) if frame.is_whole}
    with path.open("r+b") as file:
        for frame in frames:
            if frame.is_whole:
                file.seek((frame.page - 1) * len(frame.content))
                file.write(frame.content)
        if frames:
            file.truncate(frames[-1].pages * len(frames[-1].content))
    log_of(path).unlink()
    return all(last.get(frame.page, -1) >= place for place, frame in enumerate(frames) if frame.page)


def _frames(path: Path) -> list[Frame]:
    """All that were written since the log was last emptied, up to the end of the last transaction that is there.

    Where the header is damaged SQLite reads none of them: then a frame without a page stands for it, and the first one
    is taken as it is, since nothing tells what its sum goes on from.
    """
    raw = log_of(path).read_bytes()
    if len(raw) < HEADER.size + FRAME.size:
        return []
    start, _, size, _, *told = HEADER.unpack_from(raw)
    order = ORDERS.get(start, OF_THIS_MACHINE)
    salts, before = told[:2], [tuple(told[2:])]
    is_headless = start not in ORDERS or _summed(raw[: HEADER.size - 8], order, (0, 0)) != before[0]
    if is_headless:
        size, salts = PAGE, _commonest_salts(raw)
    frames = [Frame(0, 0, b"", is_whole=False, is_sealed=False)] if is_headless else []
    for at in range(HEADER.size, len(raw) - FRAME.size - size + 1, FRAME.size + size):
        page, pages, *its_salts, one, two = FRAME.unpack_from(raw, at)
        content = raw[at + FRAME.size : at + FRAME.size + size]
        due = [_summed(raw[at : at + SUMMED] + content, order, sums) for sums in before]
        fits = (one, two) in due
        if fits and due[0] != (one, two):  # so of the frame before only the sum itself is damaged
            frames[-1] = replace(frames[-1], is_whole=True)
        is_first = is_headless and at == HEADER.size
        is_whole = its_salts == salts and page > 0 and (fits or is_first)
        frames.append(Frame(page, pages, content, is_whole, is_sealed=is_whole and fits))
        before = [(one, two)] if fits else [(one, two), due[0]]
    ends = [place for place, frame in enumerate(frames, 1) if frame.is_whole and frame.pages]
    return frames[: ends[-1]] if ends else []


def _commonest_salts(raw: bytes) -> list[int]:
    places = range(HEADER.size, len(raw) - FRAME.size + 1, FRAME.size + PAGE)
    return list(Counter(FRAME.unpack_from(raw, at)[2:4] for at in places).most_common(1)[0][0])


def _summed(raw: bytes, order: str, before: Sums) -> Sums:
    one, two = before
    for first, second in struct.iter_unpack(f"{order}2I", raw):
        one = one + first + two & 0xFFFFFFFF
        two = two + second + one & 0xFFFFFFFF
    return one, two
