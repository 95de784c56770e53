"""The article retold: Markdown files cut into named passages, whose paragraphs carry claims and evidence notes."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from .wording import Wording, unknown_placeholders

LABELS = ("Evidence", "We differ here", "Not known")
HEADER = re.compile(r"\A---\npage: (?P<page>\S+)\n---\n")
CLAIMS = re.compile(r"\s*\[(Q\d+(?:,\s*Q\d+)*)\]\Z")
NOTE = re.compile(r"\A\*\*(?P<label>[^*]+)\*\*\s+(?P<text>.+?)(?:\s+Source:\s*(?P<source>.+))?\Z", re.S)


@dataclass(frozen=True)
class Note:
    """What the evidence says beside a paragraph. `source` is empty where nothing was found to cite."""

    label: str
    text: str
    source: str = ""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph with the claims it retells and the notes that belong to it."""

    text: str
    claims: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Passage:
    """A named piece of a page's text."""

    page: str
    id: str
    paragraphs: tuple[Paragraph, ...]

    def markdown(self, wording: Wording) -> str:
        """The passage as Markdown; each note is a quotation right after its paragraph."""
        blocks = []
        for paragraph in self.paragraphs:
            blocks.append(_filled(paragraph.text, wording))
            blocks += [_note_markdown(n, wording) for n in paragraph.notes]
        return "\n\n".join(blocks)

    def plain(self, wording: Wording) -> str:
        """The passage as plain text, for viewers without Markdown and for comparing."""
        lines = []
        for paragraph in self.paragraphs:
            lines.append(wording.fill(paragraph.text))
            for note in paragraph.notes:
                source = f" (Source: {note.source})" if note.source else ""
                lines.append(f"    {note.label}: {wording.fill(note.text)}{source}")
        return "\n\n".join(lines)


def _filled(text: str, wording: Wording) -> str:
    return Wording(wording.forms, wording.plural, _escaped(wording.name)).fill(text)


def _escaped(name: str) -> str:
    """A name as text: nothing in it can become Markdown or HTML."""
    return re.sub(r"[^\w\s]", lambda match: f"&#{ord(match[0])};", name)


def _note_markdown(note: Note, wording: Wording) -> str:
    quoted = f"> **{note.label}** {_filled(note.text, wording)}"
    if note.source:
        quoted += f"\n>\n> <details><summary>source</summary>{note.source}</details>"
    return quoted


def read_passages(text: str, known_claims: Collection[str]) -> tuple[list[Passage], list[str]]:
    """(passages, faults) of one file. A faulty block never hides the others."""
    header = HEADER.match(text)
    if header is None:
        return [], ["begin the file with ---, page: <name of the notebook>, ---, each on its line"]
    passages, faults = [], []
    for part in re.split(r"^## ", text[header.end() :], flags=re.M)[1:]:
        name, _, body = part.partition("\n")
        paragraphs, wrong = _paragraphs(body, known_claims)
        passages.append(Passage(header["page"], name.strip(), tuple(paragraphs)))
        faults += [f"passage {name.strip()}, {w}" for w in wrong]
    names = [p.id for p in passages]
    faults += [f"passage {n} stands there twice; rename one" for n in sorted(set(names)) if names.count(n) > 1]
    return passages, faults


def _paragraphs(body: str, known_claims: Collection[str]) -> tuple[list[Paragraph], list[str]]:
    paragraphs: list[Paragraph] = []
    faults: list[str] = []
    for block in filter(None, (b.strip() for b in re.split(r"\n\s*\n", body))):
        flat = " ".join(line.strip() for line in block.splitlines())
        faults += [
            f"{{{p}}} is no placeholder; write {{he}} {{him}} {{his}} {{himself}} {{name}} or a pair like {{is|are}}"
            for p in unknown_placeholders(flat)
        ]
        if block.startswith(">"):
            note = _note(" ".join(line.lstrip("> ").strip() for line in block.splitlines()))
            if isinstance(note, str) or not paragraphs:
                faults.append(note if isinstance(note, str) else "a note needs a paragraph before it; move it down")
            else:
                last = paragraphs[-1]
                paragraphs[-1] = Paragraph(last.text, last.claims, (*last.notes, note))
            continue
        listed = CLAIMS.search(flat)
        claims = tuple(re.findall(r"Q\d+", listed[1])) if listed else ()
        faults += [f"{c} is not in claims.yaml; write one of Q1 to Q38" for c in claims if c not in known_claims]
        paragraphs.append(Paragraph(CLAIMS.sub("", flat), claims))
    return paragraphs, faults


def _note(text: str) -> Note | str:
    found = NOTE.match(text.strip())
    if found is None or found["label"] not in LABELS:
        return f"begin the note “{text[:30]}…” with one of " + ", ".join(f"**{label}**" for label in LABELS)
    return Note(found["label"], found["text"].strip(), (found["source"] or "").strip())
