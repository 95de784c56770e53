"""The command `second-thoughts`. Options are checked first; what is heavy is imported after."""

import os
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Annotated

import typer

ROOT = Path(__file__).resolve().parents[2]
ELSEWHERE = (
    "Second Thoughts runs on Linux and macOS. On Windows, install Ubuntu with the command wsl --install, and use the "
    "workbook there."
)
ALONE = (
    "Second Thoughts runs from its own folder, and the folder data is not beside it. Get the whole folder, with git "
    "clone, and type make app there."
)
AFTER = "Write options after the command that takes them: second-thoughts serve --port 8899."


def _version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"Second Thoughts {metadata.version('second-thoughts')}")
        raise typer.Exit


Port = Annotated[int | None, typer.Option(min=1, max=65535, help="The port to serve on; without it, one that is free.")]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help="Print the address and open no browser.")]
NoBrowserEver = Annotated[bool, typer.Option("--no-browser", help="Always the case: serve opens no browser.")]
Day = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"],
        metavar="DATE",
        help="Show the invented reader as she was on that day; without it, on her last day.",
    ),
]
Version = Annotated[
    bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version this is.")
]
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.callback(invoke_without_command=True)
def default(context: typer.Context, port: Port = None, no_browser: NoBrowser = False, version: Version = False) -> None:
    """Second Thoughts: a private workbook on this computer. Without a command it opens."""
    _must_run_here()
    if context.invoked_subcommand is None:
        open_(port, no_browser)
    elif port or no_browser:
        context.fail(AFTER)


def _must_run_here() -> None:
    """Whatever needs sockets of one's own, turns at a folder, and the declared exercises would fail later and worse."""
    for is_there, otherwise in ((os.name == "posix", ELSEWHERE), ((ROOT / "data" / "exercises").is_dir(), ALONE)):
        if not is_there:
            typer.echo(otherwise, err=True)
            raise typer.Exit(1)


@app.command("open")
def open_(port: Port = None, no_browser: NoBrowser = False) -> None:
    """Serve the workbook and open it in the browser; if it is being served already, open that."""
    from .serving import NOTEBOOKS, open_workbook

    open_workbook(NOTEBOOKS, port, browser=not no_browser)


@app.command()
def serve(port: Port = None, no_browser: NoBrowserEver = False) -> None:
    """Serve the workbook and print its address. No browser is opened."""
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
        str | None, typer.Argument(metavar="NUMBER|FILE", help="Without it, the backups are listed.")
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
    """Check that the journal, the backups and the installation are whole.

    Nothing of yours is changed. Copies that a killed program made to look at the journal are deleted.
    """
    from .checking import check_all

    check_all()


def main() -> None:
    """Run the command."""
    app()


if __name__ == "__main__":
    main()
