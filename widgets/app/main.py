"""The command `second-thoughts`. Options are checked first; what is heavy is imported after."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

Port = Annotated[int | None, typer.Option(min=1, max=65535, help="The port to serve on; without it, one that is free.")]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help="Print the address and open no browser.")]
Day = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="As she stood on that day; without it, on her last day."),
]
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.callback(invoke_without_command=True)
def default(context: typer.Context, port: Port = None, no_browser: NoBrowser = False) -> None:
    """Second Thoughts: a private workbook on this computer. Without a command it opens."""
    if context.invoked_subcommand is None:
        open_(port, no_browser)


@app.command("open")
def open_(port: Port = None, no_browser: NoBrowser = False) -> None:
    """Serve the workbook and open it in the browser; if it is being served already, open that."""
    from .serving import NOTEBOOKS, open_workbook

    open_workbook(NOTEBOOKS, port, browser=not no_browser)


@app.command()
def serve(port: Port = None, no_browser: NoBrowser = False) -> None:
    """Serve the workbook and print its address."""
    from .serving import NOTEBOOKS, serve_workbook

    serve_workbook(NOTEBOOKS, port)


@app.command()
def demo(port: Port = None, no_browser: NoBrowser = False, on: Day = None) -> None:
    """Show the workbook of an invented reader. Nothing that is typed there is kept."""
    from .demo import show_sample

    show_sample(on.date() if on else None, port, browser=not no_browser)


@app.command()
def lab(port: Port = None, no_browser: NoBrowser = False) -> None:
    """Open the notebooks in JupyterLab, as working copies beside your journal."""
    from .lab import open_lab

    open_lab(port, browser=not no_browser)


@app.command()
def backup() -> None:
    """Make a backup of the journal, and read it back."""
    from .commands import make_backup

    make_backup()


@app.command()
def restore(
    which: Annotated[
        str | None, typer.Argument(metavar="[NUMBER|FILE]", help="Without it, the backups are listed.")
    ] = None,
) -> None:
    """Put a backup in the journal's place; what stood there is kept."""
    from . import commands

    if which is None:
        commands.list_backups()
    else:
        commands.restore(which)


@app.command()
def export(
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="A .zip; with --table a .csv, .xlsx, .parquet or .json.")
    ],
    table: Annotated[str | None, typer.Option(help="Only this table, as it is now.")] = None,
) -> None:
    """Write everything as one bundle, or one table for another program. The file is not locked."""
    from . import commands

    commands.export(path, table)


@app.command("import")
def import_(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A bundle, or another copy of a journal.")],
) -> None:
    """Add what a bundle or another machine's copy holds. Nothing here is overwritten."""
    from .commands import bring_in

    bring_in(path)


@app.command()
def unlock(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new folder.")],
    source: Annotated[Path | None, typer.Option("--from", help="A backup, in place of the journal.")] = None,
) -> None:
    """Write the journal as plain files that need neither this workbook nor a passphrase."""
    from . import commands

    commands.unlock(folder, source)


@app.command()
def check() -> None:
    """Look whether journal, backups and installation are whole, and say what is. Changes nothing."""
    from .checking import check_all

    check_all()


def main() -> None:
    """Run the command."""
    app()


if __name__ == "__main__":
    main()
