"""A folder of results: each text in a file of its own."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from despin.document import Document
from despin.read.errors import WriteError
from despin.read.sources import STDIN, is_folder
from despin.read.writing import encode, is_extracted, write_atomically


@dataclass(frozen=True, slots=True)
class Expected:
    """A text that will be put into the folder.

    Attributes:
        name: its document's.
        inside: the path below the folder.
        extracted: it is taken out of a web page.
    """

    name: str
    inside: Path
    extracted: bool = False


class TextFolder:
    """A folder that takes results; no text is put over another, nor over an original."""

    def __init__(self, folder: Path, originals: Iterable[str] = ()) -> None:
        """Nothing is made before the first text comes.

        Args:
            folder: where the texts go.
            originals: files to keep besides those of the documents that are put here.
        """
        self._folder = folder
        self._originals = {_place(name) for name in originals}
        self._taken: dict[Path, str] = {}

    def target(self, document: Document, inside: Path) -> Path:
        """The file that takes the document's text: ``inside`` the folder, web pages as Markdown."""
        return self._target(inside, extracted=is_extracted(document))

    def _target(self, inside: Path, *, extracted: bool) -> Path:
        """The file that takes a text: ``inside`` the folder, web pages as Markdown."""
        path = self._folder / inside
        return path.with_suffix(".md") if extracted else path

    def expect(self, texts: Iterable[Expected]) -> None:
        """Keep the originals of these texts, and refuse those that have no file of their own.

        Raises:
            WriteError: two of them would become the same file, or one would become an original.
        """
        held: dict[Path, str] = {}
        texts = list(texts)
        self._originals |= {_place(text.name) for text in texts if text.name != STDIN}
        for text in texts:
            target = self._target(text.inside, extracted=text.extracted)
            if _place(target) in self._originals:
                raise WriteError(f"{target}: is an original; choose another folder")
            if target in held:
                other = held[target]
                both = f"{other} twice" if other == text.name else f"{other} and {text.name}"
                raise WriteError(f"{target}: would hold {both}; name them in separate runs")
            held[target] = text.name

    def put(self, document: Document, text: str, inside: Path) -> Path:
        """Write ``text`` for ``document``, web pages as Markdown, and say where that is.

        Raises:
            WriteError: two documents would become the same file, an original would be lost, or the
                system refuses.
        """
        target = self.target(document, inside)
        place = _place(target)
        if place in self._originals or place == _place(document.id):
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


def shared_folder(named: Iterable[str]) -> str:
    """The deepest folder that holds all files and folders that were named, as an absolute path.

    Raises:
        WriteError: there is none, for they lie on different drives.
    """
    # Links stay as they were named: a folder of links keeps its layout.
    paths = [(name, os.path.abspath(name)) for name in named if name not in {"", STDIN}]  # noqa: PTH100
    folders = [path if is_folder(name) else os.path.dirname(path) for name, path in paths]  # noqa: PTH120
    try:
        return os.path.commonpath(folders) if folders else ""
    except ValueError as error:
        raise WriteError("files of different drives share no folder: name those of one") from error


def _place(name: str | Path) -> str:
    """Where a file is when links are followed, as writing does."""
    try:
        return os.path.realpath(name)
    except ValueError as error:
        raise WriteError(f"{str(name)!r}: is no name of a file ({error})") from error


def encoded(document: Document, text: str) -> bytes:
    """The text in its file's encoding, or UTF-8 where that lacks a character."""
    try:
        return encode(document, text)
    except WriteError:
        return text.encode("utf-8")
