"""A text as it reads, letter for letter: what differs only in case, accents, width or unseen characters is the same,
and so are letters of two alphabets that look alike.

`Folded.text` is searched, `Folded.span` leads back to the original. It holds small letters, digits, symbols, " ", line
ends, "-", "'", two accents that are also spelt out (ä as ae, å as aa), and BREAK where something unseen parts words.
"""

import unicodedata
from functools import lru_cache

BREAK = "\0"
UMLAUT, RING = "\u0308", "\u030a"
ACCENTS = UMLAUT + RING

_HYPHENS = "−⁃⁻₋"  # besides Unicode's own dashes
_APOSTROPHES = "'’‘‛ʼʻʹʾʿˈ′‵´`＇՚｀"
_LINES = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_BREAKS = "\u200b\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069"
_UNSEEN = "\u115f\u1160\u3164\uffa0\u2800" + "".join(map(chr, range(0x1F3FB, 0x1F400)))  # fillers, skin tones
_SPELT = {"ø": "o" + UMLAUT, "æ": "a" + UMLAUT, "œ": "o" + UMLAUT, "þ": "th"} | dict(
    zip("łđðħıŋŧĸɑɡ", "lddhintkag", strict=True)
)
_SPELT |= zip("аевкмнорстухіјѕһԁԛԝӏ", "aebkmhopctyxijshdqwl", strict=True)  # Cyrillic,
_SPELT |= zip("αβεζηικμνορτυχ", "abezhikmnoptyx", strict=True)  # and Greek that look Latin
_SPELT |= zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz", strict=True)  # small capitals
_SPELT |= {chr(first + n): chr(ord("a") + n) for first in (0x1F150, 0x1F170) for n in range(26)}  # white on black


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
    """A text and its folded twin."""

    def __init__(self, original: str) -> None:
        self.original = original
        folded, starts, ends = [], [], []
        for place, letter in enumerate(original):
            reads = fold_letter(letter)
            for part in reads:
                folded.append(part)
                starts.append(place)
                ends.append(place + 1)
            if not reads and ends and unicodedata.category(letter) in ("Mn", "Me", "Mc") and ends[-1] == place:
                ends[-1] = place + 1  # an accent goes where its letter goes
        self.text = "".join(folded)
        self._starts, self._ends = starts, ends

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where in the original the folded characters from `start` to `end` stand."""
        return self._starts[start], self._ends[end - 1]
