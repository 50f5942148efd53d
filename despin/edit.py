"""Edits are values: a span, what stood there, and what shall stand there."""

from __future__ import annotations

import difflib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from despin.span import Span


class EditError(ValueError):
    """An edit does not fit the text, or two edits do not fit each other."""


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace ``before``, which stands at ``span``, by ``after``.

    An insertion has an empty ``before``, a deletion an empty ``after``.
    """

    span: Span
    before: str
    after: str

    def __post_init__(self) -> None:
        """Refuse a ``before`` that cannot fill the span.

        Raises:
            EditError: the length of ``before`` is not the span's.
        """
        if len(self.span) != len(self.before):
            raise EditError(f"edit at {self.span.start}: {self.before!r} does not fill its span")

    def shifted(self, by: int) -> Edit:
        """The same edit ``by`` code points further on."""
        return Edit(self.span.shifted(by), self.before, self.after)

    def check_fits(self, text: str) -> None:
        """Refuse a text in which ``before`` does not stand.

        Raises:
            EditError: something else stands there, or the text is shorter.
        """
        if self.span.of(text) != self.before or self.span.end > len(text):
            raise EditError(f"edit at {self.span.start}: {self.before!r} is not what stands there")

    def conflicts(self, other: Edit) -> bool:
        """Whether the two cannot both be applied: shared text, or two insertions at one place."""
        return self.span.overlaps(other.span) or self.span == other.span

    def trimmed(self) -> Edit:
        """The smallest edit with the same effect: common beginning and end cut off."""
        shortest = min(len(self.before), len(self.after))
        head = 0
        while head < shortest and self.before[head] == self.after[head]:
            head += 1
        tail = 0
        while tail < shortest - head and self.before[-1 - tail] == self.after[-1 - tail]:
            tail += 1
        span = Span(self.span.start + head, self.span.end - tail)
        return Edit(
            span,
            self.before[head : len(self.before) - tail],
            self.after[head : len(self.after) - tail],
        )


def apply(text: str, edits: Iterable[Edit]) -> str:
    """``text`` with all ``edits`` made, in one pass from left to right.

    Raises:
        EditError: an edit's ``before`` is not what stands there, or two edits conflict.
    """
    parts: list[str] = []
    at = 0
    last: Edit | None = None
    for edit in sorted(edits):
        if last is not None and edit.conflicts(last):
            raise EditError(f"edits conflict at {edit.span.start}: {last.after!r}, {edit.after!r}")
        edit.check_fits(text)
        parts += (text[at : edit.span.start], edit.after)
        at = edit.span.end
        last = edit
    parts.append(text[at:])
    return "".join(parts)


def inverses(edits: Iterable[Edit]) -> list[Edit]:
    """The edits that undo ``edits`` together, placed in the text they make."""
    undo: list[Edit] = []
    shift = 0
    for edit in sorted(edits):
        start = edit.span.start + shift
        undo.append(Edit(Span(start, start + len(edit.after)), edit.after, edit.before))
        shift += len(edit.after) - len(edit.before)
    return undo


def between(before: str, after: str) -> list[Edit]:
    """Character edits that turn ``before`` into ``after``; for texts of ordinary length.

    For display use `despin.diff`, which works word by word.
    """
    blocks = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [
        Edit(Span(i1, i2), before[i1:i2], after[j1:j2])
        for tag, i1, i2, j1, j2 in blocks
        if tag != "equal"
    ]


def compose(text: str, first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit]:
    """Edits on ``text`` that do what ``first`` and then ``second`` do.

    ``second`` is placed in the text that ``first`` makes. Edits of the two rounds that overlap or
    touch become one edit; what undoes itself disappears.

    Raises:
        EditError: either round does not fit its text.
    """
    middle = apply(text, first)
    apply(middle, second)  # refuses what does not fit
    moved = [(undo.span, edit) for undo, edit in zip(inverses(first), sorted(first), strict=True)]
    ordered = sorted(second)
    merged = []
    for span in _clusters([span for span, _ in moved], [edit.span for edit in second]):
        before = Span(_back(moved, span.start, end=False), _back(moved, span.end, end=True))
        first_in = bisect_left(ordered, span.start, key=lambda edit: edit.span.start)
        behind = bisect_right(ordered, span.end, key=lambda edit: edit.span.start)
        inside = [edit.shifted(-span.start) for edit in ordered[first_in:behind]]
        merged.append(Edit(before, before.of(text), apply(span.of(middle), inside)))
    return [edit for edit in merged if edit.before != edit.after]


def _clusters(*rounds: Iterable[Span]) -> list[Span]:
    """Spans of both rounds, those that overlap or touch united."""
    out: list[Span] = []
    for span in sorted(span for spans in rounds for span in spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out


def _back(moved: Sequence[tuple[Span, Edit]], at: int, *, end: bool) -> int:
    """The place in the first text of place ``at`` of the middle one; never inside an edit.

    At an edit's border ``end`` says which side is meant.
    """
    side = bisect_right if end else bisect_left
    passed = side(moved, at, key=lambda entry: entry[0].end)
    if passed < len(moved) and moved[passed][0].end == at and len(moved[passed][0]):
        passed += 1
    if not passed:
        return at
    span, edit = moved[passed - 1]
    return at + edit.span.end - span.end
