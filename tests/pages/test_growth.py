"""Nothing that a page shows grows with what it does not show: counted in rows read, not in seconds."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.visits import Visit, at
from benchmarks.years import write_years
from tests.journal.test_parts import count_reads
from widgets.catalogue import load_catalogue
from widgets.journal import open_journal, sqlite
from widgets.pages.listed import LISTED

PAGES = [page.name for page in load_catalogue().pages]
PATTERN = "02-lonely-or-love"
KEEP = "07-share"
EARLIER = {"do": "earlier"}
LOOK_BACK = "06-look-back"  # its list of choices begins with the first of all
ALL_DAYS = (PATTERN, "05-his-terms")  # what these compare is all days: the pattern, and those after contact
MONTHS, YEARS = 500, 3_000  # check-ins, about as many a day
SLACK = 60  # rows that a longer journal may cost more: the steps towards older ones are not of one size


def opened_today(journal: Path) -> Path:
    """The first opening of a day makes its backup, which reads everything once."""
    with at(journal):
        open_journal().close()
    return journal


@pytest.fixture(scope="module")
def months(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("growth") / "months.sqlite"
    return opened_today(write_years(path, days=200, checkins=MONTHS, letters=200, versions=20))


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("growth") / "years.sqlite"
    return opened_today(write_years(path, days=1_200, checkins=YEARS, letters=1_200, versions=20))


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    return count_reads(monkeypatch)


def visited(journal: Path, name: str, reads: list[Any]) -> tuple[Visit, Counter[str]]:
    """The page, opened, and the rows that were read for it, by table."""
    reads.clear()
    with at(journal):
        visit = Visit(name)
        visit.open()
    return visit, Counter(reads)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_reads_what_it_shows(name: str, months: Path, years: Path, reads: list[str]) -> None:
    """A journal of six times the length costs a page no more rows, but for those that compare all check-ins."""
    few, many = (visited(journal, name, reads)[1] for journal in (months, years))
    for table in ("checkins", "letters", "decisions", "steadiness", "pattern_runs", "drafts"):
        if (table != "checkins" or name not in ALL_DAYS) and (table != "decisions" or name != LOOK_BACK):
            assert many[table] <= few[table] + SLACK, table
            assert many[table] < 600, table


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The steps SQLite takes, a hundred each: a lookup that walks a long index is seen here, and in no row."""
    found: list[int] = []
    before = sqlite.open_raw

    def counted(*args: Any, **settings: Any) -> Any:
        connection = before(*args, **settings)
        connection.set_progress_handler(lambda: found.append(1), 100)
        return connection

    monkeypatch.setattr(sqlite, "open_raw", counted)
    return found


@pytest.mark.parametrize("name", [name for name in PAGES if name not in (*ALL_DAYS, KEEP)])
def test_a_page_looks_up_what_it_shows(name: str, months: Path, years: Path, asked: list[int]) -> None:
    """Nor does SQLite look through a journal of six times the length to find it; page 7 counts all."""
    few, many = ((visited(journal, name, asked), len(asked))[1] for journal in (months, years))
    assert many <= few * 1.5


def test_the_pattern_reads_each_check_in_once(years: Path, reads: list[str]) -> None:
    """All days, for two drivers, a note on memory and a figure: one reading of the rows."""
    _, rows = visited(years, PATTERN, reads)
    assert YEARS <= rows["checkins"] < YEARS * 1.15


def test_a_save_reads_on(years: Path, reads: list[str]) -> None:
    """A check-in saved on the page of the pattern, with its run and all that follows: the years are not read again."""
    visit, _ = visited(years, PATTERN, reads)
    reads.clear()
    answers = {"lonely": 4, "longing": 3, "distress": 2, "fear_single": 1, "safe_now": "yes"}
    with at(years):
        reply = visit.ask("check-in", do="save", entry_id="new", seen=0, answers=answers)
    assert reply["entry"]["answers"]["lonely"] == 4
    assert Counter(reads)["checkins"] < 600
    visit.journal.erase("new")


def test_a_draft_reads_nothing_of_years(years: Path, reads: list[str]) -> None:
    """While she types, every second or so."""
    visit, _ = visited(years, PATTERN, reads)
    reads.clear()
    with at(years):
        visit.ask("check-in", do="draft", answers={"lonely": 4}, writer="one", row=None)
        visit.ask("check-in", do="draft", answers={"lonely": 5}, writer="one", row=None)
    assert len(reads) < 20


def test_a_long_list_shows_its_newest_lines_and_all_when_asked(years: Path, reads: list[str]) -> None:
    """600 letters: the newest stand there, a new one pushes none away, and the earlier ones come when she asks."""
    visit, _ = visited(years, "03-say-it-once", reads)
    with at(years):
        state = visit.ask("unsent-letter", do="open")["state"]
        assert (len(state["entries"]), state["earlier"]) == (LISTED, True)
        first = state["entries"][0]["entry_id"]
        answers = {"text": "Dear", "fate": "keep", "sealed_until": None}
        reply = visit.ask("unsent-letter", do="save", entry_id="letter", seen=0, answers=answers)
        shown = [entry["entry_id"] for entry in reply["state"]["entries"]]
        assert (shown[0], shown[-1]) == (first, "letter")
        everything = visit.ask("unsent-letter", do="earlier")["state"]
        assert (len(everything["entries"]), everything["earlier"]) == (601, False)
        oldest = everything["entries"][0]["entry_id"]
        saved = visit.ask("unsent-letter", do="save", entry_id=oldest, seen=1, answers=answers)
        assert len(saved["state"]["entries"]) == 601
    visit.journal.erase("letter")


def test_what_may_be_shared_or_erased_is_read_when_she_asks(months: Path, years: Path, reads: list[str]) -> None:
    """Opened, the page has only counted; then fifty are read, or all, and never those of another exercise."""
    for journal, number in ((months, MONTHS), (years, YEARS)):
        visit, rows = visited(journal, KEEP, reads)
        assert rows["checkins"] == 0
        assert rows["letters"] < 10  # the newest letter to herself, of which there is one
        with at(journal):
            asked: dict[str, Any] = {"exercise": "check-in", "ticked": []}
            (erase,) = (card for card in visit.page.following.cards if card.title == "Erase")
            ((_, share),) = (some for some in visit.page.following.handouts if "A part to show" in repr(some[1]))
            offered = dict(share.answer({"do": "open"})["spec"]["items"][0]["choices"])
            assert offered["check-in"].endswith(f"· {number} entries")
            reads.clear()
            listed = share.answer({"do": "entries", **asked})
            shown = erase.answer({"do": "run", "task": "show", "fields": {"table": "checkins"}})
            ticks = shown["content"]["tasks"][1]["fields"][0]
            assert (len(listed["choices"]), listed["earlier"]) == (LISTED, True)
            assert (len(ticks["options"]), ticks["earlier"]) == (LISTED, True)
            assert set(reads) == {"checkins"}
            assert len(reads) < 600
            for everything in (share.answer({"do": "earlier", **asked})["choices"], erase.answer(EARLIER)["options"]):
                assert len(everything) == number
        visit.close()


def test_the_line_in_the_form_is_among_them(years: Path, reads: list[str]) -> None:
    """A draft of an old line finds that line when the page is opened anew."""
    visit, _ = visited(years, "03-say-it-once", reads)
    with at(years):
        old = visit.ask("unsent-letter", do="earlier")["state"]["entries"][0]["entry_id"]
        visit.ask("unsent-letter", do="draft", answers={"text": "Dear"}, writer="one", row=old)
        anew, _ = visited(years, "03-say-it-once", reads)
        state = anew.ask("unsent-letter", do="open")["state"]
        assert state["draft"]["row"] == old
        assert state["entries"][0]["entry_id"] == old
        assert len(state["entries"]) == LISTED + 1
        anew.ask("unsent-letter", do="drop-draft")
