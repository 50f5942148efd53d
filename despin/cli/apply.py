"""``despin apply``: reviews that were saved, applied without the reviewer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from despin.cli.choices import CONFIDENCE, FOLDER
from despin.review import Review

if TYPE_CHECKING:
    from despin.cli.delivery import Deliver


@click.command("apply", short_help="Apply saved reviews.")
@click.argument(
    "reviews", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="REVIEWS.jsonl"
)
@click.option("--write", "-w", is_flag=True, help="Put the repaired texts into the files.")
@click.option(
    "--output",
    type=FOLDER,
    metavar="DIR",
    help="Write the repaired texts into this folder.",
)
@click.option("--diff", is_flag=True, help="Show what would change; a patch when piped.")
@click.option(
    "--min-confidence",
    type=CONFIDENCE,
    metavar="0..1",
    help="Accept undecided findings that are at least this sure, too.",
)
def command(
    reviews: Path, write: bool, output: Path | None, diff: bool, min_confidence: float | None
) -> int:
    """Apply the accepted edits of reviews that `despin review` or --format json has saved.

    One review is printed, repaired, on standard output. Several need --write, --output or --diff.

    Exit code 0: applied; 2: a line is no review, or a file is no longer what was
    reviewed, or cannot be read or written; the others are done.
    """
    from despin.cli.choices import Run
    from despin.cli.delivery import Folder, deliverer
    from despin.learning.sources import lines
    from despin.options import Options

    if write + diff + (output is not None) > 1:
        raise click.UsageError("choose one of --write, --output and --diff")
    todo = list(lines(str(reviews)))
    _check_kind(reviews, todo)
    if len(todo) > 1 and not (write or diff or output):
        raise click.UsageError(f"{len(todo)} reviews: choose --write, --output DIR or --diff")
    folder = None if output is None else Folder(output, originals=_originals(todo))
    deliver = deliverer(write=write, folder=folder, diff=diff, run=Run(Options()))
    went_well = [_applied(line, where, deliver, min_confidence) for where, line in todo]
    return 0 if all(went_well) else 2


def _check_kind(path: Path, todo: Sequence[tuple[str, bytes]]) -> None:
    """Refuse a file without any review, in one line instead of one for each of its lines.

    Raises:
        ReadError: there is none.
    """
    from despin.read import ReadError

    if not todo:
        raise ReadError(f"{path}: holds no review")
    if all(_problem(line) for _, line in todo):
        where, line = todo[0]
        others = " (nor is any other line)" if len(todo) > 1 else ""
        raise ReadError(f"{where}: {_problem(line)}{others}")


def _problem(line: bytes) -> str:
    """Why the line is no review; empty when it is one."""
    from despin.wire import WireError, parsed

    try:
        parsed(line)
    except WireError as error:
        return str(error)
    return ""


def _originals(todo: Sequence[tuple[str, bytes]]) -> Iterator[str]:
    """The files that were reviewed."""
    from despin.wire import parsed

    for _, line in todo:
        if not _problem(line):
            yield parsed(line).id


def _applied(line: bytes, where: str, deliver: Deliver, bar: float | None) -> bool:
    """Apply the review of one line; an error is reported. Whether it went well."""
    from despin.cli.errors import report
    from despin.cli.output import OutputError

    try:
        review = saved_review(line, where)
        check_unchanged(review)
        deliver(review if bar is None else accepted(review, bar))
    except (BrokenPipeError, OutputError):
        raise
    except Exception as error:
        report(error, where)
        return False
    return True


class StaleReviewError(ValueError):
    """A file is no longer what was reviewed."""


def saved_review(line: bytes, where: str) -> Review:
    """The review of one line; one saved without text takes it from its file.

    Args:
        line: the line.
        where: names it in complaints.

    Raises:
        WireError: the line is no review; the message says which.
        ReadError: the file of a review without text cannot be read.
        StaleReviewError: the file of a review without text has changed.
    """
    from despin.wire import WireError

    try:
        return _review(line)
    except WireError as error:
        raise WireError(f"{where}: {error}") from error


def _review(line: bytes) -> Review:
    import msgspec

    from despin.read import read
    from despin.wire import checked, parsed

    wire = parsed(line)
    if wire.text is None:
        document = read(wire.id)
        if document.sha256 != wire.sha256:
            raise StaleReviewError(f"{wire.id}: has changed since it was reviewed")
        wire = msgspec.structs.replace(wire, text=document.text)
    return checked(wire)


def check_unchanged(review: Review) -> None:
    """Refuse a review whose file is no longer what was reviewed; a file that is gone is fine.

    Raises:
        StaleReviewError: it has changed.
        ReadError: it cannot be read.
    """
    from despin.read import ReadError, read

    document = review.document
    try:
        is_there = Path(document.id).exists()
    except OSError as error:
        raise ReadError(f"{document.id}: cannot be read ({error.strerror})") from error
    if is_there and read(document.id).sha256 != document.sha256:
        raise StaleReviewError(f"{document.id}: has changed since it was reviewed")


def accepted(review: Review, bar: float) -> Review:
    """The review with the undecided findings accepted that are sure enough, best candidate too.

    What is only for display stays undecided.
    """
    from despin import policy

    sure = [
        replace(f, candidates=f.candidates if f.best and f.best.confidence >= bar else ())
        if f.confidence >= bar
        else replace(f, candidates=())
        for f in review.findings
    ]
    decided = policy.decide(replace(review, findings=tuple(sure)), unsafe=True)
    return replace(review, decisions=decided.decisions)
