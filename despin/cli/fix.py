"""``despin fix``: the repaired texts, or what would change in them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from despin.cli.choices import FOLDER, Inputs, Run, fixing, reading

if TYPE_CHECKING:
    from despin.cli.delivery import Folder
    from despin.cli.session import Session


@click.command("fix", short_help="Apply the safe edits.")
@reading
@click.option("--write", "-w", is_flag=True, help="Put the repaired texts into the files.")
@click.option(
    "--output",
    type=FOLDER,
    metavar="DIR",
    help="Write the repaired texts into this folder (web pages as Markdown).",
)
@click.option("--diff", is_flag=True, help="Show what would change; a patch when piped.")
@fixing
def command(inputs: Inputs, write: bool, output: Path | None, diff: bool, run: Run) -> int:
    """Apply the safe edits; with --unsafe-fixes the unsafe ones too.

    One input is printed, repaired, on standard output. Several need --write, --output or --diff.

    Exit code 0: nothing was found, or all of it is fixed; 1: something is left; 2: something could
    not be read, run or written.
    """
    from despin.cli.delivery import deliverer, refusal
    from despin.cli.errors import complain
    from despin.cli.session import Session
    from despin.pipeline import Despinner

    if write + diff + (output is not None) > 1:
        raise click.UsageError("choose one of --write, --output and --diff")
    if diff and run.json:
        raise click.UsageError("--diff goes with --format text")
    session = Session(run, inputs, without=output, refuse=refusal(write=write, diff=diff))
    if len(session.sources) > 1 and not (write or diff or output or run.json):
        raise click.UsageError(
            f"{len(session.sources)} inputs: choose --write, --output DIR or --diff"
        )
    folder = None if output is None else _folder(output, inputs, session)
    deliver = deliverer(write=write, folder=folder, diff=diff, run=run)
    with session:
        for review in session.reviews(Despinner(run.options).fix):
            session.deliver(review, deliver)
    if not run.quiet and session.summary.documents:
        complain(session.summary.of_fix())
    return session.exit_code()


def _folder(output: Path, inputs: Inputs, session: Session) -> Folder:
    """The folder that takes the texts; what lies in it already is not read.

    Raises:
        WriteError: two texts would become the same file, or one would become an original.
    """
    from despin.cli.delivery import Folder, lies_inside
    from despin.cli.errors import complain
    from despin.read import is_web_page

    texts = [(s.name, is_web_page(s.name)) for s in session.sources if s.problem is None]
    folder = Folder(output, inputs.places(), texts)
    if lies_inside(output, inputs.names) and not session.run.quiet:
        complain(f"{output}: takes the repaired texts and is not read itself")
    return folder
