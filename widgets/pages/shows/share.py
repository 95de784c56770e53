"""What has left so far: which file, when, and its fingerprint."""

from collections.abc import Mapping

import pandas as pd

from widgets.catalogue import Exercise, Wording
from widgets.journal import Entry, Tables
from widgets.readings.words import day

from .blocks import Shown, nothing

FIRST = 3  # titles told of a share
YET = "What you save from here will be listed, with its day and its fingerprint."
HOW = "The fingerprint tells whether a file somebody has is the one you saved: any program for SHA-256 works it out."


def shares(exercise: Exercise, journal: Tables, wording: Wording, today: pd.Timestamp) -> Shown:
    """The files saved, the newest last."""
    saved = journal.entries("shares")
    if not saved:
        return nothing(YET), ""
    kinds = exercise.item("form").choices
    pairs = [{"term": day(pd.Timestamp(e.local_date), today), "text": _file(e, kinds)} for e in saved]
    return [{"kind": "pairs", "pairs": pairs}, {"kind": "text", "text": HOW}], "Who has read it, and where it is now."


def _file(entry: Entry, kinds: Mapping[str, str]) -> str:
    answers = entry.answers
    titles = _some(answers["what"].split("\n"))
    lock = ", with a password" if answers["has_password"] else ""
    return f"{titles}. {answers['file']}, {kinds[answers['form']]}{lock}. Fingerprint: {answers['sha256']}"


def _some(titles: list[str]) -> str:
    """The first of them, and how many more."""
    more = len(titles) - FIRST
    return " · ".join(titles) if more < 2 else f"{' · '.join(titles[:FIRST])} and {more} more"
