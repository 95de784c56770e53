"""Whether pages stay quick for years: `python -m benchmarks.growth [rounds]` writes results/growth.md.

An empty journal, one of half a year and one of ten are opened in turn, page by page, round by round; the first round
warms up and does not count. A page is timed without server and browser, which are the same for all: its cells, every
form opened, every reading's content. Then what a reader does on it.
"""

import argparse
import datetime as dt
import gc
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from benchmarks.report import machine
from benchmarks.visits import Visit, at
from benchmarks.years import write_years
from widgets.catalogue import Wording, load_catalogue
from widgets.journal import open_journal
from widgets.pages.archive import ArchiveDesk
from widgets.pages.shows import content

RESULTS = Path(__file__).parent / "results"
SECOND_PAGE = "02-lonely-or-love"
CHECK_IN = {"lonely": 4, "longing": 3, "distress": 2, "fear_single": 1, "safe_now": "yes"}
JOURNALS = ("empty", "half a year", "ten years")
MOST = 1.3  # the page of ten years beside the empty one
Times = dict[tuple[str, str], list[float]]


def main() -> None:
    """Measure, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rounds", nargs="?", type=int, default=9)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        paths = {name: Path(folder) / f"{name}.sqlite" for name in JOURNALS}
        open_journal(f"sqlite:///{paths['empty']}").close()
        write_years(paths["half a year"], days=200, checkins=1_096, letters=110)
        write_years(paths["ten years"])
        times: Times = {}
        for number in range(rounds + 1):
            if number == 1:
                gc.collect()
                gc.freeze()  # as in the product's kernels, the collector leaves alone what was imported
            for name, path in paths.items():
                with at(path):
                    for what, seconds in _round(Path(folder)).items():
                        if number:
                            times.setdefault((what, name), []).append(seconds)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "growth.md").write_text(_report(times, rounds), "utf-8")


def _round(folder: Path) -> dict[str, float]:
    """Seconds for each page and each thing she does."""
    found = {}
    for page in load_catalogue().pages:
        gc.collect()
        found[f"page {page.title}"], visit = _timed(lambda name=page.name: _opened(name))
        if page.name == SECOND_PAGE:
            found |= _on_the_second_page(visit)
        visit.close()
    return found | _with_all(folder)


def _opened(name: str) -> Visit:
    visit = Visit(name)
    visit.open()
    return visit


def _on_the_second_page(visit: Visit) -> dict[str, float]:
    """A draft kept, and a check-in saved with all that follows on the page; it is taken out again."""
    draft = {"answers": {"lonely": 4}, "writer": "one", "row": None}
    entry_id = str(uuid4())
    save = {"do": "save", "entry_id": entry_id, "seen": 0, "answers": CHECK_IN}
    found = {
        "draft kept, once in 1.2 s of typing": _timed(lambda: visit.ask("check-in", do="draft", **draft))[0],
        "check-in saved, page 2 follows": _timed(lambda: visit.ask("check-in", **save))[0],
    }
    visit.journal.erase(entry_id)
    return found


def _with_all(folder: Path) -> dict[str, float]:
    """What needs everything, each in a journal opened anew."""
    works: dict[str, Callable[..., object]] = {
        "the pattern alone": lambda journal, desk: content("pattern", journal, Wording()),
        "search, a word that is everywhere": lambda journal, desk: _search(desk, "evening"),
        "search, a word that is nowhere": lambda journal, desk: _search(desk, "xylophone"),
        "export": lambda journal, desk: journal.export_bundle(folder / "bundle.zip"),
        "a save alone": lambda journal, desk: journal.erase(journal.save("checkins", CHECK_IN)),
    }
    found = {}
    for what, work in works.items():
        journal = open_journal()
        desk = ArchiveDesk(journal, journal.catalogue, Wording, lambda table: None)
        gc.collect()
        found[what], _ = _timed(lambda journal=journal, desk=desk, work=work: work(journal, desk))
        journal.close()
    return found


def _search(desk: ArchiveDesk, words: str) -> None:
    json.dumps(desk.handle({"do": "search", "words": words, "where": "", "from": 0}))


def _timed(work: Callable[[], object]) -> tuple[float, object]:
    began = time.perf_counter()
    done = work()
    return time.perf_counter() - began, done


def _report(times: Times, rounds: int) -> str:
    lines = [
        "# Ten years of a journal beside an empty one",
        "",
        f"`python -m benchmarks.growth` on {dt.datetime.now().astimezone():%d %B %Y}: {machine()}. {rounds} rounds, in "
        "turn; medians, smallest and largest in brackets, in milliseconds.",
        "Ten years: 20,000 check-ins, 2,000 letters of 600 words, 200 versions of a message, 200 choices. Half a year "
        "of the same shows nearly the same; the empty one shows less.",
        f"A page of ten years shall take at most {MOST} × the empty one's time. The pattern is a figure of all days, "
        "and search and export are about everything: these grow by what they are.",
        "",
        "| | empty | half a year | ten years | × empty | × half a year |",
        "|---|---|---|---|---|---|",
    ]
    for what in dict.fromkeys(what for what, _ in times):
        seconds = [times[what, name] for name in JOURNALS]
        empty, some, full = map(statistics.median, seconds)
        cells = [what, *map(_cell, seconds), f"{full / empty:.2f}", f"{full / some:.2f}"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _cell(seconds: list[float]) -> str:
    low, middle, high = (1000 * f(seconds) for f in (min, statistics.median, max))
    return f"{middle:.0f} ({low:.0f}–{high:.0f})"


if __name__ == "__main__":
    main()
