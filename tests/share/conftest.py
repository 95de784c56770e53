"""A journal to share from, and the files read by other programs than ours."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdf
import pytest

from widgets.catalogue import DATA
from widgets.journal import Journal, load_sample, open_journal
from widgets.share import Choice, Names, Share, make_share, offered

FORMS = ("html", "pdf", "markdown", "notebook")
NOBODY = Names((), ())


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = open_journal(f"sqlite:///{tmp_path / 'journal.sqlite'}")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journal]:
    opened = open_journal(f"sqlite:///{tmp_path_factory.mktemp('sample') / 'journal.sqlite'}")
    load_sample(opened, DATA / "sample")
    yield opened
    opened.close()


def share_of(journal: Journal, form: str = "html", password: str = "", **choice: object) -> Share:
    """A share of everything, unless the choice says otherwise."""
    everything = {"exercises": tuple(offered(journal)), "names": NOBODY, "days": -70}
    return make_share(journal, Choice(**(everything | choice)), form, password, lambda tables, exercise: ())


def text_of(share: Share) -> str:
    """All text of a file, by programs that did not make it."""
    return READERS[share.name.rpartition(".")[2]](share.data)


def pdf_text(data: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return "\n".join(page.extract_text() for page in pages).replace("\u200b", "")


csv.field_size_limit(10**7)


def zip_text(data: bytes) -> str:
    """The notebook as it is, the tables as a spreadsheet program would read their cells."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    tables = [
        cell for name in files if name.endswith(".csv") for row in csv.reader(io.StringIO(files[name])) for cell in row
    ]
    return "\n".join([files["notes.ipynb"], *files, *tables])


READERS: dict[str, Callable[[bytes], str]] = {
    "html": bytes.decode,
    "md": bytes.decode,
    "pdf": pdf_text,
    "zip": zip_text,
}
