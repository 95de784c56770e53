"""Reminders for her own calendar: a page cannot call anybody, a calendar can."""

import datetime as dt
from collections.abc import Callable

from widgets.catalogue import InvalidEntry, Wording
from widgets.journal import Journal
from widgets.share.answers import day_words
from widgets.share.reminders import Reminder, calendar

from .answering import Message
from .handing_out import HandoutDesk
from .specs import question

TITLE = "Reminders for your calendar"
INTRO = (
    "These pages cannot call you; a calendar can. The file says nothing of what it reminds you of. Open it once it is "
    "saved, and your calendar offers to take the reminders in."
)
CHECK_IN, WEEK, REST, REVIEW = "check_in", "week", "rest", "review"
HOUR, LAST_HOUR = 20, 23  # where she names no hour
WEEKS = 8
REST_HOURS = 24  # as G6 has it, where she has not made it longer
NEUTRAL = "Anyone who sees your calendar can read this: nobody’s name should be in it. Left empty, it is “Notes”."
NOTHING = "Tick what you want to be reminded of."
NO_HOUR = f"Write a whole hour from 0 to {LAST_HOUR}, like {HOUR}."


class RemindersDesk(HandoutDesk):
    """Answers what the page asks of the reminders' handout."""

    def __init__(self, journal: Journal, wording: Callable[[], Wording]) -> None:
        super().__init__()
        self._journal = journal
        self._wording = wording

    def spec(self) -> Message:
        """The questions; a day for looking again and the end of a rest are offered where there is one to come."""
        choices = [
            [CHECK_IN, f"the check-in, every day for {WEEKS} weeks"],
            [WEEK, f"a look at the week, {WEEKS} times"],
        ]
        choices += [[what, f"{words}: {_when(at)}"] for what, (words, at) in self._to_come().items()]
        hour = question("hour", "number", "At what hour?", hint=f"A whole hour. Left empty, it is {HOUR}.", step=1)
        title = question(
            "title",
            "text",
            "What should your calendar call it?",
            hint=NEUTRAL,
            max=40,
        )
        asked = question("what", "choices", "What should it remind you of?", choices=choices)
        return {
            "title": TITLE,
            "intro": INTRO,
            "items": [asked, hour | {"range": [0, LAST_HOUR]}, title],
            "more": "",
            "make": "Show the file",
            "tick": "",
        }

    def _to_come(self) -> dict[str, tuple[str, dt.datetime | dt.date]]:
        """What has a day of its own, in time."""
        now = self._journal.clock.now()
        found: dict[str, tuple[str, dt.datetime | dt.date]] = {}
        if (rest := self._rest_ends()) and rest > now:
            found[REST] = ("the end of a message’s rest", rest.replace(tzinfo=None))
        if (review := self._review()) and review > now.date():
            found[REVIEW] = ("the day for looking again", review)
        return found

    def _review(self) -> dt.date | None:
        chosen = self._journal.newest("decisions", has="review_on")
        return dt.date.fromisoformat(chosen.answers["review_on"]) if chosen else None

    def _rest_ends(self) -> dt.datetime | None:
        message = self._journal.newest("drafts")
        if message is None:
            return None
        rules = self._journal.newest("pacing_rules")
        hours = (rules.answers.get("edit_hours") if rules else None) or REST_HOURS
        return (message.saved_utc + dt.timedelta(hours=hours)).astimezone(self._journal.clock.now().tzinfo)

    def _make(self, answers: Message) -> Message:
        chosen, hour = answers.get("what") or [], answers.get("hour")
        faults = {} if chosen else {"what": NOTHING}
        if hour is not None and not (isinstance(hour, int | float) and hour in range(LAST_HOUR + 1)):
            faults["hour"] = NO_HOUR
        if faults:
            raise InvalidEntry(faults)
        events = self._events(chosen, HOUR if hour is None else int(hour))
        now = self._journal.clock.now()
        title = str(answers.get("title") or "")
        data = calendar([event for _, event in events], title=title, made=now, seed=self._journal.name)
        lines = [{"text": f"{words}: {_when(event.at)}"} for words, event in events]
        return {
            "file": self._file("notes.ics", "text/calendar", data),
            "parts": [{"kind": "text", "name": "", "text": data.decode()}],
            "aside": "",
            "notes": [{"title": "What it reminds you of", "text": "", "lines": lines, "empty": ""}],
        }

    def _events(self, chosen: list[str], hour: int) -> list[tuple[str, Reminder]]:
        today = self._journal.clock.now().date()
        at = dt.datetime.combine(today + dt.timedelta(days=1), dt.time(hour))
        sunday = at + dt.timedelta(days=(6 - at.weekday()) % 7)
        coming = self._to_come()
        found = []
        if CHECK_IN in chosen:
            found.append((f"The check-in, every day for {WEEKS} weeks, from", Reminder(at, "DAILY", 7 * WEEKS)))
        if WEEK in chosen:
            found.append((f"A look at the week, {WEEKS} times, from", Reminder(sunday, "WEEKLY", WEEKS)))
        for what in (w for w in coming if w in chosen):
            words, when = coming[what]
            found.append((words.capitalize(), Reminder(when)))
        return found

    def _record(self) -> Message:
        return {"saved": self._journal.clock.now().isoformat()}


def _when(at: dt.datetime | dt.date) -> str:
    return f"{day_words(at)}, {at:%H:%M}" if isinstance(at, dt.datetime) else day_words(at)
