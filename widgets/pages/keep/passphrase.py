"""The passphrase: set one, change it, take it away, lock now."""

from collections.abc import Callable

from widgets.journal import WrongPassphrase

from .base import Card, Fields, Message, refused, secret

SHORTEST = 8  # letters
NOBODY = (
    "Nobody can recover it: not you, not whoever made this workbook. If it is lost, everything behind it is lost. "
    "Write it down where only you will look, before you set it."
)
WITHOUT = (
    "Without a passphrase, anyone who can use your account on this computer can open the file with what you wrote."
)
WITH = (
    "The file and its backups are locked with your passphrase. Close now locks them again, and so do ten minutes "
    "in which you do nothing on any page."
)
STAY = (
    "Other copies lie beside the file, and a passphrase does not lock them: {copies}. Add what they hold under “Take "
    "out, bring in”, and delete them by hand."
)
UNLOCKED = (
    "These files beside it open without the passphrase: {copies}. Add what they hold under “Take out, bring in”, and "
    "delete them by hand."
)
OPEN_BACKUPS = (
    "These backups open without the passphrase, and could not be locked: {backups}. See that their folder can be "
    "written to and open this page again, or delete them by hand."
)
TOO_SHORT = "Write at least eight letters, like four plain words in a row."
NOT_ALIKE = "These two are not the same. Write the same passphrase in both."
NOT_THIS = "That did not open it. Nothing was changed."
NEW = "The new passphrase"
HINT = "Four plain words in a row are easy to remember and hard to guess. Letters, spaces and signs all count."


class Passphrase(Card):
    """Locked or not, and what can be done about it."""

    title = "A passphrase"

    def open(self) -> tuple[list[str], list[Message]]:
        """Where there is none, one may be set; where there is one, it may lock now, be changed, be taken away."""
        unlocked, own = self.journal.unlocked_copies(), self.journal.backups()
        copies = ", ".join(str(copy) for copy in unlocked if copy not in own)
        if not self.journal.has_passphrase:
            return [WITHOUT, *([STAY.format(copies=copies)] if copies else [])], [self._setting()]
        plain = ", ".join(str(copy) for copy in unlocked if copy in own)
        told = [OPEN_BACKUPS.format(backups=plain)] if plain else []
        return [WITH, *told, *([UNLOCKED.format(copies=copies)] if copies else [])], [
            {"id": "lock", "button": "Lock now", "frame": True},
            self._changing(),
            self._removing(),
        ]

    def does(self) -> dict[str, Callable[[Fields], Message]]:
        """Set, change, remove, lock."""
        return {
            "set": self._set,
            "change": self._change,
            "remove": self._remove,
            "lock": lambda fields: {"next": "lock"},
        }

    def _setting(self) -> Message:
        return {
            "id": "set",
            "title": "Set a passphrase",
            "text": [NOBODY],
            "fields": [secret("new", "Passphrase", HINT), secret("again", "The same again")],
            "button": "Set this passphrase",
        }

    def _changing(self) -> Message:
        return {
            "id": "change",
            "title": "Change it",
            "text": [NOBODY],
            "fields": [
                secret("now", "The passphrase you have now"),
                secret("new", NEW, HINT),
                secret("again", "The same again"),
            ],
            "button": "Change the passphrase",
        }

    def _removing(self) -> Message:
        return {
            "id": "remove",
            "title": "Remove it",
            "text": ["After that the file and its backups can be read without it."],
            "fields": [secret("now", "The passphrase you have now")],
            "button": "Remove the passphrase",
        }

    def _set(self, fields: Fields) -> Message:
        left = self.journal.set_passphrase(self._new(fields))
        return {"said": f"The passphrase is set. {self._about(left)}"}

    def _change(self, fields: Fields) -> Message:
        new = self._new(fields)
        try:
            left = self.journal.set_passphrase(new, fields["now"])
        except WrongPassphrase:
            raise refused("now", NOT_THIS) from None
        return {"said": f"The passphrase is changed. {self._about(left)}"}

    def _remove(self, fields: Fields) -> Message:
        try:
            left = self.journal.remove_passphrase(fields["now"])
        except WrongPassphrase:
            raise refused("now", NOT_THIS) from None
        return {"said": f"The passphrase is removed. The file can be read without it now. {self._about(left)}"}

    def _new(self, fields: Fields) -> str:
        new: str = fields["new"]
        if len(new) < SHORTEST:
            raise refused("new", TOO_SHORT)
        if new != fields["again"]:
            raise refused("again", NOT_ALIKE)
        return new

    def _about(self, left: tuple[object, ...]) -> str:
        if not left:
            return "Your backups now have it too."
        return f"{len(left)} of your backups could not be changed and open as before; they are listed under “Backups”."
