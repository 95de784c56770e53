"""A finished file as it can be read on the page: drawn from its very bytes, whatever its form."""

import base64
import io
import struct
import zipfile
import zlib
from typing import Any

from .sealing import open_files

Part = dict[str, Any]
MOST_PICTURES = 40  # of a long file the further pages are shown as the text in them
SCALE = 1.6  # pixels a point: text of 9 points is readable at the width of the page
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def read_back(data: bytes, form: str, password: str) -> list[Part]:
    """The file in parts: `{"kind": "page", "html"}`, `{"kind": "text", "name", "text"}` or a picture of a page,
    `{"kind": "picture", "name", "src", "text"}`. form: html, pdf, markdown or notebook.
    """
    if form == "pdf":
        return _pdf(data, password)
    if form != "notebook" and not password:
        return [_text(form, "", data)]
    files = open_files(data, password) if password else unpacked(data)
    return [_text(form, name, inside) for name, inside in files.items()]


def _text(form: str, name: str, data: bytes) -> Part:
    if form == "html":
        return {"kind": "page", "html": data.decode()}
    return {"kind": "text", "name": name, "text": data.decode()}


def unpacked(data: bytes) -> dict[str, bytes]:
    """What is in a zip, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _pdf(data: bytes, password: str) -> list[Part]:
    import pypdfium2 as pdfium  # only this form needs it

    document = pdfium.PdfDocument(data, password=password or None)
    parts = []
    for number, page in enumerate(document, 1):
        part = {"name": f"Page {number} of {len(document)}", "text": page.get_textpage().get_text_bounded()}
        if number <= MOST_PICTURES:
            picture = page.render(scale=SCALE, grayscale=False, rev_byteorder=True).to_numpy()
            src = "data:image/png;base64," + base64.b64encode(png(picture)).decode()
            parts.append(part | {"kind": "picture", "src": src})
        else:
            parts.append(part | {"kind": "text"})
    return parts


def png(picture: Any) -> bytes:
    """Rows of red, green and blue bytes as PNG."""
    height, width, _ = picture.shape
    rows = b"".join(b"\0" + row.tobytes() for row in picture[:, :, :3].copy())
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows, 6)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
