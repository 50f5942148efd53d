"""Like findings: the same words, decided the same way, in one file or in all."""

from __future__ import annotations

from despin.edit import Edit
from despin.finding import Finding
from despin.review import Review, Verdict
from despin.span import Span
from despin.tui.session import Session, index_of, is_open
from despin.tui.steps import Wish, beside_accepted, fulfil, name_of

Place = tuple[int, int]
"""File and finding."""


def to_repeat(session: Session) -> Place | None:
    """The finding whose decision `alike` repeats.

    The one in focus, or while that is undecided the last one decided: deciding moves the cursor on.
    """
    review, focus = session.file.review, session.focus
    if review is not None and focus is not None and _is_decided(review, focus):
        return session.at, focus
    step = session.done[-1] if session.done else None
    review = session.files[step.file].review if step else None
    if step is None or step.key is None or review is None:
        return None
    index = index_of(review, step.key)
    return (step.file, index) if index is not None and _is_decided(review, index) else None


def _is_decided(review: Review, index: int) -> bool:
    return review.decisions[index].verdict is not Verdict.OPEN


def alike(session: Session) -> Session:
    """Every like finding in all files decided as the one of `to_repeat` is; one step.

    Like means the same rule and the same words, without case. An accepted wording is taken over
    where the words that its edit replaces stand there too.
    """
    place = to_repeat(session)
    review = session.files[place[0]].review if place else None
    if place is None or review is None:
        return session
    finding, decision = review.findings[place[1]], review.decisions[place[1]]
    wishes: list[Wish] = []
    for file, index in likes(session, place):
        other = session.files[file].review
        assert other is not None
        edit = _carried(decision.edit, finding, other, index) if decision.edit else None
        if not _is_decided(other, index) and (edit or not decision.edit):
            wishes.append((file, index, decision.verdict, edit))
    label = f"{name_of(decision.verdict)} all alike"
    return fulfil(session, label, beside_accepted(session, wishes))


def reject_alike(session: Session, label: str, *, everywhere: bool) -> Session:
    """The finding in focus and every undecided one of the same words rejected; one step.

    In this file, or ``everywhere``.
    """
    if session.focus is None:
        return session
    here = (session.at, session.focus)
    wishes: list[Wish] = [
        (file, index, Verdict.REJECTED, None)
        for file, index in likes(session, here, any_rule=True)
        if (everywhere or file == session.at)
        and ((file, index) == here or is_open(session.files[file], index))
    ]
    return fulfil(session, label, wishes)


def likes(session: Session, place: Place, *, any_rule: bool = False) -> list[Place]:
    """Every finding of the same words and rule as the one at ``place``, itself among them."""
    review = session.files[place[0]].review
    assert review is not None
    finding = review.findings[place[1]]
    words = finding.span.of(review.document.text).casefold()
    return [
        (number, index)
        for number, file in enumerate(session.files)
        if file.review is not None
        for index, other in enumerate(file.findings)
        if (any_rule or other.rule is finding.rule)
        and len(other.span) == len(finding.span)
        and other.span.of(file.review.document.text).casefold() == words
    ]


def _carried(edit: Edit, finding: Finding, review: Review, index: int) -> Edit | None:
    """``edit`` of ``finding`` made at a like finding elsewhere, or None where it does not fit."""
    other = review.findings[index]
    start = other.span.start + edit.span.start - finding.span.start
    if start < 0 or start + len(edit.before) > len(review.document.text):
        return None
    span = Span(start, start + len(edit.before))
    before = span.of(review.document.text)
    if before.casefold() != edit.before.casefold():
        return None
    return Edit(span, before, _cased(edit, before))


def _cased(edit: Edit, before: str) -> str:
    """The wording of ``edit`` with the first letter as large as that of ``before``."""
    if before == edit.before or not edit.after:
        return edit.after
    first = edit.after[0].upper() if before[:1].isupper() else edit.after[0].lower()
    return first + edit.after[1:]
