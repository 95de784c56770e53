"""5.6 at work: what may be chosen, the file it makes, and the record that it left."""

import datetime as dt
import secrets
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from widgets.catalogue import Exercise, InvalidEntry, Wording
from widgets.journal import Entry, Journal
from widgets.readings.words import count
from widgets.share import REAL_DATES, Choice, Names, Share, SharedTables, ShareError, make_share, names_of, offered
from widgets.share import answers as share_words
from widgets.share.choose import entries_of

from .answering import Message, refused
from .handing_out import NOT_MADE, HandoutDesk
from .keep.passphrase import SHORTEST
from .listed import Listed
from .shows import SHOWS, content
from .specs import question, spec

ENTRIES = "entries-"  # begins the id of the question which entries of an exercise
SHORT_TEXT = 60  # letters of a line by which she knows an entry
FEWEST_WEEKS, MOST_WEEKS = 8, 60  # by which the days of a file move back
READINGS: dict[str, tuple[str, ...]] = {  # what the pages say of its entries; of the others, what bears their name
    "safe-start": (),  # says to her which ways are open on the pages
    "check-in": ("pattern",),
    "steadiness": (),  # says whether it is late, and no hour leaves
}
TICK = "I have read every line above."
NOTHING = "Tick what to show."
NO_FORM = "Choose a kind of file."
WRONG_WAY = "This day is before the first one. Choose that one, or a later one."
GENDERED = (
    "They may give away who it is that you love. The workbook’s own words say “they”; yours are left as they are. If "
    "one should not be read, leave its entry out, or rewrite it."
)
TELL_IT_APART = (
    "Whoever opens the file needs it. Pass it on by another route than the file. It is kept nowhere: without it "
    "nobody can open the file."
)
CAPITALS = "Some of them may be names. If one is, add it to the names to hide, and show the file again."
NOT_LOOKED_AT = (
    "This list does not see names in small letters, names in scripts without capitals, parts of other words, and names "
    "that are ordinary words where a sentence begins. Only reading the file will find those."
)
SHORT_PASSWORD = f"A password of fewer than {SHORTEST} letters is soon guessed. Write a longer one, or none."


class SharingDesk(HandoutDesk):
    """Answers what the page asks of a handout."""

    def __init__(
        self, exercise: Exercise, journal: Journal, wording: Callable[[], Wording], saved: Callable[[], None]
    ) -> None:
        """saved: called when a share is recorded."""
        super().__init__()
        self._exercise = exercise
        self._journal = journal
        self._wording = wording
        self._saved = saved
        self._record_of_it: dict[str, Any] = {}  # what the journal will say of the newest file
        self._listed: defaultdict[str, Listed] = defaultdict(Listed)  # exercise -> how many single entries stand there

    def _do(self, request: Message) -> Message:
        match request["do"]:
            case "entries":
                return self._entries(request["exercise"], request["ticked"])
            case "earlier":
                self._listed[request["exercise"]].show_all()
                return self._entries(request["exercise"], request["ticked"])
        try:
            return super()._do(request)
        except ShareError as error:
            return refused(NOT_MADE, str(error))

    # ---- what may be chosen

    def spec(self) -> Message:
        """The questions: the exercises in which something stands, then what is declared."""
        declared = spec(self._exercise, self._wording(), self._journal.clock.now().date())
        chosen = offered(self._journal)
        exercises = question(
            "exercises",
            "choices",
            "What should be in it?",
            choices=[[e, self._offer(e, number)] for e, number in chosen.items()],
            all="Tick all of them" if len(chosen) > 1 else "",
        )
        single = [self._single(e) for e, number in chosen.items() if number > 1]
        password = question(
            "password",
            "text",
            "A password, if you want one",
            hint=TELL_IT_APART,
            max=100,
        )
        return {
            "title": declared["title"],
            "intro": declared["intro"],
            "items": [exercises, *(item | {"needed": False} for item in declared["items"]), password, *single],
            "more": "Choose single entries",
            "make": declared["save"],
            "tick": TICK,
        }

    def _offer(self, exercise_id: str, number: int) -> str:
        title = self._wording().fill(self._journal.catalogue.exercise(exercise_id).title)
        return title if number == 1 else f"{title} · {number} entries"

    def _single(self, exercise_id: str) -> Message:
        title = self._wording().fill(self._journal.catalogue.exercise(exercise_id).title)
        return question(
            f"{ENTRIES}{exercise_id}",
            "entries",
            f"Only these of “{title}”?",
            hint="If you tick none, all of them are in it.",
            exercise=exercise_id,
            show_if=[{"item": "exercises", "is": [exercise_id]}],
            more=True,
        )

    def _entries(self, exercise_id: str, ticked: Sequence[str]) -> Message:
        """An exercise's single entries, the newest or all; those that she has ticked are among them."""
        exercise = self._journal.catalogue.exercise(exercise_id)
        shown, are_more = self._listed[exercise_id].shown(
            lambda newest: entries_of(self._journal, exercise, newest=newest)
        )
        older = {*ticked} - {entry.entry_id for entry in shown}
        if are_more and older:
            shown = [*entries_of(self._journal, exercise, ids=older), *shown]
        return {"choices": [[e.entry_id, _known_by(exercise, e)] for e in shown], "earlier": are_more}

    # ---- the file

    def _make(self, answers: Message) -> Message:
        choice = self._choice(answers)
        password, form = str(answers.get("password") or ""), answers["form"]
        wording = self._wording()
        share = make_share(self._journal, choice, form, password, _says, wording.forms)
        left_out = [wording.fill(sentence) for sentence in share.left_out]
        titles = [wording.fill(self._journal.catalogue.exercise(e).title) for e in choice.exercises]
        self._record_of_it = {
            "since": answers.get("since"),
            "until": answers.get("until"),
            "let_in": sorted(choice.let_in) or None,
            "form": form,
            "what": "\n".join(titles),
            "entries": share.entries,
            "left_out": "\n".join(left_out),
            "file": share.name,
            "size": len(share.data),
            "sha256": share.sha256,
            "has_password": bool(password),
        }
        return {
            "file": self._file(share.name, share.type, share.data),
            "parts": share.parts,
            "aside": share.aside,
            "notes": _notes(share, left_out),
        }

    def _choice(self, answers: Message) -> Choice:
        exercises = tuple(answers.get("exercises") or ())
        since, until = (dt.date.fromisoformat(answers[d]) if answers.get(d) else None for d in ("since", "until"))
        faults = {} if exercises else {"exercises": NOTHING}
        if not answers.get("form"):
            faults["form"] = NO_FORM
        if answers.get("password") and len(answers["password"]) < SHORTEST:
            faults["password"] = SHORT_PASSWORD
        if since and until and until < since:
            faults["until"] = WRONG_WAY
        if faults:
            raise InvalidEntry(faults)
        let_in = frozenset(answers.get("let_in") or ())
        ids = {e: frozenset(answers.get(f"{ENTRIES}{e}") or ()) for e in exercises}
        return Choice(exercises, self._names(), _days(let_in), ids, since, until, let_in)

    def _names(self) -> Names:
        listed = [entry.answers for entry in self._journal.entries("aliases")]
        return names_of(listed, self._wording().name)

    def _record(self) -> Message:
        self._journal.save(self._exercise.table, self._record_of_it)
        self._saved()
        return {"saved": self._journal.clock.now().isoformat()}


def _days(let_in: frozenset[str]) -> int:
    """How far the days of this file move: whole weeks, so that weekdays stay; 0 where she lets the real ones in."""
    if REAL_DATES in let_in:
        return 0
    return -7 * (FEWEST_WEEKS + secrets.randbelow(MOST_WEEKS - FEWEST_WEEKS + 1))


def _says(tables: SharedTables, exercise_id: str) -> Sequence[Message]:
    """What the pages say of an exercise, read from what is shared and nothing else."""
    names = READINGS.get(exercise_id, (exercise_id,))
    return [content(name, tables, share_words.THEY) for name in names if name in SHOWS]


def _known_by(exercise: Exercise, entry: Entry) -> str:
    """An entry in a line, as she knows it: its day, and how it begins."""
    items = (item for item in exercise.items if item.is_text and not item.derived)
    text = next((str(entry.answers[i.id]) for i in items if entry.answers.get(i.id)), "")
    text = " ".join(text.split())
    begins = text if len(text) <= SHORT_TEXT else f"{text[:SHORT_TEXT].rstrip()}…"
    day = "" if exercise.kind == "list" and begins else share_words.day_words(entry.local_date)
    return " · ".join(filter(None, (day, begins)))


def _notes(share: Share, left_out: list[str]) -> list[Message]:
    """What is to be known of the file before it leaves."""
    replaced = [{"text": f"{alias}, {count(n, 'time', 'times')}"} for alias, n in share.replaced]
    return [
        {
            "title": "What was put in place of something",
            "text": "",
            "lines": replaced,
            "empty": "Nothing was replaced.",
        },
        {"title": "Left out", "text": "", "lines": [{"text": line} for line in left_out], "empty": ""},
        {
            "title": "Words that say whether somebody is a man or a woman",
            "text": GENDERED if share.gendered else "",
            "lines": [_told(told) for told in share.gendered],
            "empty": "There is none in your sentences.",
        },
        {
            "title": "Words with a capital letter that are still there",
            "text": f"{CAPITALS} {NOT_LOOKED_AT}" if share.maybe_names else NOT_LOOKED_AT,
            "lines": [_told(told) for told in share.maybe_names],
            "empty": "It found none.",
        },
    ]


def _told(told: Any) -> Message:
    return {"text": f"“{told.word}”, {count(told.count, 'time', 'times')}", "behind": list(told.sentences)}
