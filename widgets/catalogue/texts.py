"""What is declared about texts: the article's claims, rules over her text, the pages' names and what each is for."""

import re
from typing import Annotated, Literal, get_args

from pydantic import Field, model_validator

from .declaration import WAYS, ClaimId, Code, Declaration, Words, spelled

SaidTo = Literal["everyone", "way_open", "trying", "writer"]
SAID_TO: tuple[SaidTo, ...] = get_args(SaidTo)  # the widest circle first


class Claim(Declaration):
    """A claim of the article in our words, and what we do with it: keep, test on her own data, or reword.

    `we_say` stands in place of that. `said_to`: everyone; way_open, those to whom 1.1 does not close the way to him;
    writer, of these the one who chose to write to him.
    """

    id: ClaimId
    section: int = Field(ge=1, le=5)
    status: Literal["keep", "test", "reword"]
    said_to: SaidTo = "everyone"
    text: Words
    we_say: Words = ""

    @model_validator(mode="after")
    def _what_we_reword_we_say(self) -> "Claim":
        if self.status == "reword" and not self.we_say:
            raise ValueError("a claim to reword has we_say; write it, or change status")
        return self


class TextRule(Declaration):
    """A rule over her text: a regular expression, and sentences it must find and must leave alone."""

    id: Code
    pattern: str
    finds: tuple[str, ...] = Field(min_length=1)
    leaves: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _pattern_compiles(self) -> "TextRule":
        try:
            re.compile(self.pattern)
        except re.error as error:
            raise ValueError(f"the pattern is no regular expression ({error}); mend it at that place") from None
        return self


class PageName(Declaration):
    """A page of the workbook: the notebook's file name without its ending, and the title in the navigation."""

    name: Annotated[str, spelled(r"\d\d-[a-z-]+", "a notebook’s name without its ending, like 02-lonely-or-love")]
    title: str


class Ways(Declaration):
    """What a page is for, by her choice for now; `closed` where the way to a message is closed and she did not let go.

    `first` is the address of a heading that comes before the rest there, by way.
    """

    page: str
    words: dict[str, Words]
    first: dict[str, str] = Field(default={})

    @model_validator(mode="after")
    def _all_ways_have_words(self) -> "Ways":
        if unknown := set(self.first) - set(WAYS):
            raise ValueError(f"first names {', '.join(sorted(unknown))}; write one of {', '.join(WAYS)}")
        if set(self.words) != set(WAYS):
            raise ValueError(
                f"words has one sentence for each of {', '.join(WAYS)}; add those missing, take out others"
            )
        return self
