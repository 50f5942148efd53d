"""Where lessons come from: two texts, two folders of texts, or a file of JSON lines."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePath
from typing import Any

import msgspec

from despin.document import Document
from despin.read import STDIN, ReadError, Source, read, sources
from despin.read.sources import standard_input


class LearningError(ValueError):
    """What was named is nothing to learn from; the message says which and why."""


def text_pairs(spun: str, original: str) -> Iterator[tuple[Document, Document]]:
    """Two texts, or those of two folders that have the same names.

    Raises:
        LearningError: a folder and a file, a text without its counterpart, or one text for both.
        ReadError: a text cannot be read.
    """
    if spun == original == STDIN:
        raise LearningError("standard input can be one of the two texts only")
    folders = [path != STDIN and Path(path).is_dir() for path in (spun, original)]
    if not any(folders):
        yield read(spun), read(original)
        return
    if not all(folders):
        folder, other = (spun, original) if folders[0] else (original, spun)
        raise LearningError(f"{folder} is a folder and {other} is none: name two of a kind")
    before, after = _texts(spun), _texts(original)
    for names, others, folder in ((before, after, original), (after, before, spun)):
        for name in names:
            if name not in others:
                raise LearningError(
                    f"{names[name].name}: has no counterpart in {folder} "
                    f"({len(before)} spun texts, {len(after)} originals)"
                )
    for name, source in before.items():
        yield source.read(), after[name].read()


def _texts(folder: str) -> dict[str, Source]:
    """The texts of a folder by their names below it.

    Raises:
        ReadError: there are none, or a folder cannot be read.
    """
    found = {}
    for source in sources([folder]):
        if source.problem is not None:
            raise ReadError(f"{source.name}: {source.problem}")
        found[PurePath(source.name).relative_to(folder).as_posix()] = source
    return found


def lines(path: str) -> Iterator[tuple[str, bytes]]:
    """File and number, for people, and content of every line that is not blank; ``-`` is stdin.

    Raises:
        ReadError: the file cannot be read.
    """
    name = "standard input" if path == STDIN else path
    try:
        with BytesIO(standard_input()) if path == STDIN else Path(path).open("rb") as file:
            for number, line in enumerate(file, start=1):
                content = line.removeprefix(BOM_UTF8) if number == 1 else line
                if content.strip():
                    yield f"{name}, line {number}", content
    except OSError as error:
        raise ReadError(f"{name}: cannot be read ({error.strerror})") from error


class _Record(msgspec.Struct):
    """A line of JSON as far as it matters here."""

    spun: Any = None
    original: Any = None
    id: Any = None


def record_pair(line: bytes, where: str) -> tuple[Document, Document] | None:
    """The two texts of a record with ``spun`` and ``original``; ``None`` for any other line.

    Args:
        line: one JSON object.
        where: file and line, for people; the documents' name where the record has no ``id``.

    Raises:
        LearningError: one of the two is no text.
    """
    try:
        record = msgspec.json.decode(line, type=_Record)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    if record.spun is None and record.original is None:
        return None
    if not (isinstance(record.spun, str) and isinstance(record.original, str)):
        raise LearningError(f"{where}: spun and original are not both texts")
    name = where if record.id is None else str(record.id)
    return Document(name, record.spun), Document(name, record.original)
