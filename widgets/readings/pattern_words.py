"""The pattern in words. What may be concluded: they went together, in these days, by so much. Never why, never love.

`{him}` and its like are left for the page to fill. Slopes are told as points for a typical swing of the driver.
"""

from typing import Protocol

from .words import number

NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
SHORT = {"lonely": "lonely", "fear_single": "fear of staying alone"}
NOUN = {"lonely": "loneliness", "fear_single": "fear of staying alone"}
ON_MORE = {"lonely": "on lonelier days", "fear_single": "on days with more fear of staying alone"}
LEAST_DAYS = {"lonely": "least lonely days", "fear_single": "days with the least fear of staying alone"}
EARLY = "Early, and easily wrong: "

LIMITS = (
    "Why: that two things go together does not say that one makes the other. Both may follow from the weekend, from "
    "sleep, from looking at {his} profile.",
    "What love is: a flat line is no sign of love, and a steep one is no sign against it.",
    "What comes: these are the days you answered, and it need not stay so.",
    "What {he} {feels|feel}, or {wants|want}.",
    "What looking does: seeing this can change your next answers.",
)


class Figures(Protocol):
    """What a sentence needs of an estimate, in points."""

    @property
    def mean(self) -> float: ...
    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...
    @property
    def n(self) -> int: ...


def entries(driver: str, days: int, first: int) -> str:
    """Under `first` days with both answers."""
    both, start = f"{SHORT[driver]} and missing {{him}}", NUMBERS[first].lower()
    if not days:
        return f"No day yet has both answers, {both}; a summary starts at {start} such days."
    count = f"{NUMBERS[days]} {'day' if days == 1 else 'days'}"
    return f"{count} so far with both answers, {both}; a summary starts at {start}."


def summary(driver: str, days: int, first: int) -> str:
    """A summary, and no link yet."""
    return (
        f"{days} days so far with both answers, {SHORT[driver]} and missing {{him}}; whether the two go together is "
        f"looked at once there are {first} such days."
    )


def flat(driver: str, driver_flat: bool, longing_flat: bool) -> str:
    """Answers that hardly moved."""
    which = " and ".join(name for name, still in ((NOUN[driver], driver_flat), ("longing", longing_flat)) if still)
    return (
        f"Your answers about {which} lay, on a typical day, less than one point from their average. That is too little "
        f"movement to see whether {NOUN[driver]} and longing go together."
    )


def in_step(driver: str) -> str:
    """A driver that the calendar explains entirely."""
    return f"Cannot tell: {NOUN[driver]} moved in step with the calendar, so the two cannot be told apart."


def first_look(days: int, *, early: bool) -> str:
    """As many days as the first look needs, the last of them not over yet."""
    return _begin(f"cannot tell yet. The first look is made once the {days}th day with both answers is over.", early)


def not_yet(driver: str, *, early: bool) -> str:
    """Fewer than two looks, or two that differ."""
    return _begin(
        f"cannot tell yet whether you miss {{him}} more {ON_MORE[driver]}. That is said only when two looks in a row "
        "agree, with seven more days of answers between them.",
        early,
    )


def cannot_tell(driver: str, slope: Figures, swing: float, *, early: bool) -> str:
    """An interval that holds zero: what it allows, both ways."""
    low, high = _way(slope.low * swing), _way(slope.high * swing)
    return _begin(
        f"cannot tell from your first {slope.n} days of answers whether you miss {{him}} more {ON_MORE[driver]}. They "
        f"fit anything from {low} to {high}, for a typical swing in {NOUN[driver]} of {swing:.1f} points. That is no "
        "sign of a link, and no sign against one.",
        early,
    )


def link(driver: str, slope: Figures, swing: float, verdict: str, *, early: bool) -> str:
    """Two agreeing looks. verdict: "more" or "less", which the interval then bears out throughout."""
    low, high = sorted((abs(slope.low), abs(slope.high)))
    return _begin(
        f"in your first {slope.n} days of answers, {ON_MORE[driver]} you tended to miss {{him}} {verdict}: about "
        f"{abs(slope.mean) * swing:.1f} points, for a typical swing in {NOUN[driver]} of {swing:.1f} points. Likely "
        f"between {low * swing:.1f} and {high * swing:.1f} points.",
        early,
    )


def least(driver: str, longing: Figures, days: int, highest: float) -> str:
    """The least lonely days: how many, how lonely at most, and how much she missed him then."""
    lowest_day, highest_day = number(longing.low), number(longing.high)
    then = f"you missed {{him}} {longing.mean:.1f} of 10 on average, from {lowest_day} to {highest_day}"
    if longing.low == longing.high:
        then = f"you missed {{him}} {lowest_day} of 10 on each of them"
    return f"On your {longing.n} {LEAST_DAYS[driver]} of {days} ({NOUN[driver]} {number(highest)} or less), {then}."


def alike(driver: str, count: int, days: int, highest: float) -> str:
    """The third of the days is more than half of them, by ties."""
    return (
        f"Most days were about alike in {NOUN[driver]}: {number(highest)} or less on {count} of {days}. So no "
        f"{LEAST_DAYS[driver]} stand apart from the others."
    )


def _begin(words: str, early: bool) -> str:
    return EARLY + words if early else words[0].upper() + words[1:]


def _way(points: float) -> str:
    size = f"{abs(points):.1f}"
    return "no difference" if size == "0.0" else f"{size} points {'more' if points > 0 else 'less'}"
