"""Disjoint spans in order, and quick questions about them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate

from despin.span import Span


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same code points as disjoint spans in order; empty ones are dropped."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start < out[-1].end:
            if span.end > out[-1].end:
                out[-1] = Span(out[-1].start, span.end)
        elif len(span):
            out.append(span)
    return tuple(out)


def touching(spans: Sequence[Span], span: Span) -> Sequence[Span]:
    """Those of ``spans`` (disjoint, in order) that overlap ``span``, as `Span.overlaps` has it."""
    end = bisect_left(spans, span.end, key=lambda other: other.start)
    start = end
    while start and spans[start - 1].end > span.start:
        start -= 1
    return spans[start:end]


def touches(spans: Sequence[Span], span: Span) -> bool:
    """Whether any of ``spans`` (disjoint, in order) overlaps ``span``."""
    end = bisect_left(spans, span.end, key=lambda other: other.start)
    return end > 0 and spans[end - 1].end > span.start


def overlapping(spans: Iterable[Span]) -> Callable[[Span], bool]:
    """What tells whether any of ``spans`` overlaps another; they may be any, in any order."""
    ordered = sorted(spans)
    furthest = list(accumulate((span.end for span in ordered), max))

    def overlaps(span: Span) -> bool:
        before = bisect_left(ordered, span.end, key=lambda other: other.start)
        return before > 0 and furthest[before - 1] > span.start

    return overlaps
