"""Decisions as a journal holds them: what was decided, and where that stands in which text.

In the text it was made in, and in the one that saving made of that, a decision holds at its place.
In any other it holds where its look is the only one of its kind, then as now: of several that look
alike, nobody could tell which one was meant.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from despin.document import Document
from despin.edit import Edit, EditError
from despin.finding import Finding
from despin.fingerprint import Fingerprint
from despin.review import By, Decision, Review, Verdict
from despin.span import Span

Record = dict[str, Any]
Key = tuple[object, ...]


class After(NamedTuple):
    """What saving over the original made of a text."""

    before: str
    """The sha256 of the text that was reviewed."""
    sha256: str
    edits: tuple[Edit, ...]


def after(review: Review) -> After:
    """What saving this review over its original makes."""
    text = Document(review.document.id, review.result())
    return After(review.document.sha256, text.sha256, review.edits())


def key_of(record: Record) -> Key:
    """What later records on the same finding of the same text share.

    Raises:
        ValueError, TypeError, KeyError: it is no record.
    """
    of = Fingerprint(*record["of"])
    Verdict(record["verdict"])
    if not isinstance(of.occurrence, int):
        raise TypeError(of)
    return (*of.look, record.get("text"), record.get("start", of.occurrence))


def records_of(
    review: Review, known: Sequence[Fingerprint], indices: Iterable[int], later: After | None
) -> list[Record]:
    """How findings are decided now; ``later`` says what the file holds, if that is another text."""
    alike = Counter(each.look for each in known)
    return [
        _record(review, index, known[index], later) | {"among": alike[known[index].look]}
        for index in indices
    ]


def _record(review: Review, index: int, of: Fingerprint, later: After | None) -> Record:
    finding, decision = review.findings[index], review.decisions[index]
    record: Record = {
        "of": of,
        "text": review.document.sha256,
        "start": finding.span.start,
        "verdict": decision.verdict,
        "by": decision.by,
        "time": time.time(),
    }
    if later is not None and later.before == review.document.sha256:
        record["then"] = [later.sha256, _moved(finding, decision, later.edits)]
    if decision.edit is not None:
        record["offset"] = decision.edit.span.start - finding.span.start
        record["before"] = decision.edit.before
        record["after"] = decision.edit.after
    return record


def _moved(finding: Finding, decision: Decision, edits: Sequence[Edit]) -> int | None:
    """Where a finding starts once the edits are made; None where they have changed its words."""
    span, by = finding.span, 0
    for edit in edits:
        if edit == decision.edit or edit.span == span or edit.span.overlaps(span):
            return None
        if edit.span.end <= span.start:
            by += len(edit.after) - len(edit.before)
    return span.start + by


def matching(
    records: Iterable[Record], review: Review, known: Sequence[Fingerprint]
) -> dict[int, Record]:
    """The last record on each finding, as far as it is sure to be about it."""
    places = {
        (print_.rule, print_.words, finding.span.start): index
        for index, (finding, print_) in enumerate(zip(review.findings, known, strict=True))
    }
    alike = Counter(each.look for each in known)
    alone = {each.look: index for index, each in enumerate(known) if alike[each.look] == 1}
    found: dict[int, Record] = {}
    for record in records:
        of = Fingerprint(*record["of"])
        is_here, start = _place(record, review.document.sha256)
        if is_here:
            index = None if start is None else places.get((of.rule, of.words, start))
        else:
            index = alone.get(of.look) if _was_alone(record, of) else None
        if index is not None:
            found[index] = record
    return found


def _place(record: Record, sha256: str) -> tuple[bool, int | None]:
    """Whether a record knows this text, and where in it its finding starts, if it is there."""
    known = [(record.get("text"), record.get("start"))]
    if isinstance(then := record.get("then"), list | tuple) and len(then) == 2:
        known.append((then[0], then[1]))
    for text, start in known:
        if text == sha256:
            return True, start if isinstance(start, int) else None
    return False, None


def _was_alone(record: Record, of: Fingerprint) -> bool:
    """Whether nothing looked like its finding, and the finding is still to be met.

    Older records do not say how many looked alike, but the first of several is all that passes.
    """
    then = record.get("then")
    is_done = isinstance(then, list | tuple) and then[-1:] in ([None], (None,))
    return not is_done and record.get("among", of.occurrence + 1) == 1


def decision_of(review: Review, index: int, record: Record) -> Decision | None:
    """The record's decision, or ``None`` where that does not fit."""
    try:
        verdict, by = Verdict(record["verdict"]), By(record["by"])
        edit = None
        if verdict is Verdict.ACCEPTED:
            start = review.findings[index].span.start + int(record["offset"])
            before = str(record["before"])
            edit = Edit(Span(start, start + len(before)), before, str(record["after"]))
            edit.check_fits(review.document.text)
        return review.decision(index, verdict, edit, by)
    except (EditError, ValueError, TypeError, KeyError):
        return None
