"""Search: every entry that has her words is found, whatever way she types them, and nothing else is."""

import itertools
import unicodedata
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.readings.folding import fold, patterns, spans
from widgets.readings.search import MOST, Hit, Place, search

DAY = pd.Timestamp("2026-11-08")
NEVER = {"withdrawn": False, "row": None}


def history(*rows: dict[str, Any]) -> pd.DataFrame:
    """Revisions; what a row leaves out: entry a, revision 1, 8 November, not withdrawn."""
    frame = {"entry_id": "a", "revision": 1, "local_date": DAY, "saved_utc": DAY.tz_localize("UTC"), "withdrawn": False}
    return pd.DataFrame([frame | row for row in rows]).astype({"revision": "Int64", "withdrawn": "boolean"})


def find(words: str, *rows: dict[str, Any]) -> tuple[Hit, ...]:
    return search(words, {"notes": history(*rows)}, {"notes": ["text"]})


def finds(words: str, text: str) -> bool:
    return bool(find(words, {"text": text}))


def marked(place: Place) -> str:
    """The sentence with what was found in brackets."""
    return "".join(f"[{piece.text}]" if piece.found else piece.text for piece in place.pieces)


FOUND = {
    "another case": ("CHILDREN", "the talk about children"),
    "an accent she leaves out": ("cafe", "We met at the Café Zoë."),
    "an accent she adds": ("Zoë", "Zoe was there"),
    "an accent of its own letter": ("cafe", "cafe\u0301"),
    "a straight apostrophe": ("didn't", "He didn’t say a word."),
    "a typographic apostrophe": ("Jo’s", "supper at Jo's"),
    "sharp s": ("STRASSE", "in der Straße"),
    "letters without a decomposition": ("Lodz Soren", "Łódź, with Søren"),
    "a dash for a hyphen": ("on–off", "on-off"),
    "the beginning of a word": ("child", "about children"),
    "the middle of a longer word": ("wunsch", "Kinderwunsch"),
    "words in any order": ("park car", "the car in the park"),
    "a comma after a word": ("children, money", "money and children"),
    "a phrase over a line's end": ('"car park"', "in the car\npark"),
    "a script without spaces": ("後悔", "私は後悔している"),
    "Hebrew with its points": ("שלום", "שָׁלוֹם"),
    "a soft hyphen in what was pasted": ("regret", "re\u00adgret"),
    "a smiley": ("🙂", "well 🙂"),
}


@pytest.mark.parametrize(("words", "text"), FOUND.values(), ids=FOUND.keys())
def test_case_accents_and_kinds_of_apostrophe_make_no_difference(words: str, text: str) -> None:
    assert finds(words, text)


NOT_FOUND = {
    "one of two words": ("car moon", "the car in the park"),
    "a short word inside another": ("he", "the other ones"),
    "a phrase that is not one": ('"park car"', "the car park"),
    "only signs": ('""', "anything"),
}


@pytest.mark.parametrize(("words", "text"), NOT_FOUND.values(), ids=NOT_FOUND.keys())
def test_what_is_not_there_is_not_found(words: str, text: str) -> None:
    assert not finds(words, text)


TEXT = st.text(min_size=1, max_size=60)
CHANGES = st.sampled_from(
    [
        str,
        str.upper,
        lambda word: unicodedata.normalize("NFD", word),
        lambda word: unicodedata.normalize("NFC", word),
        lambda word: word.replace("'", "’"),
    ]
)


@given(TEXT, CHANGES, st.data())
def test_any_word_of_a_text_finds_it(text: str, change: Any, data: st.DataObject) -> None:
    """However it is typed; what is marked is part of what she wrote, and folds to what was looked for."""
    words = [w for w in text.split() if fold(w).strip(" \"'.,;:!?()[]…") and '"' not in fold(w)]
    if not words:
        return
    word = data.draw(st.sampled_from(words))
    wanted = patterns(change(word))
    if not all(pattern.search(fold(text)) for pattern in wanted):
        assert change is str.upper  # a few letters have no way back from their capital
        return
    found = spans(text, wanted)
    assert found
    assert all(any(p.search(fold(text[:end])) for p in wanted) for _, end in found)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(found))


@given(TEXT, TEXT)
def test_a_sentence_shown_is_hers_letter_by_letter(words: str, text: str) -> None:
    """Whatever stands in it: the pieces together are a part of her text, and something in them is marked."""
    for hit in find(words, {"text": f"{text} {words} {text}"}):
        for place in hit.places:
            said = "".join(piece.text for piece in place.pieces)
            assert said in f"{text} {words} {text}"
            assert any(piece.found for piece in place.pieces)


def test_the_sentence_around_is_shown_and_further_ones_are_counted() -> None:
    text = "I packed a bag. He did not argue about the bag! Later? The bag is still there."
    [hit] = find("bag argue", {"text": text})
    [place] = hit.places
    assert (marked(place), place.more) == ("I packed a [bag].", 2)
    assert (place.cut_before, place.cut_after) == (False, False)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("First.\nThe second line\nthird", "The [second] line"),
        ("“Go.” The second one.” Then", "The [second] one.”"),
        ("  second  ", "  [second]  "),
        ("one.second", "one.[second]"),
        ("はい。後で second と言った。次", "後で [second] と言った。"),
    ],
)
def test_a_sentence_ends_where_it_ends(text: str, sentence: str) -> None:
    [hit] = find("second", {"text": text})
    assert marked(hit.places[0]) == sentence


def test_a_very_long_sentence_is_cut_around_what_was_found() -> None:
    """Between words, and both ends say so; one without any space is cut all the same."""
    long = "word " * 200 + "needle " + "word " * 200
    [hit] = find("needle", {"text": long})
    [place] = hit.places
    shown = "".join(piece.text for piece in place.pieces)
    assert (place.cut_before, place.cut_after) == (True, True)
    assert len(shown) <= MOST
    assert shown.split() == [w for w in shown.split() if w in ("word", "needle")]
    [hit] = find("needle", {"text": "x" * 500 + "needle" + "x" * 500})
    assert "[needle]" in marked(hit.places[0])


def test_words_may_stand_in_several_answers_of_an_entry() -> None:
    """Each answer that has one of them is shown; another entry that has only one of them is not."""
    frame = history({"text": "the gate", "own": "some string"}, {"entry_id": "b", "text": "the gate", "own": None})
    [hit] = search("gate string", {"notes": frame}, {"notes": ["text", "own"]})
    assert hit.entry_id == "a"
    assert [(place.column, marked(place)) for place in hit.places] == [("text", "the [gate]"), ("own", "some [string]")]


def test_rows_inside_an_entry_belong_to_it() -> None:
    """Found by a word of the entry and one of its rows together, with the row's number."""
    parents = history({"sign": "the first sign"}, {"entry_id": "b", "sign": "none"})
    rows = history({"row": 1, "reason": "waiting"}, {"row": 2, "reason": "his page"})
    [hit] = search("sign page", {"pre": parents, "why": rows}, {"pre": ["sign"], "why": ["reason"]})
    assert [(place.table, place.row) for place in hit.places] == [("pre", None), ("why", 2)]


def test_an_entry_is_found_in_its_newest_version_that_has_the_words() -> None:
    """As it stands now, withdrawn, or only in an earlier version: each says so, and no entry is found twice."""
    rows = [
        {"text": "apple and pear"},
        {"revision": 2, "text": "apple"},
        {"entry_id": "b", "text": "apple"},
        {"entry_id": "b", "revision": 2, "text": "apple", "withdrawn": True},
    ]
    found = {hit.entry_id: (hit.revision, hit.is_newest, hit.is_withdrawn) for hit in find("apple", *rows)}
    assert found == {"a": (2, True, False), "b": (2, True, True)}
    [hit] = find("pear", *rows)
    assert (hit.entry_id, hit.revision, hit.is_newest, hit.is_withdrawn) == ("a", 1, False, False)


def test_without_words_every_entry_is_there_once_the_newest_day_first() -> None:
    """To look through one exercise; nothing in them is marked. Shuffling the rows changes nothing."""
    rows = [
        {"text": "one", "local_date": DAY},
        {"revision": 2, "text": "two", "local_date": DAY},
        {"entry_id": "b", "text": None, "local_date": DAY + pd.Timedelta(days=1)},
        {"entry_id": "c", "text": "three", "local_date": DAY - pd.Timedelta(days=1)},
    ]
    found = find("", *rows)
    assert [(hit.entry_id, hit.revision, hit.places) for hit in found] == [("b", 1, ()), ("a", 2, ()), ("c", 1, ())]
    assert find("", *reversed(rows)) == found


def test_nothing_written_and_other_kinds_of_columns_are_no_fault() -> None:
    empty = {"notes": pd.DataFrame(), "others": history({"text": "x"}).head(0)}
    assert search("x", empty, {"notes": ["text"], "others": ["text"]}) == ()
    frame = history({"text": "x"}, {"text": pd.NA, "entry_id": "b"}).astype({"text": "string", "entry_id": "string"})
    assert [hit.entry_id for hit in search("x", {"notes": frame}, {"notes": ["text"]})] == ["a"]


def test_a_missing_column_is_named() -> None:
    with pytest.raises(ValueError, match="notes: no column withdrawn, text"):
        search("x", {"notes": history({"text": "x"}).drop(columns=["withdrawn", "text"])}, {"notes": ["text"]})
