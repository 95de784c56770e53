"""What the answers of section 5 say, as blocks."""

from typing import Any

import pandas as pd

from widgets.catalogue import Exercise, Wording
from widgets.controls.figures import dots_over_half_an_hour
from widgets.journal import Journal
from widgets.readings.after_contact import after_contact
from widgets.readings.contact_log import read_log
from widgets.readings.letting_go import read_letting_go
from widgets.readings.urges import MANY, RUNNING, STEPS, Urges, read_urges
from widgets.readings.words import count

from .blocks import Block, Hers, nothing, texts

Shown = tuple[list[Block], str]
UNSENT = "03-say-it-once.ipynb"
NO_LOOK = "no look"
OFTEN_TITLE = f"{MANY} urges or more a day, {RUNNING} days in a row".replace("5", "Five").replace("3", "three")
OFTEN = (
    "A person may do more now than a page: somebody who knows you, a doctor, or one of the lines under Help. You need not wait "
    "until it is worse."
)
MOOD_LIMITS = (
    "Whether contact is why. The days of contact may have been other days in other ways too, and a hard day can come before a "
    "message as well as after it."
)


def contact_log(exercise: Exercise, journal: Journal, wording: Wording, today: pd.Timestamp) -> Shown:
    """Who started, in four weeks; then her own days after contact."""
    contacts = journal.table("contacts")
    if contacts.empty:
        return nothing("Who started, and how your own days after contact went, will stand here."), ""
    counted = read_log(contacts, pd.Timestamp(journal.clock.now()))
    found = after_contact(contacts, journal.table("checkins"))
    blocks = texts(counted.sentence)
    if found.sentences:
        blocks += [{"kind": "heading", "text": "Your own days after contact"}, *texts(*found.sentences)]
    return blocks, MOOD_LIMITS if found.compared else ""


def urges(exercise: Exercise, journal: Journal, wording: Wording, today: pd.Timestamp) -> Shown:
    """How the pull went within half an hour; a person, where it comes too often."""
    found = read_urges(journal.history(exercise.table), today)
    if not found.urges:
        return nothing("How the pull went within half an hour will stand here, from the first time on."), ""
    blocks: list[Block] = []
    if found.is_often:
        blocks = [
            {"kind": "caution", "title": OFTEN_TITLE, "text": OFTEN},
            *_lean_on(journal),
            {"kind": "help", "text": "Someone to talk to is one step away:", "link": "Help"},
        ]
    blocks += texts(found.sentence)
    if found.reason:
        blocks.append({"kind": "said", "label": "The reason that offered itself most often:", "text": Hers(found.reason)})
    return [*blocks, _curve(found)], "Whether the next one falls. Each of them is one evening."


def _lean_on(journal: Journal) -> list[Block]:
    found = read_letting_go(journal.table("letting_go"), journal.table("lean_on"), pd.Timestamp(0))
    if found is None or not found.lean_on:
        return []
    return [*texts("You wrote that you can lean on:"), {"kind": "list", "items": [Hers(who) for who in found.lean_on]}]


def _curve(found: Urges) -> Block:
    looks = [(minutes, u.looks[c].value) for u in found.urges for c, minutes in STEPS.items() if c in u.looks]
    line = f" The line goes through the middle of the {found.n} that were looked at to the end." if found.middle else ""
    return dots_over_half_an_hour(
        points=looks,
        line=found.middle,
        title=f"The pull within half an hour, {count(len(found.urges), 'urge', 'urges')}",
        description=found.sentence,
        caption=f"One dot for each look. A number in a dot: so many alike.{line}",
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


def letting_go(exercise: Exercise, journal: Journal, wording: Wording, today: pd.Timestamp) -> Shown:
    """What is done, what she wants to do, what is kept, and where a closing letter has its place."""
    found = read_letting_go(journal.table("letting_go"), journal.table("lean_on"), today)
    if found is None:
        return nothing("What is done and what is kept will stand here."), ""
    blocks: list[Block] = []
    for title, names in (("Done", found.done), ("What you still want to do", found.ahead)):
        if names:
            items = [f"{exercise.item(n).short}: {exercise.item(n).choices['done']}" for n in names]
            items = items if names is found.done else [exercise.item(n).short for n in names]
            blocks += [{"kind": "heading", "text": title}, {"kind": "list", "items": items}]
    blocks += texts(found.photos)
    if found.good:
        blocks.append({"kind": "said", "label": "What stays good:", "text": Hers(found.good)})
    if found.lean_on:
        blocks += [*texts("Who is there:"), {"kind": "list", "items": [Hers(who) for who in found.lean_on]}]
    letter = "A last letter, not to be sent, can be written here:"
    return [*blocks, {"kind": "link", "text": letter, "link": "Say it once", "href": UNSENT}], ""
