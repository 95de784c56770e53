"""What is declared in `data/`: exercises, items, claims, passages and wording, validated."""

from .answers import InvalidEntry
from .catalogue import Catalogue
from .claims import Served
from .exercises import Exercise
from .items import LATEST, Item
from .loading import DATA, CatalogueError, load_catalogue, read_yaml
from .passages import Listener, Note, Paragraph, Passage, is_said_to
from .tables import ENTRY_COLUMNS, RESERVED, Column, Table
from .texts import Claim, PageName
from .wording import Wording, wording_for

__all__ = [
    "DATA",
    "ENTRY_COLUMNS",
    "LATEST",
    "RESERVED",
    "Catalogue",
    "CatalogueError",
    "Claim",
    "Column",
    "Exercise",
    "InvalidEntry",
    "Item",
    "Listener",
    "Note",
    "PageName",
    "Paragraph",
    "Passage",
    "Served",
    "Table",
    "Wording",
    "is_said_to",
    "load_catalogue",
    "read_yaml",
    "wording_for",
]
