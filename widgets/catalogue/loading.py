"""Reads `data/` and checks it. All faults are told at once, each with its file, exercise, item and the way out."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from .catalogue import Catalogue
from .exercises import Exercise
from .faults import exercise_faults
from .passages import Passage, read_passages
from .sentences import sentences
from .tables import table_faults
from .texts import Claim, PageName, TextRule, Ways

T = TypeVar("T", bound=BaseModel)
DATA = Path(__file__).resolve().parents[2] / "data"


class CatalogueError(ValueError):
    """Declarations that cannot be used. `faults`: one sentence each, with file, exercise, item and the way out."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("The workbook’s declarations need mending:\n" + "\n".join(f"- {f}" for f in faults))


class _Loader(yaml.SafeLoader):
    """YAML in which yes and no are words, as in YAML 1.2: they are answer codes here. A key stands once."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set[str]()
        for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value} stands there twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


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
    claims = _declared(folder / "article" / "claims.yaml", Claim, "claim", wrong_claims := list[str]())
    faults += wrong_claims
    exercises: list[Exercise] = []
    page_of: dict[str, str] = {}
    for path in sorted((folder / "exercises").glob("*.yaml")):
        for exercise in _declared(path, Exercise, "exercise", faults):
            if exercise.id in page_of:
                faults.append(f"{_name(path)}: exercise {exercise.id} is declared twice; give one of them another id")
            exercises.append(exercise)
            page_of[exercise.id] = path.stem
            faults += [f"{_name(path)}: {f}" for f in exercise_faults(exercise)]
    faults += [f"exercises/{page_of[i]}.yaml: exercise {i}, {f}" for i, f in table_faults(exercises)]
    naming = {f"exercises/{page_of[e.id]}.yaml: exercise {e.id}, claims": e.claims for e in exercises}
    passages: list[Passage] = []
    for path in sorted((folder / "article").glob("*.md")):
        found, wrong = read_passages(_read(path, faults), {c.id: c.said_to for c in claims})
        passages += found
        naming |= {f"{_name(path)}: passage {p.id}": p.claims for p in found}
        faults += [f"{_name(path)}: {f}" for f in wrong]
    if claims and not wrong_claims:  # or all that names a claim would seem to be wrong
        faults += _claim_faults(naming, [c.id for c in claims], {c for p in passages for c in p.claims})
    faults += _page_faults(pages, page_of, ways, passages)
    if faults:
        raise CatalogueError(faults)
    return Catalogue(tuple(exercises), page_of, tuple(claims), tuple(passages), tuple(pages), tuple(harm), tuple(ways))


def _read(path: Path, faults: list[str]) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        faults.append(f"{_name(path)}: this is not UTF-8; save it as UTF-8 in your editor")
        return ""


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def read_yaml(path: Path) -> Any:
    """The content of a YAML file in which yes and no are words. Raises yaml.YAMLError."""
    return _parsed(path.read_text("utf-8"))


def _parsed(text: str) -> Any:
    return yaml.load(text, _Loader)  # noqa: S506 - _Loader is a SafeLoader


def _declared(path: Path, model: type[T], what: str, faults: list[str]) -> list[T]:
    if not path.exists():
        return []
    try:
        raw = _parsed(_read(path, faults))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        faults.append(
            f"{_name(path)}{line}: this is not valid YAML ({getattr(error, 'problem', 'unreadable')}); "
            "check the indentation, and put texts with a colon, a comma or a question mark in quotes"
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
            where = f"{_name(path)}: {what} {_id(entry) or f'number {place}'}"
            faults += [where + sentence for sentence in sentences(error, entry, model)]
    return good


def _id(entry: Any) -> Any:
    return (entry.get("id") or entry.get("name")) if isinstance(entry, dict) else None


def _claim_faults(naming: dict[str, tuple[str, ...]], known: list[str], told: set[str]) -> Iterator[str]:
    """Of claims that are named and lead nowhere. naming: place -> claims; told: by the article, if it is there."""
    some = " to ".join(dict.fromkeys((known[0], known[-1])))
    for where, claims in naming.items():
        for claim in claims:
            if claim not in known:
                yield f"{where}: {claim} is not in article/claims.yaml; write one of {some}"
            elif told and claim not in told:
                yield f"{where}: no passage tells {claim}; end a paragraph in article/ with [{claim}], or take it out"


def _page_faults(
    pages: list[PageName], page_of: dict[str, str], ways: list[Ways], passages: list[Passage]
) -> Iterator[str]:
    """Of what is declared for a page that there is not."""
    known = [page.name for page in pages]
    named = {
        **{f"exercises/{name}.yaml": name for name in page_of.values()},
        **{f"wording/ways.yaml: page {way.page}": way.page for way in ways},
        **{f"article/: passage {passage.id}": passage.page for passage in passages},
    }
    for where, name in named.items():
        if known and name not in known:
            yield f"{where}: there is no page {name}; write one of {', '.join(known)}, or add it to wording/pages.yaml"
