"""The same page in the product, as its kernel makes it. Only what pages of ours need is imported here."""

from pathlib import Path

from benchmarks.hosts.store import EXERCISES
from widgets.catalogue import Catalogue, Exercise, load_catalogue
from widgets.controls import Reading
from widgets.controls.figures import dots_with_band
from widgets.journal import Journal, open_journal
from widgets.pages import Page

NAME = "02-lonely-or-love"
ASKED = [
    {"id": "lonely", "type": "scale", "range": [0, 10], "ask": "How lonely?", "low": "not at all", "high": "much"},
    {
        "id": "longing",
        "type": "scale",
        "range": [0, 10],
        "ask": "How missed?",
        "low": "not at all",
        "high": "very",
    },
    {"id": "note", "type": "long-text", "ask": "A note"},
]


class BenchPage(Page):
    """A page of ours with the figure that all hosts show."""

    def chart(self) -> Reading:
        """All rows, and their number."""
        return self.following.reading(self._all_rows, "All rows")

    def _all_rows(self) -> dict[str, object]:
        assert self._journal is not None
        found = self._journal.table("moods")
        drawn = found[["lonely", "longing"]].dropna().astype(float)
        points = [(x, y, True) for x, y in drawn.itertuples(index=False)]
        figure = dots_with_band(
            points=points,
            band=[],
            title="All rows",
            description="",
            caption=f"{len(found)} rows",
            x_name="Lonely",
            y_name="Missed",
            table={"caption": "All rows", "head": ["Lonely"], "rows": []},
        )
        return {"title": "So far", "blocks": [figure], "cannot_tell": ""}


def open_page() -> BenchPage:
    """The page over the journal beside the notebooks."""
    catalogue, journal = opened(Path.cwd())
    return BenchPage(NAME, catalogue, journal)


def opened(folder: Path) -> tuple[Catalogue, Journal]:
    """The workbook's own declarations, which its kernels have from the beginning, and those of this page."""
    own = load_catalogue()
    moods = [
        Exercise.model_validate(
            {"id": f"mood-{i}", "table": "moods", "title": f"Exercise {i + 1}", "kind": "series", "items": ASKED}
        )
        for i in range(EXERCISES)
    ]
    catalogue = Catalogue(
        (*own.exercises.values(), *moods),
        own.page_of | {mood.id: NAME for mood in moods},
        tuple(own.claims.values()),
        tuple(own.passages.values()),
        own.pages,
        (),
        tuple(own.ways.values()),
    )
    return catalogue, open_journal(f"sqlite:///{folder / 'rows.sqlite'}", catalogue=catalogue)
