"""What the documents tell a reader to type does what they say."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from widgets.catalogue import DATA
from widgets.journal import open_journal
from widgets.journal.sample import load_sample
from widgets.readings.pattern import read_pattern

DOCS = Path(__file__).parents[1] / "docs"


def python_of(document: str) -> list[str]:
    return re.findall(r"```python\n(.*?)```", (DOCS / document).read_text("utf-8"), re.S)


def test_she_runs_the_pattern_herself_in_ten_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lines of docs/analysing.md, as they stand, in a fresh Python: the page's own sentences come out."""
    url = f"sqlite:///{tmp_path / 'journal.sqlite'}"
    journal = open_journal(url)
    load_sample(journal, DATA / "sample")
    found = read_pattern(journal.table("checkins"))
    journal.close()
    [lines] = python_of("analysing.md")
    assert len([line for line in lines.splitlines() if line.strip()]) == 10
    monkeypatch.setenv("WORKBOOK_JOURNAL", url)
    done = subprocess.run([sys.executable, "-c", lines], capture_output=True, text=True, check=True)
    said = done.stdout.splitlines()
    assert said[:4] == [found.least_sentence, found.sentence, found.stage, str(found.days)]
    assert said[4] == str(found.slope)
    assert said[5].startswith("Estimate(")


def test_every_test_that_a_promise_names_is_there() -> None:
    """docs/privacy-sharing.md: a promise without the test it names would be an empty one."""
    named = re.findall(r"`(test_\w+)`", (DOCS / "privacy-sharing.md").read_text("utf-8"))
    there = "\n".join(path.read_text("utf-8") for path in (DOCS.parent / "tests").rglob("test_*.py"))
    assert named
    assert [name for name in named if f"def {name}(" not in there] == []
