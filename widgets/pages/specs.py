"""A declared exercise as the form wants it: plain values, in the reader's wording."""

import datetime as dt
from typing import Any

from widgets.catalogue import LATEST, Exercise, Item, Wording

NONE_CODE = "none"  # the form's code for the exclusive "none of these"; stored as an empty list


def spec(exercise: Exercise, wording: Wording, today: dt.date) -> dict[str, Any]:
    """What the form needs to draw this exercise. Derived items are left out: the reader never sees them."""
    fill = wording.fill
    return {
        "id": exercise.id,
        "title": fill(exercise.title),
        "intro": fill(exercise.intro),
        "kind": exercise.kind,
        "save": exercise.button,
        "empty": fill(exercise.empty),
        "more": "A little more, if you like",
        "items": [_item(i, wording, today) for i in exercise.items if not i.derived],
        "one_of": list(exercise.one_of) or None,
        "one_of_message": fill(exercise.one_of_message),
        "shown_after_saving": exercise.shown_after_saving,
        "cap": exercise.cap,
        "cap_text": fill(exercise.cap_text),
        "cap_more": "Answer once more all the same",
        "form_first": exercise.form_first,
        "groups": list(exercise.groups) if exercise.groups else None,
        "cards": exercise.cards,
        "first": list(exercise.first),
        "versions": exercise.versions,
        "stage": None,
    }


def _item(item: Item, wording: Wording, today: dt.date) -> dict[str, Any]:
    fill = wording.fill
    choices = [[code, fill(label)] for code, label in item.choices.items()]
    if item.none is not None:
        choices.append([NONE_CODE, fill(item.none)])
    first, last = _span(item, today)
    return {
        "id": item.id,
        "type": "hints" if item.hints_for else item.type,
        "about": item.hints_for,
        "ask": fill(item.ask),
        "short": fill(item.short),
        "suggest": [fill(text) for text in item.suggest],
        "hint": fill(item.hint),
        "low": fill(item.low),
        "high": fill(item.high),
        "range": list(item.range) if item.range else None,
        "step": item.grain if item.type == "scale" else item.step,
        "choices": choices,
        "none": NONE_CODE if item.none is not None else None,
        "max": item.length,
        "max_words": item.max_words,
        "erases": item.erases,
        "min_date": first,
        "max_date": last,
        "ahead": item.latest is None,
        "needed": item.needed,
        "show_if": _show_if(item),
        "more": item.more,
        "private": item.keep_if is not None,
        "keep_if": item.keep_if,
        "help_on": list(item.help_on),
        "help_text": fill(item.help_text),
        "items": [_item(i, wording, today) for i in item.items],
    }


def _span(item: Item, today: dt.date) -> tuple[str | None, str | None]:
    """The first and the last day or moment that can be chosen, as a browser writes them."""
    if item.type not in ("date", "moment"):
        return None, None
    first, last = item.earliest, today if item.latest else LATEST
    if item.from_today:
        first, last = (today + dt.timedelta(days=days) for days in item.from_today)
    return (f"{first}T00:00", f"{last}T23:59") if item.type == "moment" else (str(first), str(last))


def question(item_id: str, kind: str, ask: str, **more: Any) -> dict[str, Any]:
    """A question that no file declares, as the form takes it: what it offers depends on the journal."""
    return _item(Item(id="undeclared", type="text", ask=""), Wording(), dt.date.min) | {
        "id": item_id,
        "type": kind,
        "ask": ask,
        "max": None,
        **more,
    }


def _show_if(item: Item) -> list[dict[str, Any]] | None:
    truth = {"yes": True, "no": False}
    conditions = [
        {"item": other, "is": [truth.get(a, a) for a in answers] + [a for a in answers if a in truth]}
        for other, answers in item.show_if.items()
    ]
    return conditions or None
