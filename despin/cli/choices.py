"""The options that commands share, and the one value that they and the configuration make."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click

from despin.options import (
    DEFAULT_MIN_CONFIDENCE,
    KNOWN_SCORERS,
    Grammar,
    Options,
    Quotes,
    category,
    is_scorer,
)
from despin.read import STDIN

P = ParamSpec("P")
R = TypeVar("R")
Command = Callable[..., R]


@dataclass(frozen=True, slots=True)
class Run:
    """How a command was asked to run.

    Attributes:
        options: what the pipeline is told; the command line before the configuration file.
        json: reviews as JSON lines instead of text.
        with_text: JSON holds the documents' texts.
        exit_zero: findings do not make the exit code 1.
        quiet: only data and errors: no summary, no notes, no progress.
    """

    options: Options
    json: bool = False
    with_text: bool = True
    exit_zero: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a command was given to read.

    Attributes:
        names: files, folders or ``-``, as they were named.
        stdin: what standard input is called; its ending says how it is read.
    """

    names: tuple[str, ...]
    stdin: str = STDIN

    def places(self) -> Iterator[str]:
        """The names, standard input's own among them, as far as they stand for a place."""
        names = (self.stdin if name == STDIN else name for name in self.names)
        return (name for name in names if name not in {"", STDIN})


def _list(_: click.Context, __: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...] | None:
    """Repeated options and comma lists; ``None`` when there are none."""
    names = tuple(name.strip() for text in value for name in text.split(",") if name.strip())
    return names or None


def _categories(
    ctx: click.Context, param: click.Parameter, value: tuple[str, ...]
) -> tuple[str, ...] | None:
    names = _list(ctx, param, value)
    try:
        return names and tuple(category(name) for name in names)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def _paths(_: click.Context, __: click.Parameter, value: tuple[Path, ...]) -> Any:
    return value or None


def _scorer(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value is None or is_scorer(value):
        return value
    raise click.BadParameter(f"{value!r} is none of {KNOWN_SCORERS}")


class _Confidence(click.FloatRange):
    """A number from 0 to 1, which ``nan`` is not."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        number = super().convert(value, param, ctx)
        if number != number:  # noqa: PLR0124
            self.fail("nan is no confidence", param, ctx)
        return number


CONFIDENCE = _Confidence(0, 1)
"""Type of ``--min-confidence``."""


class _Folder(click.Path):
    """A folder to write into; an unset variable of a shell is not the current one."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail("an empty name is no folder", param, ctx)
        return super().convert(value, param, ctx)


FOLDER = _Folder(path_type=Path, file_okay=False)
"""Type of ``--output``."""

_PATH = click.Path(path_type=Path)
_RULES = (
    click.option("--select", multiple=True, callback=_list, metavar="RULE,…",
                 help="Run these rules only."),
    click.option("--ignore", multiple=True, callback=_list, metavar="RULE,…",
                 help="Do not run these rules."),
    click.option("--min-confidence", type=CONFIDENCE, metavar="0..1",
                 help=f"Report nothing less sure than this ({DEFAULT_MIN_CONFIDENCE}; the reviewer "
                      "starts at 0.3)."),
    click.option("--quotes", type=click.Choice([quotes.value for quotes in Quotes]),
                 help="In quotation marks: report only, fix too, or pass over (flag)."),
)  # fmt: skip
_SCORING = (
    click.option("--scorer", callback=_scorer, metavar="lm|fast|auto|hf:MODEL",
                 help="What judges synonyms."),
    click.option("--model", type=_PATH, metavar="FILE",
                 help="A GGUF file instead of the installed model."),
    click.option("--judges", type=_PATH, metavar="FOLDER",
                 help="What `despin train --out FOLDER` made, instead of the judges that ship."),
    click.option("--lexicon", "lexicons", multiple=True, type=_PATH, callback=_paths,
                 metavar="FILE", help="A lexicon of your own; may be repeated."),
)  # fmt: skip
_GRAMMAR = (
    click.option("--grammar", type=click.Choice([grammar.value for grammar in Grammar]),
                 help="Sentences that LanguageTool reads: none, those with findings or edits, all "
                      "(findings, where it is installed)."),
    click.option("--grammar-categories", multiple=True, callback=_categories, metavar="NAME,…",
                 help="LanguageTool's categories to read, TYPOS for spelling."),
    click.option("--languagetool-url", metavar="URL", help="A LanguageTool server that runs."),
)  # fmt: skip
_CONFIG = click.option(
    "--config", type=_PATH, metavar="FILE",
    help="Configuration file; otherwise the nearest despin.toml or pyproject.toml.",
)  # fmt: skip
_UNSAFE = click.option(
    "--unsafe-fixes/--no-unsafe-fixes", default=None, help="Apply unsafe edits too."
)
_REPORTING = (
    click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
                 help="json: one line a document, schema despin.review/1."),
    click.option("--no-text", is_flag=True, help="Leave the documents' texts out of the JSON."),
    click.option("--exit-zero", is_flag=True, help="Exit with 0 even when there are findings."),
    click.option("--quiet", "-q", is_flag=True, help="No summary, notes or progress."),
)  # fmt: skip

NAME = click.Path(readable=False)
"""Type of what is read: a shell completes it; what is wrong with a file, its reader says."""
_FILES = click.argument("files", nargs=-1, required=True, type=NAME, metavar="FILE…|-")
_STDIN_FILENAME = click.option(
    "--stdin-filename", metavar="NAME", help="What - is called; its ending says how it is read."
)


def reading(command: Command[R]) -> Command[R]:
    """Give ``command`` files, folders or ``-`` to read; it is handed `Inputs`."""

    @wraps(command)
    def with_inputs(*, files: tuple[str, ...], stdin_filename: str | None, **given: Any) -> R:
        if stdin_filename is None:
            return command(inputs=Inputs(files), **given)
        if STDIN not in files:
            raise click.UsageError("--stdin-filename names standard input: it goes with -")
        if not stdin_filename:
            raise click.UsageError("--stdin-filename: an empty name is no name")
        return command(inputs=Inputs(files, stdin_filename), **given)

    return _decorated(with_inputs, (_FILES, _STDIN_FILENAME))


def choosing(command: Command[R]) -> Command[R]:
    """Give ``command`` the options of the pipeline; it is handed them as ``options``."""
    return _decorated(_with_options(command), (*_RULES, *_SCORING, *_GRAMMAR, _CONFIG))


def scoring(command: Command[R]) -> Command[R]:
    """`choosing`, but only among the options of what judges synonyms."""
    return _decorated(_with_options(command), (*_SCORING, _CONFIG))


def running(command: Command[R]) -> Command[R]:
    """Give ``command`` the pipeline's and the report's options; it is handed a `Run`."""

    @wraps(command)
    def with_run(*, options: Options, form: str, no_text: bool, exit_zero: bool, quiet: bool,
                 **given: Any) -> R:  # fmt: skip
        if no_text and form != "json":
            raise click.UsageError("--no-text goes with --format json")
        run = Run(options, form == "json", not no_text, exit_zero, quiet)
        return command(run=run, **given)

    return choosing(_decorated(with_run, _REPORTING))


def fixing(command: Command[R]) -> Command[R]:
    """`running`, and ``--unsafe-fixes``."""
    return _UNSAFE(running(command))


_NAMES = (
    "select", "ignore", "min_confidence", "quotes", "scorer", "model", "judges",
    "lexicons", "unsafe_fixes", "grammar", "grammar_categories", "languagetool_url",
)  # fmt: skip


def _with_options(command: Command[R]) -> Command[R]:
    @wraps(command)
    def with_options(*, config: Path | None, **given: Any) -> R:
        chosen = {name: given.pop(name) for name in _NAMES if name in given}
        return command(options=_merged(config, chosen), **given)

    return with_options


def _merged(config: Path | None, chosen: dict[str, Any]) -> Options:
    """The configuration file's options, each replaced that the command line gives."""
    from despin.config import find, load
    from despin.tui import preferences

    path = config or find(Path.cwd())
    options = load(path) if path else Options()
    if path:
        preferences.load(path)  # refused by every command alike, though the reviewer alone uses it
    values = {name: value for name, value in chosen.items() if value is not None}
    return replace(options, **values)


def _decorated(command: Command[R], options: tuple[Callable[[Any], Any], ...]) -> Command[R]:
    for option in reversed(options):
        command = option(command)
    return command
