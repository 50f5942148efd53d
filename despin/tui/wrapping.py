"""Runs wrapped by cell width: wide characters, combining ones, words longer than a line."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator, Sequence
from functools import lru_cache

from despin.tui.runs import Line, Run, graphemes, width

_WIDE = "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60\U00020000-\U0003fffd"
_TIED = "\u00a0\u202f\u2007"
"""Spaces at which no line may end."""
_PIECE = re.compile(rf"([^\S{_TIED}]+)|[{_WIDE}](?:[^\s\w]|[{_TIED}])*|(?:[{_TIED}]|[^\s{_WIDE}])+")
"""Spaces (the group), a wide character that a line may end after, or a word."""
_NARROW = re.compile(
    "[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2205\u2717]*"
)
"""What most English is written in, and the signs of the reviewer: each takes one cell."""

Cut = tuple[int, int]
"""Where a line begins and ends in the text that is wrapped."""


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


def _wrapped(runs: Sequence[Run], columns: int) -> Iterator[Line]:
    text = "".join(run.text for run in runs)
    cuts = _short_words(text, columns) if _NARROW.fullmatch(text) else None
    return _lines(runs, _cuts(text, columns) if cuts is None else cuts)


def _short_words(text: str, columns: int) -> list[Cut] | None:
    """Where to cut text of narrow characters, quickly; None where a word is longer than a line."""
    cuts: list[Cut] = []
    at = 0
    while len(text) - at > columns:
        end = text.rfind(" ", at, at + columns + 1)
        line = text[at : max(at, end)].rstrip()
        if not line.strip():
            return None
        cuts.append((at, at + len(line)))
        at = end + 1
        while text.startswith(" ", at):
            at += 1
    return cuts if cuts and at == len(text) else [*cuts, (at, len(text))]


def _cuts(text: str, columns: int) -> Iterator[Cut]:
    """Where to cut any text."""
    start = end = used = 0  # of the line: where it begins, where its last word ends, its cells
    for found in _PIECE.finditer(text):
        blank, cells = found[1] is not None, width(found[0])
        if used + cells > columns and end > start:
            yield start, end
            start = end = found.end() if blank else found.start()
            used = 0
            if blank:
                continue
        if used and cells <= columns < used + cells:
            start, used = found.start(), 0  # nothing but an indent stood before it
        if used + cells > columns:
            start, used = yield from _chopped(found[0], found.start(), start, used, columns)
        else:
            used += cells
        end = max(start, end) if blank else found.end()
    if start < len(text) or not text:
        yield start, len(text)


def _chopped(
    word: str, at: int, start: int, used: int, columns: int
) -> Generator[Cut, None, tuple[int, int]]:
    """The cuts of a line that begins at ``start`` and of a word at ``at`` that is longer.

    Returns:
        Where the last line begins, and its cells: it may have room left.
    """
    for piece in graphemes(word):
        cells = width(piece)
        if used and used + cells > columns:
            yield start, at
            start, used = at, 0
        used += cells
        at += len(piece)
    return start, used


def _lines(runs: Sequence[Run], cuts: Iterable[Cut]) -> Iterator[Line]:
    """The runs cut there."""
    number = begin = 0  # the run in hand, and where it begins in the whole text
    for start, end in cuts:
        line: list[Run] = []
        while number < len(runs):
            text, mark, finding = runs[number]
            part = text[max(0, start - begin) : end - begin]
            if part:
                line.append(Run(part, mark, finding))
            if begin + len(text) > end:
                break  # the next line begins in it
            begin += len(text)
            number += 1
        yield _united(line)


def _united(line: Iterable[Run]) -> Line:
    """Neighbours of one mark and finding made one run."""
    out: list[Run] = []
    for run in line:
        if out and out[-1].mark is run.mark and out[-1].finding == run.finding:
            out[-1] = run._replace(text=out[-1].text + run.text)
        elif run.text:
            out.append(run)
    return tuple(out)
