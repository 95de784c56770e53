"""Puts the name and the pronouns the reader chose into our sentences."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
FORMS = ("he", "him", "his", "himself")
PRONOUNS = {
    "he": ("he", "him", "his", "himself"),
    "she": ("she", "her", "her", "herself"),
    "they": ("they", "them", "their", "themselves"),
}


def unknown_placeholders(text: str) -> list[str]:
    """The placeholders in `text` that no wording can fill."""
    known = (*FORMS, "name")
    return [p for p in PLACEHOLDER.findall(text) if p.lower() not in known and p.count("|") != 1]


def placeholder_faults(text: str) -> list[str]:
    """A sentence for each placeholder in `text` that no wording can fill."""
    return [
        f"{{{p}}} is no placeholder; write {{he}} {{him}} {{his}} {{himself}} {{name}} or a pair like {{is|are}}"
        for p in unknown_placeholders(text)
    ]


@dataclass(frozen=True)
class Wording:
    """One reader's words for the person she left. `plural`: the verb after the pronoun is "are", not "is"."""

    forms: tuple[str, str, str, str] = PRONOUNS["he"]
    plural: bool = False
    name: str = ""

    def fill(self, text: str) -> str:
        """`text` with {he} {him} {his} {himself} {name} and {is|are} filled; {He} and {Is|Are} are capitalised.

        {name} stands where {him} could stand, and reads so where she gave no name.
        """
        return PLACEHOLDER.sub(self._word, text)

    def _word(self, match: re.Match[str]) -> str:
        key = match[1]
        if "|" in key:
            return key.split("|")[self.plural]
        word = (self.name or self.forms[1]) if key.lower() == "name" else self.forms[FORMS.index(key.lower())]
        return word[:1].upper() + word[1:] if key[:1].isupper() else word


def wording_for(reader: Mapping[str, Any]) -> Wording:
    """The wording for one row of the table `reader` (name, pronouns, subject, object, possessive, reflexive, plural).

    Missing answers fall back to "he"; of other words, those left empty are filled from "they".
    """
    name = str(reader.get("name") or "").strip()
    pronouns = reader.get("pronouns") or "he"
    if pronouns in PRONOUNS:
        return Wording(PRONOUNS[pronouns], pronouns == "they", name)
    given = (reader.get(k) for k in ("subject", "object", "possessive", "reflexive"))
    forms = [str(own or "").strip() or fallback for own, fallback in zip(given, PRONOUNS["they"], strict=True)]
    plural = reader.get("plural") is True or forms[0] == PRONOUNS["they"][0]
    return Wording((forms[0], forms[1], forms[2], forms[3]), plural, name)
