"""1.5 Forecast card: what she expects, when it can be checked, and what came."""

import datetime as dt
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .words import day, number

WEEKS = {"two": 2, "four": 4, "eight": 8}
WINDOW = pd.Timedelta(days=3)  # check-ins this near the due day count
FEWEST = 2  # one check-in is an hour, not how it was
GUESSED = {"longing": "missing {him}", "distress": "how hard it would be"}


def due_date(weeks: str, today: dt.date) -> dt.date:
    """The day a guess made today can be checked. weeks: two, four or eight."""
    return today + dt.timedelta(weeks=WEEKS[weeks])


@dataclass(frozen=True)
class Score:
    """One scale of a guess, 0-10 points. `actual`: the median of `n` answers around the day, None under FEWEST."""

    guessed: int
    actual: float | None
    n: int

    @property
    def error(self) -> float | None:
        """Points that came less those guessed: below zero, the guess was darker."""
        return None if self.actual is None else self.actual - self.guessed


@dataclass(frozen=True)
class Guess:
    """One guess for a `date`; a scale she left out is None, so is `sure` (0-100). `due` and `until` in words.

    `over` once its day has come: then its scores speak of the check-ins so far, which count up to `until`. `final`
    once that day is past too.
    """

    date: pd.Timestamp
    due: str
    longing: Score | None
    distress: Score | None
    sure: int | None
    over: bool
    until: str
    final: bool


def days_asked(forecast: pd.DataFrame, today: pd.Timestamp) -> list[dt.date]:
    """The days whose check-ins say what came of the guesses that are over. forecast: as in `guesses`."""
    due = pd.to_datetime(forecast.reindex(columns=["due_date"])["due_date"]).dropna()
    days = {date + pd.Timedelta(days=n) for date in due[due <= today] for n in range(-WINDOW.days, WINDOW.days + 1)}
    return sorted(date.date() for date in days)


def guesses(forecast: pd.DataFrame, checkins: pd.DataFrame, today: pd.Timestamp) -> tuple[Guess, ...]:
    """Her guesses, the earliest day first, each scored by the check-ins around its day once that has come.

    forecast: `due_date` (datetime64), `longing`, `distress` (Int64, 0-10), `sure` (Int64, 0-100); NA is kept as None,
    rows without a day are left out. checkins: `local_date` (datetime64), `longing`, `distress` (Int64, 0-10, NA).
    """
    asked = forecast.reindex(columns=["due_date", *GUESSED, "sure"]).dropna(subset=["due_date"])
    rows = asked.assign(due_date=pd.to_datetime(asked["due_date"])).sort_values("due_date", kind="stable")
    answers = checkins.reindex(columns=["local_date", *GUESSED])
    answers = answers.assign(local_date=pd.to_datetime(answers["local_date"]))
    return tuple(_guess(row, answers, today) for row in rows.to_dict("records"))


def _guess(row: dict[Hashable, Any], answers: pd.DataFrame, today: pd.Timestamp) -> Guess:
    due = pd.Timestamp(row["due_date"])
    until, over = due + WINDOW, bool(due <= today)
    near = answers[answers["local_date"].between(due - WINDOW, until)] if over else answers.head(0)
    longing, distress = (_score(_whole(row[scale]), near[scale]) for scale in GUESSED)
    return Guess(
        due, day(due, today), longing, distress, _whole(row["sure"]), over, day(until, today), bool(until < today)
    )


def _score(guessed: int | None, near: "pd.Series[Any]") -> Score | None:
    if guessed is None:
        return None
    answers = near.dropna().astype(float)
    return Score(guessed, float(answers.median()) if len(answers) >= FEWEST else None, len(answers))


def running_error(guesses: Iterable[Guess]) -> str:
    """How far her final guesses were off so far, and how many were darker than what came; "" while none is scored."""
    final = [guess for guess in guesses if guess.final]
    scores = {"longing": [guess.longing for guess in final], "distress": [guess.distress for guess in final]}
    errors = {scale: [s.error for s in of if s and s.error is not None] for scale, of in scores.items()}
    parts = [_off(GUESSED[scale], of) for scale, of in errors.items() if of]
    return f"Of your guesses whose days are over, {'; '.join(parts)}." if parts else ""


def _off(about: str, errors: list[float]) -> str:
    off, darker = sum(map(abs, errors)) / len(errors), sum(error < 0 for error in errors)
    if len(errors) == 1:
        points = f"{number(off)} {'point' if off == 1 else 'points'}"
        return f"the one about {about} was off by {points} and {'' if darker else 'not '}darker than what came"
    return (
        f"the {'two' if len(errors) == 2 else len(errors)} about {about} were off by {off:.1f} points on average, "
        f"{_of_them(darker, len(errors))} darker than what came"
    )


def _of_them(some: int, all_of_them: int) -> str:
    if some == all_of_them:
        return "both" if some == 2 else "all of them"
    return f"{({0: 'none', 1: 'one'}).get(some, some)} of them"


def _whole(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)
