"""What is saved stands; what replaces it is a new revision; nothing is ever overwritten."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from tests.journal.conftest import Opener, StoppedClock
from widgets.catalogue import InvalidEntry
from widgets.journal import ChangedElsewhere, Journal, UnknownEntry, UnknownTable


def lonely(journal: Journal) -> list[object]:
    return journal.table("checkins")["lonely"].to_list()


def test_an_entry_is_there_again_after_reopening(journal: Journal, opened: Opener) -> None:
    entry_id = journal.save("checkins", {"lonely": 0, "note": ""})
    journal.close()
    (entry,) = opened().entries("checkins")
    assert (entry.entry_id, entry.revision, entry.answers["lonely"], entry.answers["note"]) == (entry_id, 1, 0, "")
    assert entry.answers["felt"] is None


def test_the_same_save_sent_again_is_one_save(journal: Journal) -> None:
    for _ in range(2):
        assert journal.save("checkins", {"lonely": 3}, "a") == "a"
    journal.revise("a", {"lonely": 4})
    journal.save("checkins", {"lonely": 3}, "a")  # the first message, late
    assert len(journal.history("checkins")) == 2
    assert lonely(journal) == [4]


def test_an_id_that_stands_for_other_answers_is_not_taken_over(journal: Journal) -> None:
    journal.save("checkins", {"lonely": 3}, "a")
    with pytest.raises(ChangedElsewhere) as told:
        journal.save("checkins", {"lonely": 4}, "a")
    with pytest.raises(ChangedElsewhere):
        journal.save("boxes", {"item": "x"}, "a")
    assert told.value.entry.answers["lonely"] == 3
    assert lonely(journal) == [3]


def test_true_and_one_are_different_answers_and_zero_is_one(journal: Journal) -> None:
    entry_id = journal.save("checkins", {"lonely": 0, "note": "x"})
    assert journal.revise(entry_id, {"lonely": None, "note": "x"}) == 2
    assert journal.revise(entry_id, {"note": "x"}) == 2  # left out and NA are the same
    assert journal.revise(entry_id, {"note": "x", "lonely": 0}) == 3


def test_a_revision_on_what_was_read_goes_in_and_another_does_not(journal: Journal) -> None:
    entry_id = journal.save("checkins", {"lonely": 1})
    assert journal.revise(entry_id, {"lonely": 2}, seen=1) == 2
    assert journal.revise(entry_id, {"lonely": 2}, seen=1) == 2  # sent again
    with pytest.raises(ChangedElsewhere) as told:
        journal.revise(entry_id, {"lonely": 3}, seen=1)
    assert (told.value.entry.revision, told.value.entry.answers["lonely"]) == (2, 2)
    assert journal.revise(entry_id, {"lonely": 3}, seen=2) == 3
    assert len(journal.history("checkins")) == 3


def test_withdrawn_is_out_of_the_table_and_restored_is_back(journal: Journal) -> None:
    entry_id = journal.save("checkins", {"lonely": 1})
    journal.revise(entry_id, {"lonely": 2})
    for _ in range(2):
        journal.withdraw(entry_id)
    assert lonely(journal) == []
    assert journal.written_tables() == set()
    assert journal.history("checkins")["withdrawn"].to_list() == [False, False, True]
    for _ in range(2):
        journal.restore(entry_id, 1)
    assert lonely(journal) == [1]
    assert journal.history("checkins")["revision"].to_list() == [1, 2, 3, 4]


def test_a_revision_of_what_was_withdrawn_elsewhere_asks_first(journal: Journal) -> None:
    entry_id = journal.save("checkins", {"lonely": 1})
    journal.withdraw(entry_id)
    with pytest.raises(ChangedElsewhere) as told:
        journal.revise(entry_id, {"lonely": 1}, seen=1)
    assert told.value.entry.withdrawn
    journal.revise(entry_id, {"lonely": 1})
    assert lonely(journal) == [1]


def test_what_is_not_there_is_said(journal: Journal) -> None:
    entry_id = journal.save("checkins", {"lonely": 1})
    for wrong in (
        lambda: journal.revise("none", {"lonely": 1}),
        lambda: journal.withdraw("none"),
        lambda: journal.restore("none", 1),
        lambda: journal.restore(entry_id, 7),
    ):
        with pytest.raises(UnknownEntry):
            wrong()
    with pytest.raises(UnknownTable, match="checkins"):
        journal.table("chekins")
    with pytest.raises(UnknownTable):
        journal.save("decision_lines", {"words": "x"})


def test_answers_that_do_not_fit_leave_no_trace(journal: Journal) -> None:
    entry_id = journal.save("checkins", {"lonely": 1})
    with pytest.raises(InvalidEntry):
        journal.save("checkins", {"lonely": 11})
    with pytest.raises(InvalidEntry):
        journal.revise(entry_id, {"lonely": 11})
    assert len(journal.history("checkins")) == 1


def test_times_are_hers(journal: Journal, clock: StoppedClock) -> None:
    """Saved in UTC, with the day and the zone in which she wrote; a revision keeps the day of the entry."""
    entry_id = journal.save("checkins", {"lonely": 1})
    clock.turn(days=3)
    journal.revise(entry_id, {"lonely": 2})
    (entry,) = journal.entries("checkins")
    assert entry.created_utc == dt.datetime(2026, 11, 21, 23, 30, tzinfo=dt.UTC)
    assert entry.saved_utc == dt.datetime(2026, 11, 24, 23, 30, tzinfo=dt.UTC)
    assert (entry.local_date, entry.tz, entry.late) == (dt.date(2026, 11, 22), "Europe/Berlin", False)


def test_an_entry_about_an_earlier_day_is_late(journal: Journal) -> None:
    journal.save("checkins", {"lonely": 1}, on=dt.date(2026, 11, 20))
    (entry,) = journal.entries("checkins")
    assert (entry.local_date, entry.late) == (dt.date(2026, 11, 20), True)


def test_only_the_days_asked_for_are_read(journal: Journal, clock: StoppedClock) -> None:
    """What a page over many years draws: the current entries about these days, and rows inside them."""
    for days in range(4):
        clock.moment += dt.timedelta(days=1)
        entry = journal.save("decisions", {"choice": "try", "lines": [{"words": f"day {days}"}]})
    journal.withdraw(entry)
    about = [e.local_date for e in journal.entries("decisions")]
    rows = journal.table("decision_lines", on=[about[0], about[2], about[2] + dt.timedelta(days=1)])
    assert rows["words"].tolist() == ["day 0", "day 2"]
    assert journal.table("decisions", on=[]).empty


def test_one_entry_is_read_with_all_its_versions(journal: Journal) -> None:
    """Also one that was withdrawn; of an entry that is not there, none."""
    entry = journal.save("boxes", {"item": "one"})
    journal.revise(entry, {"item": "two"})
    journal.withdraw(entry)
    found = [(e.revision, e.answers["item"], e.withdrawn) for e in journal.revisions(entry)]
    assert found == [(1, "one", False), (2, "two", False), (3, "two", True)]
    assert journal.revisions("nothing") == []


def test_the_decision_of_the_moment_is_kept_with_each_revision(journal: Journal, clock: StoppedClock) -> None:
    entry_id = journal.save("checkins", {"lonely": 1})
    decision = journal.save("decisions", {"choice": "try"})
    clock.turn(hours=1)
    journal.save("decisions", {"choice": "let_go", "draft": True})
    journal.revise(entry_id, {"lonely": 2})
    journal.withdraw(decision)
    journal.save("checkins", {"lonely": 3})
    branches = journal.history("checkins")["branch_then"]
    assert branches.to_list() == ["undecided", "try", "undecided"]
    assert list(branches.cat.categories) == ["undecided", "try", "not_yet", "let_go"]


def test_entries_stand_oldest_first_also_when_the_clock_stands_still(journal: Journal) -> None:
    ids = [journal.save("checkins", {"lonely": n}) for n in range(5)]
    journal.revise(ids[0], {"lonely": 9})
    assert [e.entry_id for e in journal.entries("checkins")] == ids


def test_travel_changes_the_zone_of_new_entries_only(journal: Journal, clock: StoppedClock) -> None:
    journal.save("checkins", {"lonely": 1})
    clock.moment = clock.moment.astimezone(ZoneInfo("America/New_York"))
    journal.save("checkins", {"lonely": 2})
    frame = journal.table("checkins")
    assert frame["tz"].to_list() == ["Europe/Berlin", "America/New_York"]
    assert frame["local_date"].dt.day.to_list() == [22, 21]


def test_a_draft_is_kept_by_exercise_and_says_who_kept_it(journal: Journal, opened: Opener) -> None:
    other = opened()
    journal.keep_draft("boxes", {"item": "half a wor", "_row": "x"}, writer="one")
    other.keep_draft("boxes", {"item": "another"}, writer="two")
    kept = journal.draft("boxes")
    assert kept is not None
    assert (kept.answers, kept.writer) == ({"item": "another"}, "two")
    assert kept.kept_utc == dt.datetime(2026, 11, 21, 23, 30, tzinfo=dt.UTC)
    assert journal.draft("check-in") is None
    journal.drop_draft("boxes")
    journal.drop_draft("boxes")
    assert other.draft("boxes") is None
    assert journal.entries("boxes") == []


def test_nothing_printed_by_accident_shows_her_words(journal: Journal) -> None:
    journal.save("boxes", {"item": "hortensia"})
    journal.keep_draft("boxes", {"item": "hortensia"})
    assert "hortensia" not in repr([journal, journal.entries("boxes"), journal.draft("boxes")])


def test_half_a_sign_keeps_no_draft_from_being_kept(journal: Journal) -> None:
    """A field that is cut at its longest may end in half an emoji."""
    journal.keep_draft("boxes", {"item": "Gr\u00fc\u00dfe \ud83d"})
    draft = journal.draft("boxes")
    assert draft is not None
    assert draft.answers == {"item": "Gr\u00fc\u00dfe ?"}
