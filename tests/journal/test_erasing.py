"""Erased means gone from the bytes of the file and of its log; where it cannot be, it says so."""

import threading
from functools import partial
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2  # a second SQLite in one process would not see the first one's locks

from tests.journal.conftest import Opener
from widgets.journal import Journal, NotErased, sqlite

SECRET = "Hortensienstrasse siebzehn"


def places_of(secret: str, place: Path) -> list[str]:
    """Names of the journal's files that hold the words."""
    return [f.name for f in sorted(place.parent.iterdir()) if f.is_file() and secret.encode() in f.read_bytes()]


def write_and_erase(journal: Journal) -> str:
    journal.save("boxes", {"item": "stays"})
    entry_id = journal.save("boxes", {"item": f"{SECRET} {'x' * 9000}"})
    journal.revise(entry_id, {"item": f"{SECRET} again"})
    journal.withdraw(entry_id)
    journal.keep_draft("boxes", {"item": f"{SECRET} once more"})
    return entry_id


def test_no_byte_of_it_is_left(journal: Journal, place: Path) -> None:
    entry_id = write_and_erase(journal)
    assert places_of(SECRET, place)
    erased = journal.erase(entry_id)
    assert (erased.revisions, erased.backups) == (3, ())
    assert places_of(SECRET, place) == []
    assert journal.draft("boxes") is None
    assert journal.table("boxes")["item"].to_list() == ["stays"]
    assert len(journal.history("boxes")) == 1


def test_what_was_already_in_the_main_file_goes_too(journal: Journal, place: Path, opened: Opener) -> None:
    entry_id = write_and_erase(journal)
    journal.close()  # empties the log into the file
    assert places_of(SECRET, place) == ["journal.sqlite"]
    opened().erase(entry_id)
    assert places_of(SECRET, place) == []


def test_a_page_that_is_reading_delays_it(journal: Journal, place: Path) -> None:
    entry_id = write_and_erase(journal)
    reader = dbapi2.connect(place, check_same_thread=False, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM entries").fetchone()
    done = threading.Timer(0.3, reader.close)
    done.start()
    journal.erase(entry_id)
    done.join()
    assert places_of(SECRET, place) == []


def test_while_a_page_goes_on_reading_it_does_not_say_erased(
    journal: Journal, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry_id = write_and_erase(journal)
    reader = dbapi2.connect(place, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM entries").fetchone()
    monkeypatch.setattr(sqlite, "empty_log", partial(sqlite.empty_log, patience=0.1))
    with pytest.raises(NotErased, match="erase it again"):
        journal.erase(entry_id)
    assert places_of(SECRET, place)
    reader.close()
    journal.erase(entry_id)  # again, as the sentence says
    assert places_of(SECRET, place) == []


def test_backups_that_hold_it_are_named_and_left(journal: Journal, place: Path) -> None:
    journal.save("boxes", {"item": "before"})
    journal.backup()
    entry_id = journal.save("boxes", {"item": SECRET})
    holding = journal.backup()
    assert journal.erase(entry_id).backups == (holding,)
    assert SECRET.encode() in holding.read_bytes()
