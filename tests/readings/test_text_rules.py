"""Wording that a rule is about is noticed; everyday wording with the same words is left alone."""

import pytest

from widgets.catalogue import DATA, read_yaml
from widgets.readings.text_rules import mentions

RULES = {name: read_yaml(DATA / "wording" / f"{name}.yaml") for name in ("crisis", "harm")}
FINDS = [(name, rule, s) for name, rules in RULES.items() for rule in rules for s in rule["finds"]]
LEAVES = [(name, s) for name, rules in RULES.items() for rule in rules for s in rule["leaves"]]


@pytest.mark.parametrize(("name", "rule", "sentence"), FINDS, ids=lambda x: x if isinstance(x, str) else x["id"])
def test_a_rule_finds_its_sentences(name: str, rule: dict, sentence: str) -> None:
    """Each rule finds what stands under it, in any case and with curly quotes."""
    assert mentions(sentence, [rule["pattern"]])
    assert mentions(f"Well. {sentence.upper().replace(chr(39), '’')}, she said", [rule["pattern"]])


@pytest.mark.parametrize(("name", "sentence"), LEAVES, ids=lambda x: x)
def test_no_rule_finds_what_must_be_left_alone(name: str, sentence: str) -> None:
    """Not by its own rule and not by any other of its kind."""
    assert not mentions(sentence, [rule["pattern"] for rule in RULES[name]])
