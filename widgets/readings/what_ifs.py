"""2.2 What if some days did not count: the days that each option leaves out of the pattern."""

import datetime as dt
from collections.abc import Iterable

import pandas as pd

SATURDAY = 5
OPTIONS = ("weekends", "after_contact", "worst_day")


def days_left_out(option: str, checkins: pd.DataFrame, contacts_on: Iterable[dt.date]) -> tuple[dt.date, ...]:
    """The local dates that an option leaves out, ascending. ValueError for an option that is none of OPTIONS.

    weekends: the Saturdays and Sundays among the days with check-ins; after_contact: the days of contact and the day
    after each; worst_day: the one day with the highest mean distress, of several the newest.
    checkins: `local_date` (datetime64), `distress` (Int64, 0-10, NA).
    """
    rows = checkins.reindex(columns=["local_date", "distress"])
    rows = rows.assign(local_date=pd.to_datetime(rows["local_date"]))
    match option:
        case "weekends":
            days = rows["local_date"].dropna()
            return _dates(days[days.dt.day_of_week >= SATURDAY])
        case "after_contact":
            return tuple(sorted({day + dt.timedelta(days=later) for day in contacts_on for later in (0, 1)}))
        case "worst_day":
            means = rows.dropna().astype({"distress": float}).groupby("local_date")["distress"].mean()
            return _dates(means[means == means.max()].index.to_series().tail(1))
        case _:
            raise ValueError(f"option: one of {', '.join(OPTIONS)}.")


def contact_days(timeline: pd.DataFrame, contacts: pd.DataFrame | None = None) -> frozenset[dt.date]:
    """The days on which there was contact, as far as their date is sure.

    timeline: `kind`, `when_is` (codes), `when` (datetime64); lines before or after some date are left out. contacts:
    `when` (datetime64, UTC) and `tz` (IANA name, NA: UTC), the zone whose date it was.
    """
    lines = timeline.reindex(columns=["kind", "when", "when_is"])
    is_sure = lines["when_is"].isin(["on", "around"]) | lines["when_is"].isna()
    days = set(_dates(pd.to_datetime(lines.loc[lines["kind"].isin(["contact"]) & is_sure, "when"]).dropna()))
    if contacts is not None:
        logged = contacts.reindex(columns=["when", "tz"]).dropna(subset=["when"])
        moments = pd.to_datetime(logged["when"], utc=True)
        zones = ["UTC" if pd.isna(zone) else str(zone) for zone in logged["tz"]]
        days |= {moment.tz_convert(zone).date() for moment, zone in zip(moments, zones, strict=True)}
    return frozenset(days)


def _dates(days: "pd.Series[pd.Timestamp]") -> tuple[dt.date, ...]:
    return tuple(sorted({day.date() for day in days}))
