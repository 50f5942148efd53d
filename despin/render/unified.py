"""Unified patches that ``patch -p1`` and ``git apply`` take."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from despin.diff import Block, changes, lines
from despin.document import Document
from despin.read.errors import WriteError
from despin.read.writing import is_extracted
from despin.review import Review

CONTEXT = 3
_NO_NEWLINE = "\\ No newline at end of file\n"


@dataclass(frozen=True, slots=True)
class Unified:
    """The accepted edits of a review as a patch of its document."""

    def render(self, review: Review) -> str:
        """The patch; empty when nothing changes."""
        return patch(review.document.id, review.document.text, review.result())


class PatchError(WriteError):
    """A text cannot be patched by a line-based tool."""

    @classmethod
    def of_page(cls, name: str) -> PatchError:
        """The error for a web page, whose text is not the lines of its file."""
        return cls(f"{name}: no patch can be made of a web page")


def patch_bytes(document: Document, after: str) -> bytes:
    """`patch` for the bytes of the document's file: in its encoding, byte order mark included.

    Raises:
        PatchError: the text was taken out of a web page, or the encoding is UTF-16, whose lines no
            patch tool can see, or lacks a character.
    """
    if after == document.text:
        return b""
    if is_extracted(document):
        raise PatchError.of_page(document.id)
    codec = document.encoding
    if codec.startswith("utf-16"):
        raise PatchError(f"{document.id}: no patch can be made of UTF-16 text")
    mark = "\ufeff" if codec == "utf-8-sig" else ""
    change = patch(document.id, mark + document.text, mark + after)
    at = change.find("\n@@ ") + 1
    try:
        return os.fsencode(change[:at]) + change[at:].encode(codec.removesuffix("-sig"))
    except UnicodeEncodeError as error:
        lost = error.object[error.start]
        raise PatchError(f"{document.id}: {lost!r} is not in {codec}") from error


def patch(path: str, before: str, after: str) -> str:
    """The patch that turns ``before`` into ``after``; empty when they are the same.

    Lines end with a line feed only, carriage returns belong to the line, and a missing last line
    feed is marked, all as ``patch`` expects.

    Args:
        path: the file's path; what would leave the current folder is cut off its front.
        before: the text of the file.
        after: what it shall be.
    """
    if before == after:
        return ""
    a, b = lines(before), lines(after)
    name = _name(path)
    head = f"--- {_quoted('a/' + name)}\n+++ {_quoted('b/' + name)}\n"
    return head + "".join(_hunk(a, b, group) for group in _groups(changes(a, b)))


def _groups(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Blocks whose contexts would overlap, together."""
    group: list[Block] = []
    for block in blocks:
        if group and block[0] - group[-1][1] > 2 * CONTEXT:
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _hunk(a: Sequence[str], b: Sequence[str], group: Sequence[Block]) -> str:
    start = max(0, group[0][0] - CONTEXT)
    end = min(len(a), group[-1][1] + CONTEXT)
    start_b = group[0][2] - (group[0][0] - start)
    end_b = group[-1][3] + (end - group[-1][1])
    out = [f"@@ -{_range(start, end)} +{_range(start_b, end_b)} @@\n"]
    at = start
    for a1, a2, b1, b2 in group:
        out += [_line(" ", text) for text in a[at:a1]]
        out += [_line("-", text) for text in a[a1:a2]]
        out += [_line("+", text) for text in b[b1:b2]]
        at = a2
    out += [_line(" ", text) for text in a[at:end]]
    return "".join(out)


def _range(start: int, end: int) -> str:
    """``start,length`` from 1; an empty range names the line before it."""
    length = end - start
    if length == 1:
        return f"{start + 1}"
    return f"{start + 1 if length else start},{length}"


def _line(mark: str, text: str) -> str:
    return f"{mark}{text}" if text.endswith("\n") else f"{mark}{text}\n{_NO_NEWLINE}"


def _name(path: str) -> str:
    """The path with forward slashes, without drive, root and steps upwards at its front."""
    parts = PurePath(path).as_posix().split("/")
    while len(parts) > 1 and (parts[0] in ("", ".", "..") or parts[0].endswith(":")):
        parts = parts[1:]
    return "/".join(parts)


def _quoted(name: str) -> str:
    """A name with blanks or control characters as ``patch`` and git read it."""
    if not any(c in '"\\' or not c.isprintable() for c in name):
        return f"{name}\t" if " " in name else name
    escaped = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return '"' + "".join(escaped.get(c, c) for c in name) + '"'
