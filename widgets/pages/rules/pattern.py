"""Rules of the pattern's runs: what is kept of each look at the pattern."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from widgets.catalogue import Exercise
from widgets.journal import Journal, Tables
from widgets.readings.checkins import rests_on
from widgets.readings.what_ifs import contact_days, days_left_out

from ..lately import CHECKINS, fresh
from .base import Answers, Rules

if TYPE_CHECKING:
    from widgets.readings.pattern import Pattern

RUNS = "pattern_runs"
CONTACT = ("timeline", "contacts")  # the tables that tell of contact
RESTS = "The figures rest today. What you wrote is kept, and they will be back tomorrow."
TOO_FEW = "There is nothing to leave out yet: a summary starts at eight days."


class PatternRun(Rules):
    """A look with some days left out: where there is a pattern, and not on the day help comes first."""

    holds_words = False

    @classmethod
    def asks(cls, exercise: Exercise, tables: Tables) -> bool:
        return super().asks(exercise, tables) and not (_rests(tables) or _are_too_few(tables))

    def prepared(self, answers: Answers, before: Mapping[str, Any] | None) -> Answers:
        return super().prepared(answers | figures(read(self.journal, answers["options"] or ())), before)

    def faults(self, answers: Answers, others: Sequence[Mapping[str, Any]]) -> dict[str, str]:
        if _rests(self.journal):
            return {"options": RESTS}
        if _are_too_few(self.journal):
            return {"options": TOO_FEW}
        return super().faults(answers, others)


def _rests(tables: Tables) -> bool:
    return rests_on(fresh(tables), tables.clock.now().date())


def _are_too_few(tables: Tables) -> bool:
    return read(tables).stage == "entries"


def left_out(journal: Tables, options: Iterable[str]) -> set[dt.date]:
    """The local dates these options leave out."""
    if not (options := tuple(options)):
        return set()
    checkins, on = _days(journal), contact_on(journal)
    return {day for option in options for day in days_left_out(option, checkins, on)}


def contact_on(journal: Tables) -> frozenset[dt.date]:
    """The days on which there was contact, as far as their date is sure."""
    return contact_days(journal.table("timeline"), journal.table("contacts"))


def read(journal: Tables, options: Iterable[str] = (), driver: str = "lonely") -> "Pattern":
    """The pattern of her check-ins, without the days these options leave out."""
    from widgets.readings.pattern import read_pattern  # takes scipy along, which other pages do not wait for

    chosen = tuple(options)
    return journal.while_unchanged(
        ("pattern", driver, chosen),
        [CHECKINS, *(CONTACT if chosen else ())],
        lambda: read_pattern(_days(journal), driver=driver, leave_out=left_out(journal, chosen)),
    )


def _days(journal: Tables) -> pd.DataFrame:
    """Of all check-ins what the pattern needs, and its what-ifs."""
    return journal.table(CHECKINS, columns=("local_date", "lonely", "longing", "fear_single", "distress"))


def figures(found: "Pattern") -> Answers:
    """A pattern as the columns of a run."""
    slope, least = found.slope, found.least_lonely
    return {
        "driver": found.driver,
        "stage": found.stage,
        "n_days": found.days,
        "least_lonely_mean": least.mean if least else None,
        "least_lonely_n": least.n if least else None,
        "slope": slope.mean if slope else None,
        "lo": slope.low if slope else None,
        "hi": slope.high if slope else None,
        "p_pos": slope.p_positive if slope else None,
        "rho": found.rho,
        "claim": found.claim,
        "code_version": found.version,
    }


def record_run(journal: Journal) -> None:
    """Keep what the page says of all days, unless the newest such run says the same or there is nothing yet."""
    found = read(journal)
    if found.stage == "entries":
        return
    last = journal.newest(RUNS, suits=lambda entry: not entry.answers["options"])
    now = journal.catalogue.check(RUNS, figures(found))
    if last is None or last.answers != now:
        journal.save(RUNS, now)
