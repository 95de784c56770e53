"""The light over a journal: which tables it is asked with, said once, so that every page has the same answer."""

from typing import Any

from widgets.journal import Tables
from widgets.readings.pace import Light, light, sentence
from widgets.readings.review_day import ReviewDay, review_day

from .lately import choices_of_now, fresh
from .memory import remembered

CONTACTS, RULES, DRAFTS = "contacts", "pacing_rules", "drafts"


def asked_with(journal: Tables) -> dict[str, Any]:
    """What `light` and `sentence` are given. Of the log every revision: a milder second reading counts only later."""
    return {
        "contacts": journal.history(CONTACTS),
        "safety": journal.table("safety"),
        "now": journal.clock.now(),
        "rules": journal.table(RULES),
        "decisions": choices_of_now(journal),
        "drafts": journal.history(DRAFTS),
        "checkins": fresh(journal),
    }


@remembered
def light_now(journal: Tables) -> tuple[Light, str]:
    """The light and its sentence, as things stand."""
    tables = asked_with(journal)
    found = light(**tables)
    return found, sentence(found, **tables)


@remembered
def review_now(journal: Tables) -> ReviewDay | None:
    """The day for looking again that has come, or the next one."""
    tables = asked_with(journal)
    asked = {name: tables[name] for name in ("contacts", "safety", "now", "rules", "decisions")}
    return review_day(**asked, reviews=journal.table("reviews"))
