"""``despin fix``: the repaired texts, or what would change in them."""

from __future__ import annotations

from pathlib import Path

import click

from despin.cli.choices import FOLDER, Run, files, fixing


@click.command("fix", short_help="Apply the safe edits.")
@files
@click.option("--write", "-w", is_flag=True, help="Put the repaired texts into the files.")
@click.option(
    "--output",
    type=FOLDER,
    metavar="DIR",
    help="Write the repaired texts into this folder (web pages as Markdown).",
)
@click.option("--diff", is_flag=True, help="Show what would change; a patch when piped.")
@fixing
def command(files: tuple[str, ...], write: bool, output: Path | None, diff: bool, run: Run) -> int:
    """Apply the safe edits; with --unsafe-fixes the unsafe ones too.

    One input is printed, repaired, on standard output. Several need --write, --output or --diff.

    Exit code 0: nothing was found, or all of it is fixed; 1: something is left; 2: something could
    not be read, run or written.
    """
    from despin.cli.delivery import Folder, deliverer
    from despin.cli.errors import complain
    from despin.cli.session import Session
    from despin.pipeline import Despinner

    if write + diff + (output is not None) > 1:
        raise click.UsageError("choose one of --write, --output and --diff")
    if diff and run.json:
        raise click.UsageError("--diff goes with --format text")
    session = Session(run, files)
    if len(session.sources) > 1 and not (write or diff or output or run.json):
        raise click.UsageError(
            f"{len(session.sources)} inputs: choose --write, --output DIR or --diff"
        )
    originals = [source.name for source in session.sources]
    folder = None if output is None else Folder(output, files, originals)
    deliver = deliverer(write=write, folder=folder, diff=diff, run=run)
    for review in session.reviews(Despinner(run.options).fix):
        session.deliver(review, deliver)
    if not run.quiet and session.summary.documents:
        complain(session.summary.of_fix())
    return session.exit_code()
