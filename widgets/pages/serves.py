"""Which part of the article an exercise serves, as a form and a found entry show it."""

from typing import Any

from widgets.catalogue import Catalogue, Served, Wording

STANCE = {"keep": "We follow it.", "test": "It can be checked on your own answers.", "reword": "We say:"}
NO_NOTE = "No study is cited for it."


def serves(catalogue: Catalogue, exercise_id: str, wording: Wording) -> list[dict[str, Any]]:
    """Each claim with what we make of it, the evidence beside it, and the address of the passage that tells it."""
    titles = {page.name: page.title for page in catalogue.pages}
    return [
        {
            "claim": wording.fill(found.claim.text),
            "stance": wording.fill(_stance(found)),
            "notes": [{"label": n.label, "text": wording.fill(n.text), "source": n.source} for n in found.notes],
            "page": titles[found.page],
            "href": f"{found.page}.ipynb#passage-{found.passage}",
        }
        for found in catalogue.serves(exercise_id)
    ]


def _stance(found: Served) -> str:
    parts = (STANCE[found.claim.status], found.claim.we_say, "" if found.notes else NO_NOTE)
    return " ".join(filter(None, parts))
