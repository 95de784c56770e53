"""Answers in words: labels in place of codes, days in full, and *they* in our own sentences whatever she calls him."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from widgets.catalogue import Item, Wording
from widgets.catalogue.wording import PRONOUNS

THEY = Wording(PRONOUNS["they"], plural=True)
fill = THEY.fill
DAY = 10  # letters of a day, 2026-11-22


def asked(item: Item) -> str:
    """The question, or its short name."""
    name = fill(item.short or item.ask)
    return name[:1].upper() + name[1:]


def is_answered(value: Any) -> bool:
    """An empty list is an answer: none of these."""
    return value is not None and value != ""


def is_told(item: Item, value: Any) -> bool:
    """Does anything of the answer stand there? “None of these” does, a list without a line does not."""
    return in_words(item, value) != ""


def in_words(item: Item, value: Any, *, in_table: bool = False) -> str:
    """One answer, "" where there is none. in_table: without the end of its scale, which the table names."""
    if not is_answered(value):
        return ""
    match item.type:
        case "text" | "long-text":
            return str(value)
        case "scale" if item.range and item.range[0] == 0 and not in_table:
            return f"{value} of {item.range[1]:g}"
        case "scale" if item.range and not in_table:
            return f"{_figure(value)} ({_figure(item.range[0])} to {_figure(item.range[1])})"
        case "scale" | "number":
            return _figure(value)
        case "yes-no":
            return "yes" if value else "no"
        case "choices" | "rank":
            labels = [_label(item, code) for code in value]
            by = "; " if any("," in label for label in labels) else ", "
            return by.join(labels) or fill(item.none or "none")
        case "choice" | "piles":
            return _label(item, value)
        case "rows":
            return "\n".join(filter(None, (" · ".join(filter(None, line_of(item.items, row))) for row in value)))
    return day_words(dt.date.fromisoformat(value[:DAY]))


def _figure(value: float) -> str:
    return f"{value:g}".replace("-", "−")


def _told(item: Item, value: Any) -> str:
    name = asked(item)
    return f"{name}{'' if name.endswith('?') else ':'} {in_words(item, value)}"


def _label(item: Item, code: str) -> str:
    return fill(item.choices.get(code, code))


def day_words(day: dt.date) -> str:
    """ "Sunday 22 November 2026": with the year, for it is read long after."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def line_of(items: Iterable[Item], answers: Mapping[str, Any]) -> tuple[str, str]:
    """A row of answers: its first text, and the rest in one line."""
    given = [item for item in items if is_told(item, answers.get(item.id))]
    lead = next((item for item in given if item.is_text), None)
    plain = ("choice", "piles", "date", "choices")
    rest = [
        in_words(item, answers[item.id]) if item.type in plain else _told(item, answers[item.id])
        for item in given
        if item is not lead
    ]
    return in_words(lead, answers[lead.id]) if lead else "", " · ".join(rest)
