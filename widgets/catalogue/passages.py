"""The article retold: Markdown files cut into named passages, whose paragraphs carry claims and evidence notes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, cast

from .texts import SAID_TO, SaidTo
from .wording import Wording, placeholder_faults

# who reads: the way to him is closed; her message waits for an answer; she is not writing; or she may write now
Listener = Literal["closed", "waiting", "way_open", "writer"]
StandsIn = Literal["", "preface", "instead"]

LABELS = ("Evidence", "We differ here", "Not known")
HEADER = re.compile(r"\A---\npage: (?P<page>\S+)\n---\n")
CLAIMS = re.compile(r"\s*\[(Q\d+(?:,\s*Q\d+)*)\]\Z")
OURS = re.compile(r"\s*\[(preface|instead)\]\Z")
NOTE = re.compile(r"\A\*\*(?P<label>[^*]+)\*\*\s+(?P<text>.+?)(?:\s+Source:\s*(?P<source>.+))?\Z", re.S)


def is_said_to(said_to: SaidTo, listener: Listener) -> bool:
    """Whether what is said to these is said to this listener."""
    return said_to in {"closed": SAID_TO[:1], "waiting": SAID_TO[:2]}.get(listener, SAID_TO)


@dataclass(frozen=True)
class Note:
    """What the evidence says beside a paragraph. `source` is empty where nothing was found to cite."""

    label: str
    text: str
    source: str = ""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph with the claims it retells and the notes that belong to it.

    `said_to`: as the narrowest of its claims. `stands_in`: a sentence of ours for those to whom the passage is not
    said, a preface to what is said to a writer, or what stands instead of what is withheld.
    """

    text: str
    claims: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    said_to: SaidTo = "everyone"
    stands_in: StandsIn = ""

    def is_told_to(self, listener: Listener) -> bool:
        """Whether this listener reads it, as it stands or in place of what is withheld."""
        if self.stands_in == "preface":
            return listener == "way_open"
        if self.stands_in == "instead":
            return listener in ("closed", "waiting")
        return is_said_to(self.said_to, listener)


@dataclass(frozen=True)
class Passage:
    """A named piece of a page's text."""

    page: str
    id: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def claims(self) -> tuple[str, ...]:
        """What it retells, each once."""
        return tuple(dict.fromkeys(claim for paragraph in self.paragraphs for claim in paragraph.claims))

    @property
    def is_for_everyone(self) -> bool:
        """Whether all listeners read the same."""
        return all(p.said_to == "everyone" and not p.stands_in for p in self.paragraphs)

    def told_to(self, listener: Listener) -> "Passage":
        """What of it this listener reads; it may be nothing. A substitute stands only where something is withheld."""
        told = [p for p in self.paragraphs if p.is_told_to(listener)]
        if all(p.is_told_to(listener) for p in self.paragraphs if not p.stands_in):
            told = [p for p in told if p.stands_in != "instead"]
        return replace(self, paragraphs=tuple(told))

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


def read_passages(text: str, known_claims: Mapping[str, SaidTo]) -> tuple[list[Passage], list[str]]:
    """(passages, faults) of one file. known_claims: to whom each is said. A faulty block never hides the others."""
    header = HEADER.match(text)
    if header is None:
        return [], ["begin the file with ---, page: <name of the notebook>, ---, each on its line"]
    passages, faults = [], []
    for part in re.split(r"^## ", text[header.end() :], flags=re.M)[1:]:
        name, _, body = part.partition("\n")
        paragraphs, wrong = _paragraphs(body, known_claims)
        passages.append(Passage(header["page"], name.strip(), tuple(paragraphs)))
        faults += [f"passage {name.strip()}, {w}" for w in (*wrong, *_idle(paragraphs, known_claims))]
    names = [p.id for p in passages]
    faults += [f"passage {n} stands there twice; rename one" for n in sorted(set(names)) if names.count(n) > 1]
    return passages, faults


def _idle(paragraphs: list[Paragraph], known_claims: Mapping[str, SaidTo]) -> list[str]:
    """Sentences of ours for which there is no occasion. A claim that is not known may be one."""
    if any(p.said_to != "everyone" or not {*p.claims} <= known_claims.keys() for p in paragraphs):
        return []
    return [
        f"[{p.stands_in}] has nothing to stand for: no claim here is said to fewer than everyone; take the sentence out"
        for p in paragraphs
        if p.stands_in
    ]


def _paragraphs(body: str, known_claims: Mapping[str, SaidTo]) -> tuple[list[Paragraph], list[str]]:
    paragraphs: list[Paragraph] = []
    faults: list[str] = []
    for block in filter(None, (b.strip() for b in re.split(r"\n\s*\n", body))):
        flat = " ".join(line.strip() for line in block.splitlines())
        faults += placeholder_faults(flat)
        if block.startswith(">"):
            note = _note(" ".join(line.lstrip("> ").strip() for line in block.splitlines()))
            if isinstance(note, str) or not paragraphs:
                faults.append(note if isinstance(note, str) else "a note needs a paragraph before it; move it down")
            else:
                paragraphs[-1] = replace(paragraphs[-1], notes=(*paragraphs[-1].notes, note))
            continue
        if ours := OURS.search(flat):
            paragraphs.append(Paragraph(OURS.sub("", flat), stands_in=cast(StandsIn, ours[1])))
            continue
        listed = CLAIMS.search(flat)
        claims = tuple(re.findall(r"Q\d+", listed[1])) if listed else ()
        said_to = max((known_claims[c] for c in claims if c in known_claims), key=SAID_TO.index, default=SAID_TO[0])
        paragraphs.append(Paragraph(CLAIMS.sub("", flat), claims, said_to=said_to))
    return paragraphs, faults


def _note(text: str) -> Note | str:
    found = NOTE.match(text.strip())
    if found is None or found["label"] not in LABELS:
        return f"begin the note “{text[:30]}…” with one of " + ", ".join(f"**{label}**" for label in LABELS)
    return Note(found["label"], found["text"].strip(), (found["source"] or "").strip())
