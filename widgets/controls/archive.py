"""Everything she wrote, looked through on request; each entry with its versions, and an earlier one can stand again."""

from .control import HERE, Control, module, stylesheet


class Archive(Control):
    """Asks for words and shows the entries that have them.

    handle answers `open` with `{"spec"}`, `search` (`words`, `where`, `from`) with `{"total", "hits", "serves"}`,
    `entry` and `restore` (`entry_id`, `revision`) with `{"withdrawn", "versions"}`, the last with `at` besides.
    """

    _esm = module(HERE / "archive" / "main.js")
    _css = stylesheet("form.css", "archive.css")
