"""A figure's nodes as SVG text: the same geometry as on the page, in colours of its own."""

from xml.sax.saxutils import escape, quoteattr

from widgets.controls.figures import Node

TAGS = {"svg", "title", "desc", "g", "circle", "line", "path", "polygon", "polyline", "rect", "text"}
# Colours and strokes; by presentation, so that a file needs no style of the page it came from.
LIGHT = """
svg{fill:none;stroke:#29232c;stroke-width:2}
text{fill:#29232c;stroke:none;font:14px SERIF}
.tick{fill:#5d5560}.grid{stroke:#d8d1d3;stroke-width:1.5}.axis{stroke:#80757e;stroke-width:1.5}
.band{fill:#ece2ef;stroke:#5f3a68;stroke-width:1.5;stroke-dasharray:1 4.5}
.line{stroke:#5f3a68;stroke-width:2.5}.open{fill:#fffefd}.filled{fill:#29232c}.dot text{font-weight:600;fill:#29232c}
.filled text{fill:#fffefd}
""".strip()


def svg_text(node: Node, *, style: str = "", identity: str = "") -> str:
    """The figure. style: CSS put into it; identity: begins the ids of its title and description."""
    if node["tag"] not in TAGS:
        return ""
    at = dict(node["at"])
    if node["tag"] == "svg":
        at |= {"xmlns": "http://www.w3.org/2000/svg"}
        at |= {"aria-labelledby": f"{identity}-title {identity}-desc"} if identity else {}
    if identity and node["tag"] in ("title", "desc"):
        at |= {"id": f"{identity}-{node['tag']}"}
    attributes = "".join(f" {name}={quoteattr(str(value))}" for name, value in at.items())
    inside = "".join(
        escape(part) if isinstance(part, str) else svg_text(part, identity=identity) for part in node["in"]
    )
    sheet = f"<style>{style}</style>" if style else ""
    return f"<{node['tag']}{attributes}>{sheet}{inside}</{node['tag']}>"
