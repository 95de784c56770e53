"""1.3 Fact, feeling, story: her sentences in three columns, and a quiet word when the same one goes round and round."""

from dataclasses import dataclass

import pandas as pd

from .words import count, text

SORTS = ("fact", "feeling", "story")
ROUNDS = 3  # ticks of "the same round again" in one week
WEEK = pd.Timedelta(days=7)


@dataclass(frozen=True)
class Thoughts:
    """Sentences by sort; a story carries the other reading she wrote, or "". `going_round`: ROUNDS or more."""

    facts: tuple[str, ...]
    feelings: tuple[str, ...]
    stories: tuple[tuple[str, str], ...]
    sentence: str
    going_round: bool


def read_thoughts(thoughts: pd.DataFrame, today: pd.Timestamp) -> Thoughts:
    """Sort the sentences.

    thoughts: `sentence` (string), `sort` (codes fact, feeling, story; NA: not sorted), `other_reading` (string), `loop`
    (boolean), `local_date` (datetime64). Feelings are listed, never answered.
    """
    by = {code: thoughts[(thoughts["sort"] == code).fillna(False)] for code in SORTS}
    stories = tuple(
        (text(s), text(o)) for s, o in zip(by["story"]["sentence"], by["story"]["other_reading"], strict=True)
    )
    facts, feelings = (tuple(map(text, by[code]["sentence"])) for code in ("fact", "feeling"))
    sentence = ""
    if len(thoughts):
        sentence = (
            f"{count(len(facts), 'fact', 'facts')}, {count(len(feelings), 'feeling', 'feelings')}, "
            f"{count(len(stories), 'story', 'stories')}."
        )
    recent = thoughts[thoughts["local_date"] > today - WEEK]
    return Thoughts(facts, feelings, stories, sentence, int(recent["loop"].fillna(False).sum()) >= ROUNDS)
