"""An exercise: what it asks, and how its form behaves."""

from typing import Annotated, Literal

from pydantic import Field

from .declaration import ClaimId, Code, Declaration, ExerciseId, Way, Words, spelled
from .items import Item


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
    number: Annotated[str, spelled(r"\d\.\d{1,2}", 'page and place, in quotes, like "2.1"')] | None = None
    table: Code
    title: Words
    intro: Words = ""
    empty: Words = ""
    add: Words = ""
    claims: tuple[ClaimId, ...] = ()
    core: bool = True
    core_in: tuple[Way, ...] = ()
    branches: tuple[Way, ...] = ()
    kind: Literal["series", "single", "list"]
    fixed: dict[Code, str] = Field(default={})
    may_be_empty: bool = False
    one_of: tuple[Code, ...] = ()
    one_of_message: Words = ""
    shown_after_saving: bool = False
    back: int = Field(default=0, ge=0)
    cap: int | None = Field(default=None, gt=0)
    cap_text: Words = ""
    open_for: int | None = Field(default=None, gt=0)
    groups: tuple[Code, Code] | None = None
    form_first: bool = False
    cards: Code | None = None
    first: tuple[Code, ...] = ()
    versions: bool = False
    items: tuple[Item, ...]

    @property
    def button(self) -> str:
        """What the button that saves says."""
        return self.add or ("Add" if self.kind == "list" else "Save")

    def item(self, item_id: str) -> Item:
        """The item of that id; KeyError if there is none."""
        return {item.id: item for item in self.items}[item_id]
