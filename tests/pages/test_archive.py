"""Everything she wrote, at work over a real journal: found, read in each version, and brought back."""

import datetime as dt
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.pages.test_desk import SAFE, desk, save
from tests.pages.test_lonely_or_love import LONDON, Movable, days_pass
from widgets import open_page
from widgets.catalogue import DATA, Wording, load_catalogue, wording_for
from widgets.controls import Archive
from widgets.journal import Journal, load_sample, open_journal
from widgets.pages import Page
from widgets.pages.archive import SHOWN, ArchiveDesk
from widgets.pages.lately import rest_until

CATALOGUE = load_catalogue()
MONDAY = dt.datetime(2026, 10, 5, 20, tzinfo=LONDON)
SHE = wording_for({"pronouns": "she"})


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = open_journal(f"sqlite:///{tmp_path / 'journal.sqlite'}")
    opened.clock = Movable(MONDAY)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journal]:
    opened = open_journal(f"sqlite:///{tmp_path_factory.mktemp('journal') / 'sample.sqlite'}")
    load_sample(opened, DATA / "sample")
    opened.clock = Movable(dt.datetime(2026, 11, 22, 21, tzinfo=LONDON))
    yield opened
    opened.close()


def archive(journal: Journal, told: list[str] | None = None, wording: Wording | None = None) -> ArchiveDesk:
    changed = (told if told is not None else []).append
    return ArchiveDesk(journal, CATALOGUE, lambda: wording or Wording(), changed)


def find(journal: Journal, words: str = "", where: str = "", wording: Wording | None = None) -> list[dict[str, Any]]:
    return archive(journal, wording=wording).handle({"do": "search", "words": words, "where": where, "from": 0})["hits"]


def opened(journal: Journal, entry_id: str) -> dict[str, Any]:
    return archive(journal).handle({"do": "entry", "entry_id": entry_id})


def bring_back(journal: Journal, entry_id: str, revision: int, told: list[str] | None = None) -> dict[str, Any]:
    return archive(journal, told).handle({"do": "restore", "entry_id": entry_id, "revision": revision})


def sentence(hit: Mapping[str, Any]) -> str:
    return "".join(f"[{text}]" if found else text for text, found in hit["places"][0]["pieces"])


# ---- looking


def test_an_entry_is_found_with_its_page_exercise_day_and_sentence(sample: Journal) -> None:
    """All that tells her where and when she wrote it, and the way there."""
    [hit] = find(sample, "wedding")
    assert (hit["title"], hit["day"]) == ("How is it right now?", "Saturday 14 November")
    assert (hit["page"], hit["href"]) == ("Lonely or love", "02-lonely-or-love.ipynb#exercise-check-in")
    assert sentence(hit) == "My cousin’s [wedding]."
    assert (hit["is_newest"], hit["is_withdrawn"], hit["is_draft"]) == (True, False, False)


def text_columns() -> list[tuple[str, str, str | None]]:
    """(exercise, item, inner item) of everything she can write in words."""
    found: list[tuple[str, str, str | None]] = []
    for exercise in CATALOGUE.exercises.values():
        for item in (i for i in exercise.items if not i.derived):
            if item.type in ("text", "long-text"):
                found.append((exercise.id, item.id, None))
            found += [(exercise.id, item.id, i.id) for i in item.items if i.type in ("text", "long-text")]
    return found


@pytest.mark.parametrize(("exercise_id", "item", "inner"), text_columns())
def test_whatever_she_writes_in_words_is_found(
    journal: Journal, exercise_id: str, item: str, inner: str | None
) -> None:
    """Every text of every exercise, and of the rows inside one, everywhere and in its own exercise."""
    exercise = CATALOGUE.exercise(exercise_id)
    needed: dict[str, Any] = dict(exercise.fixed) | dict.fromkeys(exercise.one_of[:1], 5)
    for other in exercise.items:
        for name, answers in other.show_if.items() if other.id == item else ():
            needed[name] = [answers[0]] if exercise.item(name).type == "choices" else answers[0]
    said = "Zanzibar, on a Tuesday"
    row = {i.id: "a word" for i in exercise.item(item).items if i.needed} | {inner: said}
    entry = journal.save(exercise.table, needed | {item: [row] if inner else said})
    for where in ("", exercise_id):
        [hit] = find(journal, "zanzibar", where)
        assert (hit["entry_id"], hit["exercise"], sentence(hit)) == (entry, exercise_id, "[Zanzibar], on a Tuesday")
    assert find(journal, "zanzibar", "timeline" if exercise_id != "timeline" else "boxes") == []


def test_a_draft_is_found_too_and_called_one(journal: Journal) -> None:
    """A letter may stay a draft for ever; also what waits in the fields of the board, and in rows."""
    journal.keep_draft("friend-letter", {"text": "Dear you, about Zanzibar."})
    journal.keep_draft("board", {"line": {"try/for": "Zanzibar together"}})
    journal.keep_draft("premortem", {"why": [{"reason": "no"}], "early_sign": "Zanzibar again"})
    hits = find(journal, "zanzibar")
    assert {hit["exercise"] for hit in hits} == {"friend-letter", "board", "premortem"}
    assert all(hit["is_draft"] and hit["entry_id"] is None and hit["day"] == "Monday 5 October" for hit in hits)


def test_what_was_withdrawn_or_changed_is_found_and_says_so(journal: Journal) -> None:
    """Nothing she saved is out of reach."""
    entry = journal.save("boxes", {"item": "the first wording"})
    journal.revise(entry, {"item": "the second wording"})
    other = journal.save("boxes", {"item": "the third wording"})
    journal.withdraw(other)
    states = {sentence(hit): (hit["is_newest"], hit["is_withdrawn"]) for hit in find(journal, "wording")}
    assert states == {"the second [wording]": (True, False), "the third [wording]": (True, True)}
    [hit] = find(journal, "first")
    assert (hit["entry_id"], hit["revision"], hit["is_newest"]) == (entry, 1, False)


def test_without_words_each_entry_tells_its_first_answers(journal: Journal) -> None:
    """Also one without any word in it, by what was asked; long ones are shortened and say so."""
    journal.save("checkins", {"lonely": 0, "longing": 7, "own": [{"scale": "s", "asked": "How tired?", "value": 4}]})
    journal.save("timeline", {"what": "x" * 200, "kind": "good", "felt": -2})
    by_exercise = {hit["exercise"]: hit["glance"] for hit in find(journal, wording=SHE)}
    assert [(g["label"], g["text"]) for g in by_exercise["check-in"]] == [
        ("lonely", "0 of 10"),
        ("missing her", "7 of 10"),
        ("Your own scales", "How tired? · 4 of 10"),
    ]
    what, kind, felt = by_exercise["timeline"]
    assert (len(what["text"]), what["cut"], what["hers"]) == (140, True, True)
    assert (kind["text"], felt["text"], felt["hers"]) == ("something good", "−2", False)


def test_twenty_at_a_time_and_no_entry_twice(journal: Journal) -> None:
    """Further ones come on request, also from a kernel that has just begun."""
    for n in range(SHOWN + 5):
        journal.save("boxes", {"item": f"weight {n}"})
    at = archive(journal)
    first = at.handle({"do": "search", "words": "weight", "where": "", "from": 0})
    ids = [hit["entry_id"] for hit in first["hits"]]
    for one in (at, archive(journal)):
        rest = one.handle({"do": "search", "words": "weight", "where": "", "from": SHOWN})
        assert (first["total"], rest["total"]) == (SHOWN + 5, SHOWN + 5)
        assert len({*ids, *(hit["entry_id"] for hit in rest["hits"])}) == SHOWN + 5


def test_nothing_found_is_an_answer(journal: Journal) -> None:
    assert archive(journal).handle({"do": "search", "words": "moon", "where": "", "from": 0}) == {
        "total": 0,
        "hits": [],
        "serves": {},
    }


def test_each_found_entry_leads_to_the_claims_it_serves(sample: Journal) -> None:
    """With the exercise, in her words; what is ours serves none."""
    reply = archive(sample, wording=SHE).handle({"do": "search", "words": "", "where": "board", "from": 0})
    assert [claim["href"].partition("#")[2] for claim in reply["serves"]["board"]] == [
        "passage-decide-first",
        "passage-decide-first",
        "passage-nobody-else",
        "passage-nobody-else",
    ]
    assert "Still loving her" in str(reply["serves"])
    assert archive(sample).handle({"do": "search", "words": "", "where": "you", "from": 0})["serves"] == {"you": []}


def test_letters_of_two_kinds_in_one_table_are_kept_apart(journal: Journal) -> None:
    """An exercise that shares its table is searched for its own entries only."""
    kept = journal.save("letters", {"kind": "self", "text": "a kind word"})
    journal._file.write(lambda connection: _misfiled(connection))
    assert [hit["entry_id"] for hit in find(journal, "word", "friend-letter")] == [kept]


def _misfiled(connection: Any) -> None:
    """An entry of the letters' table that says nothing of its kind, as an older declaration would have left it."""
    from widgets.journal import Entry, store

    moment = MONDAY.astimezone(dt.UTC)
    entry = Entry(
        "other", 1, "letters", {"text": "a word"}, moment, moment, MONDAY.date(), "Europe/London", False, "try", False
    )
    store.append(connection, [entry])


def test_what_is_sealed_is_not_come_upon_before_its_day(tmp_path: Path) -> None:
    """Neither by a word in it, nor in the number of entries, nor by its name; not by an earlier version either."""
    for part in ("exercises", "article", "wording"):
        shutil.copytree(DATA / part, tmp_path / part)
    boxes = tmp_path / "exercises" / "01-what-happened.yaml"
    text, item = boxes.read_text("utf-8"), "    - {id: sealed_until, type: date, ask: Until}\n"
    mark = "    - {id: item, type: text,"
    assert text.count(mark) == 1
    boxes.write_text(text.replace(mark, item + mark), "utf-8")
    journal = open_journal(
        f"sqlite:///{tmp_path / 'j.sqlite'}", catalogue=load_catalogue(tmp_path), clock=Movable(MONDAY)
    )
    at = ArchiveDesk(journal, journal.catalogue, Wording, lambda table: None)

    def found() -> int:
        return at.handle({"do": "search", "words": "secret", "where": "", "from": 0})["total"]

    entry = journal.save("boxes", {"item": "a secret"})
    journal.save("boxes", {"item": "no secret"})
    journal.revise(entry, {"item": "a secret", "sealed_until": "2026-10-20"})
    assert found() == 1
    assert at.handle({"do": "entry", "entry_id": entry})["error"]["kind"] == "sealed"
    days_pass(journal, 15)
    assert found() == 2
    assert len(at.handle({"do": "entry", "entry_id": entry})["versions"]) == 2
    journal.close()


# ---- versions


def test_every_version_is_there_newest_first_with_what_it_said(journal: Journal) -> None:
    """Withdrawals among them; each with when it was saved and whether it says the same as now."""
    entry = journal.save("timeline", {"what": "He said no.", "kind": "hard"})
    days_pass(journal, 1)
    journal.revise(entry, {"what": "He said not now."})
    journal.withdraw(entry)
    found = opened(journal, entry)
    assert found["withdrawn"]
    shown = [(v["revision"], v["withdrawn"], v["is_now"], v["says_the_same"]) for v in found["versions"]]
    assert shown == [(3, True, True, True), (2, False, False, True), (1, False, False, False)]
    assert found["versions"][2]["answers"] == [
        {"ask": "What happened?", "short": "What happened?", "text": "He said no.", "hers": True},
        {"ask": "What was it?", "short": "What was it?", "text": "something hard", "hers": False},
    ]
    assert dt.datetime.fromisoformat(found["versions"][2]["saved"]) == MONDAY


def test_a_withdrawn_entry_is_brought_back_and_the_page_follows(journal: Journal) -> None:
    """It stands in the table again; nothing is overwritten; the answer shows how it is now."""
    told: list[str] = []
    entry = journal.save("boxes", {"item": "one"})
    journal.withdraw(entry)
    reply = bring_back(journal, entry, 2, told)
    assert journal.table("boxes")["item"].tolist() == ["one"]
    assert journal.history("boxes")["withdrawn"].tolist() == [False, True, False]
    assert (reply["withdrawn"], told) == (False, ["boxes"])
    assert dt.datetime.fromisoformat(reply["at"]) == MONDAY


def test_an_earlier_version_stands_again_and_twice_is_once(journal: Journal) -> None:
    """The answer may be lost on its way, and the page asks again."""
    entry = journal.save("boxes", {"item": "one", "box": "can_choose"})
    journal.revise(entry, {"item": "two"})
    for _ in range(2):
        bring_back(journal, entry, 1)
    assert journal.table("boxes")[["item", "box"]].to_numpy().tolist() == [["one", "can_choose"]]
    assert len(journal.history("boxes")) == 3


def test_earlier_answers_about_safety_are_read_and_do_not_stand_again(journal: Journal) -> None:
    """One press must not open what a later answer closed; the reason is said before she presses."""
    at = desk(journal, "safe-start")
    entry = save(at, SAFE)["entry"]["entry_id"]
    save(at, SAFE | {"contact_wish": "no_contact"}, entry, 1)
    now, then = opened(journal, entry)["versions"]
    assert (now["refusal"], then["refusal"] != "") == ("", True)
    assert bring_back(journal, entry, 1)["error"] == {"kind": "refused", "message": then["refusal"]}
    assert journal.table("safety")["route_closed"].tolist() == [True]


def test_messages_rest_on_whatever_version_of_a_check_in_stands_again(journal: Journal) -> None:
    """The earlier version comes back, and the pause stays until its day."""
    entry = journal.save("checkins", {"lonely": 5})
    journal.revise(entry, {"lonely": 5, "pause_until": "2026-10-12"})
    assert bring_back(journal, entry, 1)["versions"][0]["is_now"]
    assert rest_until(journal) == pd.Timestamp("2026-10-12")
    days_pass(journal, 7)
    assert rest_until(journal) is None


def test_a_choice_that_is_not_offered_does_not_come_back(journal: Journal) -> None:
    """Try, while the way to a message is closed; the two others do."""
    tried = journal.save("decisions", {"choice": "try"})
    waits = journal.save("decisions", {"choice": "not_yet"})
    for entry in (tried, waits):
        journal.withdraw(entry)
    assert "Try is not offered now" in bring_back(journal, tried, 1)["error"]["message"]
    assert "error" not in bring_back(journal, waits, 1)
    save(desk(journal, "safe-start"), SAFE)
    assert "error" not in bring_back(journal, tried, 1)


def test_what_the_other_entries_forbid_is_said_in_their_words(journal: Journal) -> None:
    """A third question of her own; a second guess for one day. A review day that has passed is no hindrance."""
    gone = journal.save("own_scales", {"label": "one"})
    journal.withdraw(gone)
    for label in ("two", "three"):
        journal.save("own_scales", {"label": label})
    assert "Two of yours are asked already." in bring_back(journal, gone, 1)["error"]["message"]
    assert len(journal.table("own_scales")) == 2
    choice = journal.save("decisions", {"choice": "let_go", "review_on": "2026-10-20"})
    journal.withdraw(choice)
    days_pass(journal, 60)
    assert "error" not in bring_back(journal, choice, 1)


def test_what_is_not_there_is_said(journal: Journal) -> None:
    """Erased in another window, or a version that never was."""
    entry = journal.save("boxes", {"item": "one"})
    assert bring_back(journal, entry, 7)["error"]["kind"] == "gone"
    journal.erase(entry)
    assert opened(journal, entry)["error"]["message"] == "This entry is not there any more. Look again."


def test_every_answer_reads_in_words(sample: Journal) -> None:
    """No code and no placeholder reaches the page, whatever kind of answer it is; NA is no answer."""
    at, said = archive(sample, wording=SHE), []
    hits = [
        hit
        for start in range(0, 200, SHOWN)
        for hit in at.handle({"do": "search", "words": "", "where": "", "from": start})["hits"]
    ]
    for hit in hits:
        for version in opened(sample, hit["entry_id"])["versions"]:
            said += [answer for answer in version["answers"] if not answer["hers"]]
    assert len(hits) > 100
    assert not [answer for answer in said if "{" in answer["text"] + answer["ask"] or "_" in answer["text"]]
    assert not [answer for answer in said if answer["text"] in ("", "None", "nan", "<NA>")]


def test_the_choices_of_where_are_all_exercises_by_page_in_her_words(journal: Journal) -> None:
    spec = archive(journal, wording=SHE).handle({"do": "open"})["spec"]
    assert [e for page in spec["where"] for e, _ in page["exercises"]] == sorted(
        CATALOGUE.exercises, key=lambda e: CATALOGUE.page_of[e]
    )
    assert not [title for page in spec["where"] for _, title in page["exercises"] if "{" in title]


# ---- on the page


SECRET = "Zanzibar on a Tuesday"


@pytest.fixture
def page(journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Page:
    """The page for looking back, over the same journal."""
    monkeypatch.setenv("WORKBOOK_JOURNAL", f"sqlite:///{tmp_path / 'journal.sqlite'}")
    monkeypatch.setenv("WORKBOOK_NOW", MONDAY.isoformat())
    return open_page("06-look-back")


def ask(control: Archive, **request: Any) -> list[dict[str, Any]]:
    """What the control tells its page when it is asked."""
    told: list[dict[str, Any]] = []
    control.send = told.append
    control.receive({"id": "1", **request})
    return told


def test_a_notebook_stores_nothing_of_what_was_found(journal: Journal, page: Page) -> None:
    """Nor that anything was looked for: no trait, no output, whatever was asked of the control."""
    journal.save("boxes", {"item": SECRET})
    control = page.archive()
    assert "Zanzibar" in str(ask(control, do="search", words="zanzibar", where="", **{"from": 0}))
    own = {k for k in control.get_state() if not k.startswith("_")} - {"layout", "tabbable", "tooltip"}
    assert own == {"view", "title"}
    stored = str(control._repr_mimebundle_()) + str({k: control.get_state()[k] for k in own})
    assert "anzibar" not in stored
    assert stored.count("Find what you wrote") == 2


def test_when_it_opens_the_frame_hears_what_is_written_where(journal: Journal, page: Page) -> None:
    """On a page without a form it is the control that tells."""
    journal.save("boxes", {"item": "one"})
    pushed, answer = ask(page.archive(), do="open")
    assert pushed == {"push": "written", "pages": ["01-what-happened"]}
    assert answer["spec"]["title"] == "Find what you wrote"


def test_what_is_brought_back_is_in_the_readings_of_the_page(journal: Journal, page: Page) -> None:
    """A withdrawn choice stands in the history again at once."""
    entry = journal.save("decisions", {"choice": "let_go", "because": SECRET})
    journal.withdraw(entry)
    reading, control = page.reading("choices"), page.archive()
    told: list[dict[str, Any]] = []
    reading.send = told.append
    ask(control, do="restore", entry_id=entry, revision=2)
    assert SECRET in str(told[-1])


def test_a_journal_that_cannot_be_opened_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the control's place; nothing in the file was changed."""
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"not a journal" * 100)
    monkeypatch.setenv("WORKBOOK_JOURNAL", f"sqlite:///{broken}")
    [told] = ask(open_page("06-look-back").archive(), do="open")
    assert (told["ok"], len(told["error"]["message"]) > 20) == (False, True)
    assert broken.read_bytes() == b"not a journal" * 100
