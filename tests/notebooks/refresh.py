"""Run every page on the sample reader and store what it shows: python tests/notebooks/refresh.py"""

import os
import re
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "notebooks"))

from conftest import sample_environment  # noqa: E402

WIDGET = "application/vnd.jupyter.widget-view+json"


def refresh(path: Path) -> None:
    """Execute one notebook and write it back, free of what changes from run to run."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=60, store_widget_state=False).execute()
    for place, cell in enumerate(notebook.cells):
        cell["id"] = re.sub(r"\W+", "-", f"{path.stem}-{place:02d}")
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET, None)  # names a kernel that is gone
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    nbformat.write(notebook, path)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="journal-") as folder:
        os.environ.update(sample_environment(Path(folder)))
        for page in sorted((ROOT / "notebooks").glob("*.ipynb")):
            refresh(page)
