"""Which part of the article an exercise serves, as a form and a found entry show it."""

from typing import Any

from widgets.catalogue import Catalogue, Claim, Listener, Served, Wording, is_said_to

STANCE = {"keep": "We follow it.", "test": "It can be checked against your own answers."}
TO_A_WRITER = "The article says this to someone who writes to {him}. That is not asked here."
NO_NOTE = "No study is cited for it."


def serves(catalogue: Catalogue, exercise_id: str, wording: Wording, listener: Listener) -> list[dict[str, Any]]:
    """Each claim that is said to this listener, with what we make of it, the evidence beside it, and the address of the
    passage that tells it.
    """
    titles = {page.name: page.title for page in catalogue.pages}
    return [
        {
            "claim": wording.fill(found.claim.text),
            "stance": wording.fill(_stance(found, listener)),
            "notes": [{"label": n.label, "text": wording.fill(n.text), "source": n.source} for n in found.notes],
            "page": titles[found.page],
            "href": f"{found.page}.ipynb#passage-{found.passage}",
        }
        for found in catalogue.serves(exercise_id)
        if is_said_to(found.claim.said_to, listener)
    ]


def _stance(found: Served, listener: Listener) -> str:
    return " ".join(filter(None, (_what_we_make_of_it(found.claim, listener), "" if found.notes else NO_NOTE)))


def _what_we_make_of_it(claim: Claim, listener: Listener) -> str:
    ours = f"We say: {claim.we_say}" if claim.we_say else STANCE[claim.status]
    if claim.said_to != "writer" or listener == "writer":
        return ours
    return f"{TO_A_WRITER} {ours}" if claim.we_say else TO_A_WRITER
