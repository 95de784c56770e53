"""Rules of section 2 that are neither the check-in’s nor the decision’s."""

from collections.abc import Mapping
from typing import Any

from ..branches import route
from .base import Answers, Message, Rules

OF_HER_NEEDS = (
    "Each reason you had for leaving, one a line, and what you need instead, with anybody. No reason has to be weighed "
    "against the missing."
)
OF_CHANGE, OF_NEEDS = ("whose", "changed", "evidence"), ("need_instead",)  # items


class Audit(Rules):
    """Asks what has changed, and while the way to him is closed what she needs; what was not asked stays as it was."""

    def arrange(self, spec: Message) -> Message:
        if route(self.journal) != "closed":
            return _without(spec, OF_NEEDS)
        return _without(spec, OF_CHANGE) | {"intro": OF_HER_NEEDS}

    def whole(self, answers: Answers, before: Mapping[str, Any] | None) -> Answers:
        return dict(before or {}) | answers


def _without(spec: Message, names: tuple[str, ...]) -> Message:
    return spec | {"items": [item for item in spec["items"] if item["id"] not in names]}
