"""How much of a long list stands there: the newest, and the earlier ones too once she has asked for them."""

from collections.abc import Callable

from widgets.journal import Entry

LISTED = 50  # entries of a list that stand there before she asks for the earlier ones


class Listed:
    """One list, and how far it is shown."""

    def __init__(self) -> None:
        self._most: int | None = LISTED  # None: all of them

    def shown(self, newest: Callable[[int | None], list[Entry]]) -> tuple[list[Entry], bool]:
        """The entries that stand there, and whether there are earlier ones. newest: the newest so many; None: all."""
        if self._most is None:
            return newest(None), False
        found = newest(self._most + 1)  # one more tells that there are more
        return found[-self._most :], len(found) > self._most

    def show_all(self) -> None:
        """From now on every entry stands there."""
        self._most = None

    def one_came(self) -> None:
        """No entry goes because another came."""
        self._most = self._most and self._most + 1
