"""3.3 The message: what it says, which phrases deserve a second look, and where they stand in her text."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from widgets.readings.message import review, speaks_of_dying
from widgets.readings.message.rules import CAUTIONS, PRESENT, read_rules, rules
from widgets.readings.message.words import slips_of

RULES = rules().rules
LABELLED = [
    json.loads(line) for line in Path(__file__).with_name("message_sentences.jsonl").read_text("utf-8").splitlines()
]


def kinds(text: str) -> set[str]:
    found = review(text)
    return found.present | {caution.kind for caution in found.cautions}


def quoted(text: str, kind: str) -> list[str]:
    return [text[c.start : c.end] for c in review(text).cautions if c.kind == kind]


@pytest.mark.parametrize(("rule", "sentence"), [(r, s) for r in RULES for s in r.finds], ids=lambda x: str(x)[:50])
def test_a_rule_finds_its_sentences(rule, sentence: str) -> None:
    """Also in capitals, with curly apostrophes, without any, and inside a longer message."""
    for way in (sentence, sentence.upper(), sentence.replace("'", "’"), f"Hello.\n\n{sentence}\n\nIt is Sunday."):
        assert rule.kind in kinds(way), way
    assert rule.kind in kinds(re.sub(r"(?<=n)'(?=t\b)", "", sentence))


@pytest.mark.parametrize(("rule", "sentence"), [(r, s) for r in RULES for s in r.leaves], ids=lambda x: str(x)[:50])
def test_a_rule_leaves_its_near_misses(rule, sentence: str) -> None:
    """What looks alike and means something else is not of its kind, by whichever rule."""
    assert rule.kind not in kinds(sentence)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_a_rule_has_sentences_and_a_caution_asks(rule) -> None:
    """No rule without sentences both ways; a caution's `why` is one sentence that ends in a question."""
    assert rule.finds
    assert rule.leaves
    if rule.kind in CAUTIONS:
        assert re.fullmatch(r"[^.?!]+\?", rule.why)
    assert len({r.id for r in RULES}) == len(RULES)


def test_every_caution_has_its_sentence() -> None:
    """Crisis too, whose patterns stand in a file of their own."""
    assert set(rules().why) == set(CAUTIONS)


@pytest.fixture(scope="module")
def tally() -> dict[str, Counter]:
    """label -> how often rightly found, found for nothing, missed, over the labelled sentences."""
    counts = {label: Counter() for label in (*PRESENT, *CAUTIONS)}
    for case in LABELLED:
        found, meant = kinds(case["text"]), {*case["present"], *case["cautions"]}
        for label in found | meant:
            outcome = "right" if label in found & meant else "for nothing" if label in found else "missed"
            counts[label][outcome] += 1
    return counts


def test_the_labelled_sentences_are_enough_of_each() -> None:
    """At least 40 of each part, 25 of each caution, 100 that hold none."""
    labels = Counter(label for case in LABELLED for label in (*case["present"], *case["cautions"]) or ("none",))
    assert all(labels[part] >= 40 for part in PRESENT)
    assert all(labels[caution] >= 25 for caution in CAUTIONS)
    assert labels["none"] >= 100


def test_precision_and_recall_over_all_labels(tally: dict[str, Counter]) -> None:
    """0.95 or more. The rules were written with these sentences at hand, so this says nothing about others."""
    total = sum(tally.values(), Counter())
    assert total["right"] / (total["right"] + total["for nothing"]) >= 0.95
    assert total["right"] / (total["right"] + total["missed"]) >= 0.95


@pytest.mark.parametrize("label", [*PRESENT, *CAUTIONS])
def test_precision_and_recall_of_each_label(tally: dict[str, Counter], label: str) -> None:
    """0.85 or more; of wording about not wanting to live none is missed."""
    count = tally[label]
    assert count["right"] / (count["right"] + count["for nothing"]) >= 0.85
    assert count["right"] / (count["right"] + count["missed"]) >= (1 if label == "crisis" else 0.85)


def test_what_opens_the_help_panel_is_a_crisis_caution_and_the_other_way_round() -> None:
    """The same rules for both, so help never depends on which one was asked."""
    for case in LABELLED:
        assert speaks_of_dying(case["text"]) == ("crisis" in kinds(case["text"])), case["text"]


@pytest.mark.parametrize(
    ("text", "kind", "phrase"),
    [
        ("Dear you. I miss the dog. You made me leave. That is all.", "blame", "You made me leave"),
        ("😭😭 i tried… You   made\nme leave", "blame", "You   made\nme leave"),
        ("Cafe\u0301 at nine. Don’t ignore me.", "pressure", "Don’t ignore me"),
        ("👩‍👩‍👧 naïve, I know; “come back to me”, I said.", "pressure", "come back to me"),
        ("Ｙｏｕ made me leave", "blame", "Ｙｏｕ made me leave"),
        ("ﬁne. you made me leave", "blame", "you made me leave"),
        ("I'm so sorry if I hurt you, truly.", "conditional", "I'm so sorry if I hurt you"),
        ("I do not think I want to die, he wrote. i dont wanna live", "crisis", "i dont wanna live"),
        (
            "Well. It is because of how you treated me that I left.",
            "blame",
            "It is because of how you treated me",
        ),
        ("I just want to end it all.", "crisis", "I just want to end it all"),
        ("I apologise if anything I said upset you, Tom.", "conditional", "I apologise if anything I said upset you"),
        ("I hate you. Hi.", "blame", "I hate you"),
        (
            "Hi. Everyone says you are making a huge mistake. Bye.",
            "pressure",
            "Everyone says you are making a huge mistake",
        ),
        ("So. I am sending you flowers. Bye.", "pressure", "I am sending you flowers"),
        ("Well, I know you still love me. Bye.", "pressure", "I know you still love me"),
        ("Your mother thinks we should talk.", "pressure", "Your mother thinks we should talk"),
    ],
)
def test_a_caution_quotes_her_phrase(text: str, kind: str, phrase: str) -> None:
    """Places count in the text as given: emoji, accents written apart, wide letters, line breaks and all."""
    assert phrase in quoted(text, kind)


def test_each_phrase_is_named_once_of_a_kind_and_in_order() -> None:
    """Overlapping findings of a kind are one; the same words may be of two kinds."""
    found = review("Come back. Please just call me. You have until Friday to decide.").cautions
    assert [c.kind for c in found] == ["pressure", "pressure", "pressure", "ultimatum"]
    assert found[2].start == found[3].start
    assert [c.start for c in found] == sorted(c.start for c in found)


def test_an_empty_text_is_empty() -> None:
    """Nothing written, nothing said."""
    for text in ("", " \n\t", "…", "😀", "'"):
        assert review(text) == review("")
    assert review("").present == frozenset()
    assert review("").cautions == ()


PIECES = [case["text"] for case in LABELLED] + [
    "’",
    "‘’“”",
    "😭",
    "e\u0301",
    "\u200d",
    "\n\n",
    "~really",
    "(?!",
    "İ",
    "½",
    "…",
]


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=6).map("".join)))
@example("'" * 50)
@example("you " * 300)
def test_any_text_has_a_review_with_spans_inside_it(text: str) -> None:
    """Never an error; every span lies in the text, holds something, and comes in order, with its question."""
    found = review(text).cautions
    assert all(0 <= c.start < c.end <= len(text) and text[c.start : c.end].strip() for c in found)
    assert list(found) == sorted(found, key=lambda c: (c.start, c.end, c.kind))
    assert all(c.kind in CAUTIONS and c.why.endswith("?") for c in found)


@given(st.sampled_from(LABELLED), st.sampled_from(["Hello. ", "🙂 ", "Cafe\u0301. ", "\n\n"]))
def test_what_stands_before_moves_a_span_and_changes_nothing_else(case: dict, before: str) -> None:
    """The same phrases are quoted wherever in the message the sentence stands."""
    alone, later = review(case["text"]), review(before + case["text"])
    assert later.present == alone.present
    assert [(c.kind, c.start - len(before), c.end - len(before)) for c in later.cautions] == [
        (c.kind, c.start, c.end) for c in alone.cautions
    ]


def test_slips_of_the_finger_are_read_as_meant() -> None:
    """A letter left out, doubled or exchanged."""
    assert {"regrt", "regreet", "reegret", "ergret"} & slips_of("regret") == {"regrt", "regreet", "reegret"}
    assert "regret" in kinds("I regrett it")
    assert "mistake" in kinds("it was a mistkae to go")
    assert "hurt" not in kinds("I hunt your duck")


MINIMAL = {
    "fillers": ["so"], "words": {"go": "go|leave"}, "spelling": {}, "often_mistyped": [], "real_words": [],
    "not_after": {}, "names": {}, "why": {},
}  # fmt: skip


def rule(**parts: str) -> dict:
    return {"id": "x", "kind": "regret", "says": "i <go>", "finds": "I go", "leaves": "You go", **parts}


def test_faults_in_the_rules_are_told_all_at_once_with_the_line() -> None:
    """A name that is not declared, a bracket that is not closed, a kind that does not exist."""
    faulty = [rule(id="a", says="i <gone>"), rule(id="b", says="i (go|leave"), rule(id="c", kind="joy"), rule(id="d")]
    with pytest.raises(ValueError, match=r"rule a: .*<gone>") as told:
        read_rules({**MINIMAL, "rules": faulty})
    assert "rule b: “i (go|leave” lacks a )" in str(told.value)
    assert "rule c: kind 'joy'" in str(told.value)
    assert "rule d" not in str(told.value)


CRISIS_SENTENCES = [
    json.loads(line) for line in Path(__file__).with_name("crisis_sentences.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("is_crisis", [True, False])
def test_wording_about_not_wanting_to_live_is_told_from_what_looks_like_it(is_crisis: bool) -> None:
    """None of several hundred is missed; of as many that use the same words for something else none is found."""
    asked = [case["text"] for case in CRISIS_SENTENCES if case["crisis"] is is_crisis]
    assert len(asked) > 200
    assert [text for text in asked if ("crisis" in kinds(text)) is not is_crisis] == []
