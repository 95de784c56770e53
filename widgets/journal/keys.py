"""Passphrases: from passphrase to key, and whether a key fits a file without changing a byte of it."""

import hashlib
import hmac
import os
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from . import copying, turns
from .errors import Damaged, Locked, OpensWithoutLog, WrongPassphrase
from .wal import PAGE, has_log

SALT = 16
PLAIN = b"SQLite format 3\0"  # how a file without a passphrase begins
ROUNDS = 256_000  # SQLCipher 4's own


@dataclass(frozen=True)
class Key:
    """Key and salt of one file, as SQLCipher takes them. The repr shows neither."""

    raw: str = field(repr=False)  # 96 hexadecimal digits

    @property
    def salt(self) -> bytes:
        """What the file it belongs to begins with."""
        return bytes.fromhex(self.raw[64:])

    @property
    def literal(self) -> str:
        """As SQLCipher takes it."""
        return f"x'{self.raw}'"

    def unlock(self, connection: Any) -> None:
        """Hand the key to a connection that has not read anything yet."""
        connection.execute(f'PRAGMA key = "{self.literal}"')


def key_for(path: Path, passphrase: str | None) -> Key | None:
    """The key that opens the file (None: it has no passphrase), or one for a file that is still to be made.

    Changes no byte. Raises Locked, WrongPassphrase or Damaged.
    """
    start = head(path)
    if passphrase is None:
        if start and start != PLAIN:
            raise Locked(str(path)) if looks_locked(path) else Damaged(str(path))
        return None
    if not passphrase or start == PLAIN:
        raise WrongPassphrase
    key = derived(passphrase, start) if start else new_key(passphrase)
    if start and not fits(key, path):
        raise OpensWithoutLog(str(path)) if _opens(key, path) else WrongPassphrase
    return key


def new_key(passphrase: str) -> Key:
    """A key for a file that is still to be written."""
    return derived(passphrase, os.urandom(SALT))


def derived(passphrase: str, salt: bytes) -> Key:
    """As SQLCipher itself would derive it: its own programs open the file with the same passphrase."""
    written_alike = unicodedata.normalize("NFC", passphrase)  # the same letters, whichever keyboard they came from
    raw = hashlib.pbkdf2_hmac("sha512", written_alike.encode("utf-8", "surrogatepass"), salt, ROUNDS, 32)
    return Key(raw.hex() + salt.hex())


def belongs(passphrase: str, key: Key) -> bool:
    """True if the key was made from this passphrase."""
    return hmac.compare_digest(derived(passphrase, key.salt).raw, key.raw)


def head(path: Path) -> bytes:
    """What tells a plain file from a locked one: the first bytes, of which a locked file's are its salt."""
    with path.open("rb") as file:
        return file.read(SALT)


def looks_locked(path: Path) -> bool:
    """An encrypted file is whole pages of noise; text, an emptied or a cut file is not."""
    start = head(path)
    return path.stat().st_size % PAGE == 0 and any(start) and start != PLAIN


def fits(key: Key, path: Path) -> bool:
    """Try the key where a wrong one can do no harm.

    After a crash the log is still there, and opening the file itself with a wrong key would empty and delete it: then a
    copy is tried.
    """
    with turns.alone(path.parent):  # no page writes on while the two are copied
        if not has_log(path):
            return _opens(key, path)
        with copying.untouched(path) as copy:
            return _opens(key, copy, mode="mode=rw")


def _opens(key: Key, path: Path, mode: str = "immutable=1") -> bool:
    connection = dbapi2.connect(f"{path.absolute().as_uri()}?{mode}", uri=True)
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")  # else a wrong key is told on stderr
        key.unlock(connection)
        connection.execute("PRAGMA schema_version").fetchone()  # of the first page: damage to another is no wrong key
    except dbapi2.DatabaseError:
        return False
    finally:
        connection.close()
    return True
