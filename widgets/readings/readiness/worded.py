"""G4: whether the message says what it is about, and nothing that asks to be read once more."""

from ..message import Review, name_of, review
from .inputs import Inputs
from .item import Item, Unmet, item, listed

MOST_WORDS = 200
MESSAGE = "message"  # the exercise in which all of this can be changed
SAYS = {
    "regret": "that you regret ending it",
    "mistake": "that it was your mistake, your part in it",
    "hurt": "that you are sorry for the hurt",
}
NEVER_PASSES = {
    "ultimatum": "It holds {}, as it reads. While that is in it, the message stays here; the rest may be whole "
    "without it.",
    "crisis": "Something in it sounds as if living itself is hard now. Help comes first; the message can wait.",
}
NOTHING_FOUND = "Nothing to read once more was found in it."


def worded(g: Inputs) -> Item:
    """G4: it says regret, mistake and hurt; no caution but those she stands by; up to 200 words.

    Soft, except an ultimatum and wording about a crisis.
    """
    if g.message is None or not g.message.text.strip():
        return item("G4", [_unmet("There is no message yet. It can be written, and left, at any time.")], "", ())
    found, ticked = review(g.message.text), g.message.parts
    kinds = list(dict.fromkeys(caution.kind for caution in found.shown))
    unmet = [_unmet(why.format(name_of(kind)), hard=True) for kind, why in NEVER_PASSES.items() if kind in kinds]
    open_kinds = [kind for kind in kinds if kind not in (*NEVER_PASSES, *g.message.confirmed)]
    if open_kinds:
        unmet.append(
            _unmet(f"To read once more: {_named(open_kinds)}. Change it, or say beside it that you stand by it.")
        )
    missing = [what for part, what in SAYS.items() if part not in found.present | ticked]
    if missing:
        unmet.append(_unmet(f"It does not say {listed(missing, 'or')}. Say it, or tick the part if it is there."))
    words = len(g.message.text.split())
    if words > MOST_WORDS:
        unmet.append(
            _unmet(f"It has {words} words; up to {MOST_WORDS} are easy to read. Something shorter says it too.")
        )
    meant = [kind for kind in kinds if kind in g.message.confirmed]
    return item("G4", unmet, _holds(found, ticked, meant), g.message.entries)


def _unmet(why: str, *, hard: bool = False) -> Unmet:
    return Unmet(why, hard=hard, see=MESSAGE)


def _holds(found: Review, ticked: frozenset[str], meant: list[str]) -> str:
    """What was found, what rests on her tick alone, and what she stands by: each said as what it is."""
    read = [what for part, what in SAYS.items() if part in found.present]
    hers = [what for part, what in SAYS.items() if part in ticked - found.present]
    nothing = f"Found to read once more, and you stand by it: {_named(meant)}." if meant else NOTHING_FOUND
    parts = [
        f"It says {listed(read, 'and')}." if read else "",
        f"You ticked that it says {listed(hers, 'and')}; its words were not read that way." if hers else "",
        nothing,
    ]
    return " ".join(filter(None, parts))


def _named(kinds: list[str]) -> str:
    return listed([name_of(kind) for kind in kinds], "and")
