"""Standard output: bytes as they are, text as the other end reads it."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, TextIO

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
    with refusals(), _turn():
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def _turn() -> AbstractContextManager[None]:
    """Other runs of despin that write into the same pipe wait: `xargs -P` starts several.

    A pipe takes a long line in pieces, and another run's line would get between them. Opened anew,
    it is this process's own to lock; elsewhere than on Linux that cannot be done.
    """
    if not sys.platform.startswith("linux"):
        return nullcontext()
    try:
        output = sys.stdout.fileno()
        is_pipe = stat.S_ISFIFO(os.fstat(output).st_mode)
    except (OSError, ValueError):
        return nullcontext()
    if not is_pipe:
        return nullcontext()
    from despin.read.alone import held

    return held(f"/proc/self/fd/{output}", os.O_WRONLY | os.O_NONBLOCK)


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
        raise _refused(error) from error


def named(error: Exception) -> Exception:
    """The error, as an `OutputError` where the help or the version could not be written."""
    refusal = isinstance(error, OSError) and error.errno in _REFUSALS and error.filename is None
    return _refused(error) if refusal else error


_REFUSALS = (errno.ENOSPC, errno.EBADF)
"""What the system says of a full disk and of a closed stream, outside of `refusals`."""


def _refused(error: Exception) -> OutputError:
    forget(sys.stdout)
    if isinstance(error, OSError) and error.errno == errno.EBADF:
        return OutputError("standard output is closed")
    return OutputError(f"standard output: {getattr(error, 'strerror', None) or error}")


@contextmanager
def messages() -> Iterator[None]:
    """While messages are written: where nobody takes them any more, the work goes on all the same.

    They are no data; that a disk is full of them, or their reader gone, changes no exit code.
    """
    try:
        yield
    except OSError:
        forget(sys.stderr)


def forget(stream: TextIO) -> None:
    """Let what is still buffered go nowhere, or Python complains of it when it exits."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


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
