"""The reviewer's commands: their keys, names for the bar and the help, and ids to remap them by."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from textual.binding import Binding


class KeymapError(ValueError):
    """The configuration names a command or a key that does not exist, or one key twice."""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the reviewer can do.

    Attributes:
        id: what the configuration remaps it by.
        keys: keys in Textual's names, separated by commas.
        action: the screen's action.
        short: its name in the bar at the bottom; empty keeps it out of there.
        help: what it does, for the help screen and the palette.
        group: where the help lists it.
    """

    id: str
    keys: str
    action: str
    short: str
    help: str
    group: str


DECIDE, MOVE, LOOK, FILES = "Decide", "Move", "Look", "Files"

COMMANDS: tuple[Command, ...] = (
    Command("accept", "y,space", "accept", "accept", "Accept the proposal", DECIDE),
    Command("reject", "n", "reject", "reject", "Reject: the words stay as written", DECIDE),
    *(
        Command(f"candidate.{n}", str(n), f"candidate({n})", "", f"Accept alternative {n}", DECIDE)
        for n in range(1, 10)
    ),
    Command("edit", "e", "edit", "edit", "Type your own words", DECIDE),
    Command("undo", "u,ctrl+z", "undo", "undo", "Undo, through the whole session", DECIDE),
    Command("redo", "ctrl+r", "redo", "redo", "Redo what was undone", DECIDE),
    Command(
        "alike",
        "equals_sign",
        "alike",
        "alike",
        "Decide all like findings the same way, in all files",
        DECIDE,
    ),
    Command(
        "accept-later",
        "A",
        "later('accepted')",
        "",
        "Accept all from here to the end of the file",
        DECIDE,
    ),
    Command(
        "reject-later",
        "D",
        "later('rejected')",
        "",
        "Reject all from here to the end of the file",
        DECIDE,
    ),
    Command(
        "ignore", "i", "ignore", "", "Ignore: reject these words all through this article", DECIDE
    ),
    Command(
        "allow", "I", "allow", "", "Allow: put them on the project's list, reject them", DECIDE
    ),
    Command("next", "j,down", "undecided(1)", "next", "Next undecided finding", MOVE),
    Command("previous", "k,up", "undecided(-1)", "back", "Previous undecided finding", MOVE),
    Command("next-any", "J,shift+down", "any(1)", "", "Next finding, decided or not", MOVE),
    Command("previous-any", "K,shift+up", "any(-1)", "", "Previous finding, decided or not", MOVE),
    Command("first", "g,home", "end('first')", "", "First finding", MOVE),
    Command("last", "G,end", "end('last')", "", "Last finding", MOVE),
    Command("search", "slash", "search", "search", "Search sentences and wordings", MOVE),
    Command(
        "search-next",
        "ctrl+n",
        "search_next",
        "",
        "Next match of the search, on into other files",
        MOVE,
    ),
    Command("next-file", "right_square_bracket", "file(1)", "", "Next file", FILES),
    Command("previous-file", "left_square_bracket", "file(-1)", "", "Previous file", FILES),
    Command("files", "o", "files", "files", "Choose a file", FILES),
    Command("save", "ctrl+s", "save", "save", "Save, where it was saved last", FILES),
    Command("save-as", "S", "save_as", "", "Save as …: another folder, file or review", FILES),
    Command("quit", "q", "quit", "quit", "Quit; asks when something is unsaved", FILES),
    Command(
        "view", "vertical_line", "view", "view", "Next view: inline, side by side, changes", LOOK
    ),
    Command("filter", "f", "filter", "filter", "Filter: rule, undecided, in quotes", LOOK),
    Command("bar-up", "plus", "bar(1)", "", "Raise the bar: fewer, surer findings", LOOK),
    Command("bar-down", "minus", "bar(-1)", "", "Lower the bar: more, weaker findings", LOOK),
    Command("copy", "c", "copy", "", "Copy the sentence as it reads now", LOOK),
    Command("help", "question_mark", "help", "help", "All keys", LOOK),
)

_NAMES = {
    "equals_sign": "=",
    "slash": "/",
    "question_mark": "?",
    "vertical_line": "|",
    "plus": "+",
    "minus": "-",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "down": "↓",
    "up": "↑",
    "escape": "esc",
}


def bindings() -> list[Binding]:
    """The commands as Textual's bindings."""
    return [
        Binding(command.keys, command.action, command.help, id=command.id) for command in COMMANDS
    ]


def checked(keys: Mapping[str, str]) -> dict[str, str]:
    """The user's keys by command id, as they are.

    Raises:
        KeymapError: an id that no command has, a key that there is not, or one with two meanings.
    """
    known = [command.id for command in COMMANDS]
    for name in keys:
        if name not in known:
            raise KeymapError(
                f"no reviewer command is called {name!r}; there are {', '.join(known)}"
            )
    meaning: dict[str, str] = {}
    for command in COMMANDS:
        for key in map(str.strip, keys.get(command.id, command.keys).split(",")):
            if not _is_key(key):
                raise KeymapError(f"{command.id}: there is no key {key!r}")
            other = meaning.setdefault(key, command.id)
            if other != command.id:
                raise KeymapError(f"{displayed(key)} is the key of {other} and of {command.id}")
    return dict(keys)


def _is_key(name: str) -> bool:
    """Whether Textual calls a key so: ``a``, ``ctrl+s``, ``down``, ``equals_sign``."""
    from textual.keys import Keys

    base = name.rpartition("+")[2] or name
    if len(base) == 1 or base in {*_NAMES, *(key.value.rpartition("+")[2] for key in Keys)}:
        return True
    try:
        return bool(unicodedata.lookup(base.replace("_", " ")))
    except KeyError:
        return False


def keys_of(command: Command, remapped: Mapping[str, str], *, most: int = 9) -> str:
    """A command's keys for people: ``y space``."""
    keys = remapped.get(command.id, command.keys).split(",")
    return " ".join(displayed(key.strip()) for key in keys[:most])


def key_for(name: str, remapped: Mapping[str, str]) -> str:
    """The first key of the command with this id, for people."""
    command = next(command for command in COMMANDS if command.id == name)
    return keys_of(command, remapped, most=1)


def displayed(key: str) -> str:
    """One key for people."""
    if key.startswith("ctrl+"):
        return "^" + key.removeprefix("ctrl+")
    if key.startswith("shift+"):
        return "⇧" + displayed(key.removeprefix("shift+"))
    return _NAMES.get(key, key)
