"""What every desk has that makes a file for her to read and to take out."""

import base64
import hashlib

from .answering import Message, refused, reply

NOT_HERE = "The file is not here any more. Show it again."
NOT_MADE = "not-made"


class HandoutDesk:
    """Answers what the page asks of a handout. One file is there at a time: the newest, which she has read."""

    def __init__(self) -> None:
        self._newest = ""  # its fingerprint

    def handle(self, request: Message) -> Message:
        """The answer to one request."""
        return reply(lambda: self._do(request), NOT_MADE)

    def spec(self) -> Message:
        """What the control draws: `title`, `intro`, `items`, `more`, `make`, `tick`."""
        raise NotImplementedError

    def _do(self, request: Message) -> Message:
        match request["do"]:
            case "make":
                self._newest = ""
                return self._make(request["answers"])
            case "record":
                return self._leave(request["sha256"])
        return {"spec": self.spec()}

    def _make(self, answers: Message) -> Message:
        """`file`, `parts`, `aside`, `notes`. Raises InvalidEntry, JournalError."""
        raise NotImplementedError

    def _record(self) -> Message:
        """The newest file is about to leave: `saved`, the moment as text. Raises JournalError."""
        raise NotImplementedError

    def _file(self, name: str, kind: str, data: bytes) -> Message:
        """The newest file from now on, as the page takes it."""
        self._newest = hashlib.sha256(data).hexdigest()
        return {
            "name": name,
            "type": kind,
            "bytes": base64.b64encode(data).decode(),
            "sha256": self._newest,
            "size": len(data),
        }

    def _leave(self, sha256: str) -> Message:
        return self._record() if sha256 and sha256 == self._newest else refused("not-saved", NOT_HERE)
