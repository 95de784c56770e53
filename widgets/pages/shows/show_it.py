"""What the answers of section 4 say, as blocks."""

import pandas as pd

from widgets.catalogue import Exercise, Wording
from widgets.controls.weeks import share_by_week
from widgets.journal import Tables
from widgets.readings.about_him import read_about_him
from widgets.readings.friend_motive import read_friend_motive
from widgets.readings.lessons import read_lessons
from widgets.readings.plans import read_plans
from widgets.readings.practice import Practice, Week, read_practice
from widgets.readings.self_parts import ORIGINS, Step, read_self_parts
from widgets.readings.words import count, day

from ..branches import contact_is_open
from .blocks import SOMEONE, Block, Hers, Shown, nothing, texts, to_her

BOTH = ["term", "text"]  # of a pair: both are her words
FIRST_PAGE = "00-begin.ipynb"
NOT_YOURS = (
    "If {he} hurt or controlled you, that is not yours to put right, and no line is needed here for it. The "
    "questions of A safe start are there for that:"
)
FOR_HIM = (
    "This got less than 5 of 10 without {him}. A change that is only for {him} depends on whether {he} {sees|see} it. "
    "Is there a part of it that you would want in any case? If there is none, the line can go."
)
NOT_SAID = "not said yet"
WITHDRAWN = "a plan that was withdrawn"
MARKS = (
    "A dot for each week: the higher it is, the more of its chances were taken. The number in it: how many chances "
    "there were. A week without a dot had none, or has no count."
)
NO_PROOF = "What {he} {sees|see} of it, or would make of it. It is for you, and proves nothing to anybody."
WAITS = "The way to friendship waits until {he} {says|say} in words that {he} {wants|want} it"
NOTHING_TO_DO = "It is for {him} to say, at a time that suits {him}. It is no reason to ask {him} now."
NO_REASON = (
    "It is asked so that hope does not pass for friendship. Yes or no, it is no reason to write to {him}, and "
    "nothing has to follow from it."
)
OPENS_NOTHING = "No guess opens anything on these pages, yours or anybody else’s. What {he} said or did can."
HOW_KNOWN = {
    "he_told_me": "{He} told you",
    "i_saw": "You saw it",
    "someone_said": "Somebody said so",
    "my_guess": "Your guess",
}


def lessons(exercise: Exercise, journal: Tables, wording: Wording, today: pd.Timestamp) -> Shown:
    """What she did and what she would do instead; kindly, which of it is for him only."""
    found = read_lessons(journal.table("lessons"), journal.catalogue.harm_patterns)
    if not found.lines:
        return nothing("What you learned will appear here, from the first line."), ""
    blocks: list[Block] = []
    if found.mentions_harm:
        blocks = [
            {"kind": "link", "text": NOT_YOURS, "link": "Start", "href": FIRST_PAGE},
            SOMEONE,
        ]
    blocks += texts(found.sentence)
    pairs = [{"term": Hers(line.what), "text": Hers(line.instead)} for line in found.drawn if line.instead]
    if pairs:
        blocks += [{"kind": "heading", "text": "Then, and instead"}, {"kind": "pairs", "pairs": pairs, "hers": BOTH}]
    for line in found.for_him_only:
        blocks.append({"kind": "said", "label": "For {him} only?", "text": Hers(line.instead or line.what)})
    blocks += to_her(FOR_HIM if found.for_him_only else "")
    return blocks, "What {he} {makes|make} of it, or ever will." if found.drawn else ""


def plans(exercise: Exercise, journal: Tables, wording: Wording, today: pd.Timestamp) -> Shown:
    """The plans that count now, three at most."""
    found = read_plans(journal.table("plans"), contact_is_open(journal))
    if not found.sentence:
        return nothing("Your plans will appear here, three at most."), ""
    blocks = texts(found.sentence, found.without_him)
    for title, group in (("Now", found.active), ("Waiting for a place", found.waiting)):
        if group:
            pairs = [{"term": Hers(plan.if_situation), "text": Hers(plan.then_act)} for plan in group]
            blocks += [{"kind": "heading", "text": title}, {"kind": "pairs", "pairs": pairs, "hers": BOTH}]
    return blocks, "Whether anybody notices. They are worth doing even where nobody does."


def practice(exercise: Exercise, journal: Tables, wording: Wording, today: pd.Timestamp) -> Shown:
    """Of the chances that came, how many were taken, week by week."""
    found = read_practice(journal.table("practice"), today)
    if not found.weeks:
        return nothing("Your weeks will appear here, from the first one."), ""
    blocks = texts(found.sentence, found.slow)
    table = _weeks(found, today)
    if found.sentence:
        figure = share_by_week(
            weeks=[(week.taken or 0, week.chances or 0) if week.is_counted else None for week in found.weeks],
            title=f"Share of chances taken, week by week, {count(len(found.weeks), 'week', 'weeks')}",
            description=" ".join(filter(None, (found.sentence, found.slow))),
            caption=MARKS,
            x_name="Week",
            y_name="Chances taken",
            table=table,
        )
        blocks.append(figure)
    else:
        blocks.append({"kind": "table"} | table)
    return blocks + _tallies(found, journal), NO_PROOF


def _weeks(found: Practice, today: pd.Timestamp) -> Block:
    rows = [[str(n), day(week.start, today), _taken(week)] for n, week in enumerate(found.weeks, 1)]
    return {"caption": "The weeks, each from its Monday", "head": ["Week", "From", "Chances taken"], "rows": rows}


def _taken(week: Week) -> str:
    """What a week says; one without a line says nothing of her."""
    if week.chances is None:
        return "no count" if week.has_line else "no line"
    return f"{week.taken} of {week.chances}" if week.chances else "no chances"


def _tallies(found: Practice, journal: Tables) -> list[Block]:
    """Each plan on its own, where there are several."""
    plans = journal.table("plans")
    words = dict(zip(plans["entry_id"], plans["if_situation"], strict=True))
    in_her_order = sorted(found.tallies, key=lambda tally: [*words, tally.plan].index(tally.plan))
    pairs = [
        {
            "term": Hers(words[tally.plan]) if tally.plan in words else WITHDRAWN,
            "text": f"{tally.taken} of {tally.chances}, in {count(tally.weeks, 'week', 'weeks')}",
        }
        for tally in in_her_order
        if tally.chances
    ]
    if len(pairs) < 2:
        return []
    return [{"kind": "heading", "text": "Each plan on its own"}, {"kind": "pairs", "pairs": pairs, "hers": ["term"]}]


def friend_motive(exercise: Exercise, journal: Tables, wording: Wording, today: pd.Timestamp) -> Shown:
    """Her reasons told back; the way of friendship waits for his word."""
    found = read_friend_motive(journal.table("friend_motive"))
    if found is None:
        return nothing("What you put in order will appear here."), ""
    blocks: list[Block] = []
    if found.route == "wait":
        blocks.append({"kind": "caution", "title": WAITS, "text": f"{found.said} {NOTHING_TO_DO}"})
        blocks += texts(*found.mirror)
    else:
        blocks += texts(found.said, *found.mirror)
    if found.question:
        blocks += [{"kind": "heading", "text": "One question, to yourself"}, *to_her(found.question, NO_REASON)]
    return blocks, "Whether it would be good for either of you."


def about_him(exercise: Exercise, journal: Tables, wording: Wording, today: pd.Timestamp) -> Shown:
    """What she knows, and what she guesses."""
    found = read_about_him(journal.table("about_him"))
    if not found.sentence:
        return nothing("Your lines will appear here by how you know them, from the first one."), ""
    columns = [
        {"title": title, "items": [*map(Hers, found.lines[code])], "empty": "none"} for code, title in HOW_KNOWN.items()
    ]
    if found.unsaid:
        columns.append({"title": "Not said", "items": [*map(Hers, found.unsaid)], "empty": ""})
    blocks = [*texts(found.sentence), {"kind": "columns", "columns": columns}, *to_her(OPENS_NOTHING)]
    return blocks, "Which of the guesses is right."


def self_parts(exercise: Exercise, journal: Tables, wording: Wording, today: pd.Timestamp) -> Shown:
    """The parts by where they come from, and the new ones over the weeks."""
    found = read_self_parts(journal.table("self_parts"))
    if not found.sentence:
        return nothing("The parts of you will appear here, from the first one."), ""
    titles = ("From before {him}", "Grew with {him}", "New since then")
    columns = [
        {"title": title, "items": [*map(Hers, found.parts[code])], "empty": "none yet"}
        for code, title in zip(ORIGINS, titles, strict=True)
    ]
    blocks: list[Block] = [*texts(found.sentence), {"kind": "columns", "columns": columns}]
    if found.unsaid:
        blocks += [*texts("Not said since when:"), {"kind": "list", "items": [*map(Hers, found.unsaid)]}]
    if len(found.growth) > 1:
        blocks.append(_growth(found.growth, today))
    if found.steps:
        pairs = [{"term": Hers(part), "text": Hers(step)} for part, step in found.steps]
        blocks += [{"kind": "heading", "text": "Small steps"}, {"kind": "pairs", "pairs": pairs, "hers": BOTH}]
    return blocks, "Who you are. It is what you wrote down so far."


def _growth(growth: tuple[Step, ...], today: pd.Timestamp) -> Block:
    return {
        "kind": "table",
        "caption": "The new ones, at the end of each week in which you added a part",
        "head": ["Week from", "New", "All parts"],
        "rows": [[day(step.week, today), str(step.new), str(step.parts)] for step in growth],
    }
