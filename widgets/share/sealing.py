"""A password on the file: AES-256, by two small programs that not everybody has."""

import io
import secrets
from typing import Any

from .errors import NoSealing

BEGINNING_OF_TIME = (1980, 1, 1, 0, 0, 0)  # a zip keeps times, and these say nothing


def seal_pdf(pdf: bytes, password: str) -> bytes:
    """The PDF, opened by the password only. Raises NoSealing."""
    try:
        import pikepdf
    except ImportError:
        raise NoSealing("pikepdf") from None
    sealed = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        # Whoever has the password may also print it and have it read aloud; the owner's is thrown away.
        opened.save(sealed, encryption=pikepdf.Encryption(user=password, owner=secrets.token_urlsafe(32), R=6))
    return sealed.getvalue()


def seal_files(files: dict[str, bytes], password: str) -> bytes:
    """Files by name as an encrypted zip. Raises NoSealing."""
    packed = io.BytesIO()
    zips = _pyzipper()
    with zips.AESZipFile(packed, "w", compression=zips.ZIP_DEFLATED, encryption=zips.WZ_AES) as archive:
        archive.setpassword(password.encode())
        archive.setencryption(zips.WZ_AES, nbits=256)
        for name, data in files.items():
            archive.writestr(archive.zipinfo_cls(name, BEGINNING_OF_TIME), data, zips.ZIP_DEFLATED)
    return packed.getvalue()


def open_files(sealed: bytes, password: str) -> dict[str, bytes]:
    """What is in such a zip."""
    with _pyzipper().AESZipFile(io.BytesIO(sealed)) as archive:
        archive.setpassword(password.encode())
        return {name: archive.read(name) for name in archive.namelist()}


def _pyzipper() -> Any:
    try:
        import pyzipper
    except ImportError:
        raise NoSealing("pyzipper") from None
    return pyzipper
