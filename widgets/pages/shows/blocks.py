"""What a page shows of a reading: blocks for the panel, and the same as plain text."""

from typing import Any

from widgets.catalogue import Wording

Block = dict[str, Any]
Shown = tuple[list[Block], str]  # what stands there, and the lines of what it cannot tell


SOMEONE: Block = {"kind": "help", "text": "Someone to talk to is one step away:", "link": "Help"}


class Hers(str):
    """Words she wrote: never filled, never changed."""

    __slots__ = ()


def nothing(text: str) -> list[Block]:
    """What will appear here, and from when."""
    return [{"kind": "quiet", "text": text}]


def texts(*sentences: str) -> list[Block]:
    """A paragraph for each sentence that says something."""
    return [{"kind": "text", "text": sentence} for sentence in sentences if sentence]


def to_her(*sentences: str) -> list[Block]:
    """Advice and questions back: they are for her alone, and stand in no file that she shows to somebody."""
    return [block | {"to_her": True} for block in texts(*sentences)]


def plain(shown: dict[str, Any]) -> str:
    """A panel as lines of text: for viewers without widgets, and for comparing runs."""
    if not shown["blocks"]:
        return ""
    has_panel = shown.get("panel", True)
    lines = [shown["title"]] if has_panel else []
    for block in shown["blocks"]:
        lines += [f"  {line}" if has_panel else line for line in _plain_block(block)]
    if shown["cannot_tell"]:
        lines += ["What this cannot tell", *(f"  {line}" for line in shown["cannot_tell"].splitlines())]
    return "\n".join(lines)


def _plain_block(block: Block) -> list[str]:
    match block["kind"]:
        case "list":
            return [f"- {item}" for item in block["items"]]
        case "columns":
            return [f"{c['title']}: {'; '.join(c['items']) or c['empty']}" for c in block["columns"]]
        case "pairs":
            return [f"{p['term']}: {p['text']}" for p in block["pairs"]]
        case "timeline":
            return [" · ".join(filter(None, (i["when"], i["kind"], i["felt"], i["what"]))) for i in block["lines"]]
        case "light":
            return [block["title"], *block["texts"]]
        case "gate":
            return [
                " ".join(filter(None, (f"{i['name']}: {i['stands']}", i["text"], i["hers"]))) for i in block["items"]
            ]
        case "caution":
            return [block["title"], *filter(None, [block["text"]])]
        case "table" | "figure":
            table = block["table"] if block["kind"] == "figure" else block
            return [table["caption"], *(" · ".join(row) for row in [table["head"], *table["rows"]])]
        case "section":
            return [block["title"], *(f"  {line}" for one in block["blocks"] for line in _plain_block(one))]
        case "said":
            return [f"{block['label']} {block['text']}".strip()]
        case _:
            return [block["text"]]


def filled(node: Any, wording: Wording) -> Any:
    """Fill placeholders in our words; what she wrote is marked as hers and left alone."""
    if isinstance(node, str):  # first what there is most of: a figure over years has thousands of nodes
        return str(node) if isinstance(node, Hers) else wording.fill(node) if "{" in node else node
    if isinstance(node, dict):
        return {k: filled(v, wording) for k, v in node.items()}
    if isinstance(node, (list, tuple)):
        return [filled(v, wording) for v in node]
    return node
