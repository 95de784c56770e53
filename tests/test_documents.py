"""What the documents tell a reader to type does what they say."""

import io
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from widgets.catalogue import DATA, RESERVED, load_catalogue
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


def test_a_bundle_is_read_by_what_its_document_says(tmp_path: Path) -> None:
    """The lines of docs/bundle.md alone, without our package on the path: every current entry, each line checked."""
    journal = open_journal(f"sqlite:///{tmp_path / 'journal.sqlite'}")
    load_sample(journal, DATA / "sample")
    journal.export_bundle(tmp_path / "notes.zip")
    tables = [name for name, table in journal.catalogue.tables.items() if not table.parent]
    current = sum(len(journal.entries(name)) for name in tables)
    journal.close()
    [lines] = python_of("bundle.md")
    program = tmp_path / "read.py"
    program.write_text(lines, "utf-8")
    asked = [sys.executable, "-I", str(program), str(tmp_path / "notes.zip")]
    done = subprocess.run(asked, capture_output=True, text=True, check=True)
    assert len(done.stdout.splitlines()) == current
    text = (tmp_path / "notes.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(text)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["entries.csv"] = parts["entries.csv"].replace(b"Europe/London", b"Europe/Berlin", 1)
    with zipfile.ZipFile(tmp_path / "notes.zip", "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    assert "not what was written" in subprocess.run(asked, capture_output=True, text=True).stderr


def test_an_exercise_is_added_by_what_its_document_says(tmp_path: Path) -> None:
    """The declaration and the sample rows of docs/authoring.md, as they stand there, beside all others."""
    shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("journal"))
    document = (DOCS / "authoring.md").read_text("utf-8")
    [declared], [rows] = (re.findall(rf"```{kind}\n(.*?)```", document, re.S) for kind in ("yaml", "csv"))
    with (tmp_path / "data" / "exercises" / "01-what-happened.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\n{declared}")
    (tmp_path / "data" / "sample" / "walks.csv").write_text(rows, "utf-8")
    catalogue = load_catalogue(tmp_path / "data")
    journal = open_journal(f"sqlite:///{tmp_path / 'journal.sqlite'}", catalogue=catalogue)
    load_sample(journal, tmp_path / "data" / "sample")
    walks = journal.table("walks")
    journal.close()
    assert walks["mood"].tolist() == [7, 2]
    assert walks["why"].tolist() == [pd.NA, "It rained."]


def test_the_reserved_names_stand_in_their_document() -> None:
    document = (DOCS / "authoring.md").read_text("utf-8")
    assert {name for name in RESERVED if f"`{name}`" not in document} == set()


ROOT = DOCS.parent


def test_each_room_imports_what_the_architecture_says() -> None:
    """Neither more nor less; which may import which is the import contract's matter."""
    above = set[str]()
    text = (DOCS / "architecture.md").read_text("utf-8")
    for room, told in re.findall(r"^\| `widgets/(\w+)/` \|.*\| (.*) \|$", text, re.M):
        sources = "\n".join(path.read_text("utf-8") for path in (ROOT / "widgets" / room).rglob("*.py"))
        imported = set(re.findall(r"^ *(?:from|import) widgets\.(\w+)", sources, re.M)) - {room}
        assert imported == (above if told == "all above" else set(re.findall(r"\w+", told)) & above), room
        above.add(room)
    assert len(above) == 7


def promises_of(document: str) -> list[list[str]]:
    """The rows of its tables: the promise, what keeps it, the test."""
    lines = (DOCS / document).read_text("utf-8").splitlines()
    rows = [line.split("|")[1:-1] for line in lines if line.startswith("| ")]
    return [row for row in rows if row[0].strip() != "promise"]


def keepers_in(cell: str) -> list[tuple[str, str]]:
    """File and name: `file.py` `name`, `Class.name`; or `module.name`, as privacy-sharing.md has them."""
    found, file = [], ""
    for word in re.findall(r"`([\w/.]+)`", cell):
        if re.search(r"/.*\.(py|js)$", word):
            file = word
            found.append((file, ""))
        elif file:
            found += [(file, name) for name in word.split(".")]
        else:
            module, _, name = word.partition(".")
            found.append((f"share/{module}.py", name))
    named = {file for file, name in found if name}
    return [(file, name) for file, name in found if name or file not in named]


@pytest.mark.parametrize("document", ["privacy.md", "privacy-sharing.md"])
def test_each_promise_names_a_function_that_is_there(document: str) -> None:
    """By its definition in the one file named: what only a file keeps, nobody can look up."""
    sources = [path for path in (ROOT / "widgets").rglob("*.*") if path.suffix in (".py", ".js")]
    promises = promises_of(document)
    assert len(promises) > 20
    for promise, keepers, _ in promises:
        assert keepers_in(keepers), promise
        for file, name in keepers_in(keepers):
            [source] = [source for source in sources if source.as_posix().endswith(f"/{file}")]
            assert name, (promise, file)
            assert re.search(rf"\b(def|class|function) {name}\b", source.read_text("utf-8")), (promise, file, name)


def test_each_promise_of_privacy_names_a_test_that_is_there() -> None:
    """Every test that holds one."""
    promises = promises_of("privacy.md")
    sources = [
        path.relative_to(ROOT).as_posix() for folder in ("widgets", "tests") for path in (ROOT / folder).rglob("*")
    ]
    for promise, _, holders in promises:
        last, named = "", re.findall(r"`(?:([\w/]+\.py)|…)?(?:::(\w+)…?)?(?: \w+)?`", holders)
        assert named, promise
        for file, test in named:
            last = file or last
            [source] = [s for s in sources if s.startswith("tests") and f"/{s}".endswith(f"/{last}")]
            assert not test or f"def {test}" in (ROOT / source).read_text("utf-8"), (promise, test)


def test_every_test_that_a_promise_names_is_there() -> None:
    """docs/privacy-sharing.md: a promise without the test it names would be an empty one."""
    named = re.findall(r"`(test_\w+)`", (DOCS / "privacy-sharing.md").read_text("utf-8"))
    there = "\n".join(path.read_text("utf-8") for path in (DOCS.parent / "tests").rglob("test_*.py"))
    assert named
    assert [name for name in named if f"def {name}(" not in there] == []
