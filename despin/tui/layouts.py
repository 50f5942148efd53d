"""A view laid out in blocks; only those that look different from before are laid out again.

A block is a paragraph, or in the view of changes a finding with its sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

from despin.document import Document
from despin.finding import Finding
from despin.review import Decision, Review
from despin.span import Span
from despin.tui.runs import Line
from despin.tui.views import View, beside, change, inline, near, sentence
from despin.tui.wrapping import wrap

_LINE_END = re.compile(r"\r?\n")
Look = tuple[tuple[Decision, ...], tuple[int, ...]]
"""What a block depends on: decisions, and which findings are shown (of a change: which of all)."""


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, or several that a finding or an edit reaches across; its findings."""

    span: Span
    findings: range


@dataclass(frozen=True, slots=True)
class Block:
    """Lines, which of them show which finding, and what they were laid out of.

    Attributes:
        first: the first finding, or the one whose change it is.
        near: the findings whose decisions it depends on.
    """

    first: int
    near: range
    look: Look
    lines: tuple[Line, ...]
    rows: dict[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines of a view, and on which of them each finding stands."""

    lines: tuple[Line, ...] = ()
    blocks: tuple[Block, ...] = ()
    parts: tuple[Part, ...] = ()
    starts: tuple[int, ...] = ()
    """The line at which each block begins."""
    of: tuple[Document, tuple[Finding, ...], View, int] | None = None

    def rows_of(self, finding: int | None) -> tuple[int, ...]:
        """The numbers of the lines that show a finding, rising."""
        if finding is None:
            return ()
        at = bisect_right(self.blocks, finding, key=lambda block: block.first) - 1
        rows = self.blocks[at].rows.get(finding, ()) if at >= 0 else ()
        return tuple(self.starts[at] + row for row in rows)

    def about(self, review: Review) -> bool:
        """Whether it shows the same findings of the same text, decided otherwise perhaps."""
        known = self.of
        return known is not None and known[0] is review.document and known[1] is review.findings


def layout(
    review: Review,
    shown: Collection[int],
    view: View,
    columns: int,
    before: Layout = Layout(),
) -> Layout:
    """The article in a view, ``columns`` cells wide, with the findings ``shown`` marked.

    Accepted findings are marked whether shown or not. Of ``before`` everything is taken over that
    looks as it did.
    """
    parts = before.parts if before.about(review) else ()
    if not parts or any(_is_left(review, part) for part in parts):
        parts = tuple(_parts(review))
    same = before.about(review) and before.of is not None and before.of[2:] == (view, columns)
    known = before.blocks if same and before.parts is parts else ()
    marked = sorted(shown)
    if view is View.CHANGES:
        blocks = tuple(_changes(review, marked, columns, known))
    else:
        blocks = tuple(_paragraphs(review, marked, parts, columns, view, known))
    lines = tuple(chain.from_iterable(block.lines for block in blocks))
    starts = tuple(accumulate((len(block.lines) for block in blocks), initial=0))
    return Layout(lines, blocks, parts, starts, (review.document, review.findings, view, columns))


def _paragraphs(  # noqa: PLR0913, PLR0917
    review: Review,
    marked: Sequence[int],
    parts: Sequence[Part],
    columns: int,
    view: View,
    known: Sequence[Block],
) -> Iterator[Block]:
    """The parts of the text, those ``known`` taken over where they look as they did."""
    for number, part in enumerate(parts):
        first, last = part.findings.start, part.findings.stop
        shown = tuple(marked[bisect_left(marked, first) : bisect_left(marked, last)])
        look = (review.decisions[first:last], shown)
        if known and known[number].look == look:
            yield known[number]
            continue
        if view is View.SIDE_BY_SIDE:
            lines = tuple(beside(review, shown, part.span, columns))
        else:
            lines = wrap(tuple(inline(review, shown, part.span)), columns)
        yield Block(first, part.findings, look, lines, _rows(lines))


def _changes(
    review: Review, marked: Sequence[int], columns: int, known: Sequence[Block]
) -> Iterator[Block]:
    """The findings shown, those ``known`` taken over where they look as they did."""
    old = {block.first: block for block in known}
    for number, index in enumerate(marked, start=1):
        block, place = old.get(index), (number, len(marked))
        if block is None or block.look != (_of(review, block.near), place):
            beside_it = near(review, sentence(review, index))
            lines = tuple(change(review, index, number, len(marked), columns))
            look = (_of(review, beside_it), place)
            block = Block(index, beside_it, look, lines, _rows(lines))
        yield block


def _of(review: Review, findings: range) -> tuple[Decision, ...]:
    return review.decisions[findings.start : findings.stop]


def _rows(lines: Iterable[Line]) -> dict[int, tuple[int, ...]]:
    rows: dict[int, list[int]] = {}
    for number, line in enumerate(lines):
        for finding in {run.finding for run in line if run.finding >= 0}:
            rows.setdefault(finding, []).append(number)
    return {finding: tuple(numbers) for finding, numbers in rows.items()}


def _parts(review: Review) -> Iterator[Part]:
    """The text cut at those line ends that no finding or edit reaches across."""
    text, findings = review.document.text, review.findings
    extents = sorted(map(_extent, findings, review.decisions))
    start = first = reach = number = 0
    for found in _LINE_END.finditer(text):
        while number < len(extents) and extents[number][0] < found.end():
            reach = max(reach, extents[number][1])
            number += 1
        if reach > found.start():
            continue
        last = bisect_right(findings, found.start(), key=lambda finding: finding.span.start)
        yield Part(Span(start, found.start()), range(first, last))
        start, first = found.end(), last
    yield Part(Span(start, len(text)), range(first, len(findings)))


def _extent(finding: Finding, decision: Decision) -> tuple[int, int]:
    """From where to where a finding's words and all its edits reach."""
    edits = [candidate.edit.span for candidate in finding.candidates]
    spans = [finding.span, *edits, *([decision.edit.span] if decision.edit else [])]
    return min(span.start for span in spans), max(span.end for span in spans)


def _is_left(review: Review, part: Part) -> bool:
    """Whether an accepted edit reaches out of the part: its finding proposed no such one."""
    edits = (decision.edit for decision in _of(review, part.findings))
    return any(edit is not None and not part.span.contains(edit.span) for edit in edits)
