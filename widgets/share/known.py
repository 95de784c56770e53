"""Ordinary words: those that the workbook's own wording and questions use in small letters."""

import re
from functools import lru_cache

from widgets.catalogue import DATA

from .everyday import is_everyday

SMALL = re.compile(r"(?<![\w{<])[a-zé]{2,}(?:['’][a-z]+)?(?![\w}>])")


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    files = [path for folder in ("wording", "exercises") for path in sorted((DATA / folder).glob("*.yaml"))]
    words = {word for path in files for word in SMALL.findall(path.read_text("utf-8"))}
    return frozenset(word.replace("’", "'") for word in words)


def is_known(word: str) -> bool:
    """Is it an ordinary word, whatever capitals it has here?"""
    plainly = word.replace("’", "'").lower()
    return len(plainly) == 1 or plainly in _known() or is_everyday(plainly)
