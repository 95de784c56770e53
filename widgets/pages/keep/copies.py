"""Taking what she wrote out as files, and bringing files in."""

from collections.abc import Callable
from pathlib import Path

from widgets.journal import Locked, WrongPassphrase, beside, path_of

from .base import Card, Fields, Message, refused, secret

OUT = (
    "Such a file is not locked: anyone who has it can read it. It goes where your browser saves files, and is called "
    "“notes”."
)
WHOLE_ONLY = "What you save here holds only what is whole."
TERMINAL = "From a terminal: second-thoughts export, and second-thoughts import."
BUNDLE = "The bundle holds every entry with all its versions, and can be brought in again, here or on another computer."
IN = "A bundle, or another copy of a journal. What is not here yet is added; nothing here is overwritten."
KINDS = [
    {"value": "xlsx", "text": "Excel, or another spreadsheet"},
    {"value": "csv", "text": "CSV, plain text"},
    {"value": "parquet", "text": "Parquet, for pandas"},
    {"value": "json", "text": "JSON"},
]


class Copies(Card):
    """Out: the bundle, one table. In: a file, or a copy that lies beside the journal."""

    title = "Take out, bring in"

    def open(self) -> tuple[list[str], list[Message]]:
        """Files are for the app's page, which has addresses for them; in JupyterLab the terminal has."""
        lying = beside.copies(path_of(None))
        tasks = [self._bundle(), self._table(), self._file()]
        damage = [*self.damage, WHOLE_ONLY] if self.damage else []
        return [OUT, TERMINAL, *damage], tasks + ([self._beside(lying)] if lying else [])

    def does(self) -> dict[str, Callable[[Fields], Message]]:
        """The server takes files in and gives them out; the page follows. A copy that lies here is merged from here."""
        return {"bring": lambda fields: {}, "merge": self._merge}

    def _bundle(self) -> Message:
        links = [{"text": "Save everything as one bundle", "href": "keep/bundle.zip"}]
        return {"id": "bundle", "text": [BUNDLE], "links": links, "frame": True}

    def _table(self) -> Message:
        written = self.journal.written_tables()
        options = [
            {"value": name, "text": self.name_of(name)} for name in self.journal.catalogue.tables if name in written
        ]
        fields = [
            {"id": "table", "kind": "choice", "ask": "Which table?", "options": options},
            {"id": "kind", "kind": "choice", "ask": "As which kind of file?", "options": KINDS},
        ]
        return {
            "id": "table",
            "title": "One table for another program",
            "fields": fields,
            "button": "Save this table",
            "save": "keep/tables/{table}.{kind}",
            "frame": True,
        }

    def _file(self) -> Message:
        return {
            "id": "bring",
            "title": "Bring a file in",
            "text": [IN],
            "fields": [
                {"id": "file", "kind": "file", "ask": "The file", "accept": ".zip,.sqlite"},
                secret("passphrase", "Its passphrase, if it is locked with another one"),
            ],
            "button": "Bring it in",
            "upload": "keep/import",
            "file": "file",
            "frame": True,
        }

    def _beside(self, lying: tuple[Path, ...]) -> Message:
        return {
            "id": "merge",
            "title": "A copy beside your journal",
            "text": [
                "There is another copy in the same folder, as happens when two computers use it. You can add what it "
                "holds."
            ],
            "fields": [
                {
                    "id": "copy",
                    "kind": "choice",
                    "ask": "Which one?",
                    "options": [{"value": str(path), "text": path.name} for path in lying],
                },
                secret("passphrase", "Its passphrase, if it is locked with another one"),
            ],
            "button": "Add what it holds",
            "open": True,
        }

    def _merge(self, fields: Fields) -> Message:
        path = Path(fields["copy"] or "")
        if path not in beside.copies(path_of(None)):
            raise refused("copy", "Choose a copy first.")
        try:
            changed = self.journal.import_bundle(path, fields["passphrase"] or None)
        except (Locked, WrongPassphrase):
            raise refused("passphrase", "That did not open it. Nothing was changed.") from None
        return {"said": f"New or changed here: {changed}." if changed else "Everything in it was here already."}
