"""What has left so far: which file, when, and its fingerprint."""

import pandas as pd

from widgets.catalogue import Exercise, Wording
from widgets.journal import Journal
from widgets.readings.words import count, day

from .blocks import Block, nothing

YET = "What you save from here will stand in a list, with its day and its fingerprint."
HOW = "The fingerprint tells whether a file somebody has is the one you saved: every program for SHA-256 works it out."


def shares(exercise: Exercise, journal: Journal, wording: Wording, today: pd.Timestamp) -> tuple[list[Block], str]:
    """The files saved, the newest last."""
    saved = journal.entries("shares")
    if not saved:
        return nothing(YET), ""
    kinds = exercise.item("form").choices
    rows = [
        [
            day(pd.Timestamp(entry.local_date), today),
            entry.answers["what"].replace("\n", ", "),
            f"{entry.answers['file']} ({kinds[entry.answers['form']]})",
            entry.answers["sha256"],
        ]
        for entry in saved
    ]
    caption = f"{count(len(saved), 'file', 'files')} saved from this page"
    table = {
        "kind": "table",
        "caption": caption,
        "head": ["Day", "What was in it", "File", "Fingerprint"],
        "rows": rows,
    }
    return [table, {"kind": "text", "text": HOW}], "Who has read it, and where it is now."
