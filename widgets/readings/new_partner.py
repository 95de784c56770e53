"""C6: what she noted in the log about somebody new in his life, and what that means for a message."""

from collections.abc import Iterable

import pandas as pd

from .words import day

TWO_PEOPLE = "A message may then burden two people, and it would ask more of {him} than before."


def somebody_new(notes: Iterable[pd.DataFrame], today: pd.Timestamp) -> str:
    """One sentence with the day she noted it; "" where nothing is noted, or the newest note says no.

    notes: the tables in which it may stand, with `new_partner` (boolean, NA; the column may be absent), `local_date`
    (datetime64), `saved_utc` (datetime64, UTC).
    """
    columns = ["saved_utc", "local_date", "new_partner"]
    noted = [table.reindex(columns=columns).dropna(subset=["new_partner"]) for table in notes]
    said = sorted((tuple(row) for table in noted for row in table.itertuples(index=False)), key=lambda row: row[0])
    if not said or not said[-1][2]:
        return ""
    on = day(pd.Timestamp(said[-1][1]), today)
    return f"On {on} you noted that {{he}} {{is|are}} with somebody new. {TWO_PEOPLE}"
