"""The reviewer's own part of the configuration: ``[reviewer]`` with ``theme`` and ``keys``.

All commands that read the configuration look at it, so that none is silent where another refuses.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from despin.config import PYPROJECT, ConfigError

TABLE = "reviewer"
OWN = {"dark": "despin-dark", "light": "despin-light", "terminal": "ansi-dark"}
"""Themes that need no look at Textual's, by their short names; each with the name it has there."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """How the user likes the reviewer.

    Attributes:
        theme: ``dark``, ``light``, ``terminal`` or a theme of Textual's; None for the default.
        keys: keys by command id, as ``accept = "a,enter"``.
    """

    theme: str | None = None
    keys: Mapping[str, str] = field(default_factory=dict)


def load(path: Path) -> Preferences:
    """What a configuration file says of the reviewer.

    Raises:
        ConfigError: a value of the wrong kind, or a key, a theme or a command that does not exist.
    """
    try:
        settings: Any = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: cannot be read ({error})") from error
    if path.name == PYPROJECT:
        settings = settings.get("tool", {}).get("despin", {})
    table = settings.get(TABLE, {})
    if not isinstance(table, dict) or not set(table) <= {"theme", "keys"}:
        raise ConfigError(f"{path}: {TABLE}: expected a table with theme and keys")
    theme, keys = table.get("theme"), table.get("keys", {})
    if theme is not None and not isinstance(theme, str):
        raise ConfigError(f"{path}: {TABLE}.theme: expected a string")
    if not isinstance(keys, dict) or not all(isinstance(key, str) for key in keys.values()):
        raise ConfigError(f'{path}: {TABLE}.keys: expected command = "keys"')
    if find_spec("textual") is not None:
        _check_names(path, theme, keys)
    return Preferences(theme, keys)


def _check_names(path: Path, theme: str | None, keys: Mapping[str, str]) -> None:
    """Ask Textual about the names that it alone knows; it takes longer to load than a check."""
    if theme and theme not in OWN:
        from despin.tui.themes import ThemeError, name_of

        try:
            name_of(theme)
        except ThemeError as error:
            raise ConfigError(f"{path}: {TABLE}.theme: {error}") from None
    if keys:
        from despin.tui.keymap import KeymapError, checked

        try:
            checked(keys)
        except KeymapError as error:
            raise ConfigError(f"{path}: {TABLE}.keys: {error}") from None
