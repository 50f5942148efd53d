"""Quotations in double marks and guillemets: curly, straight, mixed, fused, over paragraphs.

One pass over the marks with a stack of what is open. Everything that closes is recorded, nested
or not; `despin.text.quotes` keeps the outermost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import pairwise

from despin.span import Span

MARKS = re.compile(r'["“”„‟«»‹›]')

_BEFORE_OPENING = frozenset("([{<—–-/‘'“„«‹\"=")
_AFTER_OPENING = frozenset("([{<‘'“„«‹\"$£€#@…¿¡")
_FEET = re.compile(r"\d['’′]\s?\d{1,2}(?:\.\d)?$")


class _Kind(Enum):
    CURLY = auto()
    """Opened by “ or „: protects to its paragraph's end when it is never closed."""
    FUSED = auto()
    """Opened by a ” that stands for “; ignored when it is never closed, as all that follow."""
    STRAIGHT = auto()
    GUILLEMET = auto()
    INVERTED_GUILLEMET = auto()


_Opener = tuple[_Kind, int]


def double_quotes(text: str, paragraphs: Sequence[Span]) -> list[tuple[int, int]]:
    """Start and end of every quotation in double marks, marks included, in order of their ends."""
    marks = [match.start() for match in MARKS.finditer(text)]
    return _Scan(text, paragraphs, marks).run()


def opens_left(text: str, at: int) -> bool:
    """Whether what stands before the mark at ``at`` lets a quotation begin there."""
    return at == 0 or text[at - 1].isspace() or text[at - 1] in _BEFORE_OPENING


def ends_right(text: str, at: int) -> bool:
    """Whether what stands behind the mark at ``at`` lets a quotation end there."""
    if at + 1 >= len(text):
        return True
    after = text[at + 1]
    return not after.isalnum() and after not in _AFTER_OPENING


@dataclass(slots=True)
class _Scan:
    text: str
    paragraphs: Sequence[Span]
    marks: list[int]
    stack: list[_Opener] = field(default_factory=list)
    open: dict[_Kind, int] = field(default_factory=lambda: dict.fromkeys(_Kind, 0))
    done: list[tuple[int, int]] = field(default_factory=list)
    here: int = 0
    """Index of the paragraph of the current mark."""

    def run(self) -> list[tuple[int, int]]:
        for index, at in enumerate(self.marks):
            taken = False
            if at >= self.paragraphs[self.here].end:
                taken = self._new_paragraph(at)
            if not taken:
                self._mark(index, at)
        if self.stack:
            self._give_up()
        return self.done

    # Paragraph borders.

    def _new_paragraph(self, at: int) -> bool:
        """Settle what is open; whether the mark at ``at`` only carries a quotation on."""
        before = self.here
        while at >= self.paragraphs[self.here].end:
            self.here += 1
        opener = self._unclosed()
        if opener is None:
            self._clear()
            return False
        carried = self._follows(before) and self._repeats(opener, at)
        if carried:
            self.done.append((opener[1], self.paragraphs[before].end))
        elif not (opener[0] is _Kind.CURLY and self._closes_later(before, at)):
            self._give_up(before)
            return False
        self._clear()
        self._push(*opener)
        return carried

    def _unclosed(self) -> _Opener | None:
        """The outermost opener that may reach beyond its paragraph."""
        for kind in (_Kind.CURLY, _Kind.STRAIGHT):
            if self.open[kind]:
                return next(opener for opener in self.stack if opener[0] is kind)
        return None

    def _follows(self, before: int) -> bool:
        """Whether nothing but the empty lines of a block quotation lies between."""
        between = self.paragraphs[before + 1 : self.here]
        return all(not line.of(self.text).strip("> ") for line in between)

    def _repeats(self, opener: _Opener, at: int) -> bool:
        """Whether the paragraph opens as each but the first does in a long quotation."""
        start = self.paragraphs[self.here].start
        same = self.text[at] in ("“„‟" if opener[0] is _Kind.CURLY else '"')
        return same and not self.text[start:at].strip(" \t>*•")

    def _closes_later(self, before: int, at: int) -> bool:
        """Whether the next mark closes, in the next paragraph or the same block of lines."""
        if self.text[at] != "”" or not ends_right(self.text, at):
            return False
        between = pairwise(self.paragraphs[before : self.here + 1])
        return self._follows(before) or all(
            self.text.count("\n", one.end, other.start) < 2 for one, other in between
        )

    def _give_up(self, paragraph: int | None = None) -> None:
        """Let an opening curly mark that nobody closed reach to its paragraph's end."""
        opener = self._unclosed()
        if opener is not None and opener[0] is _Kind.CURLY:
            end = self.paragraphs[self.here if paragraph is None else paragraph].end
            self.done.append((opener[1], end))
        self._clear()

    # The stack.

    def _push(self, kind: _Kind, at: int) -> None:
        self.stack.append((kind, at))
        self.open[kind] += 1

    def _close(self, at: int, *kinds: _Kind) -> bool:
        """Close the innermost opener of these kinds, dropping what lies open inside it."""
        if not any(self.open[kind] for kind in kinds):
            return False
        while True:
            kind, start = self.stack.pop()
            self.open[kind] -= 1
            if kind in kinds:
                self.done.append((start, at + 1))
                return True

    def _clear(self) -> None:
        self.stack.clear()
        self.open = dict.fromkeys(_Kind, 0)

    # The marks.

    def _mark(self, index: int, at: int) -> None:
        mark = self.text[at]
        if mark == '"':
            self._straight(index, at)
        elif mark == "”":
            self._right(at)
        elif mark in "“„‟":
            ends = not opens_left(self.text, at) and ends_right(self.text, at)
            if not (ends and self._close(at, _Kind.CURLY, _Kind.FUSED)):
                self._push(_Kind.CURLY, at)
        else:
            self._guillemet(at)

    def _right(self, at: int) -> None:
        closed = self._close(at, _Kind.CURLY, _Kind.FUSED) or self._close(at, _Kind.STRAIGHT)
        # Behind a sentence's end the mark has lost its partner, not its direction.
        after_sentence = at > 0 and self.text[at - 1] in ".!?"
        if not closed and not after_sentence and not ends_right(self.text, at):
            self._push(_Kind.FUSED, at)

    def _guillemet(self, at: int) -> None:
        left = self.text[at] in "«‹"
        closes = _Kind.INVERTED_GUILLEMET if left else _Kind.GUILLEMET
        if self._close(at, closes):
            return
        if left:
            self._push(_Kind.GUILLEMET, at)
        elif opens_left(self.text, at) and not ends_right(self.text, at):
            self._push(_Kind.INVERTED_GUILLEMET, at)

    def _straight(self, index: int, at: int) -> None:
        if self._is_inches(index, at):
            return
        left, right = opens_left(self.text, at), ends_right(self.text, at)
        if left and not right:
            if self.stack and self.stack[-1][0] is _Kind.STRAIGHT:
                self.open[self.stack.pop()[0]] -= 1
            self._push(_Kind.STRAIGHT, at)
            return
        closed = self._close(at, _Kind.STRAIGHT) or self._close(at, _Kind.CURLY, _Kind.FUSED)
        if not closed and left == right:
            self._push(_Kind.STRAIGHT, at)

    def _is_inches(self, index: int, at: int) -> bool:
        """Whether the mark behind a digit measures: 24", 6'2"."""
        if at == 0 or not self.text[at - 1].isdigit():
            return False
        if _FEET.search(self.text, max(0, at - 8), at):
            return True
        if not (self.open[_Kind.STRAIGHT] or self.open[_Kind.CURLY] or self.open[_Kind.FUSED]):
            return ends_right(self.text, at)
        # In a quotation it closes, unless another mark is there to do that.
        following = self.marks[index + 1] if index + 1 < len(self.marks) else len(self.text)
        if following >= self.paragraphs[self.here].end:
            return False
        closes = not opens_left(self.text, following) and ends_right(self.text, following)
        return closes and self.text[following] in '"”'
