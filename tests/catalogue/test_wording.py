"""Every sentence of ours reads with every pronoun; a name is text and never markup."""

import re
from pathlib import Path

import pytest

from widgets.catalogue import DATA, Wording, load_catalogue, wording_for

CODE = DATA.parent / "widgets"
CATALOGUE = load_catalogue()
READERS = {
    "nothing": {},
    "he": {"pronouns": "he", "name": "Tom"},
    "she": {"pronouns": "she"},
    "they": {"pronouns": "they"},
    "own": {
        "pronouns": "other",
        "subject": "xe",
        "object": "xem",
        "possessive": "xyr",
        "reflexive": "xemself",
        "plural": False,
    },
    "own, empty": {"pronouns": "other"},
}


def test_pronouns_and_verbs_agree() -> None:
    """they are, he is; capitals at a sentence's head."""
    text = "{He} {is|are} here. I saw {him} and {his} dog. {Is|Are} {he} {himself}?"
    assert (
        wording_for({"pronouns": "they"}).fill(text) == "They are here. I saw them and their dog. Are they themselves?"
    )
    assert wording_for({"pronouns": "she"}).fill(text) == "She is here. I saw her and her dog. Is she herself?"
    assert wording_for(READERS["own"]).fill(text) == "Xe is here. I saw xem and xyr dog. Is xe xemself?"


def test_without_a_name_the_sentence_still_reads() -> None:
    """The name is optional everywhere."""
    assert wording_for({"name": "  ", "pronouns": "she"}).fill("you miss {name}") == "you miss her"
    assert wording_for({"name": "Tom"}).fill("you miss {name}") == "you miss Tom"


def texts() -> list[str]:
    paragraphs = [x for p in CATALOGUE.passages.values() for x in p.paragraphs]
    found = [x.text for x in paragraphs] + [n.text for x in paragraphs for n in x.notes]
    found += [text for claim in CATALOGUE.claims.values() for text in (claim.text, claim.we_say)]
    for exercise in (e for e in CATALOGUE.exercises.values() if e.id != "you"):  # that one names all pronouns
        found += [exercise.title, exercise.intro, exercise.empty, exercise.one_of_message]
        for item in exercise.items:
            found += [item.ask, item.hint, item.low, item.high, item.help_text, *item.choices.values()]
    return found


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS.keys())
def test_every_sentence_can_be_said_with_every_pronoun(reader: dict) -> None:
    """No placeholder is left over, and no pronoun of somebody else slips in."""
    wording = wording_for(reader)
    filled = [wording.fill(t) for t in texts()]
    assert not [t for t in filled if "{" in t or "}" in t]
    if reader.get("pronouns") in ("they", "other"):
        own = re.compile(r"(?<!“)\b(he|him|his|himself)\b(?!”)", re.I)
        examples = [t for t in filled if "“" in t]  # “he called” stands as an example beside its question
        assert not [t for t in filled if own.search(t) and t not in examples]


OURS = [p for folder, kind in ((DATA, "*.yaml"), (DATA, "*.md"), (CODE, "*.py")) for p in sorted(folder.rglob(kind))]
ALONE = re.compile(r"\{[Hh]is\}+(?: to\b|[.,;:!?\"”]|$)|\{[Hh]e\}+ (?!always)[a-z]+s\b", re.MULTILINE)


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_no_possessive_stands_alone_and_no_verb_is_for_one_only(path: Path) -> None:
    """“things of their” and “they wants” are what such a sentence would become."""
    assert ALONE.findall(path.read_text("utf-8")) == []


NASTY = "<img src=x onerror=alert(1)> [a](javascript:b) *c* `d` {he}"


def test_a_name_never_becomes_markup() -> None:
    """In Markdown every sign of a name is escaped; as plain text it stands as she wrote it."""
    from widgets.catalogue import Paragraph, Passage

    passage = Passage("00-begin", "x", (Paragraph("You left {name}."),))
    markdown = passage.markdown(Wording(name=NASTY))
    assert not set("<>[]()*`{}") & set(markdown)
    assert passage.plain(Wording(name=NASTY)) == f"You left {NASTY}."
