"""What the message is read by: the rules of data/wording, read once."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from .language import Language, Pattern
from .words import Spelling

# A reading does no I/O, and review() takes only a text: so these two files, which are part of the program and not of
# the reader, are read here once, as a module's own data would be.
WORDING = Path(__file__).resolve().parents[3] / "data" / "wording"

PRESENT = ("regret", "mistake", "hurt", "freedom")
CAUTIONS = (
    "pressure",
    "ultimatum",
    "blame",
    "conditional",
    "excuse",
    "guilt",
    "despair",
    "jealousy",
    "overpromise",
    "crisis",
)


@dataclass(frozen=True)
class Rule:
    """One thing that can be said, in the ways it is said. `not_after` and `unless` take a finding back.

    kind: one of PRESENT or CAUTIONS; also: a second caution that goes with it; says: the ways;
    not_after: what must not stand right before; unless: what must not stand in the same sentence.
    """

    id: str
    kind: str
    also: str | None
    why: str
    says: tuple[Pattern, ...]
    not_after: tuple[Pattern, ...]
    unless: tuple[Pattern, ...]
    finds: tuple[str, ...]
    leaves: tuple[str, ...]


@dataclass(frozen=True)
class Rules:
    """All of them. names: caution -> what it is called; why: its sentence, where a rule has none of its own."""

    spelling: Spelling
    names: dict[str, str]
    why: dict[str, str]
    rules: tuple[Rule, ...]


@cache
def rules() -> Rules:
    """The rules in data/wording/message.yaml and crisis.yaml. Raises ValueError that tells all faults at once."""
    message, crisis = _yaml("message.yaml"), _yaml("crisis.yaml")
    return read_rules(
        {
            **message,
            "words": {**message["words"], **crisis["words"]},
            "rules": [*message["rules"], *({**rule, "kind": "crisis"} for rule in crisis["rules"])],
        }
    )


def read_rules(declared: dict[str, Any]) -> Rules:
    """The rules of a declaration as in message.yaml."""
    language = Language(declared["words"], declared["fillers"])
    kept, faults = [], []
    for rule in declared["rules"]:
        try:
            kept.append(_rule(rule, declared, language))
        except (ValueError, KeyError) as error:
            faults.append(f"rule {rule.get('id', '?')}: {error}")
    if faults:
        raise ValueError("\n".join(faults))
    forms = {written: meant for meant, ways in declared["spelling"].items() for written in str(ways).split()}
    spelling = Spelling(forms, declared["often_mistyped"], declared["real_words"], declared["fillers"])
    return Rules(spelling, declared["names"], declared["why"], tuple(kept))


def _rule(declared: dict[str, Any], whole: dict[str, Any], language: Language) -> Rule:
    kind = declared["kind"]
    if kind not in (*PRESENT, *CAUTIONS):
        raise ValueError(f"kind {kind!r} is none of {', '.join((*PRESENT, *CAUTIONS))}")
    vetoes = [*_lines(declared.get("not_after", "")), *_lines(whole["not_after"].get(kind, ""))]
    return Rule(
        declared["id"],
        kind,
        declared.get("also"),
        declared.get("why", whole["why"].get(kind, "")),
        tuple(language.pattern(line) for line in _lines(declared["says"])),
        tuple(language.pattern(line) for line in vetoes),
        tuple(language.pattern(line) for line in _lines(declared.get("unless", ""))),
        _lines(declared["finds"]),
        _lines(declared["leaves"]),
    )


def _lines(block: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in block.splitlines() if line.strip())


def _yaml(name: str) -> Any:
    return yaml.safe_load((WORDING / name).read_text("utf-8"))
