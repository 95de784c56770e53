"""What was read from the file, for as long as nothing that it rests on has changed: by this process or by another."""

from collections.abc import Callable, Collection
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")


class State(NamedTuple):
    """Which content a connection sees. Equal states of one journal are the same content, byte for byte.

    connection: which one, for the others count for one only; others: grows with every commit by anybody else; own: rows
    this connection has ever changed.
    """

    connection: object
    others: int
    own: int


class Memory:
    """Things read under one state. Each says on which tables it rests, and is forgotten once one of these changes."""

    def __init__(self) -> None:
        self._state: State | None = None
        self._things: dict[Any, tuple[frozenset[str] | None, Any]] = {}

    def find(self, state: State, name: Any, rests_on: Collection[str] | None, make: Callable[[], T]) -> T:
        """The thing of this name, made now if it is not known. rests_on: None for the whole file; () for what goes by
        what is already there, and looks for what this journal has appended itself.

        name: hashable. `make` may itself look for things.
        """
        self._at(state)
        if name not in self._things:
            made = make()
            if self._state != state:  # making it took so long that the file went on
                return made
            self._things[name] = None if rests_on is None else frozenset(rests_on), made
        thing: T = self._things[name][1]
        return thing

    def wrote(self, before: State, after: State, tables: Collection[str]) -> None:
        """This connection itself appended to these tables, and changed nothing else of `entries`."""
        self._at(before)
        self._state = after
        self._things = {
            name: (on, thing) for name, (on, thing) in self._things.items() if on is not None and on.isdisjoint(tables)
        }

    def _at(self, state: State) -> None:
        if state != self._state:
            self._things, self._state = {}, state
