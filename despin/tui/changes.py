"""Deciding, undoing and redoing; every function takes a session and gives the next one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from despin.edit import Edit
from despin.finding import Finding
from despin.review import Decision, Review, Verdict
from despin.span import Span
from despin.tui.allowing import Allowed
from despin.tui.session import Change, File, Key, Session, Step, index_of, is_open, key_of

Place = tuple[int, int]
"""File and finding."""
Wish = tuple[int, int, Verdict, Edit | None]
"""File, finding, verdict, and the edit of an accepted one."""

BREAK = "⏎"
"""What stands for a line break while it is edited."""
LINE_BREAK = re.compile(r"\r\n|\n|\r")


def decide(session: Session, verdict: Verdict, edit: Edit | None = None) -> Session:
    """The finding in focus decided; the same session where that cannot be done.

    A finding without any proposal cannot be accepted without an ``edit``.
    """
    index = session.focus
    if index is None:
        return session
    if verdict is Verdict.ACCEPTED and edit is None and session.file.findings[index].best is None:
        return session
    return fulfil(session, _label(verdict), [(session.at, index, verdict, edit)])


def accept_candidate(session: Session, number: int) -> Session:
    """The finding in focus accepted with candidate ``number``, counted from 1."""
    finding = focused(session)
    if finding is None or not 1 <= number <= len(finding.candidates):
        return session
    return decide(session, Verdict.ACCEPTED, finding.candidates[number - 1].edit)


def accept_text(session: Session, text: str) -> Session:
    """The finding in focus accepted with the user's own ``text``; as written means rejected."""
    edit = editable(session)
    if edit is None:
        return session
    text = _apart(edit.before, text)
    if text == edit.before:
        return decide(session, Verdict.REJECTED)
    return decide(session, Verdict.ACCEPTED, replace(edit, after=text))


def accept_line(session: Session, line: str) -> Session:
    """`accept_text` of a text that was typed as `in_one_line` shows it."""
    edit = editable(session)
    found = edit and LINE_BREAK.search(edit.before + edit.after)
    return accept_text(session, line.replace(BREAK, found[0] if found else "\n"))


def in_one_line(text: str) -> str:
    """The text with a sign for each line break, to be typed at in one line."""
    return LINE_BREAK.sub(BREAK, text)


def _apart(before: str, text: str) -> str:
    """``text`` with the spaces that stand at the ends of ``before``.

    The finding of a doubled word begins with the space before it; nobody means to type that.
    """
    words = before.strip()
    if not text or not words:
        return text
    left, right = before[: before.index(words)], before[before.index(words) + len(words) :]
    left, right = "" if text[0].isspace() else left, "" if text[-1].isspace() else right
    return f"{left}{text}{right}"


def editable(session: Session) -> Edit | None:
    """The edit that typing starts from: the accepted one, the best one, or the bare words."""
    finding, review = focused(session), session.file.review
    if finding is None or review is None:
        return None
    decided = review.decisions[session.file.cursor].edit
    if decided is not None:
        return decided
    if finding.best is not None:
        return finding.best.edit
    words = finding.span.of(review.document.text)
    return Edit(finding.span, words, words)


def later(session: Session, verdict: Verdict) -> Session:
    """All undecided findings from the cursor on decided; one step."""
    wishes = [
        (session.at, index, verdict, None)
        for index in undecided_from_here(session)
        if verdict is not Verdict.ACCEPTED or session.file.findings[index].best is not None
    ]
    return fulfil(session, f"{_label(verdict)} all later", wishes)


def undecided_from_here(session: Session) -> list[int]:
    """The undecided findings shown from the cursor on."""
    review = session.file.review
    if review is None:
        return []
    return [
        i
        for i in session.visible()
        if i >= session.file.cursor and review.decisions[i].verdict is Verdict.OPEN
    ]


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
    return fulfil(session, f"{_label(decision.verdict)} all alike", wishes)


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


def with_allowed(session: Session, allowed: Allowed) -> Session:
    """The session whose last step has allowed a word, too."""
    return replace(session, done=(*session.done[:-1], replace(session.done[-1], allowed=allowed)))


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


def focused(session: Session) -> Finding | None:
    """The finding in focus."""
    return None if session.focus is None else session.file.findings[session.focus]


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
    key = key_of(session.file.findings[session.file.cursor]) if session.file.findings else None
    step = Step(label, tuple(changes), session.at, key)
    return replace(session, files=tuple(files), done=(*session.done, step), undone=())


def _changes(number: int, file: File, review: Review) -> list[Change]:
    assert file.review is not None
    pairs = zip(review.findings, file.review.decisions, review.decisions, strict=True)
    return [Change(number, key_of(f), old, new) for f, old, new in pairs if old != new]


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


def _label(verdict: Verdict) -> str:
    return {Verdict.ACCEPTED: "accept", Verdict.REJECTED: "reject"}.get(verdict, "reopen")


def summary(changes: Sequence[Change]) -> str:
    """How many decisions, in how many files."""
    files = len({change.file for change in changes})
    where = f" in {files} files" if files > 1 else ""
    return f"{len(changes)} decision{'s' * (len(changes) != 1)}{where}"
