"""The way back: a text to the bytes of the file it came from, and into that file."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path, PurePath

from despin.document import Document
from despin.read.errors import WriteError
from despin.read.replacing import replace
from despin.read.sources import STDIN
from despin.read.text import BOMS

EXTRACTED = "extracted-from"
"""Key of `Document.meta`: the text was taken out of a file of another kind and can't go back."""
NO_FILE = "standard input cannot be written back; use --output"


def is_extracted(document: Document) -> bool:
    """Whether the text was taken out of a web page."""
    return EXTRACTED in document.meta


def encode(document: Document, text: str) -> bytes:
    """``text`` in the document's encoding, byte order mark included.

    For the document's own text these are the bytes that were read.

    Raises:
        WriteError: ``text`` holds a character that this encoding has not.
    """
    bom = {encoding: mark for mark, encoding in BOMS}.get(document.encoding, b"")
    codec = document.encoding.removesuffix("-sig")
    try:
        return bom + text.encode(codec)
    except LookupError as error:
        raise WriteError(f"{document.id}: {codec} is no known encoding") from error
    except UnicodeEncodeError as error:
        name = "Windows-1252" if codec == "cp1252" else codec.upper()
        raise WriteError(
            f"{document.id}: {text[error.start]!r} cannot be written in {name}; "
            "use --output to write UTF-8"
        ) from error


def write_back(document: Document, text: str, check: Callable[[], object] | None = None) -> None:
    """Put ``text`` in the place of the file that the document was read from.

    Args:
        document: what was read.
        text: what the file shall hold.
        check: asked just before, instead of whether the file still holds what was read.

    Raises:
        WriteError: standard input, an article out of a web page, a file that somebody else has
            changed or removed meanwhile, or see `encode` and `write_atomically`.
    """
    if document.id == STDIN:
        raise WriteError(NO_FILE)
    if is_extracted(document):
        raise WriteError(
            f"{document.id}: the text was taken out of a web page and cannot go back into it; "
            "use --output"
        )
    data = encode(document, text)
    write_atomically(document.id, data, check or partial(_check_untouched, document))


def _check_untouched(document: Document) -> None:
    """Refuse a file that does not hold what was read of it."""
    try:
        same = Path(document.id).read_bytes() == encode(document, document.text)
    except FileNotFoundError:
        raise WriteError(f"{document.id}: has been removed since it was read") from None
    if not same:
        raise WriteError(f"{document.id}: has changed since it was read, and stays as it is now")


def write_atomically(
    path: str | PurePath, data: bytes, check: Callable[[], object] = lambda: None
) -> None:
    """Make ``data`` the content of ``path``, wholly or not at all.

    The bytes go into a new file in the same folder, to the disk, and then into the old one's
    place. Mode and owner are kept; a symbolic link stays one and its target is written. A file
    with several names (hard links), or whose owner only root could give to another file, is
    overwritten instead, so that all its names show the same text; the old one comes back when that
    fails.

    Args:
        path: the file.
        data: what it shall hold.
        check: asked just before the change; what it raises stops it.

    Raises:
        WriteError: the target isn't a regular file, or the system refuses.
    """
    if "\0" in str(path):
        raise WriteError(f"{str(path)!r}: no file has such a name")
    try:
        replace(Path(os.path.realpath(path)), data, check)
    except OSError as error:
        raise WriteError(f"{path}: cannot be written ({error.strerror})") from error
