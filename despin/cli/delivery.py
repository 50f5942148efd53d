"""Where a repaired text goes: to the output, back into its file, into a folder, or as a diff."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from despin.cli.choices import Run
from despin.cli.output import is_terminal, terminal, write, write_bytes
from despin.diff import segments_of
from despin.document import Document
from despin.read import STDIN, WriteError, encode, write_atomically, write_back
from despin.review import Review

Deliver = Callable[[Review], None]


def deliverer(
    files: Iterable[str], *, write: bool, output: Path | None, diff: bool, run: Run
) -> Deliver:
    """What ``fix`` does with each review; with JSON asked for, the review is printed besides."""
    if run.json and (diff or not (write or output)):
        return partial(_json, with_text=run.with_text)
    if diff:
        return _difference
    deliver: Deliver = Folder(output, tuple(files)).deliver if output else _text
    if write:
        deliver = _in_place
    return _both(deliver, partial(_json, with_text=run.with_text)) if run.json else deliver


def _both(first: Deliver, then: Deliver) -> Deliver:
    def deliver(review: Review) -> None:
        first(review)
        then(review)

    return deliver


class Folder:
    """A folder that takes the repaired texts, laid out as the files that were named."""

    def __init__(self, folder: Path, named: tuple[str, ...]) -> None:
        """Nothing is made before the first text comes."""
        self._folder = folder
        self._roots = [Path(path) for path in named if path != STDIN and Path(path).is_dir()]
        self._taken: dict[Path, str] = {}

    def deliver(self, review: Review) -> None:
        """Write the repaired text.

        Raises:
            WriteError: two documents would become the same file, or the system refuses.
        """
        document = review.document
        target = self._target(document)
        if target in self._taken:
            raise WriteError(f"{document.id}: {target} already holds {self._taken[target]}")
        self._taken[target] = document.id
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WriteError(f"{target.parent}: cannot be made ({error.strerror})") from error
        write_atomically(target, _encoded(document, review.result()))

    def _target(self, document: Document) -> Path:
        if document.id == STDIN:
            return self._folder / "stdin.txt"
        path = Path(document.id)
        root = next((root for root in self._roots if path.is_relative_to(root)), path.parent)
        target = self._folder / path.relative_to(root)
        return target.with_suffix(".md") if _is_webpage(document) else target


def _encoded(document: Document, text: str) -> bytes:
    """The text in its file's encoding, or UTF-8 where that lacks a character."""
    try:
        return encode(document, text)
    except WriteError:
        return text.encode("utf-8")


def _is_webpage(document: Document) -> bool:
    from despin.read.writing import EXTRACTED

    return EXTRACTED in document.meta


def _text(review: Review) -> None:
    write_bytes(encode(review.document, review.result()))


def _in_place(review: Review) -> None:
    text = review.result()
    if text != review.document.text or review.document.id == STDIN or _is_webpage(review.document):
        write_back(review.document, text)


def _difference(review: Review) -> None:
    if is_terminal():
        write(terminal().difference(review.document.id, segments_of(review)))
        return
    from despin.render.unified import patch_bytes

    write_bytes(patch_bytes(review.document, review.result()))


def _json(review: Review, with_text: bool) -> None:
    from despin.render.json_lines import JsonLines

    write(JsonLines(with_text).render(review))
