"""What the peers' pages share: the same table, the same text, the same figure. Ours keeps its rows in a journal."""

import os
import sqlite3
from pathlib import Path

ROWS = 200
EXERCISES = 6
PASSAGE = "A passage of the reading, of the usual length, with a thought or two and no hurry. " * 6
PLACE = Path(os.environ.get("BENCH_ROWS", "rows.sqlite"))


def seeded() -> list[tuple[int, int]]:
    """The rows every host starts with: loneliness and longing."""
    return [(i * 7 % 11, i * 5 % 11) for i in range(ROWS)]


def make(place: Path = PLACE) -> None:
    """A new file with these rows."""
    place.unlink(missing_ok=True)
    with connect(place) as connection:
        connection.execute("CREATE TABLE moods (id INTEGER PRIMARY KEY, lonely INT, longing INT, note TEXT)")
        connection.executemany("INSERT INTO moods (lonely, longing) VALUES (?, ?)", seeded())


def connect(place: Path = PLACE) -> sqlite3.Connection:
    connection = sqlite3.connect(place, timeout=10)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def save(lonely: int, longing: int, note: str) -> int:
    """Keep one row; the number of rows now."""
    with connect() as connection:
        connection.execute("INSERT INTO moods (lonely, longing, note) VALUES (?, ?, ?)", (lonely, longing, note))
        return int(connection.execute("SELECT count(*) FROM moods").fetchone()[0])


def rows() -> list[tuple[int, int]]:
    """All rows: loneliness and longing."""
    with connect() as connection:
        return connection.execute("SELECT lonely, longing FROM moods ORDER BY id").fetchall()


def svg(found: list[tuple[int, int]]) -> str:
    """The figure for hosts that have none of their own: a dot for each row, and their number."""
    dots = "".join(f'<circle cx="{34 + 29 * x}" cy="{270 - 24 * y}" r="6"/>' for x, y in found)
    return f'<svg viewBox="0 0 340 316" width="480" role="img"><title>{len(found)} rows</title>{dots}</svg>'
