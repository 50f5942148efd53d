"""Deciding the finding in focus, and those after it; a session goes in, the next one comes out."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from despin.edit import Edit
from despin.finding import Finding
from despin.review import Verdict
from despin.span import Span
from despin.tui.session import Key, Session, is_open, key_of
from despin.tui.steps import Wish, beside_accepted, fulfil, name_of

BREAK = "⏎"
"""What stands for a line break while it is edited."""
FOLLOWS = re.compile(r"[\s,.;:!?)]")
"""Before these no space is left that stood before words which are deleted."""
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
    return fulfil(session, name_of(verdict), [(session.at, index, verdict, edit)])


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
    if text != edit.after:  # as it stood in the box it is what was proposed, spaces and all
        text = _apart(edit, _single_spaced(session, edit, text))
    if text == edit.before:
        return decide(session, Verdict.REJECTED)
    edit = replace(edit, after=text)
    return decide(session, Verdict.ACCEPTED, edit if text else _with_its_space(session, edit))


def accept_line(session: Session, line: str) -> Session:
    """`accept_text` of a text that was typed as `in_one_line` shows it."""
    edit = editable(session)
    found = edit and LINE_BREAK.search(edit.before + edit.after)
    return accept_text(session, line.replace(BREAK, found[0] if found else "\n"))


def in_one_line(text: str) -> str:
    """The text with a sign for each line break, to be typed at in one line."""
    return LINE_BREAK.sub(BREAK, text)


def _single_spaced(session: Session, edit: Edit, text: str) -> str:
    """``text`` without spaces at its ends where one stands already: a slip, and hard to see."""
    review = session.file.review
    if review is None or text == edit.after or not text.strip():
        return text
    around = review.document.text
    if around[: edit.span.start][-1:].isspace():
        text = text.lstrip(" ")
    if around[edit.span.end : edit.span.end + 1].isspace():
        text = text.rstrip(" ")
    return text


def _with_its_space(session: Session, edit: Edit) -> Edit:
    """A deletion that takes the space before the words, too, where another follows or a mark."""
    review = session.file.review
    if review is None or not edit.before.strip():
        return edit
    text, start, end = review.document.text, edit.span.start, edit.span.end
    if edit.before[0] == " " or text[:start][-1:] != " " or not FOLLOWS.match(text, end):
        return edit
    space = Span(start - 1, start)
    others = (other for other in review.edits() if other.span != edit.span)
    if any(other.span.overlaps(space) or other.span.end == start - 1 for other in others):
        return edit  # it has been decided what becomes of that one
    return Edit(Span(start - 1, end), f" {edit.before}", "")


def _apart(edit: Edit, text: str) -> str:
    """``text`` with the spaces at the ends of ``edit.before``, where the proposal has them, too.

    The finding of a doubled word begins with the space before it; nobody means to type that. A
    proposal that is without the space is there to take it away.
    """
    before, after = edit.before, edit.after
    words = before.strip()
    if not text or not words:
        return text
    left, right = before[: before.index(words)], before[before.index(words) + len(words) :]
    left = "" if text[0].isspace() or (after and not after[0].isspace()) else left
    right = "" if text[-1].isspace() or (after and not after[-1].isspace()) else right
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
    return these(session, verdict, session.at, keys_from_here(session, verdict))


def keys_from_here(session: Session, verdict: Verdict) -> frozenset[Key]:
    """The undecided findings from the cursor on that can be decided so."""
    findings = (session.file.findings[index] for index in undecided_from_here(session))
    return frozenset(key_of(f) for f in findings if f.best or verdict is not Verdict.ACCEPTED)


def these(session: Session, verdict: Verdict, number: int, keys: Collection[Key]) -> Session:
    """Those of the findings ``keys`` of a file decided that are undecided; one step."""
    file = session.files[number]
    wishes: list[Wish] = [
        (number, index, verdict, None)
        for index, finding in enumerate(file.findings)
        if key_of(finding) in keys
        and is_open(file, index)
        and (finding.best or verdict is not Verdict.ACCEPTED)
    ]
    return fulfil(session, f"{name_of(verdict)} all later", beside_accepted(session, wishes))


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


def focused(session: Session) -> Finding | None:
    """The finding in focus."""
    return None if session.focus is None else session.file.findings[session.focus]
