"""The voice keeps its rules in every text that can reach a page: data, notebooks, and the texts in the programs."""

import ast
import csv
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from widgets.catalogue import DATA, read_yaml

ROOT = DATA.parent
NOT_SHOWN = {
    "message.yaml",
    "crisis.yaml",
    "harm.yaml",
    "share.yaml",
}  # wording a reader may have used, for finding it only
HE = r"(?:he|your ex)"


@dataclass(frozen=True)
class Rule:
    """What no text may say: a pattern, texts it must find, and texts it must leave alone."""

    pattern: str
    finds: tuple[str, ...]
    leaves: tuple[str, ...]

    def found_in(self, text: str) -> bool:
        return bool(re.search(self.pattern, text, re.IGNORECASE))


RULES = {
    "straight apostrophe": Rule(
        r"[^\W\d_]{4,}'s\b|\b[^\W\d_]{3,}s' [a-z]",
        ("nobody's guesses", "the pages' own"),
        ("nobody’s guesses", "{'s': 1}", "i'd, i'll, let's", "[-'_]s"),
    ),
    "exclamation mark": Rule(
        r"(?:^|[^\W\d_][\"”’)]*)!(?:[\s”\"’)]|$)",
        ("Saved!", "“Good!”", "You did it! Go on.", "! "),
        ("(?<![^ ])", "[.!?]", "a != b", "<!doctype html>"),
    ),
    "streak or badge": Rule(
        r"\bstreaks?\b|\bbadges?\b|\btroph(?:y|ies)\b|\bachievements?\b|\brewards?\b|\bmilestones?\b|\blevel up\b"
        r"|\bdays? in a row\b",
        ("A streak of 3", "Three days in a row"),
        ("unanswered messages in a row", "a missed day is left at that"),
    ),
    "odds": Rule(
        r"\bodds\b|\bchances? (?:of|that|are)\b|\b(?:your|good|best|better) chances?\b|\blikel(?:y|ihood) (?:that|to) "
        rf"{HE}\b|\bprobability of (?:a )?(?:reunion|coming back)\b",
        ("The odds are good", "Your chances", "the chance that he writes", "likely that he answers"),
        ("an order drawn for you by chance", "chances to do it, and chances taken", "where it likely lies"),
    ),
    "score": Rule(
        r"(?<!not )(?<!no )(?<!never )(?<!nothing is )\bscor(?:e|es|ed|ing)\b|\bpoints earned\b",
        ("Your score: 7", "You scored 7", "scoring high"),
        ("not scored: fewer than two check-ins", "Nothing is scored", "no score", "7 points on average"),
    ),
    "countdown": Rule(
        r"\bcount(?:ing|s)?[ -]?down\b|\b(?:only|just) (?:\w+ )?(?:days?|hours?|minutes?) (?:left|to go)\b"
        r"|\b(?:days?|hours?) (?:left|to go)\b|\bhurry\b|\btime is running\b",
        ("Only three days left", "5 hours to go", "A countdown", "hurry"),
        ("40 letters left", "Messages rest until Sunday", "Nothing hurries"),
    ),
    "percentage": Rule(
        r"(?:^|\d)\s?%(?:[\s.,;:)]|$)|\bper ?cent\b|\bpercentages?\b",
        ("74 % love", "74%.", "%", " % of days", "ten per cent"),
        ("%Y-%m-%d", "%s", "4 of 9", "a decent percolator"),
    ),
    "praise or cheer": Rule(
        r"\bcongrat|\bwell done\b|\b(?:great|good|nice|amazing) (?:job|work|going|start)\b|\bproud of\b"
        r"|\bkeep (?:it up|going)\b|\bgot this\b|\bawesome\b|\bjourney\b|[\U0001F300-\U0001FAFF❤★✨]",
        (
            "Congratulations",
            "Well done.",
            "Great job, day 12",
            "We are proud of you",
            "keep going",
            "your journey",
            "🙂",
        ),
        ("something good", "as good as it gets", "It goes on trying."),
    ),
    "false comfort": Rule(
        r"\bunfortunately\b|\boops\b|\bwe are sorry\b|\bit will (?:be|get) (?:fine|better|easier)\b|\bthis will help\b"
        r"|\beverything happens for a reason\b",
        ("Unfortunately, no", "It will get better", "This will help you move on"),
        ("sorry for having hurt him", "It may help some people"),
    ),
    "push": Rule(
        r"\bwin \w+ back\b|\bget \w+ back\b(?! to)|\bready to win\b|\bthe right (?:choice|decision) (?:is|would be)\b"
        r"|\byou (?:should|must|need to|have to) (?:try|wait|let go|go back|write|contact|call|move on|forgive)\b",
        ("Ready to win him back?", "You should wait", "you need to move on", "The right choice is to try"),
        ("Whichever you choose", "There is no right result", "winding the past back"),
    ),
    "verdict about him": Rule(
        rf"(?:^|[.;:?“(] ?)(?:{HE} |surely {HE} )(?:still |really |never |secretly |probably )*(?:loves?|misses|missed"
        r"|regrets?|needs|feels|cares|hates?|forgave|deserves?|wants (?:you|to come back|to be with))\b"
        rf"|(?<!whether )(?<!if )\b{HE} will (?:come back|return|forgive|answer|want|love|miss|regret|change)\b"
        rf"|\b{HE} (?:is|was) (?:over you|still in love|in love|toxic|selfish|cruel|a narcissist|avoidant|to blame"
        r"|not ready|ready for|right for you|wrong for you)\b|\bmeant (?:to be\b|for each other)|\bsoul ?mates?\b",
        (
            "He needs time to heal.",
            "Today: he misses you",
            "Surely he regrets it",
            "He is over you",
            "he will come back",
        ),
        (
            "What he feels, or whether it would be enough.",
            "You believe now that he is the one.",
            "Once he sees it, he will be open to more.",
            "he wants to talk",
            "Whether he will answer.",
            "He asked for space on 2 November.",
        ),
    ),
}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_a_rule_finds_what_it_is_for_and_leaves_the_rest(rule: Rule) -> None:
    """No pattern without texts that it must and must not find."""
    assert [text for text in rule.finds if not rule.found_in(text)] == []
    assert [text for text in rule.leaves if rule.found_in(text)] == []


PLACEHOLDER = re.compile(r"\{(?:(he|him|his|himself|name)|(\w+)\|\w+)\}", re.IGNORECASE)


def filled(text: str) -> str:
    """As a reader sees it in the default wording; whatever else stands in braces stays."""
    return PLACEHOLDER.sub(lambda match: match[2] or {"name": "him"}.get(match[1].lower(), match[1]), text)


def inside(node: Any) -> Iterator[str]:
    """All texts in what a YAML or JSON file holds."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list):
        for one in node.values() if isinstance(node, dict) else node:
            yield from inside(one)


def of_data() -> Iterator[tuple[str, str]]:
    for path in sorted(p for p in DATA.rglob("*.yaml") if p.name not in NOT_SHOWN):
        yield from ((path.name, text) for text in inside(read_yaml(path)))
    for path in sorted((DATA / "article").glob("*.md")):
        yield from ((path.name, text) for text in re.split(r"\n\s*\n", path.read_text("utf-8")))
    for path in sorted((DATA / "sample").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            yield from ((path.name, cell) for row in csv.reader(file) for cell in row)


def of_notebooks() -> Iterator[tuple[str, str]]:
    """Their words, and what they have stored of what the pages show the sample reader."""
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            if cell["cell_type"] == "markdown":
                yield path.name, "".join(cell["source"])
            for output in cell.get("outputs", []):
                yield path.name, "".join(output.get("data", {}).get("text/plain", ""))


def of_python() -> Iterator[tuple[str, str]]:
    """Every literal but the docstrings; those that never reach a page have nothing to hide either."""
    for path in sorted((ROOT / "widgets").rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        bodies = [getattr(node, "body", None) for node in ast.walk(tree)]
        docs = {
            id(body[0].value)
            for body in bodies
            if isinstance(body, list)
            and body
            and isinstance(body[0], ast.Expr)
            and isinstance(body[0].value, ast.Constant)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                yield f"{path.name}:{node.lineno}", node.value


def of_javascript() -> Iterator[tuple[str, str]]:
    scripts = [str(path) for path in sorted((ROOT / "widgets").rglob("*.js"))]
    node, reader = Path(sys.executable).with_name("node"), ROOT / "tests" / "javascript" / "literals.cjs"
    done = subprocess.run([node, reader, *scripts], capture_output=True, text=True, check=True)
    for file, line, text in json.loads(done.stdout):
        yield f"{Path(file).name}:{line}", text


def of_templates() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "widgets").rglob("*.html")):
        text = re.sub(
            r"<style>.*?</style>|\{%.*?%\}|\{#.*?#\}|\{\{.*?\}\}", " ", path.read_text("utf-8"), flags=re.DOTALL
        )
        yield path.name, re.sub(r"<[^>]+>", "\n", text)


SOURCES = {
    "data": of_data,
    "notebooks": of_notebooks,
    "python": of_python,
    "javascript": of_javascript,
    "templates": of_templates,
}


@lru_cache
def texts(source: str) -> tuple[tuple[str, str], ...]:
    """(where, text) of everything in one kind of place, as a reader would see it."""
    return tuple((where, filled(text)) for where, text in SOURCES[source]() if text.strip())


KNOWN = {
    "data": "How lonely is it now?",
    "notebooks": "Each choice, with how it was on that day",
    "python": "Nothing was saved. ",
    "javascript": "Nothing you saved has all of these words. ",
    "templates": "If you need someone now",
}


@pytest.mark.parametrize("source", SOURCES)
def test_the_texts_of_every_kind_of_place_are_read(source: str) -> None:
    """A check of nothing would always pass: a text known to be there is among them."""
    assert any(KNOWN[source] in text for _, text in texts(source))


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("source", SOURCES)
def test_nothing_cheers_scores_counts_down_pushes_or_judges_him(source: str, rule: str) -> None:
    """In no text that can reach a page."""
    assert [(where, text[:120]) for where, text in texts(source) if RULES[rule].found_in(text)] == []
