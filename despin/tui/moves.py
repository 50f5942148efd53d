"""Moving about in a session: between findings, between files, and by searching."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from despin.review import Review
from despin.tui.session import File, Filter, Key, Session, index_of, is_open

BAR_STEP = 0.05
_STRAIGHT = str.maketrans("‘’“”", "''\"\"")


def focus(session: Session, index: int) -> Session:
    """The session with finding ``index`` of the file in front in focus."""
    if not 0 <= index < len(session.file.findings):
        return session
    return session.with_file(session.at, replace(session.file, cursor=index))


def to_key(session: Session, number: int, key: Key) -> Session | None:
    """The session with this finding of file ``number`` in focus; None where it is not shown."""
    session = replace(session, at=number)
    index = index_of(session.file.review, key) if session.file.review else None
    return focus(session, index) if index is not None and session.shown(index) else None


def to_file(session: Session, index: int) -> Session:
    """The session with file ``index`` in front, counted round the ends."""
    return settled(replace(session, at=index % len(session.files)))


def by(session: Session, step: int) -> Session:
    """The next (``step`` 1) or previous (-1) finding that is shown, decided or not."""
    return _beside(session, session.visible(), step)


def undecided(session: Session, step: int) -> Session:
    """The next or previous undecided finding: round the file's ends, then in other files."""
    open_ones = _open(session)
    found = _beside(session, open_ones, step)
    if found is not session:
        return found
    rest = [i for i in open_ones if i != session.file.cursor]
    if rest:
        return focus(session, rest[0] if step > 0 else rest[-1])
    if session.file.cursor in open_ones:
        return session
    return _other_file(session, step)


def onwards(before: Session, after: Session) -> Session:
    """``after``, a finding further where it decides the one in focus that was undecided before."""
    cursor = before.file.cursor
    decided = cursor in _open(before) and cursor not in _open(after)
    return undecided(after, 1) if decided else after


def to_end(session: Session, *, last: bool) -> Session:
    """The first or the last finding that is shown."""
    visible = session.visible()
    return focus(session, visible[-1 if last else 0]) if visible else session


def settled(session: Session) -> Session:
    """The session with the cursor on a finding that is shown, the nearest one after or before."""
    visible = session.visible()
    cursor = session.file.cursor
    if not visible or cursor in visible:
        return session
    at = bisect_left(visible, cursor)
    return focus(session, visible[min(at, len(visible) - 1)])


def start(session: Session, file: File) -> int:
    """Where to begin in a file: the first undecided finding shown, else the first one shown."""
    visible = session.visible(file)
    return next(iter(_undecided(file, visible)), next(iter(visible), 0))


def move_bar(session: Session, steps: int) -> Session:
    """The confidence bar moved by so many steps, up to 0.95 or down to 0.05.

    Where it was set beyond these it stays: no step goes the other way.
    """
    bar = round(session.bar + steps * BAR_STEP, 2)
    bar = max(session.bar, min(0.95, bar)) if steps > 0 else min(session.bar, max(BAR_STEP, bar))
    return settled(replace(session, bar=bar))


def with_filter(session: Session, chosen: Filter) -> Session:
    """The session with another filter."""
    return settled(replace(session, filter=chosen))


def search(session: Session, query: str, *, beyond: bool = False) -> Session:
    """The first finding from the cursor on (``beyond`` it) whose sentence or wordings match.

    Letters match without case, quotation marks of any form, and a space matches the end of a line,
    too. The search goes on into the next files, and comes round to where it
    began. Nothing found, nothing moved.
    """
    query = compared(query)
    visible = session.visible()
    at = (bisect_right if beyond else bisect_left)(visible, session.file.cursor)
    number = _match(session.file, visible[at:], query)
    if number is not None:
        return focus(session, number)
    for distance in range(1, len(session.files)):
        other = replace(session, at=(session.at + distance) % len(session.files))
        number = _match(other.file, other.visible(), query)
        if number is not None:
            return focus(other, number)
    number = _match(session.file, visible[:at], query)
    return session if number is None else focus(session, number)


def _match(file: File, indices: Sequence[int], query: str) -> int | None:
    """The first of these findings of a file that matches."""
    review = file.review
    if review is None or not query or not indices or not _may_match(review, query):
        return None
    return next((index for index in indices if matches(review, index, query)), None)


def _may_match(review: Review, query: str) -> bool:
    """Whether the file holds the query at all: cutting it into sentences to see takes longer."""
    if query in compared(review.document.text):
        return True
    return any(query in compared(c.edit.after) for f in review.findings for c in f.candidates)


def matches(review: Review, index: int, query: str) -> bool:
    """Whether a finding's sentence, or a wording proposed for it, holds a query as `compared`."""
    finding = review.findings[index]
    sentence = review.document.sentence_at(finding.span.start).of(review.document.text)
    if query in compared(sentence) or query in compared(finding.span.of(review.document.text)):
        return True
    return any(query in compared(candidate.edit.after) for candidate in finding.candidates)


def compared(text: str) -> str:
    """The form in which a search compares what was typed and what is written."""
    return " ".join(text.casefold().translate(_STRAIGHT).split())


def _open(session: Session) -> tuple[int, ...]:
    return _undecided(session.file, session.visible())


def _undecided(file: File, indices: Sequence[int]) -> tuple[int, ...]:
    """Those of the findings ``indices`` that are undecided."""
    return tuple(i for i in indices if is_open(file, i))


def _beside(session: Session, indices: Sequence[int], step: int) -> Session:
    """The neighbour of the cursor among ``indices``; the same session at the end."""
    cursor = session.file.cursor
    if step > 0:
        at = bisect_right(indices, cursor)
        return focus(session, indices[at]) if at < len(indices) else session
    at = bisect_left(indices, cursor) - 1
    return focus(session, indices[at]) if at >= 0 else session


def _other_file(session: Session, step: int) -> Session:
    """The first undecided finding of the next file that has one; else the same session."""
    for distance in range(1, len(session.files)):
        other = replace(session, at=(session.at + step * distance) % len(session.files))
        if open_ones := _open(other):
            return focus(other, open_ones[0 if step > 0 else -1])
    return session
