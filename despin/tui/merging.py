"""Reviews that arrive later: scored findings after pattern findings, a sentence scored again."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from despin import policy
from despin.review import Review, Verdict
from despin.tui.moves import settled, start
from despin.tui.session import Key, Phase, Session, index_of, key_of
from despin.tui.steps import with_decisions


def arrived(
    session: Session, number: int, review: Review, phase: Phase, *, stay: bool = True
) -> Session:
    """The session with a newer review of file ``number``; decisions stay.

    With ``stay`` the cursor stays, too; else it goes to the first undecided finding.
    """
    file = session.files[number]
    merged = merge(file.review, review) if file.review else review
    place = key_of(file.findings[file.cursor]) if file.findings and stay else None
    cursor = _cursor(merged, place) if place else 0
    file = replace(file, review=merged, phase=phase, cursor=cursor, error="")
    file = file if place else replace(file, cursor=start(session, file))
    session = session.with_file(number, file)
    return settled(session) if number == session.at else session


def failed(session: Session, number: int, error: str) -> Session:
    """The session in which file ``number`` could not be read, or not be scored."""
    return session.with_file(
        number, replace(session.files[number], phase=Phase.FAILED, error=error)
    )


def merge(old: Review, new: Review) -> Review:
    """``new`` with what was decided in ``old``.

    A decided finding stays even where the newer review has dropped it; what is newly found where it
    or its edit reaches gives way: to accept that would undo the decision. Decisions of ``new`` are
    passed over: it may be older than the last key press.
    """
    decided = {
        key_of(finding): (finding, decision)
        for finding, decision in zip(old.findings, old.decisions, strict=True)
        if decision.verdict is not Verdict.OPEN
    }
    if not decided:
        return replace(new, decisions=())
    taken = [finding for finding, _ in decided.values()]
    reach = [policy.extent(finding) for finding in taken]
    reach += [decision.edit.span for _, decision in decided.values() if decision.edit]
    fresh = policy.beside((f for f in new.findings if key_of(f) not in decided), reach)
    findings = sorted([*fresh, *taken], key=lambda f: (f.span, f.rule))
    known = {key: decision for key, (_, decision) in decided.items()}
    return with_decisions(replace(new, findings=tuple(findings), decisions=()), known)


def _cursor(review: Review, place: Key) -> int:
    """The finding that was in focus, or the first one after its place."""
    index = index_of(review, place)
    if index is not None:
        return index
    at = bisect_left(review.findings, place[1], key=lambda finding: finding.span.start)
    return max(0, min(at, len(review.findings) - 1))
