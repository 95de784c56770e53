"""An entry in words: what was asked and what she answered, for reading only."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pandas as pd

from widgets.catalogue import Exercise, Item, Wording
from widgets.readings.local_time import said
from widgets.readings.words import day, number

Message = dict[str, Any]
GLANCE, LETTERS = 3, 140  # answers, and letters of each, that stand for an entry in a list


def answered(exercise: Exercise, answers: Mapping[str, Any], wording: Wording, today: pd.Timestamp) -> list[Message]:
    """Each item with an answer: `ask`, a `short` name of it, the answer as `text`, and whether that is `hers`.

    today: aware, in her zone. What the workbook worked out is left out, except rows: her own scales are in some.
    """
    return [
        {
            "ask": wording.fill(item.ask),
            "short": wording.fill(item.short or item.ask),
            "text": _in_words(item, answers[item.id], wording, today),
            "hers": item.is_written,
        }
        for item in exercise.items
        if answers.get(item.id) not in (None, "") and (not item.derived or item.type == "rows")
    ]


def glance(said: list[Message]) -> list[Message]:
    """The first answers of an entry, long ones shortened, which `cut` says."""
    return [
        {"label": one["short"], "text": one["text"][:LETTERS], "cut": len(one["text"]) > LETTERS, "hers": one["hers"]}
        for one in said[:GLANCE]
    ]


def texts(exercise: Exercise) -> Iterator[tuple[str, Item]]:
    """The items in which she writes, with the table each is kept in."""
    for item in exercise.items:
        if not item.derived and item.is_text:
            yield exercise.table, item
        if not item.derived and item.table:
            yield from ((item.table, inner) for inner in item.items if inner.is_text)


def own_words(exercise: Exercise, answers: Mapping[str, Any]) -> Iterator[str]:
    """What she wrote in one entry, each text of it, those of its rows too."""
    for table, item in texts(exercise):
        if table == exercise.table:
            found = [answers.get(item.id)]
        else:
            rows = next(outer.id for outer in exercise.items if outer.table == table)
            found = [row.get(item.id) for row in answers.get(rows) or ()]
        yield from filter(None, found)


def _in_words(item: Item, value: Any, wording: Wording, today: pd.Timestamp) -> str:
    return _WORDS[item.type](item, value, wording, today)


def _label(item: Item, code: str, wording: Wording) -> str:
    return wording.fill(item.choices.get(code, code))


def _scale(item: Item, value: Any, wording: Wording, today: pd.Timestamp) -> str:
    low, high = item.range or (0, 10)
    return f"{number(value)} of {number(high)}" if low == 0 else number(value).replace("-", "−")


def _choices(item: Item, value: Any, wording: Wording, today: pd.Timestamp) -> str:
    return ", ".join(_label(item, code, wording) for code in value) or wording.fill(item.none or "")


def _rank(item: Item, value: Any, wording: Wording, today: pd.Timestamp) -> str:
    return ", ".join(f"{place}. {_label(item, code, wording)}" for place, code in enumerate(value, 1))


def _rows(item: Item, value: Any, wording: Wording, today: pd.Timestamp) -> str:
    """A line for each row."""
    return "\n".join(
        " · ".join(
            _in_words(inner, row[inner.id], wording, today)
            for inner in item.items
            if not inner.derived and row.get(inner.id) not in (None, "")
        )
        for row in value
    )


_WORDS: dict[str, Callable[[Item, Any, Wording, pd.Timestamp], str]] = {
    "scale": _scale,
    "number": lambda item, value, *_: number(value).replace("-", "−"),
    "choice": lambda item, value, wording, _: _label(item, value, wording),
    "piles": lambda item, value, wording, _: _label(item, value, wording),
    "choices": _choices,
    "rank": _rank,
    "yes-no": lambda item, value, *_: "yes" if value else "no",
    "text": lambda item, value, *_: str(value),
    "long-text": lambda item, value, *_: str(value),
    "date": lambda item, value, wording, today: day(pd.Timestamp(value), today),
    "moment": lambda item, value, wording, today: said(pd.Timestamp(value), today),
    "rows": _rows,
}
