"""What the answers of Start and of section 1 say, as blocks."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from widgets.catalogue import Exercise, Wording
from widgets.journal import Tables
from widgets.readings.boxes import read_boxes
from widgets.readings.forecast import Guess, Score, days_asked, guesses, running_error
from widgets.readings.letter import read_letter
from widgets.readings.safety import routes
from widgets.readings.thoughts import read_thoughts
from widgets.readings.timeline import Line, read_timeline
from widgets.readings.words import number

from .blocks import SOMEONE, Block, Hers, Shown, nothing, texts, to_her

HIS_CHOICE = (
    "If it is for {him} to feel or to decide, it may belong under “cannot be changed”. You know better; move it or "
    "leave it."
)
ENOUGH_ROUNDS = (
    "Writing it out once more may not bring anything new. Something for the hands, a walk, or a voice on the telephone "
    "may do more today."
)
DARKER = (
    "Many such guesses turn out darker than what comes. Yours will be shown beside your own check-ins from around that "
    "day."
)
HOW_COUNTED = "A line counts as what you called it or, where that does not say, as how it felt."


def safety(exercise: Exercise, journal: Tables, wording: Wording, today: pd.Timestamp) -> Shown:
    """How the way to a message is by her answers, and what stays open; a person, where it is closed."""
    found = routes(journal.table("safety"), today)
    if found.state == "unanswered":
        return [{"kind": "quiet", "text": s} for s in found.sentences], ""
    blocks = [{"kind": "text", "text": s} for s in found.sentences]
    blocks.append({"kind": "text", "text": found.stays_open})
    if found.state == "closed":
        blocks.append(SOMEONE)
    return blocks, ""


def timeline(exercise: Exercise, journal: Tables, wording: Wording, today: pd.Timestamp) -> Shown:
    """Her lines in order of time, each with its side, and the good and the hard counted."""
    found = read_timeline(journal.table("timeline"), today)
    if not found.lines:
        return nothing(
            "Your lines will appear here in order of time, the good and the hard counted, from the first one."
        ), ""
    key = [{"side": "good", "text": "good"}, {"side": "hard", "text": "hard"}, {"side": "neither", "text": "neither"}]
    kinds = exercise.item("kind").choices
    blocks: list[Block] = [
        {"kind": "text", "text": found.sentence},
        {"kind": "text", "text": HOW_COUNTED},
        {"kind": "timeline", "lines": [_line(line, kinds) for line in found.lines], "key": key},
    ]
    if found.note:
        blocks.append({"kind": "text", "text": found.note})
    return blocks, "Why things went as they did. A line is what you remember today."


def _line(line: Line, kinds: Mapping[str, str]) -> dict[str, Any]:
    felt = "" if line.felt is None else f"felt {line.felt:+d}".replace("-", "−").replace("+0", "0")
    return {
        "side": line.side,
        "when": line.when,
        "kind": kinds.get(line.kind or "", ""),
        "felt": felt,
        "what": Hers(line.what),
    }


def boxes(exercise: Exercise, journal: Tables, wording: Wording, today: pd.Timestamp) -> Shown:
    """The three boxes counted, what she can repair, and the lines that may be for him to choose."""
    found = read_boxes(journal.table("boxes"), wording.name, wording.forms)
    if not found.sentence:
        return nothing("A count of the three boxes will appear here from the first line."), ""
    blocks: list[Block] = [{"kind": "text", "text": found.sentence}]
    if found.items["can_repair"]:
        blocks += [
            {"kind": "text", "text": "Where you can repair your part:"},
            {"kind": "list", "items": [Hers(i) for i in found.items["can_repair"]]},
        ]
    for item in found.whose_choice:
        blocks += [
            {"kind": "said", "label": "Whose choice is this?", "text": Hers(item)},
            *to_her(HIS_CHOICE),
        ]
    return blocks, ""


def thoughts(exercise: Exercise, journal: Tables, wording: Wording, today: pd.Timestamp) -> Shown:
    """Her sentences in three columns; a word of care, where the same round comes back."""
    found = read_thoughts(journal.table("sorted_thoughts"), today)
    if not found.sentence:
        return nothing("Your sentences will appear here in three columns, from the first one."), ""
    stories = [Hers(s if not other else f"{s} Another reading: {other}") for s, other in found.stories]
    columns = [
        {"title": "Facts", "items": [Hers(s) for s in found.facts], "empty": "none yet"},
        {"title": "Feelings", "items": [Hers(s) for s in found.feelings], "empty": "none yet"},
        {"title": "Stories", "items": stories, "empty": "none yet"},
    ]
    blocks: list[Block] = [{"kind": "text", "text": found.sentence}, {"kind": "columns", "columns": columns}]
    if found.going_round:
        blocks.append(
            {
                "kind": "caution",
                "title": "Going round again, three times this week",
                "text": ENOUGH_ROUNDS,
            }
        )
    return blocks, "Whether a story is true. A feeling needs no proof and gives none."


def forecast(exercise: Exercise, journal: Tables, wording: Wording, today: pd.Timestamp) -> Shown:
    """Each guess, with what the check-ins around its day say once that is over."""
    asked = journal.table("forecast")
    found = guesses(asked, journal.table("checkins", on=days_asked(asked, today)), today)
    if not found:
        return nothing("Your guesses will appear here, each with the day when it can be checked."), ""
    pairs = [{"term": f"For {guess.due}", "text": _guessed(guess)} for guess in found]
    blocks = [{"kind": "pairs", "pairs": pairs}, *texts(running_error(found))]
    if not any(guess.over for guess in found):
        blocks += to_her(DARKER)
    return blocks, "How it will be. That is what the day is for."


def _guessed(guess: Guess) -> str:
    scales = (("missing {him}", guess.longing), ("how hard", guess.distress))
    if not guess.over:
        parts = [f"{what} {score.guessed} of 10" for what, score in scales if score]
        sure = "" if guess.sure is None else f"; sure: {guess.sure} of 100"
        return ", ".join(parts) + sure + "."
    said = " ".join(_scored(what, score) for what, score in scales if score)
    return said if guess.final else f"{said} Check-ins up to {guess.until} still count."


def _scored(what: str, score: Score) -> str:
    guessed = f"{what[0].upper()}{what[1:]}: you guessed {score.guessed}"
    if score.actual is None:
        return f"{guessed}; fewer than two check-ins around that day say what came."
    return f"{guessed}, and {number(score.actual)} came (the middle of {score.n} check-ins)."


def letter(exercise: Exercise, journal: Tables, wording: Wording, today: pd.Timestamp) -> Shown:
    """Her newest letter to herself, and what she still wants to own."""
    found = read_letter(journal.table("letters", says=exercise.fixed, newest=1))
    if found is None:
        return nothing("Your letter will appear here, to be read on a hard day."), ""
    blocks: list[Block] = []
    if found.text:
        blocks.append({"kind": "letter", "text": Hers(found.text)})
    if found.own:
        blocks.append({"kind": "said", "label": "What you still want to own:", "text": Hers(found.own)})
    if found.sentence:
        blocks.append({"kind": "text", "text": found.sentence})
    return blocks, ""
