"""What does not fit together in an exercise, one sentence each, with its item and the way out.

It is looked for here and not by the models: where one raises, what lies beside it is not told.
"""

from collections.abc import Iterator, Mapping, Sequence

from .answers import check_item
from .exercises import Exercise
from .items import LENGTH, Item
from .tables import RESERVED

WITH_CHOICES = ("choice", "choices", "piles", "rank")
TRIGGERS = ("choice", "piles", "choices", "yes-no")  # what `show_if` can wait for

# field of an item -> the types that have it
OF_TYPES: dict[str, tuple[str, ...]] = {
    "range": ("scale", "number"),
    "step": ("scale", "number"),
    "low": ("scale",),
    "high": ("scale",),
    "choices": WITH_CHOICES,
    "none": ("choices",),
    "max": tuple(LENGTH),
    "max_words": ("long-text",),
    "suggest": ("text",),
    "earliest": ("date", "moment"),
    "latest": ("date", "moment"),
    "from_today": ("date",),
    "erases": ("choice",),
    "help_on": WITH_CHOICES,
    "hints_for": ("rows",),
    "table": ("rows",),
    "items": ("rows",),
}
INSTEAD = {"max": "use range for numbers"}
NOT_IN_ROWS = ("keep_if", "erases", "after")  # they are about the whole entry

# field of an exercise -> the kinds that have it
OF_KINDS: dict[str, tuple[str, ...]] = {
    "shown_after_saving": ("series",),
    "back": ("series",),
    "cap": ("series",),
    "open_for": ("series",),
    "form_first": ("list",),
    "groups": ("list",),
    "cards": ("list",),
    "versions": ("single",),
}
TOGETHER = (("cap", "cap_text"), ("one_of", "one_of_message"))

# field -> the type of the items it names, "" for any
ITEMS_NAMED = {"one_of": "", "fixed": "", "groups": "choice", "cards": "choice"}
ITEM_NAMED = {"keep_if": "yes-no", "hints_for": "long-text"}


def exercise_faults(exercise: Exercise) -> list[str]:
    """All that is wrong with an exercise by itself."""
    where = f"exercise {exercise.id}"
    own = (*_kind_faults(exercise), *_named_faults(exercise), *_form_faults(exercise))
    return [f"{where}: {fault}" for fault in own] + [
        f"{where}, {fault}" for fault in _items_faults(exercise.items, exercise.kind)
    ]


def _kind_faults(exercise: Exercise) -> Iterator[str]:
    for field, kinds in OF_KINDS.items():
        if getattr(exercise, field) and exercise.kind not in kinds:
            yield f"{field} belongs to a {' or a '.join(kinds)}, not to a {exercise.kind}; take it out or change kind"
    for one, other in TOGETHER:
        if bool(getattr(exercise, one)) != bool(getattr(exercise, other)):
            yield f"{one} and {other} go together; write both or neither"


def _named_faults(exercise: Exercise) -> Iterator[str]:
    items = {item.id: item for item in exercise.items}
    for field, kind in ITEMS_NAMED.items():
        named = getattr(exercise, field) or ()
        fitting = [item.id for item in exercise.items if item.type == (kind or item.type)]
        for name in [named] if isinstance(named, str) else named:
            if name not in fitting:
                what = f"a {kind}" if kind else "an item"
                yield f"{field} names {name}, which is not {what} here; write one of {', '.join(fitting) or 'those'}"
    for name, value in exercise.fixed.items():
        if name in items and not _is_answer(items[name], value):
            yield f"fixed says {value!r} for {name}, which it never answers; write a code or a text it can have"
    by_card = items.get(exercise.cards or "")
    if exercise.first and not (by_card and set(exercise.first) <= set(by_card.choices)):
        yield "first lists codes of the choice that cards names; write codes of that one"


def _is_answer(item: Item, value: str) -> bool:
    try:
        return bool(check_item(item, value) == value)
    except ValueError:
        return False


def _form_faults(exercise: Exercise) -> Iterator[str]:
    if not exercise.items:
        yield "an exercise asks something; write at least one item"
    if exercise.form_first and exercise.groups:
        yield "form_first belongs to a list without groups; take one of them out"
    if exercise.core and exercise.core_in:
        yield "core_in is for an exercise that is not core; write core: false, or take core_in out"
    steps = [item.after for item in exercise.items if item.after]
    if bool(steps) != bool(exercise.open_for):
        yield "open_for and the items’ after go together; write both or neither"
    elif exercise.open_for and max(steps) >= exercise.open_for:
        yield "open_for is longer than the longest after; mend one of the two"


def _items_faults(items: Sequence[Item], place: str) -> Iterator[str]:
    """Of items that stand beside one another. place: the kind of their exercise, or "rows" for those inside rows."""
    earlier: dict[str, Item] = {}
    for item in items:
        where = f"item {item.id}"
        if item.id in earlier:
            yield f"{where}: two items are called {item.id}; give one of them another id"
        found = (*_place_faults(item, place), *_type_faults(item), *_value_faults(item))
        yield from (f"{where}: {fault}" for fault in (*found, *_link_faults(item, items, earlier)))
        yield from (f"{where}, {fault}" for fault in _items_faults(item.items, "rows"))
        earlier[item.id] = item


def _place_faults(item: Item, place: str) -> Iterator[str]:
    if item.id in RESERVED:
        yield f"{item.id} is a column that every table has; give the item another id"
    if item.id == "sealed_until" and item.type != "date":
        yield "sealed_until is the day until which an entry is put away; write type: date, or give it another id"
    if item.type == "piles" and place != "list":
        yield "piles sort the rows of a kind: list exercise; change kind or type"
    if item.type == "rows" and place in ("list", "rows"):
        yield "a row cannot hold rows; change kind to single or series, or take them out of the rows"
    for field in NOT_IN_ROWS:
        if place == "rows" and getattr(item, field):
            yield f"{field} is about a whole entry, and this stands inside rows; take it out"


def _type_faults(item: Item) -> Iterator[str]:
    for field, types in OF_TYPES.items():
        if field in item.model_fields_set and item.type not in types:
            way_out = INSTEAD.get(field, "take it out or change type")
            yield f"{field} belongs to {' or '.join(types)}, not to {item.type}; {way_out}"
    if item.type == "scale" and item.range is None:
        yield "a scale needs range, for example range: [0, 10]"
    if item.type in WITH_CHOICES and len(item.choices) < 2:
        yield f'a {item.type} needs at least two choices, for example choices: {{yes: "yes", no: "no"}}'
    if item.type == "rows" and not (item.items and item.table):
        yield "rows need a table and items of their own, for example table: decision_lines and items: [...]"


def _value_faults(item: Item) -> Iterator[str]:
    if item.range:
        yield from _range_faults(item, *item.range)
    if item.from_today and item.from_today[0] > item.from_today[1]:
        yield "from_today goes from fewer to more days, for example [7, 90]; turn the two round"
    if item.none is not None and "none" in item.choices:
        yield "none is the answer that excludes the others; give the choice of that code another one"
    for field, codes in (("erases", [item.erases] if item.erases else []), ("help_on", item.help_on)):
        if item.type in OF_TYPES[field] and (unknown := [code for code in codes if code not in item.choices]):
            yield f"{field} names {', '.join(unknown)}, which is not among the choices; write one of its codes"


def _range_faults(item: Item, low: float, high: float) -> Iterator[str]:
    if low >= high:
        yield "range goes from low to high, for example [0, 10]; turn the two round"
    elif item.whole and not all(float(n).is_integer() for n in (low, high, item.step or 1)):
        yield "these answers are whole numbers; write whole ones in range and step, or type: number with a finer step"
    elif item.type == "scale" and (high - low) % item.grain:
        yield f"steps of {item.grain:g} from {low:g} do not reach {high:g}; write another step or range"


def _link_faults(item: Item, beside: Sequence[Item], earlier: Mapping[str, Item]) -> Iterator[str]:
    for other, answers in item.show_if.items():
        yield from _show_if_faults(earlier.get(other), other, answers)
    for field, kind in ITEM_NAMED.items():
        name = getattr(item, field)
        if name and not any(i.id == name and i.type == kind for i in beside):
            yield f"{field} names {name}, which is not a {kind} here; write the id of one, or take it out"


def _show_if_faults(trigger: Item | None, other: str, answers: Sequence[object]) -> Iterator[str]:
    if trigger is None:
        yield f"show_if names {other}, which does not stand before it; move it up or name another item"
        return
    if trigger.type not in TRIGGERS:
        yield f"show_if needs {' or '.join(TRIGGERS)}, and {other} is {trigger.type}; name another item"
        return
    allowed = ("yes", "no") if trigger.type == "yes-no" else tuple(trigger.choices)
    for answer in answers:
        if answer not in allowed:
            yield f"show_if waits for {answer!r}, which {other} never answers; write one of {', '.join(allowed)}"
