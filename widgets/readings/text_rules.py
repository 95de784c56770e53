"""Rules over her text: wording that asks a question again. They claim nothing about anybody."""

import re
import unicodedata
from collections.abc import Iterable


def mentions(text: str, patterns: Iterable[str]) -> bool:
    """True if any pattern is found. Patterns see lower-case text with straight apostrophes and single spaces."""
    plain = unicodedata.normalize("NFKC", text).lower().replace("’", "'").replace("‘", "'").replace("ʼ", "'")
    plain = re.sub(r"[^\w']+", " ", plain)
    return any(re.search(pattern, plain) for pattern in patterns)
