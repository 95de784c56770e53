"""What section 3 shows: why there is no message, where a steady hour stands, and the gate."""

import pandas as pd

from widgets.catalogue import Catalogue, Exercise, Wording
from widgets.journal import Tables
from widgets.readings.at_the_gate import LIMITS, Line, Stand
from widgets.readings.readiness import REMINDERS
from widgets.readings.steadiness import read_steadiness
from widgets.readings.words import day

from ..message_way import gate_now, has_somebody, instead_of_message, may_write, stand_now
from .blocks import Block, Hers, Shown, nothing, texts
from .copied import left_or_not

TWO_PEOPLE = "You know that {he} {is|are} with somebody new"
TWO_PEOPLE_MORE = (
    "A message may then weigh on two people. What you could set right between the two of you has no place in it; for "
    "all the rest there is the letter below."
)

A_NO = "A no is a good answer. The message will keep, and nothing is lost by waiting a day."
AN_EVENING = "An evening when the pull to write is strong can be sat out here:"
SELF, PULL = "01-what-happened.ipynb", "05-his-terms.ipynb#exercise-urge-pause"
SHOWN_RUNS = 10
A_REMINDER = {"link": "A reminder for your calendar", "href": "07-share.ipynb#reminders"}


def before_message(exercise: Exercise, journal: Tables, wording: Wording, today: pd.Timestamp) -> Shown:
    """What stands where the message would be, or what is to be thought of before one is written."""
    instead = instead_of_message(journal)
    if instead:
        text, link, href = instead
        return [
            {"kind": "link", "text": text, "link": link, "href": href} if link else {"kind": "text", "text": text}
        ], ""
    if has_somebody(journal):
        return [{"kind": "caution", "title": TWO_PEOPLE, "text": TWO_PEOPLE_MORE}], ""
    return [], ""


def the_pull(exercise: Exercise, journal: Tables, wording: Wording, today: pd.Timestamp) -> Shown:
    """Of hours, the one that matters where no message may be written."""
    return (
        ([], "")
        if may_write(journal)
        else ([{"kind": "link", "text": AN_EVENING, "link": "His terms", "href": PULL}], "")
    )


def steadiness(exercise: Exercise, journal: Tables, wording: Wording, today: pd.Timestamp) -> Shown:
    """Which parts hold today; after a no, what can be done instead."""
    found = read_steadiness(journal.table(exercise.table, on=[today.date()]), today)
    if found is None:
        return nothing("How this hour is will appear here."), ""
    blocks = texts(f"You said, today: {', '.join(found.parts)}." if found.parts else "")
    blocks += texts(next(item.why for item in gate_now(journal).items if item.id == "G3"))
    if found.has_no:
        letter = "For an hour like this there is a letter to yourself, as a friend would write it:"
        blocks += [*texts(A_NO), {"kind": "link", "text": letter, "link": "What happened", "href": SELF}]
        pull = "And where the pull to write is strong, it can be sat out here:"
        blocks.append({"kind": "link", "text": pull, "link": "His terms", "href": PULL})
    return blocks, ""


def gate(exercise: Exercise, journal: Tables, wording: Wording, today: pd.Timestamp) -> Shown:
    """How it stands, line by line; then how it stood when she kept it."""
    _, _, stand = stand_now(journal)
    blocks = [_state(stand), {"kind": "gate", "items": [_line(line, journal.catalogue) for line in stand.lines]}]
    return [*left_or_not(journal), *blocks, *_kept(exercise, journal, today)], LIMITS


def _state(stand: Stand) -> Block:
    return {"kind": "light", "state": stand.result, "title": stand.title, "texts": list(stand.texts)}


def _line(line: Line, catalogue: Catalogue) -> Block:
    hers, links = Hers(line.reason), [_link(place, catalogue) for place in line.see]
    return {
        "state": line.state, "name": line.name, "stands": line.stands, "text": line.why, "links": links, "hers": hers
    }  # fmt: skip


def _link(place: str, catalogue: Catalogue) -> Block:
    """Where an unmet line can be changed: the exercise, on whichever page; where there is only waiting, a reminder."""
    if place == REMINDERS:
        return A_REMINDER
    href = f"{catalogue.page_of[place]}.ipynb#exercise-{place}"
    return {"link": catalogue.exercise(place).title, "href": href}


def _kept(exercise: Exercise, journal: Tables, today: pd.Timestamp) -> list[Block]:
    runs = journal.entries(exercise.table, newest=SHOWN_RUNS)
    if not runs:
        return []
    zone, results = journal.clock.now().tzinfo, exercise.item("result").choices
    rows = []
    for run in runs:
        at = run.created_utc.astimezone(zone)
        unmet = [name for code, name in exercise.item("overrides").choices.items() if run.answers.get(code) is False]
        copied = ", copied" if run.answers.get("copied") else ""
        moment = f"{day(pd.Timestamp(at.date()), today)}, {at:%H:%M}"
        rows.append([moment, results[run.answers["result"]] + copied, "; ".join(unmet) or "nothing"])
    head = ["When", "How things stood", "What did not hold"]
    return [{"kind": "table", "caption": "What you kept", "head": head, "rows": rows}]
