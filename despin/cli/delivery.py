"""Where a repaired text goes: to the output, back into its file, into a folder, or as a diff."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from despin.cli.choices import Run
from despin.cli.output import is_terminal, terminal, write, write_bytes
from despin.diff import segments_of
from despin.read import STDIN, encode, write_back
from despin.read.folder import TextFolder
from despin.read.sources import is_folder
from despin.read.writing import is_extracted
from despin.review import Review

Deliver = Callable[[Review], None]


def deliverer(*, write: bool, folder: Folder | None, diff: bool, run: Run) -> Deliver:
    """What ``fix`` does with each review; with JSON asked for, the review is printed besides."""
    if run.json and not (write or folder):
        return partial(_json, with_text=run.with_text)
    if diff:
        return _difference
    deliver: Deliver = folder.deliver if folder else _text
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

    def __init__(
        self, folder: Path, named: Iterable[str] = (), originals: Iterable[str] = ()
    ) -> None:
        """Nothing is made before the first text comes.

        Args:
            folder: where the texts go.
            named: what the command was given; inside a folder among these its layout is kept.
            originals: files that no text may replace, besides its own.
        """
        self._texts = TextFolder(folder, originals)
        self._roots = [Path(path) for path in named if is_folder(path)]

    def deliver(self, review: Review) -> None:
        """Write the repaired text.

        Raises:
            WriteError: see `TextFolder.put`.
        """
        self._texts.put(review.document, review.result(), self._inside(review.document.id))

    def _inside(self, name: str) -> Path:
        if name == STDIN:
            return Path("stdin.txt")
        path = Path(name)
        root = next((root for root in self._roots if path.is_relative_to(root)), path.parent)
        return path.relative_to(root)


def _text(review: Review) -> None:
    write_bytes(encode(review.document, review.result()))


def _in_place(review: Review) -> None:
    document, text = review.document, review.result()
    if text != document.text or document.id == STDIN or is_extracted(document):
        write_back(document, text)


def _difference(review: Review) -> None:
    if is_terminal():
        write(terminal().difference(review.document.id, segments_of(review)))
        return
    from despin.render.unified import patch_bytes

    write_bytes(patch_bytes(review.document, review.result()))


def _json(review: Review, with_text: bool) -> None:
    from despin.render.json_lines import JsonLines

    write(JsonLines(with_text).render(review))
