"""What the page for looking back says is what the functions return of the same tables."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.pages.test_lonely_or_love import LONDON, Movable, check_in_for, days_pass, words
from widgets.catalogue import DATA, Wording, wording_for
from widgets.journal import Journal, load_sample, open_journal
from widgets.pages.rules.pattern import RESTS
from widgets.pages.shows import content, plain
from widgets.pages.shows.look_back import SHOWN
from widgets.readings.after_contact import after_contact
from widgets.readings.decisions import read_decisions
from widgets.readings.forecast import guesses, running_error
from widgets.readings.weeks import read_weeks

LAST = dt.datetime(2026, 11, 22, 21, tzinfo=LONDON)
MONDAY = dt.datetime(2026, 10, 5, 20, tzinfo=LONDON)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journal]:
    opened = open_journal(f"sqlite:///{tmp_path_factory.mktemp('journal') / 'sample.sqlite'}")
    load_sample(opened, DATA / "sample")
    opened.clock = Movable(LAST)
    yield opened
    opened.close()


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = open_journal(f"sqlite:///{tmp_path / 'journal.sqlite'}")
    opened.clock = Movable(MONDAY)
    yield opened
    opened.close()


def blocks(shown: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [block for block in shown["blocks"] if block["kind"] == kind]


def drawn(figure: dict[str, Any], shape: str) -> list[tuple[float, float, bool]]:
    """What a figure draws: (place in time, answer, filled)."""
    found = []
    for node in figure["svg"]["in"]:
        if node["tag"] == shape:
            at, half = node["at"], node["at"].get("width", 0) / 2
            x, y = at.get("cx", at.get("x", 0) + half), at.get("cy", at.get("y", 0) + half)
            found.append((x, round((270 - y) / 24, 1), at["class"] == "filled"))
    return found


def cell(mean: float | None, days: int) -> str:
    return "no answer" if mean is None else f"{mean:.1f} ({days} {'day' if days == 1 else 'days'})"


def test_the_weeks_are_drawn_said_and_told_as_the_function_returns_them(sample: Journal) -> None:
    """Each scale's sentence; each week as a mark of the figure and as a row of its table, gaps included."""
    shown = content("weeks", sample, Wording())
    tables = [sample.table(name) for name in ("checkins", "own_answers", "own_scales")]
    found = read_weeks(*tables, pd.Timestamp(LAST.date()))
    assert [block["text"] for block in blocks(shown, "text")] == [Wording().fill(line.sentence) for line in found.lines]
    figures = blocks(shown, "figure")
    assert len(figures) == 3
    for n, line in enumerate(found.lines):
        figure, shape = figures[n // 2], ("circle", "rect")[n % 2]
        answered = [week for week in line.weeks if week.mean is not None]
        assert [(y, filled) for _, y, filled in drawn(figure, shape)] == [
            (pytest.approx(week.mean, abs=0.06), week.days >= 3) for week in answered
        ]
        rows = figure["table"]["rows"]
        assert [row[1 + n % 2] for row in rows] == [cell(week.mean, week.days) for week in line.weeks]
        assert Wording().fill(line.sentence) in _description(figure)


def _description(figure: dict[str, Any]) -> str:
    return next(node["in"][0] for node in figure["svg"]["in"] if node["tag"] == "desc")


def test_a_week_with_contact_has_its_mark_and_its_number(sample: Journal) -> None:
    """Contact is what her timeline calls so, and her contact log where there is one."""
    figure = blocks(content("weeks", sample, Wording()), "figure")[0]
    assert figure["table"]["head"][-1] == "Days of contact"
    assert [row[-1] for row in figure["table"]["rows"]] == ["0", "2", "1", *["0"] * 5]
    assert len([n for n in figure["svg"]["in"] if n["at"].get("class") == "mark"]) == 2
    assert "A triangle at the bottom" in figure["caption"]


def test_her_question_is_nobody_s_to_fill(journal: Journal) -> None:
    """Braces in it stay as she wrote them; our own words in the same figure are filled."""
    scale = journal.save("own_scales", {"label": "How {he} <b>seems</b>"})
    for _ in range(2):
        own = [{"scale": scale, "asked": "x", "value": 5}]
        journal.save("checkins", {"lonely": 3, "longing": 4, "own": own})
        days_pass(journal, 7)
    shown = str(content("weeks", journal, wording_for({"pronouns": "she"})))
    assert "How {he} <b>seems</b>" in shown
    assert "Missing her" in shown
    assert "How she" not in shown


@pytest.mark.parametrize(("days", "says"), [(0, "from Monday 12 October,"), (1, "from Monday 12 October,")])
def test_until_two_weeks_are_there_the_next_date_is(journal: Journal, days: int, says: str) -> None:
    """An empty state with its date, and no figure."""
    check_in_for(journal, days)
    shown = content("weeks", journal, Wording())
    assert [block["kind"] for block in shown["blocks"]] == ["quiet"]
    assert says in shown["blocks"][0]["text"]


def test_no_figures_on_a_day_help_comes_first(journal: Journal) -> None:
    """Neither the weeks nor the guesses; what she chose stays readable. The day after, all of it."""
    check_in_for(journal, 10)
    journal.save("forecast", {"weeks": "two", "longing": 5, "due_date": "2026-10-10"})
    journal.save("checkins", {"pause_until": "2026-10-22"})
    for name in ("weeks", "guesses"):
        shown = content(name, journal, Wording())
        assert RESTS in words(shown)
        assert not blocks(shown, "figure") + blocks(shown, "table")
    days_pass(journal, 1)
    assert blocks(content("weeks", journal, Wording()), "figure")
    assert blocks(content("guesses", journal, Wording()), "table")


def test_every_choice_stands_with_how_it_was_and_why(sample: Journal) -> None:
    """As the function reads them; the reason in her words, drafts named as such."""
    shown = content("choices", sample, Wording())
    found = read_decisions(sample.table("decisions"), sample.table("checkins"), pd.Timestamp(LAST.date()))
    [history] = blocks(shown, "timeline")
    assert [(line["when"], line["felt"], line["what"]) for line in history["lines"]] == [
        (change.date, Wording().fill(change.state), change.because) for change in found.history
    ]
    assert [line["kind"] for line in history["lines"]] == ["I have not decided, early", "try, a draft", "not yet"]
    assert [block["text"] for block in blocks(shown, "text")] == [found.sentence, found.review]


def test_then_and_now_stand_side_by_side_without_a_draft(sample: Journal) -> None:
    """The first choice and the one that holds; no arrow, no difference worked out."""
    [table] = blocks(content("choices", sample, Wording()), "table")
    assert table["head"] == ["Then and now", "Monday 5 October", "Monday 26 October"]
    assert table["rows"] == [
        ["Your choice", "I have not decided", "not yet"],
        ["Lonely", "6", "5"],
        ["Missing him", "8", "7"],
        ["How hard", "6", "5"],
    ]


def test_one_choice_has_nothing_beside_it_and_none_has_a_way_there(journal: Journal) -> None:
    shown = content("choices", journal, Wording())
    assert [block["kind"] for block in shown["blocks"]] == ["quiet", "link"]
    journal.save("decisions", {"choice": "let_go"})
    shown = content("choices", journal, Wording())
    assert not blocks(shown, "table")
    assert [line["felt"] for line in blocks(shown, "timeline")[0]["lines"]] == ["no check-in before it that day"]


def test_of_many_choices_the_newest_stand_here_and_the_first_beside_them(journal: Journal) -> None:
    """A page of ten years stays short, and says that there is more."""
    for n in range(SHOWN + 5):
        journal.save("checkins", {"lonely": n % 10})
        journal.save("decisions", {"choice": "try" if n == 0 else "not_yet", "because": f"reason {n}"})
        days_pass(journal, 8)
    shown = content("choices", journal, Wording())
    [history], [table] = blocks(shown, "timeline"), blocks(shown, "table")
    assert [line["what"] for line in history["lines"]] == [f"reason {n}" for n in range(5, SHOWN + 5)]
    assert f"Only the newest {SHOWN} are shown here" in words(shown)
    assert table["rows"][:2] == [["Your choice", "try", "not yet"], ["Lonely", "0", str((SHOWN + 4) % 10)]]


def test_guesses_stand_beside_what_came(sample: Journal) -> None:
    """Figure and table as the function scores them, with the sentence about how far off they were, and the next day."""
    shown = content("guesses", sample, Wording())
    today = pd.Timestamp(LAST.date())
    found = [g for g in guesses(sample.table("forecast"), sample.table("checkins"), today) if g.over]
    missing, hard = blocks(shown, "figure")
    for figure, scale in ((missing, "longing"), (hard, "distress")):
        scores = [getattr(guess, scale) for guess in found]
        assert [y for _, y, _ in drawn(figure, "circle")] == [pytest.approx(s.actual, abs=0.06) for s in scores]
        assert [y for _, y, _ in drawn(figure, "rect")] == [s.guessed for s in scores]
        assert [row[1] for row in figure["table"]["rows"]] == [str(s.guessed) for s in scores]
    said = [block["text"] for block in blocks(shown, "text")]
    both = running_error(found)
    assert all(
        sentence.removeprefix("Of your guesses whose days are over, ").rstrip(".") in Wording().fill(both)
        for sentence in said[:2]
    )
    assert said[-1] == "The next guess can be checked on Wednesday 25 November."


def test_a_guess_with_too_few_check_ins_says_so(journal: Journal) -> None:
    """It is not scored, and what would still count is named."""
    journal.save("forecast", {"weeks": "two", "longing": 5, "due_date": "2026-10-05"})
    shown = content("guesses", journal, Wording())
    [table] = blocks(shown, "table")
    assert table["rows"] == [["Monday 5 October", "5", "not scored: fewer than two check-ins around that day"]]
    assert "For Monday 5 October, check-ins up to Thursday 8 October still count." in words(shown)


@pytest.mark.parametrize(
    ("due", "says"),
    [
        (None, "can be checked from Monday 19 October."),
        ("2026-10-19", "first guess can be checked on Monday 19 October"),
    ],
)
def test_before_a_guess_is_due_its_day_is_said(journal: Journal, due: str | None, says: str) -> None:
    """Although the guess card is no core exercise, the page for looking back says what will appear here."""
    if due:
        journal.save("forecast", {"weeks": "two", "distress": 5, "due_date": due})
    shown = content("guesses", journal, Wording())
    assert shown["blocks"][0]["kind"] == "quiet"
    assert says in shown["blocks"][0]["text"]


def test_a_page_over_many_years_reads_the_days_it_shows(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Check-ins are the table that grows: no reading of this page asks for all of them."""
    check_in_for(journal, 60)
    for days in (0, 8):
        days_pass(journal, days)
        journal.save("decisions", {"choice": "not_yet"})
        due = (journal.clock.now().date() + dt.timedelta(days=days - 4)).isoformat()
        journal.save("forecast", {"weeks": "two", "longing": 5, "due_date": due})
    asked = []
    entries = Journal.entries

    def noted(self: Journal, table: str, **how: Any) -> Any:
        asked.append((table, how.get("on")))
        return entries(self, table, **how)

    monkeypatch.setattr(Journal, "entries", noted)
    for name in ("weeks", "choices", "guesses"):
        content(name, journal, Wording())
    days = [on for table, on in asked if table == "checkins"]
    assert days
    assert all(on is not None and len(on) <= 26 * 7 for on in days)


def test_contact_and_mood_are_what_the_reading_returns_sentence_and_table_alike(sample: Journal) -> None:
    found = after_contact(sample.table("contacts"), sample.table("checkins"))
    shown = content("contact-mood", sample, Wording())
    assert [block["text"] for block in blocks(shown, "text")] == [Wording().fill(said) for said in found.sentences]
    [table] = blocks(shown, "table")
    assert [row[1:] for row in table["rows"]] == [
        [cell(c.near, c.n_near), cell(c.other, c.n_other)] for c in found.compared
    ]
    assert len(found.compared) == 2
    assert shown["cannot_tell"].startswith("Whether contact is why.")


def test_contact_and_mood_wait_for_enough_days(journal: Journal) -> None:
    """Nothing logged, then too few days: never a mean of two days."""
    assert "will appear here" in plain(content("contact-mood", journal, Wording()))
    check_in_for(journal, 4)
    moment = journal.clock.now() - dt.timedelta(hours=3)
    journal.save("contacts", {"dir": "in", "when": moment, "tone": "neutral"})
    shown = plain(content("contact-mood", journal, Wording()))
    assert "once 3 of them, or days right after, and 3 other days have a check-in" in shown
    assert "average" not in shown
