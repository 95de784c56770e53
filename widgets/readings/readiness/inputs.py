"""What the items are asked about: seven tables of one moment, brought into order once."""

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from ..checkins import PAUSE_DAYS
from ..drafts import Message, read_message
from ..local_time import Zones, aware, zones
from ..pace import Light, Limits, Numbers, light, limits, sentence
from ..pace.contacts import NEEDED as CONTACT
from ..pace.contacts import OPTIONAL as CONTACT_TOO
from ..safe_start import SafeStart, read_safe_start
from ..sober import sober_from
from ..tables import Reader, Row, codes, created, current, days, flags, ids, moments, scales, texts

CHOICES = codes("try", "not_yet", "let_go", "undecided")
CHECKIN = {"created_utc": moments, "local_date": days, "distress": scales}
CHECKIN_TOO = {"alcohol": flags, "safe_now": codes("yes", "unsure", "no"), "pause_until": days}
REPLIES = codes("silence", "clear_no", "angry", "kind_no", "has_someone", "wants_to_talk")


@dataclass(frozen=True)
class Inputs:
    """`now` in her zone. Rows are the newest revisions, oldest entry first, none of them from ahead of now."""

    now: pd.Timestamp
    zones: Zones
    limits: Limits
    safe_start: SafeStart
    decisions: tuple[Row, ...]
    checkins: tuple[Row, ...]
    steadiness: tuple[Row, ...]
    message: Message | None
    replies: tuple[Row, ...]
    sober_from: pd.Timestamp | None
    paused_until: pd.Timestamp | None
    pauses: tuple[str, ...]
    light: Light
    light_says: str
    light_entries: tuple[str, ...]


def read_inputs(
    *,
    safety: pd.DataFrame | None,
    decisions: pd.DataFrame | None,
    checkins: pd.DataFrame | None,
    steadiness: pd.DataFrame | None,
    drafts: pd.DataFrame | None,
    replies: pd.DataFrame | None,
    contacts: pd.DataFrame | None,
    now: dt.datetime,
    rules: Numbers | None,
) -> Inputs:
    """Read the tables as `gate` describes them. ValueError names everything that is wrong with any of them."""
    here, own, reader = aware(now), limits(rules), Reader()
    safe_start, started = read_safe_start(reader, safety)
    chosen = reader.rows("decisions", decisions, {"created_utc": moments, "choice": CHOICES}, {"draft": flags})
    lived = reader.rows("checkins", checkins, CHECKIN, CHECKIN_TOO)
    steady = reader.rows("steadiness", steadiness, {"created_utc": moments, "sober": flags}, {})
    message, written = read_message(reader, drafts)
    cards = reader.rows("replies", replies, {"reply": REPLIES, "if_then": texts}, {"can_bear": scales})
    logged = reader.rows("contacts", contacts, CONTACT, CONTACT_TOO)
    reader.check()
    where = zones(here, [*started, *chosen, *lived, *steady, *written, *cards, *logged])
    tables = {"decisions": decisions, "drafts": drafts, "checkins": checkins}
    found = light(contacts, safety, here, rules, **tables)
    paused = _pauses(lived, where, here)
    return Inputs(
        now=here,
        zones=where,
        limits=own,
        safe_start=safe_start,
        decisions=_until_now(chosen, here),
        checkins=_until_now(lived, here),
        steadiness=_until_now(steady, here),
        message=message,
        replies=tuple(current(cards)),
        sober_from=sober_from(current(lived), where, here, own.quiet_to),
        paused_until=max((until for until, _ in paused), default=None),
        pauses=ids(row for _, row in paused),
        light=found,
        light_says=sentence(found, contacts, safety, here, rules, **tables),
        light_entries=(*ids(current(logged)), *safe_start.entries),
    )


def _until_now(rows: list[Row], now: pd.Timestamp) -> tuple[Row, ...]:
    known = [(at, row) for row in current(rows) if (at := created(row)) is not None and at <= now]
    return tuple(row for _, row in sorted(known, key=lambda one: one[0]))


def _pauses(checkins: list[Row], zones: Zones, now: pd.Timestamp) -> list[tuple[pd.Timestamp, Row]]:
    """The check-ins after which messages rest, as long as they do: a day is kept for that, or the answer itself.

    checkins: every version, of withdrawn ones too, because a pause once begun holds until its day.
    """
    found = []
    for row in checkins:
        dates = [row["pause_until"]] if row["pause_until"] else []
        if row["safe_now"] in ("unsure", "no") and row["local_date"]:
            dates.append(row["local_date"] + dt.timedelta(days=PAUSE_DAYS))
        found += [(zones.arrival(date, 0, now), row) for date in dates]
    return [(until, row) for until, row in found if now < until]
