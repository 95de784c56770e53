"""G4: whether the message says what it is about, and nothing that asks to be read once more."""

from ..message import review
from .inputs import Inputs
from .item import Item, Unmet, item, listed

MOST_WORDS = 200
SAYS = {
    "regret": "that you regret ending it",
    "mistake": "that it was your mistake, your part in it",
    "hurt": "that you are sorry for the hurt",
}
NEVER_PASSES = {
    "ultimatum": "Something in it reads as an ultimatum. That cannot stay, whatever it is meant as.",
    "crisis": "Something in it sounds as if living itself is hard now. Help comes first; the message can wait.",
}
CAUTIONS = {
    "pressure": "pressure",
    "blame": "blame",
    "conditional": "an apology with a condition",
    "excuse": "an excuse",
    "guilt": "guilt laid on {him}",
    "despair": "despair laid before {him}",
    "jealousy": "jealousy",
    "overpromise": "a promise too large to keep",
}


def worded(g: Inputs) -> Item:
    """G4: it says regret, mistake and hurt; no caution but those she stands by; up to 200 words.

    Soft, except an ultimatum and wording about a crisis.
    """
    if g.message is None or not g.message.text.strip():
        return item("G4", [Unmet("There is no message yet. It can be written, and left, at any time.")], "", ())
    found, text = review(g.message.text), g.message.text
    kinds = list(dict.fromkeys(caution.kind for caution in found.cautions))
    unmet = [Unmet(why, hard=True) for kind, why in NEVER_PASSES.items() if kind in kinds]
    hints = [CAUTIONS[kind] for kind in kinds if kind not in (*NEVER_PASSES, *g.message.confirmed)]
    if hints:
        named = listed(hints, "and")
        unmet.append(Unmet(f"Something in it reads as {named}. Change it, or say that you mean it so."))
    missing = [what for part, what in SAYS.items() if part not in found.present | g.message.parts]
    if missing:
        unmet.append(Unmet(f"It does not say {listed(missing, 'or')}. Say it, or tick the part if it is there."))
    words = len(text.split())
    if words > MOST_WORDS:
        unmet.append(Unmet(f"It has {words} words; up to {MOST_WORDS} are easy to read. Shorter says it too."))
    holds = "It says what it is about, and nothing in it asks to be read once more."
    return item("G4", unmet, holds, g.message.entries)
