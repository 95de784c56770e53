"""After the message was copied: one question on the pages about contact, until the log answers it."""

import pandas as pd

from widgets.journal import Tables
from widgets.readings.copied import ASKED_FOR, copied_and_not_logged
from widgets.readings.words import day

from .blocks import Block

LOG = "05-his-terms.ipynb#exercise-contact-log"
COPIED = "You copied the message on {}. If it reached {{him}}, it belongs in the log:"


def left_or_not(journal: Tables) -> list[Block]:
    """Where a copy was made and no line of the log says that it left."""
    now = pd.Timestamp(journal.clock.now())
    runs = journal.table("gate_runs", since=now.to_pydatetime() - ASKED_FOR)
    at = copied_and_not_logged(runs, journal.table("contacts", columns=["created_utc", "dir", "when"]), now)
    if at is None:
        return []
    said = COPIED.format(day(at.tz_convert(now.tzinfo), now))
    return [{"kind": "link", "text": said, "link": "What went back and forth", "href": LOG}]
