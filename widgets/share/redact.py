"""Names, and what else leads to a person, replaced by aliases. Pure, and the same again when done twice."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from .everyday import is_everyday, written_as_name
from .folded import ACCENTS, BREAK, Folded, has_markup
from .identifiers import KINDS, TAG, identifiers, tags
from .known import is_known
from .patterns import LETTER, Name, grown_together, name_of
from .surroundings import handle_around, in_two_pieces, is_contraction, is_whole, number_start, words_with_capitals

FORMS = ("[name {}]", "[person {}]", "[one {}]", "[no. {}]", "[{}]")
LAST_FORM = "[…]"  # whatever is listed, it holds no letter of it
MOST_PARTS = 4  # of a word like JonasAndMe that make up one name
FEWEST_IN_PIECES = 5  # letters of a name in two pieces; a shorter one is also two words side by side
FEWEST_IN_TAG = 4  # letters of a name found inside a #tag; fewer stand in many words
WORD_START = re.compile(f"(?<!{LETTER})(?<![{ACCENTS}]){LETTER}")


class Found(NamedTuple):
    """One place in a text: from `start` to `end`, what stands there, and the alias that takes its place."""

    start: int
    end: int
    text: str
    alias: str


def redact(text: str, names: Sequence[str], aliases: Sequence[str] = ()) -> str:
    """`text` without the listed names, and without e-mail addresses, telephone numbers, handles and links.

    A name is found in every way of writing it (case, accents and their spellings, hyphens, apostrophes, invisible
    characters, line breaks), not inside other words. names: as she lists them, places and nicknames too. aliases: what
    stands for the name of the same place in the list; where none is given, [name 1] and so on.
    """
    return redact_and_tell(text, names, aliases)[0]


def redact_and_tell(text: str, names: Sequence[str], aliases: Sequence[str] = ()) -> tuple[str, dict[str, None]]:
    """As `redact`, with the aliases that were put in."""
    finder = _finder(tuple(names), tuple(aliases))
    used: dict[str, None] = {}
    while places := finder.find(text):
        used |= dict.fromkeys(place.alias for place in places)
        text = _replaced(text, places)
    return text, used


def _replaced(text: str, places: Sequence[Found]) -> str:
    """`text` with each place's alias in its place; the places are those of the text as it is, in order."""
    pieces, done = [], 0
    for place in places:
        pieces += [text[done : place.start], place.alias]
        done = place.end
    return "".join([*pieces, text[done:]])


def find(text: str, names: Sequence[str], aliases: Sequence[str] = ()) -> tuple[Found, ...]:
    """What `redact` would replace at first, in order."""
    return _finder(tuple(names), tuple(aliases)).find(text)


class _Hit(NamedTuple):
    """A place in the folded text. `listed`: the name's number in the list; None for what goes without being listed."""

    start: int
    end: int
    what: str
    listed: int | None = None

    @property
    def weight(self) -> tuple[int, bool]:
        return self.end - self.start, self.listed is not None


@dataclass(frozen=True)
class _Finder:
    names: tuple[tuple[int, Name], ...]  # with their number in the list
    aliases: dict[int, str]
    labels: dict[str, str]
    grown: re.Pattern[str] | None

    def find(self, text: str) -> tuple[Found, ...]:
        """In the text as it is written; where nothing is left there, as a page would show it."""
        found = self._found(text, Folded(text))
        return found or (self._found(text, Folded(text, as_page=True)) if has_markup(text) else ())

    def _found(self, text: str, folded: Folded) -> tuple[Found, ...]:
        found = []
        for hit in self._chosen(folded):
            start, end = folded.span(hit.start, hit.end)
            alias = self.labels[hit.what] if hit.listed is None else self.aliases[hit.listed]
            found.append(Found(start, end, text[start:end], alias))
        return tuple(found)

    def _chosen(self, folded: Folded) -> list[_Hit]:
        """Of those that overlap the longest, and a listed name before what goes anyway."""
        listed = [
            hit for number, name, match in self._matches(folded.text) for hit in _hits(folded, number, name, match)
        ]
        listed += [*self._in_compounds(folded), *self._grown_together(folded.text), *self._in_pieces(folded.text)]
        listed = _with_handles(folded.text, listed)
        by_end = {hit.end: hit for hit in listed}
        others = [_as_listed(_Hit(*place), by_end) for place in identifiers(folded)] + list(self._tags(folded))
        taken = bytearray(len(folded.text))
        chosen = []
        for hit in sorted(listed + others, key=lambda hit: hit.weight, reverse=True):
            if not any(taken[hit.start : hit.end]):
                taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
                chosen.append(hit)
        return sorted(chosen, key=lambda hit: hit.start)

    def _matches(self, text: str) -> Iterator[tuple[int, Name, re.Match[str]]]:
        """Where a pattern fits: tried at the beginning of each word that begins with its letter, for speed."""
        for number, name in self.names:
            if not name.begins_word:
                yield from ((number, name, match) for match in name.pattern.finditer(text))
        by_letter = _by_letter(self.names)
        if not by_letter:
            return
        for begin in WORD_START.finditer(text):
            for number, name in by_letter.get(begin[0], ()):
                if match := name.pattern.match(text, begin.start()):
                    yield number, name, match

    def _in_compounds(self, folded: Folded) -> Iterator[_Hit]:
        """JonasAndMe, WeberGroß: a name that is one or several of the parts which capitals make of a word."""
        by_letter = _by_letter(self.names)
        for places in words_with_capitals(folded):
            for first, start in enumerate(places[:-1]):
                for number, name in by_letter.get(folded.text[start], ()):
                    for end in places[first + 1 : first + 1 + MOST_PARTS]:
                        if whole := _without_ending(folded.text[start:end], name):
                            yield _Hit(start, start + len(whole), "", number)

    def _grown_together(self, text: str) -> Iterator[_Hit]:
        """weberkarl: under the alias of the name that it begins with."""
        if self.grown:
            for word in self.grown.finditer(text):
                if not is_known(word[0]):
                    yield _Hit(*word.span(), "", next(n for n, name in self.names if _begins_with(word[0], name)))

    def _in_pieces(self, text: str) -> Iterator[_Hit]:
        """Jo nas: a long name with one sign within it."""
        long = [(n, name) for n, name in self.names if name.words == 1 and len(name.letters) >= FEWEST_IN_PIECES]
        by_letter = _by_letter(long)
        for start, end, spelt in in_two_pieces(text) if by_letter else ():
            for number, name in by_letter.get(spelt[0], ()):
                if whole := _without_ending(spelt, name):
                    yield _Hit(start, end - len(spelt) + len(whole), "", number)

    def _tags(self, folded: Folded) -> Iterator[_Hit]:
        """#AnnAndTom names them, though without a space."""
        for start, end in tags(folded):
            tag = folded.text[start:end]
            parts = {
                part.lower() for part in re.findall(r"[A-Z][a-z]+", folded.original[slice(*folded.span(start, end))])
            }
            if any(n.letters in parts or (len(n.letters) >= FEWEST_IN_TAG and n.letters in tag) for _, n in self.names):
                yield _Hit(start, end, TAG)


def _with_handles(text: str, listed: Iterable[_Hit]) -> list[_Hit]:
    """The hits, each as far as the handle reaches that is made with the name."""
    hits = list(listed)
    names = bytearray(len(text))
    for hit in hits:
        names[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
    spans = (handle_around(text, hit.start, hit.end, names) for hit in hits)
    return [hit._replace(start=start, end=end) for hit, (start, end) in zip(hits, spans, strict=True)]


def _without_ending(written: str, name: Name) -> str:
    """What of a word is the name, be it its plural; "" if it is another word."""
    return next((word for word in (written, written.removesuffix("s")) if name.pattern.fullmatch(word)), "")


def _begins_with(word: str, name: Name) -> bool:
    return re.sub(f"[{ACCENTS}{BREAK}]", "", word).startswith(name.letters)


def _by_letter(names: Iterable[tuple[int, Name]]) -> dict[str, list[tuple[int, Name]]]:
    """The names that stand at the beginning of a word only, by the letter it begins with."""
    found: dict[str, list[tuple[int, Name]]] = {}
    for number, name in names:
        if name.begins_word:
            found.setdefault(name.letters[0], []).append((number, name))
    return found


@lru_cache(maxsize=64)
def _finder(names: tuple[str, ...], aliases: tuple[str, ...]) -> _Finder:
    known: dict[str, int] = {}  # the same name in two spellings has one alias
    found: list[tuple[int, Name]] = []
    wanted: dict[int, str] = {}
    for place, listed in enumerate(names):
        name = name_of(listed)
        if name is None:
            continue
        number = known.setdefault(name.letters, len(known) + 1)
        found.append((number, name))
        if place < len(aliases) and aliases[place].strip():
            wanted.setdefault(number, aliases[place])
    bare = _Finder(
        tuple(found),
        dict.fromkeys(known.values(), ""),
        dict.fromkeys(KINDS, ""),
        grown_together(name for _, name in found),
    )
    chosen = {n: _clean(_forms(n, wanted.get(n, "")), bare) for n in known.values()}
    return _Finder(bare.names, chosen, {kind: _clean([f"[{kind}]"], bare) for kind in KINDS}, bare.grown)


def _forms(number: int, wanted: str) -> Iterable[str]:
    if own := " ".join(re.sub(r"[\[\]]", " ", wanted).split()):
        yield f"[{own}]"
    letter = chr(ord("A") + (number - 1) % 26)
    for form in FORMS:
        yield from (form.format(number), form.format(letter))


def _clean(aliases: Iterable[str], finder: _Finder) -> str:
    """The first alias that holds no listed name itself."""
    return next((alias for alias in aliases if not finder.find(alias)), LAST_FORM)


def _hits(folded: Folded, number: int, name: Name, match: re.Match[str]) -> Iterator[_Hit]:
    start, end = match.span()
    everyday = name.words == 1 and is_everyday(name.letters)
    if name.is_number:
        yield _Hit(number_start(folded.text, start), end, "", number)
    elif is_contraction(folded.text, start, end) or not is_whole(folded, start, end, name.letters, everyday=everyday):
        return
    elif not everyday or written_as_name(folded, start, end, name.letters):
        yield _Hit(start, end, "", number)


def _as_listed(hit: _Hit, by_end: Mapping[int, _Hit]) -> _Hit:
    """An address, number or handle that she has listed has its own alias."""
    own = by_end.get(hit.end)
    is_all = own is not None and 0 <= own.start - hit.start <= 2  # but for @ or +
    return hit._replace(listed=own.listed) if own and is_all else hit
