"""Places in a text before and after edits were made in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from despin.edit import Edit, inverses
from despin.finding import Finding
from despin.span import Span


class Moved:
    """Places of the text that ``edits`` make, carried back to the text they are made in."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self.edits = sorted(edits)
        self.made = [undo.span for undo in inverses(self.edits)]

    def forward(self, at: int) -> int:
        """Where place ``at`` of the first text went; a place inside an edit goes to its end."""
        passed = bisect_right(self.edits, at, key=lambda edit: edit.span.end)
        if passed < len(self.edits) and self.edits[passed].span.start < at:
            return self.made[passed].end
        return at - self._shift(passed)

    def place(self, at: int) -> int:
        """Where place ``at`` was; a place inside an edit goes to the edit's start."""
        passed = bisect_right(self.made, at, key=lambda made: made.end)
        if passed < len(self.made) and self.made[passed].start < at:
            return self.edits[passed].span.start
        return at + self._shift(passed)

    def back(self, text: str, finding: Finding) -> Finding | None:
        """The finding in the first text; ``None`` where an edit stands in its way."""
        extents = [finding.span, *(c.edit.span for c in finding.candidates)]
        low, high = min(s.start for s in extents), max(s.end for s in extents)
        nearest = bisect_right(self.made, low, key=lambda made: made.end)
        if nearest < len(self.made) and self.made[nearest].start < high:
            return None
        shift = self.place(low) - low
        if Span(low, high).shifted(shift).end > len(text):
            return None
        return finding.shifted(shift)

    def _shift(self, passed: int) -> int:
        """How much longer the first text is, up to the end of the first ``passed`` edits."""
        return self.edits[passed - 1].span.end - self.made[passed - 1].end if passed else 0
