"""The line at the bottom: the keys that do something now, as many as there is room for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from despin.tui.keymap import COMMANDS, Command, keys_of
from despin.tui.runs import width

ORDER = (
    "accept", "reject", "edit", "next", "undo", "help", "quit", "save", "previous",
    "view", "filter", "search", "alike", "files", "redo",
)  # fmt: skip
"""What is kept when room is short, the most useful first."""
_BY_ID = {command.id: command for command in COMMANDS}


class KeyBar(Static):
    """Every key can be clicked."""

    auto_links = False  # keys keep their own colours

    def show(self, works: Callable[[Command], bool], remapped: Mapping[str, str]) -> None:
        """Show the commands that work now; ``remapped`` holds the user's keys."""
        room = self.size.width + 2  # the last one needs no gap behind it
        chosen: list[Command] = []
        for name in ORDER:
            command = _BY_ID[name]
            cost = width(_label(command, remapped)) + 2
            if works(command) and cost <= room:
                chosen.append(command)
                room -= cost
        chosen.sort(key=COMMANDS.index)
        parts: list[Content] = []
        for command in chosen:
            keys = Content.styled(keys_of(command, remapped, most=1), "bold $accent")
            text = Content.assemble(keys, " ", command.short)
            click = Style.from_meta({"@click": f"screen.{command.action}"})
            parts += [text.stylize(click), Content("  ")]
        self.update(Content("").join(parts), layout=False)


def _label(command: Command, remapped: Mapping[str, str]) -> str:
    return f"{keys_of(command, remapped, most=1)} {command.short}"
