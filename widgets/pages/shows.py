"""Turns readings into what a page shows: blocks for the panel, and the same as plain text."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from widgets.catalogue import Exercise, Wording
from widgets.journal import Journal
from widgets.readings.boxes import read_boxes
from widgets.readings.forecast import guesses
from widgets.readings.letter import read_letter
from widgets.readings.safety import routes
from widgets.readings.thoughts import read_thoughts
from widgets.readings.timeline import Line, read_timeline

HIS_CHOICE = (
    "If it is for {him} to feel or to decide, it may belong under “cannot be changed”. You know better; move it or "
    "leave it."
)
ENOUGH_ROUNDS = (
    "Writing it out once more may not bring anything new. Something for the hands, a walk, or a voice on the telephone "
    "may do more today."
)
HOW_COUNTED = "A line counts as what you called it; where that does not say, as it felt."
TITLE = "What your answers say"
Block = dict[str, Any]


def content(exercise: Exercise, journal: Journal, wording: Wording) -> dict[str, Any]:
    """The panel of one exercise as it stands now: title, blocks, and what it cannot tell."""
    now = journal.clock.now()
    today = pd.Timestamp(now.date())
    blocks, cannot_tell = SHOWS[exercise.id](exercise, journal, wording, today)
    nothing_yet = [block["kind"] for block in blocks] == ["quiet"]
    if nothing_yet and not exercise.core:  # it waits, closed; an empty panel under it would only be in the way
        return {"panel": False, "title": TITLE, "blocks": [], "cannot_tell": ""}
    shown: dict[str, Any] = _filled({"title": TITLE, "blocks": blocks, "cannot_tell": cannot_tell}, wording)
    return shown


def plain(shown: dict[str, Any]) -> str:
    """A panel as lines of text: for viewers without widgets, and for comparing runs."""
    lines = [shown["title"]]
    for block in shown["blocks"]:
        lines += [f"  {line}" for line in _plain_block(block)]
    if shown["cannot_tell"]:
        lines += ["What this cannot tell", f"  {shown['cannot_tell']}"]
    return "\n".join(lines)


def _plain_block(block: Block) -> list[str]:
    match block["kind"]:
        case "list":
            return [f"- {item}" for item in block["items"]]
        case "columns":
            return [f"{c['title']}: {'; '.join(c['items']) or c['empty']}" for c in block["columns"]]
        case "pairs":
            return [f"{p['term']}: {p['text']}" for p in block["pairs"]]
        case "timeline":
            return [" · ".join(filter(None, (i["when"], i["kind"], i["felt"], i["what"]))) for i in block["lines"]]
        case "caution":
            return [block["title"], *filter(None, [block["text"]])]
        case "said":
            return [f"{block['label']} {block['text']}".strip()]
        case _:
            return [block["text"]]


def _filled(node: Any, wording: Wording) -> Any:
    """Fill placeholders in our words; what she wrote is marked as hers and left alone."""
    if isinstance(node, Hers):
        return str(node)
    if isinstance(node, str):
        return wording.fill(node)
    if isinstance(node, dict):
        return {k: _filled(v, wording) for k, v in node.items()}
    if isinstance(node, list | tuple):
        return [_filled(v, wording) for v in node]
    return node


class Hers(str):
    """Words she wrote: never filled, never changed."""

    __slots__ = ()


def _safety(exercise: Exercise, journal: Journal, wording: Wording, today: pd.Timestamp) -> tuple[list[Block], str]:
    found = routes(journal.table("safety"), today)
    if found.state == "unanswered":
        return [{"kind": "quiet", "text": s} for s in found.sentences], ""
    blocks = [{"kind": "text", "text": s} for s in found.sentences]
    blocks.append({"kind": "text", "text": found.stays_open})
    if found.state == "closed":
        blocks.append({"kind": "help", "text": "Someone to talk to is one step away:", "link": "Help"})
    return blocks, ""


def _timeline(exercise: Exercise, journal: Journal, wording: Wording, today: pd.Timestamp) -> tuple[list[Block], str]:
    found = read_timeline(journal.table("timeline"), today)
    if not found.lines:
        return _nothing(
            "Your lines will stand here in order of time, the good and the hard counted, from the first one on."
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


def _boxes(exercise: Exercise, journal: Journal, wording: Wording, today: pd.Timestamp) -> tuple[list[Block], str]:
    found = read_boxes(journal.table("boxes"), wording.name, wording.forms)
    if not found.sentence:
        return _nothing("A count of the three boxes will stand here from the first line on."), ""
    blocks: list[Block] = [{"kind": "text", "text": found.sentence}]
    if found.items["can_repair"]:
        blocks += [
            {"kind": "text", "text": "Where you can repair your part:"},
            {"kind": "list", "items": [Hers(i) for i in found.items["can_repair"]]},
        ]
    for item in found.whose_choice:
        blocks += [
            {"kind": "said", "label": "Whose choice is this?", "text": Hers(item)},
            {
                "kind": "text",
                "text": HIS_CHOICE,
            },
        ]
    return blocks, ""


def _thoughts(exercise: Exercise, journal: Journal, wording: Wording, today: pd.Timestamp) -> tuple[list[Block], str]:
    found = read_thoughts(journal.table("sorted_thoughts"), today)
    if not found.sentence:
        return _nothing("Your sentences will stand here in three columns, from the first one on."), ""
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
                "title": "The same round, three times this week",
                "text": ENOUGH_ROUNDS,
            }
        )
    return blocks, "Whether a story is true. A feeling needs no proof and gives none."


def _forecast(exercise: Exercise, journal: Journal, wording: Wording, today: pd.Timestamp) -> tuple[list[Block], str]:
    found = guesses(journal.table("forecast"), today)
    if not found:
        return _nothing("Your guesses will stand here, each with the day on which it can be checked."), ""
    pairs = []
    for guess in found:
        parts = [
            f"{what} {points} of 10"
            for what, points in (("wanting {him}", guess.longing), ("how hard", guess.distress))
            if points is not None
        ]
        sure = "" if guess.sure is None else f"; sure: {guess.sure} of 100"
        pairs.append({"term": f"For {guess.due}", "text": ", ".join(parts) + sure + "."})
    text = (
        "Many such guesses turn out darker than what comes. Yours will stand beside your own check-ins around its day."
    )
    return [
        {"kind": "pairs", "pairs": pairs},
        {"kind": "text", "text": text},
    ], "How it will be. That is what the day is for."


def _letter(exercise: Exercise, journal: Journal, wording: Wording, today: pd.Timestamp) -> tuple[list[Block], str]:
    found = read_letter(journal.table("letters"))
    if found is None:
        return _nothing("Your letter will stand here, to be read on a hard day."), ""
    blocks: list[Block] = []
    if found.text:
        blocks.append({"kind": "letter", "text": Hers(found.text)})
    if found.own:
        blocks.append({"kind": "said", "label": "What you still want to own:", "text": Hers(found.own)})
    if found.sentence:
        blocks.append({"kind": "text", "text": found.sentence})
    return blocks, ""


def _nothing(text: str) -> list[Block]:
    return [{"kind": "quiet", "text": text}]


Show = Callable[[Exercise, Journal, Wording, pd.Timestamp], tuple[list[Block], str]]
SHOWS: dict[str, Show] = {
    "safe-start": _safety,
    "timeline": _timeline,
    "boxes": _boxes,
    "sorted-thoughts": _thoughts,
    "forecast": _forecast,
    "friend-letter": _letter,
}
