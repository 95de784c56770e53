"""The numbers of the pacing rule. She may make each stricter; a looser one counts as the number that stands here."""

import numbers
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import pandas as pd

from ..tables import is_na

STRICTER_IS_MORE = ("his_starts", "quiet_to", "edit_hours")
FLOORS = {"least_exchanges": 1, "opener_days": 1, "review_days": 1}
HOURS = ("quiet_from", "quiet_to")


@dataclass(frozen=True)
class Limits:
    """R3: `unanswered` outbounds in a row. R4: `review_days` after which the review day comes.

    R6: `his_starts` before she starts, then `starts_a_week` of hers. R7: `her_share` of the exchanges, in per cent,
    from `least_exchanges` on. R8: quiet hours, `edit_hours` after an edit. R9: `opener_days`.
    """

    unanswered: float = 1
    review_days: float = 14
    his_starts: float = 2
    starts_a_week: float = 2
    her_share: float = 60
    least_exchanges: float = 4
    quiet_from: float = 21
    quiet_to: float = 8
    edit_hours: float = 24
    opener_days: float = 90


def limits(rules: Mapping[str, Any] | pd.DataFrame | None) -> Limits:
    """Her numbers where they are stricter, the rule's own where they are looser, NA or not given.

    rules: names of `Limits` -> numbers, or the table `pacing_rules` with these as columns (the row saved last counts,
    and what else it holds is ignored). ValueError names every unknown name and every value that is no number.
    """
    own = _row(rules)
    defaults = {field.name: float(field.default) for field in fields(Limits)}  # type: ignore[arg-type]
    unknown = [] if isinstance(rules, pd.DataFrame) else [str(name) for name in own if name not in defaults]
    given = {name: own[name] for name in defaults if name in own and not is_na(own[name])}
    wrong = [name for name, value in given.items() if not _makes_sense(name, value)]
    if unknown or wrong:
        faults = [f"no rule has a number named {', '.join(unknown)}"] if unknown else []
        faults += [f"{', '.join(wrong)} cannot be that"] if wrong else []
        raise ValueError(f"rules: {'; '.join(faults)}. The numbers are {', '.join(defaults)}.")
    kept = {name: _stricter(name, float(value), defaults[name]) for name, value in given.items()}
    found = Limits(**kept)
    if found.quiet_to >= found.quiet_from:
        raise ValueError("rules: quiet_from and quiet_to leave no hour of the day.")
    return found


def _row(rules: Mapping[str, Any] | pd.DataFrame | None) -> Mapping[str, Any]:
    if rules is None:
        return {}
    if not isinstance(rules, pd.DataFrame):
        return rules
    if rules.empty:
        return {}
    order = [name for name in ("saved_utc", "created_utc", "revision") if name in rules.columns]
    newest = rules.sort_values(order, kind="stable") if order else rules
    row: dict[str, Any] = {str(name): value for name, value in newest.iloc[-1].items()}
    return row


def _makes_sense(name: str, value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        return False
    number = float(value)
    return 0 <= number <= 24 if name in HOURS else FLOORS.get(name, 0) <= number < float("inf")


def _stricter(name: str, value: float, default: float) -> float:
    return max(value, default) if name in STRICTER_IS_MORE else min(value, default)
