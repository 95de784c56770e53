"""Whatever she wrote is text in every form of file, and each form keeps what it promises."""

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import mistune
import pypdf
import pytest
from playwright.sync_api import Browser

from tests.share.conftest import FORMS, pdf_text, share_of, text_of
from widgets.controls.figures import dots_with_band
from widgets.journal import Journal
from widgets.share.as_html import as_html
from widgets.share.as_markdown import as_markdown
from widgets.share.as_pdf import WITHOUT_MARK, as_pdf
from widgets.share.pieces import Answers, Document, Drawing, Said, Section, Sheet

NASTY = """<script>alert(1)</script> <img src=x onerror="alert(2)"> & &amp; </style> {{7*7}} ${x}
=cmd()|'/c calc'!A1
+1 and -2
# no heading
1. no list
> no quotation
***no*** _stress_ `code` [no](javascript:alert(3)) [a]: /b
#read("/etc/passwd") #panic() $x$ \\u{1F642} @cite <label>
| no | table | ~~no~~
שלום \u202egnp.exe\u202c עולם \u200f(1)
Ünïcödé ﬁ ß “curly” Ελληνικά Привет مرحبا"""
PLAIN = [
    "<script>alert(1)</script>",
    "=cmd()|'/c calc'!A1",
    "***no*** _stress_ `code`",
    '#read("/etc/passwd")',
    "Привет",
]


def svg() -> dict:
    sheet = {"caption": "The same", "head": ["Day", "a<b"], "rows": [["Sunday", "1"]]}
    return dots_with_band(
        points=[(1, 2, True), (3, 4, False)],
        band=[(0, 1, 0, 2), (10, 9, 8, 10)],
        title="Longing & <loneliness>",
        description="Two days.",
        caption="How to read it",
        x_name="Lonely",
        y_name="<b>Missing</b>",
        table=sheet,
    )


def made(text: str) -> Document:
    figure = svg()
    twin = Sheet("The same", ("Day", "a<b"), (("Sunday", text),))
    parts = (
        Answers((("Question?", text, True),)),
        Said(((text, text),)),
        Drawing(figure["svg"], figure["caption"], twin),
    )
    return Document("A part of my notes", ("A note",), (Section("Sect & ion", parts),))


class Text(HTMLParser):
    """The text of a page, its tags and their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data):
        self.text += data


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_html_holds_her_text_as_text() -> None:
    """Letter for letter, in its own direction of writing, and no tag or event of hers."""
    page = as_html(made(NASTY)).decode()
    read = Text(page)
    assert read.text.count(NASTY) == 4
    assert not {"script", "img", "iframe", "link", "object", "form"} & set(read.tags)
    assert not [name for name in read.attributes if name.startswith("on") or name in ("src", "href")]
    assert read.tags.count("svg") == 1
    assert "<b>Missing</b>" in read.text


def test_html_opens_in_a_browser_and_asks_for_nothing(chromium: Browser, tmp_path: Path) -> None:
    """One file: no request, no script, nothing that its own policy has to stop, and the style is applied."""
    file = tmp_path / "notes.html"
    file.write_bytes(as_html(made(NASTY)))
    with chromium.new_context() as context:
        page = context.new_page()
        said, asked = [], []
        page.on("console", lambda message: said.append(message.text))
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        page.goto(file.as_uri())
        assert page.locator("dd").first.evaluate("e => getComputedStyle(e).whiteSpace") == "pre-wrap"
        assert page.locator("dd").first.inner_text() == NASTY
        assert page.locator("svg text").first.evaluate("e => getComputedStyle(e).fontSize") == "14px"
        assert page.locator("figure svg").get_attribute("aria-labelledby")
        page.evaluate(
            "() => document.body.append(Object.assign(document.createElement('script'), {textContent: 'x=1'}))"
        )
        assert page.evaluate("() => window.x") is None
    assert asked == [file.as_uri()]
    assert [line for line in said if "Content Security Policy" not in line] == []
    assert len(said) == 1  # the script this test put in


@pytest.mark.parametrize("escape", [True, False], ids=["plain Markdown", "with HTML allowed"])
def test_markdown_reads_back_as_her_text(escape: bool) -> None:
    """By another program: the same words, no link, no image, no heading, no code of hers."""
    source = as_markdown(made(NASTY)).decode()
    page = mistune.create_markdown(escape=escape, plugins=["table", "strikethrough", "url"])(source)
    read = Text(str(page))
    assert not {"script", "img", "a", "code", "pre", "del", "hr"} & set(read.tags)
    assert [read.tags.count(tag) for tag in ("h1", "h2", "table")] == [1, 1, 1]
    lines = [squeezed(line).strip() for line in NASTY.split("\n")]
    told = squeezed(read.text.replace("\xa0", " "))
    assert [line for line in lines if line not in told] == []


def test_markdown_has_no_signs_that_it_does_not_need() -> None:
    """Whoever reads it as it is sees 5.5, and 5\\. only where a list would begin."""
    source = as_markdown(
        Document("Notes", (), (Section("A", (Said((("5.5 hours", ""), ("5. hours", ""))),)),))
    ).decode()
    assert "- 5.5 hours" in source
    assert "- 5\\. hours" in source


def test_markdown_tells_no_one_how_to_read_a_figure_that_it_has_not() -> None:
    """The table of the figure stands there, with what it is."""
    source = as_markdown(made("x")).decode()
    assert "How to read it" not in source
    assert "The same" in source


def test_pdf_is_tagged_and_its_figures_are_drawn_and_told() -> None:
    """Real text, PDF/UA-1, a language, and a figure that is neither a picture nor silent."""
    data, aside = as_pdf(made(NASTY.replace("\u202e", "").replace("\u202c", "")))
    assert aside == ""
    reader = pypdf.PdfReader(io.BytesIO(data))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert [str(i) for page in reader.pages for i in page.images] == []
    told = str([reader.get_object(n) for n in range(1, len(reader.xref_objStm) + len(reader.xref[0]))])
    assert "Longing & <loneliness>. Two days." in told
    read = squeezed(pdf_text(data))
    assert [line for line in PLAIN if line not in read] == []
    assert "root:" not in read


@pytest.mark.parametrize("text", ["Good 🙂 day", "日本語", "\U0001f9d1\u200d\U0001f680 x"])
def test_a_sign_without_a_font_never_loses_the_pdf(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is made without the standard then, and the page says so."""
    import typst

    compile_pdf = typst.compile
    monkeypatch.setattr(typst, "compile", lambda *a, **k: compile_pdf(*a, **k, ignore_system_fonts=True))
    data, aside = as_pdf(made(text + " and the rest"))
    assert aside == WITHOUT_MARK
    assert "and the rest" in squeezed(pdf_text(data))


def test_tables_are_text_to_a_spreadsheet(journal: Journal) -> None:
    """What would be a formula has an apostrophe before it; everything else comes back letter for letter."""
    for text in ("=cmd()", "+1", "-2 days", "@ noon", "＝1", '"quoted", with comma', "two\nlines", "plain"):
        journal.save("boxes", {"item": text, "box": "cannot_change"})
    with zipfile.ZipFile(io.BytesIO(share_of(journal, "notebook", let_in=frozenset({"his_words"})).data)) as archive:
        (name,) = (n for n in archive.namelist() if n.endswith(".csv"))
        rows = list(csv.reader(io.StringIO(archive.read(name).decode(), newline="")))
    told = ["'=cmd()", "'+1", "'-2 days", "'@ noon", "'＝1", '"quoted", with comma', "two\nlines", "plain"]
    assert [row[0] for row in rows[1:]] == told
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@")]


def test_the_notebook_draws_again_without_this_workbook(sample: Journal, tmp_path: Path) -> None:
    """A8: whoever gets it needs pandas and matplotlib only, and sees what was shared."""
    with zipfile.ZipFile(io.BytesIO(share_of(sample, "notebook").data)) as archive:
        archive.extractall(tmp_path)
    source = (tmp_path / "notes.ipynb").read_text("utf-8")
    assert "widgets" not in source
    run = [sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute", "--output", "run", "notes.ipynb"]
    subprocess.run(run, cwd=tmp_path, check=True, capture_output=True, env={"PATH": "", "HOME": str(tmp_path)})
    cells = json.loads((tmp_path / "run.ipynb").read_text("utf-8"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    assert not [o for o in outputs if o["output_type"] == "error"]
    assert sum("image/png" in o.get("data", {}) for o in outputs) >= 2
    tables = [o for o in outputs if "text/html" in o.get("data", {})]
    assert "nobody has to decide a thing" in str(tables)  # a letter to its end
    assert len(tables) == len(list(tmp_path.glob("*.csv")))


@pytest.mark.parametrize("form", FORMS)
def test_a_megabyte_of_text_comes_through(journal: Journal, form: str) -> None:
    """To its last word."""
    text = "A line that goes on and on, and says nothing new. " * 21000 + "THE END"
    journal.save("letters", {"kind": "self", "text": text})
    share = share_of(journal, form)
    assert "THE END" in squeezed(text_of(share))
    assert len(share.parts) > 0


def test_her_text_is_text_from_the_journal_to_every_file(journal: Journal) -> None:
    """The whole way, with what she cannot mean for markup."""
    journal.save("letters", {"kind": "self", "text": NASTY})
    written = NASTY.replace("@cite", "[handle]")
    words = frozenset({"his_words"})  # what stands in quotation marks too
    assert written in Text(text_of(share_of(journal, let_in=words))).text
    assert "alert(1)" in text_of(share_of(journal, "pdf", let_in=words))
    assert written in text_of(share_of(journal, "notebook", let_in=words))
    assert "\\<script\\>" in text_of(share_of(journal, "markdown", let_in=words))
