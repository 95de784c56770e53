"""3.3 The message: what is in it, and phrases to read once more. Rules of wording, no model; they can be wrong."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .rules import PRESENT, Rule, rules
from .words import Words

HIM = {"you", "your", "yours"}
SENTENCE_ENDS = re.compile(r"(?<![^ ])[.?] ")


@dataclass(frozen=True)
class Caution:
    """A phrase to read once more. start, end: its place in the text, as Python counts; why: one sentence that asks."""

    kind: str
    start: int
    end: int
    why: str


@dataclass(frozen=True)
class Review:
    """present: which of regret, mistake, hurt, freedom the text says; cautions: in the order of the text."""

    present: frozenset[str]
    cautions: tuple[Caution, ...]

    @property
    def shown(self) -> tuple[Caution, ...]:
        """Those that stand beside the text: where it is about living itself, nothing else is asked of the phrase."""
        crisis = [c for c in self.cautions if c.kind == "crisis"]
        return tuple(c for c in self.cautions if c in crisis or not any(_overlap(c, other) for other in crisis))


def review(text: str) -> Review:
    """What a message says and which phrases of it deserve a second look.

    Any text is accepted, the empty one too. Nothing is kept. Of one kind, findings that overlap are one caution;
    different kinds may name the same phrase.
    """
    known = rules()
    words = known.spelling.plain(text)
    held = frozenset(words.words)
    present: set[str] = set()
    cautions: list[Caution] = []
    for rule in known.rules:
        for start, end in _places(rule, words, held):
            if rule.kind in PRESENT:
                present.add(rule.kind)
                break
            cautions.append(Caution(rule.kind, start, end, rule.why))
            if rule.also:
                cautions.append(Caution(rule.also, start, end, known.why[rule.also]))
    crisis = [c for c in cautions if c.kind == "crisis"]
    # where it is about living itself, that is the matter; how it weighs on him is one too where the phrase names him
    cautions = [
        c
        for c in cautions
        if c.kind != "despair"
        or not any(_overlap(c, other) for other in crisis)
        or HIM & set(known.spelling.plain(text[c.start : c.end]).words)
    ]
    return Review(frozenset(present), _merged(cautions))


def speaks_of_dying(text: str) -> bool:
    """True if a text holds wording about not wanting to live, or harming oneself: then help comes first."""
    known = rules()
    words = known.spelling.plain(text)
    held = frozenset(words.words)
    return any(rule.kind == "crisis" and any(_places(rule, words, held)) for rule in known.rules)


def name_of(kind: str) -> str:
    """What a caution is called, inside a sentence."""
    return rules().names[kind]


def _places(rule: Rule, words: Words, held: frozenset[str]) -> Iterable[tuple[int, int]]:
    for pattern in rule.says:
        for match in pattern.search(words, held):
            if not _taken_back(rule, words.line, match):
                yield words.place(match)


def _taken_back(rule: Rule, line: str, match: re.Match[str]) -> bool:
    """True if what stands right before, or elsewhere in the sentence, says that it is not meant so."""
    if any(pattern.stands_before(line, match.start()) for pattern in rule.not_after):
        return True
    if not rule.unless:
        return False
    start = max(line.rfind(sign, 0, match.start()) for sign in (" . ", " ? ")) + 1  # 0 in the first sentence
    after = SENTENCE_ENDS.search(line, match.end())
    sentence = line[start : after.end() if after else len(line)]
    return any(pattern.found.search(sentence) for pattern in rule.unless)


def _overlap(one: Caution, other: Caution) -> bool:
    return one.start < other.end and other.start < one.end


def _merged(cautions: Iterable[Caution]) -> tuple[Caution, ...]:
    """Sorted by place, and of one kind only the longest where several overlap."""
    kept: list[Caution] = []
    for caution in sorted(cautions, key=lambda c: (c.start - c.end, c.start, c.kind)):
        if not any(k.kind == caution.kind and _overlap(k, caution) for k in kept):
            kept.append(caution)
    return tuple(sorted(kept, key=lambda c: (c.start, c.end, c.kind)))
