"""Her text as plain words, each of which knows the place in the text that it was read from."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from functools import cached_property

APOSTROPHES = "'’‘ʼ‛′´`＇"
MARKS = "\u0300-\u036f\u200b-\u200d\u2060\ufe0f"  # accents written apart from their letter, and signs without width
LETTERS = rf"[^\W_][^\W_{MARKS}]*(?:[{MARKS}][^\W_]*)*"
TOKEN = re.compile(
    rf"(?P<word>w/o?\b|b/c\b|{LETTERS}(?:[{APOSTROPHES}]{LETTERS})*)"
    r"|(?P<end>[.!?]+|…|\n\s*\n)"
    rf"|(?P<pause>[,;:()\[\]\"“”«»—–\n]|(?<=\s)-+(?=\s))|(?P<and>&)",
    re.IGNORECASE,
)
ENDINGS = {"n't": "not", "'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "'d"}
WHOLE = {"can't": "can not", "cannot": "can not", "won't": "will not", "shan't": "shall not", "ain't": "is not"}
# which words before a form, or after it, tell how it is meant
IS_AFTER = {
    "it", "that", "he", "she", "there", "what", "who", "where", "how", "here", "this", "everything", "nothing",
    "everyone", "nobody", "someone", "life", "heart", "time", "offer", "choice", "decision", "door", "world",
    "fault", "pain", "love",
}  # fmt: skip
NOT_OWNED = {
    "the", "a", "an", "not", "so", "just", "being", "wrong", "always", "never", "still", "mine", "going", "to",
    "with", "seeing", "dating", "making", "killing", "ignoring", "lying", "free", "allowed",
}  # fmt: skip
BEING = {
    "be", "been", "being", "am", "i'm", "is", "are", "was", "were", "wasn't", "weren't", "not", "so", "very",
    "really", "too", "feel", "felt", "fell", "got", "getting", "seriously", "mentally", "terminally", "quite",
    "still", "made",
}  # fmt: skip
NO_AFTER_I = {"longer", "more", "way", ",", ".", "?", ""}
VOWELS = "aeiou"
NEAR = 5  # with fewer words from its start, and
REST = 7  # with fewer to its end, a clause is quoted whole
SIGNS = frozenset([".", ",", "?"])
JOINS = SIGNS | {"and", "but", "because", "or", "if", "when"}
CLAUSE_STARTS = JOINS | {"i", "~so", "~then"}
LEADS_ON = JOINS | {
    "as", "than", "to", "the", "a", "an", "of", "for", "with", "who", "what", "anything", "something", "my", "~so",
    "~that", "~all",
}  # fmt: skip
LIGHT = "~"  # stands before a word without weight


class Words:
    """A text as words and signs: "I’m sorry, u know" is `i am sorry , you know`.

    words: lower case, full forms, usual spelling; "." "?" and "," stand for any sign that ends, asks or pauses.
    line: the same with one space after each, as the patterns see it. A word without weight is marked: "~really".
    """

    def __init__(self, words: Iterable[tuple[str, int, int]]) -> None:
        """words: each with the start and end of the piece of text that it was read from, in order."""
        found = tuple(words)
        self.words = tuple(word for word, _, _ in found)
        self._places = tuple((start, end) for _, start, end in found)
        self.line = "".join(f"{word} " for word in self.words)

    @cached_property
    def _starts(self) -> list[int]:
        """Where each word starts in `line`."""
        starts, at = [], 0
        for word in self.words:
            starts.append(at)
            at += len(word) + 1
        return starts

    def place(self, match: re.Match[str]) -> tuple[int, int]:
        """Start and end in her text of what a pattern found in `line`, made whole by the few words around it."""
        first = bisect_right(self._starts, match.start()) - 1
        last = bisect_left(self._starts, max(match.end(), match.start() + 1)) - 1
        while first < last and self.words[first] in SIGNS:
            first += 1
        while last > first and self.words[last] in SIGNS:
            last -= 1
        first, last = self._clause_start(first), self._clause_end(first, last)
        return self._places[first][0], self._places[last][1]

    def _clause_start(self, first: int) -> int:
        """Where the clause starts, if that is near: "I do not" belongs to "want to live"."""
        for at in range(first, max(first - NEAR, -1), -1):
            if self.words[at] == "i" or at == 0 or self.words[at - 1] in JOINS:
                return at
        return first

    def _clause_end(self, first: int, last: int) -> int:
        """Where the clause ends, if that is near; further on, where it would break off at a word that leads on."""
        leads_on = self.words[last] in LEADS_ON
        ends = SIGNS if leads_on else CLAUSE_STARTS
        rest = self.words[last + 1 : last + 1 + REST]
        end = last + next((n for n, word in enumerate(rest) if word in ends), 0 if len(rest) == REST else len(rest))
        breaks_off = end + 1 < len(self.words) and self.words[end + 1] not in SIGNS
        while breaks_off and end > first and self.words[end] in LEADS_ON:
            end -= 1
        return end


class Spelling:
    """Reads words the way they are meant: texting forms, left-out apostrophes and slips of the finger."""

    def __init__(
        self,
        forms: Mapping[str, str],
        often_mistyped: Iterable[str],
        real_words: Iterable[str],
        fillers: Iterable[str],
    ) -> None:
        """forms: what is written -> what is meant, one word or several; real_words: never taken for a slip.

        fillers: words without weight.
        """
        self._fillers = frozenset(fillers)
        known = {*forms, *real_words, *(targets := tuple(often_mistyped))}
        slips = {slip: word for word in targets for slip in slips_of(word) if slip not in known}
        self._forms = {**slips, **forms}

    def plain(self, text: str) -> Words:
        """The words of `text` with short forms written out ("don't" is "do not"), and the signs between them."""
        parts = ((part, a, b) for word, a, b in self._pieces(text) for part in written_out(word))
        return Words((LIGHT + part if part in self._fillers else part, a, b) for part, a, b in parts)

    def _pieces(self, text: str) -> Iterable[tuple[str, int, int]]:
        pieces = [(word, *match.span()) for match in TOKEN.finditer(text) for word in self._read(match)]
        before = ""
        following = [word for word, _, _ in pieces[1:]] + [""]
        for (word, start, end), after in zip(pieces, following, strict=False):
            if word == "your" and after in NOT_OWNED:  # nobody owns a "the", so "you are" is meant
                meant = "you're"
            elif text[start:end].lower() == "ill" and before in BEING:  # "was ill" is no "I'll"
                meant = "ill"
            elif word == "no" and before == "i" and after not in NO_AFTER_I:
                meant = "know"
            else:
                meant = word
            before = word
            yield meant, start, end

    def _read(self, match: re.Match[str]) -> list[str]:
        match match.lastgroup:
            case "end":
                is_trailing_off = match[0] == "…" or (match[0].startswith("..") and "?" not in match[0])
                return ["?" if "?" in match[0] else "," if is_trailing_off else "."]
            case "pause":
                return [","]
            case "and":
                return ["and"]
        word = unicodedata.normalize("NFKC", match[0]).lower()
        word = re.sub(rf"[{APOSTROPHES}]", "'", re.sub(r"[\u200b-\u200d\u2060\ufe0f\s]", "", word))
        return self._forms.get(word, word).split()


def written_out(word: str) -> list[str]:
    """The words that a short form stands for; any other word as it is."""
    if word in WHOLE:
        return WHOLE[word].split()
    for ending, full in ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending):
            return [*written_out(word.removesuffix(ending)), full]
    stem = word.removesuffix("'s")
    if word == "let's":
        return ["let", "us"]
    return [stem, "is"] if stem != word and stem in IS_AFTER else [word]


def slips_of(word: str) -> set[str]:
    """What is easily typed instead: a letter left out or doubled, two exchanged, a vowel for another."""
    cuts = [(word[:n], word[n:]) for n in range(1, len(word))]
    left_out = {a + b[1:] for a, b in cuts}
    doubled = {a + b[0] + b for a, b in cuts}
    exchanged = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    vowels = {a + v + b[1:] for a, b in cuts if b[0] in VOWELS for v in VOWELS}
    return (left_out | doubled | exchanged | vowels) - {word}
