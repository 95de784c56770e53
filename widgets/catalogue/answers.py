"""Turns what a form or a caller hands in into the JSON values a journal keeps, or says per item what to mend."""

import datetime as dt
import math
import numbers
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from .exercises import Exercise
from .items import LATEST, Item


class InvalidEntry(ValueError):
    """Answers that do not fit their exercise. `faults` maps an item's id to one sentence that says what to write."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = dict(faults)
        super().__init__("Nothing was saved. " + " ".join(f"{item}: {words}" for item, words in self.faults.items()))


def is_missing(value: Any) -> bool:
    """True for None, NaN, NaT and pandas' NA: the ways a caller may say "not answered"."""
    if value is None:
        return True
    if isinstance(value, float):
        return math.isnan(value)
    return type(value).__name__ in ("NAType", "NaTType")


def check_item(item: Item, value: Any, *, as_form: bool = False) -> Any:
    """The JSON value of one answer, None if not answered. Raises ValueError with a sentence that names the way out.

    as_form: insist on what `check_exercise` says of a form.
    """
    if is_missing(value):
        kept = None
    elif item.type == "rows":
        kept = _rows(item, value, as_form=as_form)
    else:
        kept = _CHECKS[item.type](item, value)
    if as_form:
        _insist(item, kept)
    return kept


def shown(item: Item, answers: Mapping[str, Any], items: Mapping[str, Item]) -> bool:
    """True if the answers so far reveal this item."""
    for other, wanted in item.show_if.items():
        given = answers.get(other)
        if not shown(items[other], answers, items):
            return False
        if isinstance(given, bool):
            given = "yes" if given else "no"
        hit = any(g in wanted for g in given) if isinstance(given, list) else given in wanted
        if not hit:
            return False
    return True


NOTHING_ANSWERED = "Answer at least one question."


def check_exercise(exercise: Exercise, answers: Mapping[str, Any], *, as_form: bool) -> dict[str, Any]:
    """The answers of one exercise, a JSON value for each item; None if hidden. Raises InvalidEntry with all faults.

    A form (`as_form`) also insists on needed items and on the length of texts. A journal does not: it would rather
    keep a long letter, or half an answer, than refuse it.
    """
    clean, faults = _check_items(exercise.items, answers, as_form=as_form)
    unknown = (name for name in answers if name not in clean)
    faults = {name: f"{exercise.title} has no item of this name." for name in unknown} | faults
    if not faults and not exercise.may_be_empty and all(value is None for value in clean.values()):
        faults[exercise.items[0].id] = exercise.one_of_message or NOTHING_ANSWERED
    if not faults and exercise.one_of and all(clean.get(i) is None for i in exercise.one_of):
        faults[exercise.one_of[0]] = exercise.one_of_message
    clean |= exercise.fixed
    if faults:
        raise InvalidEntry(faults)
    return clean


def _check_items(
    items: Sequence[Item], answers: Mapping[str, Any], *, as_form: bool
) -> tuple[dict[str, Any], dict[str, str]]:
    """(the JSON value of each item, the faults) of items that stand beside one another."""
    clean: dict[str, Any] = dict.fromkeys(item.id for item in items)
    faults: dict[str, str] = {}
    beside = {item.id: item for item in items}
    for item in items:
        if shown(item, clean, beside):
            try:
                clean[item.id] = check_item(item, answers.get(item.id), as_form=as_form)
            except ValueError as error:
                faults[item.id] = str(error)
    return clean, faults


def _insist(item: Item, value: Any) -> None:
    if item.needed and (value is None or (isinstance(value, str) and not value.strip()) or value == []):
        raise ValueError(_needed(item))
    if isinstance(value, str) and item.length is not None and len(value) > item.length:
        over = len(value) - item.length
        raise ValueError(f"This has {len(value)} letters; {item.length} fit here. Take out {over}.")


def _needed(item: Item) -> str:
    """What to do about a missing answer."""
    what = "Write something" if item.is_text else "Answer this"
    return _after_question(item, f"{what} first, it is needed to save.")


def _with_question(item: Item, words: str) -> str:
    return words if words.startswith(item.ask) else _after_question(item, words)


def _after_question(item: Item, words: str) -> str:
    """The words after the question's own, so that they can be read by themselves."""
    return f"{item.ask} {words}" if item.ask[-1:] in "?.…" else f"{item.ask}: {words[:1].lower()}{words[1:]}"


def _scale_or_number(item: Item, value: Any) -> int | float:
    if isinstance(value, str):
        try:
            value = float(value.strip().replace(",", "."))
        except ValueError:
            raise ValueError(_number_words(item)) from None
    if isinstance(value, bool) or not isinstance(value, numbers.Real) or not math.isfinite(value):
        raise ValueError(_number_words(item))
    number = float(value)
    low, high = item.range or (-math.inf, math.inf)
    grain = item.grain if item.type == "scale" else item.step
    off_grid = grain is not None and abs((number - (low if item.range else 0)) / grain % 1 - 0.5) < 0.5 - 1e-9
    if not low <= number <= high or off_grid:
        raise ValueError(_number_words(item))
    return int(number) if item.whole else number


def _number_words(item: Item) -> str:
    if item.range is None:
        return "Write a number, like 6."
    low, high = (f"{v:g}" for v in item.range)
    grain = item.grain if item.type == "scale" else item.step
    steps = f" in steps of {grain:g}" if grain not in (None, 1) else ""
    whole = "whole number" if item.whole else "number"
    middle = f"{(item.range[0] + item.range[1]) // 2 // (grain or 1) * (grain or 1):g}"
    return f"Write a {whole} from {low} to {high}{steps}, like {middle}."


def _code(item: Item, value: Any) -> str:
    if not isinstance(value, str) or value not in item.choices:
        raise ValueError(f"Choose one of: {', '.join(item.choices)}.")
    return str(value)


def _codes(item: Item, value: Any) -> list[str]:
    if isinstance(value, str) or not hasattr(value, "__iter__"):
        raise ValueError(f"Give a list of any of: {', '.join(item.choices)}.")
    given = list(value)
    return [code for code in item.choices if code in [_code(item, g) for g in given]]


def _rank(item: Item, value: Any) -> list[str]:
    given = [] if isinstance(value, str) or not hasattr(value, "__iter__") else list(value)
    if sorted(map(str, given)) != sorted(item.choices):
        raise ValueError(f"Put all of these in order, each once: {', '.join(item.choices)}.")
    return [str(g) for g in given]


def _yes_no(item: Item, value: Any) -> bool:
    if isinstance(value, str) and value in ("yes", "no"):
        return value == "yes"
    if getattr(value, "shape", None) == ():  # numpy's own yes or no; to import numpy takes longer than all of this
        value = value.item()
    if not isinstance(value, bool):
        raise ValueError("Answer yes or no.")
    return value


def _text(item: Item, value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("Write words here.")
    try:
        value.encode()
    except UnicodeEncodeError:  # half of a split emoji; no file can hold it
        return value.encode("utf-8", "replace").decode()
    return value


def _date(item: Item, value: Any) -> str:
    if isinstance(value, str):
        with suppress(ValueError):
            value = dt.datetime.fromisoformat(value)
    if isinstance(value, dt.datetime):
        value = value.date()
    if not isinstance(value, dt.date):
        raise ValueError("Write a day as year-month-day, like 2026-11-22.")
    _check_day(item, value)
    return value.isoformat()


def _moment(item: Item, value: Any) -> str:
    if isinstance(value, str):
        with suppress(ValueError):
            value = dt.datetime.fromisoformat(value)
    if not isinstance(value, dt.datetime) or value.tzinfo is None:
        raise ValueError("Write a day and a time with its offset, like 2026-11-22T21:14+00:00.")
    _check_day(item, value.date())
    return value.astimezone(dt.UTC).isoformat(timespec="microseconds")


def _check_day(item: Item, day: dt.date) -> None:
    """Raises ValueError for a day that is a slip, as 22 November of the year 26 is."""
    if day < item.earliest:
        raise ValueError(f"Choose {_in_words(item.earliest)} or a later day, with the year in full.")
    if day > LATEST:
        raise ValueError(f"Choose {_in_words(LATEST)} or an earlier day.")


def _in_words(day: dt.date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _rows(item: Item, value: Any, *, as_form: bool) -> list[dict[str, Any]]:
    rows = [] if isinstance(value, str | Mapping) or not hasattr(value, "__iter__") else list(value)
    if rows != value and not rows:
        raise ValueError("Give a list of rows.")
    kept, faults = [], list[str]()
    for place, row in enumerate(rows, 1):
        try:
            kept.append(_row(item, row, as_form=as_form))
        except ValueError as error:
            faults.append(f"Row {place}: {error}")
    if faults:
        raise ValueError(" ".join(faults))
    return kept


def _row(item: Item, row: Any, *, as_form: bool) -> dict[str, Any]:
    columns = {inner.id: inner for inner in item.items}
    if not isinstance(row, Mapping) or set(row) - set(columns):
        raise ValueError(f"give only {', '.join(columns)}.")
    clean, faults = _check_items(item.items, row, as_form=as_form)
    if faults:
        raise ValueError(" ".join(_with_question(columns[name], words) for name, words in faults.items()))
    return clean


_CHECKS: dict[str, Callable[[Item, Any], Any]] = {
    "scale": _scale_or_number,
    "number": _scale_or_number,
    "choice": _code,
    "piles": _code,
    "choices": _codes,
    "rank": _rank,
    "yes-no": _yes_no,
    "text": _text,
    "long-text": _text,
    "date": _date,
    "moment": _moment,
}
