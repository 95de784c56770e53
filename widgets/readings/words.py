"""Numbers and days as words, one way everywhere."""

import pandas as pd


def day(date: pd.Timestamp, today: pd.Timestamp) -> str:
    """ "Sunday 22 November", with the year where it is not this one."""
    year = "" if date.year == today.year else f" {date.year}"
    return f"{date.day_name()} {date.day} {date.month_name()}{year}"


def count(number: int, one: str, many: str) -> str:
    """ "1 line", "3 lines"."""
    return f"{number} {one if number == 1 else many}"


def listed(words: list[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]
