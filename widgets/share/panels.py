"""What the pages say of her answers, as pieces of a document."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from .pieces import Answers, Drawing, Lines, Piece, Section, Sheet, Words

SAYS = "What the workbook says about these answers"
CANNOT_TELL = "What this cannot tell"
HOUR = re.compile(r"(day \d{1,2} [A-Z][a-z]+(?: \d{4})?), \d\d:\d\d(?!\d)")  # Sunday 22 November, 21:14
NO_ANSWER = frozenset({"", "no answer"})

Block = Mapping[str, Any]


def said(panel: Mapping[str, Any], above: frozenset[str]) -> Iterator[Section]:
    """Sentences, lists, tables and figures, without the hours in them; not what stands above already, nor what is meant
    for her alone: advice, questions back, the ways to other pages. above: all that is asked and answered, in small
    letters.
    """
    pieces = tuple(_told(_only_here(_without_hours(panel["blocks"]), above | NO_ANSWER)))
    if not pieces:
        return
    limits = tuple(filter(None, panel["cannot_tell"].split("\n")))
    yield Section(SAYS, (*pieces, *((Section(CANNOT_TELL, (Lines(limits),)),) if limits else ())))


def _told(blocks: Iterable[Block]) -> Iterator[Piece]:
    """A heading stands over the block after it, and goes where that one does."""
    heading = ""
    for block in blocks:
        pieces = tuple(_pieces(block))
        yield from (Section(heading, pieces),) if heading and pieces else pieces
        heading = block["text"] if block["kind"] == "heading" else ""


def _only_here(blocks: Sequence[Block], above: frozenset[str]) -> list[Block]:
    """The blocks that say something new, and none that is for her alone; what leads to one that goes, goes with it."""
    kept: list[Block] = []
    before: Block = {"kind": ""}
    for block in blocks:
        repeats = _repeats(block, above)
        if repeats or block.get("to_her"):
            leads = before["kind"] == "heading" or (repeats and (before["kind"], block["kind"]) == ("text", "list"))
            if leads and kept and kept[-1] is before:
                kept.pop()
        elif block["kind"] == "section":
            kept.append({**block, "blocks": _only_here(block["blocks"], above)})
        else:
            kept.append(block)
        before = block
    return kept


def _repeats(block: Block, above: frozenset[str]) -> bool:
    """Is all that it lists asked or answered above?"""
    match block["kind"]:
        case "list":
            return all(
                item.lower() in above or above.issuperset(item.lower().split(": ", 1)) for item in block["items"]
            )
        case "pairs":
            return all(pair[side].lower() in above for pair in block["pairs"] for side in ("term", "text"))
        case "table":
            return all(cell.lower() in above for row in block["rows"] for cell in row)
    return False


def _without_hours(node: Any) -> Any:
    """The workbook names an entry by its hour where a day has several: no hour leaves."""
    if isinstance(node, str):
        return HOUR.sub(r"\1", node) if ":" in node else node
    if isinstance(node, Mapping):
        return {name: _without_hours(part) for name, part in node.items()}
    return [_without_hours(part) for part in node] if isinstance(node, list | tuple) else node


def _pieces(block: Block) -> Iterator[Piece]:
    match block["kind"]:
        case "list":
            yield Lines(tuple(block["items"]))
        case "text":
            yield Words(block["text"])
        case "pairs":
            yield Answers(tuple((pair["term"], pair["text"], False) for pair in block["pairs"]))
        case "table":
            yield _sheet(block)
        case "figure":
            yield Drawing(block["svg"], block["caption"], _sheet(block["table"]))
        case "section":
            inside = tuple(_told(block["blocks"]))
            if inside:
                yield Section(block["title"], inside)


def _sheet(table: Block) -> Sheet:
    """Without the rows of which only the name is there: a page counts the days between two check-ins too."""
    told = (row for row in table["rows"] if len(row) == 1 or not NO_ANSWER.issuperset(row[1:]))
    return Sheet(table["caption"], tuple(table["head"]), tuple(tuple(row) for row in told))
