"""Readers: bytes become a `Document`, whose text is fixed from then on.

``SUFFIXES`` says which reader takes which file; every other file is plain text. Standard input
without a name is a web page when it begins like one. Only the reader that a file needs is imported.
"""

from __future__ import annotations

import re
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
    "is_web_page",
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


WEB_PAGES = "despin.read.webpage"
SUFFIXES = {".html": WEB_PAGES, ".htm": WEB_PAGES}
"""The module whose ``read_bytes`` takes files with this ending."""

# Behind an XML declaration and comments, too; in UTF-16 after its zeros are taken out.
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*<(?:!doctype\s+html|html)\b",
    re.DOTALL | re.IGNORECASE,
)
_HEAD = 4096


def reader_for(name: str, data: bytes = b"") -> Reader:
    """The reader of files called ``name``; what standard input is, only its ``data`` can tell."""
    module = SUFFIXES.get(PurePath(name).suffix.lower(), "despin.read.text")
    if name == STDIN and _begins_like_a_page(data):
        module = WEB_PAGES
    return cast(Reader, import_module(module).read_bytes)


def is_web_page(name: str) -> bool:
    """Whether files called ``name`` are read as web pages."""
    return SUFFIXES.get(PurePath(name).suffix.lower()) == WEB_PAGES


def _begins_like_a_page(data: bytes) -> bool:
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"")
    return _PAGE.match(head) is not None


def read(path: str | PurePath) -> Document:
    """The document in the file ``path``; ``-`` is standard input.

    Raises:
        ReadError: missing, not readable, not text, or a web page without an article.
    """
    return Source(str(path)).read()
