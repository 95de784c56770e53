"""The list of names a share goes by: hers, the name these pages use, and each name's own words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .known import is_known

PERSON, PLACE = "person", "place"
SMALLEST_PART = 2  # letters; one letter stands in too many other names
NOT_ALONE = frozenset(  # particles, titles, and what joins two names
    """
    the von vom van der den dem das des del della di da do dos du de la le les las los el al bin bint ibn abu af av
    ter ten te zu zum zur san st saint mr mrs ms miss mx dr prof sir and or und et aka alias called my his her their
    """.split()  # noqa: SIM905
)
ALSO_FIRST_NAMES = frozenset({"al", "bin", "do", "san"})  # where such a particle comes first
FROM_A_PLACE = ("er", "ern", "erin", "erinnen")  # Kölner, from Köln
HOUSE = re.compile(r"^\d+ ?[a-z]?,? (?=\D)|,? \d+ ?[a-z]?$", re.IGNORECASE)
STREET = re.compile(r"stra(?:ß|ss)e$|(?<= )(?:street|road|avenue)$", re.IGNORECASE)
CUT_SHORT = {"straße": "str", "strasse": "str", "street": "st", "road": "rd", "avenue": "ave"}
BETWEEN_WORDS = re.compile(r"[^\w.'’]+|_+")
BETWEEN_NAMES = re.compile(r"[/,;|]+")  # several in one row
ADDRESS = re.compile(r"@|://|www\.|\w\.\w+/")


@dataclass(frozen=True)
class Names:
    """Names, and for each of them what stands in its place."""

    names: tuple[str, ...]
    aliases: tuple[str, ...]


def names_of(listed: Iterable[Mapping[str, Any]], called: str) -> Names:
    """The names to look for. listed: her rows (`name`, `what`, `alias`); called: what the pages call him, or "".

    A person of two names is looked for by each of them too: Jonas Weber, Jonas, Weber, all under one alias. So is what
    the pages call him, where that is one of a listed person's names or the other way round.
    """
    rows = [(str(row.get("name") or "").strip(), row.get("what") or PERSON, row.get("alias")) for row in listed]
    rows = [row for row in rows if row[0]]
    known_as = next((name for name, what, _ in rows if what == PERSON and _is_one_person(name, called)), "")
    if called.strip() and not known_as:
        rows.insert(0, (called.strip(), PERSON, None))
    found: dict[str, str] = {}
    counts: dict[str, int] = {}
    for name, what, alias in rows:
        kind = "place" if what == PLACE else "name"
        counts[kind] = counts.get(kind, 0) + 1
        stands = str(alias or "").strip() or f"{kind} {counts[kind]}"
        found.setdefault(name, stands)
    if known_as and called.strip().lower() not in {name.lower() for name in found}:
        rows.append((called.strip(), PERSON, None))
        found[called.strip()] = found[known_as]
    for name, what, _ in rows:
        for part in _parts(name, what):
            found.setdefault(part, found[name])
    return Names(tuple(found), tuple(found.values()))


def _is_one_person(name: str, called: str) -> bool:
    """Does one of the two hold every word of the other?"""
    words, others = ({word.lower() for word in _words(one)} for one in (name, called))
    return bool(words and others) and (words <= others or others <= words)


def _parts(name: str, what: str) -> list[str]:
    """What is to be hidden alone too: the words of a person's name, the names of several that stand in one row."""
    if ADDRESS.search(name):
        return []
    if what == PERSON:
        words = _words(name)
        first_name = [word for word in words[:1] if word.lower() in ALSO_FIRST_NAMES]
        hyphened = [piece for piece in re.split(r"[^\w.'’-]+", name) if "-" in piece.strip("-")]
        return [*first_name, *hyphened, *(word for word in words if word != name and _stands_alone(word))]
    parts = [part for part in (part.strip() for part in BETWEEN_NAMES.split(name)) if _stands_alone(part)]
    if what == PLACE:
        parts += [word for part in parts for word in (*_streets(part), *_from_there(part))]
    return [part for part in parts if part != name]


def _from_there(place: str) -> list[str]:
    """Who or what is called by the place: Kölner, but no bather by Bath."""
    if not place[-1].isalpha() or is_known(place) or STREET.search(place):
        return []
    words = (place.removesuffix("e") + ending for ending in FROM_A_PLACE)
    return [word for word in words if not is_known(word)]


def _streets(place: str) -> list[str]:
    """A street without the number of the house, in full and cut short: Lindenstraße 14, Lindenstr., Linden St."""
    name = HOUSE.sub("", place).strip(" ,")
    street = STREET.search(name)
    return [name, name[: street.start()] + CUT_SHORT[street[0].lower()]] if street else []


def _words(name: str) -> list[str]:
    return [word for word in (part.strip(".'’") for part in BETWEEN_WORDS.split(name)) if word]


def _stands_alone(part: str) -> bool:
    return sum(c.isalpha() for c in part) >= SMALLEST_PART and part.lower() not in NOT_ALONE
