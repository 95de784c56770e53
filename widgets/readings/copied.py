"""After the message was copied: whether the log says that it left. Nobody but her knows."""

import pandas as pd

ASKED_FOR = pd.Timedelta(days=14)
ABOUT_THE_HOUR = pd.Timedelta(hours=1)  # the log asks for no more than that


def copied_and_not_logged(runs: pd.DataFrame, contacts: pd.DataFrame, now: pd.Timestamp) -> pd.Timestamp | None:
    """When the message was last copied, if no line of hers in the log is from then or later; None after 14 days.

    runs: `created_utc` (datetime64, UTC), `copied` (boolean), newest last; contacts: `created_utc`, `when` (datetime64,
    UTC), `dir` (out, in), current lines. NA is no copy; a line without a time is from when it was written. now: aware.
    """
    copies = runs[runs["copied"].fillna(False).astype(bool)] if len(runs) else runs
    if not len(copies):
        return None
    at: pd.Timestamp = copies["created_utc"].max()
    if now - at > ASKED_FOR:
        return None
    hers = contacts[(contacts["dir"] == "out").fillna(False)] if len(contacts) else contacts
    times = hers["when"].fillna(hers["created_utc"]) if len(hers) else pd.Series(dtype="datetime64[ns, UTC]")
    return None if (times >= at - ABOUT_THE_HOUR).any() else at
