"""5.6 and the reminders at work, as the page asks for them."""

import base64
import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from icalendar import Calendar

from widgets import open_page
from widgets.catalogue import DATA, wording_for
from widgets.journal import Clock, Journal, load_sample, open_journal
from widgets.pages.listed import LISTED
from widgets.pages.reminding import RemindersDesk
from widgets.pages.sharing import SharingDesk
from widgets.pages.shows.share import shares

NOW = dt.datetime(2026, 11, 22, 21, 14, tzinfo=ZoneInfo("Europe/Berlin"))  # a Sunday


class Then(Clock):
    def now(self) -> dt.datetime:
        return NOW


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = open_journal(f"sqlite:///{tmp_path / 'journal.sqlite'}")
    opened.clock = Then()
    opened.save("reader", {"name": "Bear", "pronouns": "she"})
    yield opened
    opened.close()


@pytest.fixture
def desk(journal: Journal) -> SharingDesk:
    reader = journal.entries("reader")[0].answers
    return SharingDesk(journal.catalogue.exercise("share"), journal, lambda: wording_for(reader), lambda: None)


def make(desk: SharingDesk | RemindersDesk, **answers) -> dict:
    return desk.handle({"do": "make", "answers": answers})


def entries(desk: SharingDesk, exercise: str, *ticked: str, do: str = "entries") -> dict:
    return desk.handle({"do": do, "exercise": exercise, "ticked": [*ticked]})


def labels(reply: dict) -> list[str]:
    return [label for _, label in reply["choices"]]


def faults(reply: dict) -> dict[str, str]:
    return {fault["item"]: fault["message"] for fault in reply["error"]["faults"]}


def file_of(reply: dict) -> bytes:
    return base64.b64decode(reply["file"]["bytes"])


def test_she_chooses_among_what_she_has_written(journal: Journal, desk: SharingDesk) -> None:
    """Exercises with their number of entries, single entries by their day or their first words; nothing is ticked."""
    journal.save("boxes", {"item": "The kitchen", "box": "cannot_change"})
    journal.save("boxes", {"item": "x" * 100, "box": "cannot_change"})
    spec = desk.handle({"do": "open"})["spec"]
    items = {item["id"]: item for item in spec["items"]}
    assert items["exercises"]["choices"] == [["boxes", "Three boxes · 2 entries"]]
    assert "The kitchen" not in json.dumps(spec)  # before she asks for the entries
    assert labels(entries(desk, "boxes")) == ["The kitchen", "x" * 60 + "…"]
    assert items["entries-boxes"]["show_if"] == [{"item": "exercises", "is": ["boxes"]}]
    assert items["let_in"]["choices"][0] == ["his_words", "what she said, in her words"]


def test_of_many_entries_the_newest_stand_there_with_what_she_has_ticked(journal: Journal, desk: SharingDesk) -> None:
    """The earlier ones come when she asks, and stay; what is gone since is not there any more."""
    ids = [journal.save("boxes", {"item": f"No. {n}", "box": "cannot_change"}) for n in range(LISTED + 3)]
    newest = entries(desk, "boxes")
    assert (labels(newest)[0], labels(newest)[-1], newest["earlier"]) == ("No. 3", f"No. {LISTED + 2}", True)
    assert labels(entries(desk, "boxes", ids[1], ids[-1]))[:2] == ["No. 1", "No. 3"]
    journal.withdraw(ids[1])
    assert labels(entries(desk, "boxes", ids[1]))[0] == "No. 3"
    everything = entries(desk, "boxes", do="earlier")
    assert (labels(everything)[:2], everything["earlier"]) == (["No. 0", "No. 2"], False)
    assert entries(desk, "boxes") == everything
    page = file_of(make(desk, exercises=["boxes"], form="markdown", **{"entries-boxes": [ids[0]]})).decode()
    assert "No. 0" in page
    assert "No. 2" not in page


def test_a_choice_that_makes_no_file_says_what_is_missing(journal: Journal, desk: SharingDesk) -> None:
    """All at once, beside the questions; nothing chosen in these days is one sentence."""
    found = faults(make(desk, since="2026-11-20", until="2026-11-01"))
    assert set(found) == {"exercises", "form", "until"}
    journal.save("boxes", {"item": "The kitchen", "box": "cannot_change"})
    reply = make(desk, exercises=["boxes"], form="html", until="2026-11-01")
    assert reply["error"]["message"].startswith("Nothing is chosen yet")


def test_a_short_password_is_refused(journal: Journal, desk: SharingDesk) -> None:
    """As a short passphrase is; nothing is made then."""
    journal.save("boxes", {"item": "The kitchen", "box": "cannot_change"})
    found = faults(make(desk, exercises=["boxes"], form="html", password="sesam12"))
    assert set(found) == {"password"}
    assert make(desk, exercises=["boxes"], form="html", password="sesam123")["file"]["name"] == "notes.zip"


def test_what_the_list_of_capitals_does_not_see_is_always_said(journal: Journal, desk: SharingDesk) -> None:
    """An empty list is no promise."""
    for text in ("the kitchen", "Lena"):
        journal.save("boxes", {"item": text, "box": "cannot_change"})
        note = make(desk, exercises=["boxes"], form="html")["notes"][3]
        assert "does not see names in small letters" in note["text"]
    assert [line["text"] for line in note["lines"]] == ["“Lena”, 1 time"]


def test_the_file_the_preview_and_the_record_are_one(journal: Journal, desk: SharingDesk) -> None:
    """What is shown is the file, its fingerprint is in the record, and the record is there before the file leaves."""
    journal.save("boxes", {"item": "Bear, at Ruth's; [sic]", "box": "cannot_change", "my_part": 10})
    journal.save("aliases", {"name": "Ruth", "alias": "my friend"})
    reply = make(desk, exercises=["boxes"], form="html", let_in=["real_dates"])
    data = file_of(reply)
    assert reply["parts"] == [{"kind": "page", "html": data.decode()}]
    assert "[name 1], at [my friend]&#39;s; [sic]" in data.decode()
    assert journal.entries("shares") == []
    assert desk.handle({"do": "record", "sha256": reply["file"]["sha256"]})["saved"]
    (record,) = (entry.answers for entry in journal.entries("shares"))
    assert record["sha256"] == hashlib.sha256(data).hexdigest() == reply["file"]["sha256"]
    assert (record["form"], record["what"], record["entries"]) == ("html", "Three boxes", 1)
    assert (record["size"], record["let_in"], record["has_password"]) == (len(data), ["real_dates"], False)
    assert "Bear" not in json.dumps(record)
    replaced = {line["text"] for line in reply["notes"][0]["lines"]}
    assert replaced == {"[name 1], 1 time", "[my friend], 1 time"}


def test_only_the_newest_file_can_be_recorded(journal: Journal, desk: SharingDesk) -> None:
    """Also where her last choice made none: what she sees is what leaves."""
    journal.save("boxes", {"item": "The kitchen", "box": "cannot_change"})
    first = make(desk, exercises=["boxes"], form="html")
    make(desk, exercises=["boxes"], form="markdown")
    assert desk.handle({"do": "record", "sha256": first["file"]["sha256"]})["error"]["message"].startswith(
        "The file is not"
    )
    second = make(desk, exercises=["boxes"], form="html")
    make(desk, exercises=[], form="html")
    assert not desk.handle({"do": "record", "sha256": second["file"]["sha256"]}).get("saved")
    assert journal.entries("shares") == []


def test_days_move_back_by_whole_weeks_and_not_always_alike(journal: Journal, desk: SharingDesk) -> None:
    """One distance for a file, drawn anew for the next."""
    for _ in range(3):
        journal.save("checkins", {"lonely": 1, "longing": 2})
    days = set()
    for _ in range(12):
        page = file_of(make(desk, exercises=["check-in"], form="markdown")).decode()
        (day,) = set(re.findall(r"Sunday \d+ \w+ \d{4}", page))
        days.add(dt.datetime.strptime(day, "%A %d %B %Y").date())  # noqa: DTZ007
    assert all((NOW.date() - day).days % 7 == 0 and 56 <= (NOW.date() - day).days <= 420 for day in days)
    assert len(days) > 1


def test_the_password_is_kept_nowhere(journal: Journal, desk: SharingDesk) -> None:
    """Not in the record, and not with the draft of a form."""
    journal.save("boxes", {"item": "The kitchen", "box": "cannot_change"})
    reply = make(desk, exercises=["boxes"], form="html", password="Zanzibar on Tuesday")
    assert reply["file"]["name"] == "notes.zip"
    desk.handle({"do": "record", "sha256": reply["file"]["sha256"]})
    assert b"Zanzibar" not in Path(journal.place).read_bytes()
    assert journal.entries("shares")[0].answers["has_password"] is True


def test_what_the_pages_say_is_read_from_what_is_shared(journal: Journal, desk: SharingDesk) -> None:
    """A guess is not scored by check-ins that are not in the file, and nothing of them is told."""
    journal.save("forecast", {"weeks": "two", "longing": 9, "distress": 9, "sure": 50, "due_date": "2026-11-22"})
    for _ in range(3):
        journal.save("checkins", {"lonely": 1, "longing": 2, "distress": 3})
    alone = file_of(make(desk, exercises=["forecast"], form="markdown")).decode()
    assert "fewer than two check-ins" in alone
    both = file_of(make(desk, exercises=["forecast", "check-in"], form="markdown")).decode()
    assert "you guessed 9, and 2 came" in both


def test_what_rests_on_check_ins_of_late_can_be_shared(journal: Journal, desk: SharingDesk) -> None:
    """A steady hour and the gate, while a message may be written. Whether it is late now is not told."""
    safe = {"contact_wish": "none_said", "can_say_no": "yes", "route_closed": False}
    journal.save("safety", safe | dict.fromkeys(("fear_of_him", "was_hurt", "i_hurt_or_controlled"), "no"))
    journal.save("decisions", {"choice": "try", "draft": False})
    journal.save("steadiness", {"steady_now": 7, "sober": True, "rested": True})
    journal.save("gate_runs", {"result": "wait", "overrides": ["g4"], "override_reason": "It can bear a no"})
    chosen = ["safe-start", "decision", "steadiness", "gate"]
    read = file_of(make(desk, exercises=chosen, form="markdown")).decode()
    assert "What you kept" in read
    assert "late" not in read
    assert not re.search(r"\d:\d\d", read)


def test_no_hour_is_in_a_file(tmp_path: Path) -> None:
    """Nor in what the pages say, where they name an entry by it."""
    sample = open_journal(f"sqlite:///{tmp_path / 'sample.sqlite'}")
    load_sample(sample, DATA / "sample")
    desk = SharingDesk(sample.catalogue.exercise("share"), sample, lambda: wording_for({}), lambda: None)
    read = file_of(make(desk, exercises=["urge-pause", "decision"], form="markdown")).decode()
    assert "8 urges so far" in read
    assert not re.search(r"\d:\d\d", read)


def test_the_pattern_of_the_check_ins_is_in_the_file_with_its_figure(tmp_path: Path) -> None:
    """It is what the check-ins are for, and it bears another name than they."""
    sample = open_journal(f"sqlite:///{tmp_path / 'sample.sqlite'}")
    load_sample(sample, DATA / "sample")
    desk = SharingDesk(sample.catalogue.exercise("share"), sample, lambda: wording_for({}), lambda: None)
    read = file_of(make(desk, exercises=["check-in"], form="html")).decode()
    assert re.search(r"On your \d+ least lonely days", read)
    assert "<svg" in read
    sample.close()


def test_what_stands_above_is_not_told_again(journal: Journal, desk: SharingDesk) -> None:
    """Neither her lines in a list, a pair or a table, nor the sentence or the heading that leads to them."""
    journal.save("boxes", {"item": "Zanzibar", "box": "can_repair"})
    journal.save("letting_go", {"mute": "done", "lean_on": [{"who": "Ann", "for_what": "nights"}]})
    journal.save("plans", {"if_situation": "Money", "then_act": "I ask", "state": "active"})
    journal.save("audit", {"reason": "Silence", "deal_breaker": True})
    read = file_of(make(desk, exercises=["boxes", "letting-go", "plans", "audit"], form="markdown")).decode()
    assert [read.count(word) for word in ("Zanzibar", "Ann", "Money", "Silence")] == [1, 1, 1, 1]
    assert [line for line in read.split("\n") if line.endswith(":") or line in ("#### Done", "#### Now")] == []
    assert "1 where you can repair your part" in read


def test_advice_and_questions_to_her_stand_in_no_file(journal: Journal, desk: SharingDesk) -> None:
    """Whoever receives it is not meant by “You know better” or “you can answer all of them again”."""
    journal.save("safety", {"contact_wish": "blocked"})
    journal.save("boxes", {"item": "whether she trusts me", "box": "can_repair"})
    journal.save("needs", {"need": "calm", "strength": 9, "met_by": ["him_only"], "next_try": "sing"})
    journal.save("lessons", {"what_i_did": "shout", "instead": "wait", "worth_it_without_him": 2})
    chosen = ["safe-start", "boxes", "needs", "lessons"]
    read = " ".join(file_of(make(desk, exercises=chosen, form="markdown")).decode().split())
    addressed = (
        "You know better",
        "Whose choice is this",
        "answer all of them again",
        "Some begin with a place",
        "line can go",
    )
    assert [words for words in addressed if words in read] == []
    assert "would want 0 of 1 without them too" in read


def test_the_page_lists_what_has_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the share's form follows what she saves meanwhile."""
    monkeypatch.setenv("WORKBOOK_JOURNAL", f"sqlite:///{tmp_path / 'journal.sqlite'}")
    page = open_page("07-share")
    handout, listed, names = page.exercise("share"), page.reading("share"), page.exercise("hidden-names")
    pushed: list[dict] = []
    monkeypatch.setattr(handout, "push", pushed.append)
    answer = {"name": "Ruth", "what": None, "alias": None}
    names.answer({"do": "save", "entry_id": "1" * 8, "seen": 0, "answers": answer, "writer": "x"})
    assert [message["push"] for message in pushed] == ["spec"]
    open_journal(f"sqlite:///{tmp_path / 'journal.sqlite'}").save("boxes", {"item": "x", "box": "cannot_change"})
    made = handout.answer({"do": "make", "answers": {"exercises": ["boxes"], "form": "html"}})
    handout.answer({"do": "record", "sha256": made["file"]["sha256"]})
    assert made["file"]["sha256"] in json.dumps(listed.answer({"do": "open"}))
    assert len(pushed) == 1  # a record makes no other choice


def test_of_a_share_of_much_the_first_titles_are_told(journal: Journal) -> None:
    """Not all 27 with each file."""
    answers = {"file": "notes.html", "form": "html", "has_password": False, "sha256": "0"}
    for what in ("A\nB\nC\nD", "A\nB\nC\nD\nE"):
        journal.save("shares", answers | {"what": what})
    blocks, _ = shares(journal.catalogue.exercise("share"), journal, wording_for({}), pd.Timestamp(NOW.date()))
    told = [pair["text"].partition(". ")[0] for pair in blocks[0]["pairs"]]
    assert told == ["A · B · C · D", "A · B · C and 2 more"]


def test_the_title_of_a_reminder_is_asked_for_with_a_warning(journal: Journal) -> None:
    """His name should not stand in it."""
    asked = RemindersDesk(journal, lambda: wording_for({})).spec()["items"][-1]
    assert "nobody’s name" in asked["hint"]


def test_nothing_of_hers_is_in_what_a_notebook_stores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a listed name nor a word of a file is in an output or in a control's state."""
    monkeypatch.setenv("WORKBOOK_JOURNAL", f"sqlite:///{tmp_path / 'journal.sqlite'}")
    journal = open_journal()
    journal.save("aliases", {"name": "Bartholomew"})
    journal.save("boxes", {"item": "Zanzibar", "box": "cannot_change"})
    page = open_page("07-share")
    shown = [page.exercise("share"), page.exercise("hidden-names"), page.reading("share"), page.reminders()]
    assert shown[0].answer({"do": "make", "answers": {"exercises": ["boxes"], "form": "html"}})["file"]
    stored = json.dumps([[control._repr_mimebundle_(), control.get_state()] for control in shown], default=str)
    assert "Zanzibar" not in stored
    assert "Bartholomew" not in stored


# ---- reminders -------------------------------------------------------------------------------------------------------


def test_reminders_are_offered_for_what_is_to_come(journal: Journal) -> None:
    """The review day of her newest choice, while it lies ahead; without one, check-ins and weeks only."""
    desk = RemindersDesk(journal, lambda: wording_for({}))

    def offered() -> list[str]:
        return [code for code, _ in desk.spec()["items"][0]["choices"]]

    assert offered() == ["check_in", "week"]
    journal.save("decisions", {"choice": "not_yet", "review_on": "2026-11-22"})
    assert offered() == ["check_in", "week"]
    journal.save("decisions", {"choice": "not_yet", "review_on": "2026-12-06"})
    assert offered() == ["check_in", "week", "review"]


def test_the_end_of_a_message_s_rest_is_counted_from_its_last_change() -> None:
    """24 hours, or as many as she has set; a rest that is over is not offered."""
    tables = {"drafts": [], "pacing_rules": [], "decisions": []}
    catalogue = SimpleNamespace(tables=tables)
    journal = SimpleNamespace(catalogue=catalogue, clock=Then(), newest=lambda of, has=None: (tables[of] or [None])[-1])
    desk = RemindersDesk(journal, lambda: wording_for({}))
    tables["drafts"].append(SimpleNamespace(saved_utc=NOW.astimezone(dt.UTC) - dt.timedelta(hours=1)))
    assert dict(desk.spec()["items"][0]["choices"])["rest"].endswith("Monday 23 November 2026, 20:14")
    tables["pacing_rules"].append(SimpleNamespace(answers={"edit_hours": 48}))
    assert dict(desk.spec()["items"][0]["choices"])["rest"].endswith("Tuesday 24 November 2026, 20:14")
    tables["drafts"].append(SimpleNamespace(saved_utc=NOW.astimezone(dt.UTC) - dt.timedelta(hours=50)))
    assert "rest" not in dict(desk.spec()["items"][0]["choices"])


def test_the_calendar_file_is_what_is_shown(journal: Journal) -> None:
    """From tomorrow on, at her hour, the week on a Sunday; and no word in it of what it is about."""
    journal.save("decisions", {"choice": "not_yet", "review_on": "2026-12-06"})
    desk = RemindersDesk(journal, lambda: wording_for({}))
    reply = make(desk, what=["check_in", "week", "review"], hour=7)
    data = file_of(reply)
    assert reply["parts"][0]["text"].encode() == data
    assert reply["file"]["sha256"] == hashlib.sha256(data).hexdigest()
    events = Calendar.from_ical(data).walk("VEVENT")
    starts = [event.decoded("dtstart") for event in events]
    assert [str(start) for start in starts] == ["2026-11-23 07:00:00", "2026-11-29 07:00:00", "2026-12-06"]
    assert {str(event["summary"]) for event in events} == {"Notes"}
    assert desk.handle({"do": "record", "sha256": reply["file"]["sha256"]})["saved"]
    assert not desk.handle({"do": "record", "sha256": "0"}).get("saved")


@pytest.mark.parametrize("hour", [24, -1, 7.5, "seven"])
def test_an_hour_that_is_none_is_refused(journal: Journal, hour: object) -> None:
    """With what to write instead, and nothing to be reminded of as well."""
    found = faults(make(RemindersDesk(journal, lambda: wording_for({})), what=None, hour=hour))
    assert found == {
        "what": "Tick what you want to be reminded of.",
        "hour": "Write a whole hour from 0 to 23, like 20.",
    }


def test_midnight_is_an_hour(journal: Journal) -> None:
    """0 is an answer."""
    data = file_of(make(RemindersDesk(journal, lambda: wording_for({})), what=["check_in"], hour=0))
    assert b"DTSTART:20261123T000000" in data
