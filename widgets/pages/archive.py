"""Everything she wrote, at work: looks through the journal on request, shows an entry's versions, brings one back."""

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from widgets.catalogue import Catalogue, Exercise, Wording
from widgets.journal import Entry, Journal, same_answers
from widgets.journal.narrow import UNTIL
from widgets.readings.letter import is_sealed
from widgets.readings.search import NEEDED, Hit, Place, search
from widgets.readings.words import day

from .answering import Message, refused, reply
from .answers import answered, glance, texts
from .listening import listener
from .rules import Rules, rules_of
from .serves import serves

TITLE = "Find what you wrote"
INTRO = (
    "This looks through everything you saved, and what waits as a draft: what is there now, what you withdrew, "
    "and earlier versions."
)
SHOWN = 20  # entries at a time
DRAFT = "draft:"  # begins the name under which an exercise's draft is looked through
GONE = "This entry is not there any more. Look again."
SEALED = "This is sealed. It opens on the day you set."


class ArchiveDesk:
    """Answers the control's requests. `changed(table)` is called after a version was brought back."""

    def __init__(
        self, journal: Journal, catalogue: Catalogue, wording: Callable[[], Wording], changed: Callable[[str], None]
    ) -> None:
        self._journal = journal
        self._catalogue = catalogue
        self._wording = wording
        self._changed = changed
        self._asked: tuple[str, str] | None = None
        self._found: tuple[Hit, ...] = ()  # what was asked for last, for its further pages
        self._does: dict[str, Callable[[Message], Message]] = {
            "open": lambda request: {"spec": self.spec()},
            "search": self._search,
            "entry": self._entry,
            "restore": self._restore,
        }

    def handle(self, request: Message) -> Message:
        """The answer to one request."""
        return reply(lambda: self._does[request["do"]](request), "not-read")

    def spec(self) -> Message:
        """What the control draws: words, and the exercises among which she may choose, by page."""
        fill = self._wording().fill
        by_page: dict[str, list[list[str]]] = {page.name: [] for page in self._catalogue.pages}
        for exercise in self._catalogue.exercises.values():
            by_page[self._catalogue.page_of[exercise.id]].append([exercise.id, fill(exercise.title)])
        where = [{"page": p.title, "exercises": by_page[p.name]} for p in self._catalogue.pages if by_page[p.name]]
        return {"title": TITLE, "intro": INTRO, "where": where}

    @property
    def _now(self) -> pd.Timestamp:
        return pd.Timestamp(self._journal.clock.now())

    # ---- looking

    def _search(self, request: Message) -> Message:
        known, first, asked = self._catalogue.exercises, request["from"], (request["words"], request["where"])
        if first == 0 or asked != self._asked:
            among = [known[request["where"]]] if request["where"] in known else list(known.values())
            self._asked, self._found = asked, search(request["words"], *self._histories(among))
        wording, reader = self._wording(), listener(self._journal)
        shown = [self._hit(hit, wording) for hit in self._found[first : first + SHOWN]]
        served = {hit["exercise"]: serves(self._catalogue, hit["exercise"], wording, reader) for hit in shown}
        return {"total": len(self._found), "hits": shown, "serves": served}

    def _histories(self, among: Iterable[Exercise]) -> tuple[dict[str, pd.DataFrame], dict[str, list[str]]]:
        """The frames that are looked through, and the columns of each in which she writes."""
        histories: dict[str, pd.DataFrame] = {}
        columns: dict[str, list[str]] = {}
        by_table: dict[str, list[Exercise]] = {}
        for exercise in among:
            by_table.setdefault(exercise.table, []).append(exercise)
        for table, writers in by_table.items():
            for name, item in (place for exercise in writers for place in texts(exercise)):
                columns.setdefault(name, []).append(item.id)
            until = [UNTIL] if any(column.name == UNTIL for column in self._catalogue.tables[table].columns) else []
            needed = [*NEEDED, *until, *columns.get(table, ()), *(item for writer in writers for item in writer.fixed)]
            own = histories[table] = self._own(self._history(table, needed), writers)
            for name in {name for exercise in writers for name, _ in texts(exercise)} - {table}:
                rows = self._history(name, [*NEEDED, "row", *columns[name]])
                histories[name] = rows[rows["entry_id"].isin(own["entry_id"])]
            for exercise in writers:
                histories |= self._draft(exercise)
                columns[DRAFT + exercise.id] = [item.id for _, item in texts(exercise)]
        return histories, {name: list(dict.fromkeys(ids)) for name, ids in columns.items()}

    def _history(self, table: str, columns: Iterable[str]) -> pd.DataFrame:
        return self._journal.history(table, columns=[*dict.fromkeys(columns)])

    def _own(self, history: pd.DataFrame, writers: list[Exercise]) -> pd.DataFrame:
        """Of a table's history what these exercises wrote and she has not sealed."""
        if all(writer.fixed for writer in writers):
            mine = [history[list(w.fixed)].astype("string").eq(pd.Series(w.fixed)).fillna(False) for w in writers]
            history = history[pd.concat([m.all(axis=1) for m in mine], axis=1).any(axis=1)]
        if UNTIL not in history.columns:
            return history
        newest = history.sort_values("revision").groupby("entry_id")[UNTIL].last(skipna=False)
        sealed = newest.index[newest > pd.Timestamp(self._now.date())]
        return history[~history["entry_id"].isin(sealed)]

    def _draft(self, exercise: Exercise) -> dict[str, pd.DataFrame]:
        """What waits unsaved in an exercise, as a frame of one row."""
        draft = self._journal.draft(exercise.id)
        if draft is None:
            return {}
        kept = pd.Timestamp(draft.kept_utc)
        name, on = DRAFT + exercise.id, kept.tz_convert(self._journal.clock.now().tzinfo).tz_localize(None).normalize()
        frame = {"entry_id": name, "revision": 0, "local_date": on, "saved_utc": kept, "withdrawn": False}
        said = {item.id: "\n".join(_strings(draft.answers.get(item.id))) for _, item in texts(exercise)}
        return {name: pd.DataFrame([frame | said])}

    def _hit(self, hit: Hit, wording: Wording) -> Message:
        is_draft = hit.entry_id.startswith(DRAFT)
        revisions = [] if is_draft else self._journal.revisions(hit.entry_id)
        found = next((e for e in revisions if e.revision == hit.revision), None)
        exercise = self._catalogue.exercise(hit.entry_id.removeprefix(DRAFT)) if is_draft else self._writer(found)
        said = answered(exercise, found.answers, wording, self._now) if found else []
        page = self._catalogue.page_of[exercise.id]
        return {
            "entry_id": None if is_draft else hit.entry_id,
            "revision": hit.revision,
            "exercise": exercise.id,
            "title": wording.fill(exercise.title),
            "day": day(hit.date, self._now),
            "page": next(p.title for p in self._catalogue.pages if p.name == page),
            "href": f"{page}.ipynb#exercise-{exercise.id}",
            "is_draft": is_draft,
            "is_newest": hit.is_newest,
            "is_withdrawn": hit.is_withdrawn,
            "places": [_place(place, exercise, wording) for place in hit.places],
            "glance": [] if hit.places else glance(said),
        }

    def _writer(self, entry: Entry | None) -> Exercise:
        assert entry is not None  # the search has just read it
        return self._catalogue.writer(entry.table, entry.answers)

    # ---- versions

    def _entry(self, request: Message) -> Message:
        revisions = self._journal.revisions(request["entry_id"])
        if not revisions:
            return refused("gone", GONE)
        now = revisions[-1]
        rules = rules_of(self._writer(now), self._journal)
        if is_sealed(now.answers.get(UNTIL), self._now.date()):
            return refused("sealed", SEALED)
        return {"withdrawn": now.withdrawn, "versions": [self._version(e, now, rules) for e in reversed(revisions)]}

    def _version(self, entry: Entry, now: Entry, rules: Rules) -> Message:
        says_the_same = same_answers(entry.answers, now.answers)
        return {
            "revision": entry.revision,
            "saved": entry.saved_utc.isoformat(),
            "is_now": entry is now,
            "withdrawn": entry.withdrawn,
            "says_the_same": says_the_same,
            "answers": answered(rules.exercise, entry.answers, self._wording(), self._now),
            "refusal": "" if says_the_same and not now.withdrawn else rules.refusal(entry.answers, now.answers),
        }

    def _restore(self, request: Message) -> Message:
        revisions = self._journal.revisions(request["entry_id"])
        then = next((e for e in revisions if e.revision == request["revision"]), None)
        if then is None:
            return refused("gone", GONE)
        rules = rules_of(self._writer(then), self._journal)
        if refusal := rules.refusal(then.answers, revisions[-1].answers) or self._fault(then, rules):
            return refused("refused", refusal)
        self._journal.restore(then.entry_id, then.revision)
        self._changed(then.table)
        return self._entry(request) | {"at": self._journal.clock.now().isoformat()}

    def _fault(self, then: Entry, rules: Rules) -> str:
        """What the other entries speak against, as on saving; a day that was open then need not be so now."""
        fixed = rules.exercise.fixed.items()
        entries = [e for e in self._journal.entries(then.table) if fixed <= e.answers.items()]
        others = [e.answers for e in entries if e.entry_id != then.entry_id]
        dates = {item.id for item in rules.exercise.items if item.type == "date"}
        faults = {i: words for i, words in rules.faults(dict(then.answers), others).items() if i not in dates}
        return self._wording().fill(next(iter(faults.values()), ""))


def _place(place: Place, exercise: Exercise, wording: Wording) -> Message:
    label = next(item.short or item.ask for _, item in texts(exercise) if item.id == place.column)
    return {
        "label": wording.fill(label),
        "pieces": [[piece.text, piece.found] for piece in place.pieces],
        "cut": [place.cut_before, place.cut_after],
        "more": place.more,
    }


def _strings(value: Any) -> list[str]:
    """All texts in what a draft holds of an item: a text, texts by place, or rows."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in inner for text in _strings(one)]
