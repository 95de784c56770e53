"""Names, and what else leads to a person, are replaced: in every way of writing them, and not inside other words."""

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from widgets.share.redact import find, redact

ALIAS = "[name 1]"


def gone(text: str, *names: str) -> str:
    return redact(text, names)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Jonas", "Jonas JONAS jonas jOnAs"),
        ("Jonas", "Jo\u00adnas Jo\u200bnas Jo\u2060nas \u200eJonas Jonas\u200d"),  # soft hyphen, zero width, marks
        ("Jonas", "Ｊｏｎａｓ 𝐉𝐨𝐧𝐚𝐬 Jo\u0301nas Jonas\u0308"),
        ("Jonas", "Jo**nas** **Jo**nas J~~on~~as *J*onas Jo_nas_ Jоnаs ᴊᴏɴᴀꜱ Ⓙⓞⓝⓐⓢ 🅹🅾🅽🅰🆂"),
        ("Jonas", "Jonas™ Jonas℠"),
        ("Mrs Hill", "mrs. hill MRS. HILL Mrs.  Hill mrs.hill"),
        ("Jonas", "Jo-nas Jo-\nnas J-o-n-a-s J.o.n.a.s J_o_n_a_s _Jonas_ Jonas1990"),
        ("Zoé", "Zoe Zoë ZOÉ Zoe\u0301"),
        ("Zoe", "Zoé zoë"),
        ("Müller", "Müller Mueller MUELLER Muller Mu\u0308ller mu\u00adeller"),
        ("Mueller", "Müller Muller MÜLLER"),
        ("Muller", "Müller Mueller"),
        ("Strauß", "Strauss STRAUẞ STRAUSS strauß"),
        ("Søren", "Søren Sören Soeren Soren SØREN"),
        ("Åsa", "Åsa Aasa Asa A\u030asa"),
        ("Łukasz", "Lukasz ŁUKASZ"),
        ("O'Brien", "O’Brien O`Brien O´Brien OʼBrien OBrien O'BRIEN"),
        ("Ann-Marie", "Ann-Marie Ann‑Marie Ann–Marie Ann−Marie Annmarie Ann\u00a0Marie Ann.Marie"),
        ("Ann-Marie's", "Ann-Marie’s"),
        ("小明", "我和小明去了 小明"),
        ("प्रिया", "प्रिया"),
        ("أحمد", "أَحمد"),
        ("Алёша", "Алёша АЛЕША"),
        ("+49 170 1234567", "0170 1234567, 0170/123-45-67, +491701234567, (0170) 1234567, 0049 170 123 45 67"),
        ("jonas.weber@mail.example", "Jonas.Weber@mail.example jonas.weber@MAIL.example"),
        ("🐻", "🐻 🐻🏽"),
    ],
)
def test_no_way_of_writing_hides_a_name(name: str, written: str) -> None:
    """Case, accents and their spellings, hyphens, apostrophes, invisible characters, width: the name is gone."""
    left = gone(written, name).replace(ALIAS, "")
    assert not any(c.isalnum() for c in re.sub(r"(?<=[’])s|1990|我和|去了", "", left)), left


@pytest.mark.parametrize("gap", [" ", "  ", "\n", "\n    ", "\u00a0", "\u202f", "\n> ", "-\n", "\t"])
def test_a_name_of_two_words_is_found_across_lines(gap: str) -> None:
    """Where the line breaks does not matter."""
    assert gone(f"I saw Jonas{gap}Weber there.", "Jonas Weber") == f"I saw {ALIAS} there."


@pytest.mark.parametrize(
    ("text", "shared"),
    [
        ("Jonas's, Jonas’s, Jonas' and Jonas’ car", f"{ALIAS}'s, {ALIAS}’s, {ALIAS}' and {ALIAS}’ car"),
        ("Jonass here", f"{ALIAS}s here"),
        ("the Jonass' house", f"the {ALIAS}s' house"),
    ],
)
def test_the_possessive_stays_readable(text: str, shared: str) -> None:
    """Only the name goes."""
    assert gone(text, "Jonas") == shared


@pytest.mark.parametrize(
    "word", ["Annual", "Joanna", "annex", "Hanna", "ANNUAL", "An\u00adnual", "Annüber", "ann\u0301ual"]
)
def test_other_words_stay(word: str) -> None:
    """Ann is not in Annual."""
    assert gone(f"An {word} thing.", "Ann") == f"An {word} thing."


def test_the_longer_name_wins() -> None:
    """Ann-Marie is somebody else than Ann; aliases follow the order of the list."""
    assert redact("Ann-Marie's and Ann", ["Ann", "Ann-Marie"]) == "[name 2]'s and [name 1]"
    assert redact("Ann-Marie's and Ann", ["Ann", "Ann-Marie's"]) == "[name 2]'s and [name 1]"
    assert redact("Ann-Lou", ["Ann"]) == "[name 1]-Lou"


def test_an_alias_is_the_same_throughout_and_may_be_hers() -> None:
    """Two spellings of one name are one person; an alias she chose stands in brackets."""
    assert redact("Müller, mueller", ["Müller", "Mueller"]) == "[name 1], [name 1]"
    assert redact("Ann and Tom", ["Ann", "Tom"], ["", "my [ex]"]) == "[name 1] and [my ex]"


@pytest.mark.parametrize("listed", ["name", "1", "A", "[name 1]", "e-mail", "person", "link"])
def test_an_alias_never_holds_what_it_hides(listed: str) -> None:
    """Whoever is called Name is not called [name 1]."""
    text = redact(f"x {listed.upper()} y a@b.de z www.x.de", [listed])
    assert find(text, [listed]) == ()
    assert listed.lower() not in text.lower().split()


@pytest.mark.parametrize(
    "text",
    [
        "I'd, it's, don't, we're",  # letters after an apostrophe are nobody
        "7 of 10, 2 weeks, room 1204, 1 000 000, 1.250.000, 12 345 678, 3.14159265, 116 123",
        "20260816, 2026/08/16, 20-22.11.2026, 20.11.-22.11.2026, 2026-11-22/2026-11-29, 08/2026",
        "22.11.26 14.30, 9.30-10.30",
        "16 08 2026, 16 8 2026, 08 16 2026, 2026 08 16, 16 08 2026 21:14, 16 - 08 - 2026",
        "21:14, 9.30, 2026-11-22, 22.11.2026, 22/11/2026, 11-22-26, 2019-2024, 2026-11-22T21:14:00+01:00, 3 May 2024",
        "meet @5pm or @ noon, a/b, he/she, and/or, e.g. this, i.e. that, home.It was",
        "I went home.it was late. He saw him.me too. look at this, one.Me. Then I left.So did they, look at example",
    ],
)
def test_numbers_dates_and_short_forms_stay(text: str) -> None:
    """Only what can be dialled, written to or looked up goes by itself."""
    assert redact(text, ["D", "S"]) == text


LEADS = """
jonas@mail.de; j.weber+x@mail.co.uk; jonas (at) mail (dot) de; jonas at mail dot de; ｊｏ＠mail.de; jörg@mail.de
+49 170 1234567; 0170/1234567; 0170-123 45 67; (020) 7946 0958; 555-123-4567; (555) 123-4567; 00491701234567
+1 (555) 010-9999; ٠١٧٠١٢٣٤٥٦٧; 020 7946 0958; 4915112345678; 01701234567
06.12.34.56.78; 06-12-34-56-79; +33.6.12.34.56.80; 06/12/34/56/78; 089/12.34.56; 089/12.03.04; 06.12.34.5678
09.08.34.56.78; 06.12.2034.56; 0170.12.03.2004; 06.12.34 56 78; 06:12:34:56:78; 06_12_34_56_78; 12-11-10-09-08
31 02 2026; 0170 16 08 2026; 16 08 2026 14 30; +16 08 2026; 16 08 2026 1234
@jonas_w; @jonas.w; ＠jonas; @jonas@mastodon.example; u/jonas_w; jonas#1234
instagram.com/jonas; www.jonas.de; https://facebook.com/jonas?x=1; t.me/jonas; wa.me/491701234567; HTTP://X.DE/a
karlsite.me; jwgross.tv; jonas.berlin; example.ai; KARLSITE.ME; ostermann at gmail.com; jw@localhost; jo-w.page
linktr.ee/jonas; jonas-weber.de; mailto:jonas@mail.de; m.facebook.com/jonas
"""


@pytest.mark.parametrize("what", re.split("; |\n", LEADS.strip()))
def test_addresses_numbers_handles_and_links_go_without_being_listed(what: str) -> None:
    """And the sentence around them stays."""
    assert re.fullmatch(r"Write (?:to )?\[[a-z -]+\]\.", redact(f"Write to {what}.", []))


def test_what_names_its_network_goes() -> None:
    """Handles without their sign, and short numbers, where a word says what they are."""
    assert redact("Insta: jonas_w, call 5551", []) == "Insta: [handle], call [phone number]"


def test_a_name_in_a_word_with_capitals_within_goes() -> None:
    """What stays of the word is no part of the name."""
    text = "JonasAndMe MyJonas JonasW BadHomburgTrip JonassonAndMe"
    assert redact(text, ["Jonas", "Bad Homburg"]) == "[name 1]AndMe My[name 1] [name 1]W [name 2]Trip JonassonAndMe"


def test_a_tag_that_holds_a_name_goes() -> None:
    """A tag has no spaces that could part a name from the rest."""
    assert redact("#AnnAndTom #jonasundich #annual", ["Ann", "Jonas"]) == "[tag] [tag] #annual"


NAMES_THAT_ARE_WORDS = """
I saw Will. | Will came. | Will, please. | Will and I. | Will's car | will's car | “Will left.” | WILL CAME
I miss will so much.
Dear will, | I told Will you were coming. | Mark left. | Ask Mark. | hey mark | I took Marks car. | Gráce
gráce | Rose is here. | Grace called. | Hope wrote. | I met Hope. | May wrote. | I saw May in June.
since May left | Jack came.
I trust Faith. | Art painted it. | - Rose | m\u00adark it
"""
EVERYDAY_WORDS = """
I will. You will. will you? | Will you come? “Will you come?” Will he? Will it do? | I WILL go. | against my will
Mark the date. mark my words | Mark this well. | a good mark, two marks | the sun rose | the art of it
May I? You may. May we? | Hope you are well. I hope so. | Hope that helps | I have hope, faith and grace.
in May, on 3 May, May 2024
May 3, last May | the 3rd of May | Jack of all trades | Faith in people
"""
WORDS = ["Will", "Mark", "Rose", "Grace", "Hope", "May", "Jack", "Faith", "Art"]


@pytest.mark.parametrize("text", re.split(r" \| |\n", NAMES_THAT_ARE_WORDS.strip()))
def test_a_name_that_is_an_everyday_word_goes_where_it_is_written_as_a_name(text: str) -> None:
    """With a capital, in a possessive, after a word that takes a person; when unsure, too."""
    assert "[name " in redact(text, WORDS)


@pytest.mark.parametrize("text", re.split(r" \| |\n", EVERYDAY_WORDS.strip()))
def test_the_everyday_word_stays(text: str) -> None:
    """“will you” is nobody."""
    assert redact(text, WORDS) == text


# ---- laws ------------------------------------------------------------------------------------------------------------

NAMES = [
    "Jonas",
    "Ann",
    "Ann-Marie",
    "Zoë",
    "Müller",
    "O'Brien",
    "Jonas Weber",
    "Bad Homburg",
    "Strauß",
    "Łukasz",
    "Lê",
]
NAMES += ["Ångström", "🐻", "J. W."]
SEPARATOR = re.compile(r"[\s\-‐‑–—'’ʼ`._]+")
MARKUP = ["<b>", "</b>", "<i lang='de'>", "&shy;", "&#8203;", "<!-- -->"]
ALIKE = str.maketrans("aeiopcxyABEHKMOPCTX", "аеіорсхуАВЕНКМОРСТХ")  # Latin to Cyrillic
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\ufe0f\u034f"
AROUND = st.text(st.sampled_from(" \n.,;:!?()[]“”\"'’-–_*#>/é1"), max_size=4)
WORDS_AROUND = st.lists(st.sampled_from(["I", "met", "Annual", "22.11.2026", "x@y.de", "ANN", "(so)"]), max_size=4)


@st.composite
def disguised(draw: st.DrawFn, name: str) -> str:
    """One of the ways somebody may have written the name."""
    name = draw(st.sampled_from([str.lower, str.upper, str.title, str.swapcase, str]))(name)
    name = SEPARATOR.sub(lambda m: draw(st.sampled_from([m[0], " ", "-", "\u2011", "\u00a0", "\n", "’", "'"])), name)
    form = draw(st.sampled_from(["NFC", "NFD", "plain", "spelt", "wide", "alike"]))
    if form in ("NFC", "NFD"):
        name = unicodedata.normalize(form, name)
    elif form == "plain":
        name = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    elif form == "spelt":
        spelt = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ß": "ss", "Ö": "OE", "Ü": "UE", "Å": "AA", "ẞ": "SS"}
        name = "".join(spelt.get(c, c) for c in name)
    elif form == "alike":
        name = name.translate(ALIKE)
    else:
        name = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" and c.isalpha() else c for c in name)
    within = draw(st.sampled_from([INVISIBLE, MARKUP]))
    return "".join(c + draw(st.sampled_from(["", "", "", "", *within])) for c in name)


@st.composite
def sentences(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A text with disguised names in it, and the list of the names."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True))
    text = ""
    for name in draw(st.lists(st.sampled_from(names), max_size=4)):
        text += " ".join(draw(WORDS_AROUND)) + draw(AROUND) + " " + draw(disguised(name)) + draw(AROUND)
    return text + draw(st.text(max_size=20)), names


PAIRS = st.lists(st.integers(0, 99).map("{:02d}".format), min_size=5, max_size=7)


@given(PAIRS, st.sampled_from("./-_: "))
def test_no_way_of_grouping_leaves_a_telephone_number(groups: list[str], by: str) -> None:
    """Pairs of digits with one sign between them: nothing is left, though three of them may look like a date."""
    number = by.join(["06", *groups])
    assert not re.search(r"\d", redact(f"Ring {number}.", []))


def letters(text: str) -> str:
    """The text as a person who looks for a name would read it; written apart from the code under test."""
    for piece in MARKUP:
        text = text.replace(piece, "")
    text = text.translate({cyrillic: latin for latin, cyrillic in ALIKE.items()})
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if c not in INVISIBLE)
    text = unicodedata.normalize("NFKD", text.casefold()).replace("ł", "l")
    text = "".join(c for c in text if unicodedata.category(c) not in ("Mn", "Cf"))
    return re.sub(r"[^\w🐻]+|_", " ", text)


def is_there(name: str, text: str) -> bool:
    wanted = " ?".join(re.escape(word) for word in letters(name).split())
    return bool(re.search(rf"(?<![^\W\d_]){wanted}(?![^\W\d_])", letters(text)))


@settings(max_examples=1000, deadline=None)
@given(sentences())
@example(("Ann\u200b-\u00adMarie’s", ["Ann", "Ann-Marie"]))
@example((" j\u200b.\u2060 \u2060w.", ["Jonas", "J. W."]))
def test_no_listed_name_is_in_any_output_in_any_form(sentence: tuple[str, list[str]]) -> None:
    """C9 (7): who looks for the names finds none."""
    text, names = sentence
    shared = redact(text, names)
    assert not [name for name in names if is_there(name, shared)]
    assert find(shared, names) == ()


@settings(max_examples=1000, deadline=None)
@given(sentences())
def test_redacting_twice_changes_nothing_more(sentence: tuple[str, list[str]]) -> None:
    """Idempotent and pure."""
    text, names = sentence
    once = redact(text, names)
    assert redact(once, names) == once == redact(text, names)


@given(st.text(), st.lists(st.text(max_size=6), max_size=5))
def test_any_text_and_any_list_come_to_an_end(text: str, names: list[str]) -> None:
    """Whatever is listed: it ends, nothing is found afterwards, and doing it again changes nothing."""
    once = redact(text, names)
    assert find(once, names) == ()
    assert redact(once, names) == once


@given(st.text())
def test_the_places_are_where_they_say(text: str) -> None:
    """Each place holds the text it tells, they do not overlap, and they stand in order."""
    places = find(f"{text} Jonas", ["Jonas"])
    assert all((f"{text} Jonas")[p.start : p.end] == p.text for p in places)
    assert all(a.end <= b.start for a, b in pairwise(places))


MEGABYTES = [
    "Jonas ging heim, 0170 1234567 x@y.de. " * 27000,
    "a" * 10**6,
    "a.a@" * 250000,
    "1" * 10**6,
    "06.12." * 170000,
    "aB" * 500000,
    "jo*~_" * 200000,
    "jo na " * 170000,
    "j o n a " * 125000,
    "\u200b" * 10**6,
]


@pytest.mark.parametrize("text", MEGABYTES, ids=lambda text: repr(text[:8]))
def test_a_megabyte_takes_seconds(text: str) -> None:
    """No text makes the patterns run away."""
    assert "Jonas" not in redact(text, ["Jonas", "Ann Marie", "0170 1234567"])
