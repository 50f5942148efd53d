"""A scrolling view of lines that are laid out already; each line is painted once and kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from despin.tui.runs import Line, Mark, width

STEP = 8


class LinesView(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows lines of runs; every mark has a component class in ``styles/marks.tcss``.

    Arrows, home and end are the reviewer's, whether or not there is something to scroll.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "page_up", show=False),
        Binding("pagedown", "page_down", show=False),
    ]

    COMPONENT_CLASSES = {f"mark--{mark}" for mark in Mark} | {"mark--focus"}
    ALLOW_SELECT = False
    MARGIN = 1
    """Free columns on the left and on the right of the lines."""

    def __init__(self, id: str) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.lines: Sequence[Line] = ()
        self._strips: dict[int, Strip] = {}
        self._ground: Style | None = None

    @property
    def columns(self) -> int:
        """How many cells a line may take."""
        return max(4, self.scrollable_content_region.width - 2 * self.MARGIN)

    def show_lines(self, lines: Sequence[Line], anew: Collection[int] = ()) -> None:
        """Show other lines; of those that stay what they were, only ``anew`` are painted again."""
        before, self.lines = self.lines, lines
        same = {
            row
            for row, (old, new) in enumerate(zip(before, lines, strict=False))
            if (old is new or old == new) and row not in anew
        }
        self._strips = {row: strip for row, strip in self._strips.items() if row in same}
        # Another height means another layout of the whole screen, so it changes in steps.
        height = -(-len(lines) // STEP) * STEP
        fits = len(lines) <= self.scrollable_content_region.height
        self.virtual_size = Size(0, min(height, STEP) if fits else height)
        end = max(len(before), len(lines))
        for row in range(self.scroll_offset.y, min(end, self.scroll_offset.y + self.size.height)):
            if row not in same:
                self.refresh_line(row)

    def repaint(self, rows: Sequence[int]) -> None:
        """Paint some lines again."""
        for row in rows:
            self._strips.pop(row, None)
            self.refresh_line(row)

    def notify_style_update(self) -> None:
        """Forget what was painted in other colours."""
        super().notify_style_update()
        self._strips.clear()
        self._ground = None

    @property
    def ground(self) -> Style:
        """The style of what is empty; kept, for it is asked for at every line."""
        if self._ground is None:
            self._ground = self.rich_style
        return self._ground

    def render_line(self, y: int) -> Strip:
        """Line ``y`` of what is in sight."""
        row = self.scroll_offset.y + y
        columns = self.size.width
        if row >= len(self.lines):
            return Strip.blank(columns, self.ground)
        strip = self._strips.get(row)
        if strip is None or strip.cell_length != columns:
            strip = Strip(self.paint(row)).adjust_cell_length(columns, self.ground)
            self._strips[row] = strip
        return strip

    def paint(self, row: int) -> list[Segment]:
        """The segments of a line, margin included."""
        margin = Segment(" " * self.MARGIN, self.ground)
        return [margin, *(Segment(run.text, self.style_of(run.mark)) for run in self.lines[row])]

    def style_of(self, mark: str) -> Style:
        """The style of a mark; ``focus`` is one too."""
        return self.get_component_rich_style(f"mark--{mark}")

    def run_at(self, x: int, y: int) -> int | None:
        """The number, within its line, of the run at a place of the widget."""
        row, column = self.scroll_offset.y + y, x - self.MARGIN
        if not 0 <= row < len(self.lines):
            return None
        for number, run in enumerate(self.lines[row]):
            if column < width(run.text):
                return number
            column -= width(run.text)
        return None
