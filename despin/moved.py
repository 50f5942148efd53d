"""Places in a text before and after edits were made in it."""

from __future__ import annotations

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
        shift = 0
        for made, edit in zip(self.made, self.edits, strict=True):
            if edit.span.end <= at:
                shift = made.end - edit.span.end
            elif edit.span.start < at:
                return made.end
            else:
                break
        return at + shift

    def place(self, at: int) -> int:
        """Where place ``at`` was; a place inside an edit goes to the edit's start."""
        shift = 0
        for made, edit in zip(self.made, self.edits, strict=True):
            if made.end <= at:
                shift = edit.span.end - made.end
            elif made.start < at:
                return edit.span.start
            else:
                break
        return at + shift

    def back(self, text: str, finding: Finding) -> Finding | None:
        """The finding in the first text; ``None`` where an edit stands in its way."""
        extents = [finding.span, *(c.edit.span for c in finding.candidates)]
        low, high = min(s.start for s in extents), max(s.end for s in extents)
        if any(made.overlaps(Span(low, high)) for made in self.made):
            return None
        shift = self.place(low) - low
        if Span(low, high).shifted(shift).end > len(text):
            return None
        return finding.shifted(shift)
