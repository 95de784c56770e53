"""Whether a message may be written and may leave now, and what is said in its place where none may be written."""

from typing import Any

import pandas as pd

from widgets.journal import Tables
from widgets.readings.at_the_gate import Stand, read_gate, standing_reasons
from widgets.readings.pace import closing_rules
from widgets.readings.readiness import Gate, gate
from widgets.readings.rereading import is_due
from widgets.readings.safety import routes
from widgets.readings.words import day

from .branches import way_now
from .lately import choices_of_now, with_versions
from .memory import remembered

START, TERMS = "00-begin.ipynb", "05-his-terms.ipynb"
THE_LIGHT = "05-his-terms.ipynb#reading-light"
REASONS = {
    "no_contact": "There is no message here: {he} asked for no contact.",
    "blocked": "There is no message here: {he} blocked you.",
    "legal_order": "There is no message here: there is an order.",
}
UNANSWERED = "Whether there is a message here depends on the questions of A safe start:"
UNSAID = "There is no message here, because of what was answered, or left open, on A safe start:"
BY_CHOICE = {
    "undecided": "There is no message here while nothing is chosen.",
    "not_yet": "There is no message here, because you chose “not yet”.",
    "let_go": "There is no message here, because you chose to let go.",
}
LIGHT = "There is no message here while the light is closed. Why, and what would change that:"
FEW = 10  # of the answers to steadiness, of which only the newest says anything
CONTACTS, PACING = "contacts", "pacing_rules"
NO = "R5"  # the rule of a closing sign

Said = tuple[str, str, str]  # the one sentence, the words of its link, where that goes; the last two may be empty


@remembered
def instead_of_message(journal: Tables) -> Said | None:
    """The one sentence that says why there is no message; None where one may be written."""
    return _by_safety(journal) or _by_choice(journal) or _by_light(journal)


def may_write(journal: Tables) -> bool:
    """Whether a message may be written now. Whether it may leave is for the gate to say."""
    return instead_of_message(journal) is None


@remembered
def gate_now(journal: Tables) -> Gate:
    """The gate at this moment, before anything is set aside.

    Of the message and the log of contact it sees every revision: an edit and a milder reading are facts too. Of the
    check-ins it sees those of late: a pause outlives the answer that began it.
    """
    return gate(**_given(journal))


@remembered
def stand_now(journal: Tables) -> tuple[Gate, dict[str, str], Stand]:
    """The gate, her reasons that stand now, and how it stands with them."""
    found, now = gate_now(journal), journal.clock.now()
    reasons = standing_reasons(found, journal.table("gate_runs", on=[now.date()]), message_hash(journal), now.date())
    is_written = message_hash(journal) is not None
    return found, reasons, read_gate(found, reasons, now, _closing(found, journal), is_written=is_written)


def message_hash(journal: Tables) -> str | None:
    """The fingerprint of the message as it is saved; None where there is none."""
    written = journal.newest("drafts")
    return written.answers.get("sha256") if written else None


@remembered
def may_read_again(journal: Tables) -> bool:
    """Whether reading the message again would count now."""
    return message_hash(journal) is not None and is_due(**_given(journal))


def _closing(found: Gate, journal: Tables) -> frozenset[str]:
    """The items by which it is closed."""
    closes = {"G1": True, "G2": way_now(journal) != "try", "G7": is_light_closed(journal)}
    return frozenset(item.id for item in found.items if not item.holds and closes.get(item.id))


@remembered
def _given(journal: Tables) -> dict[str, Any]:
    return {
        "safety": journal.table("safety"),
        "decisions": choices_of_now(journal),
        "checkins": with_versions(journal),
        "steadiness": journal.table("steadiness", newest=FEW),
        "drafts": journal.history("drafts"),
        "replies": journal.table("replies"),
        "contacts": journal.history(CONTACTS),
        "now": journal.clock.now(),
        "rules": journal.table(PACING),
    }


def is_light_closed(journal: Tables) -> bool:
    """Whether the light is closed now. What it may wait for (an edit, a night, alcohol) is not asked."""
    return bool(_closing_rules(journal))


def he_said_no(journal: Tables) -> bool:
    """Whether a closing sign of his stands in the log."""
    return NO in _closing_rules(journal)


@remembered
def _closing_rules(journal: Tables) -> frozenset[str]:
    return closing_rules(
        journal.history(CONTACTS),
        journal.table("safety"),
        journal.clock.now(),
        journal.table(PACING),
        decisions=choices_of_now(journal),
    )


@remembered
def has_somebody(journal: Tables) -> bool:
    """Whether she knows that he is with somebody else: what she said last, on A safe start or in the log of contact."""
    both = [*journal.entries("safety"), *journal.entries(CONTACTS)]
    said = [entry for entry in both if entry.answers.get("new_partner") is not None]
    in_time = sorted(said, key=lambda entry: entry.saved_utc)
    return bool(in_time) and bool(in_time[-1].answers["new_partner"])


def _by_safety(journal: Tables) -> Said | None:
    today = pd.Timestamp(journal.clock.now().date())
    safety = journal.table("safety")
    found = routes(safety, today)
    if found.state == "unanswered":
        return UNANSWERED, "Start", START
    if found.state == "closed":
        reason: Any = safety.iloc[-1]["route_reason"]
        return (UNSAID, "Start", START) if pd.isna(reason) else (REASONS[str(reason)], "", "")
    if found.state == "space":
        until = ", and named no day" if found.until is None else f" until {day(found.until, today)}"
        return f"There is no message here: {{he}} asked for space{until}.", "", ""
    return None


def _by_choice(journal: Tables) -> Said | None:
    said = BY_CHOICE.get(way_now(journal))
    return (said, "", "") if said else None


def _by_light(journal: Tables) -> Said | None:
    return (LIGHT, "The light", THE_LIGHT) if is_light_closed(journal) else None
