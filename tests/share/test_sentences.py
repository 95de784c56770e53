"""Her own sentences: his words out, and what could tell too much pointed out before it leaves."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.share.names import names_of
from widgets.share.redact import redact
from widgets.share.sentences import gendered, maybe_names, plain, without_his_words


@pytest.mark.parametrize(
    ("text", "left", "taken"),
    [
        ("He said: “I need time. Please.” and left.", "He said: “[words left out]” and left.", 1),
        (
            'Then Tom wrote "no" and "never" to me.',
            'Then Tom wrote "[words left out]" and "[words left out]" to me.',
            2,
        ),
        ("“I cannot,” he said. I cried.", "“[words left out]” he said. I cried.", 1),
        ("His message: «komm nicht»", "His message: «[words left out]»", 1),
        ("I said “I am going”. Then silence.", "I said “I am going”. Then silence.", 0),
        ("I have never said “sorry”.", "I have never said “sorry”.", 0),
        ("I call it “the bad week”.", "I call it “the bad week”.", 0),
        ("I told him “no”.", "I told him “no”.", 0),
        ("He said 'I miss you' and 'go away'.", "He said '[words left out]' and '[words left out]'.", 2),
        ("He: ‘don’t come home’", "He: ‘[words left out]’", 1),
        ("the boys' house and 'em all, '90s", "the boys' house and 'em all, '90s", 0),
        ("He wrote 'the boys' house is yours'.", "He wrote '[words left out]'.", 1),
        ("Karl: “never again”", "Karl: “[words left out]”", 1),
        (
            "He went “no”. He was like “no”. Then he snapped “no”.",
            "He went “[words left out]”. He was like “[words left out]”. Then he snapped “[words left out]”.",
            3,
        ),
        ("He wrote “I need\ntime”.", "He wrote “[words left out]”.", 1),
        ('He wrote "I need\ntime".', 'He wrote "[words left out]".', 1),
        ("Er: »komm«, «geh», „nein“", "Er: »[words left out]«, «[words left out]», „[words left out]“", 3),
        ("He looked at me. “Go away.”", "He looked at me. “[words left out]”", 1),
        ("I said “no”, and he said “go”.", "I said “[words left out]”, and he said “[words left out]”.", 2),
        ("He wrote: “I need time\nI wept.", "He wrote: “[words left out]\nI wept.", 1),
        ("He told me that it’s over.", "He told me that it’s over.", 0),
        ("“You are too much.” I felt small.", "“[words left out]” I felt small.", 1),
        ("I read the message “go” again.", "I read the message “[words left out]” again.", 1),
        ("I felt cold when I read “go” today.", "I felt cold when I read “[words left out]” today.", 1),
        ("I texted “hi” and back came “go”.", "I texted “hi” and back came “[words left out]”.", 1),
        ("“I am going,” I said.", "“I am going,” I said.", 0),
        ('He wrote "I need\n\ntime" and "go".', 'He wrote "[words left out]" and "[words left out]".', 2),
        (
            'He wrote: "I need\n\nI wept. Then "go" came.',
            'He wrote: "[words left out]\n\nI wept. Then "[words left out]" came.',
            2,
        ),
        ("He wrote &quot;go&quot; &#8220;now&#8221;", 'He wrote "[words left out]" “[words left out]”', 2),
        ('5" and 6″, 5′ tall, a << b, x <- y, I <3 you', '5" and 6″, 5′ tall, a << b, x <- y, I <3 you', 0),
        ("I have never said to Ruth: “help”.", "I have never said to Ruth: “help”.", 0),
        (
            'He „went" off and I „left", and that was it.',
            'He „[words left out]" off and I „[words left out]", and that was it.',
            2,
        ),
        ("“ok“ he said and left, ”no”.", "“[words left out]“ he said and left, ”[words left out]”.", 2),
        ('He said „she said "no" to me“ again.', "He said „[words left out]“ again.", 1),
        ("He said “I can’t do this, Mum’s ill", "He said “[words left out]", 1),
        ("He said ‘I can’t do this", "He said ‘[words left out]", 1),
        ("Then I answer “no” and mute it. I text “hi”.", "Then I answer “no” and mute it. I text “hi”.", 0),
        (
            "I read the answer “no”. I got a text “hi”.",
            "I read the answer “[words left out]”. I got a text “[words left out]”.",
            2,
        ),
    ],
)
def test_what_he_said_is_taken_out_and_what_she_said_stays(text: str, left: str, taken: int) -> None:
    """A passage in quotation marks goes unless she says that it is hers."""
    assert without_his_words(text) == (left, taken)


@given(st.text(st.sampled_from("abs .!“”\"'‘’„»«I \n"), max_size=60))
def test_taking_out_twice_takes_nothing_more(text: str) -> None:
    """And nothing outside quotation marks is lost."""
    once, _ = without_his_words(text)
    assert without_his_words(once) == (once, 0)


QUOTES = ["“{}”", '"{}"', "'{}'", "‘{}’", "„{}“", "»{}«", "«{}»"]
UNUSUAL = """
＂{}＂ ❝{}❞ ′{}′ 『{}』 <<{}>> >>{}<< ‹{}› ″{}″ 〝{}〞 ``{}'' ''{}''
❛{}❜ 《{}》 〈{}〉 ＇{}＇ `{}` ‟{}” ”{}” ,,{}'' ﹁{}﹂ ｢{}｣
""".split()  # noqa: SIM905
LEADS = ["He went {}.", "Then he was like {}", "Karl: {}", "{}, she snapped.", "He was here. {}", "They\n{}", "{}"]
SAID = st.lists(
    st.sampled_from(["I", "don’t", "won't", "miss", "you.", "Go!", "the\nboys", "and\n\nthe"]), min_size=1, max_size=6
)


@pytest.mark.parametrize("quote", UNUSUAL)
@pytest.mark.parametrize("words", ["go", "Go away.\n\nNever come back"])
def test_unusual_quotation_marks_keep_his_words_no_more_than_others(quote: str, words: str) -> None:
    """Over two paragraphs too; her own stay."""
    assert without_his_words(f"He said {quote.format(words)}.") == (f"He said {quote.format('[words left out]')}.", 1)
    assert without_his_words(f"I said {quote.format('go')}.") == (f"I said {quote.format('go')}.", 0)


@given(st.sampled_from(QUOTES), st.sampled_from(LEADS), SAID)
def test_no_quotation_marks_keep_his_words(quote: str, lead: str, said: list[str]) -> None:
    """Whatever leads to them, and over the end of a line too."""
    words = " ".join(said)
    if quote == "‘{}’" or "'" not in quote:
        words = words.replace("'", "’")
    left, taken = without_his_words(lead.format(quote.format(words)))
    assert (left, taken) == (lead.format(quote.format("[words left out]")), 1)


def test_a_listed_name_in_the_sentence_makes_it_unsure() -> None:
    """In small letters too."""
    assert without_his_words("I said “a”, karl “b”.", lambda text: "karl" in text)[1] == 2


@pytest.mark.parametrize("text", ["'a " * 300000, "s' " * 300000, "“a" * 300000, "'a's' b" * 140000, '"a\n' * 250000])
def test_a_megabyte_of_quotation_marks_takes_seconds(text: str) -> None:
    """None of them makes the patterns run away."""
    without_his_words(text)


def test_words_that_say_a_sex_are_listed_with_their_sentences() -> None:
    """A pronoun can out her; also one she made herself."""
    told = gendered(["He left. I miss him. [he] and xem.", "My ex-girlfriend, HIM"], ["xe", "xem"])
    assert [(t.word, t.count) for t in told] == [("him", 2), ("he", 1), ("xem", 1)]
    assert told[0].sentences == ("I miss him.", "My ex-girlfriend, HIM")


def test_words_that_may_be_names_are_listed() -> None:
    """With a capital, wherever they stand; not aliases, weekdays, or ordinary words that are first or in capitals."""
    told = maybe_names(["We met Lena in Ulm on Sunday. “Then” I left. [Ann] saw Lena’s dog. NO Way: This too."])
    assert {t.word: t.count for t in told} == {"Lena": 2, "Ulm": 1, "Way": 1}
    told = maybe_names(["Karl called. KARL again. NEVER. Zither music. A zither. Jonas’s car. ULM"])
    assert {t.word: t.count for t in told} == {"Karl": 1, "KARL": 1, "Jonas": 1, "ULM": 1}


def test_no_sign_is_left_that_a_file_cannot_hold() -> None:
    """Half a surrogate pair, or a zero byte, would lose the whole file."""
    assert plain("a\x00b\ud83dc\r\nd\re\tf") == "a\ufffdb\ufffdc\nd\ne\tf"


def test_a_person_of_two_names_is_hidden_under_each_of_them() -> None:
    """One alias for all; places stay whole, and small words are no names."""
    names = names_of(
        [{"name": "Jonas von Weber"}, {"name": "Bad Homburg", "what": "place"}, {"name": "Ann", "alias": "my aunt"}],
        "Bear",
    )
    assert dict(zip(names.names, names.aliases, strict=True)) == {
        "Bear": "name 1",
        "Jonas von Weber": "name 2",
        "Jonas": "name 2",
        "Weber": "name 2",
        "Bad Homburg": "place 1",
        **dict.fromkeys(("Bad Homburger", "Bad Homburgern", "Bad Homburgerin", "Bad Homburgerinnen"), "place 1"),
        "Ann": "my aunt",
    }


@pytest.mark.parametrize(
    ("listed", "alone"),
    [
        ("karl oster", "Karl KARL Oster"),
        ("Li Wei", "Li Wei"),
        ("Jonas Weber-Groß", "Jonas Weber Groß weber-gross WeberGroß"),
        ("Ada-Lena Marx-Stein", "Ada Lena Marx Stein"),
        ("Anne/Annie", "Anne Annie"),
        ("Jonas,Joni", "Jonas Joni"),
        ("Jonas Weber", "jonas_weber Weber_Jonas"),
        ("Al Young", "Al Young"),
        ("Ann-Lou", "Ann Lou"),
    ],
)
def test_every_part_of_a_person_s_name_is_hidden_alone(listed: str, alone: str) -> None:
    """Small letters, two letters, hyphens, slashes and commas hide none."""
    names = names_of([{"name": listed}], "")
    for written in alone.split():
        assert re.fullmatch(r"(?:\[name 1\][-_]?)+", redact(f"I saw {written}", names.names, names.aliases)[6:])


@given(
    st.lists(
        st.sampled_from(["Karl", "oster", "Li", "Jo", "Groß", "Zoë", "Marx"]), min_size=2, max_size=4, unique=True
    ),
    st.sampled_from([" ", "-", "/", ", ", ",", " von ", " de la "]),
)
def test_every_part_is_gone_however_the_parts_are_joined(parts: list[str], by: str) -> None:
    """In small letters, in capitals, in the name of a file, in a word with capitals inside."""
    names = names_of([{"name": by.join(parts)}], "")
    for part in parts:
        text = f"{part} {part.lower()} {part.upper()} img_{part}.jpg {part.capitalize()}AndMe"
        left = redact(text, names.names, names.aliases)
        assert part.lower() not in re.sub(r"\[name 1\]", "", left).lower(), left


@pytest.mark.parametrize(
    ("listed", "text"),
    [
        ("Frau Brandt", "eine Frau wie jede, die Frauen"),
        ("Tante Inge", "die Tante"),
        ("Aunt Ruth", "my aunt, an uncle"),
        ("Gülsen abla", "Abla dedim"),
    ],
)
def test_what_somebody_is_called_beside_the_name_stays(listed: str, text: str) -> None:
    """No other woman is Frau Brandt, and no other aunt Aunt Ruth."""
    names = names_of([{"name": listed}], "")
    assert redact(text, names.names, names.aliases) == text
    assert "[name 1]" in redact(listed.replace("abla", "").split()[-1], names.names, names.aliases)


def test_a_titled_one_who_is_no_person_is_hidden_without_the_title() -> None:
    """The cat is Whiskers as often as Mr. Whiskers."""
    names = names_of([{"name": "Mr. Whiskers", "what": "other"}], "")
    assert redact("whiskers slept, Mr Whiskers too", names.names, names.aliases) == "[name 1] slept, [name 1] too"


def test_particles_and_everyday_words_of_a_name_stay_readable() -> None:
    """“a gross thing” is nobody, and neither is “de la”."""
    names = names_of([{"name": "Jonas Gross"}, {"name": "Ana de la Cruz"}], "")
    text = "a gross thing de la mer"
    assert redact(text, names.names, names.aliases) == text


@pytest.mark.parametrize(("called", "listed"), [("Jonas", "Jonas Weber-Groß"), ("Jonas Weber", "jonas")])
def test_one_person_has_one_alias(called: str, listed: str) -> None:
    """What the pages call him and what she lists are one, where one holds the words of the other."""
    names = names_of([{"name": "Ruth"}, {"name": listed}], called)
    assert set(names.aliases) == {"name 1", "name 2"}
    assert redact(f"{called} {listed}, Ruth", names.names, names.aliases).endswith("[name 2], [name 1]")


def test_what_the_pages_call_him_is_listed_once() -> None:
    """Also where she has listed it herself, with an alias of her own."""
    names = names_of([{"name": "bear", "alias": "T."}], "Bear")
    assert (names.names, names.aliases) == (("bear",), ("T.",))
    assert names_of([], "  ").names == ()


def test_who_is_called_by_a_listed_place_is_hidden_with_it() -> None:
    """Kölner, in any letters, and no word that only begins so; a person's name makes none."""
    listed = names_of([{"name": "Köln", "what": "place"}, {"name": "Bath", "what": "place"}, {"name": "Jonas"}], "")
    text = "A Kölner, two kölnerinnen, KOELNER, Kölners. Kölnisch, Jonaser, a bather"
    hidden = "A [place 1], two [place 1], [place 1], [place 1]s. Kölnisch, Jonaser, a bather"
    assert redact(text, listed.names, listed.aliases) == hidden


@pytest.mark.parametrize(
    ("place", "called"),
    [("Basel", "basler Baseler Baslerin"), ("Dresden", "Dresdner"), ("Bremen", "Bremer"), ("Zürich", "Zürcherin")],
)
def test_who_is_called_by_a_place_whose_end_is_dropped_is_hidden(place: str, called: str) -> None:
    """Basler and Bremer, as people say it."""
    listed = names_of([{"name": place, "what": "place"}], "")
    assert redact(called, listed.names, listed.aliases) == " ".join("[place 1]" for _ in called.split())


@pytest.mark.parametrize(
    ("listed", "text"),
    [
        ("Lindenstraße 14", "Lindenstr. 3, lindenstraße, LINDENSTRASSE"),
        ("Lindenstrasse 14 a, Ulm", "Lindenstr. 3, Lindenstraße"),
        ("14 Linden Street", "14 Linden St., on linden street"),
        ("Linden Road", "Linden Rd"),
        ("Lindenstr. 14", "Lindenstraße 14, Linden 14, lindenstr. 14"),
        ("Lindenstraße 14", "Linden 14, lindenstr. 14"),
        ("14 Linden Lane", "linden lane, 14 Linden"),
        ("Great Linden Road", "on Great Linden, great linden rd"),
        ("Am Linden 3", "am linden"),
        ("Café Linden Ulm", "Linden Ulm"),
    ],
)
def test_a_listed_street_goes_without_its_number_and_cut_short(listed: str, text: str) -> None:
    """Where she lives is told by the street alone; lindens stand elsewhere too."""
    names = names_of([{"name": listed, "what": "place"}], "")
    left = redact(f"{text}, linden trees", names.names, names.aliases).lower()
    assert left.count("linden") == 1
    assert "14" not in left


def test_an_apostrophe_of_the_wrong_kind_opens_no_quotation() -> None:
    """Jonas‘s flat is no word of his."""
    assert without_his_words("Jonas‘s flat. Later ‘he said so")[0] == "Jonas‘s flat. Later ‘[words left out]"
