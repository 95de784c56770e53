"""Exercises as the page layer hands them to a form, one for each thing a form must do."""

from typing import Any

ITEM = {
    "hint": "",
    "low": "",
    "high": "",
    "range": None,
    "step": None,
    "choices": [],
    "none": None,
    "max": None,
    "min_date": None,
    "max_date": None,
    "needed": False,
    "show_if": None,
    "more": False,
    "private": False,
    "keep_if": None,
    "help_on": [],
    "help_text": "",
    "items": [],
}


def item(id: str, type: str, ask: str, **more: Any) -> dict[str, Any]:
    return {**ITEM, "id": id, "type": type, "ask": ask, **more}


def spec(*items: dict[str, Any], kind: str = "single", **more: Any) -> dict[str, Any]:
    return {
        "id": "now",
        "title": "One minute",
        "intro": "",
        "kind": kind,
        "core": True,
        "save": "Save",
        "empty": "",
        "more": "A little more, if you like",
        "items": list(items),
        "one_of": None,
        "one_of_message": "",
        **more,
    }


def entry(answers: dict[str, Any], entry_id: str = "e1", revision: int = 1) -> dict[str, Any]:
    return {"entry_id": entry_id, "revision": revision, "saved": "2026-11-22T20:10:00+00:00", "answers": answers}


LONELY = item("lonely", "scale", "How lonely is it?", range=[0, 10], low="not at all", high="as much as I can imagine")
FELT = item("felt", "scale", "How did it feel?", range=[-5, 5], low="as bad as it gets", high="as good as it gets")
SURE = item("sure", "scale", "How sure are you?", range=[0, 100], step=10, low="a guess", high="certain")
SAFE = item(
    "safe",
    "choice",
    "Are you safe?",
    help_on=["no", "not_sure"],
    choices=[["yes", "yes"], ["not_sure", "not sure"], ["no", "no"]],
)
WISH = item(
    "wish",
    "choice",
    "What was said about contact?",
    choices=[["none_said", "nothing so far"], ["asked_for_space", "asked for space"]],
)
UNTIL = item("until", "date", "Until when?", show_if=[{"item": "wish", "is": ["asked_for_space"]}])
SHARED = item(
    "shared",
    "choices",
    "What do you still share?",
    none="none",
    choices=[["home", "a home"], ["work", "work"], ["none", "none of these"]],
)
TIMES = item("times", "number", "How many times before?", range=[0, 20], step=1, hint="A whole number from 0 to 20.")
NAME = item("name", "text", "What may we call you?", max=40)
NOTE = item("note", "long-text", "Anything to remember?", max=100)
FEAR = item("fear", "choice", "Are you afraid?", choices=[["no", "no"], ["yes", "yes"]], private=True, keep_if="keep")
KEEP = item("keep", "yes-no", "Shall the details be kept?")
ORDER = item(
    "order",
    "rank",
    "For what?",
    choices=[["support", "support"], ["help", "practical things"], ["peace", "keeping the peace"]],
)
THINGS = item("things", "rows", "What was it?", items=[item("what", "text", "What?"), item("when", "date", "When?")])
ALCOHOL = item("alcohol", "yes-no", "Any alcohol today?", more=True)

EVERYTHING = spec(
    LONELY,
    FELT,
    SURE,
    SAFE,
    WISH,
    UNTIL,
    SHARED,
    TIMES,
    NAME,
    NOTE,
    FEAR,
    KEEP,
    ORDER,
    THINGS,
    ALCOHOL,
    intro="Skip what you like.",
)
CHECK_IN = spec(LONELY, SAFE, NOTE, kind="series")
TIMELINE = spec(
    item("what", "text", "What happened?", max=280, needed=True),
    item("kind", "choice", "What was it?", choices=[["good", "something good"], ["hard", "something hard"]]),
    FELT,
    kind="list",
    title="What happened, in order",
    save="Add this line",
    empty="Your lines will stand here.",
)
THOUGHTS = spec(
    item("sentence", "text", "A sentence that comes back", max=280, needed=True),
    item("sort", "piles", "Where does it belong?", choices=[["fact", "a fact"], ["story", "a story"]]),
    item("other", "text", "How else could one tell it?", show_if=[{"item": "sort", "is": ["story"]}]),
    kind="list",
    title="Fact or story",
    save="Add this sentence",
    empty="Your sentences will stand here.",
)
