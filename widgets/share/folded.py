"""A text as it reads, letter for letter: what differs only in case, accents, width or unseen characters is the same,
and so are letters of two alphabets that look alike.

`Folded.text` is searched, `Folded.span` leads back to the original. It holds small letters, digits, symbols, " ", line
ends, "-", "'", two accents that are also spelt out (ä as ae, å as aa), and BREAK where something unseen parts words.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from html import unescape
from itertools import accumulate

BREAK = "\0"
LARGE, SMALL, NEITHER = "A", "a", "-"  # letters, in `Folded.case`
UMLAUT, RING = "\u0308", "\u030a"
ACCENTS = UMLAUT + RING

_HYPHENS = "−⁃⁻₋"  # besides Unicode's own dashes
_APOSTROPHES = "'’‘‛ʼʻʹʾʿˈ′‵´`＇՚｀"
_LINES = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_BREAKS = "\u200b\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069"
_UNSEEN = "\u115f\u1160\u3164\uffa0\u2800" + "".join(map(chr, range(0x1F3FB, 0x1F400)))  # fillers, skin tones
_BESIDE = "™℠ºª№"  # signs beside a word, which would spell as letters of it
_SPELT = {"ø": "o" + UMLAUT, "æ": "a" + UMLAUT, "œ": "o" + UMLAUT, "þ": "th"} | dict(
    zip("łđðħıŋŧĸɑɡ", "lddhintkag", strict=True)
)
_SPELT |= zip("аевкмнорстухіјѕһԁԛԝӏ", "aebkmhopctyxijshdqwl", strict=True)  # Cyrillic,
_SPELT |= zip("αβεζηικμνορτυχ", "abezhikmnoptyx", strict=True)  # and Greek that look Latin
_SPELT |= zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz", strict=True)  # small capitals
_SPELT |= zip("ʝȷσ", "jjo", strict=True)
_SPELT |= zip("օսոհցյ", "ounhgj", strict=True)  # and Armenian
_SPELT |= {chr(first + n): chr(ord("a") + n) for first in (0x1F150, 0x1F170, 0x1F1E6) for n in range(26)}  # in boxes
_TAG = r"</?[a-z][\w:-]{0,20}(?:\s[^<>]{0,500})?/?>|<!--[^<>]{0,500}-->|\[/?[bius]\]"
_ENTITY = r"&(?:[a-z][a-z\d]{1,30}|#\d{1,7}|#x[\da-f]{1,6});"
_MARKUP = re.compile(f"{_TAG}|{_ENTITY}", re.IGNORECASE)


@lru_cache(maxsize=8192)
def fold_letter(letter: str) -> str:
    """What one character of a text reads as; "" if it is not seen, an accent alone if it belongs to the one before."""
    if letter.isascii() and letter.isalnum():
        return letter.lower()
    if letter in _APOSTROPHES:
        return "'"
    if letter in _BREAKS:
        return BREAK
    if letter.isspace():
        return "\n" if letter in _LINES else " "
    if letter in _BESIDE:
        return " "
    category = unicodedata.category(letter)
    if category == "Pd" or letter in _HYPHENS:
        return "-"
    if category in ("Cc", "Co", "Cs", "Cn"):
        return BREAK
    if category == "Cf" or letter in _UNSEEN:
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(letter))
    if "가" <= letter <= "힣":  # its parts are not letters to a reader
        return letter
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).casefold())
    return "".join(_part(part) for part in parts)


def _part(part: str) -> str:
    if part in ACCENTS:
        return part
    category = unicodedata.category(part)
    if category in ("Mn", "Me", "Mc", "Cf"):
        return ""
    if category == "Zs":
        return " "
    return "-" if category == "Pd" else _SPELT.get(part, part)


class Folded:
    """A text and its folded twin, and for each letter of the twin whether it is written LARGE or SMALL.

    as_page: as a page shows the text that has markup in it, Jo<b>nas</b> and Jo&shy;nas.
    """

    def __init__(self, original: str, *, as_page: bool = False) -> None:
        self.original = original
        units = _units(original) if as_page else list(original)
        shown = {unit: _shown(unit) for unit in set(units)}
        reads = {unit: "".join(map(fold_letter, letters)) for unit, letters in shown.items()}
        cases = {unit: _case(shown[unit], read) * len(read) for unit, read in reads.items()}
        self.text = "".join(map(reads.__getitem__, units))
        self.case = "".join(map(cases.__getitem__, units))
        lengths = list(map({unit: len(read) for unit, read in reads.items()}.__getitem__, units))
        ends: Sequence[int] = range(1, len(units) + 1)
        if as_page:
            ends = list(accumulate(map(len, units)))
        self._starts = _times([0, *ends[:-1]] if as_page else range(len(units)), lengths)
        accents = {unit for unit, read in reads.items() if not read and unicodedata.category(unit[0]).startswith("M")}
        if accents:
            ends = list(ends)
            for place in [place for place, unit in enumerate(units) if unit in accents and place][::-1]:
                ends[place - 1] = ends[place]  # an accent goes where its letter goes
        self._ends = _times(ends, lengths)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where in the original the folded characters from `start` to `end` stand."""
        return self._starts[start], self._ends[end - 1]


def has_markup(text: str) -> bool:
    """Would a page show the text otherwise than it is written?"""
    return _MARKUP.search(text) is not None


def _units(text: str) -> list[str]:
    """The letters of a text, and its markup in pieces."""
    units, done = list[str](), 0
    for markup in _MARKUP.finditer(text):
        units += [*text[done : markup.start()], markup[0]]
        done = markup.end()
    return [*units, *text[done:]]


def _shown(unit: str) -> str:
    """What a page shows of it."""
    if len(unit) == 1:
        return unit
    return unescape(unit) if unit.startswith("&") else _BREAKS[0]


def _case(shown: str, read: str) -> str:
    if read == BREAK:
        return BREAK
    return LARGE if shown.isupper() else SMALL if shown.islower() else NEITHER


def _times(places: Sequence[int], lengths: list[int]) -> Sequence[int]:
    """Each place as often as its unit has folded letters."""
    if lengths.count(1) == len(lengths):
        return places
    found, done = list[int](), 0
    for unit in (unit for unit, length in enumerate(lengths) if length != 1):
        found += places[done:unit]
        found += [places[unit]] * lengths[unit]
        done = unit + 1
    return [*found, *places[done:]]
