"""3.1 Steadiness: what she said of this hour, part by part."""

from dataclasses import dataclass

import pandas as pd

LITTLE = 3  # points of steadiness up to which it counts as a no; the gate does not ask for it


@dataclass(frozen=True)
class Steadiness:
    """`parts`: her answers in words; `has_no`: one of them is a no, which is a good answer too."""

    parts: tuple[str, ...]
    has_no: bool


def read_steadiness(steadiness: pd.DataFrame, today: pd.Timestamp) -> Steadiness | None:
    """What the newest answer of today says; None where there is none.

    steadiness: `local_date` (datetime64), `steady_now` (Int64, 0-10), `sober`, `rested` (boolean), newest row last; NA
    is not answered, and left out.
    """
    rows = steadiness[steadiness["local_date"] == today]
    if rows.empty:
        return None
    row = rows.iloc[-1]
    answers = {name: None if pd.isna(row[name]) else row[name] for name in ("steady_now", "sober", "rested")}
    points = answers["steady_now"]
    parts = [f"steady {points} of 10"] if points is not None else []
    parts += [f"{'' if answers[name] else 'not '}{name}" for name in ("sober", "rested") if answers[name] is not None]
    has_no = (points is not None and points <= LITTLE) or any(part.startswith("not ") for part in parts)
    return Steadiness(tuple(parts), has_no)
