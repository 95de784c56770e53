"""Wording that a rule is about is noticed; everyday wording with the same words is left alone."""

import pytest

from widgets.catalogue import DATA, read_yaml
from widgets.readings.text_rules import mentions

RULES = read_yaml(DATA / "wording" / "harm.yaml")
FINDS = [(rule, sentence) for rule in RULES for sentence in rule["finds"]]
LEAVES = [sentence for rule in RULES for sentence in rule["leaves"]]


@pytest.mark.parametrize(("rule", "sentence"), FINDS, ids=lambda x: x if isinstance(x, str) else x["id"])
def test_a_rule_finds_its_sentences(rule: dict, sentence: str) -> None:
    """Each rule finds what stands under it, in any case and with curly quotes."""
    assert mentions(sentence, [rule["pattern"]])
    assert mentions(f"Well. {sentence.upper().replace(chr(39), '’')}, she said", [rule["pattern"]])


@pytest.mark.parametrize("sentence", LEAVES)
def test_no_rule_finds_what_must_be_left_alone(sentence: str) -> None:
    """Not by its own rule and not by any other."""
    assert not mentions(sentence, [rule["pattern"] for rule in RULES])
