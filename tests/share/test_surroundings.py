"""What stands around a name: endings, other words, file names, markup within it."""

import re

import pytest

from widgets.share.names import names_of
from widgets.share.redact import redact

LISTED = names_of([{"name": n} for n in ("Karl Weber", "Jonas", "Will", "Mark", "Li", "Jones", "Thi")], "")


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
    "text", ["karlson", "weberei", "two marks", "their wills", "willpower", "this is his list", "This is it. THIS"]
)
def test_another_word_that_begins_so_stays(text: str) -> None:
    """Thi is not in this, Karl not in Karlson."""
    assert shared(text) == text


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
