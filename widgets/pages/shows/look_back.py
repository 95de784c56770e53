"""What the page for looking back says: her weeks, her choices, her guesses."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from widgets.catalogue import Exercise, Wording
from widgets.controls.figures import lines
from widgets.journal import Tables
from widgets.readings.after_contact import COLUMNS, LIMITS, Compared, after_contact
from widgets.readings.after_contact import FEWEST as FEWEST_DAYS
from widgets.readings.after_contact import SCALES as MOODS
from widgets.readings.checkins import rests_on
from widgets.readings.decisions import SCALES, Change, read_decisions
from widgets.readings.forecast import GUESSED, Guess, Score, days_asked, running_error
from widgets.readings.forecast import guesses as read_guesses
from widgets.readings.weeks import FULL, Line, Week, Weeks, days_drawn, read_weeks
from widgets.readings.weeks import SCALES as DRAWN
from widgets.readings.words import count, day, number

from ..lately import fresh
from ..listening import choice_now
from ..rules.pattern import RESTS, contact_on
from .blocks import SOMEONE, Block, Hers, Shown, nothing, texts

SHOWN = 12  # choices and guesses at most; the rest is found by searching
FEWEST = 2  # guesses that make a figure
TOGETHER = 2  # scales in one figure
NO_ANSWER = "no answer"
BOARD, REVIEW = "02-lonely-or-love.ipynb#exercise-decision", "05-his-terms.ipynb#Looking-again"
GUESS_CARD = "01-what-happened.ipynb#exercise-forecast"
SOME = "Only the newest {shown} are shown here. The others can be found below, by searching."
CONTACT = " A triangle at the bottom: a week with contact."
WHY = "Why a week was as it was, or how the next one will be. A week with one or two answers is a glimpse."
TOO_FEW_DAYS = (
    f"How you were on days of contact can be shown here once {FEWEST_DAYS} of them, or days right after, and "
    f"{FEWEST_DAYS} other days have a check-in."
)
WHY_CONTACT = f"{WHY}\nWhether contact made a week what it was."


def weeks(exercise: Exercise, journal: Tables, wording: Wording, today: pd.Timestamp) -> Shown:
    """Each scale week by week, two in a figure."""
    on = days_drawn(today.date())
    checkins = journal.table("checkins", on=on, columns=("local_date", *DRAWN, "pause_until"))
    if rests_on(checkins, today.date()):
        return [*texts(RESTS), SOMEONE], ""
    own = journal.table("own_answers", on=on), journal.table("own_scales")
    found = read_weeks(checkins, *own, today, contact_on(journal))
    if found.waits:
        return nothing(found.waits), ""
    blocks: list[Block] = []
    for is_own in (False, True):
        drawn = [line for line in found.lines if line.own == is_own and line.is_drawn]
        for first in range(0, len(drawn), TOGETHER):
            together = drawn[first : first + TOGETHER]
            blocks += [*_said(together, wording), _weeks_figure(together, found, wording, today)]
    blocks += _said([line for line in found.lines if not line.is_drawn], wording)
    return blocks, WHY_CONTACT if any(found.contact) else WHY


def _said(some: Sequence[Line], wording: Wording) -> list[Block]:
    return texts(*(_as_is(line, line.sentence, wording) for line in some))


def _as_is(line: Line, sentence: str, wording: Wording) -> str:
    """A sentence with her question in it is filled by nobody."""
    return Hers(sentence) if line.own else wording.fill(sentence)


def _weeks_figure(some: Sequence[Line], found: Weeks, wording: Wording, today: pd.Timestamp) -> Block:
    names = [_name(line, wording) for line in some]
    marks = [f"{look}: {name}" for look, name in zip(("Dots and line", "Squares and dashes"), names, strict=False)]
    has_contact = any(found.contact)
    caption = f"{'. '.join(marks)}. Filled: {FULL} days or more with an answer." + CONTACT * has_contact
    rows = []
    for n, monday in enumerate(found.mondays):
        contact = [str(found.contact[n])] if has_contact else []
        rows.append([day(monday, today), *(_mean(line.weeks[n]) for line in some), *contact])
    head = ["Week from", *map(Hers, names), *["Days of contact"] * has_contact]
    return lines(
        series=[[_point(week) for week in line.weeks] for line in some],
        marks=[bool(days) for days in found.contact],
        ends=(f"week of {_short(found.mondays[0])}", _short(found.mondays[-1])),
        title=Hers(f"{' and '.join(names)}, {count(len(found.mondays), 'week', 'weeks')}"),
        description=Hers(" ".join(_as_is(line, line.sentence, wording) for line in some)),
        caption=Hers(caption),
        y_name="Mean of the week, 0 to 10",
        table={"caption": "The weeks of the figure, each with its mean from 0 to 10", "head": head, "rows": rows},
    )


def _name(line: Line, wording: Wording) -> str:
    return f"“{line.name}”" if line.own else wording.fill(line.name)


def _point(week: Week) -> tuple[float, bool] | None:
    return None if week.mean is None else (week.mean, week.days >= FULL)


def _mean(week: Week) -> str:
    return NO_ANSWER if week.mean is None else _mean_of(week.mean, week.days)


def _mean_of(mean: float, days: int) -> str:
    return f"{mean:.1f} ({count(days, 'day', 'days')})"


def _short(date: pd.Timestamp) -> str:
    return f"{date.day} {date.month_name()}"


def contact_mood(exercise: Exercise, journal: Tables, wording: Wording, today: pd.Timestamp) -> Shown:
    """Her days of contact and right after beside her other days, as on “His terms”, with the numbers in a table."""
    if rests_on(fresh(journal), today.date()):
        return [], ""
    contacts = journal.table("contacts")
    if contacts.empty:
        return nothing("How you were on days of contact, beside your other days, will appear here."), ""
    found = after_contact(contacts, journal.table("checkins", columns=COLUMNS))
    if not found.sentences:
        return nothing(TOO_FEW_DAYS), ""
    return [*texts(*found.sentences), *_moods(found.compared)], LIMITS if found.compared else ""


def _moods(compared: Sequence[Compared]) -> list[Block]:
    rows = [[_mood(c.scale), _mean_of(c.near, c.n_near), _mean_of(c.other, c.n_other)] for c in compared]
    head = ["From 0 to 10", "Days of contact, or right after", "Other days"]
    return [{"kind": "table", "caption": "Means of your check-ins", "head": head, "rows": rows}] if rows else []


def _mood(scale: str) -> str:
    return MOODS[scale][0].upper() + MOODS[scale][1:]


def choices(exercise: Exercise, journal: Tables, wording: Wording, today: pd.Timestamp) -> Shown:
    """Every choice with how it was and why; the first and the newest side by side."""
    decisions = journal.table("decisions")
    on = {date.date() for date in [*decisions["local_date"].head(1), *decisions["local_date"].tail(SHOWN)]}
    found = read_decisions(decisions, journal.table("checkins", on=on), today)
    if not found.history:
        words = "From your first choice, each one appears here with its day and with how it was."
        return [*nothing(words), _link("A choice for now is made here:", "Lonely or love", BOARD)], ""
    labels = exercise.item("choice").choices
    newest = found.history[-SHOWN:]
    told = [_choice(change, labels) for change in newest]
    again = [
        _link("You can decide again here:", "Lonely or love", BOARD),
        _link("The day for looking again is here:", "His terms", REVIEW),
    ]
    blocks = [
        *texts(choice_now(journal, found, today), found.review),
        *again,
        {"kind": "timeline", "lines": told, "key": []},
    ]
    blocks += texts(SOME.format(shown=SHOWN) if len(found.history) > SHOWN else "")
    made = [change for change in (found.history[0], *newest) if not change.draft]
    if len({change.entry_id for change in made}) > 1:
        blocks.append(_side_by_side(made[0], made[-1], labels))
    return blocks, "Which of them is right. A hard hour and a calm one may choose differently."


def _choice(change: Change, labels: dict[str, str]) -> dict[str, Any]:
    kind = labels[change.choice] + ", early" * change.early + ", a draft" * change.draft
    return {"side": "neither", "when": change.when, "kind": kind, "felt": change.state, "what": Hers(change.because)}


def _side_by_side(then: Change, now: Change, labels: dict[str, str]) -> Block:
    rows = [["Your choice", labels[then.choice], labels[now.choice]]]
    for scale, name in SCALES.items():
        points = [dict(change.answers).get(scale) for change in (then, now)]
        rows.append([name[0].upper() + name[1:], *(NO_ANSWER if p is None else number(p) for p in points)])
    head = ["Then and now", then.when, now.when]
    return {"kind": "table", "caption": "Your first choice beside the one that holds now", "head": head, "rows": rows}


def guesses(exercise: Exercise, journal: Tables, wording: Wording, today: pd.Timestamp) -> Shown:
    """What she guessed beside what came, and the day of the next one."""
    forecast = journal.table("forecast")
    checkins = journal.table("checkins", on=days_asked(forecast, today))
    if rests_on(journal.table("checkins", on=[today.date()]), today.date()):
        return texts(RESTS), ""
    found = read_guesses(forecast, checkins, today)
    over = [guess for guess in found if guess.over]
    following = next((f"The next guess can be checked on {guess.due}." for guess in found if not guess.over), "")
    if not found:
        first = day(today + pd.Timedelta(weeks=2), today)
        words = f"Guesses appear here beside what came. One made today can be checked from {first}."
        return [*nothing(words), _link("A guess is made here:", "What happened", GUESS_CARD)], ""
    if not over:
        return nothing(following.replace("next", "first")), ""
    blocks: list[Block] = []
    for scale in GUESSED:
        alone = [_about(guess, scale) for guess in over]
        blocks += [*texts(running_error(alone)), *_guessed(scale, [guess for guess in alone if _score(guess, scale)])]
    return [*blocks, *texts(_still_open(over), following)], "How it will be next time."


def _about(guess: Guess, scale: str) -> Guess:
    """The guess as if she had made it about this scale only."""
    return replace(guess, distress=None) if scale == "longing" else replace(guess, longing=None)


def _score(guess: Guess, scale: str) -> Score | None:
    return guess.longing if scale == "longing" else guess.distress


def _guessed(scale: str, about: Sequence[Guess]) -> list[Block]:
    """The newest guesses about one scale as a figure, as a table where too few of them are scored for one."""
    scored = [(guess, score) for guess in about[-SHOWN:] if (score := _score(guess, scale))]
    if not scored:
        return []
    name = GUESSED[scale][0].upper() + GUESSED[scale][1:]
    rows = [[guess.due, str(score.guessed), _came(score)] for guess, score in scored]
    table: Block = {"caption": f"{name}, from 0 to 10", "head": ["Day", "You guessed", "What came"], "rows": rows}
    if sum(score.actual is not None for _, score in scored) < FEWEST:
        return [table | {"kind": "table"}]
    came = [None if score.actual is None else (score.actual, True) for _, score in scored]
    figure = lines(
        series=[came, [(score.guessed, False) for _, score in scored]],
        marks=[False] * len(scored),
        ends=(_short(scored[0][0].date), _short(scored[-1][0].date)),
        title=f"{name}: what came, and what you had guessed, {len(scored)} guesses",
        description=running_error(about) or "What came beside what you had guessed.",
        caption="Dots and line: what came. Squares and dashes: what you had guessed.",
        y_name="Points, 0 to 10",
        table=table,
    )
    return [figure]


def _came(score: Score) -> str:
    if score.actual is None:
        return "not scored: fewer than two check-ins around that day"
    return f"{number(score.actual)}, the middle of {score.n} check-ins"


def _still_open(over: Sequence[Guess]) -> str:
    last = over[-1]
    return "" if last.final else f"For {last.due}, check-ins up to {last.until} still count."


def _link(text: str, link: str, href: str) -> Block:
    return {"kind": "link", "text": text, "link": link, "href": href}
