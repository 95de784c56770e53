"""Where her words are kept and who could read them, said for this installation."""

from typing import Any

from widgets.journal import Journal, backups

TITLE = "Where your words are kept"
NO_ACCOUNT = "There is no account. Nothing is sent anywhere, and nothing on these pages comes from the network."
BACKUPS = "Once a day a copy goes to {folder}, so that a lost file is not the end of it. The newest ten are kept."
OPEN_TO_ALL = (
    "There is no passphrase yet. Anyone who can use your account on this computer, or who looks after it, could "
    "open the file. If that is a danger to you, do not write anything here that must not be found."
)
LOCKED = (
    "The file and its copies are locked with your passphrase; without it nobody can read them, not even you. While it "
    "is open here, another program in your account, or whoever looks after this computer, could still read it."
)
CLOSE = (
    "Close now, or Escape three times, blanks the page at once and signs this browser out{locks}. It cannot remove the "
    "address from the browser’s own history, and it does not delete the file."
)
UNKNOWN = "Your journal could not be opened just now. Nothing in it was changed."
SAMPLE = "This is the sample of an invented reader. Nothing you type is kept once it is closed."


def where_kept(journal: Journal | None) -> dict[str, Any]:
    """The panel: the places of file and copies, who could read them, and what Close now does and does not do."""
    if journal is None:
        sentences = [UNKNOWN, CLOSE.format(locks="")]
    elif journal.is_sample:
        sentences = [SAMPLE, CLOSE.format(locks="")]
    else:
        is_locked = journal.has_passphrase
        sentences = [
            f"In one file on this computer: {journal.place}",
            BACKUPS.format(folder=backups.folder()),
            NO_ACCOUNT,
            LOCKED if is_locked else OPEN_TO_ALL,
            CLOSE.format(locks=", and locks the file" if is_locked else ""),
        ]
    return {"level": 2, "title": TITLE, "blocks": [{"kind": "text", "text": s} for s in sentences], "cannot_tell": ""}
