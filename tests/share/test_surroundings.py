"""What stands around a name: endings, other words, file names, markup within it."""

import re

import pytest

from widgets.share.names import names_of
from widgets.share.redact import redact

LISTED = names_of([{"name": n} for n in ("Karl Weber", "Jonas", "Will", "Mark", "Li", "Jones", "Thi")], "")
HARD_TO_PART = ["Jonas", "Müller", "Strauß", "Annmarie", "Ida", "Sonja", "Nina"]


def shared(text: str) -> str:
    """What leaves, with one alias for all."""
    return redact(text, LISTED.names, ["x"] * len(LISTED.names))


@pytest.mark.parametrize(
    ("text", "then"),
    [
        ("karls flat, webers house, the webers", "[x]s flat, [x]s house, the [x]s"),
        ("jonass car, lis flat, the joneses", "[x]s car, [x]s flat, the [x]es"),
        ("KarlsFlat.jpg karls_flat.jpg KARLS", "[x]sFlat.jpg [x]s_flat.jpg [x]S"),
        ("weberkarl, jonasweber.jpg, markjonas, jonassons", "[x], [x].jpg, [x], jonassons"),
        ("Jo-\n> nas, Jo==nas==, J\no\nn\na\ns", "[x], [x]==, [x]"),
        ("I took Marks car. Wills flat, Wills’ flat", "I took [x]s car. [x]s flat, [x]s’ flat"),
    ],
)
def test_a_name_goes_in_the_possessive_and_the_plural_too(text: str, then: str) -> None:
    """In small letters, without an apostrophe, in a word with capitals within."""
    assert shared(text) == then


@pytest.mark.parametrize(
    "text",
    [
        "J o n a s, J. o. n. a. s, J - o - n - a - s, j:o:n:a:s, J\u00a0o\u00a0n\u00a0a\u00a0s, J… o… n… a… s",
        "M ü l l e r, m u e l l e r, S t r a u ß, S-t-r-a-u-s-s, I d a",
        "Jo nas, jo nas, J onas, Jo\nnas, Jo/nas, Mül ler, Muel ler, Ann Marie",
    ],
)
def test_a_name_in_pieces_goes(text: str) -> None:
    """Letter by letter, or in two of which neither is an ordinary word."""
    assert set(re.split(r", ", redact(text, HARD_TO_PART, ["x"] * len(HARD_TO_PART)))) == {"[x]"}


@pytest.mark.parametrize("text", ["I'd a rather", "So nja", "Ni na", "jo na s", "an area, so many as"])
def test_other_words_side_by_side_stay(text: str) -> None:
    """So is a word; of a short name the pieces may be."""
    assert redact(text, HARD_TO_PART) == text


@pytest.mark.parametrize(
    "text", ["karlson", "weberei", "two marks", "their wills", "willpower", "this is his list", "This is it. THIS"]
)
def test_another_word_that_begins_so_stays(text: str) -> None:
    """Thi is not in this, Karl not in Karlson."""
    assert shared(text) == text


@pytest.mark.parametrize(
    ("text", "then"),
    [
        ("JONAAAS! Jonasss", "[x]! [x]"),
        ("karlll", "[x]"),
        ("Jonastan, Karldan, Jonaschen, karlcım", "[x]tan, [x]dan, [x]chen, [x]cım"),
        ("Jonasten, die Weberlar", "[x]ten, die [x]lar"),
    ],
)
def test_a_name_that_is_cried_out_or_declined_goes(text: str, then: str) -> None:
    """Drawn-out letters, and what German and Turkish put at the end of a name."""
    assert shared(text) == then


@pytest.mark.parametrize(
    ("text", "then"),
    [
        ("jonas_mtz posted, see ylz_karl", "[x] posted, see [x]"),
        ("mtz_jonas_91 and jonas_karl", "[x] and [x]_[x]"),
        ("jonas90, KARL2021. jonas2026-08-16", "[x], [x]. [x]2026-08-16"),
        ("jonas_mtz.jpg, jonas_and_me, _jonas_, call_Jonas", "[x]_mtz.jpg, [x]_and_me, _[x]_, call_[x]"),
    ],
)
def test_a_handle_made_with_a_name_goes_whole(text: str, then: str) -> None:
    """What is beside the name leads to the same account; names of files and ordinary words stay."""
    assert shared(text) == then


@pytest.mark.parametrize("letter", "ans")
def test_a_megabyte_of_one_letter_takes_seconds(letter: str) -> None:
    """Names whose letters may be drawn out do not make the patterns run away."""
    redact(letter * 1000000, ["Hanna", "Annas", "Aaas"])


@pytest.mark.parametrize(
    "text", ["I asked “Will he answer?”", "I asked 'Will you?'", "(Will you come?)", "Will people see? Will this do?"]
)
def test_an_everyday_word_that_begins_a_quotation_or_question_stays(text: str) -> None:
    """A quotation begins like a sentence."""
    assert shared(text) == text


@pytest.mark.parametrize(
    ("text", "then"),
    [
        ("Will.txt IMG_Will.jpg IMG_WILL.JPG", "[x].txt IMG_[x].jpg IMG_[x].JPG"),
        ("will.txt img_will.jpg my-mark.pdf", "will.txt img_will.jpg my-mark.pdf"),
        ("dear_will.docx miss-mark.jpg karl.txt", "dear_[x].docx miss-[x].jpg [x].txt"),
    ],
)
def test_in_the_name_of_a_file_an_everyday_name_goes_with_its_capital(text: str, then: str) -> None:
    """In small letters only after a word that takes a person; other names in any way of writing."""
    assert shared(text) == then


@pytest.mark.parametrize(
    "text",
    [
        "Jo<b>nas</b>",
        "<b>Jo</b>nas",
        "Jo&shy;nas",
        "Jo&#8203;nas",
        "Jo&#x200B;nas",
        "&#74;onas",
        "J&oacute;nas",
        "Jo<wbr>nas",
        "Jo<!-- - -->nas",
        "Jo[b]nas[/b]",
        '<span class="x">J</span><span>onas</span>',
    ],
)
def test_markup_within_a_name_hides_none(text: str) -> None:
    """A page shows the name, so it goes; markup that holds a name is searched as it is written too."""
    assert re.sub(r"<[^<>]*>|\[/b\]", "", shared(text)) == "[x]"


@pytest.mark.parametrize("text", ["<Jonas>", '<a title="Jonas">', "a <b Karl c> d", "<!-- Jonas -->", "&Jonas;"])
def test_a_name_within_markup_goes(text: str) -> None:
    """What a page does not show is in the file all the same."""
    assert "[x]" in shared(text)


@pytest.mark.parametrize(
    "text", ["<td>7</td><td>8</td>" * 5, "a &amp; b, 3 < 4 > 2", "x &foo; [b]bold[/b] <b>bold</b>"]
)
def test_markup_without_a_name_stays(text: str) -> None:
    """Marks in cells of a table are no telephone number."""
    assert shared(text) == text
