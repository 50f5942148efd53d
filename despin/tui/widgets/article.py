"""The article with its findings marked in place and one of them in focus."""

from __future__ import annotations

from collections.abc import Iterator

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message

from despin.review import Review
from despin.tui.layouts import Layout, layout
from despin.tui.runs import Mark, Run, width
from despin.tui.views import GUTTER, View
from despin.tui.widgets.lines import LinesView

OPENS, CLOSES = "‹", "›"
POINTER = "▶"
WIDEST = 100
"""Lines longer than this are hard to read."""


class Article(LinesView):
    """Paints the layout of a view; moving the focus paints only the lines it leaves and reaches."""

    MARGIN = 2

    class Picked(Message):
        """A finding was clicked."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    class Resized(Message):
        """Lines must be laid out anew."""

    def __init__(self, id: str) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self._layout = Layout()
        self._layouts: dict[View, Layout] = {}
        self._shown: tuple[object, ...] = ()
        self._focus: int | None = None

    def show(
        self,
        review: Review | None,
        visible: tuple[int, ...],
        view: View,
        at: int | None,
        *,
        follow: bool = True,
    ) -> None:
        """Show a review in a view; ``follow`` scrolls to finding ``at``, which is in focus."""
        columns = self.columns if view is View.SIDE_BY_SIDE else min(self.columns, WIDEST)
        same = bool(self._shown) and self._shown[0] is review
        if not same or self._shown[1:] != (visible, view, columns):
            changed_article = not same and not self._same_document(review)
            self._shown = (review, visible, view, columns)
            left = self._layout.rows_of(self._focus)
            self._layout = self._laid_out(review, visible, view, columns) if review else Layout()
            self._focus = at
            if changed_article:
                self.scroll_to(y=0, animate=False)
            self.show_lines(self._layout.lines, {*left, *self._layout.rows_of(at)})
        elif at != self._focus:
            rows = {*self._layout.rows_of(self._focus), *self._layout.rows_of(at)}
            self._focus = at
            self.repaint(sorted(rows))
        if follow:
            self._keep_in_sight()

    def _laid_out(
        self, review: Review, visible: tuple[int, ...], view: View, columns: int
    ) -> Layout:
        """The layout of a view; what it looked like last is where it begins."""
        before = self._layouts.get(view, self._layout)
        self._layouts[view] = layout(review, visible, view, columns, before)
        return self._layouts[view]

    def _same_document(self, review: Review | None) -> bool:
        before = self._shown[0] if self._shown else None
        return (
            isinstance(before, Review) and review is not None and before.document is review.document
        )

    def _keep_in_sight(self) -> None:
        """Scroll so that the finding in focus has lines above and below it."""
        rows = self._layout.rows_of(self._focus)
        height = self.scrollable_content_region.height
        if not rows or height <= 0:
            return
        room = min(3, height // 4)
        top, bottom = rows[0] - room, rows[-1] + room
        if top < self.scroll_offset.y:
            y = max(0, top)
        elif bottom >= self.scroll_offset.y + height:
            y = min(max(0, top), bottom - height + 1)
        else:
            return
        self.scroll_to(y=y, animate=False, force=True)  # the scroll bar may be yet to come

    def paint(self, row: int) -> list[Segment]:
        """The line with brackets about the focus and a pointer beside it; no cell moves."""
        parts = [Run(" ", Mark.FAINT), Run(" "), *self.lines[row], Run(" ")]
        rows = self._layout.rows_of(self._focus)
        here = bool(rows) and row in rows
        if here and row == rows[0]:
            parts[0] = Run(POINTER, Mark.KEY)
        if here:
            parts = _bracketed(parts, self._focus or 0)
        return [Segment(part.text, self._style(part)) for part in parts]

    def _style(self, run: Run) -> Style:
        style = self.style_of(run.mark)
        if run.finding >= 0 and run.finding == self._focus:
            style += self.get_component_rich_style("mark--focus", partial=True)
        return style

    def on_click(self, event: events.Click) -> None:
        """Say which finding was clicked."""
        number = self.run_at(event.x, event.y)
        if number is None:
            return
        finding = self.lines[self.scroll_offset.y + event.y][number].finding
        if finding >= 0:
            self.post_message(self.Picked(finding))

    def on_resize(self) -> None:
        """Ask for a new layout."""
        self.post_message(self.Resized())


def _bracketed(parts: list[Run], finding: int) -> list[Run]:
    """The runs with the spaces on either side of a finding, or at its own ends, made brackets.

    So nothing moves when the focus does. Between wide characters, which no spaces part, brackets
    are put in: every line has two cells to spare. Elsewhere reverse video must do.
    """
    parts = [run for run in _without_ends(parts, finding) if run.text]
    out = list(parts)
    mine = [at for at, part in enumerate(parts) if part.finding == finding]
    for first in reversed([at for at in mine if at - 1 not in mine]):
        after = next(at for at in range(first, len(parts) + 1) if at not in mine)
        if after == len(parts) or out[after].text == GUTTER:
            continue
        left, right = out[first - 1].text, out[after].text
        if not (_gives_way(left[-1:]) and _gives_way(right[:1])):
            continue
        inserted = (not left.endswith(" ")) + (not right.startswith(" "))
        if right.startswith(" "):
            out[after] = out[after]._replace(text=CLOSES + right[1:])
        else:
            out.insert(after, Run(CLOSES))
        if left.endswith(" "):
            out[first - 1] = out[first - 1]._replace(text=left[:-1] + OPENS)
        else:
            out.insert(first, Run(OPENS))
        _keep_gutter(out, first, inserted)
    return out


def _without_ends(parts: list[Run], finding: int) -> Iterator[Run]:
    """The runs; the spaces at the ends of the finding are none of its own, where it has words."""
    mine = [part.finding == finding for part in parts]
    has_words = any(part.text.strip(" ") for part in parts if part.finding == finding)
    for at, part in enumerate(parts):
        if not (mine[at] and has_words):
            yield part
            continue
        text = part.text if mine[at - 1] else part.text.lstrip(" ")
        yield Run(" " * (len(part.text) - len(text)))
        words = text if mine[at + 1 : at + 2] == [True] else text.rstrip(" ")
        yield part._replace(text=words)
        yield Run(" " * (len(text) - len(words)))


def _gives_way(neighbour: str) -> bool:
    """Whether there can be a bracket in the place of this character, or beside it."""
    return neighbour == " " or width(neighbour) > 1


def _keep_gutter(parts: list[Run], at: int, cells: int) -> None:
    """Take what was put in on the left of the gutter from the gap before it."""
    for gutter in range(at, len(parts)):
        if parts[gutter].text == GUTTER:
            gap = parts[gutter - 1]
            parts[gutter - 1] = gap._replace(text=gap.text[cells:])
