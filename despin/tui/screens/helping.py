"""The help: every key, by what it is for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from rich.table import Table
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from despin.tui.keymap import COMMANDS, DECIDE, FILES, LOOK, MOVE, keys_of

SIGNS = (
    ("word", "underlined: undecided; pale: weak evidence, less than 50 %"),
    ("▶ ‹word›", "in focus"),
    ("old→new", "accepted: the old struck, the new underlined"),
    ("word✗", "rejected, stays as written"),
    ("‸", "undecided, with no words of its own: something is to be put in"),
    ("∅", "nothing: the proposal takes words away"),
    ("⏎ ␣", "a line break, a space at the edge of a proposal"),
)
CANDIDATE = "candidate."
KEYS = 12
"""Cells of the first column."""
MOUSE = (("click", "A finding, an alternative, a file, a key"),)


class HelpScreen(ModalScreen[None]):
    """Closes with escape, q or ?; j and k scroll it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark", "dismiss", "Close"),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
    ]

    def __init__(self, remapped: Mapping[str, str]) -> None:
        super().__init__()
        self._remapped = remapped

    def compose(self) -> ComposeResult:
        """The commands in groups, then what the marks mean."""
        with Vertical(classes="box wide"):
            with VerticalScroll():
                for group in (DECIDE, MOVE, FILES, LOOK):
                    yield from _part(group, self._rows(group))
                yield from _part("Mouse", MOUSE)
                yield from _part("Marks", SIGNS)
            yield Static("esc closes · j k scroll · ^p finds every command", classes="hint")

    def action_scroll(self, lines: int) -> None:
        """Scroll by so many lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def _rows(self, group: str) -> Iterator[tuple[str, str]]:
        each = any(name.startswith(CANDIDATE) for name in self._remapped)
        for command in COMMANDS:
            if command.group != group:
                continue
            if each or not command.id.startswith(CANDIDATE):
                yield keys_of(command, self._remapped), command.help
            elif command.id == f"{CANDIDATE}1":
                yield "1–9", "Accept that alternative"
        if group == LOOK:
            yield "^p", "Command palette: themes, screenshot, everything"


def _part(title: str, rows: Iterable[tuple[str, str]]) -> Iterator[Static]:
    """A heading, and rows of two columns: what does not fit goes on below its own column."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=KEYS, style="bold")
    grid.add_column()
    for keys, text in rows:
        grid.add_row(keys, text)
    yield Static(title, classes="group")
    yield Static(grid, classes="rows")
