"""Wording about not wanting to live is noticed; everyday wording with the same words is left alone."""

import pytest

from widgets.catalogue import DATA, read_yaml
from widgets.readings.crisis import mentions_crisis

RULES = read_yaml(DATA / "wording" / "crisis.yaml")
PATTERNS = [rule["pattern"] for rule in RULES]
FINDS = [(rule["id"], s) for rule in RULES for s in rule["finds"]]
LEAVES = [(rule["id"], s) for rule in RULES for s in rule["leaves"]]


@pytest.mark.parametrize(("rule", "sentence"), FINDS, ids=lambda x: x)
def test_a_rule_finds_its_sentences(rule: str, sentence: str) -> None:
    """Each rule finds what stands under it, in any case and with curly quotes."""
    pattern = [r["pattern"] for r in RULES if r["id"] == rule]
    assert mentions_crisis(sentence, pattern)
    assert mentions_crisis(f"Well. {sentence.upper().replace(chr(39), '’')}, she said", pattern)


@pytest.mark.parametrize(("rule", "sentence"), LEAVES, ids=lambda x: x)
def test_no_rule_finds_what_must_be_left_alone(rule: str, sentence: str) -> None:
    """Not by its own rule and not by any other."""
    assert not mentions_crisis(sentence, PATTERNS)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r["id"])
def test_every_rule_has_both_kinds_of_sentences(rule: dict) -> None:
    """No rule without sentences that must and must not match."""
    assert rule["finds"]
    assert rule["leaves"]
