"""Runs of text with a mark, and how many cells they take (wide, combining, joined characters)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from rich.cells import cell_len, chop_cells

TAB = "    "


class Mark(StrEnum):
    """What a run of text is; each has its style in ``styles/marks.tcss``."""

    PLAIN = "plain"
    OPEN = "open"
    WEAK = "weak"
    OLD = "old"
    """Words that an accepted edit takes away."""
    NEW = "new"
    """Words that an accepted edit puts in."""
    KEPT = "kept"
    """Words whose finding was rejected."""
    PROPOSED = "proposed"
    """Words that an undecided finding would put in."""
    DOUBTED = "doubted"
    """Words that an undecided finding would take away."""
    FAINT = "faint"
    STRONG = "strong"
    KEY = "key"
    BAR = "bar"
    HINT = "hint"


class Run(NamedTuple):
    """A stretch of text, how it is marked, and which finding it belongs to (-1: none)."""

    text: str
    mark: Mark = Mark.PLAIN
    finding: int = -1


Line = tuple[Run, ...]

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""What would move the cursor, turn the line round or cannot be encoded."""
_PICTURE = "\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff"
_JOINER = re.compile(f"(?<![{_PICTURE}])\u200d|\u200d(?![{_PICTURE}])")
"""Joiners that join no pictures: between letters they make the width of a line unforeseeable."""


def printable(text: str) -> str:
    """The text with nothing in it that a terminal obeys; line feeds stay."""
    text = text.replace("\r\n", "\n").replace("\t", TAB)
    return text if text.isprintable() else _CONTROL.sub("·", _JOINER.sub("", text))


def width(text: str) -> int:
    """How many cells the text takes."""
    return len(text) if text.isascii() else cell_len(text)


def line_width(line: Iterable[Run]) -> int:
    """How many cells the line takes."""
    return sum(width(run.text) for run in line)


def truncated(text: str, columns: int) -> str:
    """The text cut to so many cells, with an ellipsis where something is cut."""
    if width(text) <= columns:
        return text
    return chop_cells(text, columns - 1)[0] + "…" if columns > 1 else "…"


def ending(text: str, columns: int) -> str:
    """The end of a text in so many cells, with an ellipsis where something is cut."""
    if width(text) <= columns:
        return text
    kept = ""
    for piece in reversed(list(graphemes(text[-2 * columns :]))):
        if width(kept) + width(piece) >= columns:
            break
        kept = piece + kept
    return "…" + kept


def cut(line: Line, columns: int) -> Line:
    """The line cut to so many cells, with an ellipsis where something is cut."""
    if line_width(line) <= columns:
        return line
    out: list[Run] = []
    left = columns
    for run in line:
        if width(run.text) >= left:
            out.append(run._replace(text=truncated(run.text + "…", left)))
            break
        out.append(run)
        left -= width(run.text)
    return tuple(out)


def graphemes(text: str) -> Iterable[str]:
    """Characters with what combines with them."""
    if text.isascii():
        return text
    from rich.cells import split_graphemes

    ends = [end for _, end, _ in split_graphemes(text)[0]] or [len(text)]
    return [text[start:end] for start, end in pairwise([0, *ends])]
