"""5.1 After contact: how the days of contact and the days after went, beside the others. A description, no cause."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from .what_ifs import contact_days, days_left_out
from .words import count

FEWEST = 3  # days on either side, under which no mean is said
SCALES = {"distress": "how hard it was", "longing": "how much you missed {him}"}
LIMITS = (
    "Whether contact is why. The days of contact may have been other days in other ways too, and a hard day may come "
    "before a message as well as after it."
)
COLUMNS = ("local_date", *SCALES)  # of her check-ins, what is read


@dataclass(frozen=True)
class Compared:
    """Means of one scale, 0-10, over `n_near` days of contact or right after, and over the `n_other` days."""

    scale: str
    near: float
    n_near: int
    other: float
    n_other: int


@dataclass(frozen=True)
class AfterContact:
    """`compared`: a scale is left out with fewer than FEWEST days on a side. `felt`: the middle of `n_felt` answers."""

    compared: tuple[Compared, ...]
    felt: float | None
    n_felt: int
    sentences: tuple[str, ...]


def after_contact(contacts: pd.DataFrame, checkins: pd.DataFrame) -> AfterContact:
    """Compare her check-ins on the days of contact and the days after with all others; each day counts once.

    contacts: `when` (datetime64, UTC), `tz` (IANA name), `felt_after` (Int64, -5 to 5); necessary ones are among them,
    they have their price too. checkins: `local_date` (datetime64), `distress`, `longing` (Int64, 0-10). NA is skipped.
    """
    near_days = days_left_out("after_contact", checkins, contact_days(pd.DataFrame(), contacts))
    rows = checkins.reindex(columns=list(COLUMNS))
    rows = rows.assign(local_date=pd.to_datetime(rows["local_date"]))
    daily = rows.groupby("local_date")[list(SCALES)].mean()
    is_near = daily.index.isin(pd.to_datetime(list(near_days)))
    found = [_compared(scale, daily.loc[is_near, scale], daily.loc[~is_near, scale]) for scale in SCALES]
    compared = tuple(c for c in found if c is not None)
    felt = contacts.reindex(columns=["felt_after"])["felt_after"].dropna().astype(float)
    middle = float(felt.median()) if len(felt) >= FEWEST else None
    said = [_sentence(c) for c in compared] + ([_felt(middle, len(felt))] if middle is not None else [])
    return AfterContact(compared, middle, len(felt), tuple(said))


def _compared(scale: str, near: "pd.Series[Any]", other: "pd.Series[Any]") -> Compared | None:
    near, other = near.dropna().astype(float), other.dropna().astype(float)
    if min(len(near), len(other)) < FEWEST:
        return None
    return Compared(scale, float(near.mean()), len(near), float(other.mean()), len(other))


def _sentence(c: Compared) -> str:
    asked = SCALES[c.scale]
    near = f"{c.near:.1f} on average on the {c.n_near} days with a check-in that were days of contact or the day after"
    return f"{asked[0].upper()}{asked[1:]}, from 0 to 10: {near}, {c.other:.1f} on the {c.n_other} others."


def _felt(middle: float, n: int) -> str:
    return (
        f"Right afterwards you felt {_signed(middle)} at the middle of {count(n, 'answer', 'answers')}, from −5 to 5."
    )


def _signed(value: float) -> str:
    return f"{value:+.1f}".removesuffix(".0").replace("-", "−").replace("+0", "0")
