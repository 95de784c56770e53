"""What all declarations in `data/` have in common: their base, and the kinds of values their fields hold."""

import re
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict

from .wording import placeholder_faults


class Declaration(BaseModel):
    """Base of all that is declared: unknown fields are faults, nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _sayable(text: str) -> str:
    if faults := placeholder_faults(text):
        raise ValueError(*faults)
    return text


def spelled(pattern: str, like: str) -> AfterValidator:
    """Holds a name to a pattern. like: what to write, with an example."""

    def held(name: str) -> str:
        if not re.fullmatch(pattern, name):
            raise ValueError(f"{name!r} does not fit; write {like}")
        return name

    return AfterValidator(held)


Words = Annotated[str, AfterValidator(_sayable)]  # ours, with the name and the pronouns left open
ExerciseId = Annotated[str, spelled(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", "small letters, digits and hyphens, like check-in")]
Code = Annotated[str, spelled(r"[a-z][a-z0-9_]*", "small letters, digits and _, like no_contact")]
ClaimId = Annotated[str, spelled(r"Q\d{1,2}", "a claim’s id, like Q12")]
Way = Literal["undecided", "try", "not_yet", "let_go", "closed"]
WAYS: tuple[str, ...] = get_args(Way)
