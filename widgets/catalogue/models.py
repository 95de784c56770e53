"""The declarations in `data/`, as validated models. A validator raises a plain ValueError that names the way out."""

import datetime as dt
import re
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

ItemType = Literal[
    "scale", "choice", "choices", "yes-no", "text", "long-text", "number", "date", "moment", "rows", "piles", "rank"
]
WITH_CHOICES = ("choice", "choices", "piles", "rank")
WITH_LENGTH = ("text", "long-text")

ExerciseId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
ClaimId = Annotated[str, StringConstraints(pattern=r"^Q\d{1,2}$")]
Way = Literal["undecided", "try", "not_yet", "let_go", "closed"]
WAYS: tuple[str, ...] = get_args(Way)
SaidTo = Literal["everyone", "way_open", "trying", "writer"]
SAID_TO: tuple[SaidTo, ...] = get_args(SaidTo)  # the widest circle first
DEFAULT_LENGTH = {"text": 280, "long-text": 3000}


class Declaration(BaseModel):
    """Base of all that is declared: unknown fields are faults, nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Item(Declaration):
    """One question of an exercise, and the column its answer is kept in.

    `range` bounds a scale or a number; `step` is the distance of two cells (scale) or the grain of a number; `choices`
    maps codes to labels; `none` is the label of an exclusive "none of these"; `max` counts letters; `show_if` maps one
    item to the answers that reveal this one; `keep_if` names a yes-no item without whose yes the answer is used once
    and never stored; `derived` items are columns the form does not show; `more` items wait in a closed part of the
    form; `help_on` lists the codes that open the help panel, with `help_text` in it; `latest: today` keeps a date or a
    moment out of the future, and `from_today` a date between two numbers of days from now. `short` names the answer in
    a line or a table; `suggest` lists texts to begin with. `max_words` counts the words of a long text, as advice;
    `hints_for` names the long text in which these rows are the phrases she stands by; `erases` is the code of a choice
    that means to erase the entry. `after` minutes from an entry's beginning this is asked, and what was asked before
    that no longer. `held_back`: left out of what is shared unless she lets it in, because it holds his words, or is a
    note of the moment.
    """

    id: Code
    type: ItemType
    ask: str
    hint: str = ""
    low: str = ""
    high: str = ""
    range: tuple[float, float] | None = None
    step: float | None = Field(default=None, gt=0)
    choices: dict[Code, str] = {}
    none: str | None = None
    max: int | None = Field(default=None, gt=0)
    earliest: dt.date | None = None
    latest: Literal["today"] | None = None
    from_today: tuple[int, int] | None = None
    short: str = ""
    suggest: tuple[str, ...] = ()
    max_words: int | None = Field(default=None, gt=0)
    hints_for: Code | None = None
    erases: Code | None = None
    help_text: str = ""
    needed: bool = False
    show_if: dict[Code, tuple[Any, ...]] = {}
    keep_if: Code | None = None
    help_on: tuple[str, ...] = ()
    more: bool = False
    derived: bool = False
    after: int | None = Field(default=None, gt=0)
    held_back: Literal["his_words", "notes"] | None = None
    table: Code | None = None
    items: tuple["Item", ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _one_answer_may_stand_alone(cls, raw: Any) -> Any:
        if isinstance(raw, dict) and isinstance(raw.get("show_if"), dict):
            lists = {k: v if isinstance(v, list) else [v] for k, v in raw["show_if"].items()}
            raw = raw | {"show_if": lists}
        return raw

    @model_validator(mode="after")
    def _fields_fit_the_type(self) -> "Item":
        faults = []
        if self.type == "scale" and self.range is None:
            faults.append("a scale needs range, for example range: [0, 10]")
        if self.type not in ("scale", "number") and (self.range or self.step):
            faults.append(f"range and step belong to a scale or a number, not to a {self.type}; take them out")
        if self.range and self.range[0] >= self.range[1]:
            faults.append("range goes from low to high, for example [0, 10]; turn the two round")
        if self.type in WITH_CHOICES and len(self.choices) < 2:
            faults.append(f'a {self.type} needs at least two choices, for example choices: {{yes: "yes", no: "no"}}')
        if self.type not in WITH_CHOICES and self.choices:
            faults.append(
                f"choices belong to {', '.join(WITH_CHOICES)}, not to a {self.type}; take them out or change type"
            )
        if self.none is not None and self.type != "choices":
            faults.append("none is the exclusive answer of type choices; take it out or change type")
        if self.max is not None and self.type not in WITH_LENGTH:
            faults.append(f"max counts the letters of a text, not of a {self.type}; use range for numbers")
        if (self.from_today or self.earliest) and self.type != "date":
            faults.append(f"from_today and earliest belong to a date, not to a {self.type}; take them out")
        if self.latest and self.type not in ("date", "moment"):
            faults.append(f"latest belongs to a date or a moment, not to a {self.type}; take it out")
        if self.max_words and self.type != "long-text":
            faults.append(f"max_words counts the words of a long-text, not of a {self.type}; take it out")
        if self.hints_for and self.type != "rows":
            faults.append(f"hints_for belongs to rows, not to a {self.type}; take it out or change type")
        if self.erases and not (self.type == "choice" and self.erases in self.choices):
            faults.append(f"erases names {self.erases}, which is not a code of a choice; write one of its choices")
        if self.suggest and self.type != "text":
            faults.append(f"suggest belongs to a text, not to a {self.type}; take it out or change type")
        if self.type == "rows" and not (self.items and self.table):
            faults.append(
                "rows need a table and items of their own, for example table: decision_lines and items: [...]"
            )
        if self.type != "rows" and (self.items or self.table):
            faults.append("items and table belong to type rows; take them out or change type")
        unknown = [c for c in self.help_on if c not in self.choices]
        if unknown:
            faults.append(f"help_on names {', '.join(unknown)}, which is not among the choices")
        if faults:
            raise ValueError("; ".join(faults))
        return self

    @property
    def length(self) -> int | None:
        """Most letters a text may have."""
        return self.max or DEFAULT_LENGTH.get(self.type)

    @property
    def grain(self) -> float:
        """Distance between two cells of a scale: 1, or 10 where a scale spans more than 20."""
        if self.step:
            return self.step
        assert self.range is not None
        return 10 if self.range[1] - self.range[0] > 20 else 1

    @property
    def whole(self) -> bool:
        """True if the answers are whole numbers."""
        if self.type == "scale":
            return True
        return self.type == "number" and self.step is not None and float(self.step).is_integer()


class Exercise(Declaration):
    """One exercise: a form, and the table its answers are kept in.

    `kind`: series (many entries), single (one, revised) or list (rows the reader adds). `fixed` holds column values
    that are the same in every entry, for tables that two exercises share. `one_of` names items of which one must be
    answered; with `may_be_empty` an entry may have no answer at all. A series may have: `shown_after_saving` (today's
    entries stand in the form once she has saved one, and not while she answers), `back` (how many days back an entry
    may be about), `cap` (entries a day, after which the form says `cap_text` and its scales wait, closed), `open_for`
    (minutes in which its newest entry is gone on with, in the steps its items name by `after`). `groups`
    names two choices of a list by which its lines are laid out, side by side; `cards` names one choice of a list that
    has a card for each of its codes, those not in `first` in a closed part. With `form_first` a list stands under its
    form. `versions` shows the earlier versions of a single one, to be brought back. `add` is what the button says.
    `branches` names the ways (WAYS) in which it is offered, none for all; `core_in` those in which it stands open
    although it is not core.
    """

    id: ExerciseId
    number: Annotated[str, StringConstraints(pattern=r"^\d\.\d{1,2}$")] | None = None
    table: Code
    title: str
    intro: str = ""
    empty: str = ""
    add: str = ""
    claims: tuple[ClaimId, ...] = ()
    core: bool = True
    core_in: tuple[Way, ...] = ()
    branches: tuple[Way, ...] = ()
    kind: Literal["series", "single", "list"]
    fixed: dict[Code, str] = {}
    may_be_empty: bool = False
    one_of: tuple[Code, ...] = ()
    one_of_message: str = ""
    shown_after_saving: bool = False
    back: int = Field(default=0, ge=0)
    cap: int | None = Field(default=None, gt=0)
    cap_text: str = ""
    open_for: int | None = Field(default=None, gt=0)
    groups: tuple[Code, Code] | None = None
    form_first: bool = False
    cards: Code | None = None
    first: tuple[Code, ...] = ()
    versions: bool = False
    items: tuple[Item, ...]

    @model_validator(mode="after")
    def _items_fit_together(self) -> "Exercise":
        faults, seen, earlier = [], set[str](), dict[str, Item]()
        if not self.items:
            faults.append("an exercise asks something; write at least one item")
        for item in self.items:
            if item.id in seen:
                faults.append(f"two items are called {item.id}; give one of them another id")
            seen.add(item.id)
        for item in self.items:
            for other, answers in item.show_if.items():
                faults += _show_if_faults(item, other, answers, earlier)
            if item.keep_if and not any(i.id == item.keep_if and i.type == "yes-no" for i in self.items):
                faults.append(
                    f"item {item.id}: keep_if names {item.keep_if}, which is not a yes-no item of this exercise"
                )
            if item.type == "piles" and self.kind != "list":
                faults.append(f"item {item.id}: piles sort the rows of a kind: list exercise; change kind or type")
            if item.type == "rows" and self.kind == "list":
                faults.append(f"item {item.id}: a row cannot hold rows; change kind to single or series")
            earlier[item.id] = item
        faults += [
            f"{name} names {i}, which is not an item; write one of {', '.join(seen)}"
            for name, ids in (("one_of", self.one_of), ("fixed", tuple(self.fixed)))
            for i in ids
            if i not in seen
        ]
        if (self.shown_after_saving or self.back or self.cap) and self.kind != "series":
            faults.append(f"shown_after_saving, back and cap belong to a series, not to a {self.kind}; take them out")
        if self.form_first and (self.kind != "list" or self.groups):
            faults.append("form_first belongs to a list without groups; take it out")
        faults += self._step_faults()
        if bool(self.cap) != bool(self.cap_text):
            faults.append("cap and cap_text go together; write both or neither")
        for group in self.groups or ():
            if self.kind != "list" or not any(i.id == group and i.type == "choice" for i in self.items):
                faults.append(f"groups names {group}, which is not a choice of a kind: list exercise")
        if self.core and self.core_in:
            faults.append("core_in is for an exercise that is not core; write core: false, or take core_in out")
        by_card = next((i for i in self.items if i.id == self.cards and i.type == "choice"), None)
        if self.cards and not (self.kind == "list" and by_card):
            faults.append(f"cards names {self.cards}, which is not a choice of a kind: list exercise")
        if self.first and not (by_card and set(self.first) <= set(by_card.choices)):
            faults.append("first lists codes of the choice that cards names; write codes of that one")
        if self.versions and self.kind != "single":
            faults.append(f"versions belong to a single, not to a {self.kind}; take them out")
        for item in self.items:
            if item.hints_for and not any(i.id == item.hints_for and i.type == "long-text" for i in self.items):
                faults.append(f"item {item.id}: hints_for names {item.hints_for}, which is not a long-text here")
        if bool(self.one_of) != bool(self.one_of_message):
            faults.append("one_of and one_of_message go together; write both or neither")
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def _step_faults(self) -> list[str]:
        steps = [item.after for item in self.items if item.after]
        if bool(steps) != bool(self.open_for):
            return ["open_for and the items’ after go together; write both or neither"]
        if self.open_for and (self.kind != "series" or max(steps) >= self.open_for):
            return ["open_for belongs to a series and is longer than the longest after; mend one of the two"]
        return []

    @property
    def button(self) -> str:
        """What the button that saves says."""
        return self.add or ("Add" if self.kind == "list" else "Save")

    def item(self, item_id: str) -> Item:
        """The item of that id; KeyError if there is none."""
        return next((i for i in self.items if i.id == item_id), None) or _missing(item_id)


def _missing(item_id: str) -> Item:
    raise KeyError(item_id)


def _show_if_faults(item: Item, other: str, answers: tuple[Any, ...], earlier: dict[str, Item]) -> list[str]:
    trigger = earlier.get(other)
    if trigger is None:
        return [
            f"item {item.id}: show_if names {other}, which does not stand before it; move it up or name another item"
        ]
    if trigger.type not in ("choice", "piles", "choices", "yes-no"):
        return [
            f"item {item.id}: show_if needs a choice, choices, piles or yes-no item, and {other} is a {trigger.type}"
        ]
    allowed = ("yes", "no") if trigger.type == "yes-no" else tuple(trigger.choices)
    return [
        f"item {item.id}: show_if waits for {a!r}, which {other} never answers; write one of {', '.join(allowed)}"
        for a in answers
        if a not in allowed
    ]


class Claim(Declaration):
    """A claim of the article in our words, and what we do with it: keep, test on her own data, or reword.

    `we_say` stands in place of that. `said_to`: everyone; way_open, those to whom 1.1 does not close the way to him;
    writer, of these the one who chose to write to him.
    """

    id: ClaimId
    section: int = Field(ge=1, le=5)
    status: Literal["keep", "test", "reword"]
    said_to: SaidTo = "everyone"
    text: str
    we_say: str = ""

    @model_validator(mode="after")
    def _what_we_reword_we_say(self) -> "Claim":
        if self.status == "reword" and not self.we_say:
            raise ValueError("a claim to reword has we_say; write it, or change status")
        return self


class TextRule(Declaration):
    """A rule over her text: a regular expression, and sentences it must find and must leave alone."""

    id: Code
    pattern: str
    finds: tuple[str, ...] = Field(min_length=1)
    leaves: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _pattern_compiles(self) -> "TextRule":
        try:
            re.compile(self.pattern)
        except re.error as error:
            raise ValueError(f"the pattern is no regular expression ({error}); mend it at that place") from None
        return self


class PageName(Declaration):
    """A page of the workbook: the notebook's file name without its ending, and the title in the navigation."""

    name: Annotated[str, StringConstraints(pattern=r"^\d\d-[a-z-]+$")]
    title: str


class Ways(Declaration):
    """What a page is for, by her choice for now; `closed` where the way to a message is closed and she did not let go.

    `first` is the address of a heading that comes before the rest there, by way.
    """

    page: str
    words: dict[str, str]
    first: dict[str, str] = {}

    @model_validator(mode="after")
    def _all_ways_have_words(self) -> "Ways":
        if unknown := set(self.first) - set(WAYS):
            raise ValueError(f"first names {', '.join(sorted(unknown))}; write one of {', '.join(WAYS)}")
        if set(self.words) != set(WAYS):
            raise ValueError(
                f"words has one sentence for each of {', '.join(WAYS)}; add those missing, take out others"
            )
        return self
