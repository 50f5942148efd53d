"""Standard output: bytes as they are, text as the other end reads it."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from despin.render.terminal import Terminal

PIPED_WIDTH = 100


class OutputError(Exception):
    """Standard output takes no more; the message says why."""


def write_bytes(data: bytes) -> None:
    """``data`` on standard output, unchanged.

    Raises:
        OutputError: the system refuses, as on a full disk.
    """
    with refusals():
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


@contextmanager
def refusals() -> Iterator[None]:
    """What the system says against writing to standard output, as an `OutputError`.

    Raises:
        OutputError: it refused; what is still buffered is forgotten.
        BrokenPipeError: whoever read the output has gone away.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        forget()
        raise OutputError(f"standard output: {error.strerror or error}") from error


def named(error: Exception) -> Exception:
    """The error, as an `OutputError` where the help or the version found no room on a full disk."""
    if isinstance(error, OSError) and error.errno == errno.ENOSPC and error.filename is None:
        forget()
        return OutputError(f"standard output: {error.strerror}")
    return error


def forget() -> None:
    """Let what is still buffered go nowhere, or Python complains of it when it exits."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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
