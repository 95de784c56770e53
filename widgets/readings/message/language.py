"""The small language of the rules: a line that reads like what it finds becomes a regular expression.

    word          that word, in full form ("don't" and "do not" are the same)
    (a|b c)       one of these            [a|b c]   one of these, or nothing
    <name>        one of the named words  !(a|b)    and none of these follows
    ..            up to three words of the same clause, none of them "i", "not" or the like     ...   up to seven
    ....          up to fourteen words of the sentence, any
    ^  $          a clause starts, ends   ?         the sentence is a question
    ,             a pause must stand here                   #  *       any number, any word

Between any two of them a comma and words without weight ("really", "so") may stand.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from .words import LIGHT, Words, written_out

PART = re.compile(r"\s*(\.{2,4}|!\(|[()\[\]|^$?,#*]|<[\w-]+>|[\w']+)")
STOPS = r",|\.|\?|i|but|because|if|unless|not|never|no|nobody|nor"
LIGHT_ONES = rf"(?:{LIGHT}[^ ]* ){{0,3}}"
JOINT = rf"(?:[,{LIGHT}][^ ]* ){{0,3}}"
GAP = rf"(?:(?!(?:{STOPS}) )[^ ]+ ){{0,%d}}?"
CLAUSE_STARTS = r"(?:(?<![^.,?] )|(?<=\band )|(?<=\bbut )|(?<=~so )|(?<=\bor )|(?<=~then )|(?<=\bbecause ))"
CLAUSE_ENDS = rf"(?={LIGHT_ONES}(?:(?:[.,?]|and|but|because|~so|or) |\Z))"
SIGNS = {
    "^": CLAUSE_STARTS,
    "$": CLAUSE_ENDS,
    "?": r"(?=[^.?]*\? )",
    "..": GAP % 3,
    "...": GAP % 7,
    "....": r"(?:[^ .?]+ ){0,14}?",
}
# "'d" is either; only what follows could tell
SHORT = {"would": ("would", "'d"), "had": ("had", "'d")}
ANY = {"#": r"[0-9]+ ", "*": r"[^ .,?]+ "}


NEAR = 200  # characters: what stands right before a finding is never longer


@dataclass(frozen=True)
class Pattern:
    """A line as a regular expression. `needs`: of each of these sets a text must hold a word, or it cannot be found."""

    regex: str
    needs: tuple[frozenset[str], ...]

    @cached_property
    def found(self) -> re.Pattern[str]:
        """Compiled when a text first needs it: most never do."""
        return re.compile(rf"(?<![^ ])(?:{self.regex})")

    def search(self, words: Words, held: frozenset[str]) -> Iterable[re.Match[str]]:
        """Every place in `words` that the line describes. held: the set of those words."""
        if any(need.isdisjoint(held) for need in self.needs):
            return ()
        return self.found.finditer(words.line)

    @cached_property
    def _ending(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![^ ])(?:{self.regex}){LIGHT_ONES}\Z")

    def stands_before(self, line: str, at: int) -> bool:
        """True if the line describes what stands in `line` right before the character `at`."""
        return self._ending.search(line, max(0, at - NEAR), at) is not None


@dataclass(frozen=True)
class _Piece:
    regex: str
    needs: tuple[frozenset[str], ...] = ()


class Language:
    """Compiles lines. Raises ValueError, naming the line, for one that it cannot read."""

    def __init__(self, words: Mapping[str, str], fillers: Iterable[str]) -> None:
        """words: name -> alternatives, which may use names that stand above it; fillers: words without weight."""
        self._fillers = frozenset(fillers)
        self._patterns: dict[str, Pattern] = {}
        self._named: dict[str, _Piece] = {}
        for name, line in words.items():
            self._named[name] = self._read(f"({line})")

    def pattern(self, line: str) -> Pattern:
        """The pattern of one line."""
        if line not in self._patterns:
            piece = self._read(line)
            self._patterns[line] = Pattern(piece.regex, piece.needs)
        return self._patterns[line]

    def _read(self, line: str) -> _Piece:
        parts = PART.findall(line)
        if "".join(parts) != re.sub(r"\s", "", line):
            raise ValueError(f"“{line}” has a sign that the rules do not know.")
        parts.reverse()
        piece = self._sequence(parts, line, is_first=True)
        if parts:
            raise ValueError(f"“{line}” has a bracket or a bar too many.")
        return piece

    def _alternatives(self, parts: list[str], line: str, closing: str) -> _Piece:
        """Reads up to the closing bracket. A set of words is needed if every alternative needs one."""
        choices = [self._sequence(parts, line, is_first=True)]
        while parts and parts[-1] == "|":
            parts.pop()
            choices.append(self._sequence(parts, line, is_first=True))
        if not parts or parts.pop() != closing:
            raise ValueError(f"“{line}” lacks a {closing}.")
        needs = [min(c.needs, key=len) for c in choices if c.needs]
        needed = (frozenset().union(*needs),) if len(needs) == len(choices) else ()
        return _Piece(f"(?:{'|'.join(c.regex for c in choices)})", needed)

    def _sequence(self, parts: list[str], line: str, *, is_first: bool) -> _Piece:
        regex, needs = "", list[frozenset[str]]()
        while parts and parts[-1] not in (")", "]", "|"):
            part = parts.pop()
            joint = "" if is_first else JOINT
            if part in SIGNS:
                regex += (joint if part == "^" else "") + SIGNS[part]
                continue
            if part == ",":
                regex += ", "
            elif part == "!(":
                regex += f"(?!{LIGHT_ONES}{self._alternatives(parts, line, ')').regex})"
                continue
            elif part == "[":
                regex += f"(?:{joint}{self._alternatives(parts, line, ']').regex})?"
            else:
                piece = self._one(part, parts, line)
                regex += joint + piece.regex
                needs += piece.needs
            is_first = False
        return _Piece(regex, tuple(needs))

    def _one(self, part: str, parts: list[str], line: str) -> _Piece:
        if part == "(":
            return self._alternatives(parts, line, ")")
        if part.startswith("<"):
            if part[1:-1] not in self._named:
                raise ValueError(f"“{line}” names {part}, which is not among the words above it.")
            return self._named[part[1:-1]]
        if part in ANY:
            return _Piece(ANY[part])
        words = [LIGHT + word if word in self._fillers else word for word in written_out(part)]
        choices = [SHORT.get(w, (w,)) for w in words]
        return _Piece("".join(f"(?:{'|'.join(c)}) " for c in choices), tuple(frozenset(c) for c in choices))
