"""Numbers and days as words, one way everywhere."""

from typing import Any

import pandas as pd


def day(date: pd.Timestamp, today: pd.Timestamp) -> str:
    """ "Sunday 22 November", with the year where it is not this one."""
    year = "" if date.year == today.year else f" {date.year}"
    return f"{date.day_name()} {date.day} {date.month_name()}{year}"


def count(number: int, one: str, many: str) -> str:
    """ "1 line", "3 lines"."""
    return f"{number} {one if number == 1 else many}"


def text(value: Any) -> str:
    """Her words, "" for NA."""
    return "" if pd.isna(value) else str(value)


def number(value: float) -> str:
    """A single answer as it is, a mean with one decimal: "7", "6.5"."""
    return f"{value:.1f}".removesuffix(".0")
