"""One exercise at work: what the form asks for and what it is told, over a real journal."""

import datetime as dt
from pathlib import Path
from uuid import uuid4

import pytest

from widgets.catalogue import load_catalogue, wording_for
from widgets.journal import DiskFull, Journal, open_journal
from widgets.pages.desk import Desk
from widgets.pages.page import Page

CATALOGUE = load_catalogue()
SAFE = {
    "contact_wish": "none_said",
    "fear_of_him": "no",
    "was_hurt": "no",
    "can_say_no": "yes",
    "i_hurt_or_controlled": "no",
}


@pytest.fixture
def journal(tmp_path: Path):
    opened = open_journal(f"sqlite:///{tmp_path / 'journal.sqlite'}")
    yield opened
    opened.close()


class Told(list):
    """Collects the tables a desk says it changed."""


def desk(journal: Journal, exercise: str, told: list | None = None, reader: dict | None = None) -> Desk:
    wording = wording_for(reader or {})
    changed = (told if told is not None else []).append
    return Desk(CATALOGUE.exercise(exercise), journal, CATALOGUE, lambda: wording, changed)


def save(at: Desk, answers: dict, entry_id: str | None = None, seen: int = 0) -> dict:
    return at.handle({"do": "save", "answers": answers, "entry_id": entry_id or str(uuid4()), "seen": seen})


def test_a_save_is_a_row_and_the_others_are_told(journal: Journal) -> None:
    """Saved is said only with the row in the table."""
    told: list = []
    reply = save(desk(journal, "timeline", told), {"what": "I said it in the car", "felt": 0})
    assert journal.table("timeline")[["entry_id", "felt"]].to_numpy().tolist() == [[reply["entry"]["entry_id"], 0]]
    assert told == ["timeline"]


def test_the_same_save_sent_twice_is_one_row(journal: Journal) -> None:
    """An acknowledgement may be lost; the page then sends again."""
    at, entry = desk(journal, "timeline"), str(uuid4())
    first, second = (save(at, {"what": "once"}, entry) for _ in range(2))
    assert len(journal.history("timeline")) == 1
    assert first["entry"] == second["entry"]


def test_faults_come_back_by_item_in_her_wording(journal: Journal) -> None:
    """Nothing is saved, and each sentence is for one question."""
    reply = save(desk(journal, "timeline"), {"felt": 9})
    assert {f["item"] for f in reply["error"]["faults"]} == {"what", "felt"}
    assert journal.table("timeline").empty


def test_two_windows_keep_both_versions(journal: Journal) -> None:
    """The second is told what the first saved; going on makes a new revision."""
    one, two = desk(journal, "you"), desk(journal, "you")
    saved = save(one, {"name": "T"})["entry"]
    assert save(two, {"name": "Tom"})["error"]["entry"]["answers"]["name"] == "T"
    save(one, {"name": "Tim"}, saved["entry_id"], saved["revision"])
    refused = save(two, {"name": "Tom"}, saved["entry_id"], saved["revision"])["error"]
    assert (refused["kind"], refused["entry"]["answers"]["name"]) == ("elsewhere", "Tim")
    assert (
        save(two, {"name": "Tom"}, saved["entry_id"], refused["entry"]["revision"])["entry"]["answers"]["name"] == "Tom"
    )
    assert journal.history("reader")["name"].tolist() == ["T", "Tim", "Tom"]


def test_details_of_harm_are_judged_and_not_written_down(journal: Journal) -> None:
    """Neither in the table, nor in the draft, nor in the bytes of the file."""
    at = desk(journal, "safe-start")
    answers = SAFE | {"was_hurt": "physical", "shared_life": []}
    at.handle({"do": "draft", "answers": answers, "writer": "w", "row": None})
    assert "was_hurt" not in at.state()["draft"]["answers"]
    save(at, answers)
    row = journal.table("safety").iloc[0]
    assert row["route_closed"]
    assert row[["fear_of_him", "was_hurt", "can_say_no", "i_hurt_or_controlled", "route_reason"]].isna().all()
    written = b"".join(p.read_bytes() for p in Path(journal.place).parent.iterdir() if "shm" not in p.name)
    assert b"physical" not in written


def test_details_are_kept_if_she_says_so(journal: Journal) -> None:
    """It is hers to decide."""
    save(desk(journal, "safe-start"), SAFE | {"keep_details": True})
    assert journal.table("safety").iloc[0]["was_hurt"] == "no"


def test_details_she_no_longer_wants_kept_are_gone_from_earlier_versions_too(journal: Journal) -> None:
    """Saying no afterwards erases them: from the history and from the file."""
    at = desk(journal, "safe-start")
    answers = SAFE | {"i_hurt_or_controlled": "verbal", "keep_details": True}
    first = save(at, answers)["entry"]
    second = save(at, answers | {"keep_details": False}, first["entry_id"], first["revision"])["entry"]
    assert journal.history("safety")["i_hurt_or_controlled"].isna().all()
    assert b"verbal" not in b"".join(
        p.read_bytes() for p in Path(journal.place).parent.iterdir() if "shm" not in p.name
    )
    again = save(at, {"contact_wish": "blocked"}, second["entry_id"], second["revision"])["entry"]
    assert again["answers"]["route_reason"] == "blocked"


def test_a_late_repetition_of_a_save_withdrawn_since_is_no_error(journal: Journal) -> None:
    """The acknowledgement came late, the line was withdrawn in another window: it stays withdrawn."""
    at, entry = desk(journal, "boxes"), str(uuid4())
    save(at, {"item": "x"}, entry)
    at.handle({"do": "withdraw", "entry_id": entry})
    assert save(at, {"item": "x"}, entry)["state"]["entries"] == []


def test_changing_one_answer_later_keeps_what_stood(journal: Journal) -> None:
    """Details that were judged and not kept still stand when only his wish changes."""
    at = desk(journal, "safe-start")
    first = save(at, SAFE)["entry"]
    second = save(at, {"contact_wish": "blocked"}, first["entry_id"], first["revision"])["entry"]
    assert (second["answers"]["route_closed"], second["answers"]["route_reason"]) == (True, "blocked")
    save(at, {"contact_wish": "none_said"}, second["entry_id"], second["revision"])
    assert not journal.table("safety").iloc[0]["route_closed"]


def test_a_guess_keeps_its_day_when_it_is_revised(journal: Journal) -> None:
    """The day counts from when it was made."""
    at = desk(journal, "forecast")
    first = save(at, {"weeks": "two", "longing": 7})["entry"]
    second = save(at, {"weeks": "four", "longing": 6}, first["entry_id"], 1)["entry"]
    days = journal.history("forecast")["due_date"]
    assert (days[1] - days[0]).days == 14
    assert second["answers"]["longing"] == 6


def test_a_day_that_has_not_come_is_refused(journal: Journal) -> None:
    """What happened, happened today or earlier."""
    tomorrow = journal.clock.now().date() + dt.timedelta(days=1)
    reply = save(desk(journal, "timeline"), {"what": "x", "when": tomorrow.isoformat()})
    [fault] = reply["error"]["faults"]
    assert fault == {"item": "when", "message": "This day has not come yet. Choose today or earlier."}


def test_one_guess_for_one_day(journal: Journal) -> None:
    """A second one is asked to edit the first; editing the first is no second one."""
    at = desk(journal, "forecast")
    first = save(at, {"weeks": "two", "longing": 7})["entry"]
    assert save(at, {"weeks": "two", "longing": 3})["error"]["faults"][0]["item"] == "weeks"
    assert save(at, {"weeks": "two", "longing": 3}, first["entry_id"], 1)["entry"]["revision"] == 2


def test_the_lines_stand_in_order_of_time(journal: Journal) -> None:
    """Also in the form, where she edits them."""
    at = desk(journal, "timeline")
    for what, when in (("no date", None), ("second", "2026-02-01"), ("first", "2026-01-01")):
        save(at, {"what": what, "when": when})
    assert [e["answers"]["what"] for e in at.state()["entries"]] == ["first", "second", "no date"]


def test_a_name_can_be_taken_back(journal: Journal) -> None:
    """Leaving it empty is an answer here."""
    at = desk(journal, "you")
    first = save(at, {"name": "Tom"})["entry"]
    assert save(at, {}, first["entry_id"], 1)["entry"]["answers"]["name"] is None


def test_what_was_not_kept_is_named_so_that_the_page_can_say_it(journal: Journal) -> None:
    """“Not answered” would be untrue."""
    entry = save(desk(journal, "safe-start"), SAFE)["entry"]
    assert "was_hurt" in entry["not_kept"]
    assert "contact_wish" not in entry["not_kept"]


def test_a_letter_about_not_wanting_to_live_puts_help_first(journal: Journal) -> None:
    """It is saved like any other, and nothing about it is stored."""
    at = desk(journal, "friend-letter")
    reply = save(at, {"text": "I do not want to live any more"})
    assert reply["help"] is True
    assert save(at, {"text": "I want to live by the sea"}, reply["entry"]["entry_id"], 1)["help"] is False


@pytest.mark.parametrize(
    ("exercise", "answers"),
    [
        ("timeline", {"what": "I want to die"}),
        ("premortem", {"early_sign": "I want to die"}),
        ("premortem", {"why": [{"reason": "We moved"}, {"reason": "I want to kill myself"}]}),
    ],
)
def test_a_line_about_not_wanting_to_live_puts_help_first_too(
    journal: Journal, exercise: str, answers: dict[str, object]
) -> None:
    """To her a line of a list is a place to write like any other."""
    assert save(desk(journal, exercise), answers)["help"] is True


def test_a_draft_comes_back_with_the_line_it_was_editing(journal: Journal) -> None:
    """After a crash the words and their place are there; a save ends the draft."""
    at = desk(journal, "timeline")
    at.handle({"do": "draft", "answers": {"what": "half a li"}, "writer": "one", "row": "e1"})
    draft = at.state()["draft"]
    assert (draft["answers"], draft["row"]) == ({"what": "half a li"}, "e1")
    assert at.handle({"do": "draft", "answers": {"what": "x"}, "writer": "two", "row": None})["elsewhere"] is True
    save(at, {"what": "half a line"})
    assert at.state()["draft"] is None


def test_withdrawn_lines_go_and_come_back(journal: Journal) -> None:
    """Undo is a restore of what stood before; history keeps all of it."""
    at = desk(journal, "boxes")
    entry = save(at, {"item": "my tone", "box": "can_repair"})["entry"]
    assert at.handle({"do": "withdraw", "entry_id": entry["entry_id"]})["state"]["entries"] == []
    back = at.handle({"do": "restore", "entry_id": entry["entry_id"], "revision": entry["revision"]})["state"][
        "entries"
    ]
    assert [e["answers"]["item"] for e in back] == ["my tone"]
    assert journal.history("boxes")["withdrawn"].tolist() == [False, True, False]


def test_the_form_never_sees_derived_columns(journal: Journal) -> None:
    """They are the workbook's to fill."""
    ids = {i["id"] for e in CATALOGUE.exercises for i in desk(journal, e).spec()["items"]}
    assert not ids & {"route_closed", "route_reason", "due_date"}


@pytest.mark.parametrize("do", ["save", "draft", "withdraw", "restore"])
def test_a_full_disk_is_told_in_words_for_what_she_did(
    journal: Journal, monkeypatch: pytest.MonkeyPatch, do: str
) -> None:
    """“Save again” only where she pressed Save, and of words on the page only where there are some."""
    at = desk(journal, "timeline")
    entry_id = save(at, {"what": "I said it"})["entry"]["entry_id"]
    journal.withdraw(entry_id)
    journal.restore(entry_id, 1)

    def full(*arguments: object) -> None:
        raise DiskFull(journal.place)

    monkeypatch.setattr(journal._file, "write", full)
    request = {"do": do, "answers": {"what": "more"}, "writer": "w", "seen": 0, "revision": 1, "entry_id": str(uuid4())}
    told = at.handle(request | ({} if do == "save" else {"entry_id": entry_id}))["error"]["message"]
    assert "the disk is full" in told
    assert "Free some space" in told
    assert ("save again" in told) == (do == "save")
    assert ("copy it first" in told.lower()) == (do in ("save", "draft"))


def test_a_full_disk_is_told_so_where_the_journal_as_a_whole_is_kept(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Setting a passphrase: nothing was written on a page, and nothing is to be saved again."""

    def full(*arguments: object) -> None:
        raise DiskFull(journal.place)

    monkeypatch.setattr(journal._file, "replace", full)
    page = Page("00-begin", CATALOGUE, journal)
    fields = {"new": "vier kleine Wörter", "again": "vier kleine Wörter"}
    reply = page.keep("passphrase").answer({"do": "run", "task": "set", "fields": fields})
    assert reply["error"]["message"].startswith("Nothing was changed in")
    assert reply["error"]["message"].endswith(
        "the disk is full. Everything saved is safe. Free some space, and try again."
    )
