"""Readers: bytes become a `Document`, whose text is fixed from then on.

``SUFFIXES`` says which reader takes which file; every other file is plain text. Only the reader
that a file needs is imported.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath
from typing import Protocol, cast

from despin.document import Document
from despin.read.errors import ReadError, WriteError
from despin.read.sources import FOLDER_SUFFIXES, STDIN, Source, sources
from despin.read.writing import encode, write_atomically, write_back

__all__ = [
    "FOLDER_SUFFIXES",
    "STDIN",
    "ReadError",
    "Reader",
    "Source",
    "WriteError",
    "encode",
    "read",
    "reader_for",
    "sources",
    "write_atomically",
    "write_back",
]


class Reader(Protocol):
    """Makes a document of the bytes of one file."""

    def __call__(self, name: str, data: bytes) -> Document:
        """The document called ``name``.

        Raises:
            ReadError: the bytes hold no text of this kind.
        """
        ...


SUFFIXES = {".html": "despin.read.webpage", ".htm": "despin.read.webpage"}
"""The module whose ``read_bytes`` takes files with this ending."""


def reader_for(name: str) -> Reader:
    """The reader of files called ``name``."""
    module = SUFFIXES.get(PurePath(name).suffix.lower(), "despin.read.text")
    return cast(Reader, import_module(module).read_bytes)


def read(path: str | PurePath) -> Document:
    """The document in the file ``path``; ``-`` is standard input.

    Raises:
        ReadError: missing, not readable, not text, or a web page without an article.
    """
    source = Source(str(path))
    return reader_for(source.name)(source.name, source.data())
