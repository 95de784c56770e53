"""Where her words are kept and who could read them, said for this installation."""

from typing import Any

from widgets.journal import Journal

TITLE = "Where your words are kept"
NO_ACCOUNT = "There is no account. Nothing is sent anywhere, and nothing on these pages comes from the network."
WHO = (
    "There is no passphrase yet. Whoever can use your account on this computer, or looks after it, could open the "
    "file. If that is a danger to you, do not write here what must not be found."
)
CLOSE = (
    "Close now, or Escape three times, blanks the page at once and signs this browser out. It cannot remove the "
    "address from the browser's own history, and it does not delete the file."
)


def where_kept(journal: Journal | None) -> dict[str, Any]:
    """The panel: the file's place, who could read it, and what Close now does not do."""
    if journal is None:
        sentences = ["Your journal could not be opened just now. Nothing in it was changed.", WHO, CLOSE]
    elif journal.is_sample:
        sentences = ["This is the sample of an invented reader. Nothing you type is kept once it is closed.", CLOSE]
    else:
        sentences = [f"In one file on this computer: {journal.place}", NO_ACCOUNT, WHO, CLOSE]
    return {"level": 2, "title": TITLE, "blocks": [{"kind": "text", "text": s} for s in sentences], "cannot_tell": ""}
