"""The line at the bottom: the keys that do something now, as many as there is room for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual.content import Content
from textual.style import Style
from textual.timer import Timer
from textual.widgets import Static

from despin.tui.keymap import COMMANDS, Command, keys_of
from despin.tui.runs import width

ORDER = (
    "accept", "reject", "edit", "next", "undo", "help", "quit", "save", "previous",
    "view", "filter", "search", "alike", "files", "redo",
)  # fmt: skip
"""What is kept when room is short, the most useful first."""
GAP = "  "
KEYS = 20
"""Cells that what is said leaves to the keys at least."""
_BY_ID = {command.id: command for command in COMMANDS}


class KeyBar(Static):
    """Every key can be clicked; what is said stands to the right of the keys for a while.

    Attributes:
        said: the sentence that stands there.
    """

    auto_links = False  # keys keep their own colours

    def __init__(self, id: str) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.said = ""
        self._until: Timer | None = None
        self._works: Callable[[Command], bool] = lambda _: False
        self._remapped: Mapping[str, str] = {}
        self._shown: object = None

    def show(self, works: Callable[[Command], bool], remapped: Mapping[str, str]) -> None:
        """Show the commands that work now; ``remapped`` holds the user's keys."""
        self._works, self._remapped = works, remapped
        self._draw()

    def say(self, text: str, seconds: float) -> bool:
        """Say one short sentence for so long; whether there is room for it."""
        if self._until is not None:
            self._until.stop()
        fits = width(text) <= self.size.width - KEYS
        self.said = text if fits else ""
        self._until = self.set_timer(seconds, self._fall_silent) if self.said else None
        self._draw()
        return fits

    def _fall_silent(self) -> None:
        self.said = ""
        self._draw()

    def _draw(self) -> None:
        said = f" {self.said} " if self.said else ""
        room = self.size.width - (width(said) + len(GAP) if said else 0)
        chosen = self._chosen(room)
        shown = (chosen, said, self.size.width)
        if shown == self._shown:
            return  # nothing to paint again, nor to lay out
        self._shown = shown
        keys = Content(GAP).join(self._key(command) for command in chosen)
        gap = " " * (self.size.width - keys.cell_length - width(said)) if said else ""
        self.update(Content.assemble(keys, gap, (said, "reverse")), layout=False)

    def _chosen(self, room: int) -> list[Command]:
        """The commands that work now and have room."""
        room += len(GAP)  # the last one needs no gap behind it
        chosen: list[Command] = []
        for name in ORDER:
            command = _BY_ID[name]
            cost = width(_label(command, self._remapped)) + len(GAP)
            if cost <= room and self._works(command):
                chosen.append(command)
                room -= cost
        return sorted(chosen, key=COMMANDS.index)

    def _key(self, command: Command) -> Content:
        keys = Content.styled(keys_of(command, self._remapped, most=1), "bold $accent")
        click = Style.from_meta({"@click": f"screen.{command.action}"})
        return Content.assemble(keys, " ", command.short).stylize(click)


def _label(command: Command, remapped: Mapping[str, str]) -> str:
    return f"{keys_of(command, remapped, most=1)} {command.short}"
