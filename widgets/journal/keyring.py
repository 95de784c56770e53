"""Where the key of one file comes from: a passphrase that was given, a key that is known, or the serving process."""

from pathlib import Path

from . import agent, backups, keys
from .errors import Damaged, OpensABackup, WrongPassphrase
from .keys import Key


class Keyring:
    """The key of one file, found again when the file has got another one. It keeps no passphrase."""

    def __init__(self, passphrase: str | None = None, *, key: Key | None = None) -> None:
        """passphrase: for the first time only; without it the serving process is asked. key: one that may fit."""
        self._passphrase = passphrase
        self.key = key

    def find(self, path: Path) -> Key | None:
        """The key of the file as it is now; None if it has none. Raises Locked, WrongPassphrase, Damaged."""
        passphrase, self._passphrase = self._passphrase, None
        if passphrase is not None:
            self.key = opened_by(path, passphrase)
            return self.key
        start = keys.head(path)
        if not start or start == keys.PLAIN:
            self.key = None
            return None
        for key in (self.key, agent.ask()):
            if key and key.salt == start:
                if not keys.fits(key, path):  # it was this file's
                    raise Damaged(str(path))
                self.key = key
                return key
        return keys.key_for(path, None)  # says what is wrong


def opened_by(path: Path, passphrase: str | None) -> Key | None:
    """As `keys.key_for`; a passphrase that opens a backup of the same file is the right one, however the file is.

    Without this a file whose beginning is damaged would say that the passphrase is wrong. Raises OpensABackup too.
    """
    try:
        return keys.key_for(path, passphrase)
    except WrongPassphrase as error:
        wrong = error
    if not passphrase or keys.head(path) == keys.PLAIN:
        raise wrong
    same = backups.that_begin_like(path)
    key = keys.derived(passphrase, keys.head(path)) if same else None
    if key and any(keys.fits(key, backup) for backup in same):
        return key
    raise wrong if same or not backups.keys_from(passphrase) else OpensABackup
