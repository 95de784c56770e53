"""What stands around a found name tells whether it is one, and how far it reaches. Pure, over folded text."""

import re
from collections.abc import Iterator

from .everyday import begins_sentence
from .folded import ACCENTS, BREAK, LARGE, Folded
from .known import is_known
from .patterns import BY_DIGIT, IN_NUMBER, LETTER

CONTRACTED = re.compile(r"[^\W\d_]'\Z")
CONTRACTIONS = ("s", "t", "d", "m", "re", "ve", "ll")
ENDING = re.compile(rf"e?s(?!{LETTER}|[{ACCENTS}])")  # karls, joneses
WORD = re.compile(f"{LETTER}(?:{LETTER}|[{ACCENTS}{BREAK}])*")
TWO_PIECES = re.compile(rf"(?<!{LETTER})(?<![{ACCENTS}])({WORD.pattern})(?=[^\w'{ACCENTS}]({WORD.pattern}))")  # Jo nas
ARE_WORDS = "aio"  # of single letters
PART = re.compile(rf"(?<=a)A|(?<=[aA{BREAK}])A(?=a)")  # begins there, in a word with capitals within
AREA = re.compile(rf"(?<!\d)(?:[+(]{{0,2}}\d{{1,5}}(?:{IN_NUMBER}{{1,3}}|{BY_DIGIT})){{0,3}}[+(]{{0,2}}\d{{0,9}}\Z")
LONGEST_HANDLE = 40  # letters looked back
HANDLE_BEFORE = re.compile(r"(?<![^\W_])(?:[^\W_]+_+)+\Z")  # ylz_emre
HANDLE_AFTER = re.compile(  # emre_ylz, emre90
    r"(?:\d{1,6}(?:_+[^\W_]{1,40}){0,6}|(?:_+[^\W_]{1,40}){1,6})(?![^\W_]|[-./]\d)"
)
PART_OF_HANDLE = re.compile(r"[^\W_]+")
FILE_ENDING = re.compile(r"\d*\.\w")
AREA_CODE = 17  # digits and signs looked back from the end of a number


def is_contraction(text: str, start: int, end: int) -> bool:
    """The d of “I'd” is nobody's name."""
    return text[start:end] in CONTRACTIONS and bool(CONTRACTED.search(text, max(0, start - 2), start))


def is_whole(folded: Folded, start: int, end: int, letters: str, *, everyday: bool) -> bool:
    """Is what follows the name not part of its word? Toms' and toms are his; this is not Thi's, nor marks Mark's."""
    ending = ENDING.match(folded.text, end)
    if not ending or not letters[-1].isalpha():
        declined = WORD.match(folded.text, end)
        return declined is None or not is_known(letters + declined[0])
    capital = folded.case[start] == LARGE
    other_word = is_known(letters + ending[0])
    if folded.text.startswith("'", ending.end()):
        return capital or not other_word
    if not (everyday or other_word):
        return len(letters) > 1
    return capital and not (other_word and begins_sentence(folded, start))


def handle_around(text: str, start: int, end: int, names: bytearray) -> tuple[int, int]:
    """How far the handle reaches that holds the name: chiara_mtz, but not the name of a file or img_and_chiara.

    names: 1 for each letter of a listed name, which leads to nobody more.
    """
    before, after = HANDLE_BEFORE.search(text, max(0, start - LONGEST_HANDLE), start), HANDLE_AFTER.match(text, end)
    first, last = before.start() if before else start, after.end() if after else end
    parts = [part for part in PART_OF_HANDLE.finditer(text, first, last) if not all(names[part.start() : part.end()])]
    is_file = FILE_ENDING.match(text, last) is not None
    return (start, end) if is_file or all(is_known(part[0]) for part in parts) else (first, last)


def number_start(text: str, start: int) -> int:
    """Where a telephone number begins whose last digits were found: its country and area come before."""
    before = AREA.search(text, max(0, start - AREA_CODE), start)
    return before.start() if before else start


def in_two_pieces(text: str) -> Iterator[tuple[int, int, str]]:
    """Where two words side by side may be one in pieces (start, end, what they spell): neither is an ordinary word."""
    for pieces in TWO_PIECES.finditer(text):
        if not (_is_word(pieces[1]) or _is_word(pieces[2])):
            yield pieces.start(1), pieces.end(2), pieces[1] + pieces[2]


def _is_word(piece: str) -> bool:
    return piece in ARE_WORDS if len(piece) == 1 else is_known(piece)


def words_with_capitals(folded: Folded) -> list[list[int]]:
    """For each word that has capitals within, where its parts begin, and where it ends: J|Weber|Groß|."""
    inner = [part.start() for part in PART.finditer(folded.case)]
    found: list[list[int]] = []
    place = 0
    for word in WORD.finditer(folded.text) if inner else ():
        first = place
        while place < len(inner) and inner[place] < word.end():
            place += 1
        if begins := [part for part in inner[first:place] if part > word.start()]:
            found.append([word.start(), *begins, word.end()])
    return found
