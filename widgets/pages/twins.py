"""Plain-text twins: what stands for a page's controls where none can be drawn, and in stored outputs."""

from collections.abc import Callable
from typing import Any

from widgets.catalogue import Exercise, Passage, Wording
from widgets.journal import Journal

from .desk import Desk
from .listening import listener
from .shows import plain

DEFAULT = Wording()
PASSAGE = "A part of the article"


class Markdown:
    """Our own words as a notebook output: Markdown for viewers, plain text for comparing."""

    def __init__(self, markdown: str, text: str) -> None:
        self._bundle = {"text/markdown": markdown, "text/plain": text}

    def __repr__(self) -> str:
        return self._bundle["text/plain"]

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return dict(self._bundle)


def of_passage(passage: Passage, journal: Journal | None) -> tuple[str, str | None]:
    """As text and as Markdown; without what would tell how the way to him is."""
    if not passage.is_for_everyone:
        if journal is None or not journal.is_sample:
            return f"{PASSAGE}: shown on the page only.", None
        passage = passage.told_to(listener(journal))
    return passage.plain(DEFAULT), passage.markdown(DEFAULT)


def of_reading(show: Callable[[], dict[str, Any]], title: str, journal: Journal | None) -> str:
    """What the sample reader is shown; of another's its title."""
    return plain(show()) if journal is not None and journal.is_sample else f"{title}: shown on the page only."


def of_exercise(desk: Desk) -> str:
    """Its questions, with the sample reader's answers, or how many there are of another's."""
    state = desk.state()
    entries, number = state["entries"], f"{'more than ' if state['earlier'] else ''}{len(state['entries'])}"
    if not desk.offered:
        return _kept(desk.exercise, number) if entries else ""
    if state["sample"]:
        return questions(desk.exercise, [] if desk.exercise.shown_after_saving else entries)
    counted = f"({number} saved; shown on the page only)" if entries else ""
    return "\n".join(filter(None, (questions(desk.exercise), counted)))


def questions(exercise: Exercise, saved: list[dict[str, Any]] | None = None) -> str:
    """An exercise as text: its title, its questions, and the answers given, or what stands for them.

    saved: entries as a form is sent them.
    """
    fill = DEFAULT.fill
    lines = [fill(exercise.title)]
    lines += [f"  {fill(i.ask)}" for i in exercise.items if not i.derived]
    asked = {i.id: i for i in exercise.items if not i.derived}
    for entry in saved or ():
        given = [
            _said(asked[k].choices, v) for k, v in entry["answers"].items() if v not in (None, [], "") and k in asked
        ]
        lines.append("  - " + " · ".join(given or [entry["closed"]]))
    return "\n".join(lines)


def _kept(exercise: Exercise, entries: str) -> str:
    """An exercise that is not asked now, as text: that something of hers is in it."""
    return f"What you wrote under “{DEFAULT.fill(exercise.title)}”\n  ({entries} kept; shown on the page only)"


def _said(choices: dict[str, str], value: Any) -> str:
    if isinstance(value, dict):
        return " · ".join(str(v) for v in value.values() if v is not None)
    if isinstance(value, list):
        return ", ".join(_said(choices, v) for v in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return DEFAULT.fill(choices[value]) if value in choices else str(value)
