"""The policy: what a program may decide without a person."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from despin.finding import Applicability, Finding, Rule
from despin.review import By, Review, Verdict
from despin.span import Span
from despin.text.span_index import touches

SAFE_CONFIDENCE = 0.9
"""A model edit is safe when its finding and its candidate are both at least this sure."""


def preference(finding: Finding) -> tuple[bool, float, int, int]:
    """The stated order in which overlapping findings are kept, smallest first.

    Exact tortured phrases before all else, for they know the whole wording; then surer before less
    sure, longer before shorter, earlier before later.
    """
    exact = finding.rule is Rule.PHRASE and finding.applicability is Applicability.SAFE
    return (not exact, -finding.confidence, -len(finding.span), finding.span.start)


def resolve(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings that do not overlap, the preferred ones of those that do, in text order.

    Two findings overlap when the extents of their spans and best edits do.
    """
    kept: list[tuple[Span, Finding]] = []
    for finding in sorted(findings, key=preference):
        entry = (extent(finding), finding)
        at = bisect_left(kept, entry[0], key=lambda kept_entry: kept_entry[0])
        # Kept extents do not overlap, so only the neighbours can clash.
        if not any(_clash(entry[0], other) for other, _ in kept[max(0, at - 1) : at + 1]):
            kept.insert(at, entry)
    return tuple(finding for _, finding in kept)


def decide(review: Review, *, unsafe: bool = False) -> Review:
    """The review with every open finding accepted whose best edit may be applied unasked.

    ``unsafe`` accepts unsafe edits too; what is for display is never accepted here. What is
    accepted already stays: an edit that conflicts with it is not made.
    """
    bar = Applicability.UNSAFE if unsafe else Applicability.SAFE
    held = [edit.span for edit in review.edits()]
    indices = [i for i in review.open() if _may_apply(review.findings[i], bar, held)]
    return review.decide_all(
        (index, review.decision(index, Verdict.ACCEPTED, by=By.POLICY)) for index in indices
    )


def _may_apply(finding: Finding, bar: Applicability, held: Sequence[Span]) -> bool:
    if finding.best is None or finding.applicability.rank < bar.rank:
        return False
    return not conflicts(finding.best.edit.span, held)


def conflicts(span: Span, held: Sequence[Span]) -> bool:
    """Whether an edit at ``span`` conflicts with one of the edits at these spans.

    Args:
        span: of the edit.
        held: spans of the others, disjoint and in order.
    """
    at = bisect_left(held, span)
    return touches(held, span) or held[at : at + 1] == [span]


def beside(findings: Iterable[Finding], taken: Iterable[Span]) -> Iterator[Finding]:
    """Those of the findings that can stand in a review beside the spans that others take up."""
    spans = sorted(taken)
    starts, reach = [span.start for span in spans], list(accumulate((s.end for s in spans), max))
    same = set(spans)
    for finding in findings:
        own = extent(finding)
        begun = bisect_left(starts, own.end)
        if own not in same and not (begun and reach[begun - 1] > own.start):
            yield finding


def extent(finding: Finding) -> Span:
    """From where to where a finding and its best edit reach."""
    if finding.best is None:
        return finding.span
    edit = finding.best.edit.span
    return Span(min(finding.span.start, edit.start), max(finding.span.end, edit.end))


def _clash(one: Span, other: Span) -> bool:
    return one.overlaps(other) or one == other
