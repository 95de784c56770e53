"""C6: what she noted in the log about somebody new in his life, and what that means for a message."""

import pandas as pd

from .words import day

TWO_PEOPLE = "A message may burden two people then, and it would ask more of {him} than before."


def somebody_new(contacts: pd.DataFrame, today: pd.Timestamp) -> str:
    """One sentence with the day she noted it; "" where nothing is noted, or the newest note says no.

    contacts: `new_partner` (boolean, NA), `local_date` (datetime64), `created_utc` (datetime64, UTC).
    """
    noted = contacts.reindex(columns=["created_utc", "local_date", "new_partner"]).dropna(subset=["new_partner"])
    newest = noted.sort_values("created_utc", kind="stable").tail(1)
    if newest.empty or not newest["new_partner"].iloc[0]:
        return ""
    on = day(pd.Timestamp(newest["local_date"].iloc[0]), today)
    return f"On {on} you noted that {{he}} {{is|are}} with somebody new. {TWO_PEOPLE}"
