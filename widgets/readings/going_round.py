"""C6: signs that it goes round and round, in what she did this week. Facts, no word about her or about him."""

from itertools import pairwise

import pandas as pd

from .thoughts import ROUNDS
from .words import count, text

WEEK, DAYS = pd.Timedelta(days=7), 5  # so many of the last seven days
CHECKINS = 3  # a day; more than the check-in asks for
EDITS = 20  # of one message


def going_round(
    checkins: pd.DataFrame, thoughts: pd.DataFrame, today: pd.Timestamp, drafts: pd.DataFrame | None = None
) -> tuple[str, ...]:
    """One sentence for each sign of the last seven days, today among them; none where there is no sign.

    checkins: `local_date` (datetime64), `looked_at_profile` (boolean, NA). thoughts: `local_date`, `loop` (boolean).
    drafts: every revision of the message, `entry_id`, `revision`, `text` (string).
    """
    recent = _recent(checkins, today, "looked_at_profile")
    many = int((recent.groupby("local_date").size() > CHECKINS).sum())
    looked = recent[recent["looked_at_profile"].astype("boolean").fillna(False)]["local_date"].nunique()
    loops = int(_recent(thoughts, today, "loop")["loop"].astype("boolean").fillna(False).sum())
    edits = _edits(drafts)
    found = []
    if many >= DAYS:
        found.append(f"On {many} of the last 7 days there were more than three check-ins.")
    if looked >= DAYS:
        found.append(f"On {looked} of the last 7 days you looked at {{his}} profile.")
    if loops >= ROUNDS:
        found.append(f"You marked {count(loops, 'sentence', 'sentences')} of this week as going round again.")
    if edits > EDITS:
        found.append(f"You changed the same message {edits} times.")
    return tuple(found)


def _recent(frame: pd.DataFrame, today: pd.Timestamp, column: str) -> pd.DataFrame:
    rows = frame.reindex(columns=["local_date", column])
    dated = rows.assign(local_date=pd.to_datetime(rows["local_date"]))
    return dated[(dated["local_date"] > today - WEEK) & (dated["local_date"] <= today)]


def _edits(drafts: pd.DataFrame | None) -> int:
    """How often the words of one message were changed, of the one changed most."""
    if drafts is None or drafts.empty:
        return 0
    written = drafts.sort_values(["entry_id", "revision"]).groupby("entry_id")["text"]
    return max(_changes([text(words) for words in revisions]) for _, revisions in written)


def _changes(versions: list[str]) -> int:
    return sum(before != after for before, after in pairwise(versions))
