"""What surrounds every page: its names, the help lines and the templates."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from widgets.catalogue import DATA, read_yaml
from widgets.controls.control import HERE as CONTROLS

from .sample_day import shown_day

TEMPLATES = Path(__file__).parent / "template"
SHEETS = (CONTROLS / "base.css", TEMPLATES / "static" / "frame.css")


@dataclass(frozen=True)
class Frame:
    """The pages in reading order (`name`, `title`), the help lines as declared, and whether a sample is shown."""

    pages: tuple[dict[str, str], ...]
    help: dict[str, Any]
    sample: bool = False

    @classmethod
    def load(cls, data: Path = DATA, *, sample: bool) -> "Frame":
        """Read `wording/pages.yaml` and `help.yaml` of the folder `data`."""
        return cls(tuple(read_yaml(data / "wording" / "pages.yaml")), read_yaml(data / "help.yaml"), sample)

    @cached_property
    def templates(self) -> jinja2.Environment:
        """Our templates; whatever is put into them is escaped."""
        return jinja2.Environment(
            loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
        )

    @cached_property
    def style(self) -> Markup:
        """Our style sheets. They come with the page, so that its text waits for no second answer of a busy server."""
        return Markup("\n".join(path.read_text("utf-8") for path in SHEETS))  # noqa: S704 - our own files

    def sample_day(self) -> str:
        """The day on which the sample is shown."""
        return "{0:%A} {0.day} {0:%B} {0.year}".format(shown_day())

    def title(self, name: str) -> str:
        """What the tab bar and the history show: never more than a number."""
        names = [page["name"] for page in self.pages]
        return f"Notes · page {names.index(name) + 1}" if name in names else "Notes"

    def render(self, template: str, **values: Any) -> str:
        """One of our templates, with the frame at hand."""
        return self.templates.get_template(template).render(frame=self, **values)
