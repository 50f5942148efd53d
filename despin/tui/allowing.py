"""Adding a word to the project's allowed words: the smallest safe change of its configuration."""

from __future__ import annotations

import json
import re
import tomllib
from codecs import BOM_UTF8
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from despin.config import FILE, PYPROJECT, ConfigError, find
from despin.read import WriteError, write_atomically

SHARED_TABLE = "tool.despin"


@dataclass(frozen=True, slots=True)
class Allowed:
    """A word that a configuration allows.

    Attributes:
        word: the word.
        path: the configuration.
        before: what it held before; None where there was none.
        after: what it holds now; as before where the word was there already.
    """

    word: str
    path: Path
    before: bytes | None
    after: bytes


def allow(word: str, folder: Path, config: Path | None = None) -> Allowed:
    """Add ``word`` to ``allow`` in ``config``, or the nearest configuration at or above ``folder``.

    That is a ``despin.toml``, or a ``pyproject.toml`` with a ``[tool.despin]`` table; where there
    is neither, ``despin.toml`` is made in ``folder``. Comments and order stay as they are.

    Returns:
        What `take_back` needs.

    Raises:
        WriteError: the file cannot be read, changed safely, or written.
    """
    path, table = _own(config) if config else _nearest(folder.resolve())
    try:
        before = path.read_bytes() if path.exists() else None
        mark = BOM_UTF8 if (before or b"").startswith(BOM_UTF8) else b""
        text = (before or b"").removeprefix(mark).decode("utf-8")
        settings = tomllib.loads(text)
    except (OSError, ValueError) as error:
        raise WriteError(f"{path}: cannot be read ({error})") from error
    words = _table(settings, table).get("allow", [])
    if word in words:
        return Allowed(word, path, before, before or b"")
    changed = with_word(text, word, table)
    _check(path, changed, table, [*words, word])
    after = mark + changed.encode("utf-8")
    write_atomically(path, after)
    return Allowed(word, path, before, after)


def take_back(allowed: Allowed) -> None:
    """Put the configuration back as it was before its word came in.

    Raises:
        WriteError: the word had been there already, someone has changed the file since, or it
            cannot be written; it stays as it is.
    """
    path = allowed.path
    if allowed.before == allowed.after:
        raise WriteError(f"{path} had the word before, and keeps it")
    try:
        same = path.read_bytes() == allowed.after
        if same and allowed.before is None:
            path.unlink()
    except OSError as error:
        raise WriteError(f"{path} cannot be changed back ({error.strerror})") from error
    if not same:
        raise WriteError(f"{path} has changed since: take the word out yourself")
    if allowed.before is not None:
        write_atomically(path, allowed.before)


def with_word(text: str, word: str, table: str) -> str:
    """The configuration with one more allowed word; ``table`` is empty for the top level."""
    lines = text.splitlines(keepends=True)
    start, end = _extent(lines, table)
    item = json.dumps(word, ensure_ascii=False)
    for number in range(start, end):
        match = re.match(r"""\s*["']?allow["']?\s*=\s*\[""", lines[number])
        if match:
            rest = lines[number][match.end() :]
            comma = "" if re.match(r"\s*\]", rest) else ", " if rest.strip() else ","
            lines[number] = f"{match.group()}{item}{comma}{rest}"
            return "".join(lines)
    if start and lines and not lines[start - 1].endswith("\n"):
        lines[start - 1] += "\n"
    lines.insert(start, f"allow = [{item}]\n")
    return "".join(lines)


def _extent(lines: list[str], table: str) -> tuple[int, int]:
    """The lines, after its heading, that belong to a table."""
    headings = [
        (number, match.group(1).replace(" ", ""))
        for number, line in enumerate(lines)
        if (match := re.match(r"\s*\[\[?([^\]]+)\]", line)) and "=" not in line.split("]")[0]
    ]
    if not table:
        return 0, headings[0][0] if headings else len(lines)
    for at, (number, name) in enumerate(headings):
        if name == table:
            end = headings[at + 1][0] if at + 1 < len(headings) else len(lines)
            return number + 1, end
    return len(lines), len(lines)


def _nearest(folder: Path) -> tuple[Path, str]:
    try:
        path = find(folder)
    except ConfigError as error:
        raise WriteError(str(error)) from error
    return _own(path or folder / FILE)


def _own(path: Path) -> tuple[Path, str]:
    """A configuration, and the table in it that is despin's."""
    return path, SHARED_TABLE if path.name == PYPROJECT else ""


def _table(settings: dict[str, Any], table: str) -> dict[str, Any]:
    for name in filter(None, table.split(".")):
        settings = settings.get(name, {})
    return settings


def _check(path: Path, changed: str, table: str, words: list[str]) -> None:
    """Refuse a change that says anything but what was meant."""
    try:
        found = _table(tomllib.loads(changed), table).get("allow", [])
    except tomllib.TOMLDecodeError:
        found = None
    if found is None or sorted(found) != sorted(words):
        raise WriteError(f"{path}: cannot be changed safely; add the word to `allow` yourself")
