"""Spun text that somebody really spun, with its original: what no simulator knows.

A file of JSON lines: ``spun``, and either ``original``, the whole text as it was, or ``gold``, a
list of ``[start, end, spun words, original words]``. A line without either is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from despin.document import Document
from despin.edit import Edit, apply
from despin.learning.alignment import differing, parted, substitutions, words
from despin.learning.sources import LearningError, lines
from despin.span import Span
from despin.training.spinner import Spun, Swap


class _Row(msgspec.Struct):
    spun: str
    original: str | None = None
    gold: list[tuple[int, int, str, str]] | None = None


def read_real(path: Path) -> list[Spun]:
    """The texts of a file, each with its swaps and the places where the truth is not clear.

    Raises:
        LearningError: a line is no such record, its words do not stand where it says, or there
            is no swap in the file.
        ReadError: the file cannot be read.
    """
    texts = [text for where, line in lines(str(path)) for text in _text(line, where)]
    if not any(text.swaps for text in texts):
        raise LearningError(f"{path}: no text with spun and original, or gold, holds a swap")
    return texts


def _text(line: bytes, where: str) -> Iterator[Spun]:
    try:
        row = msgspec.json.decode(line, type=_Row)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise LearningError(f"{where}: {error}") from error
    if row.gold:
        yield of_gold(row.spun, row.gold, where)
    elif row.original is not None:
        yield of_pair(row.spun, row.original)


def of_gold(text: str, gold: Iterable[tuple[Any, ...]], where: str) -> Spun:
    """A text with marked spans; runs of as many words on both sides are cut word by word.

    Raises:
        LearningError: the words do not stand where they are said to, or two spans overlap.
    """
    try:
        edits = sorted(Edit(Span(start, end), before, after) for start, end, before, after in gold)
        original = apply(text, edits)
    except ValueError as error:
        raise LearningError(f"{where}: {error}") from error
    swaps = [swap for edit in edits for swap in _swaps(edit)]
    return Spun(text, tuple(swaps), original, tuple(edit.span for edit in edits))


def _swaps(edit: Edit) -> Iterator[Swap]:
    """The whole of a marked span as one swap, and its parts where it can be cut."""
    if edit.span.start == edit.span.end:
        return
    yield Swap(edit.span, edit.before, edit.after)
    for part in parted(edit.before, edit.after, words(edit.before), words(edit.after)):
        start = edit.span.start
        span = Span(start + part.spun.start, start + part.spun.end)
        if span != edit.span:
            yield Swap(span, part.spun.of(edit.before), part.original.of(edit.after))


def of_pair(spun: str, original: str) -> Spun:
    """A text beside its original; what differs and is no plain substitution is unclear."""
    one, other = Document("spun", spun), Document("original", original)
    swaps = tuple(
        Swap(found.spun, found.spun.of(spun), found.original.of(original))
        for found in substitutions(one, other, names=True)
    )
    before = words(spun)
    blocks = differing(before, words(original))
    unclear = [Span(before[a].span.start, before[b - 1].span.end) for a, b, _, _ in blocks if b > a]
    return Spun(spun, swaps, original, tuple(unclear))
