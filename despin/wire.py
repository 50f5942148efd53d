"""The machine format of reviews: ``despin.review/1``, one JSON object a line.

The structs below are the format; `schema` makes the JSON Schema that ships with the package.
``words``, ``line``, ``column``, ``text`` of a finding and ``sha256`` are derived: written for
readers of the file, and checked or ignored when it is read back.
"""

from __future__ import annotations

import json
from typing import Any, Literal

import msgspec

from despin import __version__
from despin.document import Document
from despin.edit import Edit
from despin.finding import Applicability, Candidate, Finding, Rule
from despin.prior import Prior
from despin.review import By, Decision, Review, Verdict
from despin.span import Span

Pair = tuple[int, int]


class WireError(ValueError):
    """A line is not a review, or not one that can be worked on."""


class EditWire(msgspec.Struct, frozen=True):
    """An edit: code points ``[start, end)`` and the words before and after."""

    span: Pair
    before: str
    after: str


class CandidateWire(EditWire, frozen=True):
    """A ranked wording."""

    score: float | None
    confidence: float
    source: str


class FindingWire(msgspec.Struct, frozen=True):
    """A finding; lines and columns count from 1, columns in code points."""

    rule: Rule
    span: Pair
    line: int
    column: int
    text: str
    message: str
    confidence: float
    applicability: Applicability
    in_quote: bool
    candidates: tuple[CandidateWire, ...]


class DecisionWire(msgspec.Struct, frozen=True):
    """The decision on the finding at the same place of ``findings``."""

    verdict: Verdict
    by: By
    edit: EditWire | None = None


class ReviewWire(msgspec.Struct, frozen=True):
    """One document's review."""

    schema: Literal["despin.review/1"]
    tool: str
    scorer: str
    model: str | None
    id: str
    sha256: str
    encoding: str
    words: int
    spun_share: float | None
    notes: tuple[str, ...]
    findings: tuple[FindingWire, ...]
    decisions: tuple[DecisionWire, ...]
    prior: float | None = None
    quoted_prior: float | None = None
    document_notes: tuple[str, ...] = ()
    meta: dict[str, str] = {}
    text: str | None = None


def encode(review: Review, *, with_text: bool = True) -> str:
    """One line of JSON without a line break."""
    wire = to_wire(review, with_text=with_text)
    try:
        return msgspec.json.encode(wire).decode("utf-8")
    except UnicodeEncodeError:
        # A file's name that is not UTF-8 holds lone surrogates, which msgspec does not escape.
        return json.dumps(msgspec.to_builtins(wire), separators=(",", ":"))


def decode(line: str | bytes) -> Review:
    """The review a line holds.

    Raises:
        WireError: not JSON, not this schema, without text, or its text was changed.
    """
    return checked(parsed(line))


def parsed(line: str | bytes) -> ReviewWire:
    """The structs a line holds, nothing checked but their shape.

    Raises:
        WireError: not JSON, or not this schema.
    """
    try:
        return _parsed(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise WireError(f"not a despin.review/1: {error}") from error


def _parsed(line: str | bytes) -> ReviewWire:
    try:
        return msgspec.json.decode(line, type=ReviewWire)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError as error:
        try:
            values = json.loads(line)  # takes the lone surrogates that `encode` escapes
        except ValueError:
            raise error from None
        return msgspec.convert(values, ReviewWire)


def checked(wire: ReviewWire) -> Review:
    """The review that plain structs describe.

    Raises:
        WireError: without text, at odds with itself, or its text was changed.
    """
    if wire.text is None:
        raise WireError(f"the review of {wire.id} was saved without its text")
    try:
        review = from_wire(wire)
        review.result()
        changed = review.document.sha256 != wire.sha256
        if not changed:
            _check_places(review)
    except ValueError as error:
        raise WireError(f"the review of {wire.id} contradicts itself: {error}") from error
    if changed:
        raise WireError(f"the text of {wire.id} is not the text that was reviewed")
    return review


def _check_places(review: Review) -> None:
    """Refuse what a person could be shown, or accept later, but no text holds.

    Raises:
        EditError: a candidate's words are not what stands at its span.
        ValueError: a finding lies beyond the text.
    """
    text = review.document.text
    for finding in review.findings:
        if finding.span.end > len(text):
            raise ValueError(f"finding at {finding.span.start}: the text is shorter")
        for candidate in finding.candidates:
            candidate.edit.check_fits(text)


def to_wire(review: Review, *, with_text: bool = True) -> ReviewWire:
    """The review as plain structs."""
    document = review.document
    return ReviewWire(
        schema="despin.review/1",
        tool=f"despin {__version__}",
        scorer=review.scorer,
        model=review.model,
        id=document.id,
        sha256=document.sha256,
        encoding=document.encoding,
        words=document.word_count,
        spun_share=review.spun_share,
        notes=review.notes,
        findings=tuple(_finding_to_wire(document, finding) for finding in review.findings),
        decisions=tuple(
            DecisionWire(d.verdict, d.by, _edit_to_wire(d.edit) if d.edit else None)
            for d in review.decisions
        ),
        prior=None if review.prior is None else review.prior.text,
        quoted_prior=None if review.prior is None else review.prior.quoted,
        document_notes=document.notes,
        meta=dict(document.meta),
        text=document.text if with_text else None,
    )


def from_wire(wire: ReviewWire) -> Review:
    """The review that plain structs describe; ``wire.text`` must be there."""
    assert wire.text is not None
    document = Document(wire.id, wire.text, wire.encoding, wire.document_notes, dict(wire.meta))
    decisions = (
        Decision(d.verdict, _edit(d.edit) if d.edit else None, d.by) for d in wire.decisions
    )
    return Review(
        document=document,
        findings=tuple(_finding(finding) for finding in wire.findings),
        decisions=tuple(decisions),
        scorer=wire.scorer,
        model=wire.model,
        spun_share=wire.spun_share,
        prior=_prior(wire),
        notes=wire.notes,
    )


def _prior(wire: ReviewWire) -> Prior | None:
    """That of quoted words is none of its own where the file is older than it."""
    if wire.prior is None:
        return None
    return Prior(wire.prior, wire.prior if wire.quoted_prior is None else wire.quoted_prior)


def schema() -> dict[str, Any]:
    """The JSON Schema of one line."""
    return msgspec.json.schema(ReviewWire)


def _edit_to_wire(edit: Edit) -> EditWire:
    return EditWire((edit.span.start, edit.span.end), edit.before, edit.after)


def _edit(wire: EditWire) -> Edit:
    return Edit(Span(*wire.span), wire.before, wire.after)


def _finding_to_wire(document: Document, finding: Finding) -> FindingWire:
    line, column = document.line_and_column(finding.span.start)
    return FindingWire(
        rule=finding.rule,
        span=(finding.span.start, finding.span.end),
        line=line,
        column=column,
        text=finding.span.of(document.text),
        message=finding.message,
        confidence=finding.confidence,
        applicability=finding.applicability,
        in_quote=finding.in_quote,
        candidates=tuple(_candidate_to_wire(c) for c in finding.candidates),
    )


def _candidate_to_wire(candidate: Candidate) -> CandidateWire:
    edit = candidate.edit
    return CandidateWire(
        span=(edit.span.start, edit.span.end),
        before=edit.before,
        after=edit.after,
        score=candidate.score,
        confidence=candidate.confidence,
        source=candidate.source,
    )


def _finding(wire: FindingWire) -> Finding:
    return Finding(
        rule=wire.rule,
        span=Span(*wire.span),
        message=wire.message,
        confidence=wire.confidence,
        applicability=wire.applicability,
        in_quote=wire.in_quote,
        candidates=tuple(
            Candidate(_edit(c), c.source, c.score, c.confidence) for c in wire.candidates
        ),
    )
