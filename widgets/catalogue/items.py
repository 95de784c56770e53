"""A question of an exercise."""

import datetime as dt
from typing import Any, Literal

from pydantic import Field, model_validator

from .declaration import Code, Declaration, Words

ItemType = Literal[
    "scale", "choice", "choices", "yes-no", "text", "long-text", "number", "date", "moment", "rows", "piles", "rank"
]
LENGTH = {"text": 280, "long-text": 3000}  # letters, where `max` does not say
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)  # what lies beyond is a slip, and more than can be moved


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
    ask: Words
    hint: Words = ""
    low: Words = ""
    high: Words = ""
    range: tuple[float, float] | None = None
    step: float | None = Field(default=None, gt=0)
    choices: dict[Code, Words] = Field(default={})
    none: Words | None = None
    max: int | None = Field(default=None, gt=0)
    earliest: dt.date = EARLIEST
    latest: Literal["today"] | None = None
    from_today: tuple[int, int] | None = None
    short: Words = ""
    suggest: tuple[Words, ...] = ()
    max_words: int | None = Field(default=None, gt=0)
    hints_for: Code | None = None
    erases: Code | None = None
    help_text: Words = ""
    needed: bool = False
    show_if: dict[Code, tuple[Any, ...]] = Field(default={})
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

    @property
    def length(self) -> int | None:
        """Most letters a text may have."""
        return self.max or LENGTH.get(self.type)

    @property
    def is_text(self) -> bool:
        """True if she answers with a text."""
        return self.type in LENGTH

    @property
    def is_written(self) -> bool:
        """True if the answer is in her words: a text, or rows, which hold some."""
        return self.is_text or self.type == "rows"

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
