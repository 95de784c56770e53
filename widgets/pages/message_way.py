"""Whether a message may be written now, and what is said in its place where it may not."""

from typing import Any

import pandas as pd

from widgets.journal import Journal
from widgets.readings.safety import routes
from widgets.readings.words import day

from .branches import way_now

START, BOARD, TERMS = "00-begin.ipynb", "02-lonely-or-love.ipynb#Decide", "05-his-terms.ipynb"
REASONS = {
    "no_contact": "There is no message here: {he} asked for no contact.",
    "blocked": "There is no message here: {he} blocked you.",
    "legal_order": "There is no message here: there is an order.",
}
UNANSWERED = "There is no message here before the questions of A safe start are answered:"
UNSAID = "There is no message here, because of what was answered, or left open, on A safe start:"
BY_CHOICE = {
    "undecided": "There is no message here while nothing is chosen; it is for someone who chose to try:",
    "not_yet": "There is no message here while it is not yet; that can be changed at any time:",
    "let_go": "There is no message here, because you chose to let go; that can be changed at any time:",
}
CONTACTS = "contacts"

Said = tuple[str, str, str]  # the one sentence, the words of its link, where that goes; the last two may be empty


def instead_of_message(journal: Journal) -> Said | None:
    """The one sentence that says why there is no message; None where one may be written."""
    return _by_safety(journal) or _by_choice(journal)


def may_write(journal: Journal) -> bool:
    """Whether a message may be written now. Whether it may leave is for the gate to say."""
    return instead_of_message(journal) is None


def contacts(journal: Journal) -> pd.DataFrame:
    """Every revision of the log of contact; no row where the workbook has no such log."""
    return journal.history(CONTACTS) if CONTACTS in journal.catalogue.tables else pd.DataFrame()


def has_somebody(journal: Journal) -> bool:
    """Whether she knows that he is with somebody else: what she said last, on A safe start or in the log of contact."""
    tables = [name for name in ("safety", CONTACTS) if name in journal.catalogue.tables]
    said = [entry for name in tables for entry in journal.entries(name) if entry.answers.get("new_partner") is not None]
    return bool(said) and bool(max(said, key=lambda entry: entry.saved_utc).answers["new_partner"])


def _by_safety(journal: Journal) -> Said | None:
    today = pd.Timestamp(journal.clock.now().date())
    safety = journal.table("safety")
    found = routes(safety, today)
    if found.state == "unanswered":
        return UNANSWERED, "Start", START
    if found.state == "closed":
        reason: Any = safety.iloc[-1]["route_reason"]
        return (UNSAID, "Start", START) if pd.isna(reason) else (REASONS[str(reason)], "", "")
    if found.state == "space":
        until = "until {he} {writes|write}" if found.until is None else f"until {day(found.until, today)}"
        return f"There is no message here {until}: {{he}} asked for space.", "", ""
    return None


def _by_choice(journal: Journal) -> Said | None:
    said = BY_CHOICE.get(way_now(journal))
    return (said, "Lonely or love", BOARD) if said else None
