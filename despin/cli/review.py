"""``despin review``: the reviewer, where a person decides."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from despin.cli.choices import FOLDER, NAME, choosing
from despin.cli.errors import complain, report
from despin.options import Options

if TYPE_CHECKING:
    from despin.cli.opening import Opened
    from despin.tui.entries import Entry, Pipeline, Setup, Target
    from despin.tui.preferences import Preferences

FLOOR = 0.05
"""The least sure findings that the reviewer is handed; its bar starts higher and is moved live."""
REVIEWS_SUFFIX = ".jsonl"


@click.command("review", short_help="Decide in the terminal.")
@click.argument("files", nargs=-1, type=NAME, metavar="[FILE…|DIR|REVIEWS.jsonl]")
@click.option("--write", "-w", is_flag=True, help="ctrl+s puts the repaired texts into the files.")
@click.option(
    "--output",
    type=FOLDER,
    metavar="DIR",
    help="ctrl+s writes the repaired texts into this folder.",
)
@click.option("--theme", metavar="NAME", help="dark, light, terminal, or a theme of Textual's.")
@click.option("--fresh", is_flag=True, help="Begin anew: forget what earlier sessions decided.")
@click.option("--demo", is_flag=True, help="A built-in example, for a first look.")
@choosing
def command(  # noqa: PLR0913, PLR0917  click hands over one argument an option
    files: tuple[str, ...],
    write: bool,
    output: Path | None,
    theme: str | None,
    fresh: bool,
    demo: bool,
    options: Options,
) -> int:
    """Open the reviewer on files, folders or saved reviews.

    Every decision is kept at once, so a closed terminal loses nothing. No file is changed before
    you save. Exit code 2: a file could not be read.
    """
    if demo == bool(files):
        raise click.UsageError("name files, folders or a REVIEWS.jsonl, or use --demo")
    if write and output is not None:
        raise click.UsageError("choose one of --write and --output")
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError("the reviewer needs a terminal; despin check and fix do not")
    from despin.config import FILE

    opened = _opened(files, output)
    entries = _readable(list(opened.entries))
    config = _config()
    preferences = _preferences(config)
    target = _target(files, write, output)
    setup = _setup(entries, target, options, preferences)
    folders = [Path(name).resolve() for name in files if Path(name).is_dir()]
    notice = " ".join(opened.complaints)
    setup = replace(
        setup,
        folders=folders,
        kept=opened.kept,
        notice=notice,
        config=config or Path.cwd() / FILE,
    )
    if fresh:
        _forget(setup)
    well = _run(setup, theme or preferences.theme)
    return 0 if well and len(entries) == len(opened.entries) and not opened.complaints else 2


def _run(setup: Setup, theme: str | None) -> bool:
    """Open the reviewer; name what it could not read when it has closed. Whether it read all."""
    try:
        from despin.tui.app import ReviewerApp
    except ModuleNotFoundError as error:
        raise click.ClickException(
            'the reviewer needs Textual: install it with  pip install "despin[tui]"'
        ) from error
    app = ReviewerApp(setup, theme=theme)
    app.run()
    for message in app.unread:
        complain(message)
    return not app.unread


def _preferences(config: Path | None) -> Preferences:
    from despin.tui.preferences import Preferences, load

    return load(config) if config else Preferences()


def _config() -> Path | None:
    """The configuration file that this run reads, if there is one."""
    from despin.config import find

    given: Path | None = click.get_current_context().params.get("config")
    return given or find(Path.cwd())


def _opened(files: tuple[str, ...], output: Path | None) -> Opened:
    """What the names on the command line stand for; what is left out is said on standard error."""
    from despin.cli.opening import Opened, opened_reviews
    from despin.tui.entries import demo_entry, of_files

    if not files:
        return Opened([demo_entry()])
    opened = Opened([])
    once: dict[str, str] = {}
    for name in files:
        once.setdefault(os.path.realpath(name), name)
    for name in once.values():
        if name.endswith(REVIEWS_SUFFIX) and Path(name).is_file():
            opened += opened_reviews(Path(name))
        else:
            opened += Opened(of_files([name], output))
    for complaint in opened.complaints:
        complain(complaint)
    if not opened.entries:
        if opened.complaints:
            raise click.exceptions.Exit(2)
        raise click.UsageError("there are no reviews in it")
    return opened


def _readable(entries: list[Entry]) -> list[Entry]:
    """The entries to open; one line on standard error for each of the others.

    They are said before the screen opens, and can be read again when it has closed. All are read
    up to the first that can be: without one there is nothing to open. Those behind it are only
    looked at, for the reviewer reads them while its screen is open already.

    Raises:
        Exit: none can be read; the exit code is 2.
    """
    good: list[Entry] = []
    for entry in entries:
        if entry.review is not None or (good and os.access(entry.name, os.R_OK)):
            good.append(entry)
            continue
        try:
            good.append(_read(entry))
        except Exception as error:  # whatever is wrong with one file, the others are opened
            report(error, entry.name)
    if not good:
        raise click.exceptions.Exit(2)
    return good


def _read(entry: Entry) -> Entry:
    """The entry with its document at hand: a pipe, say, can be read only once."""
    assert entry.read is not None
    document = entry.read()
    return replace(entry, read=lambda: document)


def _target(files: tuple[str, ...], write: bool, output: Path | None) -> Target:
    """Where to save; a file of reviews that was opened alone is saved again."""
    from despin.tui.entries import Target

    alone = len(files) == 1 and files[0].endswith(REVIEWS_SUFFIX)
    reviews = Path(files[0]) if alone and not write and output is None else None
    return Target(write=write, output=output, reviews=reviews)


def _setup(
    entries: list[Entry], target: Target, options: Options, preferences: Preferences
) -> Setup:
    from despin.journal import state_folder
    from despin.tui.entries import Setup
    from despin.tui.session import START_BAR

    context = click.get_current_context()
    given = context.get_parameter_source("min_confidence")
    asked = given is click.core.ParameterSource.COMMANDLINE
    state = state_folder()
    return Setup(
        entries=entries,
        pipeline=None if context.params.get("demo") else _pipeline(options),
        target=target,
        bar=options.min_confidence if asked else START_BAR,
        keys=preferences.keys,
        state=state,
        new_here=not state.exists(),
    )


def _pipeline(options: Options) -> Callable[[], Pipeline]:
    def make() -> Pipeline:
        from despin.pipeline import Despinner

        return Despinner(replace(options, min_confidence=min(FLOOR, options.min_confidence)))

    return make


def _forget(setup: Setup) -> None:
    """Remove the journals of what is opened."""
    from despin.journal import Journal

    assert setup.state is not None
    for entry in setup.entries:
        Journal.open(setup.state, entry.key).path.unlink(missing_ok=True)
