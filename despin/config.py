"""The configuration file: ``[tool.despin]`` of a ``pyproject.toml``, or a ``despin.toml``.

Keys are the options' own names, with hyphens or underscores. Paths count from the file's folder.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from despin.options import KNOWN_SCORERS, Grammar, OptionError, Options, Quotes, category, is_scorer
from despin.rules import UnknownRuleError, chosen

FILE = "despin.toml"
PYPROJECT = "pyproject.toml"
KEYS = tuple(sorted(field.name.replace("_", "-") for field in fields(Options)))
"""What a configuration file may set, as it is best written."""

REVIEWER = "reviewer"
"""The table of the reviewer's own settings; `despin.tui.preferences` reads it."""

Check = Callable[[Any, Path], Any]
"""Turns a TOML value into the option's value; the folder is the file's."""


class ConfigError(ValueError):
    """A configuration file cannot be used; the message is one line that names file and key."""


def find(folder: Path) -> Path | None:
    """The nearest configuration file, from ``folder`` upwards.

    In one folder ``despin.toml`` is preferred; a ``pyproject.toml`` without ``[tool.despin]`` is
    passed over.

    Raises:
        ConfigError: a ``pyproject.toml`` on the way is no TOML.
    """
    for parent in (folder, *folder.parents):
        if (parent / FILE).is_file():
            return parent / FILE
        if (parent / PYPROJECT).is_file() and _table(parent / PYPROJECT) is not None:
            return parent / PYPROJECT
    return None


def load(path: str | Path) -> Options:
    """The options that a configuration file sets, the others at their defaults.

    Raises:
        ConfigError: the file cannot be read, is no TOML, or holds an unknown key or a value of
            the wrong kind.
    """
    path = Path(path)
    table = _table(path)
    if table is None:
        raise ConfigError(f"{path}: there is no [tool.despin] in it")
    return from_table(table, path)


def from_table(table: Mapping[str, Any], path: Path) -> Options:
    """The options of a table; ``path`` is its file, for messages and relative paths.

    Raises:
        ConfigError: an unknown key, a key written twice, or a value of the wrong kind.
    """
    values: dict[str, Any] = {}
    for key, value in table.items():
        name = key.replace("-", "_")
        if name == REVIEWER:
            continue
        if name not in _CHECKS:
            raise ConfigError(f"{path}: unknown key {key!r}; there are {', '.join(KEYS)}")
        if name in values:
            raise ConfigError(f"{path}: {key!r} is there twice, with a hyphen and an underscore")
        try:
            values[name] = _CHECKS[name](value, path.parent)
        except ValueError as error:
            raise ConfigError(f"{path}: {key}: {error}") from None
    try:
        options = replace(Options(), **values)
        chosen(options.select, options.ignore)
    except (OptionError, UnknownRuleError) as error:
        raise ConfigError(f"{path}: {error}") from None
    return options


def expanded(path: str) -> Path:
    """The path, ``~`` and ``~name`` at its beginning replaced by the home folder.

    Raises:
        ValueError: that folder is not known.
    """
    try:
        return Path(path).expanduser()
    except RuntimeError:
        raise ValueError(f"{path!r}: there is no such home folder") from None


def _table(path: Path) -> Mapping[str, Any] | None:
    """The file's table for despin; ``None`` when a ``pyproject.toml`` has none."""
    try:
        data = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 text") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not TOML: {error}") from error
    tool = data.get("tool")
    table = tool.get("despin") if isinstance(tool, dict) else None
    if path.name != PYPROJECT:
        if table is not None:
            raise ConfigError(f"{path}: the keys stand at the top here, without [tool.despin]")
        return data
    if table is not None and not isinstance(table, dict):
        raise ConfigError(f"{path}: tool.despin: expected a table, not {_kind(table)}")
    return table


def _strings(value: Any, _: Path) -> tuple[str, ...]:
    if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
        return tuple(value)
    raise ValueError(f"expected a list of strings, not {_kind(value)}")


def _categories(value: Any, folder: Path) -> tuple[str, ...]:
    return tuple(category(name) for name in _strings(value, folder))


def _string(value: Any, _: Path) -> str:
    if isinstance(value, str) and value:
        return value
    raise ValueError(f"expected a string, not {_kind(value)}")


def _scorer(value: Any, folder: Path) -> str:
    """A scorer's name; a masked model's folder counts from the file's folder, like all paths."""
    name = _string(value, folder)
    kind, colon, model = name.partition(":")
    if not is_scorer(name):
        raise ValueError(f"expected one of {KNOWN_SCORERS}, not {name!r}")
    beside = folder / expanded(model)
    return f"{kind}:{beside}" if colon and model and beside.is_dir() else name


def _share(value: Any, _: Path) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
        return float(value)
    shown = value if isinstance(value, int | float) else _kind(value)
    raise ValueError(f"expected a number from 0 to 1, not {shown}")


def _flag(value: Any, _: Path) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError(f"expected true or false, not {_kind(value)}")


def _path(value: Any, folder: Path) -> Path:
    return folder / expanded(_string(value, folder))


def _paths(value: Any, folder: Path) -> tuple[Path, ...]:
    return tuple(_path(entry, folder) for entry in _strings(value, folder))


def _one_of(kind: type[StrEnum]) -> Check:
    def check(value: Any, _: Path) -> StrEnum:
        if isinstance(value, str) and value in list(kind):
            return kind(value)
        shown = repr(value) if isinstance(value, str) else _kind(value)
        raise ValueError(f"expected one of {', '.join(kind)}, not {shown}")

    return check


def _kind(value: Any) -> str:
    """What a value is called in TOML."""
    kinds = {bool: "a boolean", str: "a string", int: "a number", float: "a number"}
    kinds |= {list: "a list", dict: "a table"}
    if isinstance(value, list) and value:
        return "a list of other things"
    return "an empty string" if value == "" else kinds.get(type(value), "a date or time")


_CHECKS: dict[str, Check] = {
    "select": _strings,
    "ignore": _strings,
    "min_confidence": _share,
    "quotes": _one_of(Quotes),
    "scorer": _scorer,
    "model": _path,
    "judges": _path,
    "lexicons": _paths,
    "allow": _strings,
    "unsafe_fixes": _flag,
    "grammar": _one_of(Grammar),
    "grammar_categories": _categories,
    "languagetool_url": _string,
}
