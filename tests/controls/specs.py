"""Exercises as the page layer hands them to a form, one for each thing a form must do."""

from typing import Any

ITEM = {
    "short": "",
    "suggest": [],
    "about": None,
    "max_words": None,
    "erases": None,
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
    "ahead": False,
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
        "offered": True,
        "save": "Save",
        "empty": "",
        "more": "A little more, if you like",
        "items": list(items),
        "one_of": None,
        "one_of_message": "",
        "shown_after_saving": False,
        "cap": None,
        "cap_text": "",
        "cap_more": "",
        "form_first": False,
        "groups": None,
        "cards": None,
        "first": [],
        "versions": False,
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
KEEP = item("keep", "yes-no", "Should the details be kept?")
ORDER = item(
    "order",
    "rank",
    "For what?",
    choices=[["support", "support"], ["help", "practical things"], ["peace", "keeping the peace"]],
)
THINGS = item("things", "rows", "What was it?", items=[item("what", "text", "What?"), item("when", "date", "When?")])
CAME = item("came", "moment", "When did it come?", max_date="2026-11-22T23:59")
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
    CAME,
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
    empty="Your lines will appear here.",
)
THOUGHTS = spec(
    item("sentence", "text", "A sentence that comes back", max=280, needed=True),
    item("sort", "piles", "Where does it belong?", choices=[["fact", "a fact"], ["story", "a story"]]),
    item("other", "text", "How else could it be told?", show_if=[{"item": "sort", "is": ["story"]}]),
    kind="list",
    title="Fact or story",
    save="Add this sentence",
    empty="Your sentences will appear here.",
)

DISTRESS = item(
    "distress", "scale", "How hard is it?", range=[0, 10], low="not hard", high="very hard", short="how hard"
)
DAY = item(
    "_day",
    "choice",
    "Which day is this about?",
    choices=[["2026-11-22", "today"], ["2026-11-21", "Saturday 21 November"]],
    more=True,
)
SHOWN = spec(
    {**LONELY, "short": "lonely"},
    DISTRESS,
    {**SAFE, "short": "safe", "private": True, "keep_if": "keep"},
    {**KEEP, "short": "kept", "show_if": [{"item": "safe", "is": ["no", "not_sure"]}]},
    item("company", "choice", "Who is with you?", short="company", choices=[["friends", "friends"]], more=True),
    item("note", "long-text", "Anything to remember?", short="note", more=True),
    DAY,
    kind="series",
    id="check-in",
    shown_after_saving=True,
    cap=3,
    cap_text="That is enough for today. It will still be there tomorrow.",
    cap_more="Answer once more all the same",
)
NEEDS = spec(
    item("need", "text", "What do you need?", max=80, needed=True, suggest=["being held", "advice I trust", "sex"]),
    item("strength", "scale", "How strong is it?", range=[0, 10]),
    kind="list",
    title="What I need",
    save="Add this need",
)
BOARD = spec(
    item("way", "choice", "Which way?", choices=[["not_yet", "Not yet"], ["try", "Try"], ["let_go", "Let go"]]),
    item(
        "side", "choice", "For or against?", choices=[["for", "What speaks for it"], ["against", "What speaks against"]]
    ),
    item("line", "text", "One more line", max=280, needed=True),
    item(
        "weight", "piles", "How much does it matter?", choices=[["hardly", "hardly matters"], ["most", "matters most"]]
    ),
    kind="list",
    title="Try, not yet, let go",
    save="Add",
    groups=["way", "side"],
)
MESSAGE = spec(
    item("text", "long-text", "Your words", max=3000, max_words=20, needed=True),
    item("meant", "hints", "Beside your text", about="text"),
    item("parts", "choices", "What is in it?", none="none", choices=[["regret", "that I regret it"], ["none", "none"]]),
    id="message",
    title="A message",
    versions=True,
    said={"label": "What matters to you: listening.", "text": "On Tuesday."},
)
LETTERS = spec(
    item("text", "long-text", "The letter", max=3000, needed=True),
    item(
        "fate",
        "choice",
        "What should happen to it?",
        erases="destroy",
        choices=[["keep", "keep it"], ["seal", "put it away"], ["destroy", "destroy it"]],
    ),
    kind="list",
    title="A letter",
    save="Save this letter",
)
REPLIES = spec(
    item(
        "reply",
        "choice",
        "What comes back?",
        choices=[["silence", "Nothing"], ["clear_no", "A clear no"], ["angry", "Anger"]],
    ),
    item("if_then", "text", "Then I will", max=280),
    item("can_bear", "scale", "How well could you bear it?", range=[0, 10]),
    kind="list",
    title="Replies",
    cards="reply",
    first=["silence", "clear_no"],
)
GATE = spec(kind="series", id="gate", title="Before it leaves", save="Keep how things stand")
