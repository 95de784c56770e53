"""A listed name as a pattern over folded text: every way of writing it that a reader would take for that name."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from .folded import ACCENTS, BREAK, Folded

LETTER = r"[^\W\d_]"
ACCENT = f"(?:{BREAK}*[{ACCENTS}])*"
HYPHENATED = (
    rf"{BREAK}*(?:-{BREAK}*\n?[ >]*|[*~_=]{{1,3}}{BREAK}*)?"  # in a word: Jo-nas, Jo- at a line’s end, Jo**nas**
)
APART = rf"{BREAK}*(?:(?:[^\w'{BREAK}]|_){BREAK}*){{1,4}}"  # J-o-n-a-s, J. o. n. a. s
IN_NUMBER = r"[-\0 .()/]"
BY_DIGIT = r"[-\0 .()/,;:'_*\n]"  # in a listed number
BETWEEN_DIGITS = BY_DIGIT + "{0,3}"
SIBILANTS = ("s", "x", "z", "sh", "ch")  # whose plural has an e
SPELT_OUT = {"a": "ea", "o": "e", "u": "e"}  # ä as ae, å as aa
TITLES = {"mr", "mrs", "ms", "dr", "prof", "st", "fr", "hr"}
GROWN_TOGETHER = (  # scripts in which words, or what belongs to them, are written together
    "CJK HIRAGANA KATAKANA HANGUL THAI LAO KHMER MYANMAR TIBETAN ARABIC HEBREW".split()  # noqa: SIM905
)
FEWEST_APART = 3  # letters of a name written letter by letter
FEWEST_DECLINED = 4  # letters of a name that German or Turkish endings make no other word of
LITTLE = f"chen|lein|c[iu]{ACCENT}(?:g[iu]{ACCENT})?m|l[ae]r"  # Emrechen, Emrecim; Emreler
AFTER_VOWEL = f"n[iu]{ACCENT}n|y[aeiu]{ACCENT}|yl[ae]|d[ae]n?"  # Emrenin, Emreye, Emreyle, Emreden
AFTER_VOICED, AFTER_VOICELESS = "d[ae]n?", "t[ae]n?"  # Nurcandan, Yusuftan
FEWEST_GROWN = 3  # letters of a name that is grown together with another, weberkarl
FEWEST_DIGITS = 6  # fewer are no telephone number
LAST_DIGITS = 6  # of a number: before them come its country and its area, written in many ways


@dataclass(frozen=True)
class Name:
    """A listed name: what finds it, its letters without accents, how many words it has; or the end of a number."""

    pattern: re.Pattern[str]
    letters: str
    words: int = 1
    is_number: bool = False

    @property
    def begins_word(self) -> bool:
        """Does it stand at the beginning of a word only, and begin with its own first letter?"""
        return _needs_spaces(self.letters[0])


def name_of(listed: str) -> Name | None:
    """What finds a listed name; None if it has no letter, digit or symbol. “Ann's” is listed as “Ann”."""
    folded = re.sub(r"'s?$", "", Folded(listed).text.strip(f" \n{BREAK}"))
    if re.fullmatch(r"\+?[-\0 .()/\d]+", folded) and len(re.sub(r"\D", "", folded)) >= FEWEST_DIGITS:
        digits = re.sub(r"\D", "", folded)
        return Name(re.compile(BETWEEN_DIGITS.join(digits[-LAST_DIGITS:]) + r"(?!\d)"), digits, is_number=True)
    words = _words(folded)
    if not words:
        return None
    parted_by = {c for c in folded if not c.isalnum() and c not in f"{ACCENTS}{BREAK} \n-'_[]" and not _is_symbol(c)}
    first, *rest = words
    after_title = "".join(letter for letter, _ in first) in TITLES
    pattern = _word(first, HYPHENATED) + "".join(
        _between(parted_by, is_cut=after_title and place == 0) + _word(word, HYPHENATED)
        for place, word in enumerate(rest)
    )
    letters = "".join(letter for word in words for letter, _ in word)
    if len(letters) >= FEWEST_APART:
        pattern = f"(?:{pattern}|{_word([letter for word in words for letter in word], APART)})"
    return Name(re.compile(_left(letters[0]) + pattern + _right(letters)), letters, len(words))


def grown_together(names: Iterable[Name]) -> re.Pattern[str] | None:
    """What finds two or more of these in one word; None where no two can stand so."""
    long = {n.letters for n in names if n.words == 1 and len(n.letters) >= FEWEST_GROWN and n.letters.isalpha()}
    if len(long) < 2:
        return None
    one_of = "|".join("".join(letter + ACCENT for letter in letters) for letters in sorted(long, key=len, reverse=True))
    return re.compile(f"{_left('a')}(?:{one_of}){{2,4}}{_right('a')}")


Word = list[tuple[str, str]]  # (letter, its accent or "")


def _words(folded: str) -> list[Word]:
    """The runs of letters, digits and symbols; what stands between them may be written otherwise."""
    words: list[Word] = [[]]
    for c in folded:
        if c in ACCENTS and words[-1]:
            words[-1][-1] = (words[-1][-1][0], c)
        elif c.isalnum() or _is_symbol(c):
            words[-1].append((c, ""))
        elif words[-1] and c != BREAK:
            words.append([])
    return [word for word in words if word]


def _is_symbol(c: str) -> bool:
    """Somebody may be listed as a bear."""
    return not c.isascii() and unicodedata.category(c).startswith("S")


def _between(parted_by: set[str], *, is_cut: bool) -> str:
    """What may stand between two words of a name: nothing, a space, the end of a line, or what it was listed with.
    is_cut: the first is written with a full stop as well, which ends no sentence then.
    """
    also = "".join(re.escape(c) for c in sorted(parted_by))
    stop = r"\." if is_cut else r"\.(?![ \n])"
    return rf"{BREAK}*(?:(?:[-'_{also}]|{stop}| *\n[ >]*| +){BREAK}*){{0,4}}"


def _word(word: Word, by: str) -> str:
    """by: what may stand between its letters."""
    pieces: list[str] = []
    place = 0
    while place < len(word):
        if pieces:
            pieces.append(_joint(word[place - 1][0], word[place][0], by))
        piece, used = _piece(word, place, by)
        pieces.append(piece)
        place += used
    return "".join(pieces)


def _joint(before: str, after: str, by: str) -> str:
    """What may stand between two letters: nothing between figures, and not always within an ß."""
    if before.isdigit() and after.isdigit():
        return ""
    return f"(?:{by})?" if before == after == "s" else by


def _piece(word: Word, place: int, by: str) -> tuple[str, int]:
    """The pattern of the letter at `place`, and how many letters it stands for: Mueller, Müller and Muller are one."""
    letter, accent = word[place]
    following, after = ("".join(letter for letter, _ in word[place + n : place + n + 1]) for n in (1, 2))
    spelt = SPELT_OUT.get(letter)
    if spelt and following and following in spelt and not accent:
        dropped = "*" if len(word) > 4 and _is_consonant(after) else "+"
        return f"(?:{letter}{ACCENT}{by}{following}{ACCENT}|{letter}(?:{BREAK}*[{ACCENTS}]){dropped})", 2
    if spelt and (accent or (len(word) > 3 and _is_consonant(following))):
        return f"{letter}{_drawn_out(letter)}{ACCENT}(?:{by}[{spelt}])?{ACCENT}", 1
    return f"{re.escape(letter)}{_drawn_out(letter)}{ACCENT}", 1


def _drawn_out(letter: str) -> str:
    """Emreee: what more may stand there of a letter that is cried out."""
    return f"(?:{letter}{{2,40}})?" if letter.isalpha() else ""


def _is_consonant(letter: str) -> bool:
    return letter.isalpha() and letter not in "aeiouy"


def _left(letter: str) -> str:
    """Not in the middle of a word, or of a number."""
    if letter.isdigit():
        return r"(?<!\d)"
    return f"(?<!{LETTER})(?<![{ACCENTS}])" if _needs_spaces(letter) else ""


def _right(letters: str) -> str:
    """The same on the other side; an s that follows (Toms, Toms') is looked at once the name is found."""
    if letters[-1].isdigit():
        return r"(?!\d)"
    if not _needs_spaces(letters[-1]):
        return ""
    endings = ["e?s" if letters.endswith(SIBILANTS) else "s"]
    if len(letters) >= FEWEST_DECLINED and letters.isalpha():
        voiced = AFTER_VOICELESS if letters[-1] in "fstkhp" else AFTER_VOICED
        endings += [LITTLE, AFTER_VOWEL if letters[-1] in "aeiou" else voiced]
    return f"(?=(?:{'|'.join(endings)})?(?!{LETTER}|[{ACCENTS}]))"


def _needs_spaces(letter: str) -> bool:
    """Does the letter belong to a script that parts words by spaces?"""
    return letter.isalpha() and not unicodedata.name(letter, "").startswith(tuple(GROWN_TOGETHER))
