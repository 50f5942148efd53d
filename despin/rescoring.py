"""Scoring a part of a review again, after a person changed something nearby."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from despin import policy
from despin.document import Document
from despin.finding import Finding
from despin.moved import Moved
from despin.review import OPEN, Decision, Review, Verdict
from despin.rules import is_scored
from despin.span import Span

if TYPE_CHECKING:
    from despin.pipeline import Despinner


def rescore(despinner: Despinner, review: Review, span: Span) -> Review:
    """See `despin.pipeline.Despinner.rescore`."""
    around = _sentences(review.document, span)
    edits = review.edits()
    moved = Moved(edits)
    changed = replace(review.document, text=review.result())
    within = Span(moved.forward(around.start), moved.forward(around.end))
    found = despinner.scored.propose(changed, review.prior, within).findings
    settled = despinner.settled(changed, found)
    back = [moved.back(review.document.text, finding) for finding in settled]
    kept = [
        (finding, decision)
        for finding, decision in zip(review.findings, review.decisions, strict=True)
        if not _replaceable(finding, decision, around)
    ]
    taken = [policy.extent(finding) for finding, _ in kept]
    fresh = policy.beside((f for f in back if f is not None), taken)
    entries = [*kept, *((finding, OPEN) for finding in fresh)]
    entries.sort(key=lambda entry: (entry[0].span, entry[0].rule))
    return replace(
        review,
        findings=tuple(finding for finding, _ in entries),
        decisions=tuple(decision for _, decision in entries),
    )


def _sentences(document: Document, span: Span) -> Span:
    """From the start of the first to the end of the last sentence that ``span`` touches."""
    first = document.sentence_at(span.start)
    last = document.sentence_at(max(span.start, span.end - 1))
    return Span(min(first.start, span.start), max(last.end, span.end))


def _replaceable(finding: Finding, decision: Decision, around: Span) -> bool:
    is_open = decision.verdict is Verdict.OPEN
    return is_open and is_scored(finding.rule) and around.contains(finding.span)
