"""Edits that were accepted, asked about: none may add an error of grammar.

The sentences that edits change are read before and after. An edit that adds an error takes its
article, agreement or number along where that mends it; else it is left to a person.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from despin.allowed import allowed_spans, changes
from despin.document import Document
from despin.edit import Edit, apply
from despin.finding import Applicability, Finding
from despin.grammar.masking import masked
from despin.grammar.matches import Match
from despin.grammar.mending import origin, widened
from despin.grammar.reading import read
from despin.grammar.server import Checker
from despin.review import OPEN, By, Decision, Review, Verdict
from despin.rules import CHOOSES_WORDS
from despin.span import Span

MAX_ROUNDS = 3
"""How often an edit may take a neighbour along: an article, a noun and a verb."""

_NEAR = 1
"""Code points between an edit and an error next to it: a blank."""

MAX_REGION = 8_000
"""Code points; what has no sentence end for longer is not prose."""


@dataclass(frozen=True, slots=True)
class _Error:
    """An error at or near an edit.

    Attributes:
        index: the finding whose edit it is laid to.
        match: the error, in the text with the edits made.
        added: it was not there before; one that was there is mended, but lays no blame.
    """

    index: int
    match: Match
    added: bool


@dataclass(frozen=True, slots=True)
class _Region:
    """Sentences that edits change; positions are the region's own.

    Attributes:
        span: the sentences, in the document.
        text: them as written.
        sent: the same, protected words masked.
        edits: the accepted edits in it, by the index of their finding.
        old: what LanguageTool says of ``text``.
        errors: what it says of ``edits``, each laid to a finding.
    """

    span: Span
    text: str
    sent: str
    edits: dict[int, Edit]
    old: tuple[Match, ...] = ()
    errors: tuple[_Error, ...] = ()

    @property
    def result(self) -> str:
        masked_edits = [replace(e, before=e.span.of(self.sent)) for e in self.edits.values()]
        return apply(self.sent, masked_edits)

    def others(self, index: int) -> list[Edit]:
        return [edit for other, edit in self.edits.items() if other != index]


@dataclass(frozen=True, slots=True)
class _Borders:
    """What an edit may not take along.

    Attributes:
        document: whose names, quotations and the like stay.
        allowed: where words stand that the user allows.
    """

    document: Document
    allowed: tuple[Span, ...]

    def may_reach(self, start: int, edit: Edit, place: Span) -> bool:
        """Whether what lies at ``place`` beside ``edit`` is free of names, quotes and the like."""
        left = Span(min(place.start, edit.span.start), min(place.end, edit.span.start))
        right = Span(max(place.start, edit.span.end), max(place.end, edit.span.end))
        protected = self.document.protected
        beside = [span.shifted(start) for span in (left, right) if span]
        return not any(
            protected.is_hard(span) or protected.in_name(span) or protected.in_quote(span)
            for span in beside
        )

    def newly_changes(self, start: int, edit: Edit, wide: Edit) -> bool:
        """Whether an edit made wider changes allowed words that it left alone before."""
        outside = [s for s in self.allowed if not s.overlaps(edit.span.shifted(start))]
        return changes(wide.shifted(start), outside)


def check_edits(review: Review, checker: Checker, allow: Collection[str] = ()) -> Review:
    """``review`` with every edit that the policy accepted checked for grammar.

    Where an edit adds an error, its decision becomes wider ("an app"), or open again with the
    finding `UNSAFE` and the reason in its message. A person's decisions stay as they are, and so
    do the words that ``allow`` names.
    """
    regions = _regions(review)
    if not regions:
        return review
    texts = [text for region in regions for text in (region.sent, region.result)]
    answers = read(checker, texts)
    suspects = _suspects(review)
    regions = [
        _judged(replace(region, old=old), after, suspects)
        for region, old, after in zip(regions, answers[::2], answers[1::2], strict=True)
    ]
    borders = _Borders(review.document, allowed_spans(review.document.text, allow))
    for _ in range(MAX_ROUNDS):
        regions = _mended(borders, regions, suspects, checker)
    return _decided(review, regions)


def _suspects(review: Review) -> frozenset[int]:
    return frozenset(
        index
        for index, (finding, decision) in enumerate(
            zip(review.findings, review.decisions, strict=True)
        )
        if decision.edit is not None and decision.by is By.POLICY and finding.rule in CHOOSES_WORDS
    )


def _regions(review: Review) -> list[_Region]:
    """The changed sentences that hold a suspect, united where one edit changes several."""
    suspects = _suspects(review)
    document = review.document
    spans: list[Span] = []
    for edit in review.edits():
        last = max(edit.span.start, edit.span.end - 1)
        start, end = document.sentence_at(edit.span.start), document.sentence_at(last)
        span = Span(min(start.start, edit.span.start), max(end.end, edit.span.end))
        if spans and span.start < spans[-1].end:
            spans[-1] = Span(spans[-1].start, max(span.end, spans[-1].end))
        else:
            spans.append(span)
    text = masked(document)
    accepted = [(i, d.edit) for i, d in enumerate(review.decisions) if d.edit is not None]
    accepted.sort(key=lambda e: e[1])
    regions = []
    for span in spans:
        first = bisect_left(accepted, span.start, key=lambda e: e[1].span.start)
        last = bisect_right(accepted, span.end, key=lambda e: e[1].span.end)
        edits = {index: _placed(edit, -span.start) for index, edit in accepted[first:last]}
        if suspects.intersection(edits) and len(span) <= MAX_REGION:
            regions.append(_Region(span, span.of(document.text), span.of(text), edits))
    return regions


def _placed(edit: Edit, by: int) -> Edit:
    return replace(edit, span=edit.span.shifted(by))


def _judged(region: _Region, after: Iterable[Match], suspects: frozenset[int]) -> _Region:
    """``region`` with the errors of its edits, each laid to the nearest."""
    known = {(match.rule_id, match.span) for match in region.old}
    edits = list(region.edits.values())
    suspected = [index for index in region.edits if index in suspects]
    errors = []
    for match in after:
        place = origin(match.span, edits)
        index = min(suspected, key=lambda i: (_distance(place, region.edits[i].span), i))
        near = _distance(place, region.edits[index].span) <= _NEAR
        there = (match.rule_id, place) in known or any(
            old.rule_id == match.rule_id and _distance(old.span, place) == 0
            for old in region.old
            if near
        )
        if near or not there:
            errors.append(_Error(index, match, added=not there))
    return replace(region, errors=tuple(errors))


def _distance(one: Span, other: Span) -> int:
    return max(0, one.start - other.end, other.start - one.end)


def _mended(
    borders: _Borders,
    regions: Sequence[_Region],
    suspects: frozenset[int],
    checker: Checker,
) -> list[_Region]:
    """The regions with wider edits where one of them leaves fewer errors; one request for all."""
    trials = [(at, t) for at, region in enumerate(regions) for t in _trials(borders, region)]
    answers = read(checker, [trial.result for _, trial in trials])
    best = list(regions)
    for (at, trial), after in zip(trials, answers, strict=True):
        judged = _judged(trial, after, suspects)
        if _better(judged, best[at]):
            best[at] = judged
    return best


def _better(trial: _Region, best: _Region) -> bool:
    """Whether ``trial`` has fewer errors, or one that a next round may mend in another's place."""
    if len(trial.errors) != len(best.errors):
        return len(trial.errors) < len(best.errors)
    if not best.errors:
        return False
    rules = {error.match.rule_id for error in trial.errors}
    return best.errors[0].match.rule_id not in rules


def _trials(borders: _Borders, region: _Region) -> list[_Region]:
    """``region`` with its first error mended in each way that may be tried."""
    trials = []
    for error in region.errors[:1]:
        edit, others = region.edits[error.index], region.others(error.index)
        place = origin(error.match.span, [edit, *others])
        if borders.may_reach(region.span.start, edit, place):
            trials += [
                replace(region, edits={**region.edits, error.index: wide})
                for wide in widened(region.text, edit, others, error.match)
                if not borders.newly_changes(region.span.start, edit, wide)
            ]
    return trials


def _decided(review: Review, regions: Iterable[_Region]) -> Review:
    findings, decisions = list(review.findings), list(review.decisions)
    for region in regions:
        blamed = {e.index: e.match for e in reversed(region.errors) if e.added}
        for index, edit in region.edits.items():
            if index in blamed:
                findings[index] = objected(findings[index], blamed[index])
                decisions[index] = OPEN
                continue
            span = edit.span.shifted(region.span.start)
            wide = Edit(span, span.of(review.document.text), edit.after)
            if wide != decisions[index].edit:
                decisions[index] = Decision(Verdict.ACCEPTED, wide, decisions[index].by)
    return replace(review, findings=tuple(findings), decisions=tuple(decisions))


def objected(finding: Finding, match: Match) -> Finding:
    """``finding`` made unsafe, with what LanguageTool says of its edit in the message."""
    reason = match.message.rstrip(".")
    message = f"{finding.message.rstrip('.')}. Not applied: it would break the grammar ({reason})."
    lowest = min(Applicability.UNSAFE, finding.applicability, key=lambda a: a.rank)
    return replace(finding, message=message, applicability=lowest)
