"""Runs of text with a mark, and their wrapping by cell width (wide, combining, endless words)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
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
_JOINER = re.compile("(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d")
"""Joiners that join no pictures: between letters they make the width of a line unforeseeable."""
_WIDE = "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60\U00020000-\U0003fffd"
_TIED = "\u00a0\u202f\u2007"
"""Spaces at which no line may end."""
_PIECE = re.compile(rf"[^\S{_TIED}]+|[{_WIDE}](?:[^\s\w]|[{_TIED}])*|(?:[{_TIED}]|[^\s{_WIDE}])+")
"""Spaces, a wide character that a line may end after, or a word."""


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


@lru_cache(maxsize=16_384)
def wrap(runs: tuple[Run, ...], columns: int) -> tuple[Line, ...]:
    """The runs as lines of at most ``columns`` cells; a line feed in a run ends a line.

    Words longer than a line are cut. A space at which a line ends is dropped. There is always at
    least one line.
    """
    columns = max(2, columns)
    return tuple(line for paragraph in split(runs) for line in _wrapped(paragraph, columns))


def split(runs: Iterable[Run]) -> Iterator[list[Run]]:
    """The runs cut at their line feeds."""
    line: list[Run] = []
    for run in runs:
        if "\n" not in run.text:
            line.append(run)
            continue
        first, *rest = run.text.split("\n")
        line.append(run._replace(text=first))
        for text in rest:
            yield line
            line = [run._replace(text=text)]
    yield line


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
    for piece in reversed(list(_graphemes(text[-2 * columns :]))):
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


def _wrapped(runs: Sequence[Run], columns: int) -> Iterator[Line]:
    line: list[Run] = []
    used = 0
    for word, cells in _words(runs):
        blank = _is_blank(word[0].text)
        if used and used + cells > columns:
            yield _united(_without_end(line))
            line, used = [], 0
            if blank:
                continue
        if cells <= columns:
            line += word
            used += cells
            continue
        *full, line = list(_chopped([*line, *word], columns))
        yield from (_united(part) for part in full)
        used = line_width(line)
    yield _united(line)


def _is_blank(piece: str) -> bool:
    """Whether a line may end here."""
    return piece.isspace() and not any(space in piece for space in _TIED)


def _without_end(line: list[Run]) -> list[Run]:
    """The line without the spaces at its end."""
    while len(line) > 1 and _is_blank(line[-1].text):
        line = line[:-1]
    return line


def _words(runs: Iterable[Run]) -> Iterator[tuple[list[Run], int]]:
    """Words and spaces with their cells; a word may reach across runs."""
    word: list[Run] = []
    cells = 0
    breaks = True
    for run in runs:
        for piece in _PIECE.findall(run.text):
            blank = _is_blank(piece)
            wide = not piece.isascii() and re.match(f"[{_WIDE}]", piece) is not None
            if word and (blank or breaks or wide):
                yield word, cells
                word, cells = [], 0
            word.append(run._replace(text=piece))
            cells += width(piece)
            breaks = blank or wide
    if word:
        yield word, cells


def _chopped(word: Iterable[Run], columns: int) -> Iterator[list[Run]]:
    """A word too long for a line, cut to lines; the last one may have room left."""
    line: list[Run] = []
    used = 0
    for run in word:
        for piece in _graphemes(run.text):
            cells = width(piece)
            if used + cells > columns:
                yield line
                line, used = [], 0
            line.append(run._replace(text=piece))
            used += cells
    yield line


def _graphemes(text: str) -> Iterable[str]:
    """Characters with what combines with them."""
    if text.isascii():
        return text
    from rich.cells import split_graphemes

    ends = [end for _, end, _ in split_graphemes(text)[0]] or [len(text)]
    return [text[start:end] for start, end in pairwise([0, *ends])]


def _united(line: Iterable[Run]) -> Line:
    """Neighbours of one mark and finding made one run."""
    out: list[Run] = []
    for run in line:
        if out and out[-1].mark is run.mark and out[-1].finding == run.finding:
            out[-1] = run._replace(text=out[-1].text + run.text)
        elif run.text:
            out.append(run)
    return tuple(out)
