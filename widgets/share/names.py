"""The list of names a share goes by: hers, the name these pages use, and each name's own words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

SMALLEST_PART = 3  # letters; shorter ones stand in too many other names
NOT_ALONE = frozenset("the von van der den las los dos del san new old mrs miss dr prof".split())  # noqa: SIM905
PERSON, PLACE = "person", "place"


@dataclass(frozen=True)
class Names:
    """Names, and for each of them what stands in its place."""

    names: tuple[str, ...]
    aliases: tuple[str, ...]


def names_of(listed: Iterable[Mapping[str, Any]], called: str) -> Names:
    """The names to look for. listed: her rows (`name`, `what`, `alias`); called: what the pages call him, or "".

    A person of two names is looked for by each of them too: Jonas Weber, Jonas, Weber, all under one alias.
    """
    rows = [(str(row.get("name") or "").strip(), row.get("what") or PERSON, row.get("alias")) for row in listed]
    rows = [row for row in rows if row[0]]
    if called.strip() and called.strip().lower() not in {name.lower() for name, _, _ in rows}:
        rows.insert(0, (called.strip(), PERSON, None))
    found: dict[str, str] = {}
    counts: dict[str, int] = {}
    for name, what, alias in rows:
        kind = "place" if what == PLACE else "name"
        counts[kind] = counts.get(kind, 0) + 1
        stands = str(alias or "").strip() or f"{kind} {counts[kind]}"
        found.setdefault(name, stands)
    for name, what, _ in rows:
        for part in _parts(name) if what == PERSON else ():
            found.setdefault(part, found[name])
    return Names(tuple(found), tuple(found.values()))


def _parts(name: str) -> list[str]:
    words = name.split()
    if len(words) < 2 or "@" in name:
        return []
    return [w for w in words if len(w) >= SMALLEST_PART and w[0].isupper() and w.lower().strip(".") not in NOT_ALONE]
