"""What can go wrong with a journal: one class and one sentence each. First what is safe, then what to do.

No sentence quotes an answer, and none is raised while a database error is being handled, so that nobody who reports an
error with its causes reports her words.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from .entry import Entry


class JournalError(Exception):
    """Base of all that a journal refuses. `str()` is a sentence for the reader."""

    @property
    def without_a_save(self) -> str:
        """The sentence where she pressed something else than Save."""
        return str(self)


@contextmanager
def told_without_a_save() -> Iterator[None]:
    """Around what saves nothing: what goes wrong there speaks of no page on which her words still stand."""
    try:
        yield
    except JournalError as error:
        error.args = (error.without_a_save,)
        raise


RESTORING = "second-thoughts restore lists the backups and puts one in its place; what lies there is kept."


class WrongSetting(JournalError):
    """An environment variable or address that cannot be used."""

    def __init__(self, name: str, way_out: str) -> None:
        super().__init__(f"{name} cannot be used as it is. Nothing was changed. {way_out}")


class NotOpened(JournalError):
    """The file cannot be opened at all."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"The journal in {place} could not be opened. Nothing was changed. See that this folder is "
            "there and that you may read and write in it, then open the workbook again."
        )


class Gone(JournalError):
    """The file was moved, deleted or replaced while it was open."""

    def __init__(self, place: str) -> None:
        self._what = f"the journal’s file is no longer in {place}, or another one lies there."
        super().__init__(
            f"Not saved: {self._what} What you just wrote is still on this page: copy it first. Then put the file "
            f"back, or a backup, and reload. {RESTORING}"
        )

    @property
    def without_a_save(self) -> str:
        return f"Nothing was changed: {self._what} Put the file back, or a backup, and reload. {RESTORING}"


class Locked(JournalError):
    """The file is locked with a passphrase and none was given; or it is noise, which looks the same."""

    def __init__(self, place: str) -> None:
        self.place = place
        super().__init__(
            f"The journal in {place} is locked with a passphrase, or its beginning is damaged: the two look alike. "
            "Nothing was changed. Open it with the passphrase, for which second-thoughts and second-thoughts lab ask. "
            f"If it never had one, it is damaged. {RESTORING}"
        )


class WrongPassphrase(JournalError):
    """The passphrase does not open the file, is empty, or the file has none."""

    more = ""

    def __init__(self) -> None:
        super().__init__(f"That did not open it. Nothing was changed.{self.more}")


class NeverLocked(WrongPassphrase):
    """As far as anybody can tell, the file may never have had a passphrase."""

    more = f" If this file never had a passphrase, it is damaged. {RESTORING}"


class OpensWithoutLog(WrongPassphrase):
    """The passphrase opens the file, not its log: that is another journal's, or the passphrase was just changed."""

    def __init__(self, place: str) -> None:
        self.more = (
            f" It opens the file, but not the log beside it, {place}-wal. If you changed the passphrase just before a "
            f"crash, use the new one. Otherwise the log is another journal’s: move it and {place}-shm to another "
            "folder, keep them, and open the workbook again."
        )
        super().__init__()


class OpensABackup(WrongPassphrase):
    """The passphrase opens not this file, of which there is no locked backup, but a backup of another beginning."""

    more = (
        " It does open a backup: so this file has another passphrase, or its beginning is damaged. If it is damaged: "
        f"{RESTORING}"
    )


class EmptyPassphrase(JournalError):
    """A passphrase without a letter would lock nothing."""

    def __init__(self) -> None:
        super().__init__("Nothing was changed. Write a passphrase of at least one word.")


WAYS_BACK = (
    "“Go back to a backup” on the page Keep & share, or second-thoughts restore, puts one in its place, with whatever "
    "can still be read of this file added to it."
)


class Damaged(JournalError):
    """The file is not a journal, or the disk has damaged it."""

    def __init__(self, place: str, sentence: str = "") -> None:
        super().__init__(
            sentence
            or f"The file in {place} is damaged, or is not a journal. Your backups are not touched. Keep this file. "
            f"{WAYS_BACK}"
        )


class Emptied(Damaged):
    """The file is there, and nothing is in it: no journal of ours ever was like that."""

    def __init__(self, place: str) -> None:
        super().__init__(
            place,
            f"The file in {place} is empty: something took away what was in it. Your backups are not touched. "
            f"{WAYS_BACK} If there is none, move the empty file away and open the workbook again: a new one begins.",
        )


class ForeignLog(Damaged):
    """The log beside the file is another journal's: the database would write that one's pages over this one's."""

    def __init__(self, place: str) -> None:
        super().__init__(
            place,
            f"Beside {place} lies the log of another journal, {place}-wal. Nothing was changed. Move that file, and "
            f"{place}-shm, to another folder and keep them; then open the workbook again. If this file is not the one "
            f"you want here: {RESTORING}",
        )


class NotMended(Damaged):
    """The log beside the file is damaged or older, and nothing can be written where they are."""

    def __init__(self, place: str) -> None:
        super().__init__(
            place,
            f"The log beside {place}, {place}-wal, is damaged or an older one, and this folder cannot be written to. "
            "So it cannot be set right here. Nothing was changed. Allow writing there, then open the workbook again. "
            "To have what can be read as plain files elsewhere: second-thoughts unlock FOLDER",
        )


class NoBackup(Damaged):
    """What is to take the journal's place is no journal that could be opened."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            str(path),
            f"{path} is no backup, or so damaged that it cannot be told from other files. Nothing was changed. If it "
            f"is a bundle: second-thoughts import {path} adds what it holds. second-thoughts restore lists "
            "the backups.",
        )


class NotWhole(Damaged):
    """A backup that cannot take the journal's place. whole: the newest one that can."""

    def __init__(self, backup: Path, whole: Path | None) -> None:
        way = (
            f"The newest whole backup is {whole}: second-thoughts restore {whole}, or choose it under “Backups” on the "
            "page Keep & share."
            if whole
            else f"No other backup is known to be whole. To have what can still be read of this one as plain files: "
            f"second-thoughts unlock FOLDER --from {backup}"
        )
        super().__init__(str(backup), f"The backup {backup} is damaged. Nothing was changed. {way}")


class NewerJournal(JournalError):
    """The file was written by a later version of the workbook."""

    def __init__(self, place: str) -> None:
        self.place = place
        super().__init__(
            f"The journal in {place} is from a newer version. Nothing was changed. Update the workbook, "
            "then open it again."
        )


class NotRead(JournalError):
    """Reading failed: the disk does not answer, or the file is held by another program."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"The journal in {place} could not be read just now. Nothing was changed. See that the disk "
            "is there, close other programs that use this file, and try again."
        )


class NotSaved(JournalError):
    """Writing failed; nothing of this entry was written. Subclasses name the cause."""

    cause = "the disk did not take it"
    way_out = "See that the disk is there"

    def __init__(self, place: str) -> None:  # promises no draft: that would be on the same disk
        self._place = place
        super().__init__(
            f"Not saved in {place}: {self.cause}. Everything saved before is safe. What you just wrote is "
            f"still on this page: copy it first. {self.way_out}, and save again."
        )

    @property
    def without_a_save(self) -> str:
        return (
            f"Nothing was changed in {self._place}: {self.cause}. Everything saved is safe. {self.way_out}, and try "
            "again."
        )

    @property
    def of_a_draft(self) -> str:
        """The sentence where what she types was to be kept, unasked."""
        return (
            f"What you just wrote is on this page only: no draft could be kept in {self._place}, because {self.cause}. "
            f"Everything saved before is safe. Copy it first. {self.way_out}; as you write on, it is tried again."
        )


class DiskFull(NotSaved):
    """There is no room left."""

    cause = "the disk is full"
    way_out = "Free some space"


class ReadOnly(NotSaved):
    """The file or its folder cannot be written to."""

    cause = "this folder cannot be written to"
    way_out = "Your saved pages can be read. Allow writing there"


class Busy(NotSaved):
    """Another program holds the file for longer than we wait."""

    cause = "another program is using the file"
    way_out = "Close that program"


class NotChanged(JournalError):
    """The file could not be written anew; it is as it was."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"Nothing was changed in {place}: the new file did not read back as it should, and was thrown away. See "
            "that there is room on the disk, and try again."
        )


class UnknownTable(JournalError, LookupError):
    """No exercise keeps its answers there."""

    def __init__(self, table: str, known: Iterable[str]) -> None:
        super().__init__(f"There is no table {table!r} to save in. Nothing was changed. There are: {', '.join(known)}.")


class UnknownEntry(JournalError, LookupError):
    """No such entry, or no such revision of it."""

    def __init__(self) -> None:
        super().__init__(
            "This entry, or this revision of it, is not in the journal. Nothing was changed. Reload the "
            "page to see what is there."
        )


class ChangedElsewhere(JournalError):
    """The entry is not the one the caller had read. `entry` is what stands there now."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        super().__init__(
            "This was changed in another window. What is there is safe, and so is what you wrote "
            "here. Look at both, then save the one to keep."
        )


class NotErased(JournalError):
    """The entry is deleted, but its bytes are still in the write-ahead log."""

    def __init__(self, place: str, sentence: str = "") -> None:
        super().__init__(
            sentence
            or f"The entry is out of your journal, but a copy is still in {place}-wal, because another page "
            "is reading. Close the other pages, and erase it again."
        )


class TraceLeft(NotErased):
    """The entry is deleted, but a copy of it that the database left between its rows could not be overwritten."""

    def __init__(self, place: str) -> None:
        super().__init__(
            place,
            f"The entry is out of your journal, but a piece of it is still in {place}, because the file could not be "
            "written anew. See that there is room, close the other pages, and erase it again.",
        )


class NotBackedUp(JournalError):
    """A backup could not be written, or did not read back whole. Earlier backups stand."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"No new backup was made in {folder}. Your journal and the earlier backups are safe. See that "
            "there is room and that writing is allowed there, and try again."
        )


class NotOfThisJournal(JournalError):
    """A backup of another journal cannot take this one's place: nobody would look for it there."""

    def __init__(self, backup: Path) -> None:
        super().__init__(
            f"{backup} is a backup of another journal. Nothing was changed. To add what it holds to this one: "
            f"second-thoughts import {backup}, or “Bring a file in” on the page Keep & share. To have the other one "
            "here, restore it and say yes when you are asked."
        )


class NotExported(JournalError):
    """The bundle could not be written."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} was not written. Your journal is safe. See that the folder is there, that there is "
            "room and that writing is allowed, and try again."
        )


class NotOver(JournalError):
    """A file for other programs would take the place of the journal, of its log or of a backup."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is the name of your journal, of what belongs to it, or of a backup. Nothing was written, and what "
            "lies there is untouched. Choose another name, or another folder."
        )


class UnknownKind(JournalError, LookupError):
    """No such kind of file is written."""

    def __init__(self, kind: str, known: Iterable[str]) -> None:
        fault = f"A table is not written as {kind}." if kind else "Without an ending nobody knows what to write."
        super().__init__(f"{fault} Choose: {', '.join(known)}.")


class NoSuchFile(JournalError):
    """What is to be read is not there."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"There is no file {path}. Nothing was changed. Check its name and its folder.")


class NotTaken(JournalError):
    """A file that was sent found no room to be read in."""

    def __init__(self, folder: str) -> None:
        super().__init__(
            f"The file was not read: there is no room in {folder} to read it. Nothing was changed. Free some space, "
            "and bring it in again."
        )


class NotABundle(JournalError):
    """The file is neither bundle nor journal, is incomplete, or was changed since it was exported."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is not a whole bundle of this workbook, and no copy of a journal. Nothing was changed. Export it "
            "again where it was made, then import that file."
        )


class NewerBundle(JournalError):
    """The bundle was made by a later version of the workbook."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is from a newer version. Nothing was changed. Update the workbook, then try again.")


class NotTheSample(JournalError):
    """The sample reader may not move in where somebody already writes."""

    def __init__(self, place: str) -> None:
        super().__init__(f"The journal in {place} is not empty. Nothing was changed. Open a new one for the sample.")


class SampleFault(JournalError):
    """A file of the sample cannot be used."""

    def __init__(self, path: Path, line: int, fault: str) -> None:
        super().__init__(f"{path.name}, line {line}: {fault}")
