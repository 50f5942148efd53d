"""The changed lines of a difference, their unchanged stretches shortened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from despin.diff import Kind, Segment

KEPT = 70
"""Characters kept at either end of a long unchanged stretch."""


class Mark(Enum):
    """What a piece of a line is."""

    EQUAL = "equal"
    DELETED = "deleted"
    INSERTED = "inserted"
    SKIP = "skip"


Piece = tuple[Mark, str]


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """One line that changed, with its number in the first text."""

    number: int
    pieces: tuple[Piece, ...]


def marked_lines(segments: Iterable[Segment]) -> Iterator[MarkedLine]:
    """The lines that hold a change; a deleted or inserted line is one of its own."""
    number, pieces = 1, list[Piece]()
    for segment in segments:
        for mark, text in _pieces(segment):
            for line in text.split("\n")[:-1]:
                kept = mark is Mark.EQUAL
                pieces.append((mark, line if kept else line + "\n"))
                yield from _line(number, pieces)
                pieces = []
                number += mark is not Mark.INSERTED
            pieces.append((mark, text[text.rfind("\n") + 1 :]))
    yield from _line(number, pieces)


def _pieces(segment: Segment) -> list[Piece]:
    if segment.kind is Kind.EQUAL:
        return [(Mark.EQUAL, segment.before)]
    return [(Mark.DELETED, segment.before), (Mark.INSERTED, segment.after)]


def _line(number: int, pieces: list[Piece]) -> Iterator[MarkedLine]:
    shown = [piece for piece in pieces if piece[1]]
    if any(mark is not Mark.EQUAL for mark, _ in shown):
        last = len(shown) - 1
        short = (s for at, p in enumerate(shown) for s in _shortened(p, at == 0, at == last))
        yield MarkedLine(number, tuple(short))


def _shortened(piece: Piece, first: bool, last: bool) -> list[Piece]:
    """The piece; of a long unchanged one what lies next to a change."""
    mark, text = piece
    if mark is not Mark.EQUAL or len(text) <= 2 * KEPT + 10:
        return [piece]
    out: list[Piece] = [] if first else [(mark, _head(text))]
    out.append((Mark.SKIP, " … "))
    return out if last else [*out, (mark, _tail(text))]


def _head(text: str) -> str:
    cut = text[:KEPT]
    return cut[: cut.rfind(" ")] if " " in cut else cut


def _tail(text: str) -> str:
    cut = text[-KEPT:]
    return cut[cut.find(" ") + 1 :]
