"""Rounds of repair: what one round mends may show the next one more."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate

from despin import policy
from despin.document import Document
from despin.edit import Edit, compose
from despin.finding import Applicability, Finding, Rule
from despin.grammar_step import beside_spun
from despin.moved import Moved
from despin.review import By, Decision, Review, Verdict
from despin.rules import is_scored
from despin.span import Span
from despin.text.span_index import overlapping

MAX_ROUNDS = 4

UNSETTLED = "the document did not settle in four rounds; its scored edits are left to you"


def settle(
    check: Callable[[Document], Review],
    decide: Callable[[Review], Review],
    document: Document,
) -> Review:
    """Check and apply what may be applied, until nothing more is; one review of ``document``.

    The accepted edits of all rounds are composed into edits of the text as read; the open findings
    are those of the last round, carried back, and the scored ones of the first that no edit
    touches: mended words around them make a text look less spun, not these words right. A document
    that still changes after `MAX_ROUNDS` keeps only the edits of its pattern findings from the
    first round.
    """
    first = review = decide(check(document))
    doubted = [finding.span for finding in _doubts(first)]
    edits: list[Edit] = list(review.edits())
    accepted = [f for f, d in zip(review.findings, review.decisions, strict=True) if d.edit]
    for _ in range(MAX_ROUNDS - 1):
        if not review.edits():
            return _carried_back(first, review, edits, accepted)
        before = Moved(edits)
        review = check(replace(document, text=review.result()))
        review = decide(_still_doubted(review, document.text, before, doubted))
        accepted += [
            _placed(document.text, f, before)
            for f, d in zip(review.findings, review.decisions, strict=True)
            if d.edit
        ]
        edits = compose(document.text, edits, review.edits())
    if not review.edits():
        return _carried_back(first, review, edits, accepted)
    return unsettled(first)


def unsettled(review: Review) -> Review:
    """The review with every scored edit unsafe and open again."""
    findings = tuple(
        replace(f, applicability=Applicability.UNSAFE)
        if is_scored(f.rule) and f.applicability is Applicability.SAFE
        else f
        for f in review.findings
    )
    decisions = tuple(
        Decision() if is_scored(f.rule) else d
        for f, d in zip(review.findings, review.decisions, strict=True)
    )
    return replace(review, findings=findings, decisions=decisions, notes=(*review.notes, UNSETTLED))


def _carried_back(
    first: Review, last: Review, edits: Sequence[Edit], accepted: Sequence[Finding]
) -> Review:
    """One review of the first text: the composed edits accepted, the last open findings open."""
    if last is first:
        return first
    text = first.document.text
    causes = _Causes(accepted)
    entries: list[tuple[Finding, Edit | None]] = [
        (_finding_of(edit, causes.nearest(edit.span)), edit) for edit in edits
    ]
    moved = Moved(edits)
    for index in last.open():
        finding = moved.back(text, last.findings[index])
        if finding is not None:
            entries.append((finding, None))
    taken = [policy.extent(finding) for finding, _ in entries]
    taken += [edit.span for edit in edits]
    entries += [(finding, None) for finding in policy.beside(_doubts(first), taken)]
    entries.sort(key=lambda entry: (entry[0].span, entry[0].rule))
    return replace(
        first,
        findings=tuple(finding for finding, _ in entries),
        decisions=tuple(
            Decision(Verdict.ACCEPTED, edit, By.POLICY) if edit else Decision()
            for _, edit in entries
        ),
    )


def _doubts(first: Review) -> list[Finding]:
    """Scored findings that the first round left to a person."""
    return [f for f in map(first.findings.__getitem__, first.open()) if is_scored(f.rule)]


class _Causes:
    """Accepted findings of all rounds, looked up by place."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self._findings = sorted(findings, key=lambda finding: finding.span.start)
        self._starts = [finding.span.start for finding in self._findings]
        self._reach = list(accumulate((f.span.end for f in self._findings), max))

    def nearest(self, span: Span) -> Finding:
        """The finding that begins nearest to ``span``, of those that overlap it if any do."""
        return min(
            self._overlapping(span) or self._neighbours(span.start),
            key=lambda f: (abs(f.span.start - span.start), f.span.start),
        )

    def _overlapping(self, span: Span) -> list[Finding]:
        begun = bisect_left(self._starts, span.start)
        low = min(begun, bisect_right(self._reach, span.start))
        high = bisect_left(self._starts, max(span.end, span.start + 1))
        around = self._findings[low:high]
        return [f for f in around if f.span.overlaps(span) or f.span == span]

    def _neighbours(self, at: int) -> list[Finding]:
        """The first that begins there or behind, and the first of those last begun before."""
        behind = bisect_left(self._starts, at)
        before = bisect_left(self._starts, self._starts[behind - 1]) if behind else 0
        return [*self._findings[before : before + 1], *self._findings[behind : behind + 1]]


def _finding_of(edit: Edit, nearest: Finding) -> Finding:
    """The finding that a composed edit carries out; ``nearest`` is the accepted one beside it."""
    if any(c.edit == edit for c in nearest.candidates):
        return nearest
    best = nearest.best
    assert best is not None, "an accepted finding has a candidate"
    return replace(nearest, span=edit.span, candidates=(replace(best, edit=edit),))


def _placed(text: str, finding: Finding, before: Moved) -> Finding:
    """A later round's finding with its span in the first text; ``before`` that round's edits."""
    start = before.place(finding.span.start)
    span = Span(start, max(start, before.place(finding.span.end)))
    return replace(finding, span=Span(min(span.start, len(text)), min(span.end, len(text))))


def _still_doubted(review: Review, text: str, before: Moved, doubted: Sequence[Span]) -> Review:
    """A later round's review, its grammar findings unsafe beside what the first left to a person.

    Repairs around such words can take their finding below the bar; the error that they made is
    theirs all the same.
    """
    spun = overlapping(doubted)
    findings = tuple(
        replace(f, applicability=beside_spun(_placed(text, f, before), spun).applicability)
        if f.rule is Rule.GRAMMAR
        else f
        for f in review.findings
    )
    return replace(review, findings=findings)
