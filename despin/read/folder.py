"""A folder of results: each text in a file of its own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from despin.document import Document
from despin.read.errors import WriteError
from despin.read.writing import encode, is_extracted, write_atomically


class TextFolder:
    """A folder that takes results; no text is put over another, nor over an original."""

    def __init__(self, folder: Path, originals: Iterable[str] = ()) -> None:
        """Nothing is made before the first text comes.

        Args:
            folder: where the texts go.
            originals: files to keep besides those of the documents that are put here.
        """
        self._folder = folder
        self._originals = {Path(name).resolve() for name in originals}
        self._taken: dict[Path, str] = {}

    def target(self, document: Document, inside: Path) -> Path:
        """The file that takes the document's text: ``inside`` the folder, web pages as Markdown."""
        path = self._folder / inside
        return path.with_suffix(".md") if is_extracted(document) else path

    def put(self, document: Document, text: str, inside: Path) -> Path:
        """Write ``text`` for ``document``, web pages as Markdown, and say where that is.

        Raises:
            WriteError: two documents would become the same file, an original would be lost, or the
                system refuses.
        """
        target = self.target(document, inside)
        place, own = target.resolve(), Path(document.id).resolve()  # writing follows links, too
        if place == own or place in self._originals:
            raise WriteError(f"{target}: is an original; choose another folder")
        if target in self._taken:
            raise WriteError(f"{document.id}: {target} already holds {self._taken[target]}")
        self._taken[target] = document.id
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WriteError(f"{target.parent}: cannot be made ({error.strerror})") from error
        write_atomically(target, encoded(document, text))
        return target


def encoded(document: Document, text: str) -> bytes:
    """The text in its file's encoding, or UTF-8 where that lacks a character."""
    try:
        return encode(document, text)
    except WriteError:
        return text.encode("utf-8")
