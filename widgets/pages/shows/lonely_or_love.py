"""What the answers of section 2 say, as blocks."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from widgets.catalogue import Exercise, Wording
from widgets.controls.figures import dots_with_band
from widgets.journal import Tables
from widgets.readings.audit import Reason, read_audit
from widgets.readings.checkins import rests_on
from widgets.readings.decisions import UNDECIDED, read_decisions
from widgets.readings.needs import read_love_note, read_needs
from widgets.readings.words import day, number

from ..branches import decided, route, way_now
from ..lately import fresh, newest_choices, on_days_of, rest_until
from ..listening import choice_now, spoken_to
from ..rules.pattern import RESTS, read
from .blocks import SOMEONE, Block, Hers, Shown, nothing, texts, to_her
from .round import round_again

if TYPE_CHECKING:
    from widgets.readings.pattern import Pattern

HARD = 7  # points of distress from which the friend's letter is offered again
SHOWN = 12  # choices at most; the others are found by searching
SOME_CHOICES = f"The newest {SHOWN} of what you chose; the others can be found on Look back, by searching"
LISTED = 366  # days of the figure as a table; nobody reads ten years of them there
NEWEST = 30  # check-ins listed while there is no summary
NO_ANSWER = "no answer"
DRAFT_TODAY = (
    "Today’s check-in says that this is a hard hour, or that there was alcohol. So this is saved as a draft. From "
    "tomorrow you can confirm it in one step, or choose again. There is no rush."
)
DRAFT_SINCE = (
    "It was a hard hour, or there was alcohol. It is not a choice until you confirm it, above. There is no rush."
)
EARLY = (
    "This is early: there are check-ins on fewer than seven days so far. It counts all the same, and can be changed at "
    "any time."
)
PAUSE_STAYS = (
    "That stays so even if the check-in it comes from is changed or withdrawn. Everything else goes on as it is."
)
HARM = "Some of this may be about being hurt, controlled or afraid. The questions of A safe start are there for that:"
WOULD_DO = "What {he} would do. A promise and a change look alike from a distance."
WOULD_BE = "How it would be now. A reason is no less a reason on a day when you miss {him}."
TO_BEGIN = "Strong, met by nobody now, and without a small step so far:"
GOES_ON = {
    "try": ("Say it once", "03-say-it-once.ipynb"),
    "not_yet": ("Looking again", "05-his-terms.ipynb#Looking-again"),
    "let_go": ("Letting go with care", "05-his-terms.ipynb#Letting-go"),
}
FIRST_PAGE, SECOND_PAGE = "00-begin.ipynb", "01-what-happened.ipynb"


def check_in(exercise: Exercise, journal: Tables, wording: Wording, today: pd.Timestamp) -> Shown:
    """Only what a hard day calls for; values stand in the form, after saving."""
    checkins = fresh(journal)
    blocks: list[Block] = []
    if until := rest_until(journal):
        blocks += [*texts(f"Messages rest until {day(until, today)}. {PAUSE_STAYS}"), SOMEONE]
    hard = checkins.loc[(checkins["local_date"] == today) & (checkins["distress"] >= HARD).fillna(False)]
    if len(hard) and journal.newest("letters", says={"kind": "self"}):
        text = "This is a hard day. The letter you wrote to yourself, as a friend would, is there to be read:"
        blocks.append({"kind": "link", "text": text, "link": "What happened", "href": SECOND_PAGE})
    return blocks + round_again(journal, today, pause=True), ""


def pattern(exercise: Exercise, journal: Tables, wording: Wording, today: pd.Timestamp) -> Shown:
    """Least lonely days, the link, its figure; then the other driver, and what-ifs of today."""
    from widgets.readings.pattern_words import LIMITS

    if rests_on(fresh(journal), today.date()):
        return [*texts(RESTS), SOMEONE], ""
    found = read(journal)
    if found.stage == "entries":
        blocks, checkins = nothing(found.sentence), journal.table("checkins")
        return ([*blocks, _entries(journal, checkins, today)] if len(checkins) else blocks), ""
    blocks = [*texts(found.least_sentence, found.sentence, *_last_look(found, today)), _figure(found, today)]
    fear = read(journal, driver="fear_single")
    if fear.stage not in ("entries", "summary"):
        blocks.append(_section("Beside fear of staying alone", fear))
    return blocks, "\n".join(LIMITS)


def _last_look(found: "Pattern", today: pd.Timestamp) -> list[str]:
    if not found.looks:
        return []
    last = day(found.looks[-1].date, today)
    return [f"Last looked at with {last}. The sentence changes once in seven days of answers, at most."]


def _section(title: str, found: "Pattern") -> Block:
    return {"kind": "section", "title": title, "blocks": texts(found.least_sentence, found.sentence)}


def _entries(journal: Tables, checkins: pd.DataFrame, today: pd.Timestamp) -> Block:
    scales = [i for i in journal.catalogue.exercise("check-in").items if i.type == "scale"]
    answered = checkins.dropna(subset=[scale.id for scale in scales], how="all")
    newest = answered.sort_values(["local_date", "created_utc"]).tail(NEWEST).to_dict("records")
    rows = [[day(row["local_date"], today), *(_points(row[scale.id]) for scale in scales)] for row in newest]
    return {
        "kind": "table",
        "caption": "What you answered so far, from 0 to 10",
        "head": ["Day", *(scale.short for scale in scales)],
        "rows": rows,
    }


def _points(value: Any) -> str:
    return NO_ANSWER if pd.isna(value) else number(float(value))


def _figure(found: "Pattern", today: pd.Timestamp) -> Block:
    return dots_with_band(
        points=[(p.driver, p.longing, p.least) for p in found.points],
        band=[(b.driver, b.mean, b.low, b.high) for b in found.band],
        title=f"Missing {{him}} beside loneliness, {found.days} days",
        description=found.sentence,
        caption=_marks(found),
        x_name="Lonely",
        y_name="Missing {him}",
        table=_days(found, today),
    )


def _marks(found: "Pattern") -> str:
    """What the figure's marks mean, of those that are drawn."""
    least = "Filled: your least lonely days. " if found.least_lonely else ""
    line = ""
    if found.band:
        line = (
            f" The line: how much you missed {{him}} on a typical day of that loneliness, in your first "
            f"{found.looks[-1].days} days of answers. The band: where that likely lies."
        )
    return f"{least}A number in a dot: that many days the same.{line}"


def _days(found: "Pattern", today: pd.Timestamp) -> dict[str, Any]:
    """Every day from the first drawn to the last, one without both answers as such; of many the newest."""
    drawn = {p.date: p for p in found.points}
    head = ["Day", "Lonely", "Missing {him}", *(["Among the least lonely"] if found.least_lonely else [])]
    rows = []
    days = pd.date_range(found.points[0].date, found.points[-1].date)
    for date in days[-LISTED:]:
        point = drawn.get(date)
        values = [NO_ANSWER, NO_ANSWER, ""]
        if point:
            values = [number(point.driver), number(point.longing), "yes" if point.least else "no"]
        rows.append([day(date, today), *values][: len(head)])
    which = "The days" if len(days) <= LISTED else f"The newest {LISTED} days"
    return {"caption": f"{which} of the figure, each with its mean from 0 to 10", "head": head, "rows": rows}


def what_ifs(exercise: Exercise, journal: Tables, wording: Wording, today: pd.Timestamp) -> Shown:
    """The newest look of today with days left out, read again from the check-ins as they are now."""
    looks = journal.entries(exercise.table, on=[today.date()])
    asked = [entry for entry in looks if entry.answers["options"]]
    if not asked or rests_on(fresh(journal), today.date()):
        return [], ""
    options = asked[-1].answers["options"]
    labels = exercise.item("options").choices
    found = read(journal, options)
    title = f"Left out: {'; '.join(labels[option] for option in options)}"
    return [_section(title, found)], "Which days count. All of them happened."


def needs(exercise: Exercise, journal: Tables, wording: Wording, today: pd.Timestamp) -> Shown:
    """Whom the strong needs hang on, and the small steps towards others."""
    found = read_needs(journal.table("needs"))
    if not found.sentence:
        return nothing("Who could meet which need will appear here, from the first one."), ""
    blocks = texts(found.sentence)
    for title, items in (("Only {him}, as you see it now", found.only_him), ("Nobody now", found.unmet)):
        if items:
            blocks += [{"kind": "heading", "text": title}, {"kind": "list", "items": [Hers(i) for i in items]}]
    if found.steps:
        pairs = [{"term": Hers(need), "text": Hers(step)} for need, step in found.steps]
        blocks += [{"kind": "heading", "text": "Small steps"}, {"kind": "pairs", "pairs": pairs}]
    if found.to_begin:
        blocks.append({"kind": "said", "label": TO_BEGIN, "text": Hers("; ".join(found.to_begin))})
    return blocks + to_her(found.places), "Whether {he} would meet a need now. This is how it looks to you."


def love_note(exercise: Exercise, journal: Tables, wording: Wording, today: pd.Timestamp) -> Shown:
    """What she remembers of a day that was not lonely; her words themselves stand in the form above."""
    speaks = read(journal).least_lonely is not None
    found = read_love_note(journal.table("love_notes"), speaks)
    if found is None:
        return nothing("What you remember will appear here, with how far a memory goes."), ""
    return texts(found.sentence), "What {he} {feels|feel}, or whether it would be enough."


def audit(exercise: Exercise, journal: Tables, wording: Wording, today: pd.Timestamp) -> Shown:
    """The reasons of then, those that would break it again first; where the way to him is closed, what she needs."""
    found = read_audit(journal.table("audit"), journal.catalogue.harm_patterns)
    if not found.sentence:
        return nothing("Your reasons will appear here, from the first one."), ""
    asks_of_change = route(journal) != "closed"
    blocks: list[Block] = []
    if found.mentions_harm:
        blocks = [
            {"kind": "link", "text": HARM, "link": "Start", "href": FIRST_PAGE},
            SOMEONE,
        ]
    if asks_of_change:
        blocks += texts(f"{found.sentence} {found.changes}".strip())
        return [*blocks, _what_changed(found.rows, exercise)], WOULD_DO
    return [*blocks, *texts(found.sentence), _what_is_needed(found.rows)], WOULD_BE


def _what_changed(reasons: tuple[Reason, ...], exercise: Exercise) -> Block:
    whose, changed = (exercise.item(i).choices for i in ("whose", "changed"))
    told = [(whose.get(r.whose or "", NO_ANSWER), changed.get(r.changed or "", NO_ANSWER)) for r in reasons]
    return _reasons(reasons, ["Where it lay", "Changed since"], told)


def _what_is_needed(reasons: tuple[Reason, ...]) -> Block:
    return _reasons(reasons, ["Needed instead"], [(Hers(r.need_instead or NO_ANSWER),) for r in reasons])


def _reasons(reasons: tuple[Reason, ...], head: list[str], told: Sequence[tuple[str, ...]]) -> Block:
    breaks = {True: "yes", False: "no", None: NO_ANSWER}
    return {
        "kind": "table",
        "caption": "The reasons you had",
        "head": ["Reason", *head, "Could not live with it again"],
        "rows": [[Hers(r.reason), *of_it, breaks[r.deal_breaker]] for r, of_it in zip(reasons, told, strict=True)],
    }


def decision(exercise: Exercise, journal: Tables, wording: Wording, today: pd.Timestamp) -> Shown:
    """The choice for now, a draft that waits, and all changes with the state she was in."""
    decisions = newest_choices(journal, SHOWN)
    found, holds = read_decisions(decisions, on_days_of(journal, decisions.tail(SHOWN)), today), decided(journal)
    if not found.history:
        return nothing("Your choice for now will appear here, and later all of them with their dates."), ""
    blocks = texts(choice_now(journal, holds, today), holds.review)
    newest = found.history[-1]
    is_today = newest.date == day(today, today)
    if newest.draft:
        text = DRAFT_TODAY if is_today else DRAFT_SINCE
        blocks.append({"kind": "caution", "title": f"Saved as a draft on {newest.date}", "text": text})
    if newest.early and is_today and newest.choice != UNDECIDED:
        blocks += texts(EARLY)
    labels = exercise.item("choice").choices
    shown = found.history[-SHOWN:]
    rows = [[c.when, labels[c.choice] + ", early" * c.early + ", a draft" * c.draft, c.state] for c in shown]
    caption = "All you chose so far" if len(shown) == len(found.history) else SOME_CHOICES
    table = {"kind": "table", "caption": caption, "head": ["Day", "Choice", "How it was"], "rows": rows}
    return [*blocks, table, *_goes_on(journal)], "Which of them is right. No figure on this page can know that."


def _goes_on(journal: Tables) -> list[Block]:
    """Where the way that she chose goes on; each of the three has its place."""
    choice = way_now(journal)
    place = GOES_ON.get(spoken_to(journal) if choice == "try" else choice)
    return [{"kind": "link", "text": "It goes on here:", "link": place[0], "href": place[1]}] if place else []


def premortem(exercise: Exercise, journal: Tables, wording: Wording, today: pd.Timestamp) -> Shown:
    """What to look out for, in her words."""
    found = journal.table("premortem")
    if found.empty:
        return nothing("What to look out for will appear here, for the day you look at it again."), ""
    row = found.iloc[-1]
    reasons = journal.table("premortem_reasons")
    listed = [Hers(r) for r in reasons.loc[reasons["entry_id"] == row["entry_id"], "reason"]]
    blocks: list[Block] = []
    if listed:
        since = decided(journal).since
        on = pd.Timestamp(row["local_date"])
        before = " It was made before the choice that holds now." if since is not None and on < since else ""
        words = f"What could go wrong, as you saw it on {day(on, today)}.{before}"
        blocks = [*texts(words), {"kind": "list", "items": listed}]
    for label, name in (("The first sign:", "early_sign"), ("What you would do then:", "what_id_do")):
        if not pd.isna(row[name]):
            blocks.append({"kind": "said", "label": label, "text": Hers(row[name])})
    return blocks, "Whether it will happen."
