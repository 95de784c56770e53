"""The visits as a table with medians, spread and ratios, and as a plot."""

import datetime as dt
import platform
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import psutil

BEGIN, END = "<!-- written by make bench -->", "<!-- until here -->"
Visits = Mapping[str, Sequence[Mapping[str, float]]]
BESIDE, STOCK = "Dash", "Voilà, as it comes"
TIMES = {
    "text": "first text",
    "ready": "all ready",
    "stored": "answer stored",
    "drawn": "save → figure",
    "text again": "first text, cached",
    "ready again": "all ready, cached",
}
CROWD = {"ten: text": "first text", "ten: ready": "all ready", "ten: slowest": "slowest reader"}
SUMMARY = {key: TIMES[key] for key in ("text", "ready", "drawn")} | {"ten: ready": "ten at once, all ready"}
COSTS = {"requests": "requests", "kB": "kB received", "cpu": "CPU s a visit", "MB a page": "MB an open page"}


def write(folder: Path, seen: Visits, versions: Mapping[str, str], left_out: Mapping[str, str], *, rounds: int) -> None:
    """results/page.md and results/page.svg. left_out: hosts whose page did not come, and what was said."""
    stale = {host: int(max(v.get("stale", 0) for v in visits)) for host, visits in seen.items()}
    lines = [
        "# The same page in the product and in its peers",
        "",
        f"`make bench` on {_today()}: {machine()}. {rounds} visits to each host, "
        "in turn, in one Chromium; medians, smallest and largest in brackets.",
        "Six exercises of two scales and a note, 200 rows in a file, a figure of all rows. Seconds are this machine's; "
        f"the ratios (× {BESIDE}) count.",
        "",
        *_table(seen, TIMES, BESIDE),
        "",
        "## Ten readers at once",
        "",
        *_table(seen, CROWD, BESIDE),
        "",
        "A host without a line: not all ten of its pages came within two minutes.",
        "",
        f"## What it costs (× {STOCK})",
        "",
        *_table(seen, COSTS, STOCK),
        "",
        "Rows that the first figure lacked, worst visit: " + ", ".join(f"{h} {n}" for h, n in stale.items()) + ".",
        "",
        "CPU of a page made ahead is that of the visit; making it ahead costs what the page not made ahead costs.",
        "",
        *(f"Left out: {host}, whose page did not come here ({said})." for host, said in left_out.items()),
        "",
        "Versions: " + ", ".join(f"{host} {version}" for host, version in versions.items()) + ".",
        "",
        "![Seconds to first text and to all ready](page.svg)",
    ]
    (folder / "page.md").write_text("\n".join(lines) + "\n", "utf-8")
    (folder / "page.svg").write_text(_plot(seen), "utf-8")


def into_readme(readme: Path, seen: Visits) -> None:
    """The summary between the two marks in `readme`."""
    text = readme.read_text("utf-8")
    before, rest = text.split(BEGIN)
    table = "\n".join(
        [
            f"`make bench` on {_today()}: {machine()}. Seconds, with the ratio to {BESIDE};",
            "medians of one run that visited each in turn.",
            "",
            *_table(seen, SUMMARY, BESIDE, spread=False),
        ]
    )
    readme.write_text(f"{before}{BEGIN}\n{table}\n{END}{rest.split(END)[1]}", "utf-8")


def _today() -> str:
    return "{0.day} {0:%B} {0.year}".format(dt.datetime.now().astimezone())


def machine() -> str:
    memory = psutil.virtual_memory().total / 2**30
    machine = f"{platform.system()} {platform.machine()}, {psutil.cpu_count()} cores, {memory:.0f} GiB"
    return f"{machine}, Python {platform.python_version()}"


def _median(visits: Sequence[Mapping[str, float]], figure: str) -> float | None:
    known = [visit[figure] for visit in visits if figure in visit]
    return statistics.median(known) if known else None


def _table(seen: Visits, figures: Mapping[str, str], beside: str, *, spread: bool = True) -> list[str]:
    lines = ["| | " + " | ".join(figures.values()) + " |", "|---|" + "---|" * len(figures)]
    for host, visits in seen.items():
        cells = [_cell(visits, figure, _median(seen.get(beside, ()), figure), spread=spread) for figure in figures]
        if any(cells):
            lines.append(f"| {host} | " + " | ".join(cells) + " |")
    return lines


def _cell(visits: Sequence[Mapping[str, float]], figure: str, beside: float | None, *, spread: bool) -> str:
    known = [visit[figure] for visit in visits if figure in visit]
    if not known:
        return ""
    median = statistics.median(known)
    digits = 2 if median < 10 else 0
    span = f" ({min(known):.{digits}f}–{max(known):.{digits}f})" if spread and len(known) > 1 else ""
    ratio = f" ×{median / beside:.2f}" if beside else ""
    return f"{median:.{digits}f}{span}{ratio}"


def _plot(seen: Visits) -> str:
    """Two bars a host: first text within all ready."""
    rows = [(host, _median(v, "text") or 0, _median(v, "ready") or 0) for host, v in seen.items()]
    rows.sort(key=lambda row: row[2])
    longest, height = max(ready for _, _, ready in rows), 34
    bars = []
    for place, (host, text, ready) in enumerate(rows):
        y = 20 + place * height
        bars.append(f'<text x="170" y="{y + 15}" text-anchor="end">{escape(host)}</text>')
        bars.append(f'<rect x="180" y="{y}" width="{420 * ready / longest:.1f}" height="20" fill="#cbbdd0"/>')
        bars.append(f'<rect x="180" y="{y}" width="{420 * text / longest:.1f}" height="20" fill="#5f3a68"/>')
        bars.append(f'<text x="{190 + 420 * ready / longest:.1f}" y="{y + 15}">{text:.2f} / {ready:.2f} s</text>')
    total = 20 + len(rows) * height
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 {total}" font-family="sans-serif" font-size="13" '
        f'role="img"><title>Seconds to first text (dark) and to all ready (light)</title>'
        f'<rect width="720" height="{total}" fill="#fff"/>{"".join(bars)}</svg>\n'
    )
