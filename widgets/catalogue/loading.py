"""Reads `data/` and checks it. All faults are told at once, each with its file, exercise, item and the way out."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast

import yaml
from pydantic import BaseModel, ValidationError

from .catalogue import Catalogue
from .models import Claim, Exercise, Item, PageName, TextRule, Ways
from .passages import Passage, read_passages
from .tables import table_faults
from .wording import unknown_placeholders

T = TypeVar("T", bound=BaseModel)
DATA = Path(__file__).resolve().parents[2] / "data"


class CatalogueError(ValueError):
    """Declarations that cannot be used. `faults`: one sentence each, with file, exercise, item and the way out."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("The workbook’s declarations need mending:\n" + "\n".join(f"- {f}" for f in faults))


class _Loader(yaml.SafeLoader):
    """YAML in which yes and no are words, as in YAML 1.2: they are answer codes here."""


_Loader.yaml_implicit_resolvers = {
    letter: [(tag, regexp) for tag, regexp in resolvers if tag != "tag:yaml.org,2002:bool"]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


@lru_cache(maxsize=1)
def _own() -> Catalogue:
    return _load(DATA)


def load_catalogue(folder: Path | str | None = None) -> Catalogue:
    """The catalogue in `folder` (None: the workbook's own, read once a process). Raises CatalogueError."""
    return _own() if folder is None else _load(Path(folder))


def _load(folder: Path) -> Catalogue:
    faults: list[str] = []
    pages = _declared(folder / "wording" / "pages.yaml", PageName, "page", faults)
    harm = _declared(folder / "wording" / "harm.yaml", TextRule, "rule", faults)
    ways = _declared(folder / "wording" / "ways.yaml", Ways, "page", faults)
    claims = _declared(folder / "article" / "claims.yaml", Claim, "claim", faults)
    exercises: list[Exercise] = []
    page_of: dict[str, str] = {}
    for path in sorted((folder / "exercises").glob("*.yaml")):
        for exercise in _declared(path, Exercise, "exercise", faults):
            if exercise.id in page_of:
                faults.append(f"{_name(path)}: exercise {exercise.id} is declared twice; give one of them another id")
            exercises.append(exercise)
            page_of[exercise.id] = path.stem
            faults += [f"{_name(path)}: exercise {exercise.id}, {f}" for f in _word_faults(exercise)]
    faults += [f"exercises/{page_of[i]}.yaml: exercise {i}, {f}" for i, f in table_faults(exercises)]
    faults += [f"article/claims.yaml: claim {c.id}: {f}" for c in claims for f in _placeholder_faults(c.text, c.we_say)]
    if claims:
        faults += _claim_faults(exercises, page_of, {c.id for c in claims})
    passages: list[Passage] = []
    for path in sorted((folder / "article").glob("*.md")):
        found, wrong = read_passages(path.read_text("utf-8"), {c.id: c.said_to for c in claims})
        passages += found
        faults += [f"{_name(path)}: {f}" for f in wrong]
    if faults:
        raise CatalogueError(faults)
    return Catalogue(tuple(exercises), page_of, tuple(claims), tuple(passages), tuple(pages), tuple(harm), tuple(ways))


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def read_yaml(path: Path) -> Any:
    """The content of a YAML file in which yes and no are words. Raises yaml.YAMLError."""
    return yaml.load(path.read_text("utf-8"), _Loader)  # noqa: S506 - _Loader is a SafeLoader


def _declared(path: Path, model: type[T], what: str, faults: list[str]) -> list[T]:
    if not path.exists():
        return []
    try:
        raw = read_yaml(path)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        faults.append(
            f"{_name(path)}{line}: this is not valid YAML ({getattr(error, 'problem', 'unreadable')}); "
            "check the indentation, and put texts with a colon in quotes"
        )
        return []
    if raw is None:
        return []
    if not isinstance(raw, list):
        faults.append(f"{_name(path)}: this file is a list; begin each {what} with “- ”")
        return []
    good = []
    for place, entry in enumerate(raw, 1):
        try:
            good.append(model.model_validate(entry))
        except ValidationError as error:
            faults += [f"{_name(path)}: {w}" for w in _sentences(error, entry, what, place)]
    return good


def _sentences(error: ValidationError, entry: Any, what: str, place: int) -> list[str]:
    """pydantic's findings as our sentences: the only place that knows its `loc` and `type`."""
    given = entry if isinstance(entry, dict) else {}
    where = f"{what} {given.get('id') or given.get('name') or f'number {place}'}"
    return [where + _place(one["loc"], given) + ": " + _words(one, what) for one in error.errors(include_url=False)]


def _place(loc: tuple[int | str, ...], entry: dict[str, Any]) -> str:
    words, node = "", cast(Any, entry)
    for step in loc:
        inside = node.get(step) if isinstance(node, dict) else None
        if isinstance(step, int) and isinstance(node, list):
            inside = node[step]
            words += f", item {inside.get('id', f'number {step + 1}')}" if isinstance(inside, dict) else ""
        elif isinstance(step, str) and step not in ("items", "[key]"):
            words += f", {step}"
        node = inside
    return words


def _words(one: Any, what: str) -> str:
    kind, context = one["type"], one.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind == "missing":
        return f"this is not there; write {one['loc'][-1]}: …"
    if kind == "extra_forbidden":
        model = Item if "items" in one["loc"] else Exercise
        known = ", ".join(model.model_fields) if what == "exercise" else "the fields the other entries have"
        return f"there is no such field; take it out or write one of {known}"
    if kind == "literal_error":
        return f"{one['input']!r} is not among {context['expected']}; write one of these"
    if kind == "string_pattern_mismatch":
        return f"{one['input']!r} does not fit; use small letters and digits (codes with _, exercise ids with -)"
    return f"{one['msg'][:1].lower()}{one['msg'][1:]}, and {one['input']!r} was given; mend the value"


def _texts(exercise: Exercise) -> list[tuple[str, str]]:
    own = (exercise.title, exercise.intro, exercise.empty, exercise.add, exercise.one_of_message, exercise.cap_text)
    texts = [("", t) for t in own]
    for item in exercise.items:
        for one in (item, *item.items):
            said = (one.ask, one.hint, one.low, one.high, one.short, one.help_text, *one.suggest, *one.choices.values())
            texts += [(f"item {one.id}: ", t) for t in said]
    return texts


def _word_faults(exercise: Exercise) -> list[str]:
    return [where + fault for where, text in _texts(exercise) for fault in _placeholder_faults(text)]


def _placeholder_faults(*texts: str) -> list[str]:
    return [
        f"{{{p}}} is no placeholder; write {{he}} {{him}} {{his}} {{himself}} {{name}} or a pair like {{is|are}}"
        for text in texts
        for p in unknown_placeholders(text)
    ]


def _claim_faults(exercises: list[Exercise], page_of: dict[str, str], known: set[str]) -> list[str]:
    return [
        f"exercises/{page_of[e.id]}.yaml: exercise {e.id}, claims: {c} is not in article/claims.yaml; "
        "write one of Q1 to Q38"
        for e in exercises
        for c in e.claims
        if c not in known
    ]
