"""The reader's tables: an append-only store with drafts, undo, backups and bundles."""

from .clock import Clock, clock_from_environment
from .entry import Draft, Entry
from .errors import (
    Busy,
    ChangedElsewhere,
    Damaged,
    DiskFull,
    Gone,
    JournalError,
    Locked,
    NewerBundle,
    NewerJournal,
    NotABundle,
    NotBackedUp,
    NotErased,
    NotExported,
    NotOpened,
    NotRead,
    NotSaved,
    NotTheSample,
    ReadOnly,
    SampleFault,
    UnknownEntry,
    UnknownTable,
    WrongPassphrase,
    WrongSetting,
)
from .journal import Erased, Health, Journal
from .opening import open_journal
from .sample import load_sample

__all__ = [
    "Busy", "ChangedElsewhere", "Clock", "Damaged", "DiskFull", "Draft", "Entry", "Erased", "Gone", "Health", "Journal",
    "JournalError", "Locked", "NewerBundle", "NewerJournal", "NotABundle", "NotBackedUp", "NotErased", "NotExported",
    "NotOpened", "NotRead", "NotSaved", "NotTheSample", "ReadOnly", "SampleFault", "UnknownEntry", "UnknownTable",
    "WrongPassphrase", "WrongSetting", "clock_from_environment", "load_sample", "open_journal",
]
