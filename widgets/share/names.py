"""The list of names a share goes by: hers, the name these pages use, and each name's own words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .known import is_known

PERSON, PLACE = "person", "place"
SMALLEST_PART = 2  # letters; one letter stands in too many other names
NOT_ALONE = frozenset(  # particles, titles, what one is to her, and what joins two names
    """
    aunt auntie uncle gran granny grandma grandpa mum mom dad mother father sister brother cousin
    frau herr fräulein tante onkel oma opa mama papa abla teyze amca señor señora tía tío madame monsieur mme
    the von vom van der den dem das des del della di da do dos du de la le les las los el al bin bint ibn abu af av
    ter ten te zu zum zur san st saint mr mrs ms miss mx dr prof sir and or und et aka alias called my his her their
    """.split()  # noqa: SIM905
)
ALSO_FIRST_NAMES = frozenset({"al", "bin", "do", "san"})  # where such a particle comes first
FROM_A_PLACE = ("er", "ern", "erin", "erinnen")  # Kölner, from Köln
STEMS = {
    "en": ("", "n", "en"),
    "el": ("l", "el"),
    "ich": ("ch", "ich"),
    "e": ("",),
}  # Bremer, Dresdner, Basler, Zürcher
HOUSE = re.compile(r"^\d+ ?[a-z]?,? (?=\D)|,? \d+ ?[a-z]?$", re.IGNORECASE)
STREET = re.compile(r"(?:stra(?:ß|ss)e|str)$|(?<= )(?:street|st|road|rd|avenue|ave|lane|ln|square|sq)$", re.IGNORECASE)
WAYS = (("straße", "str"), ("street", "st"), ("road", "rd"), ("avenue", "ave"), ("lane", "ln"), ("square", "sq"))
VENUE = re.compile(
    r"^(?:caf[eé]|bar|hotel|pension|restaurant|ristorante|bistro|pizzeria|kneipe|club|pub|kino|cinema|praxis|klinik) ",
    re.IGNORECASE,
)
TITLE = re.compile(r"^(?:mr|mrs|ms|miss|dr|prof|sir|frau|herr)\b\.? ", re.IGNORECASE)
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
    if what != PLACE:
        parts += [TITLE.sub("", part) for part in parts]
    if what == PLACE:
        parts += [word for part in parts for word in (*_streets(part), *_in_venue(part), *_from_there(part))]
    return [part for part in parts if part != name]


def _from_there(place: str) -> list[str]:
    """Who or what is called by the place: Kölner, but no bather by Bath."""
    if not place[-1].isalpha() or is_known(place) or STREET.search(place) or VENUE.search(place):
        return []
    end = next((end for end in STEMS if place.endswith(end)), "")
    stems = [place.removesuffix(end) + stem for stem in STEMS.get(end, ("",))]
    words = (stem + ending for stem in stems for ending in FROM_A_PLACE)
    return [word for word in words if not is_known(word)]


def _streets(place: str) -> list[str]:
    """A street without the number of the house, in full and cut short: Lindenstraße 14, Lindenstr., Linden St; with the
    number also by its name alone: Linden 14. An address that calls itself no street goes without its number too.
    """
    house = HOUSE.search(place)
    name = HOUSE.sub("", place).strip(" ,.")
    street = STREET.search(name)
    if not street:
        return [name] if house and not all(map(is_known, name.split())) else []
    written = street[0].lower().replace("strasse", "straße")
    forms = next(forms for forms in WAYS if written in forms)
    begins = name[: street.start()]
    streets = [begins + form for form in forms]
    if " " in begins.strip():  # Alma Vale Road; one word alone, like Park, is also something else
        streets.append(begins.strip())
    if not house:
        return streets
    first, last = (house[0], "") if house.start() == 0 else ("", house[0])
    with_house = (begins.strip(), *streets, f"{begins}{forms[1]}.")
    return [*streets, *(f"{first}{way}{last}" for way in with_house)]


def _in_venue(place: str) -> list[str]:
    """Café Inkawa without the café."""
    name = VENUE.sub("", place).strip()
    return [name] if name != place and not all(map(is_known, name.split())) else []


def _words(name: str) -> list[str]:
    return [word for word in (part.strip(".'’") for part in BETWEEN_WORDS.split(name)) if word]


def _stands_alone(part: str) -> bool:
    return sum(c.isalpha() for c in part) >= SMALLEST_PART and part.lower() not in NOT_ALONE
