"""2.4 Old problems audit: the reasons of then, and of which a change was shown often."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .text_rules import mentions
from .words import count, text


@dataclass(frozen=True)
class Reason:
    """One reason, `evidence` and `need_instead` "" if unsaid; None where not answered.

    `whose`: mine, his, both, outside; `changed`: no, said, shown_once, shown_often, cannot_know.
    """

    reason: str
    whose: str | None
    changed: str | None
    evidence: str
    deal_breaker: bool | None
    need_instead: str

    @property
    def is_open(self) -> bool:
        """A deal-breaker of which she does not say that a change was shown often; "cannot know" is not that either."""
        return self.deal_breaker is True and self.changed != "shown_often"


@dataclass(frozen=True)
class Audit:
    """The reasons, open deal-breakers first; `mentions_harm`: wording to offer the safe start again, no finding.

    `sentence` counts them; `changes` says of how many deal-breakers a change was shown often, "" where there is none.
    """

    rows: tuple[Reason, ...]
    sentence: str
    changes: str
    mentions_harm: bool


def read_audit(audit: pd.DataFrame, harm_patterns: Iterable[str]) -> Audit:
    """Order and count the reasons, and look for wording about being hurt, controlled or afraid.

    audit: `reason` (string; rows without one are left out), `whose`, `changed` (codes), `evidence`, `need_instead`
    (string), `deal_breaker` (boolean), in the order written; NA anywhere. harm_patterns: regular expressions over
    plain lower-case text.
    """
    columns = audit.reindex(columns=["reason", "whose", "changed", "evidence", "deal_breaker", "need_instead"])
    rows = [_reason(*values) for values in columns.dropna(subset=["reason"]).itertuples(index=False)]
    patterns = tuple(harm_patterns)
    harm = any(mentions(said, patterns) for row in rows for said in (row.reason, row.evidence))
    return Audit(tuple(sorted(rows, key=lambda row: not row.is_open)), _sentence(rows), _changes(rows), harm)


def _reason(reason: Any, whose: Any, changed: Any, evidence: Any, deal_breaker: Any, need: Any) -> Reason:
    whose, changed = (None if pd.isna(code) else str(code) for code in (whose, changed))
    breaks = None if pd.isna(deal_breaker) else bool(deal_breaker)
    return Reason(text(reason), whose, changed, text(evidence), breaks, text(need))


def _sentence(rows: list[Reason]) -> str:
    if not rows:
        return ""
    reasons = count(len(rows), "reason", "reasons")
    breakers = sum(row.deal_breaker is True for row in rows)
    if not breakers:
        return f"{reasons}, none marked as one you could not live with again."
    marked = count(breakers, "marked as one", "marked as ones")
    return f"{reasons}, {marked} you could not live with again."


def _changes(rows: list[Reason]) -> str:
    breakers, still_open = sum(row.deal_breaker is True for row in rows), sum(row.is_open for row in rows)
    if not breakers:
        return ""
    if still_open == 0:
        of = {1: "For it", 2: "For both"}.get(breakers, "For all of them")
        return f"{of} you say that a change was shown often."
    if still_open == breakers:
        of = {1: "For it you do not", 2: "For neither do you"}.get(breakers, "For none of them do you")
        return f"{of} say that a change was shown often."
    other = "the other" if breakers == 2 else _words(still_open)
    return f"For {_words(breakers - still_open)} you say that a change was shown often, for {other} you do not."


def _words(number: int) -> str:
    return "one" if number == 1 else str(number)
