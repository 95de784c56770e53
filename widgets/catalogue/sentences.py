"""pydantic's findings as our sentences: the only place that knows its `loc` and `type`."""

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from .items import Item


def sentences(error: ValidationError, entry: Any, model: type[BaseModel]) -> Iterator[str]:
    """Place and sentence of each finding in an entry of a file, to stand after the entry's name."""
    for one in error.errors(include_url=False):
        for words in _words(one, model):
            yield f"{_place(one['loc'], entry)}: {words}"


def _place(loc: tuple[int | str, ...], entry: Any) -> str:
    words, node = "", entry
    for step in loc:
        inside = node.get(step) if isinstance(node, dict) else None
        if isinstance(step, int) and isinstance(node, list) and step < len(node):
            inside = node[step]
            words += f", item {inside.get('id', f'number {step + 1}')}" if isinstance(inside, dict) else ""
        elif isinstance(step, str) and step != "[key]" and (step != "items" or step is loc[-1]):
            words += f", {step}"
        node = inside
    return words


def _words(one: Any, model: type[BaseModel]) -> Sequence[str]:
    kind, context, given = one["type"], one.get("ctx", {}), repr(one["input"])
    if kind == "value_error":
        return [str(words) for words in context["error"].args]
    if kind == "missing" and isinstance(one["loc"][-1], str):
        return [f"this is not there; write {one['loc'][-1]}: …"]
    if kind == "extra_forbidden":
        known = (Item if "items" in one["loc"] else model).model_fields
        return [f"there is no such field; take it out or write one of {', '.join(known)}"]
    if kind == "literal_error":
        return [f"{given} is not among {context['expected']}; write one of these"]
    if kind in _EXPECTED:
        return [f"{given} does not fit; {_EXPECTED[kind]}"]
    return [f"{one['msg'][:1].lower()}{one['msg'][1:]}, and {given} was given; mend the value"]


_EXPECTED = {
    "model_type": "write its fields, one a line: “id: …”",
    "tuple_type": "write a list, like [one, two]",
    "dict_type": "write pairs, like {one: …, two: …}",
    "missing": "write a pair, like [0, 10]",
    "too_long": "write a pair, like [0, 10]",
    "bool_parsing": "write true or false",
    "int_parsing": "write a whole number",
    "float_parsing": "write a number",
    "date_from_datetime_parsing": "write a day, like 2026-11-22",
    "string_type": "write a text; in quotes, where it looks like something else",
}
