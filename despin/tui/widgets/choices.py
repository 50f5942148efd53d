"""Lists: one to choose from, one to tick in; j and k go down and up in both."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

BOXES = {True: "[x]", False: "[ ]"}


class Choices(OptionList):
    """A list to choose one thing from."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
        Binding("g", "first", "First", show=False),
        Binding("G", "last", "Last", show=False),
    ]

    def __init__(self, *options: Option, at: int = 0, id: str | None = None) -> None:  # noqa: A002
        super().__init__(*options, id=id)
        self._at = at

    def on_mount(self) -> None:
        """Begin at the option that was given."""
        if self.option_count:
            self.highlighted = self._at


class Ticks(Choices):
    """A list of boxes; which are ticked can be read without colour.

    Attributes:
        ticked: the names of those that are.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "select", "Tick", show=False)]

    def __init__(self, boxes: Iterable[tuple[str, str]], ticked: Iterable[str]) -> None:
        self.ticked = set(ticked)
        self._texts = dict(boxes)
        super().__init__(*(Option(self._prompt(name), id=name) for name in self._texts))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Tick or untick what was chosen."""
        event.stop()
        name = event.option_id or ""
        self.ticked ^= {name}
        self.replace_option_prompt(name, self._prompt(name))

    def _prompt(self, name: str) -> Content:
        return Content(f"{BOXES[name in self.ticked]} {self._texts[name]}")
