"""The way back: a text to the bytes of the file it came from, and into that file."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path, PurePath

from despin.document import Document
from despin.read.errors import WriteError
from despin.read.sources import STDIN
from despin.read.text import BOMS

EXTRACTED = "extracted-from"
"""Key of `Document.meta`: the text was taken out of a file of another kind and can't go back."""


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


def write_back(document: Document, text: str) -> None:
    """Put ``text`` in the place of the file that the document was read from.

    Raises:
        WriteError: standard input, an article out of a web page, or see `encode` and
            `write_atomically`.
    """
    if document.id == STDIN:
        raise WriteError("standard input cannot be written back; use --output")
    if is_extracted(document):
        raise WriteError(
            f"{document.id}: the text was taken out of a web page and cannot go back into it; "
            "use --output"
        )
    write_atomically(document.id, encode(document, text))


def write_atomically(path: str | PurePath, data: bytes) -> None:
    """Make ``data`` the content of ``path``, wholly or not at all.

    The bytes go into a new file in the same folder, to the disk, and then into the old one's
    place. Mode bits are kept; a symbolic link stays one and its target is written.

    Raises:
        WriteError: the target isn't a regular file, or the system refuses.
    """
    target = Path(os.path.realpath(path))
    try:
        mode = _mode(target)
        temporary = target.with_name(f".{target.name[:80]}.{secrets.token_hex(4)}.tmp")
        try:
            _write_new(temporary, data, mode)
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        _sync_folder(target.parent)
    except OSError as error:
        raise WriteError(f"{path}: cannot be written ({error.strerror})") from error


def _mode(target: Path) -> int | None:
    """Mode bits of the file, ``None`` where there is none yet."""
    try:
        status = target.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode):
        raise WriteError(f"{target}: is not a regular file")
    return stat.S_IMODE(status.st_mode)


def _write_new(path: Path, data: bytes, mode: int | None) -> None:
    with path.open("xb") as file:
        if mode is not None:  # before the content: a private file is never readable by others
            path.chmod(mode)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the new name last; only POSIX lets folders be opened for this."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
