"""What is shared: only what she chose, without names, his words and real dates, and the file is what was shown."""

import datetime as dt
import hashlib
import io
import re
import zipfile
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdfium2 as pdfium
import pytest

from tests.share.conftest import FORMS, NOBODY, share_of, text_of
from widgets.catalogue import Catalogue, load_catalogue
from widgets.journal import Clock, Journal, open_journal
from widgets.share import ShareError, offered
from widgets.share.choose import entries_of
from widgets.share.names import names_of
from widgets.share.sealing import open_files

NAMES = names_of(
    [{"name": "Jonas Weber"}, {"name": "Zoë"}, {"name": "Ulm", "what": "place", "alias": "my town"}], "Bear"
)
LISTED = ("jonas", "weber", "zoe", "ulm", "bear", "jonas@mail", "0170", "@jo_w", "instagram.com")
HIDDEN = (
    "JONAS’s mother Zoe lives in Ulm. Bear said so. We\u00adber, Jonas\nWeber: jonas@mail.de, 0170 1234567, @jo_w, "
    "instagram.com/jo."
)


def fill(journal: Journal) -> None:
    journal.save("timeline", {"what": HIDDEN[:270], "kind": "good", "when": "2026-08-16", "when_is": "on"})
    journal.save("timeline", {"what": "On 16 August 2026, a Sunday", "kind": "hard"})
    journal.save("letters", {"kind": "self", "text": HIDDEN, "own": "Zoë, again"})
    journal.save("checkins", {"lonely": 3, "longing": 4, "note": "Zanzibar"})
    journal.save("premortem", {"why": [{"reason": "Bear came back"}], "early_sign": "Jonas"})


@pytest.mark.parametrize("form", FORMS)
def test_who_looks_for_the_names_finds_none(journal: Journal, form: str) -> None:
    """C9 (7): no listed name, address, number, handle or link, in any form of file, nor in what the page lists."""
    fill(journal)
    share = share_of(journal, form, names=NAMES)
    read = text_of(share).lower().replace("\u00ad", "").replace("ë", "e")
    assert [name for name in LISTED if re.search(rf"(?<![a-z]){re.escape(name)}", read)] == []
    told = " ".join(sentence for t in (*share.gendered, *share.maybe_names) for sentence in t.sentences)
    assert "Jonas" not in told
    assert dict(share.replaced)["[name 2]"] >= 3
    assert "[my town]" in text_of(share).replace("\n", " ")


def test_a_scale_has_its_ends_where_it_does_not_begin_with_nothing(journal: Journal) -> None:
    """Whoever reads “5” beside a line must know whether that is the best of all."""
    journal.save("timeline", {"what": "A day", "kind": "good", "felt": -4})
    assert "How did it feel then? −4 (−5 to 5)" in text_of(share_of(journal))


@pytest.mark.parametrize("form", FORMS)
def test_no_real_date_is_in_the_file(sample: Journal, form: str) -> None:
    """C9 (7): not one of her days, in figures or in words, where days are moved."""
    share = share_of(sample, form, days=-7 * 70)
    exercises = map(sample.catalogue.exercise, offered(sample))
    days = {entry.local_date for exercise in exercises for entry in entries_of(sample, exercise)}
    days |= {dt.date(2026, 8, 16), dt.date(2026, 11, 22)}
    read = " ".join(text_of(share).split())
    written = {w for day in days for w in (day.isoformat(), f"{day.day} {day:%B} {day.year}", f"{day:%d.%m.%Y}")}
    assert [day for day in written if day in read] == []
    assert b"D:2026" not in share.data


def test_all_days_move_together_and_keep_their_weekday(journal: Journal) -> None:
    """In answers, entries and sentences alike."""
    fill(journal)
    read = text_of(share_of(journal, days=-70))
    assert "Sunday 7 June 2026" in read  # the answer, 16 August
    assert "On 7 June 2026, a Sunday" in read
    now = journal.clock.now().date() - dt.timedelta(days=70)
    assert f"{now:%A} {now.day} {now:%B} {now.year}" in read


@pytest.mark.parametrize(("zone", "day"), [("America/New_York", "Saturday 21"), ("Pacific/Auckland", "Sunday 22")])
@pytest.mark.parametrize("form", FORMS)
def test_a_moment_is_told_by_the_day_it_was_where_she_is(tmp_path: Path, form: str, zone: str, day: str) -> None:
    """Half past midnight on Sunday in UTC is still Saturday for one, and long since Sunday for the other."""
    clock = Clock(ZoneInfo(zone), dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC))
    journal = open_journal(f"sqlite:///{tmp_path / 'journal.sqlite'}", clock=clock)
    journal.save("contacts", {"when": "2026-11-22T00:30:00+00:00", "dir": "in", "kind": "message"})
    written = f"2026-11-{day[-2:]}" if form == "notebook" else f"{day} November 2026"  # in a table, to be counted with
    assert written in " ".join(text_of(share_of(journal, form, days=0)).split())
    journal.close()


def test_a_day_before_any_calendar_stops_no_file(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    """It cannot be moved, so it stays here. An earlier version of the workbook took it."""
    monkeypatch.setattr(Catalogue, "check", lambda self, table, answers: answers)
    journal.save("timeline", {"what": "Long ago", "kind": "good", "when": "0001-01-02", "when_is": "on"})
    read = text_of(share_of(journal, "markdown"))
    assert "Long ago" in read
    assert "0001" not in read


def test_the_real_dates_stand_there_if_she_lets_them_in(journal: Journal) -> None:
    """And the file says so."""
    fill(journal)
    read = text_of(share_of(journal, days=0, let_in=frozenset({"real_dates"})))
    assert "Sunday 16 August 2026" in read
    assert "The dates are the real ones." in read


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("days", [1, 4], ids=["day by day", "as a table"])
def test_a_question_without_an_answer_stands_in_no_file(journal: Journal, form: str, days: int) -> None:
    """A list of hers without a line in it is no answer; 0 is one."""
    for _ in range(days):
        journal.save("checkins", {"lonely": 0, "own": []})
    read = text_of(share_of(journal, form))
    assert "scales" not in read
    assert "0" in read


@pytest.mark.parametrize("form", FORMS)
def test_an_entry_of_which_nothing_is_shown_leaves_no_trace(journal: Journal, form: str) -> None:
    """Neither a title without anything under it, nor one more in the count; alone it makes no file."""
    journal.save("readings", {"in_my_words": "Zanzibar"})
    with pytest.raises(ShareError, match="Nothing is chosen yet"):
        share_of(journal, form)
    journal.save("boxes", {"item": "The kitchen", "box": "cannot_change"})
    share = share_of(journal, form)
    assert journal.catalogue.exercise("answer").title not in text_of(share)
    assert share.entries == 1


@pytest.mark.parametrize("form", FORMS)
def test_the_answers_on_her_own_scales_are_shared(journal: Journal, form: str) -> None:
    """As she asked then, with names hidden; the number of the scale says nothing to anybody."""
    rows = [{"scale": "4d1a-scale-id", "asked": "How Jonas-free am I?", "value": 7}]
    for _ in range(3):
        journal.save("checkins", {"lonely": 3, "own": rows})
    read = " ".join(text_of(share_of(journal, form, names=NAMES)).replace("\\", "").split())
    assert "How [name 2]-free am I?" in read
    assert "The answer: 7 of 10" in read
    assert "4d1a" not in read


@pytest.mark.parametrize("form", ["html", "markdown"])
def test_what_was_replaced_is_counted_in_the_file(journal: Journal, form: str) -> None:
    """Not in what is left out of it, nor in a quotation that went."""
    journal.save("letters", {"kind": "self", "text": "Ruth, “Jonas rang” and Ruth.", "own": "Ruth"})
    journal.save("checkins", {"lonely": 3, "note": "Jonas"})
    share = share_of(journal, form, names=names_of([{"name": "Ruth"}, {"name": "Jonas"}], ""))
    assert dict(share.replaced) == {"[name 1]": text_of(share).replace("\\", "").count("[name 1]")}


def test_a_number_or_a_name_is_hidden_before_days_are_moved(journal: Journal) -> None:
    """Part of a number would be moved as a date, and who is called April would be called otherwise."""
    journal.save("letters", {"kind": "self", "text": "Ring 09.08.34.56.78, and I miss her since April left."})
    read = text_of(share_of(journal, names=names_of([{"name": "April"}], "")))
    assert "Ring [phone number], and I miss her since [name 1] left." in read


def test_his_words_and_notes_stay_here_unless_she_lets_them_in(journal: Journal) -> None:
    """Each is named among what is left out."""
    journal.save("sorted_thoughts", {"sentence": "He wrote “come home, it is cold”.", "sort": "fact"})
    journal.save("checkins", {"lonely": 3, "note": "Zanzibar"})
    without = share_of(journal)
    assert "come home" not in text_of(without)
    assert "Zanzibar" not in text_of(without)
    assert "1 note of your check-ins." in without.left_out
    assert "1 passage in quotation marks that may be {his} words." in without.left_out
    read = text_of(share_of(journal, let_in=frozenset({"his_words", "notes"})))
    assert "come home" in read
    assert "Zanzibar" in read


def test_an_item_that_holds_his_words_is_left_out_by_its_declaration(journal: Journal) -> None:
    """`held_back` is what decides, and every text declared as his is one."""
    held = {(e.table, i.id) for e in load_catalogue().exercises.values() for i in e.items if i.held_back}
    assert ("checkins", "note") in held


def test_only_what_she_chose_is_in_the_file(journal: Journal) -> None:
    """Exercises, single entries, days; the rest is named among what is left out."""
    one = journal.save("sorted_thoughts", {"sentence": "Apple", "sort": "fact"})
    journal.save("sorted_thoughts", {"sentence": "Banana", "sort": "fact"})
    journal.save("boxes", {"item": "Cherry", "box": "cannot_change"})
    share = share_of(journal, exercises=("sorted-thoughts",), entries={"sorted-thoughts": frozenset({one})})
    read = text_of(share)
    assert "Apple" in read
    assert "Banana" not in read
    assert "Cherry" not in read
    assert "1 entry that you did not choose, of the exercises that you did." in share.left_out
    assert "All you wrote in: “Three boxes”." in share.left_out
    assert share.entries == 1
    tomorrow = journal.clock.now().date() + dt.timedelta(days=1)
    with pytest.raises(ShareError, match="Nothing is chosen yet"):
        share_of(journal, since=tomorrow)


def test_withdrawn_entries_earlier_versions_and_tables_about_the_pages_are_not_offered(journal: Journal) -> None:
    """What she took back is not shared, and neither is the name these pages use."""
    gone = journal.save("sorted_thoughts", {"sentence": "Apple", "sort": "fact"})
    kept = journal.save("sorted_thoughts", {"sentence": "Banana", "sort": "fact"})
    journal.revise(kept, {"sentence": "Cherry", "sort": "fact"})
    journal.withdraw(gone)
    journal.save("reader", {"name": "Bear", "pronouns": "he"})
    journal.save("aliases", {"name": "Date palm"})
    read = text_of(share_of(journal))
    assert "Cherry" in read
    assert [word for word in ("Apple", "Banana", "Bear", "Date palm") if word in read] == []


def test_a_sealed_letter_stays_sealed(journal: Journal) -> None:
    """Not before its day, not even in a list to choose from."""
    exercise = journal.catalogue.exercise("unsent-letter")
    today = journal.clock.now().date()
    days = (today + dt.timedelta(days=1), today, None)
    letters = [{"kind": "unsent", "fate": "seal", "sealed_until": day and day.isoformat()} for day in days]
    ids = [journal.save("letters", letter) for letter in letters]
    assert [entry.entry_id for entry in entries_of(journal, exercise)] == ids[1:]
    assert offered(journal) == {"unsent-letter": 2}


@pytest.mark.parametrize("pronouns", ["he", "she", "they"])
def test_our_own_words_say_they_whatever_she_calls_him(journal: Journal, pronouns: str) -> None:
    """A pronoun in a question, a label or a heading could out her; so could a code in a table."""
    journal.save("reader", {"name": "", "pronouns": pronouns})
    journal.save(
        "safety",
        {"contact_wish": "asked_for_space", "fear_of_him": "no", "was_hurt": "controlled", "keep_details": True},
    )
    journal.save("love_notes", {"memory": 5})
    journal.save("needs", {"need": "calm", "met_by": ["him_only"]})
    journal.save("audit", {"reason": "money", "whose": "his"})
    for form in FORMS:
        read = re.sub(r"<style>.*</style>", "", text_of(share_of(journal, form)), flags=re.S)
        assert re.findall(r"(?<![a-z])(?:he|him|his|she|her|hers)(?![a-z])", read.lower()) == [], form


@pytest.mark.parametrize("form", FORMS)
def test_what_is_read_on_the_page_is_the_file_itself(sample: Journal, form: str) -> None:
    """The preview is drawn from the file's own bytes, with a password too; its fingerprint is theirs."""
    for password in ("", "sesam ölf"):
        share = share_of(sample, form, password, exercises=("timeline", "love-note"))
        assert share.sha256 == hashlib.sha256(share.data).hexdigest()
        inside = open_files(share.data, password) if password and form != "pdf" else {share.name: share.data}
        if form == "html":
            assert share.parts == [{"kind": "page", "html": next(iter(inside.values())).decode()}]
        elif form == "markdown":
            assert share.parts[0]["text"].encode() == next(iter(inside.values()))
        elif form == "notebook":
            with zipfile.ZipFile(io.BytesIO(share.data)) as archive:
                names = archive.namelist()
            assert [part["name"] for part in share.parts] == names
        else:
            assert share.parts[0]["src"].startswith("data:image/png;base64,")
            assert "Ruth’s birthday" in share.parts[0]["text"]


def test_a_pdf_with_a_password_opens_with_it_only(sample: Journal) -> None:
    """AES-256, and what it says is not in its bytes."""
    share = share_of(sample, "pdf", "sesam ölf", exercises=("timeline",))
    for wrong in (None, "", "Sesam"):
        with pytest.raises(pdfium.PdfiumError):
            pdfium.PdfDocument(share.data, password=wrong)
    with pdfium.PdfDocument(share.data, password="sesam ölf") as opened:
        assert "Ruth" in opened[0].get_textpage().get_text_bounded()
    assert b"/AESV3" in share.data


def test_an_archive_with_a_password_opens_with_it_only(sample: Journal) -> None:
    """Not even with the program that everybody has."""
    share = share_of(sample, "html", "sesam ölf", exercises=("timeline",))
    assert share.name == "notes.zip"
    with zipfile.ZipFile(io.BytesIO(share.data)) as archive, pytest.raises((RuntimeError, NotImplementedError)):
        archive.read("notes.html", pwd=b"Sesam")
    with pytest.raises(RuntimeError):
        open_files(share.data, "Sesam")


@pytest.mark.parametrize(("form", "program"), [("pdf", "pikepdf"), ("html", "pyzipper")])
def test_without_the_program_for_passwords_one_sentence_says_what_to_do(
    sample: Journal, monkeypatch: pytest.MonkeyPatch, form: str, program: str
) -> None:
    """Nothing is made then, least of all a file without the password."""
    monkeypatch.setitem(__import__("sys").modules, program, None)
    with pytest.raises(ShareError, match=rf"A password needs the program {program}.*Nothing was made.*make password"):
        share_of(sample, form, "sesam", names=NOBODY)
