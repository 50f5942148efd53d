"""Word-level differences for people to read: by line, then by sentence, then by word.

`segments` compares any two texts; `segments_of` takes what a review's edits say and compares
nothing. Lines, sentences and words are aligned at what occurs exactly once on both sides (the
idea of Bram Cohen's patience diff), and only the small gaps that are left go to ``difflib``, whose
cost grows with the product of the lengths. So a document of 50,000 words takes well under a
second, and a line of 10 MB is only as slow as it is long.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise

from despin.edit import Edit
from despin.review import Review

SMALL = 40_000
"""Gaps of at most this many pairs of pieces are left to ``difflib``."""

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_SENTENCE = re.compile(r".+?(?:[.!?]['\"”’)\]]*\s+|\n|\Z)", re.DOTALL)
_WORD = re.compile(r"\r?\n|[^\S\r\n]+|[^\W_]+(?:['’][^\W_]+)*|.", re.DOTALL)

Block = tuple[int, int, int, int]
"""Pieces ``[a1, a2)`` of one side against pieces ``[b1, b2)`` of the other."""


class Kind(StrEnum):
    """What happened to a stretch of text."""

    EQUAL = "equal"
    DELETE = "delete"
    INSERT = "insert"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of both texts; one after the other they give either text in full."""

    kind: Kind
    before: str
    after: str


def segments(before: str, after: str) -> tuple[Segment, ...]:
    """The stretches in which ``after`` differs from ``before``, word by word.

    Joining all ``before`` gives the one text, joining all ``after`` the other; equal segments
    and changed ones alternate. Changes that only a space parts are one.
    """
    return tuple(_joined(_refined(before, after, (lines, _sentences, _words))))


def segments_of(review: Review) -> tuple[Segment, ...]:
    """The stretches that a review's accepted edits leave and change, without comparing."""
    return tuple(_from_edits(review.document.text, review.edits()))


def lines(text: str) -> list[str]:
    """The lines with their ends; only a line feed ends one, as ``patch`` sees it."""
    return _LINE.findall(text)


def with_line_ends_of(before: str, after: str) -> str:
    """``after`` with its lines ended as ``before`` ends the same lines, or those in their place.

    Who compares two texts means their words: of two that differ in CRLF and LF, every line would
    be a changed one.
    """
    if "\n" not in before or ("\r\n" not in before and "\r\n" not in after):
        return after
    a = lines(before)
    # The last line may have no end of its own: what becomes longer there ends as the one before it.
    ends = a if a[-1].endswith("\n") else [*a[:-1], a[-2]]
    plain, b = lines(before.replace("\r\n", "\n")), lines(after.replace("\r\n", "\n"))
    made: list[str] = []
    at = 0
    for a1, a2, b1, b2 in changes(plain, b):
        made += a[at:a1]
        there = ends[a1:a2] or ends[max(0, a1 - 1) : max(1, a1)]  # put in: as the line before it
        likes = [*there, *there[-1:] * (b2 - b1)]
        made += [_ended(line, like) for line, like in zip(b[b1:b2], likes, strict=False)]
        at = a2
    return "".join([*made, *a[at:]])


def _ended(line: str, like: str) -> str:
    """A line that ends with a line feed, ended as another one."""
    return f"{line[:-1]}\r\n" if line.endswith("\n") and like.endswith("\r\n") else line


def changes(before: Sequence[str], after: Sequence[str]) -> list[Block]:
    """The blocks of pieces (lines, words) that differ, in order; no two touch."""
    return _gaps(before, after, (0, len(before), 0, len(after)))


def _sentences(text: str) -> list[str]:
    return _SENTENCE.findall(text)


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _refined(
    before: str, after: str, cuts: Sequence[Callable[[str], list[str]]]
) -> Iterator[tuple[str, str]]:
    """Pairs of stretches, equal or not, each changed pair cut as finely as ``cuts`` go."""
    if before == after or not before or not after or not cuts:
        yield before, after
        return
    a, b = cuts[0](before), cuts[0](after)
    at_a = at_b = 0
    for a1, a2, b1, b2 in changes(a, b):
        yield "".join(a[at_a:a1]), "".join(b[at_b:b1])
        yield from _refined("".join(a[a1:a2]), "".join(b[b1:b2]), cuts[1:])
        at_a, at_b = a2, b2
    yield "".join(a[at_a:]), "".join(b[at_b:])


def _gaps(a: Sequence[str], b: Sequence[str], block: Block) -> list[Block]:
    """What is left unmatched of a block, by an explicit stack: no text is too deep."""
    done: list[Block] = []
    todo = [block]
    while todo:
        a1, a2, b1, b2 = _trimmed(a, b, todo.pop())
        if a1 == a2 or b1 == b2:
            if a1 != a2 or b1 != b2:
                done.append((a1, a2, b1, b2))
            continue
        if (a2 - a1) * (b2 - b1) <= SMALL:
            done += reversed(_small(a, b, (a1, a2, b1, b2)))
            continue
        anchors = _anchors(a, b, (a1, a2, b1, b2))
        if not anchors:
            done.append((a1, a2, b1, b2))
            continue
        ends = [(a1 - 1, b1 - 1), *anchors, (a2, b2)]
        todo += [(x + 1, x2, y + 1, y2) for (x, y), (x2, y2) in pairwise(ends)]
    return _merged(reversed(done))


def _trimmed(a: Sequence[str], b: Sequence[str], block: Block) -> Block:
    """The block less what both sides begin and end with."""
    a1, a2, b1, b2 = block
    while a1 < a2 and b1 < b2 and a[a1] == b[b1]:
        a1, b1 = a1 + 1, b1 + 1
    while a1 < a2 and b1 < b2 and a[a2 - 1] == b[b2 - 1]:
        a2, b2 = a2 - 1, b2 - 1
    return a1, a2, b1, b2


def _small(a: Sequence[str], b: Sequence[str], block: Block) -> list[Block]:
    a1, a2, b1, b2 = block
    matcher = SequenceMatcher(None, a[a1:a2], b[b1:b2], autojunk=False)
    return [
        (a1 + i1, a1 + i2, b1 + j1, b1 + j2)
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    ]


def _anchors(a: Sequence[str], b: Sequence[str], block: Block) -> list[tuple[int, int]]:
    """The longest rising run of pieces that occur exactly once in either side of the block."""
    a1, a2, b1, b2 = block
    where = _once(a, a1, a2)
    pairs = sorted((where[piece], at) for piece, at in _once(b, b1, b2).items() if piece in where)
    return _rising(pairs)


def _once(pieces: Sequence[str], start: int, end: int) -> dict[str, int]:
    """Where the pieces stand that occur once in ``[start, end)``."""
    seen: dict[str, int] = {}
    for at in range(start, end):
        seen[pieces[at]] = -1 if pieces[at] in seen else at
    return {piece: at for piece, at in seen.items() if at >= 0}


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence that rises on both sides (patience sorting)."""
    tops: list[int] = []
    last: list[int] = []
    back: list[int] = []
    for index, (_, at) in enumerate(pairs):
        pile = bisect_left(tops, at)
        back.append(last[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(at)
            last.append(index)
        else:
            tops[pile], last[pile] = at, index
    out: list[tuple[int, int]] = []
    index = last[-1] if last else -1
    while index >= 0:
        out.append(pairs[index])
        index = back[index]
    return out[::-1]


def _merged(blocks: Iterable[Block]) -> list[Block]:
    """Blocks that touch united."""
    out: list[Block] = []
    for block in blocks:
        if out and out[-1][1] == block[0] and out[-1][3] == block[2]:
            out[-1] = (out[-1][0], block[1], out[-1][2], block[3])
        else:
            out.append(block)
    return out


def _joined(pairs: Iterable[tuple[str, str]]) -> Iterator[Segment]:
    """Segments of pairs: neighbours of one kind united, a lone space between changes too."""
    out: list[tuple[str, str]] = []
    for before, after in pairs:
        if not before and not after:
            continue
        if out and (out[-1][0] == out[-1][1]) == (before == after):
            out[-1] = (out[-1][0] + before, out[-1][1] + after)
        elif len(out) > 1 and _is_gap(*out[-1]):
            space, _ = out.pop()
            out[-1] = (out[-1][0] + space + before, out[-1][1] + space + after)
        else:
            out.append((before, after))
    return (_segment(before, after) for before, after in out)


def _is_gap(before: str, after: str) -> bool:
    return before == after == " "


def _segment(before: str, after: str) -> Segment:
    if before == after:
        return Segment(Kind.EQUAL, before, after)
    kind = Kind.REPLACE if before and after else Kind.DELETE if before else Kind.INSERT
    return Segment(kind, before, after)


def _from_edits(text: str, edits: Iterable[Edit]) -> Iterator[Segment]:
    at = 0
    for edit in edits:
        if at < edit.span.start:
            yield _segment(text[at : edit.span.start], text[at : edit.span.start])
        if edit.before or edit.after:
            yield _segment(edit.before, edit.after)
        at = edit.span.end
    if at < len(text):
        yield _segment(text[at:], text[at:])
