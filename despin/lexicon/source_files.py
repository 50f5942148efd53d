"""The files a lexicon is built from, read so that whoever named a wrong one is told."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from despin.lexicon.rows import LexiconError


def text_lines(path: Path) -> Iterator[str]:
    """The lines of a UTF-8 file, with their ends as they are.

    Raises:
        LexiconError: it cannot be read as such.
    """
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            yield from lines
    except OSError as error:
        raise LexiconError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise LexiconError(f"{path}: is not UTF-8 text") from error


def records(path: Path, columns: Sequence[str]) -> Iterator[dict[str, str]]:
    """The lines of a tab-separated file by the names of its header; an absent cell is empty.

    Raises:
        LexiconError: it cannot be read, or lacks one of the columns.
    """
    table = csv.DictReader(text_lines(path), delimiter="\t", quoting=csv.QUOTE_NONE, restval="")
    for name in columns:
        if name not in (table.fieldnames or ()):
            raise LexiconError(f"{path}: lacks the column {name!r}")
    yield from table
