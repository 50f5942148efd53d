"""Standard output: bytes as they are, text as the other end reads it."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from despin.render.terminal import Terminal

PIPED_WIDTH = 100


def write_bytes(data: bytes) -> None:
    """``data`` on standard output, unchanged."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def write(text: str) -> None:
    """``text`` on standard output: UTF-8 in a pipe, the terminal's encoding on a terminal."""
    encoding = sys.stdout.encoding if is_terminal() else "utf-8"
    write_bytes(text.encode(encoding, "replace"))


def is_terminal() -> bool:
    """Whether a person sees standard output."""
    return sys.stdout.isatty()


def terminal() -> Terminal:
    """The layout for standard output; in a pipe of fixed width and without colour."""
    from despin.render.terminal import Terminal

    if not is_terminal():
        return Terminal(PIPED_WIDTH, color=False)
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return Terminal(shutil.get_terminal_size().columns, color=not plain)
