"""A document as one HTML file: no script, nothing loaded from anywhere, and a policy in it that says so."""

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import asdict
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from .drawing import LIGHT, svg_text
from .pieces import Document, Drawing, Piece, Section

TEMPLATES = Path(__file__).parent / "template"
SERIF = '"Palatino Linotype",Palatino,Georgia,serif'


@lru_cache(maxsize=1)
def _style() -> str:
    figures = LIGHT.replace("SERIF", SERIF)
    nested = "".join(f"figure {rule}}}" for rule in figures.replace("\n", "").split("}") if rule)
    return (TEMPLATES / "page.css").read_text("utf-8") + nested


@lru_cache(maxsize=1)
def _template() -> jinja2.Template:
    loader = jinja2.FileSystemLoader(TEMPLATES)
    return jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True).get_template(
        "page.html"
    )


def as_html(document: Document) -> bytes:
    """The file. Whatever she wrote is text in it, in its own direction of writing."""
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    numbers = count(1)
    page = _template().render(
        title=document.title,
        notes=document.notes,
        style=Markup(style),  # noqa: S704 - our own file, and the policy names its fingerprint
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'none'; base-uri 'none'",
        sections=[_plain(section, numbers) for section in document.sections],
    )
    return page.strip().encode() + b"\n"


def _plain(piece: Piece, numbers: Iterable[int]) -> dict[str, Any]:
    """A piece as the template takes it: its kind and its fields."""
    kind = type(piece).__name__.lower()
    if isinstance(piece, Section):
        return {"kind": kind, "title": piece.title, "parts": [_plain(part, numbers) for part in piece.parts]}
    if isinstance(piece, Drawing):
        svg = Markup(svg_text(piece.svg, identity=f"figure-{next(iter(numbers))}"))  # noqa: S704 - escaped there
        return {"kind": kind, "svg": svg, "caption": piece.caption, "table": asdict(piece.table)}
    return {"kind": kind} | asdict(piece)
