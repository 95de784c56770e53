"""Once `save` has returned, the entry survives kill -9; writers do not lose each other's rows."""

import os
import random
import signal
import sqlite3
import threading
import time
from pathlib import Path

from tests.journal.conftest import Child, Opener
from widgets.catalogue import Catalogue
from widgets.journal import open_journal


def keep_writing(place: Path, catalogue: Catalogue) -> None:
    """Save, draft, revise, for ever; a line for each save and each revision once it has returned."""
    journal = open_journal(f"sqlite:///{place}", catalogue=catalogue)
    while True:
        entry_id = journal.save("checkins", {"lonely": 0, "long": "x" * 3000})
        print(entry_id, flush=True)
        journal.keep_draft("check-in", {"note": entry_id})
        print(entry_id, journal.revise(entry_id, {"lonely": 10}), flush=True)


def test_no_acknowledged_row_is_lost_to_kill_9(place: Path, catalogue: Catalogue, opened: Opener) -> None:
    """Two writers on one file, killed at different random moments, five times over; the file is then as they said."""
    moments = random.Random(2)
    saved: set[str] = set()
    revised: set[str] = set()
    for _ in range(5):
        writers = [Child(lambda: keep_writing(place, catalogue)) for _ in range(2)]
        told = [writer.output.readline() for writer in writers]
        for writer in writers:
            time.sleep(moments.uniform(0, 0.15))
            os.kill(writer.pid, signal.SIGKILL)
        for writer, first in zip(writers, told, strict=True):
            lines = first + writer.finish()
            whole = [line.split() for line in lines.splitlines(keepends=True) if line.endswith("\n")]
            saved |= {words[0] for words in whole}
            revised |= {words[0] for words in whole if len(words) == 2}
    assert revised
    journal = opened()
    health = journal.check()
    assert health.sound
    assert not health.spoilt
    current = {entry.entry_id: entry for entry in journal.entries("checkins")}
    assert saved <= set(current)
    assert all(current[entry_id].answers["lonely"] == 10 for entry_id in revised)
    draft = journal.draft("check-in")
    assert draft is not None
    assert draft.answers["note"] in current


def test_a_new_journal_may_be_opened_by_several_pages_at_once(
    place: Path, catalogue: Catalogue, opened: Opener
) -> None:
    def open_and_save(number: int) -> None:
        open_journal(f"sqlite:///{place}", catalogue=catalogue).save("boxes", {"item": str(number)})
        print("saved")

    pages = [Child(lambda number=number: open_and_save(number)) for number in range(4)]
    assert [page.finish() for page in pages] == ["saved\n"] * 4
    assert sorted(opened().table("boxes")["item"]) == list("0123")


def test_threads_of_one_page_do_not_lose_rows(opened: Opener) -> None:
    journal = opened()
    failures: list[Exception] = []

    def save(number: int) -> None:
        try:
            for turn in range(10):
                journal.save("boxes", {"item": f"{number} {turn}"})
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=save, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert journal.table("boxes")["item"].nunique() == 40


def test_a_log_that_was_deleted_from_under_the_journal_costs_no_row(
    opened: Opener, place: Path, catalogue: Catalogue
) -> None:
    """Python's own SQLite, used in the same process, takes itself for the last one there and clears the log away.

    Before the journal writes again, another page has written, and closed.
    """
    hear, say = os.pipe()

    def wait_then_save() -> None:
        os.read(hear, 1)
        other = open_journal(f"sqlite:///{place}", catalogue=catalogue)
        for number in range(20):
            other.save("boxes", {"item": f"another page {number}"})
        other.close()

    page = Child(wait_then_save)
    journal = opened()
    journal.save("boxes", {"item": "one"})
    with sqlite3.connect(place) as analysis:
        analysis.execute("SELECT count(*) FROM v_boxes").fetchone()
    analysis.close()
    assert not place.with_name("journal.sqlite-wal").exists()
    os.write(say, b".")
    page.finish()
    journal.save("boxes", {"item": "two"})
    assert len(journal.table("boxes")) == 22
    journal.close()
    again = opened()
    assert len(again.table("boxes")) == 22
    assert again.check().sound
