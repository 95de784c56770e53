"""The calendar file, read by a calendar library: right moments, and no word of what they are about."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from widgets.share.reminders import Reminder, calendar

MADE = dt.datetime(2026, 11, 22, 21, 14, tzinfo=dt.timezone(dt.timedelta(hours=1)))
DAILY = Reminder(dt.datetime(2026, 11, 23, 20, 0), "DAILY", 56)  # noqa: DTZ001 - by her clock, whatever its zone
DAY = Reminder(dt.date(2026, 12, 6))


def read(data: bytes) -> list:
    return Calendar.from_ical(data).walk("VEVENT")


def test_a_calendar_reads_what_was_meant() -> None:
    """By her own clock, wherever she is; a day as a day; each with an alarm."""
    check_in, review = read(calendar([DAILY, DAY], title="", made=MADE, seed="x"))
    assert check_in.decoded("dtstart") == DAILY.at
    assert check_in["rrule"] == {"FREQ": ["DAILY"], "COUNT": [56]}
    assert check_in.decoded("dtstamp") == MADE
    assert review.decoded("dtstart") == dt.date(2026, 12, 6)
    assert [len(event.walk("VALARM")) for event in (check_in, review)] == [1, 1]
    assert check_in["uid"] != review["uid"]


def test_the_titles_say_nothing() -> None:
    """Whoever sees her calendar sees “Notes”; alarms too."""
    data = calendar([DAILY, DAY], title=" ", made=MADE, seed="x")
    assert {str(event["summary"]) for event in read(data)} == {"Notes"}
    assert {str(alarm["description"]) for event in read(data) for alarm in event.walk("VALARM")} == {"Notes"}
    assert {str(event["class"]) for event in read(data)} == {"PRIVATE"}


def test_the_same_file_again_replaces_its_events() -> None:
    """A calendar tells events by their ids."""
    one, other = (read(calendar([DAILY], title="", made=MADE, seed="x")) for _ in range(2))
    assert one[0]["uid"] == other[0]["uid"]
    assert one[0]["uid"] != read(calendar([DAILY], title="", made=MADE, seed="y"))[0]["uid"]


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=80).filter(str.strip))
def test_a_title_of_hers_is_text(title: str) -> None:
    """Commas, backslashes, emoji, other scripts: it comes back as it was, and no line is too long."""
    data = calendar([DAILY], title=title, made=MADE, seed="x")
    assert str(read(data)[0]["summary"]) == title.strip()
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
