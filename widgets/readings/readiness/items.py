"""G1 to G7, a small function each: what holds, what does not, and what would change it."""

from collections.abc import Callable, Iterable
from itertools import takewhile

import pandas as pd

from ..decisions import LABELS, UNDECIDED
from ..local_time import said
from ..safety import REASONS, UNANSWERED
from ..tables import DAY, Row, created, ids, saved
from ..words import count, day
from .inputs import Inputs
from .item import REMINDERS, Item, Unmet, item, listed
from .steady import by_day, steady
from .worded import MESSAGE, worded

UNCHANGED = 7 * DAY  # G2: the choice stands so long
FEWEST_DAYS, ADVISED_DAYS = 7, 14  # G2: days with a check-in
ENOUGH_DAYS = ADVISED_DAYS + 1  # of the newest days with one; to know more of them changes nothing
AFTER_THE_PAUSE = "Messages rest. After that the pace is looked at again."
BEARABLE = 7  # G5: points of bearing silence, at least


def safe(g: Inputs) -> Item:
    """G1: the safe start is open, and no pause is running. Hard."""
    unmet = []
    if not g.safe_start.is_open:
        unmet.append(Unmet(_closed(g), see="safe-start"))
    if g.paused_until is not None:
        rests = f"No message goes ahead until {day(g.paused_until.tz_convert(g.now.tzinfo), g.now)}."
        unmet.append(Unmet(f"{rests} Help, and everything that is for you alone, stay open.", g.paused_until))
    holds = "The safe start leaves the way to a message open, and nothing pauses it."
    return item("G1", unmet, holds, (*g.safe_start.entries, *g.pauses), hard=True)


def _closed(g: Inputs) -> str:
    if not g.safe_start.answered:
        return UNANSWERED
    said_why = REASONS[None if g.safe_start.unsafe else g.safe_start.wish]
    may_change = not g.safe_start.unsafe and g.safe_start.wish != "legal_order"
    return f"{said_why} Once that has changed, answer it again." if may_change else said_why


def decided(g: Inputs) -> Item:
    """G2: the choice is *try*, unchanged for seven days, with check-ins on seven days or more. Soft."""
    run, unmet = _run(g), []
    since = min((at for row in run if (at := saved(row)) is not None), default=None)
    if not is_try(g):
        choice = LABELS[run[-1]["choice"] or UNDECIDED] if run else LABELS[UNDECIDED]
        chosen = f"For now: {choice}."
        unmet.append(
            Unmet(f"{chosen} A message belongs to the choice “try”; the other ways need none.", see="decision")
        )
    elif since is not None and g.now < (until := since + UNCHANGED):
        chosen = f"You chose “try” on {said(since, g.now)}."
        unmet.append(Unmet(f"{chosen} It will have stood for a week on {said(until, g.now)}.", until))
    days = _newest_of_each_day(g.checkins)
    told = f"Check-ins on {_so_many(days)}" if days else "No check-ins"
    if len(days) < FEWEST_DAYS:
        further = f"{told} so far; this asks for seven. Each further day with a check-in counts."
        unmet.append(Unmet(further, see="check-in"))
    advised = "" if len(days) >= ADVISED_DAYS else " Two weeks of them would tell more."
    holds = f"Your choice is “try”, unchanged since {said(since, g.now)}. {told}.{advised}" if since else ""
    return item("G2", unmet, holds, ids([*run, *days[-FEWEST_DAYS:]]))


def _so_many(days: list[Row]) -> str:
    """Counted as far as it matters, so that the check-ins of years need not be read."""
    return count(len(days), "day", "days") if len(days) < ENOUGH_DAYS else f"more than {ADVISED_DAYS} days"


def is_try(g: Inputs) -> bool:
    """True if her choice for now is *try*; a draft is no choice."""
    run = _run(g)
    return bool(run) and run[-1]["choice"] == "try"


def _run(g: Inputs) -> list[Row]:
    """The decisions, no drafts, that are the same without a break up to the newest; of one moment *try* is older."""
    made = sorted(
        (row for row in g.decisions if not row["draft"]), key=lambda row: (created(row), row["choice"] != "try")
    )
    newest = made[-1]["choice"] if made else None
    return list(takewhile(lambda row: row["choice"] == newest, reversed(made)))[::-1]


def _newest_of_each_day(checkins: Iterable[Row]) -> list[Row]:
    days = {row["local_date"]: row for row in by_day(checkins) if row["local_date"] is not None}
    return list(days.values())


def expecting_nothing(g: Inputs) -> Item:
    """G5: the cards for silence and a clear no are filled, hard; silence can be borne at 7 or more, soft."""
    cards = {row["reply"]: row for row in g.replies}
    needed = {"silence": "silence", "clear_no": "a clear no"}
    filled = {reply for reply, row in cards.items() if (row["if_then"] or "").strip()}
    empty = [what for reply, what in needed.items() if reply not in filled]
    unmet = []
    if empty:
        cards_are = "card for {} is" if len(empty) == 1 else "cards for {} are"
        missing = f"The {cards_are.format(listed(empty, 'and'))} not filled yet, under “Six replies”."
        unmet.append(Unmet(missing, hard=True, see="replies"))
    bear = cards["silence"]["can_bear"] if "silence" in cards else None
    if bear is None:
        unmet.append(Unmet("How well you could bear silence is not answered.", see="replies"))
    elif bear < BEARABLE:
        borne = f"You could bear silence at {bear:g} of 10; this asks for {BEARABLE}. That can change."
        unmet.append(Unmet(borne, see="replies"))
    holds = "You know what you would do after silence and after a clear no, and you could bear silence."
    return item("G5", unmet, holds, ids(cards[reply] for reply in needed if reply in cards))


def rested(g: Inputs) -> Item:
    """G6: 24 h since the last edit, read again after a night, and not one word changed since. Hard."""
    message = g.message
    if message is None or not message.text.strip() or message.edited is None:
        return item("G6", [Unmet("There is no message yet that could rest.", see=MESSAGE)], "", (), hard=True)
    unmet, edited = [], said(message.edited, g.now)
    rests = message.edited + pd.Timedelta(hours=g.limits.edit_hours)
    if g.now < rests:
        unmet.append(Unmet(f"It was last changed on {edited}, and rests until {said(rests, g.now)}.", rests))
    morning = g.zones.night_after(message.edited, g.now)
    if message.reread is None or not morning <= message.reread <= g.now:
        read = "It has not been read again after a night. That can be done"
        if morning <= g.now:
            unmet.append(Unmet(f"{read} now.", see=MESSAGE))
        else:
            unmet.append(Unmet(f"{read} from {said(morning, g.now)}.", see=REMINDERS))
    holds = f"It has rested since {edited}, you read it again after a night, and it is unchanged."
    return item("G6", unmet, holds, message.entries, hard=True)


def paced(g: Inputs) -> Item:
    """G7: the light is *nothing against*; its state, reason and day pass on. Hard."""
    unmet = [Unmet(g.light_says, g.light.until)] if g.light.rule else []
    holds = g.light_says if g.paused_until is None else AFTER_THE_PAUSE
    return item("G7", unmet, holds, g.light_entries, hard=True)


ITEMS: tuple[Callable[[Inputs], Item], ...] = (safe, decided, steady, worded, expecting_nothing, rested, paced)
