"""What the tests tell the light: contacts by the days before now, and the tables beside them."""

from typing import Any

import pandas as pd

from widgets.readings.pace import Light, light

NOW = pd.Timestamp("2026-11-18 15:00", tz="Europe/London")  # a Wednesday, by day
UTC_NOW = NOW.tz_convert("UTC")
HOUR, DAY = pd.Timedelta(hours=1), pd.Timedelta(days=1)
SECOND = pd.Timedelta(seconds=1)
SEVERITY = {"nothing_against": 0, "wait": 1, "closed": 2}
FREE = Light("nothing_against", None, None)

SAFE = {
    "contact_wish": "none_said",
    "space_until": None,
    "fear_of_him": "no",
    "was_hurt": "no",
    "can_say_no": "yes",
    "i_hurt_or_controlled": "no",
    "under_18": None,
    "he_is_adult": None,
    "route_closed": None,
    "created_utc": UTC_NOW - 200 * DAY,
}


def safety(**row: Any) -> pd.DataFrame:
    return pd.DataFrame([SAFE | row])


def hers(days: float, **row: Any) -> dict[str, Any]:
    """A contact of hers so many days before now."""
    return logged(days, "out", {"started_by": "her", "tone": None} | row)


def answer(days: float, tone: str | None = "welcoming", **row: Any) -> dict[str, Any]:
    """His answer to something she started."""
    return logged(days, "in", {"started_by": "her", "tone": tone} | row)


def start(days: float, tone: str | None = "welcoming", **row: Any) -> dict[str, Any]:
    """He starts."""
    return logged(days, "in", {"started_by": "him", "tone": tone} | row)


def logged(days: float, direction: str, row: dict[str, Any]) -> dict[str, Any]:
    """A row of `contacts`, as the log keeps it."""
    at = UTC_NOW - pd.Timedelta(days=days)
    return {"created_utc": at, "when": at, "dir": direction, "necessary": None, "failed": None} | row


def contacts(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=None if rows else ["when", "dir", "started_by", "tone"])


def shown(*rows: dict[str, Any], now: pd.Timestamp = NOW, safe: pd.DataFrame | None = None, **more: Any) -> Light:
    return light(contacts(*rows), safety() if safe is None else safe, now, **more)


def ruled(*rows: dict[str, Any], **more: Any) -> tuple[str, str | None]:
    found = shown(*rows, **more)
    return found.state, found.rule


UNSAFE = [
    ("fear_of_him", "yes"),
    ("was_hurt", "physical"),
    ("was_hurt", "controlled"),
    ("was_hurt", "rather_not_say"),
    ("i_hurt_or_controlled", "physical"),
    ("i_hurt_or_controlled", "controlled"),
    ("i_hurt_or_controlled", "rather_not_say"),
    ("can_say_no", "not_sure"),
    ("can_say_no", "no"),
    *((detail, None) for detail in ("fear_of_him", "was_hurt", "can_say_no", "i_hurt_or_controlled", "contact_wish")),
]


def space(until: str | None = None, **row: Any) -> pd.DataFrame:
    at = {"created_utc": UTC_NOW - 30 * DAY}
    return safety(contact_wish="asked_for_space", space_until=until and pd.Timestamp(until), **at | row)


def revisions(*told: tuple[float, dict[str, Any]]) -> list[dict[str, Any]]:
    """One answer of 20 days ago and its revisions, each with the days since it was saved."""
    entry = {"entry_id": "a", "created_utc": UTC_NOW - 20 * DAY}
    return [
        answer(20) | entry | {"revision": i, "saved_utc": UTC_NOW - pd.Timedelta(days=days)} | row
        for i, (days, row) in enumerate(told, 1)
    ]


CLOSING, NEUTRAL, WELCOMING = {"tone": "closing"}, {"tone": "neutral"}, {"tone": "welcoming"}


TALK = [hers(40), answer(39), hers(38.9), answer(38.8, "neutral")]  # an opener, a reply, and politeness


def twice_started(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    """A long friendly story in which he started four times, then rows."""
    story = [hers(60), answer(59)]
    for days in (50, 45, 25, 20):
        story += [hers(days + 0.1, started_by="him"), start(days)]
    return [*story, hers(19.9, started_by="him"), *rows]


def exchanges(*starters: str, first: float = 27.0, apart: float = 3.0) -> list[dict[str, Any]]:
    """One exchange each, the newest last: who starts, and a welcoming message of his in any case."""
    rows = []
    for i, who in enumerate(starters):
        days = first - i * apart
        rows += [hers(days), answer(days - 0.1)] if who == "her" else [start(days), hers(days - 0.1, started_by="him")]
    return [*rows, answer(first - len(starters) * apart + 2.8)]


def drafts(*told: tuple[float, str], now: pd.Timestamp = UTC_NOW, **more: Any) -> pd.DataFrame:
    """Revisions of one message: hours before now, and its words."""
    return pd.DataFrame(
        [
            {"entry_id": "m", "saved_utc": now - pd.Timedelta(hours=h), "text": text, "sha256": text, "revision": i}
            | more
            for i, (h, text) in enumerate(told, 1)
        ]
    )


def checkins(*told: tuple[float, bool | None], **more: Any) -> pd.DataFrame:
    """Hours before now, and alcohol; the day is that of the hour in London."""
    rows = []
    for hours, alcohol in told:
        at = NOW - pd.Timedelta(hours=hours)
        day = pd.Timestamp(at.date())
        rows.append({"created_utc": at.tz_convert("UTC"), "local_date": day, "alcohol": alcohol} | more)
    return pd.DataFrame(rows)
