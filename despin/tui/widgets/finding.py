"""The panel that shows the finding in focus."""

from __future__ import annotations

from textual import events
from textual.message import Message

from despin.review import Review
from despin.tui.details import Glosses, details
from despin.tui.runs import Line, Mark, Run
from despin.tui.widgets.lines import LinesView
from despin.tui.wrapping import wrap


class FindingPanel(LinesView):
    """Wordings, alternatives, reasons and the sentence, laid out for the room there is."""

    class Picked(Message):
        """An alternative was clicked; counted from 1."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, id: str) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self._of: tuple[Review, int] | None = None

    def show(self, review: Review, index: int, glosses: Glosses, *, hint: str) -> None:
        """Show a finding; ``hint`` is put above it."""
        rows = self.scrollable_content_region.height
        lines = list(wrap((Run(hint, Mark.HINT),), self.columns)) if hint else []
        lines += details(review, index, self.columns, rows - len(lines), glosses)
        self.show_lines(lines)
        if self._of is None or self._of[0] is not review or self._of[1] != index:
            self.scroll_to(y=0, animate=False)
        self._of = review, index

    def say(self, *paragraphs: str) -> None:
        """Show some sentences instead."""
        lines: list[Line] = []
        for paragraph in paragraphs:
            lines += [*wrap((Run(paragraph),), self.columns), ()]
        self.show_lines(lines)
        self._of = None

    def on_click(self, event: events.Click) -> None:
        """Say which alternative was clicked: the last number at or before the place."""
        row = self.scroll_offset.y + event.y
        if not 0 <= row < len(self.lines):
            return
        number = self.run_at(event.x, event.y)
        line = self.lines[row][: None if number is None else number + 1]
        keys = [run.text for run in line if run.mark is Mark.KEY]
        if keys:
            self.post_message(self.Picked(int(keys[-1])))
