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
