"""Numbers that are dialled and names on a network go; other numbers and words stay."""

import pytest

from widgets.share.redact import redact

GROUPED = """
06,12,34,56,78; 06, 12, 34, 56, 78; 06'12'34'56'78; 06 | 12 | 34 | 56 | 78; 0170,1234567; 0170, 1234567
+49,170,1234567; +33,6,12,34,56,78; 0170'123'4567
"""


@pytest.mark.parametrize(
    "number", [*GROUPED.strip().replace("\n", "; ").split("; "), "06;12;34;56;78", "0170; 1234567"]
)
def test_a_number_goes_whatever_parts_its_groups(number: str) -> None:
    """Commas, semicolons, apostrophes, lines of a table."""
    assert redact(f"Ring {number}.", []) == "Ring [phone number]."


@pytest.mark.parametrize(
    "number",
    [
        "06\n12\n34\n56\n78",
        "06,\n12,\n34,\n56,\n78",
        "06 12\n34 56 78",
        "06\n\n12\n\n34\n\n56\n\n78",
        "06\n- 12\n- 34\n- 56\n- 78",
    ],
)
def test_a_number_goes_over_the_ends_of_lines(number: str) -> None:
    """A group a line, and a number that goes on in the next."""
    assert redact(number, []) == "[phone number]"


LOCAL = "089/654321; 654321; 089,654321; 089\n654321; (089) 65 43 21; 089_654321; +49 89 654321; 0049-89-654321"


@pytest.mark.parametrize("written", LOCAL.split("; "))
def test_a_listed_number_goes_with_its_area_and_without(written: str) -> None:
    """Nothing of it is left, however long its area's number is."""
    assert redact(f"Ring {written}.", ["089/654321"]) == "Ring [name 1]."


def test_two_listed_numbers_side_by_side_leave_nothing() -> None:
    """The area of the one is not looked for in the other."""
    listed = ["0170 1234567", "089 654321"]
    assert redact("0170 1234567, 089 654321\n0170 1234567", listed) == "[name 1], [name 2]\n[name 1]"


@pytest.mark.parametrize(
    "text",
    [
        "ISBN 978-3-16-148410-0, ISBN 3-16-148410-X",
        "0.5 0.6 0.7, 12.5 13.5 14.5, 0.5 - 0.6 - 0.7, 1.5/2.5/3.5",
        "call 10-15 times, ring 20 - 30 people",
        "1,000,000 and 1'000'000, 01, 02, 03, then 10, 20, 30, 40 | 50 | 60, in 2024, 2025, 2026",
        "01\n02\n03\n04",
        "7, 8, 6, 5, 9, 8, 7, 9",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    """Books, decimals, ranges, sums and lists are not dialled."""
    assert redact(text, []) == text


def test_an_ordinary_word_after_a_network_stays() -> None:
    """It says how it was there; what is no ordinary word is a handle."""
    assert (
        redact("facebook: great, twitter: no more, signal: he is", [])
        == "facebook: great, twitter: no more, signal: he is"
    )
    assert redact("fb: karlw88, insta: jonas_w", []) == "fb: [handle], insta: [handle]"


@pytest.mark.parametrize(
    "text",
    ["my snap is HANDLE, insta HANDLE", "on insta (HANDLE)", "telegram is HANDLE. I", "ig/HANDLE", "insta’s “HANDLE”"],
)
@pytest.mark.parametrize("handle", ["jonas.w", "lena_k", "jw92", "l.k_1"])
def test_what_is_shaped_like_a_handle_goes_after_a_network(text: str, handle: str) -> None:
    """A figure, an underscore or a dot within tells it from a word."""
    assert redact(text.replace("HANDLE", handle), []) == text.replace("HANDLE", "[handle]")


@pytest.mark.parametrize(
    "lead",
    ["my handle is ", "his username was ", "user name: ", "insta account: ", "discord name: ", "username on ig is "],
)
def test_what_is_called_a_handle_goes_whatever_its_shape(lead: str) -> None:
    """No ordinary word, and nothing that accounts are said to be."""
    assert redact(f"{lead}lenak", []) == f"{lead}[handle]"
    assert redact(f"on insta as jw, {lead}great", []) == f"on insta as [handle], {lead}great"


@pytest.mark.parametrize(
    "text",
    [
        "instagram is boring.So I left, facebook is great.He left. insta: boring.so I left",
        "my account is hacked, the account was deleted, the handle is broken, handle: with care",
        "insta 2019, whatsapp 10am, on signal at 9.30, instagram is _really_ bad, facebook as such, on insta as usual",
    ],
)
def test_what_is_said_of_a_network_stays(text: str) -> None:
    """The next sentence, how an account is, years and times."""
    assert redact(text, []) == text
