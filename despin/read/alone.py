"""A file that is read, changed and written by one run of despin at a time."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Let other runs that would change the file ``path`` wait meanwhile.

    Its folder is what is locked: the file itself gives way to a new one when it is written, and a
    lock beside it would be left lying there. Where folders cannot be locked (Windows, some network
    drives) nobody waits.
    """
    handle = _locked(os.path.dirname(os.path.realpath(path)))  # noqa: PTH120
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _locked(folder: str) -> int | None:
    """A handle that holds the lock until it is closed."""
    if sys.platform == "win32":
        return None
    import fcntl

    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return None  # whoever writes there says why it cannot be done
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
    except OSError:
        os.close(handle)
        return None
    return handle
