"""An invented reader who went on for years: her journal, seeded, and written at once."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np

from widgets.journal import Entry, open_journal
from widgets.journal.store import append

ZONE = "Europe/London"
LAST = dt.datetime(2026, 11, 25, 20, tzinfo=dt.UTC)
YEAR = 365
WORDS = "the evening was quiet and she thought of him less than before although rain made rooms small"
LONG, SHORT = 600, 6  # words of a letter, and of a note
REVISED = 50  # of so many check-ins, one is looked at again


def write_years(
    path: Path, *, days: int = 10 * YEAR, checkins: int = 20_000, letters: int = 2_000, versions: int = 200
) -> Path:
    """Make the journal of so many days up to LAST, with so much in it; and what comes of check-ins and choices."""
    path.unlink(missing_ok=True)
    journal = open_journal(f"sqlite:///{path}")
    rng = np.random.default_rng(1)
    entries = [
        *_checkins(rng, days, checkins),
        *_letters(rng, days, letters),
        *_spread("decisions", days, letters // 10, lambda n: {"choice": ("not_yet", "let_go")[n % 2]}),
        *_spread("steadiness", days, letters // 4, lambda n: {"steady_now": n % 11, "sober": True}),
        *_spread("pattern_runs", days, letters, lambda n: {"stage": "settled", "n_days": n + 28}),
        *_versions(rng, days, versions),
    ]
    whole = [replace(e, answers=journal.catalogue.check(e.table, e.answers)) for e in entries]
    journal._file.write(lambda connection: append(connection, whole))
    journal.close()
    return path


def _entry(rng: np.random.Generator, table: str, at: dt.datetime, answers: Mapping[str, Any]) -> Entry:
    name = str(UUID(bytes=rng.bytes(16), version=4))
    return Entry(name, 1, table, dict(answers), at, at, at.date(), ZONE, False, "undecided", False)


def _times(days: int, count: int) -> Iterator[dt.datetime]:
    return (LAST - dt.timedelta(days=days * (count - n) / count) for n in range(count))


def _words(rng: np.random.Generator, count: int) -> str:
    return " ".join(rng.choice(WORDS.split(), count))


def _checkins(rng: np.random.Generator, days: int, count: int) -> Iterator[Entry]:
    """Loneliness lingers from one to the next, and missing him goes with it."""
    lonely = 5.0
    for n, at in enumerate(_times(days, count)):
        lonely = 5 + 0.8 * (lonely - 5) + rng.normal(0, 1.5)
        longing, distress, fear = (0.5 * lonely + rng.normal(1, 1.5) for _ in range(3))
        scales = {"lonely": lonely, "longing": longing, "distress": distress, "fear_single": fear}
        points = {name: int(np.clip(round(value), 0, 10)) for name, value in scales.items()}
        first = _entry(rng, "checkins", at, points | {"alcohol": n % 9 == 0, "note": _words(rng, SHORT)})
        yield first
        if n % REVISED == 0:
            seen = first.answers | {"note": _words(rng, SHORT)}
            yield replace(first, revision=2, answers=seen, saved_utc=at + dt.timedelta(minutes=5))


def _letters(rng: np.random.Generator, days: int, count: int) -> Iterator[Entry]:
    for n, at in enumerate(_times(days, count)):
        yield _entry(rng, "letters", at, {"kind": ("self", "unsent")[n % 2], "text": _words(rng, LONG)})


def _versions(rng: np.random.Generator, days: int, count: int) -> Iterator[Entry]:
    """The message, changed again and again."""
    times = list(_times(days, count))
    for n, at in enumerate(times, 1):
        if n == 1:
            first = _entry(rng, "drafts", at, {"text": _words(rng, SHORT)})
        yield replace(first, revision=n, saved_utc=at, answers={"text": _words(rng, SHORT * 20), "sha256": f"{n}"})


def _spread(table: str, days: int, count: int, answers: Any) -> Iterator[Entry]:
    rng = np.random.default_rng(sum(map(ord, table)))
    return (_entry(rng, table, at, answers(n)) for n, at in enumerate(_times(days, count)))
