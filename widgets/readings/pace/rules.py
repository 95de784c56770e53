"""R1 to R9, a small function each. R10, that nothing is shown as streak, score or odds, is kept in `words`."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from ..tables import DAY
from .facts import EXCHANGE_GAP, Facts

WEEK = 7 * DAY
OVER = 28 * DAY  # R7 looks at what was started in so many days
CLOSED, WAIT = "closed", "wait"


@dataclass(frozen=True)
class Finding:
    """What one rule says. `until` None: until he writes, or for good."""

    state: str
    until: pd.Timestamp | None = None


def standing_wish(f: Facts) -> Finding | None:
    """R1: no contact, or blocked: closed until he starts, welcoming. An order, or closed for safety: closed."""
    start = f.safe_start
    if start.unsafe or start.wish == "legal_order":
        return Finding(CLOSED)
    if start.wish in ("no_contact", "blocked") and f.he_started_after(start.since) is None:
        return Finding(CLOSED)
    return None


def space(f: Facts) -> Finding | None:
    """R2: he asked for space: closed until his date, whoever writes before; without a date, until he starts."""
    if f.safe_start.wish != "asked_for_space":
        return None
    if f.space_ends is not None:
        return Finding(CLOSED, f.space_ends) if f.now < f.space_ends else None
    return Finding(CLOSED) if f.he_started_after(f.safe_start.since) is None else None


def unanswered(f: Facts) -> Finding | None:
    """R3: one unanswered contact of hers in a row; after it closed until he answers, in whatever tone.

    Her own number may be none: then only a reply is left.
    """
    allowed = f.limits.unanswered
    if allowed < 1 and f.reply_is_due:
        return None
    return Finding(CLOSED) if len(f.unanswered) >= allowed else None


def opener(f: Facts) -> Finding | None:
    """R4: after the opener closed until he answers. Day 14 brings the review, no second try."""
    return Finding(CLOSED) if f.opener and not f.is_answered(f.opener) else None


def closing_sign(f: Facts) -> Finding | None:
    """R5: after any closing sign closed until he starts, welcoming; at the same moment, the sign counts."""
    if f.closing is None or f.he_started_after(f.closing.when):
        return None
    return Finding(CLOSED)


def replies(f: Facts) -> Finding | None:
    """R6: once he answered, one reply for each welcoming message, and nothing new before he has started twice himself.

    Then at most two started in seven days.
    """
    if f.reply_is_due or f.opener is None or not f.is_answered(f.opener):
        return None
    if f.times_he_started < f.limits.his_starts:
        return Finding(WAIT)
    allowed = int(f.limits.starts_a_week)
    if not allowed:
        return Finding(WAIT)
    lately = [at for at in f.her_starts if f.now < at + WEEK]
    return Finding(WAIT, lately[-allowed] + WEEK) if len(lately) >= allowed else None


def who_starts(f: Facts) -> Finding | None:
    """R7: over 28 days, if she started more than 60 % of the exchanges, and there are four or more: wait."""
    if not _mostly_hers(f, f.now):
        return None
    ends = (c.when + OVER for c in f.contacts if c.when + OVER > f.now)
    return Finding(WAIT, next(at for at in ends if not _mostly_hers(f, at)))


def _mostly_hers(f: Facts, moment: pd.Timestamp) -> bool:
    """An exchange begins where, after a gap of 48 h, whoever writes is the one who starts; it counts for 28 days.

    One more contact of hers between two exchanges makes them one, and so could hide a start. So it is asked whether the
    share is too high with any of hers, or of his that are not welcoming, left out: then none of these lowers it.
    """
    share, least = f.limits.her_share, int(f.limits.least_exchanges)
    # (when the last one was, exchanges up to `least`) -> the most by which hers are above their share, in per cent
    most: dict[tuple[pd.Timestamp | None, int], float] = {(None, 0): 0.0}
    for c in (c for c in f.contacts if moment < c.when + OVER + EXCHANGE_GAP):
        with_it: dict[tuple[pd.Timestamp | None, int], float] = {}
        for (last, count), above in most.items():
            begins = c.own_start and (last is None or c.when - last >= EXCHANGE_GAP) and moment < c.when + OVER
            key = (c.when, min(count + begins, least))
            gain = (100 * c.out - share) * begins
            with_it[key] = max(above + gain, with_it.get(key, above + gain))
        left_out = {} if c.tone == "welcoming" else most
        most = {key: max(m[key] for m in (with_it, left_out) if key in m) for key in with_it | left_out}
    return any(count >= least and above > 0 for (_, count), above in most.items())


def quiet(f: Facts) -> Finding | None:
    """R8: what she starts waits from 21:00 to 08:00, and 24 h after an edit. After alcohol everything waits."""
    at = f.now
    while (later := _quiet_until(f, at)) is not None:
        at = later
    return Finding(WAIT, at) if at > f.now else None


def _quiet_until(f: Facts, at: pd.Timestamp) -> pd.Timestamp | None:
    """The latest end of what stands against it at a moment; None if nothing does."""
    ends = [f.sober_from]
    if not f.reply_is_due:
        ends += [f.edit_rests_until, f.zones.quiet_until(at, f.limits.quiet_from, f.limits.quiet_to)]
    return max((end for end in ends if end is not None and end > at), default=None)


def no_start(f: Facts) -> Finding | None:
    """R9: 90 days after the opener without him ever starting: closed until she decides again, after these 90 days."""
    due = reviews(f).get("R9")
    return Finding(CLOSED) if due is not None and due <= f.now else None


def reviews(f: Facts) -> dict[str, pd.Timestamp]:
    """When the review days of R4 and R9 come, or came, as long as she has not decided again since."""
    if f.opener is None:
        return {}
    due = {} if f.is_answered(f.opener) else {"R4": f.opener.when + f.limits.review_days * DAY}
    if not f.times_he_started:
        due["R9"] = f.opener.when + f.limits.opener_days * DAY
    return {rule: at for rule, at in due.items() if not any(at <= decided <= f.now for decided in f.decided)}


RULES: dict[str, Callable[[Facts], Finding | None]] = {
    "R1": standing_wish,
    "R2": space,
    "R3": unanswered,
    "R4": opener,
    "R5": closing_sign,
    "R6": replies,
    "R7": who_starts,
    "R8": quiet,
    "R9": no_start,
}
