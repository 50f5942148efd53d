"""Where a repaired text goes: to the output, back into its file, into a folder, or as a diff."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from despin.cli.choices import Run
from despin.cli.output import is_terminal, terminal, write, write_bytes
from despin.diff import segments_of
from despin.read import STDIN, Source, WriteError, encode, is_web_page, write_back
from despin.read.folder import Expected, TextFolder, shared_folder
from despin.read.sources import is_folder
from despin.read.writing import NO_FILE, is_extracted
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
    """A folder that takes the repaired texts, laid out below what all that was named shares."""

    def __init__(
        self, folder: Path, named: Iterable[str], texts: Iterable[tuple[str, bool]]
    ) -> None:
        """Nothing is made before the first text comes.

        Args:
            folder: where the texts go.
            named: the files and folders that tell how the texts lie to each other.
            texts: the documents' names, and whether they are taken out of web pages.

        Raises:
            WriteError: two texts would become the same file, or one would become an original.
        """
        self._shared = shared_folder(named)
        self._texts = TextFolder(folder)
        self._texts.expect(Expected(name, self._inside(name), page) for name, page in texts if name)

    def deliver(self, review: Review) -> None:
        """Write the repaired text.

        Raises:
            WriteError: see `TextFolder.put`.
        """
        self._texts.put(review.document, review.result(), self._inside(review.document.id))

    def _inside(self, name: str) -> Path:
        if name == STDIN:
            return Path("stdin.txt")
        if not name:
            raise WriteError("'': an empty name is no file")
        return Path(os.path.abspath(name)).relative_to(self._shared)  # noqa: PTH100 links stay


def lies_inside(folder: Path, named: Iterable[str]) -> bool:
    """Whether the folder is there already, inside one of those that were named."""
    roots = [os.path.realpath(name) for name in named if is_folder(name)]
    return folder.is_dir() and any(Path(root) in folder.resolve().parents for root in roots)


def refusal(*, write: bool, diff: bool) -> Callable[[Source], None]:
    """What tells of a source, before it is read, that its text could not be delivered.

    It raises `WriteError` for web pages that would be written in place or be patched, and for
    standard input that would be written in place.
    """
    if write:
        return _not_in_place
    return _not_as_patch if diff and not is_terminal() else lambda _: None


def _not_in_place(source: Source) -> None:
    if source.is_stdin:
        raise WriteError(NO_FILE)
    if is_web_page(source.name):
        raise WriteError(f"{source.name}: a web page is not written in place; use --output")


def _not_as_patch(source: Source) -> None:
    from despin.render.unified import PatchError

    with _another_way():
        if is_web_page(source.name):
            raise PatchError.of_page(source.name)


@contextmanager
def _another_way() -> Iterator[None]:
    """Whoever is told that no patch can be made is told what can be."""
    from despin.render.unified import PatchError

    try:
        yield
    except PatchError as error:
        raise PatchError(f"{error}; use --output") from error


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

    with _another_way():
        change = patch_bytes(review.document, review.result())
    write_bytes(change)


def _json(review: Review, with_text: bool) -> None:
    from despin.render.json_lines import JsonLines

    write(JsonLines(with_text).render(review))
