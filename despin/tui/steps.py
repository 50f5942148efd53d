"""Steps: what one key press changed, made, undone and made again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from despin.edit import Edit
from despin.policy import conflicts
from despin.review import Decision, Review, Verdict
from despin.span import Span
from despin.tui.allowing import Allowed
from despin.tui.session import Change, File, Key, Session, Step, index_of, key_of

Wish = tuple[int, int, Verdict, Edit | None]
"""File, finding, verdict, and the edit of an accepted one."""


def fulfil(session: Session, label: str, wishes: Iterable[Wish]) -> Session:
    """The session with these decisions made, as one step; the same where nothing changes."""
    made: defaultdict[int, list[tuple[int, Decision]]] = defaultdict(list)
    for number, index, verdict, edit in wishes:
        review = session.files[number].review
        assert review is not None
        made[number].append((index, review.decision(index, verdict, edit)))
    changes: list[Change] = []
    files = list(session.files)
    for number, decisions in made.items():
        before = files[number].review
        assert before is not None
        review = before.decide_all(decisions)
        changes += _changes(number, files[number], review)
        files[number] = replace(files[number], review=review)
    if not changes:
        return session
    return with_step(replace(session, files=tuple(files)), label, changes)


def beside_accepted(session: Session, wishes: Iterable[Wish]) -> list[Wish]:
    """Those of the wishes that open nothing which was accepted by itself."""
    reviews = [file.review for file in session.files]
    held = {n: [e.span for e in r.edits()] for n, r in enumerate(reviews) if r is not None}
    return [wish for wish in wishes if not _opens(session, wish, held[wish[0]])]


def _opens(session: Session, wish: Wish, held: Sequence[Span]) -> bool:
    number, index, verdict, edit = wish
    best = session.files[number].findings[index].best
    wanted = edit or (best.edit if best else None)
    return verdict is Verdict.ACCEPTED and wanted is not None and conflicts(wanted.span, held)


def with_step(session: Session, label: str, changes: Iterable[Change] = ()) -> Session:
    """The session with one more step done, where the cursor is."""
    key = key_of(session.file.findings[session.file.cursor]) if session.file.findings else None
    step = Step(label, tuple(changes), session.at, key)
    return replace(session, done=(*session.done, step), undone=())


def _changes(number: int, file: File, review: Review) -> list[Change]:
    assert file.review is not None
    pairs = zip(review.findings, file.review.decisions, review.decisions, strict=True)
    return [Change(number, key_of(f), old, new) for f, old, new in pairs if old != new]


def undo(session: Session) -> Session:
    """The session before its last step; where the cursor was then, it is again."""
    if not session.done:
        return session
    step = session.done[-1]
    session = _placed(_restored(session, step, after=False), step)
    return replace(session, done=session.done[:-1], undone=(*session.undone, step))


def redo(session: Session) -> Session:
    """The session with the step made again that was undone last."""
    if not session.undone:
        return session
    step = session.undone[-1]
    session = _placed(_restored(session, step, after=True), step)
    return replace(session, done=(*session.done, step), undone=session.undone[:-1])


def _restored(session: Session, step: Step, *, after: bool) -> Session:
    files = list(session.files)
    for number in {change.file for change in step.changes}:
        review = files[number].review
        assert review is not None
        wanted = {c.key: c.after if after else c.before for c in step.changes if c.file == number}
        files[number] = replace(files[number], review=with_decisions(review, wanted))
    return replace(session, files=tuple(files))


def with_decisions(review: Review, wanted: dict[Key, Decision]) -> Review:
    """The review with the findings of these identities decided so.

    Accepted ones come last: what they conflict with has been opened by then.
    """
    places = {key_of(finding): index for index, finding in enumerate(review.findings)}
    made = sorted(wanted.items(), key=lambda item: item[1].edit is not None)
    return review.decide_all((places[key], decision) for key, decision in made if key in places)


def _placed(session: Session, step: Step) -> Session:
    """The session with the cursor where it was when the step was made."""
    file = session.files[step.file]
    index = index_of(file.review, step.key) if file.review and step.key else None
    if index is not None:
        session = session.with_file(step.file, replace(file, cursor=index))
    return replace(session, at=step.file)


def with_allowed(session: Session, allowed: Allowed) -> Session:
    """The session whose last step has allowed a word, too."""
    return replace(session, done=(*session.done[:-1], replace(session.done[-1], allowed=allowed)))


def described(step: Step) -> str:
    """A step for people: a word may have been allowed that was rejected all over already."""
    return f"{step.label} ({summary(step.changes)})" if step.changes else step.label


def name_of(verdict: Verdict) -> str:
    """What a decision is called."""
    return {Verdict.ACCEPTED: "accept", Verdict.REJECTED: "reject"}.get(verdict, "reopen")


def summary(changes: Sequence[Change]) -> str:
    """How many findings, in how many files."""
    files = len({change.file for change in changes})
    where = f" in {files} files" if files > 1 else ""
    return f"{len(changes)} finding{'s' * (len(changes) != 1)}{where}"
