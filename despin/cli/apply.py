"""``despin apply``: reviews that were saved, applied without the reviewer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from despin.cli.choices import CONFIDENCE, FOLDER
from despin.review import Review

if TYPE_CHECKING:
    from despin.cli.delivery import Deliver, Folder
    from despin.wire import ReviewWire


@click.command("apply", short_help="Apply saved reviews.")
@click.argument(
    "reviews",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    metavar="REVIEWS.jsonl|-",
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
    reviews: str, write: bool, output: Path | None, diff: bool, min_confidence: float | None
) -> int:
    """Apply the accepted edits of reviews that `despin review` or --format json has saved.

    With - they come from standard input. One review is printed, repaired, on standard output.
    Several need --write, --output or --diff.

    Exit code 0: applied; 2: a line is no review, or a file is no longer what was
    reviewed, or cannot be read or written, or --write does not find it; the others are done.
    """
    from despin.cli.choices import Run
    from despin.cli.delivery import deliverer
    from despin.learning.sources import lines
    from despin.options import Options

    if write + diff + (output is not None) > 1:
        raise click.UsageError("choose one of --write, --output and --diff")
    todo = list(lines(reviews))
    _check_kind(reviews, todo)
    if len(todo) > 1 and not (write or diff or output):
        raise click.UsageError(f"{len(todo)} reviews: choose --write, --output DIR or --diff")
    folder = None if output is None else _folder(output, todo)
    deliver = deliverer(write=write, folder=folder, diff=diff, run=Run(Options()))
    checked = partial(_delivered, deliver=deliver, bar=min_confidence, write=write)
    went_well = [_applied(line, where, checked) for where, line in todo]
    return 0 if all(went_well) else 2


def _check_kind(path: str, todo: Sequence[tuple[str, bytes]]) -> None:
    """Refuse a file without any review, in one line instead of one for each of its lines.

    Raises:
        ReadError: there is none.
    """
    from despin.read import STDIN, ReadError
    from despin.wire import WireError, parsed

    if not todo:
        raise ReadError(f"{'standard input' if path == STDIN else path}: holds no review")
    if next(_wires(todo), None) is not None:
        return
    (where, line), *more = todo
    try:
        parsed(line)
    except WireError as error:
        others = " (nor is any other line)" if more else ""
        raise ReadError(f"{where}: {error}{others}") from error


def _wires(todo: Iterable[tuple[str, bytes]]) -> Iterator[ReviewWire]:
    """The lines that are reviews."""
    from despin.wire import WireError, parsed

    for _, line in todo:
        with suppress(WireError):
            yield parsed(line)


def _folder(output: Path, todo: Sequence[tuple[str, bytes]]) -> Folder:
    """The folder that takes the texts, laid out as the files are that were reviewed.

    Raises:
        WriteError: two texts would become the same file, or one would become an original.
    """
    from despin.cli.delivery import Folder
    from despin.read.writing import EXTRACTED

    texts = [(wire.id, EXTRACTED in wire.meta) for wire in _wires(todo)]
    return Folder(output, [name for name, _ in texts], texts)


def _applied(line: bytes, where: str, deliver: Deliver) -> bool:
    """Deliver the review of one line; an error is reported. Whether it went well."""
    from despin.cli.errors import report
    from despin.cli.output import OutputError

    try:
        deliver(saved_review(line, where))
    except (BrokenPipeError, OutputError):
        raise
    except Exception as error:
        report(error, where)
        return False
    return True


def _delivered(review: Review, *, deliver: Deliver, bar: float | None, write: bool) -> None:
    check_unchanged(review, needed=write)
    deliver(review if bar is None else accepted(review, bar))


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
    return review_of(saved(line, where), where)


def saved(line: bytes, where: str) -> ReviewWire:
    """What a line holds, nothing checked but its shape.

    Raises:
        WireError: the line, named by ``where``, is no review.
    """
    from despin.wire import WireError, parsed

    try:
        return parsed(line)
    except WireError as error:
        raise WireError(f"{where}: {error}") from error


def review_of(wire: ReviewWire, where: str) -> Review:
    """The review that a line held; the rest as in `saved_review`."""
    from despin.wire import WireError, checked

    try:
        return checked(_with_text(wire))
    except WireError as error:
        raise WireError(f"{where}: {error}") from error


def _with_text(wire: ReviewWire) -> ReviewWire:
    import msgspec

    from despin.read import STDIN, read

    if wire.text is not None or wire.id == STDIN:  # `checked` says what is wrong with that
        return wire
    document = read(wire.id)
    if document.sha256 != wire.sha256:
        raise StaleReviewError(f"{wire.id}: has changed since it was reviewed")
    return msgspec.structs.replace(wire, text=document.text)


def check_unchanged(review: Review, *, needed: bool) -> None:
    """Refuse a review whose file is no longer what was reviewed.

    Args:
        review: a review with its text.
        needed: a file that is gone will not do.

    Raises:
        StaleReviewError: it has changed.
        ReadError: it cannot be read, or is needed and not there.
    """
    from despin.read import STDIN, ReadError, read

    document = review.document
    if document.id == STDIN:
        return
    try:
        is_there = Path(document.id).exists()
    except OSError as error:
        raise ReadError(f"{document.id}: cannot be read ({error.strerror})") from error
    if needed and not is_there:
        raise ReadError(f"{document.id}: there is no such file here to write into; use --output")
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
