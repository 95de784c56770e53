"""What section 5 says of the pull to write, of a day for looking again, and of letting go."""

from typing import Any

import pandas as pd

from widgets.catalogue import Exercise, Wording
from widgets.controls.figures import dots_over_half_an_hour
from widgets.journal import Tables
from widgets.readings.checkins import rests_on
from widgets.readings.decisions import LABELS, SCALES
from widgets.readings.forecast import guesses, running_error
from widgets.readings.letting_go import read_letting_go
from widgets.readings.then_and_now import then_and_now
from widgets.readings.urges import STEPS, Urges, read_urges
from widgets.readings.words import count, text

from ..lately import CHECKINS, choices_of_now, fresh
from ..pace import review_now
from ..rules.pattern import RESTS
from ..rules.steps import gone_on_with
from .blocks import SOMEONE, Block, Hers, Shown, nothing, texts
from .round import round_again

UNSENT, BOARD = "03-say-it-once.ipynb#exercise-unsent-letter", "02-lonely-or-love.ipynb#exercise-decision"
NO_LOOK = "no look"
OFTEN_TITLE = "Five urges or more on each of the last three days"
OFTEN = (
    "A person may do more now than a page: somebody who knows you, a doctor, or one of the lines under Help. It does "
    "not have to get worse first."
)
NO_REVIEW = "A day for looking again is set with a choice on “Lonely or love”. None is set now."
DECIDE = "A choice is made here, in the same words as then; it can also stay as it is:"


def urges(exercise: Exercise, journal: Tables, wording: Wording, today: pd.Timestamp) -> Shown:
    """How the pull went within half an hour; a person, where it comes too often."""
    if rests_on(fresh(journal), today.date()):
        return [*texts(RESTS), SOMEONE], ""
    still_open = gone_on_with(exercise, journal.entries(exercise.table), journal.clock.now())
    found = read_urges(journal.history(exercise.table), today, [still_open.entry.entry_id] if still_open else [])
    blocks = round_again(journal, today, pause=False)
    if not found.urges:
        return blocks or nothing("How the pull went within half an hour will appear here, once it is over."), ""
    if found.is_often:
        blocks += [
            {"kind": "caution", "title": OFTEN_TITLE, "text": OFTEN},
            *_people(journal, "You wrote that you can lean on:"),
            SOMEONE,
        ]
    blocks += texts(found.sentence)
    if found.reason:
        blocks.append({"kind": "said", "label": "The reason that came most often:", "text": Hers(found.reason)})
    return [*blocks, _curve(found)], "Whether the next one will fall. Each of these was one evening."


def _people(journal: Tables, words: str) -> list[Block]:
    found = read_letting_go(journal.table("letting_go"), journal.table("lean_on"), pd.Timestamp(0))
    if found is None or not found.lean_on:
        return []
    return [*texts(words), {"kind": "list", "items": [Hers(who) for who in found.lean_on]}]


def _curve(found: Urges) -> Block:
    looks = [(minutes, u.looks[c].value) for u in found.urges for c, minutes in STEPS.items() if c in u.looks]
    line = f" The line goes through the middle of the {found.n} looked at to the end." if found.middle else ""
    return dots_over_half_an_hour(
        points=looks,
        line=found.middle,
        title=f"The pull within half an hour, {count(len(found.urges), 'urge', 'urges')}",
        description=found.sentence,
        caption=f"A dot for each look. A number in a dot: that many the same.{line}",
        y_name="How strong",
        table={
            "caption": "Each urge, with the looks at it from 0 to 10",
            "head": ["Begun", "Then", "After ten minutes", "After half an hour"],
            "rows": [[f"{u.day}, {u.hour}", *(_look(u.looks.get(c)) for c in STEPS)] for u in found.urges],
        },
    )


def _look(look: Any) -> str:
    if look is None:
        return NO_LOOK
    return f"{look.value} (at {look.minutes} min)" if look.minutes else str(look.value)


def review(exercise: Exercise, journal: Tables, wording: Wording, today: pd.Timestamp) -> Shown:
    """On the day: then and now, the guesses, the signs she named, and the way to decide. Before it: when it comes."""
    coming = review_now(journal)
    if coming is not None and coming.is_due and rests_on(fresh(journal), today.date()):
        return texts(RESTS), ""
    if coming is None:
        return nothing(NO_REVIEW), ""
    if not coming.is_due:
        return nothing(coming.sentence), ""
    checkins = journal.table(CHECKINS, columns=("local_date", *SCALES))
    found = then_and_now(
        choices_of_now(journal),
        checkins,
        journal.table("contacts"),
        journal.clock.now(),
        journal.table("practice"),
    )
    blocks = texts(coming.sentence)
    if found is not None:
        rows = [[side.about[0].upper() + side.about[1:], side.then, side.now] for side in found.sides]
        head = ["What", f"Then, {found.then}", f"Now, {found.now}"]
        caption = "The week up to each day: means from 0 to 10, with their number of days"
        blocks += texts(f"On {found.chosen_on} you chose: {LABELS[found.choice]}.")
        blocks.append({"kind": "table", "caption": caption, "head": head, "rows": rows})
    blocks += texts(running_error(guesses(journal.table("forecast"), checkins, today)))
    blocks += _signs(journal)
    blocks.append({"kind": "link", "text": DECIDE, "link": "Lonely or love", "href": BOARD})
    return blocks, "Which way is right, and whether a difference will last. Seven days are few."


def _signs(journal: Tables) -> list[Block]:
    """What she said beforehand that she would look out for."""
    premortem = journal.table("premortem")
    if premortem.empty:
        return []
    row, reasons = premortem.iloc[-1], journal.table("premortem_reasons")
    blocks: list[Block] = []
    if sign := text(row["early_sign"]):
        blocks.append({"kind": "said", "label": "The first sign you named:", "text": Hers(sign)})
    listed = [Hers(r) for r in reasons.loc[reasons["entry_id"] == row["entry_id"], "reason"]]
    if listed:
        blocks += [*texts("What could go wrong, as you saw it:"), {"kind": "list", "items": listed}]
    return blocks


def letting_go(exercise: Exercise, journal: Tables, wording: Wording, today: pd.Timestamp) -> Shown:
    """What is done, what she wants to do, what is kept, and where a closing letter has its place."""
    found = read_letting_go(journal.table("letting_go"), journal.table("lean_on"), today)
    if found is None:
        return nothing("What is done and what is kept will appear here."), ""
    done = [f"{exercise.item(name).short}: {exercise.item(name).choices['done']}" for name in found.done]
    ahead = [exercise.item(name).short for name in found.ahead]
    blocks: list[Block] = []
    for title, items in (("Done", done), ("What you still want to do", ahead)):
        if items:
            blocks += [{"kind": "heading", "text": title}, {"kind": "list", "items": items}]
    blocks += texts(found.photos)
    if found.good:
        blocks.append({"kind": "said", "label": "What stays good:", "text": Hers(found.good)})
    blocks += _people(journal, "Who is there:")
    letter = "A last letter, not to be sent, can be written here:"
    return [*blocks, {"kind": "link", "text": letter, "link": "Say it once", "href": UNSENT}], ""
